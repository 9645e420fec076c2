"""Differences between groups as a forest plot."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_name, measure_unit, number, word


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
    ax = style.axes(ax, rows.height(len(table)))
    for i, row in enumerate(table.to_dict("records")):
        colour = style.colour(measures.index(str(row["measure"])))
        rows.interval(ax, i, float(row["ci_low"]), float(row["ci_high"]), colour)
        found = float(row["p_adjusted"]) < 0.05
        ax.plot(
            float(row["difference"]), i, style.marker(measures.index(str(row["measure"]))), color=colour,
            markerfacecolor=colour if found else "white", zorder=3,
        )  # fmt: skip
    rows.set_rows(ax, _labels(table, measures, language))
    rows.zero_line(ax)
    counts = [f"{number(a, 0, language)} / {number(b, 0, language)}" for a, b in zip(table["n_a"], table["n_b"])]
    rows.right_text(ax, counts, header="n")
    rows.right_text(ax, [_number(g, language) for g in table["effect_size"]], x=1.19, header="g")
    rows.right_text(ax, [_p(p, language) for p in table["p_adjusted"]], x=1.28, header="p adj.")
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    single = f"{measure_name(measures[0], language)}, " if len(measures) == 1 else ""
    unit = measure_unit(measures[0], language)
    ax.set_xlabel(word("difference", language, unit=unit if unit == measures[0] else single + unit))
    style.note(ax, word("filled", language))
    style.title(ax, word("differences", language) if title is None else title)
    return ax


def _labels(table: pd.DataFrame, measures: list[str], language: Language) -> list[str]:
    """What differs between the rows: always the pair, the measure and target where there are several."""
    several_targets = table["target"].nunique() > 1
    labels = []
    for row in table.to_dict("records"):
        pair = word(
            "minus", language, a=group_name(str(row["group_a"]), language), b=group_name(str(row["group_b"]), language)
        )
        parts = [measure_name(str(row["measure"]), language)] if len(measures) > 1 else []
        parts += [str(row["target"])] if several_targets and row["target"] else []
        labels.append(": ".join([", ".join(parts), pair]) if parts else pair)
    return labels


def _number(value: float, language: Language) -> str:
    return word("no_value", language) if pd.isna(value) else number(value, 2, language)


def _p(value: float, language: Language) -> str:
    if pd.isna(value):
        return word("no_value", language)
    return f"< {number(0.001, 3, language)}" if value < 0.001 else number(value, 3, language)
