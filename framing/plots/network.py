"""A network of actors, drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from framing.errors import UsageError
from framing.plots import labels, style
from framing.plots.words import Language, number

_TYPES = ("state", "person", "organisation", "group")
_WORDS: dict[str, dict[Language, str]] = {
    "company": {"en": "Who is named with whom", "de": "Wer mit wem genannt wird"},
    "action": {"en": "Who does what to whom", "de": "Wer was mit wem tut"},
    "state": {"en": "state", "de": "Staat"},
    "person": {"en": "person", "de": "Person"},
    "organisation": {"en": "organisation", "de": "Organisation"},
    "group": {"en": "group", "de": "Gruppe"},
    "key_company": {
        "en": "Area: mentions ({least_n}–{most_n}). Width: number of {unit} that name both ({least}–{most}). n = {articles} articles, {units} {unit}",
        "de": "Fläche: Nennungen ({least_n}–{most_n}). Breite: Zahl der {unit}, die beide nennen ({least}–{most}). n = {articles} Artikel, {units} {unit}",
    },
    "key_action": {
        "en": "Area: mentions ({least_n}–{most_n}). Arrows: from agent to patient, width by number of verbs ({least}–{most}). n = {articles} articles, {units} verbs with both",
        "de": "Fläche: Nennungen ({least_n}–{most_n}). Pfeile: vom Agens zum Patiens, Breite nach Zahl der Verben ({least}–{most}). n = {articles} Artikel, {units} Verben mit beiden",
    },
    "sentence": {"en": "sentences", "de": "Sätze"},
    "article": {"en": "articles", "de": "Artikel"},
}  # fmt: skip
_WIDEST, _LARGEST = 6.0, 900.0
_MOST_VERBS = 14
# half of the width of the plot and the least distance between two points, without and with a verb between them, in
# points (1/72 inch)
_HALF, _GAP, _ROOM = 190.0, 26.0, 58.0


@style.styled
def network(
    graph: Any, *, seed: int = 1, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Actors as points, their links as lines or, of actions, arrows with the most frequent verb.

    Points that are linked often lie near each other (Fruchterman & Reingold 1991); directions and distances to others
    mean nothing. The same network and seed give the same picture.

    Parameters
    ----------
    graph
        As `framing.network` gives it.
    seed
        Of the layout.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the network has no edge.
    """
    import networkx as nx

    if not graph.number_of_edges():
        raise UsageError("the network has no edge", cure="give a smaller least, or more articles")
    kind = str(graph.graph["kind"])
    nodes = sorted(graph, key=lambda n: (-graph.nodes[n]["mentions"], n))
    lines = sorted(graph.edges(data=True), key=lambda e: (e[2]["weight"], e[0], e[1]))
    at = _layout(nx, graph, nodes, seed)
    mentions = np.array([graph.nodes[n]["mentions"] for n in nodes], float)
    weight = np.array([e[2]["weight"] for e in lines], float)
    ax = _frame(ax)
    area = np.maximum(_LARGEST * mentions / mentions.max(), 14)
    radius = np.sqrt(area / np.pi)
    at = _apart(at, nodes, radius, _ROOM if kind == "action" else _GAP)
    ax.set_xlim(-1.18, 1.18)
    ax.set_ylim(-1.1, 1.1)
    of_node = dict(zip(nodes, radius, strict=True))
    width = np.maximum(_WIDEST * weight / max(weight.max(), 4.0), 0.4)
    if kind == "action":
        _arrows(ax, lines, at, width, of_node)
    else:
        segments = [(at[a], at[b]) for a, b, _ in lines]
        ax.add_collection(
            LineCollection(segments, linewidths=width, colors="#9aa5b1", alpha=0.55, zorder=1, capstyle="round")
        )
    kinds = [t for t in _TYPES if any(graph.nodes[n]["type"] == t for n in nodes)]
    handles = []
    for k, of_type in enumerate(_TYPES):
        own = [i for i, n in enumerate(nodes) if graph.nodes[n]["type"] == of_type]
        if not own:
            continue
        x, y = np.array([at[nodes[i]] for i in own]).T
        ax.scatter(
            x, y, s=area[own], color=style.colour(k), marker=style.marker(k), edgecolor="white", linewidth=0.6, zorder=3
        )
        handles.append(
            Line2D([], [], linestyle="", color=style.colour(k), marker=style.marker(k), label=_say(of_type, language))
        )
    colours = [style.colour(_TYPES.index(graph.nodes[n]["type"])) for n in nodes]
    ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(kinds), frameon=False, fontsize=7,
        handletextpad=0.2, columnspacing=1.2, borderaxespad=0,
    )  # fmt: skip
    unit = _say(str(graph.graph["within"]), language) if kind == "company" else ""
    key = _say(f"key_{kind}", language).format(
        unit=unit,
        **{
            name: number(float(value), 0, language)
            for name, value in (
                ("least_n", mentions.min()), ("most_n", mentions.max()), ("least", weight.min()), ("most", weight.max()),
                ("articles", graph.graph["n_articles"]), ("units", graph.graph["n_units"]),
            )
        },
    )  # fmt: skip
    style.note(ax, key)
    outlet = str(graph.graph.get("outlet", ""))
    head = _say(kind, language) + (f": {outlet}" if outlet else "")
    style.title(ax, head if title is None else title, above=1)
    x, y = np.array([at[n] for n in nodes]).T
    labels.place(ax, x, y, nodes, radius=radius, colours=colours, lines=[(*at[a], *at[b]) for a, b, _ in lines])
    if kind == "action":
        _verbs(ax, lines, at, radius, np.column_stack([x, y]))
    return ax


def _frame(ax: Axes | None) -> Axes:
    """Axes without ticks and lines; those of a new figure leave a rim, so that remarks as wide as they are not cut."""
    if ax is None:
        ax = style.axes(None, 5.9)
        engine: Any = style.figure_of(ax).get_layout_engine()
        engine.set(rect=(0.01, 0, 0.95, 1))
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def _layout(nx: Any, graph: Any, nodes: list[str], seed: int) -> dict[str, tuple[float, float]]:
    """Places in [-1, 1]², the same whatever the order in which the network was built."""
    plain = nx.Graph()
    plain.add_nodes_from(sorted(nodes))
    for a, b, data in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1])):
        before = plain.edges[a, b]["pull"] if plain.has_edge(a, b) else 0.0
        plain.add_edge(a, b, pull=before + float(np.log1p(data["weight"])))
    found = nx.spring_layout(plain, k=2.6 / np.sqrt(len(nodes)), weight="pull", iterations=300, seed=seed)
    places = np.array([found[n] for n in nodes])
    # ranks drawn half into the coordinates: the crowded middle gets room
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0) / max(len(nodes) - 1, 1)
    low, high = places.min(axis=0), places.max(axis=0)
    even = 0.45 * (places - low) / np.where(high > low, high - low, 1) + 0.55 * ranks
    return {n: (float(p[0]), float(p[1])) for n, p in zip(nodes, 2 * even - 1, strict=True)}


def _apart(
    at: dict[str, tuple[float, float]], nodes: list[str], radius: Any, gap: float
) -> dict[str, tuple[float, float]]:
    """The places with points that touch pushed apart, within [-1, 1]²; the width of the plot is 2 * _HALF points."""
    places = np.array([at[n] for n in nodes])
    least = (radius[:, None] + radius[None, :] + gap) / _HALF
    np.fill_diagonal(least, 0.0)
    for _ in range(200):
        away = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-9)
        push = np.maximum(least - distance, 0.0) / distance * 0.25
        if not push.any():
            break
        places = np.clip(places + (push[..., None] * away).sum(axis=1), -1, 1)
    return {n: (float(p[0]), float(p[1])) for n, p in zip(nodes, places, strict=True)}


def _arrows(ax: Axes, lines: list[Any], at: dict[str, tuple[float, float]], width: Any, radius: dict[str, Any]) -> None:
    for (a, b, _), w in zip(lines, width.tolist(), strict=True):
        ax.add_patch(
            FancyArrowPatch(
                at[a], at[b], connectionstyle="arc3,rad=0.12", arrowstyle=f"-|>,head_length={4 + w / 2},head_width={2 + w / 3}",
                linewidth=max(0.6, w / 2), color="#7d8794", alpha=0.8, shrinkA=radius[a], shrinkB=radius[b] + 1, mutation_scale=1, zorder=1,
            )
        )  # fmt: skip


def _verbs(ax: Axes, lines: list[Any], at: dict[str, tuple[float, float]], radius: Any, nodes: Any) -> None:
    """The most frequent verb on each of the heaviest arrows."""
    taken = [t.get_window_extent() for t in ax.texts if t.get_text()]
    pixels, unit = ax.transData.transform(nodes), style.figure_of(ax).dpi / 72
    for a, b, data in reversed(lines[-_MOST_VERBS:]):
        p, q = np.array(at[a]), np.array(at[b])
        # the middle of the arc of _arrows, whose control point is .12 of the length aside
        middle = (p + q) / 2 + 0.06 * np.array([(q - p)[1], -(q - p)[0]])
        text = data["verbs"].split("|")[0].rsplit(":", 1)[0]
        artist = ax.text(
            float(middle[0]),
            float(middle[1]), labels.shown(text), fontsize=style.SMALL, color=style.GREY, ha="center", va="center", zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
        )  # fmt: skip
        box = artist.get_window_extent()
        beside = pixels - np.clip(pixels, [box.x0, box.y0], [box.x1, box.y1])
        if any(box.overlaps(t) for t in taken) or (np.hypot(*beside.T) < radius * unit).any():
            artist.remove()
        else:
            taken.append(box)


def _say(key: str, language: Language) -> str:
    return _WORDS[key][language]
