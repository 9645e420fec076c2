"""Network, portrait and map of actors: nothing covers a name, hostile text stays text, the same picture each time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from framing import plots, score
from framing.compare.portrait import Portrait, portrait
from framing.demo import demo_corpus
from framing.errors import UsageError
from framing.plots import style

LANGUAGES = ("en", "de")
HOSTILE = "<b>$x_$ 🙂\n=1"


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def found() -> Portrait:
    scores = score(demo_corpus().articles.groupby("outlet").head(12), progress=False)
    return portrait(scores, str(scores.actors["actor"].value_counts().index[0]), n_resamples=100)


def graph(kind: str = "company", n: int = 24) -> Any:
    rng = np.random.default_rng(5)
    made = (nx.DiGraph if kind == "action" else nx.Graph)(
        kind=kind, within="sentence", outlet="", n_articles=1234, n_units=5678, least=2
    )
    names = [HOSTILE, *(f"Bundesministerium {k}" for k in range(n - 1))]
    for k, name in enumerate(names):
        made.add_node(name, type=("state", "person", "organisation", "group")[k % 4], mentions=int(900 / (k + 1)) + 3)
    for k in range(1, n):
        for other in {int(rng.integers(0, k)), int(rng.integers(0, k))}:
            made.add_edge(names[k], names[other], weight=int(rng.integers(2, 60)), verbs="kritisieren:3|loben:1")
    return made


def table(n: int = 12, groups: tuple[str, ...] = ("all",)) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = []
    for k in range(n):
        for g in groups:
            for m in ("sentiment_toward", "agency"):
                v = rng.normal(0, 0.2)
                rows.append((m, f"Bundesministerium {k}" if k else HOSTILE, g, 12 + k, v, v - 0.2, v + 0.2))
    rows[0] = (*rows[0][:5], np.nan, np.nan)
    return pd.DataFrame(rows, columns=["measure", "target", "group", "n", "estimate", "ci_low", "ci_high"])


def names_of(ax: Axes) -> list[Any]:
    style.figure_of(ax).draw_without_rendering()
    return [t for t in ax.texts if "Bundesministerium" in t.get_text() or "<b>" in t.get_text()]


def assert_apart(ax: Axes) -> None:
    boxes = [t.get_window_extent() for t in names_of(ax)]
    for a, b in combinations(boxes, 2):
        width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width < 1 or height < 1, (a, b)
    figure = style.figure_of(ax).bbox
    for box in boxes:
        assert box.x0 >= figure.x0 - 1 and box.x1 <= figure.x1 + 1 and box.y0 >= figure.y0 and box.y1 <= figure.y1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["company", "action"])
def test_every_actor_of_a_network_is_named_apart(kind: str, language: Any) -> None:
    ax = plots.network(graph(kind), language=language)
    assert len(names_of(ax)) == 24
    assert_apart(ax)
    text = " ".join(t.get_text() for t in ax.texts)
    assert ("1,234" if language == "en" else "1.234") in text
    assert ("kritisieren" in text) == (kind == "action")


def test_the_same_network_gives_the_same_picture() -> None:
    places = []
    given = graph()
    turned = nx.Graph(**given.graph)
    turned.add_nodes_from(sorted(given.nodes(data=True), key=lambda n: n[0]))
    turned.add_edges_from(given.edges(data=True))
    for made in (given, turned):
        ax = plots.network(made)
        places.append(sorted((t.get_text(), *t.xy) for t in names_of(ax)))
    for a, b in zip(*places):
        assert a[0] == b[0] and a[1:] == pytest.approx(b[1:])


def test_size_is_mentions_and_width_is_weight() -> None:
    given = graph()
    ax = plots.network(given)
    lines = ax.collections[0].get_linewidths()
    weights = sorted(d["weight"] for *_, d in given.edges(data=True))
    np.testing.assert_allclose(np.array(lines) / max(lines), np.array(weights) / max(weights))
    area = max(float(c.get_sizes().max()) for c in ax.collections[1:])
    assert area == pytest.approx(900)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("groups", [("all",), ("Blau", "Grün", "Rot")])
def test_every_actor_of_the_map_is_named_apart(groups: tuple[str, ...], language: Any) -> None:
    given = table(12 if len(groups) == 1 else 5, groups)
    ax = plots.agency_map(given, language=language)
    assert len(names_of(ax)) == len(given) // 2
    assert_apart(ax)
    assert (ax.get_legend() is None) == (len(groups) == 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_portrait_is_one_page_with_nothing_cut(found: Portrait, language: Any) -> None:
    figure = plots.portrait(found, language=language)
    figure.draw_without_rendering()
    assert tuple(figure.get_size_inches()) == (8.27, 11.69)
    texts = [t for ax in figure.axes for t in ax.texts if t.get_text()] + list(figure.texts)
    for t in texts:
        box = t.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= figure.bbox.x1 and box.y0 >= 0 and box.y1 <= figure.bbox.y1, t.get_text()
    shown = " ".join(t.get_text() for t in texts)
    assert found.name in shown
    first = found.sentences["sentence"].iloc[0].split()[0]
    assert first in shown


def test_a_portrait_of_hostile_text_stays_text(found: Portrait) -> None:
    sentences = found.sentences.assign(sentence=f"{HOSTILE} $\\frac{{1}}$ " * 4, surface="$a", outlet="$b$ 🙂")
    namings = found.namings.assign(naming=HOSTILE)
    bad = Portrait(**{**vars(found), "name": HOSTILE, "sentences": sentences, "namings": namings})
    figure = plots.portrait(bad)
    figure.draw_without_rendering()
    assert any("$x_$ □" in t.get_text() for t in figure.texts)


def test_a_portrait_with_little_says_so(found: Portrait) -> None:
    empty = {k: getattr(found, k).iloc[:0] for k in ("verbs", "sentences", "over_time", "namings")}
    figure = plots.portrait(Portrait(**{**vars(found), **empty}))
    assert sum(t.get_text() == "none found" for ax in figure.axes for t in ax.texts) == 7


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(UsageError, match="no edge"):
        plots.network(nx.Graph(kind="company"))
    with pytest.raises(UsageError, match="no actor has agency"):
        plots.agency_map(table().iloc[:0])
