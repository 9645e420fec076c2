"""Resampling and adjustment against SciPy, statsmodels and calculations by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from framing.compare.inference import (
    adjust,
    bootstrap_means,
    bootstrap_weights,
    hedges_g,
    percentile_interval,
    permutation_p,
)
from framing.errors import UsageError


def test_weights_count_units_with_replacement() -> None:
    weights = bootstrap_weights(7, 500, np.random.default_rng(1))
    assert weights.shape == (500, 7)
    assert (weights.sum(axis=1) == 7).all()
    # Each unit is drawn once per resample on average, with the variance of a binomial, 1 - 1/n.
    assert weights.mean(axis=0) == pytest.approx(1, abs=0.15)
    assert weights.var() == pytest.approx(1 - 1 / 7, abs=0.08)


def test_interval_agrees_with_scipy() -> None:
    values = np.random.default_rng(2).gamma(2.0, size=80)
    ours = percentile_interval(bootstrap_means(values[:, None], 20_000, np.random.default_rng(3)))
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(4)
    ).confidence_interval
    assert ours[0][0] == pytest.approx(theirs.low, abs=0.01)
    assert ours[1][0] == pytest.approx(theirs.high, abs=0.01)


def test_clusters_are_resampled_whole() -> None:
    values = np.array([[0.0], [0.0], [0.0], [1.0], [1.0], [1.0]])
    resampled = bootstrap_means(values, 400, np.random.default_rng(5), np.array([0, 0, 0, 1, 1, 1]))
    # Two clusters: both, or one of them twice; nothing in between.
    assert set(np.unique(resampled)) == {0.0, 0.5, 1.0}


def test_blocks_do_not_change_the_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.compare.inference._BLOCK_CELLS", 25)
    assert bootstrap_means(np.ones((10, 3)), 7, np.random.default_rng(0)).shape == (7, 3)
    values = np.arange(10.0)[:, None]
    assert permutation_p(values, values[:, 0] < 5, 99, np.random.default_rng(0))[0] <= 0.05


def test_permutation_p_agrees_with_scipy() -> None:
    rng = np.random.default_rng(6)
    a, b = rng.normal(0.4, 1, 40), rng.normal(0, 1, 55)
    ours = permutation_p(np.concatenate([a, b])[:, None], np.arange(95) < 40, 20_000, np.random.default_rng(7))[0]
    theirs = stats.permutation_test(
        (a, b),
        lambda x, y, axis: np.abs(x.mean(axis=axis) - y.mean(axis=axis)),
        vectorized=True,
        n_resamples=20_000,
        alternative="greater",
        rng=np.random.default_rng(8),
    ).pvalue
    assert ours == pytest.approx(theirs, abs=0.01)


def test_permutation_p_of_the_most_extreme_split() -> None:
    # 3 against 3: of C(6, 3) = 20 splits two are as extreme as 1, 2, 3 | 4, 5, 6, so p is near 2/20.
    values = np.arange(1.0, 7.0)[:, None]
    p = permutation_p(values, values[:, 0] <= 3, 20_000, np.random.default_rng(9))[0]
    assert p == pytest.approx(0.1, abs=0.01)


def test_permutation_p_is_never_zero() -> None:
    values = np.repeat([0.0, 100.0], 30)[:, None]
    assert permutation_p(values, values[:, 0] > 1, 99, np.random.default_rng(0))[0] == 1 / 100


def test_permutation_p_counts_ties() -> None:
    # 0.1 summed in another order differs in the last bit; without a tolerance p would be near 0.
    values = np.full((40, 1), 0.1)
    assert permutation_p(values, np.arange(40) < 13, 200, np.random.default_rng(0))[0] == 1


def test_hedges_g_by_hand() -> None:
    # Means 3 and 2, pooled variance 2, J = 1 - 3/(4*4 - 9) = 4/7: g = 4/7 * 1/sqrt(2).
    g = hedges_g(np.array([[2.0], [4.0]]), np.array([[1.0], [3.0]]))
    assert g[0] == pytest.approx(4 / 7 / np.sqrt(2))
    assert np.isnan(hedges_g(np.array([[2.0]]), np.array([[1.0], [3.0]]))[0])
    assert np.isnan(hedges_g(np.full((4, 1), 0.1), np.full((7, 1), 0.1))[0])


@pytest.mark.parametrize(("ours", "theirs"), [("bh", "fdr_bh"), ("by", "fdr_by")])
def test_adjust_agrees_with_statsmodels(ours: str, theirs: str) -> None:
    p = np.random.default_rng(10).beta(0.5, 2, 60)
    p[3] = p[7]
    assert adjust(p, ours) == pytest.approx(multipletests(p, method=theirs)[1])  # type: ignore[arg-type]


def test_adjust_leaves_nan_out_of_the_family() -> None:
    adjusted = adjust([0.01, np.nan, 0.04])
    # Two tests: 0.01 * 2 / 1 and 0.04 * 2 / 2.
    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(adjusted[1])
    assert len(adjust([])) == 0


def test_adjust_refuses_an_unknown_method() -> None:
    with pytest.raises(UsageError, match=r"holm.*use 'bh' or 'by'"):
        adjust([0.5], "holm")  # type: ignore[arg-type]
