"""Actors between acting and suffering, and between praise and blame."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.errors import UsageError
from framing.plots import labels, style
from framing.plots.words import Language, measure_label, number

_WORDS: dict[str, dict[Language, str]] = {
    "title": {"en": "Agency of actors and stance toward them", "de": "Handlungsmacht der Akteure und Haltung zu ihnen"},
    "key": {
        "en": "Lines: bootstrap intervals. Small figures: articles with a stance. Dashed: mean of the actors shown",
        "de": "Linien: Bootstrap-Intervalle. Kleine Zahlen: Artikel mit einer Haltung. Gestrichelt: Mittel der gezeigten Akteure",
    },
}  # fmt: skip


@style.styled
def agency_map(
    table: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Actors, or actors by group, in the plane of agency (to the right) and sentiment toward them (upward).

    Parameters
    ----------
    table
        Rows of the measures ``sentiment_toward`` and ``agency``, as `framing.compare.portrait.agency_map` or
        `framing.compare.means.means` gives them: ``measure, target, group, n, estimate, ci_low, ci_high``. With several
        groups each has its own colour and marker.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If no actor has both values.
    """
    keys = ["target", "group"]
    acts, stance = (table[table["measure"] == m] for m in ("agency", "sentiment_toward"))
    both = acts.merge(stance, on=keys).dropna(subset=["estimate_x", "estimate_y"])
    if both.empty:
        raise UsageError("no actor has agency and a stance", cure="give a table of both measures, or more articles")
    both = both.sort_values(["n_y", "target", "group"], ascending=[False, True, True], ignore_index=True)
    groups = sorted(set(both["group"]))
    several = len(groups) > 1
    number_of = both["group"].map({g: k for k, g in enumerate(groups)}).to_numpy(int)
    ax = style.axes(ax, 5.2)
    x, y = both["estimate_x"].to_numpy(float), both["estimate_y"].to_numpy(float)
    colours = [style.colour(k) for k in number_of]
    lines = []
    for k, row in enumerate(both.to_dict("records")):
        for low, high, across in (("ci_low_x", "ci_high_x", True), ("ci_low_y", "ci_high_y", False)):
            a, b = float(row[low]), float(row[high])
            if np.isnan(a) or np.isnan(b):
                continue
            line = (a, y[k], b, y[k]) if across else (x[k], a, x[k], b)
            ax.plot(line[::2], line[1::2], color=colours[k], linewidth=0.8, alpha=0.45, solid_capstyle="butt", zorder=2)
            lines.append(line)
        ax.plot(x[k], y[k], linestyle="", marker=style.marker(number_of[k]), color=colours[k], markersize=5, zorder=4)
    ax.axhline(0, color=style.GREY, linewidth=0.7, zorder=1)
    ax.axvline(0, color=style.GREY, linewidth=0.7, zorder=1)
    ax.axhline(float(y.mean()), color=style.GREY, linewidth=0.5, linestyle=(0, (4, 3)), zorder=1)
    ax.axvline(float(x.mean()), color=style.GREY, linewidth=0.5, linestyle=(0, (4, 3)), zorder=1)
    ax.margins(0.09, 0.07)
    ax.grid(True)
    style.numbers(ax.xaxis, language)
    style.numbers(ax.yaxis, language)
    if several:
        ax.legend(
            handles=[
                Line2D([], [], linestyle="", color=style.colour(k), marker=style.marker(k), label=labels.shown(g))
                for k, g in enumerate(groups)
            ],
            loc="lower left", bbox_to_anchor=(0, 1), ncols=min(len(groups), 4), frameon=False, fontsize=7, handletextpad=0.2,
            columnspacing=1.2, borderaxespad=0,
        )  # fmt: skip
    style.y_label(ax, measure_label("sentiment_toward", language))
    style.x_label(ax, measure_label("agency", language))
    style.note(ax, _WORDS["key"][language])
    rows = -(-len(groups) // 4) if several else 0
    style.title(ax, _WORDS["title"][language] if title is None else title, above=rows)
    names = [f"{t} ({number(float(n), 0, language)})" for t, n in zip(both["target"], both["n_y"], strict=True)]
    labels.place(ax, x.tolist(), y.tolist(), names, radius=[3.2] * len(x), colours=colours, size=6.8, lines=lines)
    return ax
