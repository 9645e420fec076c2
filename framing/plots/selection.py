"""What outlets report: their share of the events of others, how often they name actors, and how long their texts are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, number, word

_WORDS = {
    "events": {"en": "Events of other outlets that each reports", "de": "Ereignisse anderer Medien, die jedes berichtet"},
    "events_unit": {"en": "Share of these events (per cent)", "de": "Anteil an diesen Ereignissen (Prozent)"},
    "events_note": {
        "en": "Lines: 95 % interval (Wilson). events: reported by others, so that they count; alone: own events that nobody else has",
        "de": "Linien: 95-%-Intervall (Wilson). Ereignisse: von anderen berichtet, die somit zählen; allein: eigene, die sonst niemand hat",
    },
    "n_events": {"en": "events", "de": "Ereignisse"},
    "alone": {"en": "alone", "de": "allein"},
    "actors": {"en": "Actors named more or less than by all others", "de": "Akteure, öfter oder seltener genannt als von allen anderen"},
    "actors_unit": {
        "en": "Difference of the share of articles (percentage points)",
        "de": "Differenz der Anteile an den Artikeln (Prozentpunkte)",
    },
    "actors_note": {
        "en": "Filled: adjusted p < 0.05 (Fisher). Lines: 95 % interval (Newcombe). Beside: per cent of articles, here and elsewhere",
        "de": "Gefüllt: adjustiertes p < 0,05 (Fisher). Linien: 95-%-Intervall (Newcombe). Daneben: Prozent der Artikel, hier und anderswo",
    },
    "lengths": {"en": "Length of the texts, and how many look cut off", "de": "Länge der Texte, und wie viele abgeschnitten scheinen"},
    "lengths_unit": {"en": "Tokens of an article", "de": "Tokens eines Artikels"},
    "lengths_note": {
        "en": "Points: median. Lines: the middle half of the articles. short: per cent under 100 tokens; cut: per cent that end as texts behind "
        "a paywall do, with 95 % interval (Wilson)",
        "de": "Punkte: Median. Linien: mittlere Hälfte der Artikel. kurz: Prozent unter 100 Tokens; abgeschnitten: Prozent, die wie Texte hinter "
        "einer Bezahlschranke enden, mit 95-%-Intervall (Wilson)",
    },
    "short": {"en": "short", "de": "kurz"},
    "cut": {"en": "cut", "de": "abgeschnitten"},
    "here": {"en": "here", "de": "hier"},
    "elsewhere": {"en": "others", "de": "andere"},
}  # fmt: skip

# Inches for the note under the axis.
_ROOM = {"events": 0.1, "lengths": 0.2}


@style.styled
def event_coverage(
    table: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Share of the events of others that each outlet reports, with its interval, the largest first.

    Parameters
    ----------
    table
        Of `framing.compare.selection.event_coverage`.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    shown = _ordered(table, "share", "event_coverage", language)
    beside = [
        (_WORDS["n_events"][language], [number(n, 0, language) for n in shown["events"]]),
        (_WORDS["alone"][language], [number(n, 0, language) for n in shown["alone"]]),
    ]
    points = 100 * shown[["share", "ci_low", "ci_high"]].to_numpy(float)
    return _points(ax, shown, points, beside, "events", title, language)


@style.styled
def actor_coverage(
    table: pd.DataFrame,
    outlet: str,
    n_actors: int = 12,
    *,
    names: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """How much more or less often an outlet names each actor than all others do, with the interval.

    Parameters
    ----------
    table
        Of `framing.compare.selection.actor_coverage`.
    outlet
        Which outlet.
    n_actors
        How many actors at most, those of largest difference.
    names
        Names of actors by id; the id where there is none.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has no such outlet.
    """
    word("n", language, n=0)  # refuses an unknown language
    chosen = table[table["outlet"] == outlet]
    if chosen.empty:
        raise UsageError(f"the table has no outlet {outlet!r}", cure="choose one of its column outlet")
    chosen = chosen.loc[chosen["difference"].abs().nlargest(n_actors).index]
    chosen = chosen.sort_values("difference", ascending=False, kind="stable", ignore_index=True)
    ax = style.axes(ax, rows.height(len(chosen)) + 0.1)
    for i, (difference, low, high, p) in enumerate(
        chosen[["difference", "ci_low", "ci_high", "p_adjusted"]].to_numpy(float).tolist()
    ):
        rows.change(ax, i, 100 * difference, 100 * low, 100 * high, p)
    rows.set_rows(ax, [(names or {}).get(str(a), str(a)) for a in chosen["actor"]])
    rows.zero_line(ax)
    rows.columns(
        ax,
        [
            (_WORDS[key][language], [number(100 * float(x), 1, language) for x in chosen[column]])
            for key, column in (("here", "share"), ("elsewhere", "share_rest"))
        ],
    )
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, _WORDS["actors_unit"][language])
    style.note(ax, _WORDS["actors_note"][language])
    style.title(ax, f"{outlet}: {_WORDS['actors'][language]}" if title is None else title)
    return ax


@style.styled
def text_lengths(
    table: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Median and middle half of the lengths of each outlet's texts, the longest first, and the share that looks cut off.

    Parameters
    ----------
    table
        Of `framing.compare.selection.text_lengths`.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    shown = _ordered(table, "median", "text_lengths", language)
    cut = 100 * shown[["cut", "cut_low", "cut_high"]].to_numpy(float)
    beside = [
        ("n", [number(n, 0, language) for n in shown["articles"]]),
        (_WORDS["short"][language], [number(100 * x, 0, language) for x in shown["short"]]),
        (_WORDS["cut"][language], [f"{number(x, 0, language)} ({number(a, 0, language)}–{number(b, 0, language)})" for x, a, b in cut]),
    ]  # fmt: skip
    points = shown[["median", "q25", "q75"]].to_numpy(float)
    return _points(ax, shown, points, beside, "lengths", title, language)


def _ordered(table: pd.DataFrame, column: str, name: str, language: Language) -> pd.DataFrame:
    """Outlets by falling values of a column."""
    word("n", language, n=0)  # refuses an unknown language
    if table.empty:
        raise UsageError("the table has no outlets", cure=f"give a table of {name}")
    return table.sort_values(column, ascending=False, kind="stable", ignore_index=True)


def _points(
    ax: Axes | None,
    shown: pd.DataFrame,
    points: NDArray[np.float64],
    beside: list[tuple[str, list[str]]],
    key: str,
    title: str | None,
    language: Language,
) -> Axes:
    """One row per outlet: a point on a line from low to high, shape ``(outlets, 3)``, and columns of text."""
    ax = style.axes(ax, rows.height(len(shown)) + _ROOM[key])
    for i, (middle, low, high) in enumerate(points):
        rows.interval(ax, i, low, high, style.HIGH)
        ax.plot(middle, i, "o", color=style.HIGH, zorder=3)
    rows.set_rows(ax, [group_name(str(o), language) for o in shown["outlet"]])
    rows.columns(ax, beside)
    ax.set_xlim(left=0)
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, _WORDS[f"{key}_unit"][language])
    style.note(ax, _WORDS[f"{key}_note"][language])
    style.title(ax, _WORDS[key][language] if title is None else title)
    return ax
