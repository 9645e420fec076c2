from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import framing
from framing import Scores, score
from framing.compare.centrality import betweenness, centralities, network_difference
from framing.compare.links import actions, links
from framing.compare.network import association, edges, network, write_network
from framing.demo import demo_corpus
from framing.errors import InputError, UsageError

TEXTS = {
    # one sentence with both, one with each
    "a": ("Blau", "Die NATO kritisiert Russland. China schweigt. Russland wird von China unterstützt."),
    "b": ("Blau", "Die NATO kritisiert Russland und China."),
    "c": ("Rot", "Frankreich lobt China. Russland liefert Gas."),
}


@pytest.fixture(scope="module")
def small() -> Scores:
    rows = [{"article_id": k, "outlet": o, "title": "", "text": t} for k, (o, t) in TEXTS.items()]
    return score(pd.DataFrame(rows), progress=False)


@pytest.fixture(scope="module")
def demo() -> Scores:
    return score(demo_corpus().articles.groupby("outlet").head(12), progress=False)


def test_company_counts_sentences(small: Scores) -> None:
    graph = network(small, least=1)
    # by hand: a has NATO+Russland, Russland+China; b has all three pairs; c has Frankreich+China
    weights = {frozenset((a, b)): e["weight"] for a, b, e in graph.edges(data=True)}
    assert weights == {
        frozenset(("NATO", "Russland")): 2,
        frozenset(("Russland", "China")): 2,
        frozenset(("NATO", "China")): 1,
        frozenset(("Frankreich", "China")): 1,
    }
    assert graph.graph["n_units"] == small.articles["n_sentences"].sum() == 6
    assert graph.nodes["Russland"]["articles"] == 3
    # npmi of NATO and Russland by hand: n_ij 2, n_i 2, n_j 4 of 6: ln(2 * 6 / 8) / -ln(2 / 6)
    assert graph.edges["NATO", "Russland"]["npmi"] == pytest.approx(np.log(12 / 8) / np.log(3))


def test_company_in_articles(small: Scores) -> None:
    graph = network(small, within="article", least=1)
    assert graph.edges["NATO", "China"]["weight"] == 2
    assert graph.edges["Frankreich", "Russland"]["weight"] == 1
    assert graph.graph["n_units"] == 3


def test_actions_turn_the_passive(small: Scores) -> None:
    graph = network(small, "action", least=1)
    found = {(a, b): e["verbs"] for a, b, e in graph.edges(data=True)}
    assert found[("NATO", "Russland")] == "kritisieren:2"
    assert found[("China", "Russland")] == "unterstützen:1"
    assert found[("Frankreich", "China")] == "loben:1"
    edge = graph.edges["NATO", "Russland"]
    assert (edge["author"], edge["quoted"], edge["distanced"]) == (2, 0, 0)
    assert edge["articles"] == 2


def test_each_action_opens(small: Scores) -> None:
    texts = small.texts.set_index("article_id")
    found = actions(small)
    for row in found.to_dict("records"):
        word = texts.loc[row["article_id"], row["field"]][row["start"] : row["end"]]
        assert word[:3].lower() in {"kri", "unt", "lob"}, word
    total = network(small, "action", least=1).size(weight="weight")
    assert total == len(found)


def test_association_is_that_of_the_formulas() -> None:
    # Dunning (1993), table of bigrams: "the swiss", 110, 2442, 111, 29114: G² 270.72
    npmi, g2 = association([110], [110 + 2442], [110 + 111], 110 + 2442 + 111 + 29114)
    assert g2[0] == pytest.approx(270.72, abs=0.01)
    total = 110 + 2442 + 111 + 29114
    assert npmi[0] == pytest.approx(np.log(110 * total / (2552 * 221)) / -np.log(110 / total))
    # as often as by chance: both 0
    npmi, g2 = association([4], [20], [20], 100)
    assert (npmi[0], g2[0]) == pytest.approx((0, 0), abs=1e-12)
    assert association([5], [5], [5], 5)[0].tolist() == [1.0]


@pytest.mark.parametrize("directed", [False, True])
def test_betweenness_is_that_of_networkx(directed: bool) -> None:
    rng = np.random.default_rng(3)
    # powers of two: sums of lengths are exact, so that ties are the same in both programs
    weight = rng.choice([1.0, 2.0, 4.0], (25, 25)) * (rng.random((25, 25)) < 0.15)
    np.fill_diagonal(weight, 0)
    if not directed:
        weight = np.triu(weight) + np.triu(weight).T
    graph = nx.from_numpy_array(weight, create_using=nx.DiGraph if directed else nx.Graph)
    for *_, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    expected = list(nx.betweenness_centrality(graph, weight="length").values())
    assert max(expected) > 0.05
    np.testing.assert_allclose(betweenness(weight, directed=directed), expected, atol=1e-12)


def test_centralities_agree_with_the_network(demo: Scores) -> None:
    graph = network(demo, least=3)
    table = centralities(demo, least=3, n_resamples=60).set_index("actor")
    assert set(table.index) == set(graph)
    assert table["degree"].to_dict() == dict(graph.degree())
    assert table["strength"].to_dict() == pytest.approx(dict(graph.degree(weight="weight")))
    assert (table["strength_low"] < table["strength_high"]).all()
    again = centralities(demo, least=3, n_resamples=60).set_index("actor")
    pd.testing.assert_frame_equal(table, again)


def test_counts_sum_to_the_evidence(demo: Scores) -> None:
    for kind in ("company", "action"):
        found = links(demo, kind)  # type: ignore[arg-type]
        assert found.counts.sum() == len(found.evidence)
        assert (found.source != found.target).all()


def test_difference_of_two_outlets_by_hand() -> None:
    # Blau: NATO and Russland together in each of 12 articles of one sentence; Rot: in 3 of 12
    both, none = "Die NATO warnt Russland.", "Die NATO warnt alle."
    texts = [both] * 12 + [both] * 3 + [none] * 9
    frame = pd.DataFrame(
        {"article_id": [f"x{i}" for i in range(24)], "outlet": ["Blau"] * 12 + ["Rot"] * 12, "title": "", "text": texts}
    )
    table = network_difference(score(frame, progress=False), "Blau", "Rot", n_resamples=400)
    row = table.iloc[0]
    assert (row["count_a"], row["count_b"]) == (12, 3)
    assert row["estimate_a"] == 1000 and row["estimate_b"] == 250 and row["difference"] == 750
    assert row["ci_low"] > 250 and row["p"] < 0.02
    assert row["p_adjusted"] == row["p"]


def test_a_pair_in_few_articles_has_no_p(demo: Scores) -> None:
    a, b = sorted(demo.articles["outlet"].unique())[:2]
    table = network_difference(demo, a, b, least=1, n_resamples=100)
    assert table["p"].isna().any()
    assert np.all(table["difference"] == table["estimate_a"] - table["estimate_b"])


def test_files_hold_the_network_and_are_the_same_each_time(small: Scores, tmp_path: Path) -> None:
    graph = network(small, "action", least=1)
    for suffix, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        path = write_network(graph, tmp_path / f"n{suffix}")
        first = path.read_bytes()
        back = read(path)
        assert set(back.edges) == set(graph.edges)
        assert back.edges["NATO", "Russland"]["verbs"] == "kritisieren:2"
        assert write_network(graph, path).read_bytes() == first
        assert b"lastmodified" not in first
    table = pd.read_csv(write_network(graph, tmp_path / "n.csv"))
    assert table["weight"].tolist() == edges(graph)["weight"].tolist()
    with pytest.raises(UsageError, match="no network format"):
        write_network(graph, tmp_path / "n.xls")


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    graph = nx.Graph(kind="company")
    graph.add_edge('<b onload="x">&', "=1+1", weight=3, articles=1, npmi=0.1, log_likelihood=1.0)
    back = nx.read_graphml(write_network(graph, tmp_path / "n.graphml"))
    assert set(back) == {'<b onload="x">&', "=1+1"}
    assert ",'=1+1," in write_network(graph, tmp_path / "n.csv").read_text("utf-8")


def test_wrong_use_is_one_clear_line(small: Scores) -> None:
    with pytest.raises(UsageError, match="no kind of network 'x'"):
        network(small, "x")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no unit 'day'"):
        network(small, within="day")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"'Gelb'; use one of Blau, Rot"):
        network(small, outlet="Gelb")
    with pytest.raises(InputError, match="no two actors are linked 99 times"):
        network(small, least=99)
    with pytest.raises(UsageError, match="compared with itself"):
        network_difference(small, "Blau", "Blau")


def test_public_names() -> None:
    assert framing.network is network and framing.centralities is centralities
