"""Power against statsmodels and Cohen; clustering by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestIndPower

from framing.compare.power import COLUMNS, detectable_g, intraclass_correlation, needed_per_group, power, power_of_t
from framing.errors import UsageError

from .conftest import FakeScores


@pytest.mark.parametrize(("n_a", "n_b", "alpha"), [(20, 20, 0.05), (12, 80, 0.01), (700, 444, 0.05)])
def test_power_agrees_with_statsmodels(n_a: int, n_b: int, alpha: float) -> None:
    theirs = TTestIndPower()
    for g in (0.05, 0.2, 0.45):
        expected = theirs.power(g, n_a, alpha, ratio=n_b / n_a)
        assert power_of_t(g, n_a, n_b, alpha) == pytest.approx(expected, abs=1e-8)
    expected = theirs.solve_power(None, n_a, alpha, 0.8, ratio=n_b / n_a)
    assert detectable_g(n_a, n_b, alpha) == pytest.approx(expected, rel=1e-6)


def test_needed_articles_agree_with_statsmodels_and_cohen() -> None:
    for g in (0.2, 0.5, 0.8):
        assert needed_per_group(g) == pytest.approx(TTestIndPower().solve_power(g, None, 0.05, 0.8), rel=1e-6)
    # Cohen (1988), table 2.4.1, two-tailed .05, power .80: n = 393, 64 and 26 for d = .2, .5 and .8.
    assert [int(np.ceil(needed_per_group(g))) for g in (0.2, 0.5, 0.8)] == pytest.approx([394, 64, 26], abs=1)


def test_power_of_a_huge_difference_is_one() -> None:
    assert power_of_t(40.0, 700, 700) == 1.0


def test_intraclass_correlation_by_hand() -> None:
    # Clusters (1, 3) and (7, 9), mean 5: MSB = 2(2-5)² + 2(8-5)² = 36, MSW = (4 · 1) / 2 = 2, m0 = 2:
    # (36 - 2) / (36 + 2) = 17/19.
    values = np.array([1.0, 3.0, 7.0, 9.0])
    assert intraclass_correlation(values - 5, np.array([0, 0, 1, 1])) == pytest.approx(17 / 19)
    assert intraclass_correlation(values - 5, np.arange(4)) == 0


def test_table(scores: FakeScores) -> None:
    table = power(scores, ["sentiment", "sentiment_toward"], difference=0.1)
    assert list(table.columns) == COLUMNS
    assert set(table["target"]) == {"", "USA"}
    found = table.query("measure == 'sentiment' and group_a == 'Blau' and group_b == 'Rot'").iloc[0]
    a, b = (scores.articles.loc[scores.articles["outlet"] == name, "sentiment"] for name in ("Blau", "Rot"))
    sd = np.sqrt((a.var() + b.var()) / 2)
    assert found["sd"] == pytest.approx(sd)
    g = TTestIndPower().solve_power(None, 60, 0.05, 0.8)
    assert found["detectable"] == pytest.approx(g * sd, rel=1e-6)
    assert found["power"] == pytest.approx(TTestIndPower().power(0.1 / sd, 60, 0.05), abs=1e-8)
    assert found["needed_per_group"] == np.ceil(TTestIndPower().solve_power(0.1 / sd, None, 0.05, 0.8))


def test_clusters_cost_articles() -> None:
    rng = np.random.default_rng(3)
    event = np.repeat(np.arange(40), 10)
    articles = pd.DataFrame(
        {
            "article_id": np.arange(400).astype(str),
            "outlet": np.where(event < 20, "a", "b"),
            "event": event,
            "sentiment": rng.normal(0, 1, 40)[event] + rng.normal(0, 1, 400),
        }
    )
    empty = pd.DataFrame({"article_id": [], "actor": []})
    found = power(FakeScores(articles, empty, empty, empty), ["sentiment"], cluster="event").iloc[0]
    # Half of the variance is between events of 10 articles: 1 + 9 · .5 = 5.5.
    assert found["intraclass_correlation"] == pytest.approx(0.5, abs=0.12)
    assert found["design_effect_a"] == pytest.approx(1 + 9 * found["intraclass_correlation"])
    assert found["detectable_g"] == pytest.approx(
        detectable_g(200 / found["design_effect_a"], 200 / found["design_effect_b"])
    )


def test_rates_and_too_few(scores: FakeScores) -> None:
    scores.articles["outlet"] = ["Blau"] + ["Rot"] * 179
    table = power(scores, ["loaded_per_1000 per 1000 n_tokens"], difference=1)
    assert table[["sd", "detectable", "power"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("options", "message"), [({"alpha": 2}, "alpha is 2"), ({"power": 0.01}, "power 0.01"), ({"difference": 0}, "is 0")]
)
def test_wrong_numbers(scores: FakeScores, options: dict[str, float], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        power(scores, ["sentiment"], **options)  # type: ignore[arg-type]
