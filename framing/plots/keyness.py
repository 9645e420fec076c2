"""Key terms of two groups as a dot plot."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, number, word


@style.styled
def keyness(
    table: pd.DataFrame,
    n_terms: int = 15,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Log-odds ratio with interval of the terms of largest and of smallest z, and their counts.

    Parameters
    ----------
    table
        As `framing.keyness` gives it, by falling z.
    n_terms
        How many terms at most of either group.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    if table.empty:
        raise UsageError("the keyness table has no terms", cure="give articles with text")
    of_a, of_b = table[table["z"] > 0].head(n_terms), table[table["z"] <= 0].tail(n_terms)
    chosen = pd.concat([of_a, of_b]).sort_values("delta", ascending=False, kind="stable")
    a, b = (group_name(str(chosen[side].iloc[0]), language) for side in ("group_a", "group_b"))
    ax = style.axes(ax, rows.height(len(chosen)))
    for i, row in enumerate(chosen.to_dict("records")):
        side = 0 if float(row["delta"]) > 0 else 1
        colour = (style.HIGH, style.LOW)[side]
        rows.interval(ax, i, float(row["ci_low"]), float(row["ci_high"]), colour)
        ax.plot(float(row["delta"]), i, style.MARKERS[side], color=colour, zorder=3)
    rows.set_rows(ax, chosen["term"].astype(str).tolist())
    rows.zero_line(ax)
    ax.margins(x=0.06)
    rows.columns(
        ax,
        [
            (f"{word('count_in', language)}\n{rows.short(group)}", [number(n, 0, language) for n in chosen[column]])
            for column, group in (("count_a", a), ("count_b", b))
        ],
    )
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, word("log_odds", language))
    style.note(ax, word("keyness_note", language))
    above = style.directions(
        ax,
        "← " + word("more_in", language, group=b) if len(of_b) else "",
        word("more_in", language, group=a) + " →" if len(of_a) else "",
    )
    style.title(ax, word("keyness", language, a=a, b=b) if title is None else title, above=above)
    return ax
