"""The words behind a difference in sentiment, as bars."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, number, word


@style.styled
def word_shift(
    table: pd.DataFrame,
    n_terms: int = 24,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Terms of the largest contributions, the largest at the top.

    Parameters
    ----------
    table
        As `framing.word_shift` gives it, by falling size of the contribution.
    n_terms
        How many terms at most.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    if table.empty:
        raise UsageError("the word shift has no terms", cure="give groups with sentiment hits")
    chosen = table.head(n_terms)
    a, b = (group_name(str(chosen[side].iloc[0]), language) for side in ("group_a", "group_b"))
    ax = style.axes(ax, rows.height(len(chosen)) + 0.2)
    reach = float(chosen["contribution"].abs().max()) or 1.0
    for i, row in enumerate(chosen.to_dict("records")):
        value = float(row["contribution"])
        up = value >= 0
        ax.barh(i, value, height=0.7, color=style.HIGH if up else style.LOW, alpha=0.8, linewidth=0)
        signs = ("+" if row["polarity"] == "positive" else "−") + ("↑" if row["usage"] == "more" else "↓")
        ax.annotate(
            f"{row['term']}  {signs}", (value, i), xytext=(4 if up else -4, 0), textcoords="offset points",
            va="center", ha="left" if up else "right", fontsize=7.5,
        )  # fmt: skip
    rows.set_rows(ax, [""] * len(chosen))
    rows.zero_line(ax)
    ax.set_xlim(-1.05 * reach, 1.05 * reach)
    for text, colour, x, align in (
        ("← " + word("lowers", language, group=a), style.LOW, 0.49, "right"),
        (word("raises", language, group=a) + " →", style.HIGH, 0.51, "left"),
    ):
        ax.text(
            x, 1.005, text, transform=ax.transAxes, ha=align, va="bottom", color=colour, fontsize=7.5, fontweight="bold"
        )
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    ax.set_xlabel(word("contribution", language))
    n_a, n_b = (number(table[c].sum(), 0, language) for c in ("count_a", "count_b"))
    style.note(ax, word("shift_key", language, a=a, b=b, n_a=n_a, n_b=n_b))
    style.title(ax, word("word_shift", language, a=a, b=b) if title is None else title)
    return ax
