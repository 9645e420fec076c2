"""Runs of words as numbers: what two texts share word by word is found by comparing sets of them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# odd, so that multiplying loses nothing
_BASE = np.uint64(0x9E3779B97F4A7C15)


def run_hashes(words: Sequence[str], size: int, known: dict[str, int]) -> NDArray[np.uint64]:
    """Hashes of the runs of `size` words, in order, the same in every process; empty where there are fewer words.

    Parameters
    ----------
    words
        Words in order, as they shall be compared.
    size
        Words in a run.
    known
        Number of each word seen so far, filled on the way; to be shared by the texts that are compared.

    Examples
    --------
    >>> known: dict[str, int] = {}
    >>> a, b = (run_hashes(text.split(), 2, known) for text in ("ein roter Faden", "der roter Faden"))
    >>> (a == b).tolist()
    [False, True]
    """
    ids = np.empty(len(words), np.uint64)
    for n, word in enumerate(words):
        number = known.get(word)
        if number is None:
            number = known[word] = zlib.crc32(word.encode("utf-8", "replace"))
        ids[n] = number
    mixed = np.zeros(max(len(ids) - size + 1, 0), np.uint64)
    for at in range(size):
        # multiply and add in 64 bits, a polynomial hash
        mixed = mixed * _BASE + ids[at : at + len(mixed)] + np.uint64(1)
    return mixed
