"""A measure of actors by group as a heat map."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import TwoSlopeNorm

from framing.errors import UsageError
from framing.plots import style
from framing.plots.words import Language, group_name, measure_label, measure_name, number, word

# mean, articles and whether the interval leaves out 0, of a cell without a row
_EMPTY = (np.nan, 0, False)


@style.styled
def heatmap(
    table: pd.DataFrame,
    measure: str = "sentiment_toward",
    *,
    names: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Mean and number of articles for each actor (rows, in the order of the table) and group (columns).

    A mean whose interval leaves out 0 is in bold.

    Parameters
    ----------
    table
        As `framing.compare.means` gives it: `measure, target, group, n, estimate, ci_low, ci_high`.
    measure
        Which measure to draw; colours are centred at 0.
    names
        Names of actors by id; the id where there is none.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has no actor with the measure.
    """
    chosen = table[(table["measure"] == measure) & (table["target"] != "")]
    if chosen.empty:
        raise UsageError(f"the table has no actors with {measure!r}", cure="choose a measure of actors that it has")
    actors, groups = list(dict.fromkeys(chosen["target"])), list(dict.fromkeys(chosen["group"]))
    cells = {
        (r["target"], r["group"]): (float(r["estimate"]), int(r["n"]), r["ci_low"] > 0 or r["ci_high"] < 0)
        for r in chosen.to_dict("records")
    }
    values = np.array([[cells.get((t, g), _EMPTY)[0] for g in groups] for t in actors])
    reach = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
    ax = style.axes(ax, 1.7 + 0.3 * max(len(actors), 3))
    colours = style.diverging()
    norm = TwoSlopeNorm(0, -reach, reach)
    image = ax.imshow(np.ma.masked_invalid(values), cmap=colours, norm=norm, aspect="auto")
    for i, target in enumerate(actors):
        for j, group in enumerate(groups):
            value, n, clear = cells.get((target, group), _EMPTY)
            _cell(ax, j, i, value, n, clear, _ink(colours(norm(value))), language)
    ax.set_yticks(range(len(actors)), [(names or {}).get(t, str(t)) for t in actors])
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks(np.arange(len(groups) - 1) + 0.5, minor=True)
    ax.set_yticks(np.arange(len(actors) - 1) + 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="minor", length=0)
    style.note(ax, word("n_cells", language))
    bar = style.figure_of(ax).colorbar(image, ax=ax, pad=0.02, fraction=0.045, aspect=25)
    style.y_label(bar.ax, measure_label(measure, language))
    bar.outline.set_visible(False)
    style.numbers(bar.ax.yaxis, language)
    _name_columns(ax, [group_name(str(g), language) for g in groups])
    name = measure_name(measure, language)
    style.title(ax, word("by_outlet", language, measure=name) if title is None else title)
    return ax


def _name_columns(ax: Axes, names: list[str]) -> None:
    """Names under the columns: level, else broken at their spaces, else tilted, until none reaches into the next."""
    figure = style.figure_of(ax)
    for shown, tilted in ((names, False), ([n.replace(" ", "\n") for n in names], False), (names, True)):
        ax.set_xticks(range(len(names)), shown)
        if tilted:
            ax.set_xticks(range(len(names)), shown, rotation=35, ha="right", rotation_mode="anchor")
        figure.draw_without_rendering()
        widest = max(label.get_window_extent().width for label in ax.get_xticklabels())
        if widest < 0.95 * ax.get_window_extent().width / len(names):
            return


def _ink(background: tuple[float, float, float, float]) -> str:
    """White on dark cells, black on light ones."""
    red, green, blue, _ = background
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.56 else style.INK


def _cell(ax: Axes, x: int, y: int, value: float, n: int, clear: bool, ink: str, language: Language) -> None:
    """Value, bold where it is clear, over number of articles; a dash where there is no value."""
    if np.isnan(value):
        ax.text(x, y, word("no_value", language), ha="center", va="center", color=style.GREY)
        return
    weight = "bold" if clear else "normal"
    ax.text(
        x, y - 0.03, number(value, 2, language), ha="center", va="bottom", fontsize=7.5, color=ink, fontweight=weight
    )
    ax.text(x, y + 0.07, number(n, 0, language), ha="center", va="top", fontsize=5.5, color=ink)
