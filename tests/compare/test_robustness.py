from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing
from framing.compare.robustness import COLUMNS, influential_words, robustness
from framing.errors import UsageError

# outlet, then (term, value, field, voice) of each hit
ARTICLES = [
    ("A", [("gut", 0.5, "text", "author"), ("Erfolg", 1.0, "title", "author")]),
    ("A", [("gut", 0.5, "text", "author"), ("Krise", -0.5, "text", "quoted")]),
    ("B", [("Krise", -0.5, "text", "author"), ("Skandal", -1.0, "text", "author")]),
    ("B", [("gut", 0.5, "text", "quoted"), ("Skandal", -1.0, "title", "author")]),
    ("C", [("gut", 0.5, "text", "author")]),
    ("C", []),
]


@dataclass
class FakeScores:
    articles: pd.DataFrame
    hits: pd.DataFrame
    texts: pd.DataFrame
    actors: pd.DataFrame = field(default_factory=pd.DataFrame)
    quotes: pd.DataFrame = field(default_factory=pd.DataFrame)
    signature: Any = field(default_factory=lambda: SimpleNamespace(scorers={"sentiment": {"method": "lexicon"}}))


@pytest.fixture
def scores() -> FakeScores:
    hits = pd.DataFrame(
        [(f"a{i}", "sentiment", *hit) for i, (_, own) in enumerate(ARTICLES) for hit in own],
        columns=["article_id", "scorer", "term", "value", "field", "voice"],
    )

    def mean(article: str, **only: str) -> float:
        own = hits[hits["article_id"] == article]
        for column, value in only.items():
            own = own[own[column] == value]
        return float(own["value"].mean()) if len(own) else np.nan

    ids = [f"a{i}" for i in range(len(ARTICLES))]
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "outlet": [outlet for outlet, _ in ARTICLES],
            "published": pd.Timestamp("2024-01-01"),
            "sentiment": [mean(i) for i in ids],
            "sentiment_author": [mean(i, voice="author") for i in ids],
            "sentiment_quoted": [mean(i, voice="quoted") for i in ids],
            "sentiment_title": [mean(i, field="title") for i in ids],
        }
    )
    texts = pd.DataFrame({"article_id": ids, "title": "Ein Erfolg", "text": ["gut"] * 3 + ["schlecht"] * 3})
    return FakeScores(articles, hits, texts)


def test_the_words_that_move_the_outlets_by_hand(scores: FakeScores) -> None:
    groups = scores.articles.set_index("article_id")["outlet"]
    # mean share in an article by outlet A, B, C (articles with hits: 2, 2, 1), each value over the number of hits:
    # gut .25 .125 .5 (mean .2917), Skandal 0 -.5 0 (-.1667), Erfolg .25 0 0 (.0833), Krise -.125 -.125 0 (-.0833)
    # distances: gut .4167, Skandal .6667, Erfolg .3333, Krise .1667
    assert influential_words(scores.hits, groups, 9) == ["Skandal", "gut", "Erfolg", "Krise"]


def test_variants_by_hand(scores: FakeScores) -> None:
    table = robustness(scores, methods=(), n_words=1, n_resamples=50)
    assert table.columns.tolist() == COLUMNS
    means = table.pivot(index="group", columns="variant", values="mean")
    assert list(dict.fromkeys(table["variant"])) == ["default", "without 1 words", "text", "author", "quoted", "title"]
    # A: (.75 + 0) / 2, B: (-.75 - .25) / 2, C: .5
    np.testing.assert_allclose(means["default"], [0.375, -0.5, 0.5])
    # without Skandal: B (-.5 + .5) / 2
    np.testing.assert_allclose(means["without 1 words"], [0.375, 0.0, 0.5])
    # bodies: A (.5 + 0) / 2, B (-.75 + .5) / 2
    np.testing.assert_allclose(means["text"], [0.25, -0.125, 0.5])
    np.testing.assert_allclose(means["quoted"].to_numpy(float), [-0.5, 0.5, np.nan])


def test_ranks_and_their_agreement_by_hand(scores: FakeScores) -> None:
    table = robustness(scores, methods=(), n_words=1, n_resamples=50).set_index(["variant", "group"])
    assert table.loc["default", "rank"].tolist() == [2, 3, 1]
    assert table.loc["default", "kendall_tau"].tolist() == [1.0] * 3
    # quoted: B before A, C without a value; of the one pair left the order is turned
    assert table.loc["quoted", "rank"].tolist()[:2] == [2, 1]
    assert pd.isna(table.loc[("quoted", "C"), "rank"])
    assert table.loc[("quoted", "B"), "rank_change"] == -2
    assert table.loc[("quoted", "A"), "kendall_tau"] == -1.0
    assert table.loc[("without 1 words", "A"), "note"] == "Skandal"


def test_words_are_left_out_only_where_sentiment_is_a_mean_of_hits(scores: FakeScores) -> None:
    scores.articles["sentiment"] = scores.articles["sentiment"] * 0.9
    table = robustness(scores, methods=(), n_resamples=50)
    assert set(table["variant"]) == {"default", "author", "quoted", "title"}


def test_other_methods_read_the_texts_again(scores: FakeScores) -> None:
    table = robustness(scores, methods=("lexicon", "textblob-de"), n_resamples=50)
    assert "textblob-de" in set(table["variant"])
    assert "lexicon" not in set(table["variant"])
    means = table[table["variant"] == "textblob-de"].set_index("group")["mean"]
    assert means["A"] > means["C"]


def test_the_same_seed_gives_the_same_intervals(scores: FakeScores) -> None:
    one, two = (robustness(scores, methods=(), n_resamples=50, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    other = robustness(scores, methods=(), n_words=2, n_resamples=50, seed=3)
    own = ["default", "author"]
    pd.testing.assert_frame_equal(
        one[one["variant"].isin(own)].reset_index(drop=True), other[other["variant"].isin(own)].reset_index(drop=True)
    )


def test_wrong_use_is_said(scores: FakeScores) -> None:
    with pytest.raises(UsageError, match="n_words is 0"):
        robustness(scores, methods=(), n_words=0)
    with pytest.raises(UsageError, match="'publisher'"):
        robustness(scores, methods=(), by="publisher")
    with pytest.raises(UsageError, match="no sentiment method 'magic'"):
        robustness(scores, methods=("magic",), n_resamples=50)


def test_it_is_public() -> None:
    assert framing.robustness is robustness


def test_copies_and_events_by_hand(scores: FakeScores) -> None:
    scores.articles["event"] = ["x", "y", "x", "y", "z", ""]
    table = robustness(scores, methods=(), n_words=1, copies=["a0"], n_resamples=20).set_index(["variant", "group"])
    # a0 is A's only article with a value above 0: (0.5 - 0.5) / 2 = 0 is left
    assert table.loc[("without copies", "A"), "mean"] == pytest.approx(0.0)
    # event x: A .75, B -.75; event y: A 0, B -.25; z has one group
    assert table.loc[("within events", "A"), "mean"] == pytest.approx((0.75 + 0.125) / 2)
    assert table.loc[("within events", "B"), "mean"] == pytest.approx(-(0.75 + 0.125) / 2)
    assert table.loc[("within events", "C"), "n"] == 0
