"""Measures of one term in two corpora: significance (G², BIC) and effect size (log ratio, %DIFF)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from framing.compare._types import FloatArray

_ZERO_COUNT = 0.5


def g2(counts_a: ArrayLike, counts_b: ArrayLike, n_a: float, n_b: float) -> FloatArray:
    """Log-likelihood keyness G² in its two-cell form.

    ``G² = 2[a ln(a/E_a) + b ln(b/E_b)]``, ``E_a = n_a(a + b)/(n_a + n_b)``; a cell of 0 adds 0. The two-cell form
    leaves out the tokens that are not the term; for rare terms it hardly differs from the four-cell form of
    Dunning (1993), `g2_four_cells`.

    Parameters
    ----------
    counts_a, counts_b
        Shape ``(terms,)``.
    n_a, n_b
        Tokens of the two corpora.

    Returns
    -------
    FloatArray
        Shape ``(terms,)``, at least 0, without direction.

    References
    ----------
    Rayson, P. & Garside, R. (2000). Comparing corpora using frequency profiling. Workshop on Comparing Corpora, 1-6.

    Examples
    --------
    >>> g2([52], [57], 50_000, 75_000).round(2).tolist()
    [2.65]
    """
    a, b = np.asarray(counts_a, dtype=np.float64), np.asarray(counts_b, dtype=np.float64)
    expected_a, expected_b = n_a * (a + b) / (n_a + n_b), n_b * (a + b) / (n_a + n_b)
    return 2 * (_a_ln(a, expected_a) + _a_ln(b, expected_b))


def g2_four_cells(counts_a: ArrayLike, counts_b: ArrayLike, n_a: float, n_b: float) -> FloatArray:
    """Log-likelihood ratio G² over all four cells: the term and all other tokens in either corpus.

    Parameters and result as in `g2`.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics
    19(1), 61-74.
    """
    a, b = np.asarray(counts_a, dtype=np.float64), np.asarray(counts_b, dtype=np.float64)
    return g2(a, b, n_a, n_b) + g2(n_a - a, n_b - b, n_a, n_b)


def bic(g2_values: ArrayLike, n: float) -> FloatArray:
    """Approximate Bayes factor of a difference, ``BIC ≈ G² − ln(n)``, for one degree of freedom.

    Below 0 speaks for no difference; 0 to 2 is barely worth a mention, 2 to 6 positive, 6 to 10 strong and above 10 very
    strong evidence for one. Unlike p, it does not call every difference of a large corpus significant.

    Parameters
    ----------
    g2_values
        G² of each term.
    n
        Tokens of both corpora together.

    References
    ----------
    Wilson, A. (2013). Embracing Bayes factors for key item analysis in corpus linguistics. In: New approaches to the
    study of linguistic variability, 3-11. Peter Lang.
    """
    return np.asarray(g2_values, dtype=np.float64) - np.log(n)


def log_ratio(counts_a: ArrayLike, counts_b: ArrayLike, n_a: float, n_b: float) -> FloatArray:
    """Binary logarithm of the ratio of relative frequencies; 1 means twice as frequent in a. Counts of 0 stand as 0.5.

    References
    ----------
    Hardie, A. (2014). Log ratio: an informal introduction. CASS, Lancaster University.
    """
    a, b = (np.where(np.asarray(c) > 0, c, _ZERO_COUNT).astype(np.float64) for c in (counts_a, counts_b))
    return np.log2((a / n_a) / (b / n_b))


def percent_diff(counts_a: ArrayLike, counts_b: ArrayLike, n_a: float, n_b: float) -> FloatArray:
    """%DIFF: difference of relative frequencies in per cent of that of b, ``100 (f_a − f_b) / f_b``.

    From −100 (absent from a) up, 0 for no difference, 100 for twice as frequent in a; infinite where b has none, NaN
    where neither has any.

    References
    ----------
    Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate metrics and practical issues. CADS conference, Bologna.

    Examples
    --------
    >>> percent_diff([20, 5], [10, 10], 1000, 1000).tolist()
    [100.0, -50.0]
    """
    f_a, f_b = np.asarray(counts_a, dtype=np.float64) / n_a, np.asarray(counts_b, dtype=np.float64) / n_b
    with np.errstate(divide="ignore", invalid="ignore"):
        result: FloatArray = 100 * (f_a - f_b) / f_b
    return result


def _a_ln(observed: FloatArray, expected: FloatArray) -> FloatArray:
    return observed * np.log(np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0))
