"""Pairs of rows with the same key, as array operations."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.language.ragged import ranges


def pairs(left: NDArray[Any], right: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices of all pairs ``left[i] == right[j]``; negative keys have no partner.

    Parameters
    ----------
    left, right
        Shape ``(n,)`` and ``(m,)``: whole numbers.

    Returns
    -------
    i, j : ndarray
        Sorted by ``i``; within it ``j`` keeps its order.

    Examples
    --------
    >>> [x.tolist() for x in pairs(np.array([3, 7, -1]), np.array([7, 3, 7, -1]))]
    [[0, 1, 1], [1, 0, 2]]
    """
    order = np.argsort(right, kind="stable")
    keys = right[order]
    low = np.searchsorted(keys, left, side="left")
    high = np.searchsorted(keys, left, side="right")
    count = np.where(left >= 0, high - low, 0)
    i = np.repeat(np.arange(len(left)), count)
    return i, order[ranges(low, count)]


__all__ = ["pairs"]
