"""Estimates of the two sides of a comparison and their resamples, for many measures of the same articles at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from framing.compare._types import BoolArray, FloatArray, IntArray
from framing.compare.grouping import REST, Groups, Pair
from framing.compare.inference import (
    Method,
    acceleration,
    bca_interval,
    bootstrap_sums,
    expanded_interval,
    generator,
    jackknife_moments,
    moments_of,
    percentile_interval,
    unit_sums,
)
from framing.compare.values import Column, dense


@dataclass(frozen=True, slots=True)
class Block:
    """Measures of the same articles with the same denominators: they share their resamples.

    Attributes
    ----------
    columns
        The measures and targets.
    rows
        Shape ``(n,)``: positions of the articles.
    values
        Shape ``(n, measures)``.
    sizes
        Shape ``(n,)``: denominators, 1 for means.
    codes, clusters
        Shape ``(n,)``: group and cluster of each article; no clusters: ``None``.
    """

    columns: list[Column]
    rows: IntArray
    values: FloatArray
    sizes: FloatArray
    codes: IntArray
    clusters: IntArray | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a group, the rest, or one group's part of matched clusters.

    Attributes
    ----------
    n, n_units
        Articles, and clusters (articles where there are none).
    estimate, variance
        Shape ``(measures,)``: mean or ratio of sums; variance of the articles' own values, weighted by size.
    ordered
        Shape ``(n, measures)``: the articles' own values, ascending.
    resampled
        Shape ``(resamples, measures)``; ``None`` with fewer than two units.
    """

    n: int
    n_units: int
    estimate: FloatArray
    variance: FloatArray
    ordered: FloatArray
    resampled: FloatArray | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Sampling spread of the difference of two sides, each of shape ``(measures,)``.

    Attributes
    ----------
    low, high
        Interval of the difference.
    variance
        Sampling variance of the difference.
    log_error
        Standard error of the logarithm of the ratio of the two sides.
    quantile
        Student's t for the interval's confidence.
    """

    low: FloatArray
    high: FloatArray
    variance: FloatArray
    log_error: FloatArray
    quantile: FloatArray


def side_of(block: Block, member: BoolArray, resampled: FloatArray | None) -> Side:
    """Estimates of the articles of a block that `member` marks."""
    y, d = block.values[member], block.sizes[member]
    n, k = y.shape
    n_units = n if block.clusters is None else len(np.unique(block.clusters[member]))
    missing = np.full(k, np.nan)
    if not n:
        return Side(0, 0, missing, missing, y, None)
    estimate, own = y.sum(axis=0) / d.sum(), y / d[:, None]
    variance = missing if n < 2 else (d @ (own - estimate) ** 2) / d.sum() * n / (n - 1)
    return Side(n, n_units, estimate, variance, np.sort(own, axis=0), resampled if n_units >= 2 else None)


def resample(block: Block, groups: Groups, pairs: list[Pair], n_resamples: int, seed: int) -> dict[str, FloatArray]:
    """Ratios of sums in every resample, by name of the side (see `key_b`).

    Without clusters, the articles of each group are resampled within it. With clusters, whole clusters are, whichever
    groups they reach over, so that what groups have in common stays in common.
    """
    k, n_groups = block.values.shape[1], len(groups.names)
    data = np.column_stack([block.values, block.sizes])
    if block.clusters is None:
        sums = np.zeros((n_groups, n_resamples, k + 1))
        for i in np.unique(block.codes[block.codes >= 0]):
            own = block.codes == i
            sums[i] = bootstrap_sums(data[own], n_resamples, generator(seed, groups.label, groups.names[i]))
    else:
        units, own = dense(block.clusters), block.codes >= 0
        cells = unit_sums(data[own], units[own] * n_groups + block.codes[own], (units.max(initial=0) + 1) * n_groups)
        joint = bootstrap_sums(
            cells.reshape(-1, n_groups * (k + 1)), n_resamples, generator(seed, groups.label, groups.unit)
        )
        sums = joint.reshape(n_resamples, n_groups, k + 1).transpose(1, 0, 2)
    total = sums.sum(axis=0) if any(pair.b == REST for pair in pairs) else sums[0]
    index = {name: i for i, name in enumerate(groups.names)}
    result = {}
    for pair in pairs:
        result[pair.a] = _ratio(sums[index[pair.a]])
        result[key_b(pair)] = _ratio(total - sums[index[pair.a]] if pair.b == REST else sums[index[pair.b]])
    return result


def key_b(pair: Pair) -> str:
    """Name of the second side; every group has a rest of its own."""
    return f"{REST} of {pair.a}" if pair.b == REST else pair.b


def spread_of(
    block: Block, a: Side, b: Side, members: tuple[BoolArray, BoolArray], method: Method, confidence: float
) -> Spread:
    """Interval and sampling variance of the difference of two sides; NaN where a side has fewer than two units.

    The interval is NaN too where no resample differs from any other.
    """
    if a.resampled is None or b.resampled is None:
        return Spread(*[np.full(len(a.estimate), np.nan)] * 5)
    shared = a.n_units + b.n_units - 1
    if block.clusters is not None:
        shared = len(np.unique(block.clusters[members[0] | members[1]])) - 1
    difference = a.resampled - b.resampled
    variance_a, variance_b = _variance(a.resampled), _variance(b.resampled)
    wide_a, wide_b = variance_a * a.n_units / (a.n_units - 1), variance_b * b.n_units / (b.n_units - 1)
    total, below = variance_a + variance_b, wide_a**2 / (a.n_units - 1) + wide_b**2 / (b.n_units - 1)
    # Welch and Satterthwaite's degrees of freedom, but never more than the units that there are.
    degrees = np.divide((wide_a + wide_b) ** 2, below, out=np.full(len(total), float(shared)), where=below > 0)
    degrees = np.minimum(degrees, shared)
    inflation = np.sqrt(np.divide(wide_a + wide_b, total, out=np.ones(len(total)), where=total > 0))
    if method == "bca":
        moments = _moments(block, members)
        low, high = bca_interval(difference, a.estimate - b.estimate, acceleration(*moments), confidence)
    elif method == "percentile":
        low, high = percentile_interval(difference, confidence)
    else:
        low, high = expanded_interval(difference, degrees, inflation, confidence)
    variance = _variance(difference)
    # Values that are all the same say nothing of how far others might be from them.
    constant = variance < 1e-24
    low, high = np.where(constant, np.nan, low), np.where(constant, np.nan, high)
    # What both sides have in common: variance of the difference = sum of the variances - 2 covariances.
    covariance = (total - variance) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        log_variance = (
            variance_a / a.estimate**2 + variance_b / b.estimate**2 - 2 * covariance / (a.estimate * b.estimate)
        )
        log_error = inflation * np.sqrt(np.maximum(log_variance, 0))
    return Spread(low, high, variance * inflation**2, log_error, -stdtrit(degrees, (1 - confidence) / 2))


def _ratio(sums: FloatArray) -> FloatArray:
    """First columns by the last; NaN where no article was drawn."""
    below = sums[:, -1:]
    return np.divide(sums[:, :-1], below, out=np.full((len(sums), sums.shape[1] - 1), np.nan), where=below > 0)


def _variance(resampled: FloatArray) -> FloatArray:
    if len(resampled) < 2:
        return np.zeros(resampled.shape[1])
    result: FloatArray = resampled.var(axis=0, ddof=1)
    return np.nanvar(resampled, axis=0, ddof=1) if np.isnan(result).any() else result


def _moments(block: Block, members: tuple[BoolArray, BoolArray]) -> tuple[FloatArray, FloatArray]:
    """Moments of influence on the difference, over the articles of either side or over clusters."""
    if block.clusters is None:
        (second_a, third_a), (second_b, third_b) = (
            jackknife_moments(block.values[own], block.sizes[own]) for own in members
        )
        return second_a + second_b, third_a - third_b
    units = dense(block.clusters[members[0] | members[1]])
    data = np.column_stack([block.values, block.sizes])[members[0] | members[1]]
    without = []
    for own in members:
        sums = unit_sums(np.where(own[members[0] | members[1], None], data, 0), units)
        left = sums.sum(axis=0) - sums
        without.append(_ratio(left))
    return moments_of(without[0] - without[1])
