"""Framing packages: their share in each group, and how many to ask for."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from framing.errors import UsageError
from framing.plots import style
from framing.plots.heatmap import _ink, _name_columns
from framing.plots.words import Language, group_name, number, word

if TYPE_CHECKING:
    from framing.compare.packages import Packages

_SHADES = ["#f7f7f5", "#bcd3f0", "#5b8fd6", "#0f3f8a"]
_LABEL = 30


@style.styled
def packages(found: Packages, *, ax: Axes | None = None, title: str | None = None, language: Language = "en") -> Axes:
    """Mean share of each package (rows) in the articles of each group (columns), and the package's stability.

    Parameters
    ----------
    found
        As `framing.packages` gives it.
    ax, title, language
        As in `bars`.
    """
    labels = found.stability["label"].astype(str).tolist()
    groups = list(dict.fromkeys(found.shares["group"]))
    wide = found.shares.pivot(index="target", columns="group", values="estimate").loc[labels, groups]
    values = wide.to_numpy(np.float64)
    low, high = (
        found.shares.pivot(index="target", columns="group", values=bound).loc[labels, groups].to_numpy(np.float64)
        for bound in ("ci_low", "ci_high")
    )
    ax = style.axes(ax, 2.0 + 0.33 * max(len(labels), 3))
    colours = LinearSegmentedColormap.from_list("framing_share", _SHADES)
    top = float(np.nanmax(values, initial=0.0)) or 1.0
    ax.imshow(np.ma.masked_invalid(values), cmap=colours, vmin=0, vmax=top, aspect="auto")
    for (i, j), value in np.ndenumerate(values):
        known = not np.isnan(value)
        text = number(value, 2, language) if known else word("no_value", language)
        ink = _ink(colours(value / top)) if known else style.GREY
        bounded = not np.isnan(low[i, j])
        ax.text(j, i - 0.03 * bounded, text, ha="center", va="bottom" if bounded else "center", fontsize=7, color=ink)
        if bounded:
            bounds = f"{number(float(low[i, j]), 2, language)}–{number(float(high[i, j]), 2, language)}"
            ax.text(j, i + 0.07, bounds, ha="center", va="top", fontsize=5.5, color=ink)
    ax.set_yticks(range(len(labels)), ["\n".join(textwrap.wrap(label, _LABEL)) for label in labels], fontsize=7)
    _frame(ax, len(labels), len(groups))
    right = ax.secondary_yaxis("right")
    right.set_yticks(range(len(labels)), [number(s, 2, language) for s in found.stability["stability"]], fontsize=7)
    right.tick_params(length=0, labelcolor=style.GREY)
    right.spines["right"].set_visible(False)
    ax.annotate(
        word("stability", language), (1, 1), xycoords="axes fraction", xytext=(2, 4), textcoords="offset points",
        fontsize=style.SMALL, color=style.GREY, ha="left", va="bottom", annotation_clip=False,
    )  # fmt: skip
    counts = found.shares.groupby("group", sort=False)["n"].first()
    names = [f"{group_name(str(g), language)} ({number(counts[g], 0, language)})" for g in groups]
    _name_columns(ax, names)
    style.x_label(ax, f"{word('package_share', language)}, 0–1")
    style.note(ax, word("packages_note", language))
    style.title(ax, word("packages", language) if title is None else title, above=1)
    return ax


@style.styled
def packages_stability(
    table: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Stability by number of packages: mean, least, and agreement of the top words.

    Parameters
    ----------
    table
        As `framing.packages_stability` gives it.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    if table.empty:
        raise UsageError("the table has no numbers of packages", cure="try at least one")
    ax = style.axes(ax, 2.9)
    x = table["n"].to_numpy(float)
    for i, (column, key) in enumerate(
        (("stability", "choose_stability"), ("stability_min", "choose_least"), ("agreement", "choose_agreement"))
    ):
        y = table[column].to_numpy(float)
        ax.plot(x, y, color=style.colour(i), marker=style.marker(i), label=word(key, language), clip_on=False)
    ax.set_xticks(x, [number(k, 0, language) for k in x])
    ax.set_ylim(0, 1.02)
    ax.grid(axis="y")
    style.numbers(ax.yaxis, language)
    ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=7, handletextpad=0.4,
        columnspacing=1.2, borderaxespad=0,
    )  # fmt: skip
    style.x_label(ax, word("n_packages", language))
    style.y_label(ax, word("choose_unit", language))
    style.title(ax, word("choose_packages", language) if title is None else title, above=1)
    return ax


def _frame(ax: Axes, n_rows: int, n_columns: int) -> None:
    """White lines between the cells, no spines."""
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xticks(np.arange(n_columns - 1) + 0.5, minor=True)
    ax.set_yticks(np.arange(n_rows - 1) + 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.tick_params(which="minor", length=0)
