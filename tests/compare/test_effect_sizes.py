"""Effect sizes by hand, and against published formulas."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from framing.compare.effect_sizes import cliffs_delta, hedges_g, hedges_g_interval, rate_ratio


def test_hedges_g_by_hand() -> None:
    # Means 3 and 2, pooled variance 2, J = 1 - 3/(4*4 - 9) = 4/7: g = 4/7 * 1/sqrt(2).
    g = hedges_g(np.array([[2.0], [4.0]]), np.array([[1.0], [3.0]]))
    assert g[0] == pytest.approx(4 / 7 / np.sqrt(2))
    assert np.isnan(hedges_g(np.array([[2.0]]), np.array([[1.0], [3.0]]))[0])
    assert np.isnan(hedges_g(np.full((4, 1), 0.1), np.full((7, 1), 0.1))[0])


def test_hedges_g_interval_by_hand() -> None:
    # g = .5, 20 and 30 articles: variance 1/20 + 1/30 + .25 / (2 · 48) = .0859375; ± 1.959964 · .2931510 = ± .574565.
    low, high = hedges_g_interval(np.array([0.5]), np.array([1 / 20 + 1 / 30]), 48)
    assert (low[0], high[0]) == pytest.approx((0.5 - 0.574565, 0.5 + 0.574565), abs=1e-5)


def test_cliffs_delta_by_hand_and_by_mann_whitney() -> None:
    # 2 and 3 against 1 and 2: above in three pairs, below in none, one tie: 3/4.
    assert cliffs_delta(np.array([3.0, 2.0]), np.array([1.0, 2.0])) == 0.75
    assert cliffs_delta(np.array([1.0]), np.array([2.0, 3.0])) == -1
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 6, 30).astype(float), rng.integers(1, 8, 41).astype(float)
    # delta = 2U / (n_a n_b) - 1, with U of the Mann-Whitney test.
    u = stats.mannwhitneyu(a, b).statistic
    assert cliffs_delta(a, np.sort(b)) == pytest.approx(2 * u / (30 * 41) - 1)
    assert np.isnan(cliffs_delta(a, np.array([])))


def test_rate_ratio_by_hand() -> None:
    # 20 terms in 10,000 and 10 in 10,000 tokens, Poisson: ln 2 ± 1.96 √(1/20 + 1/10) = .6931 ± .7591.
    ratio, low, high = rate_ratio(
        np.array([2.0, 0.0]), np.array([1.0, 1.0]), np.sqrt(np.array([0.15, 0.15])), np.array([1.96, 1.96])
    )
    assert (ratio[0], low[0], high[0]) == pytest.approx((2, np.exp(0.6931 - 0.7591), np.exp(0.6931 + 0.7591)), rel=1e-3)
    assert np.isnan([ratio[1], low[1], high[1]]).all()
