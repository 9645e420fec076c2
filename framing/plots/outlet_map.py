"""A map of outlets with their intervals, and the terms that span it."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

from framing.plots import style
from framing.plots.words import Language, number, word

_WORDS = {
    "title": {"en": "Map of outlets", "de": "Karte der Medien"},
    "axis": {
        "en": "{axis}, {share} % of the differences (principal coordinate)",
        "de": "{axis}, {share} % der Unterschiede (Hauptkoordinate)",
    },
    "first": {"en": "Axis 1", "de": "Achse 1"},
    "second": {"en": "Axis 2", "de": "Achse 2"},
    "note": {
        "en": "Near: alike; middle: average. Crosses: 95 % of resamples of articles. Grey: terms that span the axes, direction only",
        "de": "Nah: ähnlich; Mitte: Durchschnitt. Kreuze: 95 % der Stichproben von Artikeln. Grau: Begriffe, die die Achsen aufspannen, nur Richtung",
    },
}


@style.styled
def outlet_map(
    found: Any, n_terms: int = 10, *, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Outlets in the plane of the first two axes of a correspondence analysis.

    Parameters
    ----------
    found
        Of `framing.compare.outlet_map`.
    n_terms
        How many terms to show at most, those that contribute most. They lie further out than outlets: all are drawn
        nearer to the middle by one factor. A term that finds no free place is left out.
    ax, title, language
        As in `bars`.
    """
    word("n", language, n=0)  # refuses an unknown language
    ax = style.axes(ax, 5.2)
    outlets, terms = found.outlets, found.terms.head(n_terms)
    spread = outlets[["x", "x_low", "x_high", "y", "y_low", "y_high"]].to_numpy(float)
    reach_x, reach_y = float(np.abs(spread[:, :3]).max()), float(np.abs(spread[:, 3:]).max())
    ax.axhline(0, color="#d8d8d8", linewidth=0.7, zorder=0)
    ax.axvline(0, color="#d8d8d8", linewidth=0.7, zorder=0)
    place = terms[["x", "y"]].to_numpy(float)
    # terms lie further out than outlets: one factor brings them onto the map
    factor = float(np.max(np.abs(place) / [reach_x, reach_y], initial=0.0))
    place = place / factor if factor > 1 else place
    taken: list[Text] = []
    for i, row in enumerate(outlets.to_dict("records")):
        colour = style.colour(i)
        ax.plot(
            [row["x_low"], row["x_high"]], [row["y"]] * 2, color=colour, linewidth=1, solid_capstyle="butt", zorder=2
        )
        ax.plot(
            [row["x"]] * 2, [row["y_low"], row["y_high"]], color=colour, linewidth=1, solid_capstyle="butt", zorder=2
        )
        ax.plot(row["x"], row["y"], style.marker(i), color=colour, zorder=3)
    ax.margins(0.12)
    ax.set_xlim(-1.25 * reach_x, 1.25 * reach_x)
    ax.set_ylim(-1.15 * reach_y, 1.15 * reach_y)
    style.numbers(ax.xaxis, language)
    style.numbers(ax.yaxis, language)
    for axis, key, share in ((style.x_label, "first", 0), (style.y_label, "second", 1)):
        name = _WORDS[key][language]
        axis(ax, _WORDS["axis"][language].format(axis=name, share=number(100 * found.inertia[share], 0, language)))
    style.note(ax, _WORDS["note"][language])
    style.title(ax, _WORDS["title"][language] if title is None else title)
    markers = outlets[["x", "y"]].to_numpy(float)
    for i, row in enumerate(outlets.to_dict("records")):
        taken.append(_label(ax, row["outlet"], markers[i], markers, taken, style.colour(i), bold=True))
    for (x, y), term in zip(place, terms["term"]):
        if (text := _label_or_none(ax, str(term), np.array([x, y]), markers, taken)) is not None:
            taken.append(text)
    return ax


_PLACES = ((6, 5, "left"), (-6, 5, "right"), (6, -5, "left"), (-6, -5, "right"), (0, 9, "center"), (0, -9, "center"),
           (10, 14, "left"), (-10, 14, "right"), (10, -14, "left"), (-10, -14, "right"))  # fmt: skip


def _label(
    ax: Axes, text: str, at: np.ndarray, markers: np.ndarray, taken: list[Text], colour: str, *, bold: bool
) -> Text:
    """The text beside a point, where it covers least."""
    artist = ax.annotate(
        text, (float(at[0]), float(at[1])), textcoords="offset points", xytext=(0, 0), fontsize=8 if bold else style.SMALL, color=colour,
        va="center", fontweight="bold" if bold else "normal", annotation_clip=False,
    )  # fmt: skip
    best = min(_PLACES, key=lambda p: _covered(ax, artist, p, markers, taken))
    _put(artist, best)
    return artist


def _label_or_none(ax: Axes, text: str, at: np.ndarray, markers: np.ndarray, taken: list[Text]) -> Text | None:
    """A term in its place; left out where it would stand on an outlet or on a term that says more."""
    artist = ax.annotate(
        text, (float(at[0]), float(at[1])), textcoords="offset points", xytext=(0, 0), fontsize=style.SMALL, color=style.GREY, va="center",
        style="italic", annotation_clip=False,
    )  # fmt: skip
    places = ((0, 0, "center"), *_PLACES)
    best = min(places, key=lambda p: _covered(ax, artist, p, markers, taken))
    if _covered(ax, artist, best, markers, taken) >= 1:
        artist.remove()
        return None
    _put(artist, best)
    return artist


def _put(artist: Any, place: tuple[float, float, str]) -> None:
    artist.xyann = place[:2]
    artist.set_ha(place[2])


def _covered(ax: Axes, artist: Any, place: tuple[float, float, str], markers: np.ndarray, taken: list[Text]) -> float:
    """How many texts and markers the text would cover there, and whether it would leave the axes."""
    _put(artist, place)
    box = artist.get_window_extent().padded(1)
    frame = ax.get_window_extent()
    points = ax.transData.transform(markers)
    hidden = sum(box.contains(x, y) for x, y in points)
    outside = box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
    return hidden + 2.0 * outside + sum(box.overlaps(other.get_window_extent()) for other in taken)
