"""Arrays that rows are added to, batch after batch."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=np.generic)
# Room that is made beyond what is needed, so that what is there need not be copied for every batch.
_ROOM = 0.25


class Growing(Generic[Value]):
    """Rows of an array, more of which can be added behind them.

    Parameters
    ----------
    rows
        Shape ``(n, …)``: the first.

    Examples
    --------
    >>> table = Growing(np.array([1, 2]))
    >>> table.add(np.array([3]))
    >>> table.rows, len(table)
    (array([1, 2, 3]), 3)
    """

    def __init__(self, rows: NDArray[Value]) -> None:
        self._held, self._size = rows, len(rows)

    def __len__(self) -> int:
        return self._size

    @property
    def rows(self) -> NDArray[Value]:
        """All rows, shape ``(n, …)``; stays as it is when rows are added."""
        return self._held[: self._size]

    def of(self, places: NDArray[np.integer]) -> Growing[Value]:
        """A table of the rows at some places."""
        return Growing(self.rows[places])

    def add(self, rows: NDArray[Any]) -> None:
        """Add rows behind the others."""
        size = self._size + len(rows)
        if size > len(self._held):
            larger = np.empty((size + int(size * _ROOM), *self._held.shape[1:]), self._held.dtype)
            larger[: self._size] = self.rows
            self._held = larger
        self._held[self._size : size] = rows
        self._size = size
