"""Groups on an axis of meaning beside what chance would give."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, number, p_value, word

_SCALE = 1000


@style.styled
def frame_axis(
    table: pd.DataFrame,
    measure: Literal["bias", "intensity"] = "bias",
    *,
    axis: str | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Bias or intensity of each group with its interval, over the range that random articles give.

    Parameters
    ----------
    table
        As `framing.frame_axis` gives it.
    measure
        ``"bias"`` or ``"intensity"``; shown times 1,000.
    axis
        Which axis, where the table has several.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has no such axis or measure, or several axes and none is named.
    """
    names = list(dict.fromkeys(table["axis"].astype(str)))
    if axis is None and len(names) != 1:
        raise UsageError(f"the table has {len(names)} axes", cure=f"name one of {', '.join(names)}")
    name = names[0] if axis is None else axis
    chosen = table[(table["axis"] == name) & (table["measure"] == measure)]
    if chosen.empty:
        raise UsageError(f"the table has no {measure} of the axis {name!r}", cure=f"axes are {', '.join(names)}")
    chosen = chosen.sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)
    ax = style.axes(ax, rows.height(len(chosen)) + 0.25)
    for i, r in enumerate(chosen.to_dict("records")):
        low, high = float(r["null_low"]) * _SCALE, float(r["null_high"]) * _SCALE
        ax.barh(i, high - low, left=low, height=0.62, color="#e2e2e2", linewidth=0, zorder=1)
        beyond = float(r["effect_size"]) > 0
        colour = style.HIGH if beyond else style.LOW
        rows.interval(ax, i, float(r["ci_low"]) * _SCALE, float(r["ci_high"]) * _SCALE, colour)
        face = colour if float(r["p_adjusted"]) < 0.05 else "white"
        marker = style.MARKERS[0 if beyond else 1]
        ax.plot(float(r["estimate"]) * _SCALE, i, marker, color=colour, markerfacecolor=face, zorder=3)
    baseline = float(chosen["baseline"].iloc[0]) * _SCALE
    ax.axvline(baseline, color=style.GREY, linewidth=0.7, zorder=2)
    rows.set_rows(ax, [group_name(str(g), language) for g in chosen["group"]])
    rows.columns(
        ax,
        [
            ("n", [number(n, 0, language) for n in chosen["n"]]),
            (word("p", language), [p_value(float(p), language) for p in chosen["p_adjusted"]]),
        ],
    )
    ax.margins(x=0.06)
    ax.grid(axis="x")
    style.numbers(ax.xaxis, language)
    style.x_label(ax, word(f"axis_{measure}_unit", language))
    fit = float(chosen["axis_fit"].iloc[0])
    style.note(ax, word("axis_note", language, fit="–" if pd.isna(fit) else number(fit, 2, language)))
    poles = name.split("–") if name.count("–") == 1 else ["", ""]
    if measure == "intensity":
        poles = [word("axis_more", language), word("axis_less", language)]
    above = style.directions(ax, f"← {poles[1]}" if poles[1] else "", f"{poles[0]} →" if poles[0] else "")
    target = str(chosen["target"].iloc[0])
    text = word(f"axis_{measure}", language, axis=name) + (f": {target}" if target else "")
    style.title(ax, text if title is None else title, above=above)
    return ax
