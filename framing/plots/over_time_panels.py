"""A measure over time, one panel per group, for more groups than one pair of axes can hold."""

from __future__ import annotations

from typing import Any

import matplotlib.dates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from framing.plots import rows, style
from framing.plots.over_time import date_axis, mark
from framing.plots.words import Language, day, group_name, measure_label, measure_of, number, word

# The module has no types.
_dates: Any = matplotlib.dates
_COLUMNS, _HEIGHT = 2, 1.25
_OTHERS = "#d4d4d4"


@style.styled
def over_time_panels(
    table: pd.DataFrame,
    *,
    event: str | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Figure:
    """Line and interval band of each group in a panel of its own, over the lines of all others in grey.

    All panels have the same axes. These hold every line and 98 % of the bounds of the intervals, so that a week of two
    articles does not press all lines together; bands may run out of the panel.

    Parameters
    ----------
    table
        As `framing.over_time` gives it, of one measure and target.
    event
        A day to mark, such as ``"2020-03-11"``.
    title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    first = table.iloc[0] if len(table) else {"measure": "", "target": ""}
    measure, target = str(first["measure"]), str(first["target"])
    chosen = rows.select(table, measure, target)
    groups = list(dict.fromkeys(chosen["group"]))
    n_rows = -(-len(groups) // _COLUMNS)
    figure, grid = plt.subplots(
        n_rows, _COLUMNS, figsize=(style.WIDTH, 0.95 + _HEIGHT * n_rows), sharex=True, sharey=True, squeeze=False,
        layout="constrained",
    )  # fmt: skip
    lines = {g: chosen[chosen["group"] == g] for g in groups}
    x = {g: _dates.date2num(pd.to_datetime(line["period"]).to_numpy()) for g, line in lines.items()}
    for i, (ax, group) in enumerate(zip(grid.ravel(), groups)):
        colour = style.colour(i)
        for other in groups:
            if other != group:
                ax.plot(x[other], lines[other]["estimate"].to_numpy(float), color=_OTHERS, linewidth=0.6, zorder=1)
        estimate, low, high = (lines[group][name].to_numpy(float) for name in ("estimate", "ci_low", "ci_high"))
        ax.fill_between(x[group], low, high, color=colour, alpha=0.18, linewidth=0, zorder=2)
        ax.plot(x[group], estimate, color=colour, marker=style.marker(i), markersize=2.4, linewidth=1.1, zorder=3)
        count = word("n", language, n=number(lines[group]["n"].sum(), 0, language))
        ax.set_title(f"{group_name(str(group), language)} ({count})", fontsize=7.5, color=colour, loc="left", pad=3)
        ax.grid(axis="y")
        style.numbers(ax.yaxis, language)
        if event is not None:
            mark(ax, pd.Timestamp(event))
    for ax in grid.ravel()[len(groups) :]:
        ax.set_visible(False)
    grid[0, 0].set_ylim(*_limits(chosen))
    periods = pd.DatetimeIndex(chosen["period"].unique())
    for column in range(_COLUMNS):
        # the lowest panel of a column may be one row up where the last row is not full
        lowest = grid[n_rows - 1 if (n_rows - 1) * _COLUMNS + column < len(groups) else n_rows - 2, column]
        date_axis(lowest, periods, language, ticks=4)
        lowest.tick_params(axis="x", labelbottom=True)
    figure.supylabel(measure_label(measure, language), fontsize=8)
    note = word("panels", language)
    if event is not None:
        note += word("panels_event", language, day=day(pd.Timestamp(event), language))
    figure.supxlabel(note, fontsize=style.SMALL, color=style.GREY, x=0.01, ha="left")
    name = measure_of(measure, target, language)
    text = word("over_time", language, measure=name) if title is None else title
    if text:
        figure.suptitle(text, x=0.01, ha="left", fontsize=9.5, fontweight="bold")
    return figure


def _limits(table: pd.DataFrame) -> tuple[float, float]:
    """Limits that hold all estimates and 98 % of the bounds, with a margin."""
    estimates = table["estimate"].dropna().to_numpy(float)
    low, high = table["ci_low"].dropna().to_numpy(float), table["ci_high"].dropna().to_numpy(float)
    bottom = min(estimates.min(), np.quantile(low, 0.01) if len(low) else np.inf)
    top = max(estimates.max(), np.quantile(high, 0.99) if len(high) else -np.inf)
    margin = 0.05 * (top - bottom or 1.0)
    return float(bottom - margin), float(top + margin)
