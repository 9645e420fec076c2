"""Change points of a measure on a calendar, one row per group and change."""

from __future__ import annotations

from typing import Any

import matplotlib.dates
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_name, measure_unit, number, p_value, word

# The module has no types.
_dates: Any = matplotlib.dates
_WORDS = {
    "title": {"en": "{measure}: change points", "de": "{measure}: Umbrüche"},
    "before": {"en": "before", "de": "vorher"},
    "after": {"en": "after", "de": "nachher"},
    "note": {
        "en": "Filled: adjusted p < 0.05. Open: the group’s best cut, not significant. Thick lines: interval of the date; thin lines: "
        "the span searched. Before, after: {unit}",
        "de": "Gefüllt: adjustiertes p < 0,05. Offen: bester Schnitt der Gruppe, nicht signifikant. Dicke Linien: Intervall des "
        "Datums; dünne Linien: durchsuchte Spanne. Vorher, nachher: {unit}",
    },
    "date": {"en": "First day after the change", "de": "Erster Tag nach dem Umbruch"},
}


@style.styled
def change_points(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Dates of change with their intervals: of each group its significant ones, or its best cut.

    Parameters
    ----------
    table
        As `framing.change_points` gives it, of one measure and target.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has no tested cut, or several measures.
    """
    tested = table[table["p"].notna()].reset_index(drop=True)
    if tested.empty:
        raise UsageError("the table has no tested change point", cure="use longer series or finer periods")
    if len(tested[["measure", "target"]].drop_duplicates()) > 1:
        raise UsageError("the table is of several measures", cure="draw one measure and target at a time")
    word("n", language, n=0)  # refuses an unknown language
    chosen = _chosen(tested)
    measure = str(chosen["measure"].iloc[0])
    groups = list(dict.fromkeys(chosen["group"]))
    ax = style.axes(ax, rows.height(len(chosen)) + 0.25)
    for y, row in enumerate(chosen.to_dict("records")):
        colour = style.colour(groups.index(row["group"]))
        ax.plot(_days(row["from"], row["to"]), [y, y], color=style.GREY, linewidth=0.5, zorder=1)
        ax.plot(
            _days(row["ci_low"], row["ci_high"]), [y, y], color=colour, linewidth=2.4, solid_capstyle="butt", zorder=2
        )
        face = colour if row["p_adjusted"] < 0.05 else "white"
        marker = style.marker(groups.index(row["group"]))
        ax.plot(_days(row["change"]), [y], marker, color=colour, markerfacecolor=face, markersize=5.5, zorder=3)
    rows.set_rows(ax, [group_name(str(group), language) for group in chosen["group"]])
    ax.xaxis.set_major_locator(_dates.AutoDateLocator(minticks=3, maxticks=6))
    span = pd.Timestamp(chosen["to"].max()) - pd.Timestamp(chosen["from"].min())
    pattern = "MMM yyyy" if span.days > 150 else {"en": "d MMM yy", "de": "d. MMM yy"}[language]
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: format_date(_dates.num2date(x), pattern, locale=language)))
    digits = rows.digits(chosen["estimate_before"], chosen["estimate_after"])
    rows.columns(
        ax,
        [
            ("n", [f"{number(a, 0, language)} / {number(b, 0, language)}" for a, b in zip(chosen["n_before"], chosen["n_after"])]),
            (_WORDS["before"][language], [number(v, digits, language) for v in chosen["estimate_before"]]),
            (_WORDS["after"][language], [number(v, digits, language) for v in chosen["estimate_after"]]),
            (word("p", language), [p_value(v, language) for v in chosen["p_adjusted"]]),
        ],
    )  # fmt: skip
    ax.grid(axis="x")
    style.x_label(ax, _WORDS["date"][language])
    style.note(ax, _WORDS["note"][language].format(unit=measure_unit(measure, language)))
    name = measure_name(measure, language) + (f", {chosen['target'].iloc[0]}" if chosen["target"].iloc[0] else "")
    style.title(ax, _WORDS["title"][language].format(measure=name) if title is None else title)
    return ax


def _chosen(tested: pd.DataFrame) -> pd.DataFrame:
    """Significant changes in order of time within each group, or the group's first test."""
    parts = []
    for _, own in tested.groupby("group", sort=False):
        clear = own[own["p_adjusted"] < 0.05]
        parts.append(clear.sort_values("change") if len(clear) else own.head(1))
    return pd.concat(parts, ignore_index=True)


def _days(*dates: Any) -> Any:
    return _dates.date2num([pd.Timestamp(date).to_pydatetime() for date in dates])
