"""Phrases found among tokens: a dictionary of number sequences, tried only where a first word stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from framing.language.vocabulary import IntArray

T = TypeVar("T")


class NgramIndex(Generic[T]):
    """Sequences of numbers (word types or lemmas) with a value each; finds the longest at every place.

    Parameters
    ----------
    entries
        ``(sequence, value)`` pairs; of equal sequences the first counts.
    """

    def __init__(self, entries: Iterable[tuple[tuple[int, ...], T]]) -> None:
        self.values: dict[tuple[int, ...], T] = {}
        lengths: dict[int, set[int]] = {}
        for sequence, value in entries:
            self.values.setdefault(sequence, value)
            lengths.setdefault(sequence[0], set()).add(len(sequence))
        self._lengths = {first: sorted(options, reverse=True) for first, options in lengths.items()}
        self._first = np.array(sorted(self._lengths), np.int32)
        # pairs of first and second number: with them array look-ups leave few places to try
        self._single = np.array(sorted({k[0] for k in self.values if len(k) == 1}), np.int32)
        self._pairs = np.unique(np.array([_pair(k[0], k[1]) for k in self.values if len(k) > 1], np.int64))

    def find(self, numbers: IntArray, sentence: IntArray) -> Iterator[tuple[int, int, T]]:
        """Longest entries in text order, none overlapping: ``(first token, token after the last, value)``.

        Parameters
        ----------
        numbers
            Shape ``(n,)``: the sequence to search.
        sentence
            Shape ``(n,)``: an entry never crosses a change of this number.
        """
        n = len(numbers)
        if n == 0 or len(self._first) == 0:
            return
        candidates: NDArray[np.intp] = np.flatnonzero(_member(numbers, self._first))
        if len(self._pairs):
            following = numbers[np.minimum(candidates + 1, n - 1)]
            codes = _pair(numbers[candidates].astype(np.int64), following.astype(np.int64))
            place = np.minimum(np.searchsorted(self._pairs, codes), len(self._pairs) - 1)
            keep = self._pairs[place] == codes
            if len(self._single):
                keep |= _member(numbers[candidates], self._single)
            candidates = candidates[keep]
        values, lengths = self.values, self._lengths
        reach = 0
        for i in candidates.tolist():
            if i < reach:
                continue
            for length in lengths[int(numbers[i])]:
                end = i + length
                if end > n or sentence[end - 1] != sentence[i]:
                    continue
                value = values.get(tuple(numbers[i:end].tolist()))
                if value is not None:
                    yield i, end, value
                    reach = end
                    break


def _pair(first: Any, second: Any) -> Any:
    return first * (1 << 32) + second


def _member(numbers: IntArray, wanted: IntArray) -> NDArray[np.bool_]:
    flags = np.zeros(int(max(numbers.max(), wanted.max())) + 1, bool)
    flags[wanted] = True
    result: NDArray[np.bool_] = flags[numbers]
    return result
