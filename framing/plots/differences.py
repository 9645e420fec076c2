"""Differences between groups as a forest plot."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_name, measure_unit, number, p_value, word


@style.styled
def differences(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Difference with its interval for each measure, target and pair of a comparison.

    Parameters
    ----------
    table
        Rows of `framing.compare`, in the order to be shown. All measures must have one unit, as they share the axis.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty or mixes units.
    """
    if table.empty:
        raise UsageError("the comparison has no rows", cure="compare at least one measure and pair")
    measures = [str(m) for m in table["measure"].unique()]
    units = {measure_unit(m, language) for m in measures}
    if len(units) > 1:
        raise UsageError(
            f"measures of different units on one axis: {', '.join(measures)}", cure="draw one measure at a time"
        )
    lines = _lines(table, measures, language)
    ax = style.axes(ax, rows.height(len(lines)) + 0.1)
    for y, line in enumerate(lines):
        if line.row is None:
            continue
        i = measures.index(str(line.row["measure"]))
        rows.interval(ax, y, float(line.row["ci_low"]), float(line.row["ci_high"]), style.colour(i))
        face = style.colour(i) if float(line.row["p_adjusted"]) < 0.05 else "white"
        difference = float(line.row["difference"])
        ax.plot(difference, y, style.marker(i), color=style.colour(i), markerfacecolor=face, zorder=3)
    rows.set_rows(ax, [line.label for line in lines])
    for line, tick in zip(lines, ax.get_yticklabels()):
        tick.set_fontweight("bold" if line.row is None else "normal")
    rows.zero_line(ax)
    rows.columns(
        ax,
        [
            ("n", [line.show(lambda r: _counts(r, language)) for line in lines]),
            ("g", [line.show(lambda r: _number(r["effect_size"], language)) for line in lines]),
            (word("p", language), [line.show(lambda r: p_value(r["p_adjusted"], language)) for line in lines]),
        ],
    )
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    unit = measure_unit(measures[0], language)
    style.x_label(ax, word("difference", language, unit=unit))
    style.note(ax, word("filled", language))
    style.title(ax, _title(table, measures, language) if title is None else title)
    return ax


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the plot: a row of the table, or a heading where there is none."""

    label: str
    row: dict[Hashable, Any] | None

    def show(self, text: Callable[[dict[Hashable, Any]], str]) -> str:
        return "" if self.row is None else text(self.row)


def _lines(table: pd.DataFrame, measures: list[str], language: Language) -> list[_Line]:
    """Rows under headings that name measure and target, where there are several of them."""
    one_reference = table["group_b"].nunique() == 1
    several = len(table[["measure", "target"]].drop_duplicates()) > 1
    lines: list[_Line] = []
    last = ""
    for row in table.to_dict("records"):
        a, b = group_name(str(row["group_a"]), language), group_name(str(row["group_b"]), language)
        parts = [measure_name(str(row["measure"]), language)] if len(measures) > 1 or not row["target"] else []
        heading = ", ".join([*parts, *([str(row["target"])] if row["target"] else [])])
        if several and heading != last:
            lines.append(_Line(heading, None))
        last = heading
        lines.append(_Line(a if one_reference else word("minus", language, a=a, b=b), row))
    return lines


def _title(table: pd.DataFrame, measures: list[str], language: Language) -> str:
    """What is compared, and with whom if all are compared with one."""
    references = table["group_b"].unique()
    if len(references) == 1:
        key = "differences_from_rest" if references[0] == "rest" else "differences_from"
        text = word(key, language, group=references[0])
    else:
        text = word("differences", language)
    return f"{measure_name(measures[0], language)}: {text}" if len(measures) == 1 else text


def _counts(row: dict[Hashable, Any], language: Language) -> str:
    return f"{number(row['n_a'], 0, language)} / {number(row['n_b'], 0, language)}"


def _number(value: float, language: Language) -> str:
    return word("no_value", language) if pd.isna(value) else number(value, 2, language)
