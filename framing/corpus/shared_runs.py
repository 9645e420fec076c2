"""Runs of words that many articles of an outlet share, counted without holding the articles."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

Runs = NDArray[np.uint64]
# Runs held in memory, twelve bytes each; more of them lie in files, parted by their first bits.
HELD = 1_000_000
_PARTS, _BITS = 256, np.uint64(56)
_PAIR = np.dtype([("outlet", "<u4"), ("run", "<u8")])


class SharedRuns:
    """In how many articles of its outlet each run of words stands.

    A context manager: its files are removed at the end.

    Parameters
    ----------
    folder
        Where files may lie, if there is too much for the memory; the system's folder for temporary files if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._files: tempfile.TemporaryDirectory[str] | None = None
        self._numbers: dict[str, int] = {}
        self._articles: list[int] = []
        self._new: list[NDArray[np.void]] = []
        self._held = 0

    def __enter__(self) -> SharedRuns:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._files:
            self._files.cleanup()

    def add(self, outlet: str, runs: Runs) -> None:
        """Count the runs of one article, each once."""
        number = self._numbers.setdefault(outlet, len(self._numbers))
        if number == len(self._articles):
            self._articles.append(0)
        self._articles[number] += 1
        pairs = np.empty(len(distinct := np.unique(runs)), _PAIR)
        pairs["outlet"], pairs["run"] = number, distinct
        self._new.append(pairs)
        self._held += len(pairs)
        if self._held > HELD:
            self._put_away()

    def common(self, least: int, share: float) -> dict[str, Runs]:
        """Runs that so many articles and this share of the articles of an outlet have, rising, by outlet."""
        bounds = np.maximum(least, share * np.array(self._articles))
        found = [_frequent(part, bounds) for part in self._parts()]
        pairs = np.sort(np.concatenate(found)) if found else np.empty(0, _PAIR)
        limits = np.searchsorted(pairs["outlet"], np.arange(len(self._numbers) + 1))
        return {
            outlet: pairs["run"][limits[k] : limits[k + 1]]
            for outlet, k in self._numbers.items()
            if limits[k] < limits[k + 1]
        }

    def _put_away(self) -> None:
        """Move what is held into the files."""
        if self._files is None:
            self._files = tempfile.TemporaryDirectory(prefix=".framing-", dir=self._folder)
        pairs = np.concatenate(self._new)
        part = (pairs["run"] >> _BITS).astype(np.uint8)
        pairs = pairs[np.argsort(part, kind="stable")]
        ends = np.cumsum(np.bincount(part, minlength=_PARTS))
        for number, (low, high) in enumerate(zip([0, *ends.tolist()], ends.tolist(), strict=False)):
            with self._file(number).open("ab") as file:
                pairs[low:high].tofile(file)
        self._new, self._held = [], 0

    def _parts(self) -> Iterator[NDArray[np.void]]:
        """All that was counted, all occurrences of a run in one part."""
        if self._files is None:
            yield from [np.concatenate(self._new)] if self._new else []
            return
        self._put_away()
        for number in range(_PARTS):
            yield np.fromfile(self._file(number), _PAIR)

    def _file(self, number: int) -> Path:
        assert self._files is not None
        return Path(self._files.name, str(number))


def _frequent(pairs: NDArray[np.void], bounds: NDArray[np.float64]) -> NDArray[np.void]:
    """Those that stand as often as the bound of their outlet says, each once."""
    pairs = pairs[np.lexsort((pairs["run"], pairs["outlet"]))]
    new = np.ones(len(pairs), bool)
    new[1:] = pairs[1:] != pairs[:-1]
    first = np.flatnonzero(new)
    count = np.diff(np.append(first, len(pairs)))
    return pairs[first[count >= bounds[pairs["outlet"][first]]]]
