"""The words behind a difference in sentiment, as bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, number, word

_PALE = 0.3


@style.styled
def word_shift(
    table: pd.DataFrame,
    n_terms: int = 24,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Terms of the largest contributions, the largest at the top; pale where the interval holds 0.

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
    labels: list[tuple[float, Annotation]] = []
    for i, row in enumerate(chosen.to_dict("records")):
        value, low, high = (float(row[name]) for name in ("contribution", "ci_low", "ci_high"))
        up = value >= 0
        ax.barh(
            i,
            value,
            height=0.7,
            color=style.HIGH if up else style.LOW,
            alpha=_PALE if low <= 0 <= high else 0.75,
            linewidth=0,
        )
        rows.interval(ax, i, low, high, style.INK)
        end = float(np.nanmax([value, high]) if up else np.nanmin([value, low]))
        signs = ("+" if row["polarity"] == "positive" else "−") + ("↑" if row["usage"] == "more" else "↓")
        artist = ax.annotate(
            f"{row['term']}  {signs}", (end, i), xytext=(4 if up else -4, 0), textcoords="offset points",
            va="center", ha="left" if up else "right", fontsize=7.5,
        )  # fmt: skip
        labels.append((abs(end), artist))
    rows.set_rows(ax, [""] * len(chosen))
    rows.zero_line(ax)
    rows.columns(
        ax,
        [
            (f"{word('count_in', language)}\n{rows.short(group)}", [number(n, 0, language) for n in chosen[column]])
            for column, group in (("count_a", a), ("count_b", b))
        ],
    )
    _make_room(ax, labels, float(np.nanmax(chosen[["ci_low", "ci_high"]].abs().to_numpy(float), initial=0.0)))
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, word("contribution", language))
    n_a, n_b = (number(table[c].sum(), 0, language) for c in ("count_a", "count_b"))
    style.note(ax, word("shift_key", language, a=a, b=b, n_a=n_a, n_b=n_b))
    lowers, raises = word("lowers", language, group=a), word("raises", language, group=a)
    above = style.directions(ax, f"← {lowers}", f"{raises} →")
    style.title(ax, word("word_shift", language, a=a, b=b) if title is None else title, above=above)
    return ax


def _make_room(ax: Axes, labels: list[tuple[float, Annotation]], reach: float) -> None:
    """Limits of the axis, the same on both sides, that leave room for every bar, interval and label."""
    longest = max(reach, *(value for value, _ in labels)) or 1.0
    figure = style.figure_of(ax)
    ax.set_xlim(-longest, longest)
    figure.draw_without_rendering()
    half = ax.get_window_extent().width / 2
    needed = [longest]
    for value, artist in labels:
        taken = artist.get_window_extent().width + 8 * figure.dpi / 72
        needed.append(value * half / max(half - taken, 0.2 * half))
    ax.set_xlim(-1.02 * max(needed), 1.02 * max(needed))
