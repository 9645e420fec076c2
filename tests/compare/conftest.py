"""Small scores whose statistics are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest


@dataclass
class FakeScores:
    """The four tables."""

    articles: pd.DataFrame
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame


def make_scores(n: int = 60, seed: int = 2, effect: float = 0.5) -> FakeScores:
    """Three outlets of n articles each; "Rot" is lower in sentiment by `effect`, and toward the actor "USA"."""
    rng = np.random.default_rng(seed)
    outlets = np.repeat(["Blau", "Grün", "Rot"], n)
    is_red = outlets == "Rot"
    ids = [f"a{i:04}" for i in range(3 * n)]
    sentiment = rng.normal(0, 0.3, 3 * n) - effect * is_red
    quoted = rng.normal(0, 0.3, 3 * n)
    quoted[rng.random(3 * n) < 0.4] = np.nan
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "outlet": outlets,
            "published": pd.to_datetime("2024-01-01") + pd.to_timedelta(np.tile(np.arange(n), 3) % 40, unit="D"),
            "event": [f"e{i % 12}" for i in range(3 * n)],
            "n_tokens": 300,
            "sentiment": sentiment,
            "sentiment_quoted": quoted,
            "loaded_per_1000": rng.poisson(4, 3 * n).astype(float),
        }
    )
    chosen = rng.random(3 * n) < 0.5
    usa = pd.DataFrame(
        {
            "article_id": np.array(ids)[chosen],
            "actor": "USA",
            "sentiment_toward": (rng.normal(0, 0.4, 3 * n) - effect * is_red)[chosen],
            "agency": np.where(rng.random(chosen.sum()) < 0.3, np.nan, 1.0),
            "mentions": rng.integers(1, 6, chosen.sum()),
        }
    )
    rare = usa.iloc[:3].assign(actor="Selten")
    terms = rng.choice(["gut", "schlecht", "friedlich", "brutal"], 6 * n)
    hits = pd.DataFrame(
        {
            "article_id": rng.choice(ids, 6 * n),
            "scorer": "sentiment",
            "term": terms,
            "value": pd.Series(terms).map({"gut": 0.6, "schlecht": -0.6, "friedlich": 0.5, "brutal": -0.9})
            * rng.choice([1, 1, 1, -0.5], 6 * n),
        }
    )
    return FakeScores(articles, hits, pd.concat([usa, rare], ignore_index=True), pd.DataFrame())


@pytest.fixture
def scores() -> FakeScores:
    """Three outlets of 60 articles; see `make_scores`."""
    return make_scores()
