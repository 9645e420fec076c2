"""Counts of words per article, for keyness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.feature_extraction.text import CountVectorizer

WORD = r"[^\W\d_](?:[^\W\d_]|-(?=[^\W\d_]))*"


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
    if not any(any(character.isalpha() for character in text) for text in texts):
        from scipy import sparse

        return sparse.csr_array((len(texts), 0)), []
    counter = CountVectorizer(lowercase=False, token_pattern=WORD)
    matrix = counter.fit_transform(texts)
    return matrix, counter.get_feature_names_out().tolist()
