"""Columns of measures from tables that lack what others have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.compare import compare
from framing.compare._types import FloatArray
from framing.compare.sides import Block, resample
from framing.compare.values import columns
from framing.errors import UsageError

from .conftest import FakeScores


@pytest.fixture
def without_actors(scores: FakeScores) -> FakeScores:
    return FakeScores(scores.articles, scores.hits, pd.DataFrame(), scores.quotes)


@pytest.mark.parametrize("targets", [None, ()])
def test_scores_without_actors_are_compared(without_actors: FakeScores, targets: tuple[str, ...] | None) -> None:
    table = compare(without_actors, measures=["sentiment"], targets=targets, n_resamples=20)
    assert len(table) == 3 and table["difference"].notna().all()
    assert {c.measure for c in columns(without_actors, targets=targets)} == {
        "sentiment",
        "sentiment_quoted",
        "loaded_per_1000",
    }


def test_no_actor_is_asked_for_where_there_are_some(scores: FakeScores) -> None:
    assert columns(scores, ["mentions"], targets=()) == []
    with pytest.raises(UsageError, match="no article names the actor 'Mars'"):
        columns(scores, ["mentions"], targets=("Mars",))


def test_an_actor_cannot_be_found_without_actors(without_actors: FakeScores) -> None:
    with pytest.raises(UsageError, match="no article names the actor 'USA'"):
        columns(without_actors, targets=("USA",))
    with pytest.raises(UsageError, match="no numeric measure 'mentions'"):
        columns(without_actors, ["mentions"])


def test_a_missing_event_has_its_own_cure(scores: FakeScores) -> None:
    scores.articles = scores.articles.drop(columns="event")
    with pytest.raises(UsageError, match=r"no column 'event'; find them with framing same-event"):
        compare(scores, measures=["sentiment"], cluster="event", n_resamples=5)
    assert np.isfinite(compare(scores, measures=["sentiment"], n_resamples=5)["p"]).all()


def test_actors_in_no_pair_take_no_memory(scores: FakeScores, monkeypatch: pytest.MonkeyPatch) -> None:
    # named once each and without a value: all their columns have the same (no) articles, and would be resampled together
    rare = pd.DataFrame(
        {"article_id": scores.articles["article_id"].iloc[0], "actor": [f"r{i}" for i in range(300)],
         "sentiment_toward": np.nan, "mentions": 1}
    )  # fmt: skip
    scores.actors = pd.concat([scores.actors, rare], ignore_index=True)
    widest = []

    def spied(block: Block, *rest: Any) -> dict[str, FloatArray]:
        widest.append(block.values.shape[1])
        return resample(block, *rest)

    monkeypatch.setattr("framing.compare.differences.resample", spied)
    table = compare(scores, measures=["sentiment_toward", "mentions"], n_resamples=20)
    # the two measures of the one actor that has articles enough
    assert set(table["target"]) == {"USA"} and max(widest) == 2
