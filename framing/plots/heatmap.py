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

    Parameters
    ----------
    table
        As `framing.compare.means` gives it: `measure, target, group, n, estimate`.
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
    cells = {(r["target"], r["group"]): (float(r["estimate"]), int(r["n"])) for r in chosen.to_dict("records")}
    values = np.array([[cells.get((t, g), (np.nan, 0))[0] for g in groups] for t in actors])
    reach = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
    ax = style.axes(ax, 1.7 + 0.3 * len(actors))
    colours = style.diverging()
    norm = TwoSlopeNorm(0, -reach, reach)
    image = ax.imshow(np.ma.masked_invalid(values), cmap=colours, norm=norm, aspect="auto")
    for i, target in enumerate(actors):
        for j, group in enumerate(groups):
            value, n = cells.get((target, group), (np.nan, 0))
            _cell(ax, j, i, value, n, dark=not np.isnan(value) and abs(value) > 0.62 * reach, language=language)
    shown = [group_name(str(g), language) for g in groups]
    tilted = max(map(len, shown)) * len(shown) > 75
    ax.set_xticks(range(len(groups)), shown, rotation=35 if tilted else 0, ha="right" if tilted else "center",
                  rotation_mode="anchor" if tilted else None)  # fmt: skip
    ax.set_yticks(range(len(actors)), [(names or {}).get(t, str(t)) for t in actors])
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks(np.arange(len(groups) - 1) + 0.5, minor=True)
    ax.set_yticks(np.arange(len(actors) - 1) + 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="minor", length=0)
    bar = style.figure_of(ax).colorbar(image, ax=ax, pad=0.02, fraction=0.045, aspect=25)
    bar.set_label(measure_label(measure, language))
    bar.outline.set_visible(False)
    style.numbers(bar.ax.yaxis, language)
    ax.set_xlabel(word("n_cells", language), fontsize=style.SMALL, color=style.GREY, loc="left")
    name = measure_name(measure, language)
    style.title(ax, word("by_outlet", language, measure=name) if title is None else title)
    return ax


def _cell(ax: Axes, x: int, y: int, value: float, n: int, *, dark: bool, language: Language) -> None:
    """Value over number of articles; a dash where there is no value."""
    ink = "white" if dark else "#222222"
    if np.isnan(value):
        ax.text(x, y, word("no_value", language), ha="center", va="center", color=style.GREY)
        return
    ax.text(x, y - 0.03, number(value, 2, language), ha="center", va="bottom", fontsize=7.5, color=ink)
    ax.text(x, y + 0.07, number(n, 0, language), ha="center", va="top", fontsize=5.5, color=ink)
