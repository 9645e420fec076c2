"""Counts of words per article, for keyness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import scipy.sparse

# The module has no types.
_sparse: Any = scipy.sparse
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def count_words(texts: Sequence[str]) -> tuple[Any, list[str]]:
    """How often each text has each word, as written; hyphenated words are one word, numbers are none.

    Returns
    -------
    matrix
        Sparse, shape ``(texts, words)``.
    words
        Sorted.

    Examples
    --------
    >>> matrix, words = count_words(["Die Mini-NATO, die NATO", "die 3"])
    >>> words, matrix.toarray().tolist()
    (['Die', 'Mini-NATO', 'NATO', 'die'], [[1, 1, 1, 1], [0, 0, 0, 1]])
    """
    counts = [Counter(_WORD.findall(text)) for text in texts]
    words = sorted(set().union(*counts))
    column = {word: i for i, word in enumerate(words)}
    starts = [0]
    columns: list[int] = []
    values: list[int] = []
    for one in counts:
        columns.extend(column[word] for word in one)
        values.extend(one.values())
        starts.append(len(columns))
    return _sparse.csr_array((values, columns, starts), shape=(len(texts), len(words))), words
