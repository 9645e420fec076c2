"""Names of points beside them, none over another, and text of articles made fit for a figure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from numpy.typing import NDArray

from framing.plots import style

# angles in the order in which a reader likes a name: right, left, above, below, between
_ANGLES = np.radians([0, 180, 90, 270, 45, 135, 315, 225, 22, 158, 338, 202, 67, 113, 293, 247])
_STEPS = (0, 5, 11, 18, 27, 38, 52, 70, 95)


def shown(text: str) -> str:
    """Text with characters that the font lacks as a box, and on one line.

    Examples
    --------
    >>> shown("Grüße 🙂\\nan alle")
    'Grüße □ an alle'
    """
    known = _characters()
    return "".join(c if ord(c) in known else "□" for c in " ".join(text.split()))


@cache
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=["DejaVu Sans"]))).get_charmap())


def place(
    ax: Axes,
    x: Sequence[float],
    y: Sequence[float],
    names: Sequence[str],
    *,
    radius: Sequence[float],
    colours: Sequence[str],
    size: float = 7.0,
    lines: Sequence[tuple[float, float, float, float]] = (),
) -> list[Annotation]:
    """Write each name near its point, the first first, with a thin line where it had to move away.

    To be called when the limits of the axes are set.

    Parameters
    ----------
    ax
        The axes.
    x, y
        The points, in data.
    names
        One for each point.
    radius
        Of the points' markers, in points (1/72 inch); no name covers a marker.
    colours
        Of the names.
    size
        Of the font.
    lines
        Lines from ``(x, y)`` to ``(x, y)`` in data, such as intervals, that names keep off where they can.
    """
    figure = style.figure_of(ax)
    figure.draw_without_rendering()
    unit = figure.dpi / 72
    points = ax.transData.transform(np.column_stack([x, y])) if len(names) else np.zeros((0, 2))
    r = np.asarray(radius, float) * unit
    frame = ax.get_window_extent()
    marks = np.column_stack([points - r[:, None], points + r[:, None]])
    along = _boxes_along(ax, lines)
    taken: list[NDArray[np.float64]] = []
    artists = []
    for k, name in enumerate(names):
        artist = ax.annotate(
            shown(name), (x[k], y[k]), xytext=(0, 0), textcoords="offset points", ha="center", va="center", fontsize=size,
            color=colours[k], annotation_clip=False, zorder=6,
            path_effects=[withStroke(linewidth=1.8, foreground="white", alpha=0.8)],
        )  # fmt: skip
        # a name that reaches over the edge must not make the layout move the points
        artist.set_in_layout(False)
        box = artist.get_window_extent()
        half = np.array([box.width, box.height]) / 2 + 1.0 * unit
        best, offset, far = np.inf, np.zeros(2), 0.0
        others = np.vstack([*taken, np.zeros((0, 4))]) if taken else np.zeros((0, 4))
        for step in _STEPS:
            for angle in _ANGLES:
                way = np.array([np.cos(angle), np.sin(angle)])
                # the middle of the name: its box just touches the circle around the point
                off = way * (r[k] + (2 + step) * unit) + np.sign(way.round(6)) * half * np.abs(way) ** 0.5
                centre = points[k] + off
                own = np.concatenate([centre - half, centre + half])
                out = max(frame.x0 - own[0], own[2] - frame.x1, frame.y0 - own[1], own[3] - frame.y1, 0.0)
                cost = 50 * _overlap(own, others) + 20 * _overlap(own, marks) + 5e3 * out + 0.15 * _overlap(own, along)
                cost += 2.0 * step
                if cost < best - 1e-9:
                    best, offset, far = cost, off, step
            if best < 2.0 * step + 1:
                break
        artist.xyann = tuple(offset / unit)
        taken.append(np.concatenate([points[k] + offset - half, points[k] + offset + half]))
        artists.append(artist)
        if far >= 11:
            thread = ax.annotate(
                "", (x[k], y[k]), xytext=tuple(offset / unit * 0.98), textcoords="offset points", annotation_clip=False, zorder=2,
                arrowprops={"arrowstyle": "-", "color": style.GREY, "linewidth": 0.5, "shrinkA": 5, "shrinkB": 0},
            )  # fmt: skip
            thread.set_in_layout(False)
    return artists


def _overlap(box: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Area, in pixels, that a box ``(x0, y0, x1, y1)`` shares with others."""
    if not len(others):
        return 0.0
    width = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    height = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    return float((np.maximum(width, 0) * np.maximum(height, 0)).sum())


def _boxes_along(ax: Axes, lines: Sequence[tuple[float, float, float, float]]) -> NDArray[np.float64]:
    """Small boxes along lines."""
    boxes = []
    for x0, y0, x1, y1 in lines:
        a, b = ax.transData.transform([(x0, y0), (x1, y1)])
        n = max(2, int(np.hypot(*(b - a)) / 4))
        middle = a + (b - a) * np.linspace(0, 1, n)[:, None]
        boxes.append(np.column_stack([middle - 2, middle + 2]))
    return np.concatenate(boxes) if boxes else np.zeros((0, 4))
