"""Words that carry a value, whatever they are about: valence hits and loaded terms with a direction, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.language.documents import Documents
from framing.language.morphology import TAG_ID
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray, Hits
from framing.scorers.sentiment import NEGATION_FACTOR

_META = ("scare_quote", "distancing", "doubting_cue")
# a loaded term counts by its strength, of which 3 is full; dramatising and euphemistic words judge no one
_DIRECTION = {"pejorative": -1 / 3, "glorifying": 1 / 3}
_NAME = TAG_ID["NE"]


@dataclass(frozen=True, slots=True)
class Words:
    """Valued words of parsed texts, in text order.

    Attributes
    ----------
    first, last
        First token and the token after the last.
    value
        In [-1, 1], negation and shifters in it.
    phrase, clause
        Of the first token, or of the last where the first is in no noun phrase; -1 outside.
    loaded
        Whether it is a loaded term.
    """

    first: IntArray
    last: IntArray
    value: FloatArray
    phrase: IntArray
    clause: IntArray
    loaded: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.first)


def valued_words(d: Documents, sentiment: Hits, loaded: Hits) -> Words:
    """Hits of both scorers as valued words; of two on one token the loaded term counts, by the higher of both values.

    Parameters
    ----------
    d
        Parsed texts.
    sentiment, loaded
        Hits of the sentiment scorer and of the loaded terms in them.
    """
    strength = _strengths()
    worth = np.array(
        [0.0 if c in _META else strength.get(term, 0.0) for term, c in zip(loaded.term, loaded.category, strict=True)],
        np.float64,
    )
    use = worth != 0
    first, last, worth = loaded.first[use], loaded.last[use], worth[use]
    worth = np.where(d.negation.negated[first], worth * NEGATION_FACTOR, worth)
    # where both agree in which way, a weak loaded term is worth what the sentiment lexicon gives the word
    valence = np.zeros(d.n_tokens)
    valence[sentiment.first] = sentiment.value
    worth = np.where(valence[first] * worth > worth**2, valence[first], worth)
    taken = np.zeros(d.n_tokens, bool)
    taken[first] = True
    # a name is no word ("Glück", "Krieg" as surnames)
    free = ~taken[sentiment.first] & (d.tag[sentiment.first] != _NAME)
    first = np.concatenate([first, sentiment.first[free]]).astype(np.int32)
    last = np.concatenate([last, sentiment.last[free]]).astype(np.int32)
    value = np.concatenate([worth, sentiment.value[free]])
    is_loaded = np.arange(len(first)) < len(worth)
    order = np.argsort(first, kind="stable")
    first, last = first[order], last[order]
    # "unter Druck stehen": the phrase is that of the noun
    phrase = d.phrases.of_token[first]
    phrase = np.where(phrase >= 0, phrase, d.phrases.of_token[last - 1]).astype(np.int32)
    return Words(first, last, value[order], phrase, d.clauses.of_token[first], is_loaded[order])


@lru_cache(maxsize=1)
def _strengths() -> dict[str, float]:
    return {
        row["term"]: _DIRECTION[row["direction"]] * int(row["strength"] or 1)
        for row in lexicons.load("loaded_terms").rows
        if row["direction"] in _DIRECTION
    }
