"""Laws over the public functions: the order of articles never matters, and twice the corpus is twice the counts."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import framing
from framing.demo import demo_corpus
from framing.scores import TABLES, Scores

# What resampling draws depends on the order of the articles, as it does on the seed.
DRAWN = re.compile(r".*_(?:low|high)|p|p_adjusted")
FEW = 20


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return demo_corpus().articles


@pytest.fixture(scope="module")
def scores(articles: pd.DataFrame) -> Scores:
    return framing.score(articles, progress=False)


@pytest.fixture(scope="module")
def shuffled(articles: pd.DataFrame) -> Scores:
    order = np.random.default_rng(1).permutation(len(articles))
    return framing.score(articles.iloc[order].reset_index(drop=True), progress=False)


@pytest.fixture(scope="module")
def doubled(articles: pd.DataFrame) -> Scores:
    copy = articles.assign(article_id=articles["article_id"] + "x")
    return framing.score(pd.concat([articles, copy], ignore_index=True), progress=False)


def outlets(scores: Scores) -> list[str]:
    return sorted(scores.articles["outlet"].unique())


def by_article(scores: Scores, values: pd.DataFrame) -> pd.DataFrame:
    return values.set_axis(scores.articles["article_id"], axis=0).reset_index()


def edges(scores: Scores) -> pd.DataFrame:
    graph = framing.network(scores)
    rows = [(*sorted((a, b)), data["weight"]) for a, b, data in graph.edges(data=True)]
    return pd.DataFrame(rows, columns=["a", "b", "weight"])


def counts(scores: Scores) -> pd.DataFrame:
    found = framing.term_counts(scores)
    return pd.DataFrame({"term": list(found.terms), "count": np.asarray(found.matrix.sum(axis=0)).ravel()})


def inertia(found: framing.compare.outlet_map.OutletMap) -> pd.DataFrame:
    """The part of the map that has no sign of its own."""
    return pd.DataFrame({"axis": range(len(found.inertia)), "inertia": np.asarray(found.inertia, float)})


LAWS: dict[str, Callable[[Scores], pd.DataFrame]] = {
    "compare": lambda s: framing.compare(s, n_resamples=FEW),
    "keyness": lambda s: framing.keyness(s, outlets(s)[0], n_resamples=FEW),
    "word_shift": lambda s: framing.word_shift(s, *outlets(s)[:2], n_resamples=FEW),
    "over_time": lambda s: framing.over_time(s, "sentiment", n_resamples=FEW).drop(columns=["ci_low", "ci_high"]),
    "before_after": lambda s: framing.before_after(s, str(s.articles["published"].median())[:10], n_resamples=FEW),
    "change_points": lambda s: framing.change_points(s, "sentiment", n_resamples=FEW),
    "models": lambda s: framing.models(s, "sentiment", random=[], covariates=[]),
    "power": lambda s: framing.power(s, ["sentiment"]),
    "same_event": lambda s: framing.same_event(s),
    "event_coverage": lambda s: framing.event_coverage(framing.with_events(s, framing.same_event(s))),
    "actor_coverage": lambda s: framing.actor_coverage(s),
    "outlet_map": lambda s: inertia(framing.outlet_map(s, least=2, n_resamples=FEW)),
    "term_counts": counts,
    "frame_shares": lambda s: by_article(s, framing.frame_shares(s.articles)),
    "dominant_frame": lambda s: by_article(s, framing.dominant_frame(s.articles).to_frame("frame")),
    "network": edges,
    "centralities": lambda s: framing.centralities(s, n_resamples=FEW),
    "network_difference": lambda s: framing.network_difference(s, *outlets(s)[:2], n_resamples=FEW),
    "robustness": lambda s: framing.robustness(s, methods=("lexicon",), n_resamples=FEW),
}
# Functions whose laws stand in a file of their own, or that have another subject than a table of scores.
ELSEWHERE = {
    "read": "test_properties.py", "load_corpus": "corpus/test_table.py", "select": "corpus/test_selection.py",
    "parse": "test_properties.py", "score": "test_properties.py", "score_file": "test_partitions.py",
    "score_article": "test_properties.py", "sentiment_toward": "test_properties.py",
    "sentiment_toward_many": "scorers/test_toward.py", "near_duplicates": "test_properties.py", "with_events": "test_laws.py",
    "reliability": "compare/test_reliability.py", "outlets_apart": "compare/test_outlets_apart.py",
    "discover": "compare/test_discover.py", "frame_axis": "compare/test_frame_axis.py",
    "frame_axis_words": "compare/test_frame_axis.py", "packages": "compare/test_packages.py",
    "packages_stability": "compare/test_packages.py", "write_network": "compare/test_network.py",
    "portrait": "compare/test_portrait.py", "report": "report/test_build.py", "explore": "report/test_explore.py",
}  # fmt: skip


def test_every_public_function_has_a_law_or_a_place_where_it_is_tested() -> None:
    functions = {name for name in framing.__all__ if inspect.isroutine(getattr(framing, name))}
    functions |= {name for name in framing.__all__ if name in LAWS or name in ELSEWHERE}
    assert functions == LAWS.keys() | ELSEWHERE.keys()
    for name, file in ELSEWHERE.items():
        assert re.search(rf"\b{name}\(", (Path(__file__).parent / file).read_text("utf-8")), (name, file)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    table = table[[column for column in table.columns if not DRAWN.fullmatch(str(column))]]
    keys = [column for column in table.columns if not pd.api.types.is_float_dtype(table[column])]
    return table.astype(dict.fromkeys(keys, "str")).sort_values(keys or list(table.columns)).reset_index(drop=True)


@pytest.mark.parametrize("name", LAWS)
def test_the_order_of_articles_does_not_matter(name: str, scores: Scores, shuffled: Scores) -> None:
    one, other = _sorted(LAWS[name](scores)), _sorted(LAWS[name](shuffled))
    assert len(one)
    assert_frame_equal(one, other, check_exact=False, rtol=1e-7)


def test_scores_of_a_corpus_are_those_of_its_articles(scores: Scores, articles: pd.DataFrame) -> None:
    """Concatenation: the tables of two halves put together are the tables of the whole."""
    halves = [framing.score(articles.iloc[cut], progress=False) for cut in (slice(0, 20), slice(20, None))]
    for table in TABLES:
        joined = pd.concat([getattr(half, table) for half in halves], ignore_index=True)
        assert_frame_equal(joined, getattr(scores, table), check_dtype=False)


def test_twice_the_corpus_keeps_every_mean_and_doubles_every_count(scores: Scores, doubled: Scores) -> None:
    keys = ["measure", "target", "group_a", "group_b"]
    one, two = (LAWS["compare"](s).set_index(keys) for s in (scores, doubled))
    both = one.index.intersection(two.index)
    assert len(both) > 20
    for column in ("estimate_a", "estimate_b", "difference"):
        np.testing.assert_allclose(two.loc[both, column], one.loc[both, column], rtol=1e-9)
    for column in ("n_a", "n_b"):
        assert (two.loc[both, column] == 2 * one.loc[both, column]).all()


def test_twice_the_corpus_doubles_the_counts_of_terms_and_ties(scores: Scores, doubled: Scores) -> None:
    terms = [counts(s).set_index("term")["count"] for s in (scores, doubled)]
    both = terms[0].index.intersection(terms[1].index)
    assert len(both) > 100
    assert (terms[1][both] == 2 * terms[0][both]).all()
    ties = [edges(s).set_index(["a", "b"])["weight"] for s in (scores, doubled)]
    both = ties[0].index.intersection(ties[1].index)
    assert len(both) > 5
    assert (ties[1][both] == 2 * ties[0][both]).all()


def test_every_measure_recomputes_from_its_hits(scores: Scores) -> None:
    """What the table of articles says, counted again from the hits of each article, with nothing of the package."""
    hits, articles = scores.hits, scores.articles.set_index("article_id")
    valences = hits[hits["scorer"] == "sentiment"]
    for voice, column in (("author", "sentiment_author"), ("quoted", "sentiment_quoted"), (None, "sentiment")):
        chosen = valences if voice is None else valences[valences["voice"] == voice]
        again = chosen.groupby("article_id")["value"].mean().reindex(articles.index)
        np.testing.assert_allclose(again, articles[column], rtol=1e-12)
    title = valences[valences["field"] == "title"].groupby("article_id")["value"].mean().reindex(articles.index)
    np.testing.assert_allclose(title, articles["sentiment_title"], rtol=1e-12)
    loaded = hits[(hits["scorer"] == "loaded_terms") & (hits["value"] > 0)]
    author = loaded[loaded["voice"] == "author"].groupby("article_id").size().reindex(articles.index, fill_value=0)
    assert (author == articles["loaded_terms_author"]).all()
    np.testing.assert_allclose(1000 * author / articles["n_tokens"], articles["loaded_per_1000"], rtol=1e-12)
