"""Counts of words per article, for keyness: by arrays, since a large corpus has hundreds of millions of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse
from numpy.typing import NDArray

from framing.compare.terms import TermCounts

# The module has no types.
_sparse: Any = scipy.sparse
_BATCH = 400
_LONGEST = 256
# odd, so that multiplying loses nothing
_MIX = np.uint64(0x9E3779B97F4A7C15)
_HYPHEN = ord("-")


def word_counts(articles: pd.DataFrame, texts: pd.DataFrame, min_articles: int = 2) -> TermCounts:
    """Words of titles and texts as terms for `framing.keyness`, counted without a parse.

    A word written with capitals counts as its small form where that is the more frequent of the two in the corpus, as
    function words at the beginning of a sentence are.

    Parameters
    ----------
    articles
        Columns ``article_id`` and what groups them.
    texts
        ``article_id, title, text`` of all of them.
    min_articles
        Words of fewer articles have no column; they count in the sizes.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    >>> texts = pd.DataFrame({"article_id": ["a", "b"], "title": "", "text": ["Die NATO, die", "die Mini-NATO"]})
    >>> counts = word_counts(articles, texts, min_articles=1)
    >>> counts.terms, counts.matrix.toarray().tolist()
    (['Mini-NATO', 'NATO', 'die'], [[0, 1, 2], [1, 0, 1]])
    """
    matrix, words = count_words(_joined(articles, texts))
    matrix = _folded(matrix, words)
    sizes = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    often = np.flatnonzero(np.bincount(matrix.indices, minlength=len(words)) >= max(1, min_articles))
    return TermCounts(matrix[:, often], [words[i] for i in often.tolist()], articles, sizes, "words")


def _joined(articles: pd.DataFrame, texts: pd.DataFrame) -> Iterator[str]:
    """Title and text of each article, in the order of the articles; a part at a time, since a copy of all takes memory."""
    place = pd.Index(texts["article_id"]).get_indexer(pd.Index(articles["article_id"]))
    for start in range(0, len(place), _BATCH):
        part = texts.iloc[place[start : start + _BATCH]]
        for title, text in zip(part["title"].fillna(""), part["text"].fillna(""), strict=True):
            yield f"{title}\n{text}"


def count_words(texts: Iterable[str]) -> tuple[Any, list[str]]:
    """How often each text has each word, as written; hyphenated words are one word, numbers are none.

    Words are told apart by a 64-bit hash of their characters; two words of one corpus sharing a hash is improbable
    (1e-7 for a million words).

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
    words: list[str] = []
    seen = np.zeros(0, np.uint64)
    codes, batches = [seen], []
    remaining = iter(texts)
    while part := list(islice(remaining, _BATCH)):
        joined = "\n".join(part)
        first, last, code = _words(joined)
        local, unique = pd.factorize(code)
        text = np.searchsorted(np.cumsum([len(one) + 1 for one in part]), first, side="right")
        begin = np.concatenate([[0], np.bincount(text, minlength=len(part)).cumsum()])
        each = np.ones(len(local), np.int32), local.astype(np.int32), begin.astype(np.int32)
        counts = _sparse.csr_array(each, shape=(len(part), len(unique)))
        counts.sum_duplicates()
        batches.append((unique, counts))
        # words that no text before had, each read where it stands first
        at = np.searchsorted(seen, unique)
        new = np.flatnonzero(seen[np.minimum(at, len(seen) - 1)] != unique) if len(seen) else np.arange(len(unique))
        place = np.zeros(len(unique), np.intp)
        place[local[::-1]] = np.arange(len(local))[::-1]
        words += [joined[a:b] for a, b in zip(first[place[new]].tolist(), last[place[new]].tolist(), strict=True)]
        codes.append(unique[new])
        seen = np.sort(np.concatenate([seen, unique[new]]))
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), np.int32)
    rank[order] = np.arange(len(words), dtype=np.int32)
    column = rank[np.argsort(np.concatenate(codes))]
    indices = [column[np.searchsorted(seen, unique)][counts.indices] for unique, counts in batches]
    lengths = np.concatenate([np.zeros(1, np.int64), *(np.diff(counts.indptr) for _, counts in batches)])
    data = np.concatenate([np.zeros(0, np.int32), *(counts.data for _, counts in batches)])
    begin = lengths.cumsum().astype(np.int32 if len(data) < 2**31 else np.int64)
    shape = (len(lengths) - 1, len(words))
    matrix = _sparse.csr_array((data, np.concatenate([np.zeros(0, np.int32), *indices]), begin), shape=shape)
    matrix.sort_indices()
    return matrix, [words[i] for i in order]


def _words(text: str) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.uint64]]:
    """Beginning, end and hash of each run of letters, with hyphens between letters."""
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letter = _letters()[np.minimum(code, 0xFFFF)]
    inside = letter.copy()
    inside[1:-1] |= (code[1:-1] == _HYPHEN) & letter[:-2] & letter[2:]
    edge = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    first, last = edge[::2], edge[1::2]
    if not len(first):
        return first, last, np.zeros(0, np.uint64)
    at, length = np.flatnonzero(inside), last - first
    begin = np.cumsum(length) - length
    place = np.minimum(np.arange(len(at), dtype=np.int32) - np.repeat(begin.astype(np.int32), length), _LONGEST - 1)
    return first, last, np.add.reduceat((code[at].astype(np.uint64) + np.uint64(1)) * _powers()[place], begin)


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.bool_]:
    """Whether a character of the basic plane is a letter: part of a word, but no digit."""
    return np.array([chr(i).isalnum() and not chr(i).isdecimal() for i in range(0xFFFF)] + [False])


@lru_cache(maxsize=1)
def _powers() -> NDArray[np.uint64]:
    powers = np.full(_LONGEST, _MIX)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _folded(matrix: Any, words: list[str]) -> Any:
    """The counts with those of capitalised words added to those of their small form where it is more frequent."""
    total = np.bincount(matrix.indices, matrix.data, len(words))
    place = {word: i for i, word in enumerate(words)}
    target = np.arange(len(words), dtype=np.int32)
    for i, word in enumerate(words):
        small = place.get(word.lower(), i)
        if total[small] > total[i]:
            target[i] = small
    folded = _sparse.csr_array((matrix.data, target[matrix.indices], matrix.indptr), shape=matrix.shape)
    folded.sum_duplicates()
    return folded
