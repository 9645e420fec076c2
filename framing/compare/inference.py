"""Resampling, permutation, effect size and false discovery: the parts that every comparison is made of.

All functions are pure: the random numbers come from a generator that the caller has seeded. They work on many measures
and all resamples at once; memory stays bounded because resamples are drawn in blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike

from framing.compare._types import BoolArray, FloatArray, IntArray
from framing.errors import UsageError

_BLOCK_CELLS = 4_000_000
_TIE = 1e-10


def generator(seed: int, *names: str) -> np.random.Generator:
    """Random generator of its own for each seed and names.

    A group's resamples so depend on nothing but the seed and the group: adding a measure or a group to a call leaves
    every other interval as it was.
    """
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def bootstrap_weights(n: int, n_resamples: int, rng: np.random.Generator) -> FloatArray:
    """How often each of `n` units occurs in each bootstrap resample.

    Parameters
    ----------
    n
        Number of units (articles, events, days); at least 1.
    n_resamples
        Number of resamples B.
    rng
        Seeded generator.

    Returns
    -------
    FloatArray
        Shape ``(n_resamples, n)``; counts, each row sums to `n`. A product with a matrix ``(n, measures)`` gives the
        sums of all measures in all resamples at once.

    References
    ----------
    Davison, A. C. & Hinkley, D. V. (1997). Bootstrap methods and their application. Cambridge University Press.
    """
    draws = rng.integers(0, n, size=(n_resamples, n))
    draws += (np.arange(n_resamples) * n)[:, None]
    counts = np.bincount(draws.ravel(), minlength=n_resamples * n)
    return counts.reshape(n_resamples, n).astype(np.float64)


def bootstrap_means(
    values: FloatArray, n_resamples: int, rng: np.random.Generator, units: IntArray | None = None
) -> FloatArray:
    """Means of all measures in every bootstrap resample.

    Parameters
    ----------
    values
        Shape ``(articles, measures)``, without NaN.
    n_resamples
        Number of resamples.
    rng
        Seeded generator.
    units
        Shape ``(articles,)``: number of the cluster (event, day) of each article; whole clusters are resampled.
        ``None``: every article is its own.

    Returns
    -------
    FloatArray
        Shape ``(n_resamples, measures)``.
    """
    sums, sizes = _by_unit(values, units)
    blocks = [
        (weights @ sums) / (weights @ sizes)[:, None]
        for size in _blocks(n_resamples, len(sizes))
        for weights in [bootstrap_weights(len(sizes), size, rng)]
    ]
    return np.concatenate(blocks)


def percentile_interval(resampled: FloatArray, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Percentile interval of each column of resampled statistics, shape ``(resamples, measures)``."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(resampled, [tail, 1 - tail], axis=0)
    return low, high


def permutation_p(
    values: FloatArray,
    in_a: BoolArray,
    n_resamples: int,
    rng: np.random.Generator,
    units: IntArray | None = None,
) -> FloatArray:
    """Two-sided p of the difference of two means, by random permutation of the group labels.

    ``p = (1 + #{|d*| >= |d|}) / (B + 1)``, never 0.

    Parameters
    ----------
    values
        Shape ``(articles, measures)``, without NaN: the articles of both groups.
    in_a
        Shape ``(articles,)``: whether the article is of the first group.
    n_resamples
        Number of permutations B; the smallest p possible is ``1 / (B + 1)``.
    rng
        Seeded generator.
    units
        Shape ``(articles,)``: cluster of each article within its group. The labels of whole clusters are exchanged,
        so that articles of one cluster stay together. ``None``: every article is its own.

    Returns
    -------
    FloatArray
        Shape ``(measures,)``, in (0, 1].

    References
    ----------
    Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics
    and Molecular Biology 9(1), 39.
    """
    sums, sizes = _by_unit(values, units)
    labels = in_a
    if units is not None:
        labels = np.zeros(len(sizes), dtype=bool)
        labels[units[in_a]] = True
    total, size = sums.sum(axis=0), sizes.sum()

    def difference(chosen: FloatArray) -> FloatArray:
        sum_a, size_a = chosen @ sums, (chosen @ sizes)[:, None]
        result: FloatArray = np.abs(sum_a / size_a - (total - sum_a) / (size - size_a))
        return result

    observed = difference(labels[None, :].astype(np.float64))[0]
    # Sums in another order differ in the last bits: what is equal on paper must count as equal here.
    observed -= _TIE * np.maximum(observed, np.abs(sums).max(axis=0, initial=0.0))
    count = np.zeros(sums.shape[1])
    for block in _blocks(n_resamples, len(sizes)):
        shuffled = rng.permuted(np.tile(labels, (block, 1)), axis=1)
        count += (difference(shuffled.astype(np.float64)) >= observed).sum(axis=0)
    return (1 + count) / (n_resamples + 1)


def hedges_g(a: FloatArray, b: FloatArray) -> FloatArray:
    """Standardised difference of means with small-sample correction, of every column.

    ``g = J · (mean_a − mean_b) / s``, with s the pooled standard deviation and ``J = 1 − 3 / (4(n_a + n_b) − 9)``.

    Parameters
    ----------
    a, b
        Shapes ``(n_a, measures)`` and ``(n_b, measures)``, without NaN.

    Returns
    -------
    FloatArray
        Shape ``(measures,)``; positive where `a` is higher. NaN with fewer than two articles in a group and where no
        value varies.

    References
    ----------
    Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size and related estimators. Journal of
    Educational Statistics 6(2), 107-128.

    Examples
    --------
    >>> hedges_g(np.array([[2.0], [4.0]]), np.array([[1.0], [3.0]])).round(3).tolist()
    [0.404]
    """
    n_a, n_b = len(a), len(b)
    result = np.full(a.shape[1], np.nan)
    if min(n_a, n_b) < 2:
        return result
    pooled = np.sqrt(((n_a - 1) * a.var(axis=0, ddof=1) + (n_b - 1) * b.var(axis=0, ddof=1)) / (n_a + n_b - 2))
    correction = 1 - 3 / (4 * (n_a + n_b) - 9)
    # A constant column may leave a rest of rounding in its variance.
    varies = pooled > 1e-12
    np.divide(correction * (a.mean(axis=0) - b.mean(axis=0)), pooled, out=result, where=varies)
    return result


def adjust(p: ArrayLike, method: Literal["bh", "by"] = "bh") -> FloatArray:
    """P-values adjusted for false discovery over the family of all that are given.

    ``p_(k) · m / k``, made monotone from the largest down and capped at 1; with ``"by"`` also times
    ``1 + 1/2 + … + 1/m``, which holds under any dependence.

    Parameters
    ----------
    p
        Shape ``(m,)``. NaN stays NaN and is not of the family.
    method
        ``"bh"`` Benjamini-Hochberg, ``"by"`` Benjamini-Yekutieli.

    Raises
    ------
    UsageError
        If the method is unknown.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B 57(1), 289-300.
    Benjamini, Y. & Yekutieli, D. (2001). The control of the false discovery rate in multiple testing under dependency.
    Annals of Statistics 29(4), 1165-1188.

    Examples
    --------
    >>> adjust([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    if method not in ("bh", "by"):
        raise UsageError(f"unknown adjustment {method!r}", cure="use 'bh' or 'by'")
    given = np.asarray(p, dtype=np.float64)
    result = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    m = len(known)
    if m == 0:
        return result
    order = known[np.argsort(given[known], kind="stable")]
    rank = np.arange(1, m + 1)
    scale = float((1 / rank).sum()) if method == "by" else 1.0
    raw = given[order] * m * scale / rank
    result[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    return result


def _by_unit(values: FloatArray, units: IntArray | None) -> tuple[FloatArray, FloatArray]:
    """Sums of the measures and number of articles of each resampled unit."""
    if units is None:
        return values, np.ones(len(values))
    n_units = int(units.max()) + 1
    sums = np.zeros((n_units, values.shape[1]))
    np.add.at(sums, units, values)
    return sums, np.bincount(units, minlength=n_units).astype(np.float64)


def _blocks(n_resamples: int, n_units: int) -> Iterator[int]:
    """Sizes of blocks of resamples that keep a weight matrix small."""
    block = max(1, _BLOCK_CELLS // max(1, n_units))
    for start in range(0, n_resamples, block):
        yield min(block, n_resamples - start)
