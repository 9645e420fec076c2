"""Permutation and sign flips against SciPy and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from framing.compare.permutation import orders, permutation_p, sign_flip_p


def test_permutation_agrees_with_scipy() -> None:
    rng = np.random.default_rng(6)
    a, b = rng.normal(0.5, 1, 12), rng.normal(0, 2, 25)
    ours = permutation_p(np.concatenate([a, b])[:, None], np.arange(37) < 12, 20_000, np.random.default_rng(7))[0]
    theirs = stats.permutation_test(
        (a, b),
        lambda x, y, axis: np.abs(stats.ttest_ind(x, y, equal_var=False, axis=axis).statistic),
        vectorized=True,
        n_resamples=20_000,
        alternative="greater",
        rng=np.random.default_rng(8),
    ).pvalue
    assert ours == pytest.approx(theirs, abs=0.012)


def test_most_extreme_split() -> None:
    # 3 against 3: of C(6, 3) = 20 splits two are as extreme as 1, 2, 3 | 4, 5, 6, so p is near 2/20.
    values = np.arange(1.0, 7.0)[:, None]
    p = permutation_p(values, values[:, 0] <= 3, 20_000, np.random.default_rng(9))[0]
    assert p == pytest.approx(0.1, abs=0.01)


def test_p_is_never_zero_and_ties_count() -> None:
    values = np.repeat([0.0, 100.0], 30)[:, None]
    assert permutation_p(values, values[:, 0] > 1, 99, np.random.default_rng(0))[0] == 1 / 100
    # 0.1 summed in another order differs in the last bit; without a tolerance p would be near 0.
    values = np.full((40, 1), 0.1)
    assert permutation_p(values, np.arange(40) < 13, 200, np.random.default_rng(0))[0] == 1


def test_a_side_without_two_units_has_no_p() -> None:
    values = np.arange(4.0)[:, None]
    for in_a in (np.array([True, False, False, False]), np.ones(4, dtype=bool), np.zeros(4, dtype=bool)):
        assert np.isnan(permutation_p(values, in_a, 20, np.random.default_rng(0))).all()


def test_events_that_both_cover_are_swapped_like_pairs() -> None:
    rng = np.random.default_rng(3)
    event = rng.normal(0, 3, 15)
    a, b = event + rng.normal(0.4, 1, 15), event + rng.normal(0, 1, 15)
    units = np.tile(np.arange(15), 2)
    ours = permutation_p(
        np.concatenate([a, b])[:, None], np.arange(30) < 15, 20_000, np.random.default_rng(4), units
    )[0]  # fmt: skip
    theirs = stats.permutation_test(
        (a, b), lambda x, y, axis: np.abs(np.mean(x - y, axis=axis)), vectorized=True, permutation_type="samples",
        n_resamples=np.inf, alternative="greater",
    ).pvalue  # fmt: skip
    assert ours == pytest.approx(theirs, abs=0.012)


def test_unequal_variances_keep_the_level() -> None:
    # 6 articles of high against 60 of low variance: unstudentised, over a third of such tests would reject at 5 %.
    rng = np.random.default_rng(5)
    values = np.concatenate([rng.normal(0, 3, (6, 600)), rng.normal(0, 1, (60, 600))])
    p = permutation_p(values, np.arange(66) < 6, 499, np.random.default_rng(6))
    assert (p <= 0.05).mean() < 0.1


def test_rates_are_sums_by_sums() -> None:
    # A rate is the same whether a text of twice the length is one article or the ratio is taken of means.
    rng = np.random.default_rng(8)
    sizes = rng.integers(1, 9, 40).astype(float)
    values = rng.poisson(3 * sizes).astype(float)[:, None]
    p = permutation_p(values, np.arange(40) < 20, 2000, np.random.default_rng(1), None, sizes)
    scaled = permutation_p(values, np.arange(40) < 20, 2000, np.random.default_rng(1), None, sizes / 1000)
    assert p[0] == scaled[0] > 0.01


def test_sign_flips_agree_with_scipy() -> None:
    differences = np.random.default_rng(2).normal(0.4, 1, (14, 2))
    ours = sign_flip_p(differences, 40_000, np.random.default_rng(3))
    for j in range(2):
        theirs = stats.permutation_test(
            (differences[:, j],), lambda x, axis: np.abs(np.mean(x, axis=axis)), vectorized=True,
            permutation_type="samples", n_resamples=np.inf, alternative="greater",
        ).pvalue  # fmt: skip
        assert ours[j] == pytest.approx(theirs, abs=0.008)
    assert np.isnan(sign_flip_p(differences[:1], 10, np.random.default_rng(0))).all()


def test_permutations_may_be_shared() -> None:
    order = orders(30, 30, 500, np.random.default_rng(1))
    assert (np.sort(order, axis=1) == np.arange(30)).all()
    # Each number is in each place one time in thirty.
    assert (order == 3).mean(axis=0) == pytest.approx(1 / 30, abs=0.03)
    values = np.random.default_rng(2).normal(size=(30, 2)) + (np.arange(30) < 11)[:, None] * 0.6
    own = permutation_p(values, np.arange(30) < 11, 5000, np.random.default_rng(3))
    shared = permutation_p(
        values,
        np.arange(30) < 11,
        5000,
        np.random.default_rng(3),
        order=orders(30, 11, 5000, np.random.default_rng(4)),
    )
    assert own == pytest.approx(shared, abs=0.025)


def test_beginnings_of_long_orders_are_samples_without_replacement() -> None:
    found = orders(5000, 20, 400, np.random.default_rng(5))
    assert found.shape == (400, 20) and all(len(set(row)) == 20 for row in found.tolist())
    # the mean of a uniform number below 5,000 is 2,499.5; its standard error in 400 rows is 72
    assert found.mean(axis=0) == pytest.approx(2499.5, abs=5 * 72)
