"""What `discover` counts in one pass over a corpus: words by article, in scare quotes, with places to show."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
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
    places
        ``(lemma, outlet)`` to places in different articles: ``(article, start, end)``.
    """

    vocabulary: Vocabulary
    matrix: Any
    scare: Any
    named: IntArray
    content: ContentWords
    places: dict[tuple[int, int], list[Place]] = field(repr=False)


def count(texts: Sequence[str], outlets: IntArray, progress: bool | None = None) -> Counts:
    """Count the words of a corpus.

    Parameters
    ----------
    texts
        One text per article.
    outlets
        Shape ``(articles,)``: number of the outlet of each.
    progress
        Show a progress bar; by default on a terminal.
    """
    cells: list[tuple[Any, Any]] = []
    scare_cells: list[tuple[Any, Any]] = []
    named: list[Any] = []
    content: list[ContentWords] = []
    places: dict[tuple[int, int], list[Place]] = {}
    sentences = 0
    vocabulary = shared_vocabulary()
    for base, d in _parsed(texts, vocabulary, progress):
        article = d.tokens.segment + base
        word = _WORDS[d.tag] & ((d.flags & v.WORD) > 0)
        cells.append((article, d.lemma))
        at = np.flatnonzero(word & _short_scare(d))
        scare_cells.append((article[at], d.lemma[at]))
        named.append(d.lemma[_in_name(d)])
        _keep_places(places, d, base, outlets, word)
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
        places,
    )


def _parsed(texts: Sequence[str], vocabulary: Vocabulary, progress: bool | None) -> Iterator[tuple[int, Documents]]:
    from tqdm import tqdm

    show = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(texts), unit=" articles", desc="reading words", disable=not show, delay=0.5) as bar:
        for base in range(0, len(texts), BATCH):
            batch = list(texts[base : base + BATCH])
            yield base, Documents(batch, vocabulary)
            bar.update(len(batch))


def _matrix(cells: list[tuple[IntArray, IntArray]], articles: int, lemmas: int) -> Any:
    row = np.concatenate([c[0] for c in cells])
    column = np.concatenate([c[1] for c in cells])
    return _csr((np.ones(len(row), np.int32), (row, column)), shape=(articles, lemmas))


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


def _keep_places(
    places: dict[tuple[int, int], list[Place]], d: Documents, base: int, outlets: IntArray, word: BoolArray
) -> None:
    """Note the first places of each word in each outlet, one an article."""
    t, at = d.tokens, np.flatnonzero(word)
    code = t.segment[at].astype(np.int64) << 32 | d.lemma[at]
    _, first = np.unique(code, return_index=True)
    at = at[np.sort(first)]
    article = t.segment[at] + base
    columns = (d.lemma[at], outlets[article], article, t.start[at], t.end[at])
    for lemma, outlet, i, start, end in zip(*(c.tolist() for c in columns), strict=True):
        kept = places.setdefault((lemma, outlet), [])
        if len(kept) < EXAMPLES:
            kept.append((i, start, end))
