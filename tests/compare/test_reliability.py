"""Split-half reliability: against the value that the variances imply, and at its ends."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from framing.compare.reliability import COLUMNS, reliability
from framing.errors import UsageError

from .conftest import FakeScores


def made(n_groups: int, n: int, between: float, seed: int = 0) -> SimpleNamespace:
    rng = np.random.default_rng(seed)
    level = np.repeat(rng.normal(0, between, n_groups), n)
    articles = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(n_groups * n)],
            "outlet": np.repeat([f"o{g:03}" for g in range(n_groups)], n),
            "event": [f"e{i % 37}" for i in range(n_groups * n)],
            "sentiment": level + rng.normal(0, 1, n_groups * n),
        }
    )
    return SimpleNamespace(articles=articles, actors=pd.DataFrame(columns=["article_id", "actor"]))


def test_agrees_with_the_variance_components() -> None:
    # Classical test theory: reliability of a mean of n articles is s_between² / (s_between² + s_within² / n).
    # 0.25² / (0.25² + 1/40) = 0.0625 / 0.0875 = 0.714; with 300 groups its standard error is about 0.03.
    table = reliability(made(300, 40, 0.25), n_splits=60)
    assert list(table.columns) == COLUMNS
    assert table["reliability"].iloc[0] == pytest.approx(0.714, abs=0.06)
    # Spearman-Brown: r = rel / (2 - rel) = 0.714 / 1.286 = 0.555
    assert table["r"].iloc[0] == pytest.approx(0.555, abs=0.07)
    assert table["ci_low"].iloc[0] < table["reliability"].iloc[0] < table["ci_high"].iloc[0]


def test_no_difference_is_no_reliability() -> None:
    table = reliability(made(200, 30, 0.0), n_splits=60)
    assert abs(table["r"].iloc[0]) < 0.12


def test_clusters_stay_in_one_half() -> None:
    scores = made(5, 80, 1.0)
    # an event's value that all articles share is no difference between halves of articles, but is one of events
    shift = dict(zip(scores.articles["event"].unique(), np.random.default_rng(1).normal(0, 3, 37), strict=True))
    scores.articles["sentiment"] += scores.articles["event"].map(shift)
    plain, clustered = (reliability(scores, cluster=c, n_splits=100) for c in (None, "event"))
    assert clustered["median_difference"].iloc[0] > 1.2 * plain["median_difference"].iloc[0]
    assert "clusters by event" in clustered["method"].iloc[0]


def test_small_groups_are_left_out_and_two_have_no_correlation(scores: FakeScores) -> None:
    scores.articles.loc[:3, "outlet"] = "Klein"
    table = reliability(scores, measures=["sentiment"], n_splits=10)
    assert table["groups"].tolist() == [3] and table["n"].tolist() == [176]
    two = scores.articles[scores.articles["outlet"].isin(["Blau", "Rot"])].reset_index(drop=True)
    table = reliability(SimpleNamespace(articles=two, actors=scores.actors), measures=["sentiment"], n_splits=10)
    assert table["reliability"].isna().all() and table["median_difference"].notna().all()


def test_actors_rates_and_seed(scores: FakeScores) -> None:
    options = {"measures": ["sentiment_toward", "sentiment", "mentions per 1000 n_tokens"], "n_splits": 20}
    table = reliability(scores, targets=["USA"], **options)
    assert set(table["target"]) == {"", "USA"}
    pd.testing.assert_frame_equal(table, reliability(scores, targets=["USA"], **options))
    assert set(reliability(scores, measures=["sentiment"], n_splits=5)["target"]) == {""}


def test_constant_values_have_no_correlation() -> None:
    scores = made(4, 20, 1.0)
    scores.articles["sentiment"] = 0.5
    assert reliability(scores, n_splits=5)["reliability"].isna().all()


def test_wrong_use_is_one_clear_line(scores: FakeScores) -> None:
    with pytest.raises(UsageError, match="n_splits"):
        reliability(scores, n_splits=0)
    with pytest.raises(UsageError, match="no column 'medium'"):
        reliability(scores, by="medium")
