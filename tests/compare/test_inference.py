"""Resampling and adjustment against SciPy, statsmodels and calculations by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from framing.compare.inference import (
    acceleration,
    adjust,
    bca_interval,
    bootstrap_means,
    bootstrap_weights,
    column_quantiles,
    expanded_interval,
    jackknife_moments,
    percentile_interval,
    unit_sums,
)
from framing.compare.permutation import permutation_p
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


def test_bca_agrees_with_scipy() -> None:
    rng = np.random.default_rng(12)
    a, b = rng.gamma(1.0, size=25), rng.gamma(2.0, size=31)

    def difference(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
        return x.mean(axis=axis) - y.mean(axis=axis)

    theirs = stats.bootstrap((a, b), difference, n_resamples=3000, method="BCa", rng=np.random.default_rng(13))
    # From the same resamples, the interval is the same to the last digits.
    moments = [jackknife_moments(x[:, None], np.ones(len(x))) for x in (a, b)]
    bend = acceleration(moments[0][0] + moments[1][0], moments[0][1] - moments[1][1])
    low, high = bca_interval(theirs.bootstrap_distribution[:, None], np.array([a.mean() - b.mean()]), bend)
    assert (low[0], high[0]) == pytest.approx(tuple(theirs.confidence_interval), rel=1e-9)


def test_jackknife_of_a_ratio_by_hand() -> None:
    # Sums 1, 2, 6 by sizes 1, 1, 2: without each 8/3, 7/3 and 3/2; U = (2/3) · (13/6 - x) = -1/3, -1/9, 4/9.
    second, third = jackknife_moments(np.array([[1.0], [2.0], [6.0]]), np.array([1.0, 1.0, 2.0]))
    assert second[0] == pytest.approx(1 / 9 + 1 / 81 + 16 / 81)
    assert third[0] == pytest.approx(-1 / 27 - 1 / 729 + 64 / 729)


def test_expanded_interval_covers_with_few_articles() -> None:
    # Five normal values: a percentile interval covers about 83 %; wider tails bring it near 95, not quite there, because
    # no resample leaves the range of the five.
    rng = np.random.default_rng(14)
    values = rng.normal(size=(5, 1500))
    resampled = bootstrap_means(values, 999, rng)
    plain = percentile_interval(resampled)
    wide = expanded_interval(resampled, np.full(1500, 4.0), np.full(1500, np.sqrt(5 / 4)))
    assert ((plain[0] < 0) & (plain[1] > 0)).mean() == pytest.approx(0.83, abs=0.03)
    assert ((wide[0] < 0) & (wide[1] > 0)).mean() == pytest.approx(0.92, abs=0.025)


def test_quantiles_of_columns_leave_nan_out() -> None:
    values = np.random.default_rng(15).normal(size=(40, 3))
    values[5:9, 1] = np.nan
    q = np.array([[0.1, 0.5, 0.025], [0.9, 0.8, np.nan]])
    found = column_quantiles(values, q)
    for j in range(3):
        expected = [np.nan if np.isnan(x) else np.nanquantile(values[:, j], x) for x in q[:, j]]
        assert found[:, j] == pytest.approx(expected, nan_ok=True)


def test_unit_sums_by_hand() -> None:
    sums = unit_sums(np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]]), np.array([1, 0, 1]), 3)
    assert sums.tolist() == [[2, 20], [5, 50], [0, 0]]


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
