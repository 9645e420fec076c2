"""Means by period and group."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.compare.over_time import COLUMNS, over_time
from framing.errors import UsageError

from .conftest import FakeScores


def test_weeks_by_hand(scores: FakeScores) -> None:
    table = over_time(scores, "sentiment", freq="W", n_resamples=100)
    assert list(table.columns) == COLUMNS
    # 1 January 2024 is a Monday; 40 days touch six weeks.
    assert table["period"].unique().tolist() == pd.date_range("2024-01-01", periods=6, freq="7D").tolist()
    assert table["n"].sum() == 180
    articles = scores.articles
    week = articles[(articles["outlet"] == "Rot") & articles["published"].between("2024-01-08", "2024-01-14")]
    found = table[(table["group"] == "Rot") & (table["period"] == "2024-01-08")].iloc[0]
    assert (found["n"], found["estimate"]) == (len(week), pytest.approx(week["sentiment"].mean()))
    assert found["ci_low"] < found["estimate"] < found["ci_high"]


def test_months_days_and_gaps(scores: FakeScores) -> None:
    months = over_time(scores, "sentiment", freq="M", n_resamples=50)
    assert months["period"].unique().tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")]
    keep = scores.articles["published"] != "2024-01-03"
    less = FakeScores(scores.articles[keep], scores.hits, scores.actors, scores.quotes)
    days = over_time(less, "sentiment", freq="D", n_resamples=20)
    gap = days[days["period"] == "2024-01-03"]
    assert (gap["n"] == 0).all() and gap["estimate"].isna().all()


def test_coarse_dates_are_left_out_and_counted(scores: FakeScores) -> None:
    precision = np.where(np.arange(180) < 5, "month", "day")
    articles = scores.articles.assign(published_precision=precision)
    marked = FakeScores(articles, scores.hits, scores.actors, scores.quotes)
    weeks = over_time(marked, "sentiment", freq="W", n_resamples=20)
    assert weeks["n"].sum() == 175
    assert "5 articles with coarser dates left out" in weeks["method"].iloc[0]
    assert over_time(marked, "sentiment", freq="M", n_resamples=20)["n"].sum() == 180


def test_actor_and_seed(scores: FakeScores) -> None:
    table = over_time(scores, "sentiment_toward", target="USA", n_resamples=50, seed=2)
    assert table["n"].sum() == scores.actors.query("actor == 'USA'")["sentiment_toward"].notna().sum()
    pd.testing.assert_frame_equal(table, over_time(scores, "sentiment_toward", target="USA", n_resamples=50, seed=2))


@pytest.mark.parametrize(
    ("measure", "options", "message"),
    [
        ("sentiment", {"freq": "Y"}, "unknown freq 'Y'"),
        ("sentiment_toward", {}, "no target ''"),
        ("bias", {}, "no numeric measure 'bias'"),
    ],
)
def test_wrong_use_is_one_clear_line(scores: FakeScores, measure: str, options: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        over_time(scores, measure, **options)  # type: ignore[arg-type]


def test_no_dates_at_all(scores: FakeScores) -> None:
    undated = FakeScores(scores.articles.assign(published=pd.NaT), scores.hits, scores.actors, scores.quotes)
    with pytest.raises(UsageError, match="no article has a date"):
        over_time(undated, "sentiment")


def test_rates_over_time_by_hand(scores: FakeScores) -> None:
    table = over_time(scores, "loaded_per_1000 per 1000 n_tokens", freq="M", n_resamples=50)
    january = scores.articles[(scores.articles["outlet"] == "Rot") & (scores.articles["published"] < "2024-02-01")]
    expected = january["loaded_per_1000"].sum() / january["n_tokens"].sum() * 1000
    assert table[table["group"] == "Rot"]["estimate"].iloc[0] == pytest.approx(expected)
