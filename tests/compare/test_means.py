"""Means and rates by group."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framing.compare.means import COLUMNS, means

from .conftest import FakeScores


def test_means_by_hand(scores: FakeScores) -> None:
    table = means(scores, measures=["sentiment_quoted", "sentiment_toward"], n_resamples=500)
    articles = scores.articles
    for outlet in ("Blau", "Grün", "Rot"):
        values = articles.loc[articles["outlet"] == outlet, "sentiment_quoted"].dropna()
        found = table[(table["measure"] == "sentiment_quoted") & (table["group"] == outlet)].iloc[0]
        assert found["estimate"] == pytest.approx(values.mean())
        assert found["n"] == len(values)
        # Normal theory: half a width of 1.96 standard errors.
        assert (found["ci_high"] - found["ci_low"]) / 2 == pytest.approx(1.96 * values.sem(), rel=0.2)
    assert set(table["target"]) == {"", "USA"}


def test_means_of_clusters_and_small_groups(scores: FakeScores) -> None:
    by_event = means(scores, by="event", measures=["sentiment"], cluster="outlet", n_resamples=50)
    assert len(by_event) == 12 and by_event["ci_low"].notna().all()
    alone = means(scores, by="outlet", measures=["sentiment"], cluster="outlet", n_resamples=50)
    assert alone["ci_low"].isna().all() and alone["estimate"].notna().all()


def test_rates_shares_and_groups(scores: FakeScores) -> None:
    measures = ["loaded_per_1000 per 1000 n_tokens", "articles with mentions"]
    table = means(scores, ["outlet", "month"], measures, targets=["USA"], n_resamples=100)
    assert list(table.columns) == COLUMNS
    assert set(table["group"]) == {f"{o} × 2024-0{m}" for o in ("Blau", "Grün", "Rot") for m in (1, 2)}
    shares = table[table["measure"] == "articles with mentions"]
    assert shares["estimate"].between(0, 1).all() and (shares["target"] == "USA").all()
    january = (scores.articles["outlet"] == "Rot") & (scores.articles["published"] < "2024-02-01")
    assert shares.set_index("group").loc["Rot × 2024-01", "n"] == january.sum()


def test_interval_of_few_articles_is_near_students(scores: FakeScores) -> None:
    few = scores.articles.groupby("outlet").head(12)
    table = means(FakeScores(few, scores.hits, scores.actors.iloc[:0], scores.quotes), measures=["sentiment"])
    for outlet, own in few.groupby("outlet")["sentiment"]:
        found = table[table["group"] == outlet].iloc[0]
        half = stats.t.ppf(0.975, 11) * own.sem()
        assert (found["ci_high"] - found["ci_low"]) / 2 == pytest.approx(half, rel=0.12)


def test_a_group_without_values_has_none(scores: FakeScores) -> None:
    scores.articles.loc[scores.articles["outlet"] == "Rot", "sentiment"] = np.nan
    found = means(scores, measures=["sentiment"], n_resamples=50).set_index("group").loc["Rot"]
    assert found["n"] == 0 and pd.isna(found["estimate"])
