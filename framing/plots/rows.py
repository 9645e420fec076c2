"""What plots with one row per thing share: rows, their intervals, and the text at their right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import style

ROW = 0.22


def height(n_rows: int) -> float:
    """Height in inches of a figure with so many rows."""
    return 1.35 + ROW * max(n_rows, 2)


def set_rows(ax: Axes, labels: Sequence[str]) -> None:
    """One row per label, the first at the top."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def right_text(ax: Axes, texts: Sequence[str], x: float = 1.015, header: str = "", align: str = "left") -> None:
    """Small text right of each row, and a header over it."""
    for i, text in enumerate(texts):
        ax.text(
            x,
            i,
            text,
            transform=ax.get_yaxis_transform(),
            va="center",
            ha=align,
            fontsize=style.SMALL,
            color=style.GREY,
        )
    if header:
        ax.annotate(
            header, (x, 1), xycoords="axes fraction", xytext=(0, 2), textcoords="offset points",
            va="bottom", ha=align, fontsize=style.SMALL, color=style.GREY,
        )  # fmt: skip


def interval(ax: Axes, y: float, low: float, high: float, colour: str) -> None:
    """Line from low to high; nothing where the interval is NaN."""
    if not (np.isnan(low) or np.isnan(high)):
        ax.plot([low, high], [y, y], color=colour, linewidth=1.2, solid_capstyle="butt", zorder=2)


def zero_line(ax: Axes) -> None:
    """Thin line at 0, where there is no difference."""
    ax.axvline(0, color=style.GREY, linewidth=0.7, zorder=1)


def select(table: pd.DataFrame, measure: str, target: str) -> pd.DataFrame:
    """Rows of one measure and target.

    Raises
    ------
    UsageError
        If there are none.
    """
    chosen = table[(table["measure"] == measure) & (table["target"] == target)]
    if chosen.empty:
        of = f" of {target!r}" if target else ""
        raise UsageError(f"the table has no {measure!r}{of}", cure="choose a measure and target that it has")
    return chosen.reset_index(drop=True)
