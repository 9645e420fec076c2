"""Change points: a published series, planted changes, and no change; before and after a date."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from framing.compare.before_after import before_after
from framing.compare.change_points import COLUMNS, best_cut, change_points, cut_p
from framing.compare.differences import COLUMNS as COMPARE_COLUMNS
from framing.errors import UsageError

from .conftest import FakeScores


def daily(values: np.ndarray, per_day: int = 1, outlet: str = "a") -> FakeScores:
    n = len(values)
    day = np.arange(n) // per_day
    articles = pd.DataFrame(
        {
            "article_id": np.arange(n).astype(str),
            "outlet": outlet,
            "published": pd.Timestamp("2024-01-01") + pd.to_timedelta(day, unit="D"),
            "sentiment": values,
            "n_tokens": 100.0,
        }
    )
    none = pd.DataFrame({"article_id": [], "actor": []})
    return FakeScores(articles, none, none, none)


def test_the_nile_falls_after_1898() -> None:
    # Cobb (1978), Biometrika 65, and many since: the yearly flow at Aswan falls after 1898, and there is one change only.
    flow = sm.datasets.nile.load_pandas().data
    table = change_points(daily(flow["volume"].to_numpy()), "sentiment", freq="D", min_periods=5)
    assert list(table.columns) == COLUMNS
    years = 1871 + (table["change"] - pd.Timestamp("2024-01-01")).dt.days
    assert years[0] == 1899 and table["p"][0] == 1 / 2001
    assert (table["estimate_before"][0], table["estimate_after"][0]) == pytest.approx((1097.75, 849.97), abs=0.01)
    assert (table["p_adjusted"][1:] > 0.1).all()
    low, high = (1871 + (table[c][0] - pd.Timestamp("2024-01-01")).days for c in ("ci_low", "ci_high"))
    assert 1893 <= low <= 1899 <= high <= 1905


def test_cusum_by_hand() -> None:
    # 1, 1, 5, 5: mean 3, S = -2, -4, -2; D(1 - D/4) = 3/4, 1, 3/4: largest after two, 4.
    cut, statistic = best_cut(np.array([[1.0, 1.0, 5.0, 5.0]]), np.ones((1, 4)), 1)
    assert (cut[0], statistic[0]) == (2, pytest.approx(4))
    # 2 of the C(4, 2) = 6 orders are as extreme: p near 1/3.
    p = cut_p(np.array([1.0, 1.0, 5.0, 5.0]), np.ones(4), 1, 6000, np.random.default_rng(0))[1]
    assert p == pytest.approx(1 / 3, abs=0.02)


def test_two_planted_changes_of_a_rate() -> None:
    rng = np.random.default_rng(1)
    level = np.repeat([2.0, 5.0, 8.0], 60 * 3)
    scores = daily(rng.poisson(level), per_day=3)
    table = change_points(scores, "sentiment per 100 n_tokens", freq="W", n_resamples=500)
    clear = table[table["p_adjusted"] < 0.05].sort_values("change")
    assert len(clear) == 2
    days = (clear["change"] - pd.Timestamp("2024-01-01")).dt.days.to_numpy()
    assert days == pytest.approx([60, 120], abs=7)
    assert clear["difference"].to_numpy() == pytest.approx([3, 3], abs=1.8)


def test_no_change_is_found_at_the_level_of_the_test() -> None:
    rng = np.random.default_rng(2)
    p = [cut_p(rng.normal(size=40) + 3, np.ones(40), 3, 199, rng)[1] for _ in range(300)]
    # 5 % of 300 are 15, give or take three deviations.
    assert 4 <= sum(x <= 0.05 for x in p) <= 27


def test_short_series_and_wrong_use() -> None:
    short = change_points(daily(np.arange(4.0)), "sentiment", freq="D")
    assert len(short) == 1 and np.isnan(short["p"][0]) and pd.isna(short["change"][0])
    for options, message in (
        ({"freq": "Y"}, "unknown freq"),
        ({"target": "USA"}, "no target|no article names"),
        ({"min_periods": 0}, "min_periods"),
    ):
        with pytest.raises(UsageError, match=message):
            change_points(daily(np.arange(9.0)), "sentiment", **options)  # type: ignore[arg-type]


def test_before_and_after_by_hand(scores: FakeScores) -> None:
    late = scores.articles["published"] >= "2024-01-20"
    scores.articles.loc[late & (scores.articles["outlet"] == "Grün"), "sentiment"] += 0.5
    table = before_after(scores, "2024-01-20", ["sentiment", "sentiment_toward"], n_resamples=999)
    assert list(table.columns) == COMPARE_COLUMNS
    assert set(table["group_a"]) == {"Blau × after", "Grün × after", "Rot × after"}
    found = table[(table["measure"] == "sentiment") & (table["group_a"] == "Grün × after")].iloc[0]
    own = scores.articles[scores.articles["outlet"] == "Grün"]
    expected = (
        own[own["published"] >= "2024-01-20"]["sentiment"].mean()
        - own[own["published"] < "2024-01-20"]["sentiment"].mean()
    )
    assert found["difference"] == pytest.approx(expected)
    assert found["p_adjusted"] < 0.05 and "clusters by day" in found["method"]
    narrow = before_after(scores, "2024-01-20", ["sentiment"], window=5, n_resamples=50)
    assert (narrow["n_a"] + narrow["n_b"]).sum() == scores.articles["published"].between(
        "2024-01-15", "2024-01-24"
    ).sum()


@pytest.mark.parametrize(
    ("date", "options", "message"),
    [("gestern", {}, "no date"), ("2030-01-01", {}, "before and after"), ("2024-01-20", {"window": 0}, "window is 0")],
)
def test_wrong_dates(scores: FakeScores, date: str, options: dict[str, int], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        before_after(scores, date, **options)  # type: ignore[arg-type]
