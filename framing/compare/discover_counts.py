"""What `discover` counts in one pass over a corpus: words by article, in scare quotes, with places to show."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.compare._types import BoolArray, IntArray
from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.gazetteer import PREFIX
from framing.language.morphology import tag_mask
from framing.language.vectors import ContentWords, content_words
from framing.language.vocabulary import Vocabulary, shared_vocabulary

BATCH = 100
EXAMPLES = 3
# a longer stretch in quotation marks is a quotation rather than a word held at arm's length
_SCARE_WORDS = 3
_WORDS = tag_mask("NN", "NNA", "ADJ(A)", "ADJ(D)", "VV(FIN)", "VV(INF)", "VV(PP)", "VV(IZU)", "TRUNC", "NE", "FM")
_csr: Any = sparse.csr_array
Place = tuple[int, int, int]


@dataclass
class Counts:
    """Words of a corpus.

    Attributes
    ----------
    vocabulary
        Names of the lemmas.
    matrix
        Shape ``(articles, lemmas)``: how often an article has a lemma; all lemmas, so that sums are sizes.
    scare
        The same, in scare quotes of at most three words.
    named
        Shape ``(lemmas,)``: how often the lemma is part of a person's, place's or organisation's name.
    content
        Content words by sentence, for the word vectors.
    first
        Shape ``(places, 4)``: lemma, article, start and end of the first place of a noun, verb or adjective in each
        article, in text order.
    """

    vocabulary: Vocabulary
    matrix: Any
    scare: Any
    named: IntArray
    content: ContentWords
    first: IntArray = field(repr=False)

    def used(self, articles: BoolArray) -> BoolArray:
        """Shape ``(lemmas,)``: whether some articles have the lemma as a noun, verb or adjective."""
        result = np.zeros(self.matrix.shape[1], bool)
        result[self.first[articles[self.first[:, 1]], 0]] = True
        return result

    def places(self, lemmas: Sequence[int], outlets: Sequence[int], outlet_of: IntArray) -> list[list[Place]]:
        """For each pair of lemma and outlet the first places in different articles of the outlet."""
        wanted = {pair: i for i, pair in enumerate(zip(lemmas, outlets, strict=True))}
        result: list[list[Place]] = [[] for _ in wanted]
        near = self.first[np.isin(self.first[:, 0], np.asarray(lemmas))]
        for lemma, article, start, end in near.tolist():
            i = wanted.get((lemma, int(outlet_of[article])), -1)
            if i >= 0 and len(result[i]) < EXAMPLES:
                result[i].append((article, start, end))
        return result


def joined(texts: pd.DataFrame, start: int, stop: int) -> list[str]:
    """Title and text of some articles, each as one text; strings of a whole corpus take much memory."""
    rows = texts.iloc[start:stop]
    return [f"{title}\n\n{text}" for title, text in zip(rows["title"].tolist(), rows["text"].tolist(), strict=True)]


def count(texts: pd.DataFrame, progress: bool | None = None) -> Counts:
    """Count the words of a corpus.

    Parameters
    ----------
    texts
        One row per article, with ``title`` and ``text``.
    progress
        Show a progress bar; by default on a terminal.
    """
    cells: list[Any] = []
    scare_cells: list[Any] = []
    named: list[Any] = []
    content: list[ContentWords] = []
    first: list[Any] = []
    sentences = 0
    vocabulary = shared_vocabulary()
    for base, d in _parsed(texts, vocabulary, progress):
        article = d.tokens.segment + base
        word = _WORDS[d.tag] & ((d.flags & v.WORD) > 0)
        cells.append(_cells(article, d.lemma))
        at = np.flatnonzero(word & _short_scare(d))
        scare_cells.append(_cells(article[at], d.lemma[at]))
        named.append(d.lemma[_in_name(d)])
        first.append(_first_places(d, base, word))
        words = content_words(d)
        content.append(ContentWords(words.lemma, words.sentence + sentences, words.names))
        sentences += int(d.tokens.sentence[-1]) + 1 if d.n_tokens else 0
    size = len(vocabulary.lemmas)
    return Counts(
        vocabulary,
        _matrix(cells, len(texts), size),
        _matrix(scare_cells, len(texts), size),
        np.bincount(np.concatenate(named), minlength=size),
        ContentWords(
            np.concatenate([c.lemma for c in content]), np.concatenate([c.sentence for c in content]), vocabulary.lemmas
        ),
        np.concatenate(first),
    )


def _parsed(texts: pd.DataFrame, vocabulary: Vocabulary, progress: bool | None) -> Iterator[tuple[int, Documents]]:
    from tqdm import tqdm

    show = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(texts), unit=" articles", desc="reading words", disable=not show, delay=0.5) as bar:
        for base in range(0, len(texts), BATCH):
            batch = joined(texts, base, base + BATCH)
            yield base, Documents(batch, vocabulary)
            bar.update(len(batch))


def _cells(article: NDArray[np.integer], lemma: NDArray[np.integer]) -> Any:
    """Article, lemma and count of each pair, shape ``(3, pairs)``."""
    pair, times = np.unique(article.astype(np.int64) << 32 | lemma, return_counts=True)
    return np.stack([pair >> 32, pair & 0xFFFFFFFF, times]).astype(np.int32)


def _matrix(cells: list[Any], articles: int, lemmas: int) -> Any:
    row, column, times = np.concatenate(cells, axis=1)
    return _csr((times, (row, column)), shape=(articles, lemmas))


def _short_scare(d: Documents) -> BoolArray:
    number = d.scare
    if not len(number) or number.max() < 0:
        return np.zeros(len(number), bool)
    is_word = (d.flags & v.WORD) > 0
    length = np.bincount(number[(number >= 0) & is_word], minlength=int(number.max()) + 1)
    short: BoolArray = (number >= 0) & (length[np.maximum(number, 0)] <= _SCARE_WORDS)
    return short


def _in_name(d: Documents) -> BoolArray:
    """Tokens of names; ``Merkel-Regime`` begins with one but is a word of its own."""
    inside = np.zeros(d.n_tokens, bool)
    for name in d.name_list:
        if name.kind != PREFIX and "-" not in d.vocabulary.strings[d.tokens.type[name.first]]:
            inside[name.first : name.last] = True
    return inside


def _first_places(d: Documents, base: int, word: BoolArray) -> IntArray:
    """Lemma, article, start and end of the first place of each word in each article, in text order."""
    t, at = d.tokens, np.flatnonzero(word)
    _, first = np.unique(t.segment[at].astype(np.int64) << 32 | d.lemma[at], return_index=True)
    at = at[np.sort(first)]
    places: IntArray = np.column_stack([d.lemma[at], t.segment[at] + base, t.start[at], t.end[at]]).astype(np.int32)
    return places
