"""Log-odds ratio with informative Dirichlet prior: how much more one corpus uses a term than another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from framing.compare._types import FloatArray

ALPHA_0 = 500.0
_ZERO_COUNT = 0.5


def log_odds(counts_a: ArrayLike, counts_b: ArrayLike, prior: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Log-odds ratio with informative Dirichlet prior, and its z.

    ``δ_w = ln[(y_wa + α_w) / (n_a + α_0 − y_wa − α_w)] − ln[(y_wb + α_w) / (n_b + α_0 − y_wb − α_w)]``,
    ``z = δ / √(1/(y_wa + α_w) + 1/(y_wb + α_w))``.

    Parameters
    ----------
    counts_a, counts_b
        Shape ``(terms,)``: counts y of every term of the vocabulary, so that their sums are n_a and n_b.
    prior
        Shape ``(terms,)``: α_w > 0; its sum is α_0. See `informative_prior`.

    Returns
    -------
    delta, z
        Shapes ``(terms,)``. Positive: more in a. Natural logarithm.

    References
    ----------
    Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: lexical feature selection and evaluation for
    identifying the content of political conflict. Political Analysis 16(4), 372-403.
    """
    alpha = np.asarray(prior, dtype=np.float64)
    y_a, y_b = np.asarray(counts_a, dtype=np.float64), np.asarray(counts_b, dtype=np.float64)
    delta = log_odds_of_one(y_a, y_a.sum(), alpha, alpha.sum()) - log_odds_of_one(y_b, y_b.sum(), alpha, alpha.sum())
    return delta, delta / np.sqrt(1 / (y_a + alpha) + 1 / (y_b + alpha))


def informative_prior(background: ArrayLike, alpha0: float = ALPHA_0) -> FloatArray:
    """Prior α_w = α_0 · f_w / Σf in proportion to the counts of a background corpus.

    Parameters
    ----------
    background
        Shape ``(terms,)``: counts f. A count of 0 stands as 0.5, as every α_w must be positive.
    alpha0
        Weight of the prior in tokens: the larger, the more rare terms are drawn to no difference.
    """
    counts = np.asarray(background, dtype=np.float64)
    counts = np.where(counts > 0, counts, _ZERO_COUNT)
    prior: FloatArray = alpha0 * counts / counts.sum()
    return prior


def log_odds_of_one(y: FloatArray, n: FloatArray | float, alpha: FloatArray, alpha0: float) -> FloatArray:
    """Smoothed log odds of terms in one corpus: the half of delta; shapes broadcast.

    Parameters
    ----------
    y
        Counts of the terms.
    n
        Tokens of the corpus.
    alpha, alpha0
        Prior of the terms, and its sum over the whole vocabulary.
    """
    odds: FloatArray = np.log(y + alpha) - np.log(n + alpha0 - y - alpha)
    return odds
