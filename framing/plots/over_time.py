"""A measure over time, one line per group."""

from __future__ import annotations

from typing import Any

import matplotlib.dates
import numpy as np
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from framing.plots import rows, style
from framing.plots.words import Language, day, group_name, measure_label, measure_of, number, word

# The module has no types.
_dates: Any = matplotlib.dates
_MOST_TICKS = 7


@style.styled
def over_time(
    table: pd.DataFrame,
    *,
    event: str | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Line and interval band per group, named at its end; gaps where a period has no articles.

    More than four groups are easier to read in `over_time_panels`.

    Parameters
    ----------
    table
        As `framing.over_time` gives it, of one measure and target:
        `measure, target, group, period, n, estimate, ci_low, ci_high`.
    event
        A day to mark, such as ``"2020-03-11"``.
    ax, title, language
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
    ax = style.axes(ax, max(3.2, 1.2 + 0.17 * len(groups)))
    ends: list[tuple[str, str, float, float]] = []
    for i, group in enumerate(groups):
        line = chosen[chosen["group"] == group]
        x = _dates.date2num(pd.to_datetime(line["period"]).to_numpy())
        y = line["estimate"].to_numpy(float)
        colour = style.colour(i)
        low, high = line["ci_low"].to_numpy(float), line["ci_high"].to_numpy(float)
        ax.fill_between(x, low, high, color=colour, alpha=0.14 if len(groups) <= 4 else 0.06, linewidth=0)
        ax.plot(x, y, color=colour, marker=style.marker(i), markersize=3.6)
        known = np.flatnonzero(~np.isnan(y))
        if len(known):
            count = word("n", language, n=number(line["n"].sum(), 0, language))
            label = f"{group_name(str(group), language)} ({count})"
            ends.append((label, colour, float(x[known[-1]]), float(y[known[-1]])))
    if event is not None:
        at = mark(ax, pd.Timestamp(event))
        ax.annotate(
            day(pd.Timestamp(event), language), (at, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 2),
            textcoords="offset points", ha="center", va="bottom", fontsize=style.SMALL, color=style.GREY,
        )  # fmt: skip
    ax.grid(axis="y")
    style.numbers(ax.yaxis, language)
    style.y_label(ax, measure_label(measure, language))
    date_axis(ax, pd.DatetimeIndex(chosen["period"].unique()), language)
    style.note(ax, word("bands", language))
    _end_labels(ax, ends)
    name = measure_of(measure, target, language)
    above = 0 if event is None else 1
    style.title(ax, word("over_time", language, measure=name) if title is None else title, above=above)
    return ax


def mark(ax: Axes, event: pd.Timestamp) -> float:
    """Dashed line at a day; returns its place on the axis."""
    at = float(_dates.date2num(event.to_pydatetime()))
    ax.axvline(at, color=style.GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    return at


def date_axis(ax: Axes, periods: pd.DatetimeIndex, language: Language, *, ticks: int = _MOST_TICKS) -> None:
    """At most so many ticks, on first days of periods, in the language."""
    starts = periods.sort_values()
    days = int(np.diff(starts.to_numpy()).min() / np.timedelta64(1, "D")) if len(starts) > 1 else 1
    kind = "M" if days >= 28 else "W" if days == 7 else "D"
    long = kind == "M" or (starts[-1] - starts[0]).days > 300
    pattern = "MMM yyyy" if long else {"en": "d MMM", "de": "d. MMM"}[language]
    ax.set_xticks(_dates.date2num(starts[:: -(-len(starts) // ticks)].to_numpy()))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: format_date(_dates.num2date(x), pattern, locale=language)))
    first, last = starts[0].year, starts[-1].year
    when = str(first) if first == last else f"{first}–{last}"
    ax.set_xlabel(f"{word(kind, language)} ({when})")


def _end_labels(ax: Axes, ends: list[tuple[str, str, float, float]]) -> None:
    """Name of each line right of the axes, moved up or down until none covers another, with a thin line to its end."""
    figure = style.figure_of(ax)
    figure.draw_without_rendering()
    probe = ax.text(0, 0, "Äg")
    gap = 1.1 * probe.get_window_extent().height / ax.get_window_extent().height
    probe.remove()
    low, high = ax.get_ylim()
    wanted = [(y - low) / (high - low) for _, _, _, y in ends]
    for (label, colour, x, y), place in zip(ends, style.spread(wanted, gap, gap / 2, 1 - gap / 2)):
        ax.annotate(
            label, xy=(x, y), xycoords="data", xytext=(1.03, place), textcoords="axes fraction",
            va="center", ha="left", color=colour, fontsize=7.5, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.6, "alpha": 0.6, "shrinkA": 1, "relpos": (0, 0.5), "shrinkB": 3},
        )  # fmt: skip
