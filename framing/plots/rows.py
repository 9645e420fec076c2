"""What plots with one row per thing share: rows, their intervals, and the text at their right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

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


def columns(ax: Axes, given: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Columns of small text right of the rows, as wide as they need.

    Parameters
    ----------
    given
        Header and one text per row for each column; all are set flush right.
    """
    figure = style.figure_of(ax)
    at = 0.0
    for header, texts in given:
        artists = [_beside(ax, text, y) for y, text in enumerate(texts)]
        artists.append(_beside(ax, header, None))
        figure.draw_without_rendering()
        at += 8 + max(a.get_window_extent().width for a in artists) * 72 / figure.dpi
        for artist in artists:
            artist.xyann = (at, artist.xyann[1])


def digits(*values: pd.Series) -> int:
    """Decimals for a column of estimates: three where all lie between -1 and 1, else two."""
    return 3 if all(column.dropna().abs().max() < 1 for column in values if column.notna().any()) else 2


def short(text: str, room: int = 12) -> str:
    """The text, cut with an ellipsis where it is longer than a narrow column has room for.

    Examples
    --------
    >>> short("Depeschendienst Mitte")
    'Depeschendi…'
    """
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _beside(ax: Axes, text: str, y: int | None) -> Annotation:
    """Text at the right edge of the axes, in a row or over all rows."""
    return ax.annotate(
        text,
        (1, 1 if y is None else y),
        xycoords="axes fraction" if y is None else ax.get_yaxis_transform(),
        xytext=(0, 3 if y is None else 0),
        textcoords="offset points",
        va="bottom" if y is None else "center",
        ha="right",
        fontsize=style.SMALL,
        color=style.GREY,
        annotation_clip=False,
    )


def interval(ax: Axes, y: float, low: float, high: float, colour: str) -> None:
    """Line from low to high; nothing where the interval is NaN."""
    if not (np.isnan(low) or np.isnan(high)):
        ax.plot([low, high], [y, y], color=colour, linewidth=1.2, solid_capstyle="butt", zorder=2)


def change(ax: Axes, y: float, value: float, low: float, high: float, p: float) -> None:
    """A difference with its interval: colour and marker by its direction, filled where p is below .05."""
    up = value > 0
    colour = style.HIGH if up else style.LOW
    interval(ax, y, low, high, colour)
    face = colour if p < 0.05 else "white"
    ax.plot(value, y, style.MARKERS[0 if up else 1], color=colour, markerfacecolor=face, zorder=3)


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
