"""How good predicted classes and their probabilities are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10


def macro_f1(gold: NDArray[Any], found: NDArray[Any]) -> float:
    """Mean F1 over the classes of the gold, in [0, 1]; a class that is never found has F1 0.

    Examples
    --------
    Classes 0 and 1 have F1 2/3 and 4/5:

    >>> round(macro_f1(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])), 4)
    0.7333
    """
    scores = []
    for label in np.unique(gold):
        right = np.sum((gold == label) & (found == label))
        scores.append(2 * right / (np.sum(gold == label) + np.sum(found == label)))
    return float(np.mean(scores)) if scores else float("nan")


def brier_score(probabilities: NDArray[np.float64], gold: NDArray[Any]) -> float:
    """Mean squared distance of the probabilities from what happened, in [0, 2], smaller is better (Brier 1950).

    Parameters
    ----------
    probabilities
        Shape ``(n, classes)``.
    gold
        Shape ``(n,)``: index of the true class.

    Examples
    --------
    >>> brier_score(np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([0, 0]))
    0.25
    """
    hit = np.eye(probabilities.shape[1])[gold]
    return float(np.mean(np.sum((probabilities - hit) ** 2, axis=1)))


def expected_calibration_error(probabilities: NDArray[np.float64], gold: NDArray[Any], bins: int = BINS) -> float:
    """How far stated confidence is from the share that is right, in [0, 1], smaller is better.

    Rows are put into bins of equal width by the probability of their likeliest class; the error is the mean over bins
    of ``|share right - mean probability|``, weighted by their size (Naeini, Cooper & Hauskrecht 2015).

    Examples
    --------
    Two rows at .8, one of them right: ``|0.5 - 0.8|``.

    >>> round(expected_calibration_error(np.array([[0.8, 0.2], [0.8, 0.2]]), np.array([0, 1])), 3)
    0.3
    """
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == gold
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = np.bincount(where, right - confidence, bins)
    return float(np.abs(gap).sum() / len(gold)) if len(gold) else float("nan")
