"""Means that are corrected for the errors of a measure, by a sample coded by hand.

Prediction-powered mean: θ = mean(f over all) - mean(f - y over coded), variance = var(f) / N + var(f - y) / n; f is the
measure on the scale of the codes, y the code. It is unbiased whatever the measure's errors, and the better the measure,
the narrower its interval. With sampling weights the second mean and variance are weighted (Hájek).

Rogan-Gladen, for shares: π = (p + spec - 1) / (sens + spec - 1), p the share that the measure finds, sens and spec its
sensitivity and specificity in the coded sample; bounded to [0, 1]. NaN where sens + spec is not above 1: the
measure is no better than chance.

References: Angelopoulos et al. (2023), Science 382, 669; Egami et al. (2023), NeurIPS (design-based supervised
learning); Rogan & Gladen (1978), American Journal of Epidemiology 107; Lang & Reiczigel (2014), Preventive Veterinary
Medicine 113, for the interval of the corrected share.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Z = 1.959963984540054


def prediction_powered_mean(
    predicted: FloatArray, coded_predicted: FloatArray, codes: FloatArray, weights: FloatArray | None = None
) -> tuple[float, float, float]:
    """Mean of the codes over the corpus, from few codes and many predictions.

    Parameters
    ----------
    predicted
        Shape ``(N,)``: the measure over all units.
    coded_predicted, codes
        Shape ``(n,)``: the measure and the code of the coded units.
    weights
        Shape ``(n,)``: sampling weights of the coded units; equal if not given.

    Returns
    -------
    tuple of float
        Estimate and its 95 % interval (normal); NaN with fewer than two coded units.

    Examples
    --------
    >>> prediction_powered_mean(np.array([1.0, 0.0, 1.0, 0.0]), np.array([1.0, 0.0]), np.array([1.0, 0.0]))[0]
    0.5
    """
    n = len(codes)
    if n < 2 or len(predicted) == 0:
        return math.nan, math.nan, math.nan
    error = coded_predicted - codes
    share = np.full(n, 1 / n) if weights is None else weights / weights.sum()
    bias = float(share @ error)
    # linearised variance of the weighted mean; with equal weights var(f - y) / n
    spread = float((share**2) @ (error - bias) ** 2) * n / (n - 1)
    own = float(np.var(predicted, ddof=1)) / len(predicted) if len(predicted) > 1 else 0.0
    estimate = float(predicted.mean()) - bias
    half = Z * math.sqrt(own + spread)
    return estimate, estimate - half, estimate + half


def rogan_gladen(
    found: FloatArray, coded_found: FloatArray, codes: FloatArray, weights: FloatArray | None = None
) -> tuple[float, float, float]:
    """Share of units that truly have a property, from the share that an imperfect measure finds.

    Parameters
    ----------
    found
        Shape ``(N,)``: 0 or 1 of all units by the measure.
    coded_found, codes
        Shape ``(n,)``: the measure and the code (0 or 1) of the coded units.
    weights
        Shape ``(n,)``: sampling weights of the coded units.

    Returns
    -------
    tuple of float
        Estimate and its 95 % interval by Lang & Reiczigel (2014), bounded to [0, 1]; NaN where the sample lacks
        one of the classes or the measure is no better than chance.

    Examples
    --------
    >>> found = np.repeat([1.0, 0.0], [30, 70])
    >>> coded = np.repeat([1.0, 1.0, 0.0, 0.0], [8, 1, 2, 9]), np.repeat([1.0, 0.0, 1.0, 0.0], [8, 1, 2, 9])
    >>> round(rogan_gladen(found, *coded)[0], 4)
    0.2857
    """
    w = np.ones(len(codes)) if weights is None else weights
    yes, no = codes == 1, codes == 0
    if not yes.any() or not no.any() or len(found) == 0:
        return math.nan, math.nan, math.nan
    sensitivity = float((w * coded_found)[yes].sum() / w[yes].sum())
    specificity = float((w * (1 - coded_found))[no].sum() / w[no].sum())
    if sensitivity + specificity <= 1:
        return math.nan, math.nan, math.nan
    estimate = (float(found.mean()) + specificity - 1) / (sensitivity + specificity - 1)
    # pseudo-counts after Lang & Reiczigel keep the variance above zero when a class has no error;
    # with weights the effective sizes (Kish) take the place of the counts
    n = len(found)
    n_yes, n_no = (float(w[m].sum() ** 2 / (w[m] ** 2).sum()) for m in (yes, no))
    p = (float(found.sum()) + Z * Z / 2) / (n + Z * Z)
    sens = (n_yes * sensitivity + 1) / (n_yes + 2)
    spec = (n_no * specificity + 1) / (n_no + 2)
    youden = sens + spec - 1
    if youden <= 0:
        return float(np.clip(estimate, 0, 1)), 0.0, 1.0
    centre = (p + spec - 1) / youden
    shift = 2 * Z * Z * (
        centre * sens * (1 - sens) / (n_yes + 2) - (1 - centre) * spec * (1 - spec) / (n_no + 2)
    )  # fmt: skip
    variance = (
        p * (1 - p) / (n + Z * Z)
        + centre**2 * sens * (1 - sens) / (n_yes + 2)
        + (1 - centre) ** 2 * spec * (1 - spec) / (n_no + 2)
    ) / youden**2
    half = Z * math.sqrt(variance)
    low, high = np.clip([centre + shift - half, centre + shift + half], 0, 1)
    return float(np.clip(estimate, 0, 1)), float(low), float(high)
