"""The one style of all plots: quiet, readable in print, for the colour-blind and in grey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter
from numpy.typing import NDArray

from framing.plots.words import Language

# Searched for this project: no two are nearer than 22 units of CIELAB to normal, protan, deutan and tritan eyes, and all
# are dark enough to be read as text on white. In grey the markers tell them apart.
PALETTE = ("#1356b6", "#d86878", "#858f1a", "#852e50", "#5093e9", "#264502", "#ba72ac", "#5d276c")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
LOW, HIGH = "#9c4a10", "#1356b6"
GREY, INK = "#5c5c5c", "#222222"
# What a figure is written as, without the metadata that would differ from one run to the next.
FORMATS: dict[str, Any] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Width in inches of the text of an A4 page.
WIDTH = 6.3

_RC: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.labelsize": 8,
    "axes.labelcolor": "#333333",
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.6,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "text.color": INK,
    "lines.linewidth": 1.4,
    "lines.markersize": 4.5,
    "hatch.linewidth": 0.5,
    "figure.dpi": 110,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "pdf.fonttype": 42,
    # outlines instead of text, so that a figure looks the same everywhere
    "svg.fonttype": "path",
    "svg.hashsalt": "framing",
    # names come from texts: a dollar sign is a dollar sign
    "text.parse_math": False,
}
SMALL = 6.5

_P = ParamSpec("_P")
_R = TypeVar("_R")


def styled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run a plot function within the style, without changing the style of anything else."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with mpl.rc_context(_RC):
            return function(*args, **kwargs)

    return run


def axes(ax: Axes | None, height: float, width: float = WIDTH) -> Axes:
    """The given axes, or those of a new figure of the size in inches."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def figure_of(ax: Axes | Figure) -> Figure:
    """The figure that the axes belong to; a figure itself."""
    if isinstance(ax, Figure):
        return ax
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def colour(i: int) -> str:
    """Colour of the i-th group; begins anew after the eighth."""
    return PALETTE[i % len(PALETTE)]


def marker(i: int) -> str:
    """Marker of the i-th group; the second round of colours has other markers."""
    return MARKERS[(i + i // len(PALETTE)) % len(MARKERS)]


def diverging() -> LinearSegmentedColormap:
    """Colours from brown (low) over near white (0) to blue (high); both ends as dark."""
    stops = ["#7a3606", "#c27a3a", "#eed3b6", "#f7f7f5", "#bcd3f0", "#5b8fd6", "#0f3f8a"]
    return LinearSegmentedColormap.from_list("framing_diverging", stops)


def title(ax: Axes, text: str, *, above: int = 0) -> None:
    """Title over the axes at the left, broken into lines where it would run out of the axes.

    To be called last: where lines must break depends on how wide the layout has made the axes.

    Parameters
    ----------
    above
        Lines of small text between axes and title.
    """
    if text:
        _wrap(ax, ax.set_title("", loc="left", pad=8 + 11 * above), text)


def x_label(ax: Axes, text: str) -> None:
    """Label of the x axis, broken like the title."""
    ax.set_xlabel("")
    _wrap(ax, ax.xaxis.label, text)


def y_label(ax: Axes, text: str) -> None:
    """Label of the y axis, broken where it would run out of the axes."""
    ax.set_ylabel("")
    _wrap(ax, ax.yaxis.label, text, upright=True)


def directions(ax: Axes, left: str, right: str) -> int:
    """What the left and the right side of the axes mean, over the axes; number of lines that this takes."""
    texts = [(left, 0.0, "left", LOW), (right, 1.0, "right", HIGH)]
    artists = [
        ax.annotate(
            text, (x, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points",
            ha=align, va="bottom", color=colour, fontsize=7.5, fontweight="bold",
        )
        for text, x, align, colour in texts
        if text
    ]  # fmt: skip
    figure_of(ax).draw_without_rendering()
    taken = sum(artist.get_window_extent().width for artist in artists)
    if len(artists) == 2 and taken > 0.96 * ax.get_window_extent().width:
        artists[0].xyann = (0, 15)
        return 2
    return min(1, len(artists))


def note(ax: Axes, text: str) -> None:
    """Small remark under the axis label, at the left, broken like the title; to be called before it."""
    artist = ax.annotate(
        "",
        xy=(0, 0),
        xycoords=("axes fraction", ax.xaxis.label),
        xytext=(0, -4),
        textcoords="offset points",
        fontsize=SMALL,
        color=GREY,
        va="top",
        ha="left",
    )
    _wrap(ax, artist, text)


def _wrap(ax: Axes, artist: Text, text: str, *, upright: bool = False) -> None:
    """Set the text in as many lines as the width of the axes (or their height, if upright) needs."""
    figure_of(ax).draw_without_rendering()
    side = "height" if upright else "width"
    room = getattr(ax.get_window_extent(), side)
    lines: list[str] = []
    for part in text.split():
        longer = f"{lines[-1]} {part}" if lines else part
        artist.set_text(longer)
        if lines and getattr(artist.get_window_extent(), side) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    artist.set_text("\n".join(lines))


def numbers(axis: Axis, language: Language) -> None:
    """Write the axis' tick labels as the language does."""
    axis.set_major_formatter(_Numbers(language))


class _Numbers(ScalarFormatter):
    """Tick labels with the decimal separator of the language."""

    def __init__(self, language: Language) -> None:
        super().__init__(useOffset=False)
        self.set_scientific(False)
        self._language = language

    def __call__(self, x: float, pos: int | None = None) -> str:
        text: str = super().__call__(x, pos)
        return text.replace(".", ",") if self._language == "de" else text


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> NDArray[np.float64]:
    """Positions at least `gap` apart and as near to the wanted ones as can be (least squares), in the wanted order.

    They stay within `low` and `high` where there is room for all.

    Examples
    --------
    >>> spread([0.0, 0.1, 5.0], 1.0, -10.0, 10.0).round(2).tolist()
    [-0.45, 0.55, 5.0]
    """
    given = np.asarray(wanted, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    steps = gap * np.arange(len(given))
    # With the steps taken off, positions must only not fall: blocks that would are drawn to their mean.
    blocks: list[tuple[float, int]] = []
    for value in given[order] - steps:
        mean, size = float(value), 1
        while blocks and blocks[-1][0] > mean:
            other, n = blocks.pop()
            mean, size = (mean * size + other * n) / (size + n), size + n
        blocks.append((mean, size))
    level = np.concatenate([np.full(size, mean) for mean, size in blocks]) if blocks else np.empty(0)
    top = high - (steps[-1] if len(steps) else 0.0)
    level = np.clip(level, low, top) if top >= low else np.full(len(given), (low + top) / 2)
    result = np.empty(len(given))
    result[order] = level + steps
    return result


def save(figure: Figure | Axes, stem: str | Path, *, close: bool = False) -> tuple[Path, ...]:
    """Write a figure as SVG, PNG (200 dpi) and PDF, byte for byte the same each time.

    Parameters
    ----------
    figure
        The figure, or its axes.
    stem
        Path without ending; its folder must exist.
    close
        Whether the figure is taken from pyplot's list afterwards, as a program that draws many must.

    Returns
    -------
    tuple of Path
        The files, in the order of `FORMATS`.
    """
    figure = figure_of(figure)
    files = tuple(Path(f"{stem}.{suffix}") for suffix in FORMATS)
    layout = figure.get_layout_engine()
    with mpl.rc_context(_RC):
        for file, (suffix, metadata) in zip(files, FORMATS.items()):
            figure.savefig(file, format=suffix, dpi=200, metadata=metadata)
            # The first drawing has found the layout; to find it again for each format would take most of the time.
            figure.set_layout_engine("none")
    figure.set_layout_engine(layout)
    if close:
        plt.close(figure)
    return files
