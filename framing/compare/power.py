"""How small a difference a corpus can show, and how many articles a difference needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import nctdtr, stdtrit

from framing.compare._types import BoolArray, FloatArray, IntArray, Tables
from framing.compare.grouping import grouped, pairs_of
from framing.compare.values import Column, columns, dense
from framing.errors import UsageError

COLUMNS = [
    "measure",
    "target",
    "group_a",
    "group_b",
    "n_a",
    "n_b",
    "units_a",
    "units_b",
    "sd",
    "intraclass_correlation",
    "design_effect_a",
    "design_effect_b",
    "detectable",
    "detectable_g",
    "difference",
    "power",
    "needed_per_group",
    "method",
]
_MOST = 1e9
# Difference in standard errors beyond which power is 1 to all digits.
_FAR = 30.0


def power(
    scores: Tables,
    measures: Sequence[str],
    by: str | Sequence[str] = "outlet",
    reference: str | None = None,
    *,
    targets: Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    cluster: str | None = None,
    difference: float | None = None,
    alpha: float = 0.05,
    power: float = 0.8,
    min_articles: int = 5,
) -> pd.DataFrame:
    """Minimum detectable difference of each pair, and the articles that a difference needs.

    Of the two-sided t test with the observed variance, ``n / deff`` independent articles in each group and
    ``deff = 1 + (m − 1) · icc``: icc is the intraclass correlation of articles in one cluster (from the analysis of
    variance within groups, at least 0), m the mean cluster size weighted by size (Kish). For a corpus not yet collected,
    give the scores of a pilot corpus and the `difference` of interest; never the difference that was just observed.

    Parameters
    ----------
    scores, by, reference, targets, pairs, min_articles
        As in `compare`.
    measures
        Measures, rates and shares as in `compare`; a rate's variance is that of the articles' rates, weighted by size.
    cluster
        Column or period (``"event"``, ``"day"``) whose articles are not independent. Common news of two outlets makes
        their difference more certain than is counted here.
    difference
        Difference of interest in units of the measure, above 0; ``None`` leaves its columns NaN.
    alpha
        Level of one test. With m tests in a family, ``alpha / m`` is safe whatever the adjustment finds.
    power
        Probability of finding the difference, in (alpha, 1).

    Returns
    -------
    pandas.DataFrame
        One row per measure, target and pair with the columns `COLUMNS`. `sd` is the pooled standard deviation of articles;
        `detectable` the smallest difference found with probability `power`, in units of the measure, `detectable_g` in
        standard deviations. For the given `difference`: `power` with the articles that there are, and `needed_per_group`,
        articles in each of two equal groups of the same clustering. NaN where a group has fewer than two articles or
        nothing varies.

    Raises
    ------
    UsageError
        As in `compare`, and if a number is out of range.

    References
    ----------
    Cohen, J. (1988). Statistical power analysis for the behavioral sciences. 2nd ed. Erlbaum.
    Kish, L. (1965). Survey sampling. Wiley.
    """
    if not 0 < alpha < 1 or not alpha < power < 1:
        raise UsageError(f"alpha is {alpha} and power {power}", cure="use 0 < alpha < power < 1, such as 0.05 and 0.8")
    if difference is not None and not difference > 0:
        raise UsageError(f"difference is {difference}", cure="use a number above 0, in units of the measure")
    groups = grouped(scores, by, cluster, targets, min_articles)
    chosen = pairs_of(groups, reference, pairs)
    rows = []
    for column in columns(groups, measures, groups.skip, targets if len(groups.actors) else None):
        clusters = None if groups.clusters is None else groups.clusters[column.rows]
        for pair in chosen:
            if column.target and min(m[column.mentioned].sum() for m in (pair.in_a, pair.in_b)) < min_articles:
                continue
            found = _pair(column, pair.in_a[column.rows], pair.in_b[column.rows], clusters)
            rows.append((column.measure, column.target, pair.a, pair.b, *_row(found, difference, alpha, power)))
    table = pd.DataFrame(rows, columns=COLUMNS[:-1])
    table["method"] = (
        f"two-sided t test at alpha {alpha:g}, power {power:g}; observed variance; "
        f"n divided by the design effect of {groups.unit}"
    )
    return table


def power_of_t(g: float, n_a: float, n_b: float, alpha: float = 0.05) -> float:
    """Power of the two-sided t test for two independent groups.

    Parameters
    ----------
    g
        Difference in standard deviations.
    n_a, n_b
        Sizes of the groups, not necessarily whole; at least 2 in all above 2.
    alpha
        Level.

    Examples
    --------
    Cohen (1988, p. 55): with d = .5 and 64 in each group, power is .80.

    >>> round(power_of_t(0.5, 64, 64), 2)
    0.8
    """
    degrees = n_a + n_b - 2
    shift = abs(g) * np.sqrt(n_a * n_b / (n_a + n_b))
    if shift > _FAR:
        return 1.0
    limit = -stdtrit(degrees, alpha / 2)
    # The far tail has no weight there, and SciPy loses its way in it.
    far = nctdtr(degrees, shift, -limit) if shift < 5 else 0.0
    return float(1 - nctdtr(degrees, shift, limit) + far)


def detectable_g(n_a: float, n_b: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest difference in standard deviations that the t test finds with the given power."""
    return float(
        brentq(lambda g: power_of_t(g, n_a, n_b, alpha) - power, 1e-9, _FAR / np.sqrt(n_a * n_b / (n_a + n_b)))
    )


def needed_per_group(g: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Articles in each of two equal groups that a difference in standard deviations needs, not rounded.

    Examples
    --------
    >>> round(needed_per_group(0.5), 1)
    63.8
    """
    return float(
        np.exp(brentq(lambda n: power_of_t(g, np.exp(n), np.exp(n), alpha) - power, np.log(1.5), np.log(_MOST)))
    )


@dataclass(frozen=True, slots=True)
class _Spread:
    """What power depends on; `size` is the weighted mean cluster size of both groups."""

    n: tuple[int, int]
    units: tuple[int, int]
    sd: float
    icc: float
    size: tuple[float, float]


def _pair(column: Column, in_a: BoolArray, in_b: BoolArray, clusters: IntArray | None) -> _Spread:
    weights = np.ones(len(column.values)) if column.sizes is None else column.sizes
    own = column.values / weights
    deviations, codes, units, sizes = [], [], [], []
    for member in (in_a, in_b):
        y, w = own[member], weights[member]
        code = np.arange(len(y)) if clusters is None else dense(clusters[member])
        mean = (y @ w) / w.sum() if len(y) else np.nan
        # Weighted so that the mean square is the variance about the ratio of sums.
        deviations.append((y - mean) * np.sqrt(w / w.mean()) if len(y) else y)
        counts = np.bincount(code)
        units.append(len(counts))
        sizes.append(float((counts**2).sum() / max(counts.sum(), 1)))
        codes.append(code)
    n = (len(deviations[0]), len(deviations[1]))
    if min(n) < 2:
        return _Spread(n, (units[0], units[1]), np.nan, np.nan, (np.nan, np.nan))
    squares = sum(float((d**2).sum()) for d in deviations)
    sd = float(np.sqrt(squares / (sum(n) - 2)))
    icc = intraclass_correlation(np.concatenate(deviations), np.concatenate([codes[0], codes[1] + units[0]]), 2)
    return _Spread(n, (units[0], units[1]), sd, icc, (sizes[0], sizes[1]))


def intraclass_correlation(deviations: FloatArray, codes: IntArray, n_groups: int = 1) -> float:
    """Intraclass correlation of values in clusters of unequal size, by one-way analysis of variance; at least 0.

    ``icc = (MSB − MSW) / (MSB + (m0 − 1) MSW)`` with ``m0 = (n − Σm²/n) / (k − 1)``.

    Parameters
    ----------
    deviations
        Shape ``(n,)``: values less the mean of their group.
    codes
        Shape ``(n,)``: cluster of each value, from 0 without a gap; clusters are nested in groups.
    n_groups
        Number of groups whose means were taken off.

    References
    ----------
    Donner, A. & Koval, J. J. (1980). The estimation of intraclass correlation in the analysis of family data.
    Biometrics 36(1), 19-25.
    """
    counts = np.bincount(codes)
    n, k = len(deviations), len(counts)
    if k <= n_groups or n <= k:
        return 0.0
    between = float((np.bincount(codes, deviations) ** 2 / counts).sum())
    mean_between = between / (k - n_groups)
    mean_within = (float((deviations**2).sum()) - between) / (n - k)
    m0 = (n - float((counts**2).sum()) / n) / (k - n_groups)
    below = mean_between + (m0 - 1) * mean_within
    return max(0.0, (mean_between - mean_within) / below) if below > 0 else 0.0


def _row(found: _Spread, difference: float | None, alpha: float, power: float) -> tuple[float, ...]:
    deff = tuple(1 + (size - 1) * found.icc for size in found.size)
    detectable = have = needed = np.nan
    if found.sd > 1e-12:
        n_a, n_b = (max(n / d, 1.5) for n, d in zip(found.n, deff))
        detectable = detectable_g(n_a, n_b, alpha, power)
        if difference is not None:
            g = difference / found.sd
            have = power_of_t(g, n_a, n_b, alpha)
            needed = float(np.ceil(needed_per_group(g, alpha, power) * max(deff)))
    return (
        *found.n, *found.units, found.sd, found.icc, *deff, detectable * found.sd, detectable,
        np.nan if difference is None else difference, have, needed,
    )  # fmt: skip
