"""A measure by group, with interval and number of articles."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_label, measure_of, number, word


@style.styled
def bars(
    table: pd.DataFrame,
    measure: str = "sentiment",
    target: str = "",
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Horizontal bars of a measure's mean in each group.

    Parameters
    ----------
    table
        As `framing.compare.means` gives it: `measure, target, group, n, estimate, ci_low, ci_high`.
    measure, target
        Which rows to draw.
    ax
        Axes to draw on; a new figure if ``None``.
    title
        ``None``: name of the measure; ``""``: no title.
    language
        Of all words and numbers.

    Raises
    ------
    UsageError
        If the table has no such rows.
    """
    chosen = rows.select(table, measure, target)
    name = measure_of(measure, target, language)
    ax = style.axes(ax, rows.height(len(chosen)))
    for i, (estimate, low, high) in enumerate(chosen[["estimate", "ci_low", "ci_high"]].to_numpy(float)):
        ax.barh(i, estimate, height=0.62, color=style.PALETTE[4], alpha=0.75, linewidth=0)
        rows.interval(ax, i, low, high, style.INK)
    rows.set_rows(ax, [group_name(str(g), language) for g in chosen["group"]])
    rows.zero_line(ax)
    rows.columns(ax, [("n", [number(n, 0, language) for n in chosen["n"]])])
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, measure_label(measure, language))
    style.note(ax, word("bars", language))
    style.title(ax, word("by_outlet", language, measure=name) if title is None else title)
    return ax
