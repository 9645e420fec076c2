"""The portrait of one actor on one page."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from framing.plots import labels, style
from framing.plots.over_time import _dates, date_axis
from framing.plots.words import Language, number

if TYPE_CHECKING:
    from framing.compare.portrait import Portrait

A4 = (8.27, 11.69)
_ALL = "all"
_ROWS, _SHOWN = 12, 10
_CUES = ("neutral", "doubting", "affirming", "other")
_CUE_COLOURS = {"neutral": "#b9c2cc", "doubting": style.LOW, "affirming": style.HIGH, "other": "#e9ecef"}
_KINDS = {"negative": style.LOW, "neutral": style.GREY, "positive": style.HIGH}
_WORDS: dict[str, dict[Language, str]] = {
    "state": {"en": "state", "de": "Staat"},
    "person": {"en": "person", "de": "Person"},
    "organisation": {"en": "organisation", "de": "Organisation"},
    "group": {"en": "group", "de": "Gruppe"},
    "head": {
        "en": "{type} · {mentions} mentions in {articles} of {corpus} articles",
        "de": "{type} · {mentions} Nennungen in {articles} von {corpus} Artikeln",
    },
    "over_time": {"en": "Mentions per article, all outlets", "de": "Nennungen je Artikel, alle Medien"},
    "articles with mentions": {"en": "Named in articles", "de": "In Artikeln genannt"},
    "share": {"en": "share, 0 to 1", "de": "Anteil, 0 bis 1"},
    "sentiment_toward": {"en": "Stance toward the actor", "de": "Haltung zum Akteur"},
    "agency": {"en": "Agency and power", "de": "Handlungsmacht und Macht"},
    "mean": {"en": "mean, −1 to 1", "de": "Mittel, −1 bis 1"},
    "sentiment_toward_author": {"en": "author", "de": "Autor"},
    "sentiment_toward_quoted": {"en": "quoted", "de": "zitiert"},
    "of_agency": {"en": "agency", "de": "Handlungsmacht"},
    "of_power": {"en": "power", "de": "Macht"},
    "all": {"en": "all outlets", "de": "alle Medien"},
    "speech": {"en": "Quotations by cue", "de": "Zitate nach Redeverb"},
    "count": {"en": "count", "de": "Anzahl"},
    "neutral": {"en": "neutral", "de": "neutral"},
    "doubting": {"en": "doubting", "de": "zweifelnd"},
    "affirming": {"en": "affirming", "de": "bekräftigend"},
    "other": {"en": "other", "de": "andere"},
    "negative": {"en": "Most negative", "de": "Am negativsten"},
    "neutral_sentences": {"en": "Without a stance", "de": "Ohne Haltung"},
    "positive": {"en": "Most positive", "de": "Am positivsten"},
    "namings": {"en": "Namings", "de": "Benennungen"},
    "verbs": {"en": "What the actor does", "de": "Was der Akteur tut"},
    "verbs_patient": {"en": "What is done to the actor", "de": "Was dem Akteur geschieht"},
    "nothing": {"en": "none found", "de": "keine gefunden"},
    "key": {
        "en": "Lines: bootstrap interval over articles. Small figures: articles with a value. Namings in colour judge (brown: below 0, blue: above). Sentences: the strongest hits of the stance, one an article; in brackets the word and its value.",
        "de": "Linien: Bootstrap-Intervall über Artikel. Kleine Zahlen: Artikel mit Wert. Farbige Benennungen werten (braun: unter 0, blau: darüber). Sätze: die stärksten Treffer der Haltung, einer je Artikel; in Klammern das Wort und sein Wert.",
    },
}  # fmt: skip


@style.styled
def portrait(found: Portrait, *, title: str | None = None, language: Language = "en") -> Figure:
    """One page (A4) on an actor: mentions over time; by outlet share of articles, stance, agency and power, speech; namings,
    verbs and typical sentences.

    Parameters
    ----------
    found
        As `framing.portrait` gives it.
    title, language
        As in `bars`.

    Returns
    -------
    matplotlib.figure.Figure
        The page; its size is that of the paper.
    """
    figure = plt.figure(figsize=A4)
    page = figure.add_gridspec(
        4, 1, height_ratios=[0.8, 1.75, 1.5, 2.9], left=0.035, right=0.965, top=0.905, bottom=0.05, hspace=0.42
    )
    middle = page[1].subgridspec(1, 4, width_ratios=[0.42, 1, 1, 1], wspace=0.22)
    below = page[2].subgridspec(1, 6, width_ratios=[0.54, 1.3, 0.05, 1, 1, 1], wspace=0.22)
    name = labels.shown(found.name if title is None else title)
    figure.text(0.035, 0.965, name, fontsize=16, fontweight="bold", va="center")
    head = _say("head", language).format(
        type=_say(found.type, language) if found.type in _WORDS else found.type,
        mentions=number(found.n_mentions, 0, language), articles=number(found.n_articles, 0, language),
        corpus=number(found.n_corpus, 0, language),
    )  # fmt: skip
    figure.text(0.035, 0.943, head, fontsize=9, color=style.GREY, va="center")
    _over_time(figure.add_subplot(page[0]), found.over_time, language)
    groups = _groups(found.measures)
    panels = [figure.add_subplot(middle[k]) for k in (1, 2, 3)]
    _dots(panels[0], found.measures, groups, [("articles with mentions", 0)], language)
    _dots(panels[1], found.measures, groups, [("sentiment_toward_author", 0), ("sentiment_toward_quoted", 1)], language)
    _dots(panels[2], found.measures, groups, [("agency", 0), ("power", 4)], language)
    for ax, key, unit in zip(
        panels, ("articles with mentions", "sentiment_toward", "agency"), ("share", "mean", "mean"), strict=True
    ):
        ax.set_title(_say(key, language), fontsize=8.5, pad=16)
        ax.set_xlabel(_say(unit, language), fontsize=7)
        style.numbers(ax.xaxis, language)
    for ax in panels[1:]:
        ax.set_yticklabels([])
    _speech(figure.add_subplot(below[1]), found.speech, groups, language)
    rows = found.namings.head(_SHOWN)
    tints = [
        (style.LOW if r["value"] < 0 else style.HIGH) if r["loaded"] else style.GREY for r in rows.to_dict("records")
    ]
    _bars(figure.add_subplot(below[3]), rows["naming"], rows[_ALL], tints, "namings", language)
    for columns, role, key in ((below[4], "agent", "verbs"), (below[5], "patient", "verbs_patient")):
        own = found.verbs[found.verbs["role"] == role].head(_SHOWN)
        _bars(figure.add_subplot(columns), own["verb"], own["n"], [style.GREY] * len(own), key, language)
    _sentences(figure.add_subplot(page[3]), found.sentences, language)
    figure.text(
        0.035,
        0.012,
        "\n".join(textwrap.wrap(_say("key", language), 150)),
        fontsize=style.SMALL,
        color=style.GREY,
        va="bottom",
    )
    return figure


def _groups(measures: pd.DataFrame) -> list[str]:
    """Outlets with most articles on the actor, in order of the alphabet, and all together at the end."""
    share = measures[(measures["measure"] == "articles with mentions") & (measures["group"] != _ALL)]
    count = (share["estimate"] * share["n"]).to_numpy()
    kept = share["group"].to_numpy(str)[np.argsort(-count, kind="stable")[:_ROWS]]
    return [*sorted(kept.tolist()), _ALL]


def _over_time(ax: Axes, table: pd.DataFrame, language: Language) -> None:
    ax.set_title(_say("over_time", language), fontsize=8.5)
    known = table[table["n"] > 0]
    if known.empty:
        _nothing(ax, language)
        return
    x = _dates.date2num(pd.to_datetime(table["period"]).to_numpy())
    low, high = (table[c].to_numpy(float) for c in ("ci_low", "ci_high"))
    ax.vlines(x, low, high, color=style.colour(0), alpha=0.35, linewidth=1.6)
    ax.plot(x, table["estimate"].to_numpy(float), color=style.colour(0), marker="o", markersize=3.2)
    ax.set_ylim(bottom=0)
    ax.margins(x=0.01)
    ax.grid(axis="y")
    style.numbers(ax.yaxis, language)
    date_axis(ax, pd.DatetimeIndex(table["period"].unique()), language)


def _dots(
    ax: Axes, measures: pd.DataFrame, groups: list[str], series: Sequence[tuple[str, int]], language: Language
) -> None:
    """A row per group and a dot with its interval per measure, with a header that names them."""
    for k, (measure, tint) in enumerate(series):
        own = {str(r["group"]): r for r in measures[measures["measure"] == measure].to_dict("records")}
        shift = 0.0 if len(series) == 1 else (-0.17, 0.17)[k]
        for row, group in enumerate(groups):
            if group not in own:
                continue
            value, low, high, n = (float(own[group][c]) for c in ("estimate", "ci_low", "ci_high", "n"))
            if np.isnan(value):
                continue
            y = row + shift
            if not np.isnan(low):
                ax.plot([low, high], [y, y], color=style.colour(tint), linewidth=1.1, solid_capstyle="butt", zorder=2)
            ax.plot(value, y, linestyle="", marker=style.marker(tint), color=style.colour(tint), markersize=4, zorder=3)
            ax.annotate(
                number(n, 0, language), (1, y), xycoords=ax.get_yaxis_transform(), xytext=(3, 0), textcoords="offset points",
                fontsize=5.5, color=style.colour(tint) if len(series) > 1 else style.GREY, va="center", annotation_clip=False,
            )  # fmt: skip
        if len(series) > 1:
            key = measure if measure.startswith("sentiment") else f"of_{measure}"
            ax.plot(
                [],
                [],
                linestyle="",
                marker=style.marker(tint),
                color=style.colour(tint),
                markersize=4,
                label=_say(key, language),
            )
    if len(series) > 1:
        ax.legend(
            loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=2, frameon=False, fontsize=6.5, handletextpad=0.1,
            columnspacing=0.8, borderaxespad=0,
        )  # fmt: skip
        ax.axvline(0, color=style.GREY, linewidth=0.7, zorder=1)
        ax.set_xlim(-1.05, 1.05)
    else:
        ax.set_xlim(0, None)
    _group_rows(ax, groups, language)
    ax.grid(axis="x")


def _group_rows(ax: Axes, groups: list[str], language: Language) -> None:
    names = [_say("all", language) if g == _ALL else _cut(g, 22) for g in groups]
    ax.set_yticks(range(len(groups)), names, fontsize=6.8)
    ax.set_ylim(len(groups) - 0.45, -0.55)
    ax.axhline(len(groups) - 1.5, color=style.GREY, linewidth=0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="x", labelsize=6.5)


def _speech(ax: Axes, speech: pd.DataFrame, groups: list[str], language: Language) -> None:
    """Quotations by outlet, in parts by class of the cue."""
    ax.set_title(_say("speech", language), fontsize=8.5, pad=16)
    outlets = [g for g in groups if g != _ALL]
    own = speech.set_index("group").reindex(outlets).fillna(0)
    left = np.zeros(len(outlets))
    for cue in _CUES:
        value = own[cue].to_numpy(float)
        if cue == "other" and not value.any():
            continue
        ax.barh(range(len(outlets)), value, left=left, color=_CUE_COLOURS[cue], height=0.66, label=_say(cue, language))
        left += value
    for k, total in enumerate(left):
        ax.annotate(
            number(float(total), 0, language), (float(total), k), xytext=(3, 0), textcoords="offset points", fontsize=6, va="center",
            color=style.GREY,
        )  # fmt: skip
    ax.legend(
        loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=4, frameon=False, fontsize=6.5, handlelength=0.9, handletextpad=0.3,
        columnspacing=0.7, borderaxespad=0,
    )  # fmt: skip
    _group_rows(ax, outlets, language)
    ax.lines[-1].remove()
    ax.set_xlim(0, max(1.0, 1.15 * left.max(initial=0.0)))
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.set_xlabel(_say("count", language), fontsize=7)


def _bars(ax: Axes, words: Any, counts: Any, colours: list[str], key: str, language: Language) -> None:
    """Words with the bar of their count behind them."""
    ax.set_title("\n".join(textwrap.wrap(_say(key, language), 18)), fontsize=8.5, pad=5)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    values = np.asarray(counts, float)
    ax.set_ylim(_SHOWN - 0.4, -0.6)
    if not len(values):
        _nothing(ax, language)
        return
    ax.set_xlim(0, values.max() * 1.02)
    for k, (text, value, tint) in enumerate(zip(words, values, colours, strict=True)):
        ax.barh(k, value, color=tint, alpha=0.22, height=0.78)
        ax.annotate(
            f"{_cut(str(text), 19)} ({number(float(value), 0, language)})", (0, k), xytext=(2, 0), textcoords="offset points", fontsize=6.8,
            va="center", color=style.INK if tint == style.GREY else tint, annotation_clip=False,
        )  # fmt: skip


def _sentences(ax: Axes, sentences: pd.DataFrame, language: Language) -> None:
    """Three columns of typical sentences."""
    ax.set_axis_off()
    for k, kind in enumerate(_KINDS):
        x = k * 0.343
        heading = _say("neutral_sentences" if kind == "neutral" else kind, language)
        ax.text(x, 1.0, heading, transform=ax.transAxes, fontsize=8.5, fontweight="bold", color=_KINDS[kind], va="top")
        y = 0.94
        own = sentences[sentences["kind"] == kind]
        if own.empty:
            ax.text(x, y, _say("nothing", language), transform=ax.transAxes, fontsize=7, color=style.GREY, va="top")
        for row in own.to_dict("records"):
            lines = textwrap.wrap(labels.shown(str(row["sentence"])), 46)
            text = ax.text(x, y, "\n".join(lines), transform=ax.transAxes, fontsize=7, va="top", linespacing=1.25)
            end = float(text.get_window_extent().transformed(ax.transAxes.inverted()).y0)
            if end < 0.02:
                text.remove()
                break
            where = [_cut(str(row["outlet"]), 21)]
            if pd.notna(row["published"]):
                where.append(format_date(pd.Timestamp(row["published"]), "medium", locale=language))
            if pd.notna(row["value"]):
                where.append(f"[{_cut(str(row['surface']), 17)} {number(float(row['value']), 2, language)}]")
            source = ax.text(
                x, end - 0.008, "\n".join(textwrap.wrap(" · ".join(where), 52)), transform=ax.transAxes, fontsize=5.6, va="top",
                color=_KINDS[kind],
            )  # fmt: skip
            y = float(source.get_window_extent().transformed(ax.transAxes.inverted()).y0) - 0.028


def _cut(text: str, most: int) -> str:
    """Text fit for the page and not longer than `most` characters."""
    shown = labels.shown(text)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _nothing(ax: Axes, language: Language) -> None:
    ax.set_xticks([])
    ax.set_yticks([])
    ax.text(0, 0.85, _say("nothing", language), transform=ax.transAxes, fontsize=7, color=style.GREY, va="top")


def _say(key: str, language: Language) -> str:
    return _WORDS[key][language]
