"""Differences between outlets before and after matching by event."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_of, measure_unit, number, word

_WORDS = {
    "title": {"en": "{measure}: all articles and the same events", "de": "{measure}: alle Artikel und dieselben Ereignisse"},
    "note": {
        "en": "●  all articles   ■  events that both report. Filled: adjusted p < 0.05. Lines: bootstrap interval. n: articles; events of both",
        "de": "●  alle Artikel   ■  Ereignisse beider. Gefüllt: adjustiertes p < 0,05. Linien: Bootstrap-Intervall. n: Artikel; Ereignisse beider",
    },
    "against": {"en": "against", "de": "gegen"},
    "events": {"en": "events", "de": "Ereignisse"},
}  # fmt: skip


@style.styled
def same_event(
    every: pd.DataFrame,
    matched: pd.DataFrame,
    measure: str = "sentiment",
    target: str = "",
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """The difference of each pair of outlets over all articles, and below it over the events that both report.

    Parameters
    ----------
    every
        Of `framing.compare`.
    matched
        The same pairs with ``cluster="event", test="sign_flip"``.
    measure, target
        Which rows to draw.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the tables have no common pair of the measure.
    """
    left, right = (rows.select(table, measure, target) for table in (every, matched))
    keys = ["group_a", "group_b"]
    both = left.merge(right, on=keys, suffixes=("_every", "_matched"))
    both = both[both["difference_matched"].notna()]
    if both.empty:
        raise UsageError("the two tables have no pair in common", cure="compare the same pairs in both")
    both = both.sort_values("difference_every", ascending=False, kind="stable", ignore_index=True)
    ax = style.axes(ax, 1.45 + 0.27 * max(len(both), 2))
    for i, row in enumerate(both.to_dict("records")):
        for k, (kind, colour, shape) in enumerate((("every", style.GREY, "o"), ("matched", style.HIGH, "s"))):
            at = i + (k - 0.5) * 0.36
            rows.interval(ax, at, float(row[f"ci_low_{kind}"]), float(row[f"ci_high_{kind}"]), colour)
            face = colour if float(row[f"p_adjusted_{kind}"]) < 0.05 else "white"
            ax.plot(
                float(row[f"difference_{kind}"]), at, shape, color=colour, markerfacecolor=face, markersize=4, zorder=3
            )
    one_reference = both["group_b"].nunique() == 1
    labels = []
    for row in both.to_dict("records"):
        a, b = group_name(str(row["group_a"]), language), group_name(str(row["group_b"]), language)
        labels.append(a if one_reference else word("minus", language, a=a, b=b))
    rows.set_rows(ax, labels)
    rows.zero_line(ax)
    counts = [
        f"{number(r['n_a_every'], 0, language)} / {number(r['n_b_every'], 0, language)}"
        for r in both.to_dict("records")
    ]
    columns = [("n", counts)]
    if "units_a_matched" in both:
        columns.append((_WORDS["events"][language], [number(x, 0, language) for x in both["units_a_matched"]]))
    rows.columns(ax, columns)
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, word("difference", language, unit=measure_unit(measure, language)))
    style.note(ax, _WORDS["note"][language])
    name = measure_of(measure, target, language)
    if one_reference:
        name += f", {_WORDS['against'][language]} {group_name(str(both['group_b'][0]), language)}"
    style.title(ax, _WORDS["title"][language].format(measure=name) if title is None else title)
    return ax
