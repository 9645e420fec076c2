"""Densities of frames by group as a dot plot."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_name, number, word

PREFIXES = {"frame_": "frames", "function_": "frame_functions"}
_GAP = 1.6


@style.styled
def frames(table: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, language: Language = "en") -> Axes:
    """Density of each frame (or function) with its interval in each group.

    Parameters
    ----------
    table
        As `framing.compare.means` gives it for the measures ``frame_<name>`` or ``function_<name>``; other measures are
        passed over.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has neither.
    """
    measure = table["measure"].astype(str)
    kind = next((k for k in PREFIXES if measure.str.startswith(k).any()), None)
    if kind is None:
        raise UsageError("the table has no frames", cure="give means of the measures frame_conflict and so on")
    chosen = table[measure.str.startswith(kind)]
    measures, groups = list(dict.fromkeys(chosen["measure"])), list(dict.fromkeys(chosen["group"]))
    step = len(groups) + _GAP
    ax = style.axes(ax, 1.5 + 0.095 * step * len(measures) + 0.17 * -(-len(groups) // 3))
    for g, group in enumerate(groups):
        own = chosen[chosen["group"] == group].set_index("measure")
        label = f"{group_name(str(group), language)} ({word('n', language, n=number(own['n'].max(), 0, language))})"
        y = np.array([measures.index(m) * step + g for m in own.index], float)
        for at, (low, high) in zip(y, own[["ci_low", "ci_high"]].to_numpy(float)):
            rows.interval(ax, at, low, high, style.colour(g))
        x = own["estimate"].to_numpy(float)
        ax.plot(x, y, style.marker(g), color=style.colour(g), markersize=4, label=label, zorder=3, clip_on=False)
    middle = (len(groups) - 1) / 2
    ax.set_yticks([k * step + middle for k in range(len(measures))], [measure_name(m, language) for m in measures])
    ax.set_ylim(len(measures) * step - _GAP + 0.6, -1.2)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    for k in range(1, len(measures)):
        ax.axhline(k * step - _GAP / 2 - 0.5, color="#e6e6e6", linewidth=0.6, zorder=0)
    ax.set_xlim(left=0)
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, word("frame_density" if kind == "frame_" else "function_density", language))
    style.note(ax, word("frames_note", language))
    above = _legend(ax, len(groups))
    style.title(ax, word(PREFIXES[kind], language) if title is None else title, above=above)
    return ax


def _legend(ax: Axes, n_groups: int) -> int:
    """Names of the groups over the axes, in as many columns as fit; number of lines taken."""
    figure = style.figure_of(ax)
    for columns in range(min(4, n_groups), 0, -1):
        legend = ax.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, fontsize=7, handletextpad=0.2,
            columnspacing=1.2, borderaxespad=0, borderpad=0.2, labelspacing=0.25,
        )  # fmt: skip
        legend.set_in_layout(False)  # it must not narrow the axes that it is measured against
        figure.draw_without_rendering()
        if legend.get_window_extent().width <= ax.get_window_extent().width or columns == 1:
            break
    legend.set_in_layout(True)
    return -(-n_groups // columns)
