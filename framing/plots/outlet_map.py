"""A map of outlets with their intervals, and the terms that span it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from framing.plots import style
from framing.plots.words import Language, number, word

_WORDS = {
    "": {"en": "Map of outlets", "de": "Karte der Medien"},
    "actors": {"en": "Map of outlets by the actors they name", "de": "Karte der Medien nach den Akteuren, die sie nennen"},
    "loaded_terms": {"en": "Map of outlets by their loaded terms", "de": "Karte der Medien nach ihren wertenden Begriffen"},
    "categories": {"en": "Map of outlets by kinds of loaded terms", "de": "Karte der Medien nach Arten wertender Begriffe"},
    "axis": {
        "en": "{axis}, {share} % of the differences (principal coordinate)",
        "de": "{axis}, {share} % der Unterschiede (Hauptkoordinate)",
    },
    "first": {"en": "Axis 1", "de": "Achse 1"},
    "second": {"en": "Axis 2", "de": "Achse 2"},
    "note": {
        "en": "Near: alike; middle: average. Crosses: 95 % of resamples of articles. n: articles with a term. Grey: terms that span the axes, direction only.",
        "de": "Nah: ähnlich; Mitte: Durchschnitt. Kreuze: 95 % der Stichproben von Artikeln. n: Artikel mit einem Begriff. Grau: Begriffe, die die Achsen aufspannen, nur Richtung.",
    },
    "masked": {
        "en": "Left out: {n} names of outlets, bylines and terms of one outlet alone",
        "de": "Nicht gezählt: {n} Namen von Medien, Autorenzeilen und Begriffe nur eines Mediums",
    },
}  # fmt: skip


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
    masked = _WORDS["masked"][language].format(n=number(len(found.leaks), 0, language)) if len(found.leaks) else ""
    style.note(ax, f"{_WORDS['note'][language]} {masked}".strip())
    style.title(ax, _WORDS[found.kind][language] if title is None else title)
    markers = outlets[["x", "y"]].to_numpy(float)
    points = _points(outlets)
    for i, row in enumerate(outlets.to_dict("records")):
        label = f"{row['outlet']} ({word('n', language, n=number(row['articles'], 0, language))})"
        taken.append(_label(ax, label, markers[i], points, taken, style.colour(i), bold=True))
    for (x, y), term in zip(place, terms["term"]):
        if (text := _label_or_none(ax, str(term), np.array([x, y]), points, taken)) is not None:
            taken.append(text)
    return ax


def _points(outlets: pd.DataFrame) -> np.ndarray:
    """Places that no text should cover: the markers, each three times, and points along the intervals."""
    x, y, x_low, x_high, y_low, y_high = outlets[["x", "y", "x_low", "x_high", "y_low", "y_high"]].to_numpy(float).T
    share = np.linspace(0, 1, 25)[:, None]
    across = np.stack([x_low + share * (x_high - x_low), np.broadcast_to(y, (25, len(y)))], axis=-1)
    along = np.stack([np.broadcast_to(x, (25, len(x))), y_low + share * (y_high - y_low)], axis=-1)
    markers = np.repeat(np.stack([x, y], axis=-1), 3, axis=0)
    return np.concatenate([markers, across.reshape(-1, 2), along.reshape(-1, 2)])


_PLACES = ((6, 5, "left"), (-6, 5, "right"), (6, -5, "left"), (-6, -5, "right"), (0, 9, "center"), (0, -9, "center"),
           (10, 14, "left"), (-10, 14, "right"), (10, -14, "left"), (-10, -14, "right"))  # fmt: skip


def _label(
    ax: Axes, text: str, at: np.ndarray, points: np.ndarray, taken: list[Text], colour: str, *, bold: bool
) -> Text:
    """The text beside a point, where it covers least."""
    artist = ax.annotate(
        text, (float(at[0]), float(at[1])), textcoords="offset points", xytext=(0, 0), fontsize=8 if bold else style.SMALL, color=colour,
        va="center", fontweight="bold" if bold else "normal", annotation_clip=False,
    )  # fmt: skip
    best = min(_PLACES, key=lambda p: _covered(ax, artist, p, points, taken))
    _put(artist, best)
    return artist


def _label_or_none(ax: Axes, text: str, at: np.ndarray, points: np.ndarray, taken: list[Text]) -> Text | None:
    """A term in its place; left out where it would stand on an outlet or on a term that says more."""
    artist = ax.annotate(
        text, (float(at[0]), float(at[1])), textcoords="offset points", xytext=(0, 0), fontsize=style.SMALL, color=style.GREY, va="center",
        style="italic", annotation_clip=False,
    )  # fmt: skip
    places = ((0, 0, "center"), *_PLACES)
    best = min(places, key=lambda p: _covered(ax, artist, p, points, taken))
    if _covered(ax, artist, best, points, taken) >= 1:
        artist.remove()
        return None
    _put(artist, best)
    return artist


def _put(artist: Any, place: tuple[float, float, str]) -> None:
    artist.xyann = place[:2]
    artist.set_ha(place[2])


def _covered(ax: Axes, artist: Any, place: tuple[float, float, str], points: np.ndarray, taken: list[Text]) -> float:
    """How many texts and points the text would cover there, and whether it would leave the axes."""
    _put(artist, place)
    box = artist.get_window_extent().padded(1)
    frame = ax.get_window_extent()
    hidden = 0.34 * sum(box.contains(x, y) for x, y in ax.transData.transform(points))
    outside = box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
    return hidden + 2.0 * outside + sum(box.overlaps(other.get_window_extent()) for other in taken)
