"""Stretches of different lengths, put one after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def ranges(first: NDArray[np.integer], size: NDArray[np.integer]) -> NDArray[np.int64]:
    """The numbers ``first[k] … first[k] + size[k] - 1`` of all ``k``, shape ``(sum of size,)``.

    >>> ranges(np.array([5, 0, 7]), np.array([2, 0, 3])).tolist()
    [5, 6, 7, 8, 9]
    """
    return np.arange(int(size.sum())) + np.repeat(first - np.cumsum(size) + size, size)
