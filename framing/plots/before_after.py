"""A measure after an event less before it, one row per group."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framing.plots import rows, style
from framing.plots.words import Language, day, group_name, measure_of, measure_unit, number, p_value, word

_WORDS = {
    "title": {"en": "{measure}: before and after {date}", "de": "{measure}: vor und ab {date}"},
    "title_undated": {"en": "{measure}: before and after", "de": "{measure}: vorher und nachher"},
    "unit": {"en": "After less before ({unit})", "de": "Nachher minus vorher ({unit})"},
    "note": {
        "en": "Filled: adjusted p < 0.05. Lines: bootstrap interval. n: articles before / after. The event need not be the cause",
        "de": "Gefüllt: adjustiertes p < 0,05. Linien: Bootstrap-Intervall. n: Artikel vorher / nachher. Das Ereignis muss nicht die Ursache sein",
    },
    "before": {"en": "before", "de": "vorher"},
    "after": {"en": "after", "de": "nachher"},
}  # fmt: skip


@style.styled
def before_after(
    table: pd.DataFrame,
    measure: str = "sentiment",
    target: str = "",
    *,
    date: str | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """The change of each group with its interval, beside its estimates before and after.

    Parameters
    ----------
    table
        As `framing.before_after` gives it.
    measure, target
        Which rows to draw.
    date
        The first day after the event, for the title.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has no such rows.
    """
    word("n", language, n=0)  # refuses an unknown language
    chosen = rows.select(table, measure, target)
    chosen = chosen.sort_values("difference", ascending=False, kind="stable", ignore_index=True)
    ax = style.axes(ax, rows.height(len(chosen)) + 0.1)
    for i, change in enumerate(chosen[["difference", "ci_low", "ci_high", "p_adjusted"]].to_numpy(float).tolist()):
        rows.change(ax, i, *change)
    digits = rows.digits(chosen["estimate_a"], chosen["estimate_b"])
    rows.set_rows(ax, [group_name(str(g).rpartition(" × ")[0], language) for g in chosen["group_a"]])
    rows.zero_line(ax)
    rows.columns(
        ax,
        [
            ("n", [f"{number(b, 0, language)} / {number(a, 0, language)}" for a, b in zip(chosen["n_a"], chosen["n_b"])]),
            (_WORDS["before"][language], [number(v, digits, language) for v in chosen["estimate_b"]]),
            (_WORDS["after"][language], [number(v, digits, language) for v in chosen["estimate_a"]]),
            (word("p", language), [p_value(v, language) for v in chosen["p_adjusted"]]),
        ],
    )  # fmt: skip
    ax.margins(x=0.06)
    # the columns leave little room for ticks
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, _WORDS["unit"][language].format(unit=measure_unit(measure, language)))
    style.note(ax, _WORDS["note"][language])
    name = measure_of(measure, target, language)
    key = "title_undated" if date is None else "title"
    first = "" if date is None else day(pd.Timestamp(date), language)
    style.title(ax, _WORDS[key][language].format(measure=name, date=first) if title is None else title)
    return ax
