"""What plots of outlets by outlets share: cells from white to blue with their text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import NDArray

from framing.plots import rows, style

_SHADES = LinearSegmentedColormap.from_list("framing_shades", ["#f7f7f5", "#bcd3f0", "#5b8fd6", "#0f3f8a"])
_DARK = 0.62


def cells(
    ax: Axes | None,
    values: NDArray[np.float64],
    texts: Sequence[Sequence[str]],
    row_names: Sequence[str],
    column_names: Sequence[str],
    *,
    full: float,
) -> Axes:
    """A matrix as shaded cells, each with its text.

    Parameters
    ----------
    values
        Shape ``(rows, columns)``; NaN stays white.
    texts
        Text of each cell.
    row_names, column_names
        Names at the left and below.
    full
        Value of the darkest shade.
    """
    ax = style.axes(ax, 1.9 + 0.3 * max(len(row_names), 3))
    level = values / full if full > 0 else np.zeros_like(values)
    ax.imshow(np.ma.masked_invalid(level), cmap=_SHADES, vmin=0, vmax=1, aspect="auto")
    for i, line in enumerate(texts):
        for j, text in enumerate(line):
            dark = level[i, j] > _DARK
            ax.text(j, i, text, ha="center", va="center", fontsize=7.5, color="white" if dark else style.INK)
    ax.set_yticks(range(len(row_names)), row_names)
    ax.set_xticks(range(len(column_names)), column_names, rotation=35, ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks(np.arange(len(column_names) - 1) + 0.5, minor=True)
    ax.set_yticks(np.arange(len(row_names) - 1) + 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="minor", length=0)
    return ax


def beside(ax: Axes, header: str, texts: Sequence[str]) -> None:
    """A column of small text at the right of the rows."""
    rows.columns(ax, [(header, texts)])
