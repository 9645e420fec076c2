"""What a trained sentiment model sees of a text: features of its content words, each of one token.

Every feature belongs to one token, so that a linear model's score is a sum over tokens. A text's row is the sum over its
tokens divided by the root of their number: long texts weigh more, but not in proportion.

=============== =====================================================================================================
``word:``       lemma of the token
``not:``        the same where the token is negated by its clause
``pair:``       lemmas of the content word before (in its sentence) and of the token
``part:``       three to five letters of the lemma, so that compounds and unseen words tell something
``lexicon:``    value of the token in the lexicon sentiment, negation and shifters in it, positive and negative apart; and 1
                where it is strong, beyond ±0.5
``loaded:``     strength of a loaded term that begins at the token, by its category
=============== =====================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.morphology import CONTENT
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray
from framing.scorers.loaded_terms import LoadedTerms
from framing.scorers.sentiment import LexiconSentiment

_PART_LENGTHS = (3, 4, 5)
_LONGEST = 40
# How much the kinds count beside words before training; set by cross-validation on labelled headlines, flat around them.
LEXICON_SCALE, PART_SCALE = 3.0, 0.3
STRONG = 0.5


@dataclass(frozen=True)
class Tokens:
    """The tokens of a parse that features are made of.

    Attributes
    ----------
    at
        Positions of the tokens in the parse.
    features
        Sparse, tokens by features, columns as the ``names`` that were asked for.
    """

    at: IntArray
    features: sparse.csr_matrix


def counted(d: Documents) -> IntArray:
    """Positions of the content words and of everything that has a feature of its own."""
    return np.flatnonzero(CONTENT[d.tag] & ((d.flags & v.WORD) > 0)).astype(np.int32)


def token_features(d: Documents, index: dict[str, int], *, grow: bool = False) -> Tokens:
    """Features of each counted token.

    Parameters
    ----------
    d
        Parsed texts.
    index
        Feature name to column.
    grow
        Add new names to ``index`` instead of leaving them out.
    """
    at = counted(d)
    rows: list[NDArray[np.intp]] = []
    columns: list[IntArray] = []
    values: list[FloatArray] = []

    def add(which: NDArray[np.intp], names: Iterable[str], value: FloatArray | float = 1.0) -> None:
        numbers = np.array([index.setdefault(n, len(index)) if grow else index.get(n, -1) for n in names], np.int32)
        known = numbers >= 0
        rows.append(which[known])
        columns.append(numbers[known])
        values.append(np.broadcast_to(np.asarray(value, np.float64), numbers.shape)[known])

    lemma, names = d.lemma[at], d.vocabulary.lemmas
    words, which_word = np.unique(lemma, return_inverse=True)
    # what depends on the word alone is looked up once per word
    spelled = [names[k] for k in words.tolist()]
    everyone = np.arange(len(at))
    add(everyone, (f"word:{spelled[k]}" for k in which_word.tolist()))
    negated = np.flatnonzero(d.negation.negated[at])
    add(negated, (f"not:{spelled[k]}" for k in which_word[negated].tolist()))
    sentence = d.tokens.sentence[at]
    second = np.flatnonzero(sentence[1:] == sentence[:-1]) + 1
    pairs = zip(which_word[second - 1].tolist(), which_word[second].tolist(), strict=True)
    add(second, (f"pair:{spelled[a]} {spelled[b]}" for a, b in pairs))
    parts = [word_parts(w) for w in spelled]
    sizes = np.array([len(p) for p in parts], np.int64)[which_word]
    of_token = np.repeat(everyone, sizes)
    add(of_token, (f"part:{p}" for k in which_word.tolist() for p in parts[k]), np.repeat(part_value(sizes), sizes))
    for prefix, found in known_terms(d, at):
        for which, name, value in found:
            add(which, [prefix + n for n in name], value)
    shape = (len(at), max(len(index), 1))
    cells = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return Tokens(at, sparse.csr_matrix(cells, shape=shape))


def known_terms(
    d: Documents, at: IntArray
) -> Iterator[tuple[str, list[tuple[NDArray[np.intp], list[str], FloatArray]]]]:
    """What the lexicon sentiment and the loaded terms say of the tokens at the positions ``at``.

    Yields
    ------
    prefix, found
        Prefix of the features, and for each kind of them the tokens (index into ``at``), names and values.
    """
    position = np.full(d.n_tokens, -1, np.int64)
    position[at] = np.arange(len(at))
    hits = LexiconSentiment().hits(d)
    where = position[hits.first]
    inside = (where >= 0) & (hits.value != 0)
    where, value = where[inside], hits.value[inside]
    sign = np.where(value > 0, "positive", "negative")
    strong = np.abs(value) >= STRONG
    strong_names = [f"strong {x}" for x in sign[strong].tolist()]
    yield (
        "lexicon:",
        [
            (where, sign.tolist(), LEXICON_SCALE * np.abs(value)),
            (where[strong], strong_names, np.full(len(strong_names), LEXICON_SCALE)),
        ],
    )
    loaded = LoadedTerms().hits(d)
    where = position[loaded.first]
    inside = (where >= 0) & (loaded.value != 0)
    categories = [c for c, take in zip(loaded.category, inside.tolist(), strict=True) if take]
    yield "loaded:", [(where[inside], categories, np.abs(loaded.value[inside]))]


def word_parts(lemma: str) -> list[str]:
    """Three to five letters in a row of a lemma with its borders.

    >>> word_parts("Not")
    ['<no', 'not', 'ot>', '<not', 'not>', '<not>']
    """
    word = f"<{lemma.lower()[:_LONGEST]}>"
    return [word[i : i + n] for n in _PART_LENGTHS for i in range(len(word) - n + 1)]


def part_value(number: NDArray[np.int64]) -> FloatArray:
    """Value of each part of words that have so many: the parts of a word weigh less than the word."""
    value: FloatArray = PART_SCALE / np.sqrt(np.maximum(number, 1))
    return value


def text_features(tokens: Tokens, group: IntArray, count: int) -> sparse.csr_matrix:
    """Rows of groups: sum over their tokens divided by the root of their number.

    Parameters
    ----------
    tokens
        See :func:`token_features`.
    group
        Group of each token in ``tokens``.
    count
        Number of groups.
    """
    size = np.bincount(group, minlength=count)
    weight = 1 / np.sqrt(np.maximum(size, 1))
    gather = sparse.csr_matrix((weight[group], (group, np.arange(len(group)))), shape=(count, len(group)))
    return (gather @ tokens.features).tocsr()


def often(rows: sparse.csr_matrix, names: Sequence[str], min_texts: int) -> NDArray[np.intp]:
    """Columns that occur in at least so many texts, in order of their names."""
    texts = np.diff(rows.tocsc().indptr)
    return np.array(sorted(np.flatnonzero(texts >= min_texts).tolist(), key=lambda k: names[k]), np.intp)
