"""Sizes of differences: Hedges' g, Cliff's delta and the ratio of two rates."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from framing.compare._types import FloatArray


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
    if min(len(a), len(b)) < 2:
        return np.full(a.shape[1], np.nan)
    spread = pooled_sd(a.var(axis=0, ddof=1), b.var(axis=0, ddof=1), len(a), len(b))
    return standardised(a.mean(axis=0) - b.mean(axis=0), spread, len(a), len(b))


def pooled_sd(variance_a: FloatArray, variance_b: FloatArray, n_a: int, n_b: int) -> FloatArray:
    """``√(((n_a − 1) s²_a + (n_b − 1) s²_b) / (n_a + n_b − 2))``."""
    result: FloatArray = np.sqrt(((n_a - 1) * variance_a + (n_b - 1) * variance_b) / (n_a + n_b - 2))
    return result


def standardised(difference: FloatArray, sd: FloatArray, n_a: int, n_b: int) -> FloatArray:
    """Hedges' g of a difference with its pooled standard deviation; NaN where that is 0."""
    correction = 1 - 3 / (4 * (n_a + n_b) - 9)
    # A constant column may leave a rest of rounding in its variance.
    return np.divide(correction * difference, sd, out=np.full(len(difference), np.nan), where=sd > 1e-12)


def hedges_g_interval(
    g: FloatArray, variance: FloatArray, degrees: float, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Interval of Hedges' g: ``g ± z · √(variance + g² / (2 · degrees))``.

    Parameters
    ----------
    g
        Shape ``(measures,)``.
    variance
        Sampling variance of the difference in pooled standard deviations: ``1/n_a + 1/n_b`` for independent articles
        (which gives the interval of Hedges & Olkin), that of the resamples for articles in clusters.
    degrees
        Degrees of freedom of the pooled standard deviation, ``n_a + n_b − 2`` for independent articles.
    confidence
        Of the interval, in (0, 1).

    References
    ----------
    Hedges, L. V. & Olkin, I. (1985). Statistical methods for meta-analysis. Academic Press, p. 86.
    """
    half = ndtri((1 + confidence) / 2) * np.sqrt(variance + g**2 / (2 * degrees))
    return g - half, g + half


def cliffs_delta(a: FloatArray, b: FloatArray) -> float:
    """How much more often a value of `a` is above one of `b` than below: ``(#{a > b} − #{a < b}) / (n_a · n_b)``.

    Parameters
    ----------
    a, b
        Shapes ``(n_a,)`` and ``(n_b,)``, without NaN; `b` must be in ascending order.

    Returns
    -------
    float
        From -1 (all of a below all of b) to 1; 0 for no tendency. NaN without values.

    References
    ----------
    Cliff, N. (1993). Dominance statistics: Ordinal analyses to answer ordinal questions. Psychological Bulletin 114(3),
    494-509.

    Examples
    --------
    >>> cliffs_delta(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
    0.75
    """
    if not len(a) or not len(b):
        return float("nan")
    below, up_to = np.searchsorted(b, a, "left"), np.searchsorted(b, a, "right")
    return float((below + up_to - len(b)).sum() / (len(a) * len(b)))


def rate_ratio(
    rate_a: FloatArray, rate_b: FloatArray, log_error: FloatArray, quantile: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ratio of two rates with its interval on the log scale: ``exp(ln(a / b) ± quantile · log_error)``.

    Parameters
    ----------
    rate_a, rate_b
        Shape ``(measures,)``: loaded terms per 1,000 tokens, for example.
    log_error
        Standard error of ``ln(a / b)``.
    quantile
        Quantile of the normal or of Student's t.

    Returns
    -------
    tuple of FloatArray
        Ratio, lower and upper bound; above 1 where `a` is higher. NaN unless both rates are above 0.

    Examples
    --------
    >>> [float(x[0].round(2)) for x in rate_ratio(*(np.array([x]) for x in (6.0, 3.0, 0.2, 1.96)))]
    [2.0, 1.35, 2.96]
    """
    known = (rate_a > 0) & (rate_b > 0)
    ratio = np.divide(rate_a, rate_b, out=np.full(len(known), np.nan), where=known)
    half = np.exp(np.where(known, quantile * log_error, np.nan))
    return ratio, ratio / half, ratio * half
