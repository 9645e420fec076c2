"""Shares with their Wilson intervals."""

from __future__ import annotations


def wilson(k: int, n: int) -> tuple[float, float, float]:
    """Share ``k / n`` and its 95 % Wilson interval, in [0, 1]; NaN where `n` is 0.

    Reference: Wilson (1927), JASA 22.

    Examples
    --------
    >>> [round(x, 3) for x in wilson(1, 2)]
    [0.5, 0.095, 0.905]
    """
    from statsmodels.stats.proportion import proportion_confint

    if n == 0:
        return float("nan"), float("nan"), float("nan")
    low, high = proportion_confint(k, n, method="wilson")
    return k / n, float(low), float(high)
