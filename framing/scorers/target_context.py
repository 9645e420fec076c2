"""Evidence about single targets: the words that rules find, and, discounted by distance, those around them.

Around a target is said less of it than by the words that rules connect to it, and still something: valued words of its
clause count half, those of its sentence a quarter, those of the sentences before and after an eighth. The powers of a
half are set, not learnt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray
from framing.scorers.joins import pairs
from framing.scorers.targets import Targets, find_targets
from framing.scorers.toward_rules import RULES, find_evidence
from framing.scorers.valued_words import Words

CONTEXTS = ("clause", "sentence", "next_sentence")
CATEGORIES = (*RULES, *CONTEXTS)
DISCOUNT = np.array([1.0] * len(RULES) + [0.5, 0.25, 0.125])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Valued words about and around targets, in order of target and text.

    Attributes
    ----------
    target
        Number of the target.
    first, last
        Tokens of the word.
    category
        Index into :data:`CATEGORIES`.
    value
        In [-1, 1], not yet discounted.
    """

    target: IntArray
    first: IntArray
    last: IntArray
    category: NDArray[np.uint8]
    value: FloatArray

    def sums(self, count: int) -> FloatArray:
        """Sum of the discounted values of each target, shape ``(count,)``."""
        return np.bincount(self.target, self.value * DISCOUNT[self.category], count).astype(np.float64)


def surroundings(d: Documents, first: IntArray, last: IntArray, words: Words) -> tuple[Surroundings, Targets]:
    """Words about and around each span of tokens.

    Parameters
    ----------
    d, words
        Parsed texts and the valued words in them.
    first, last
        Shape ``(n,)``: first token and the token after the last of each target.
    """
    targets = find_targets(d, first, last)
    evidence = find_evidence(d, targets, words)
    sentence = d.tokens.sentence
    of_target, of_word = sentence[first].astype(np.int64), sentence[words.first].astype(np.int64)
    segment = d.tokens.segment
    target, at, end = [evidence.target], [evidence.first], [evidence.last]
    category, value = [evidence.rule], [evidence.value]
    steps = [(d.clauses.of_token[first].astype(np.int64), words.clause.astype(np.int64), 0), (of_target, of_word, 1)]
    steps += [(of_target + shift, of_word, 2) for shift in (-1, 1)]
    for left, right, number in steps:
        i, j = pairs(left, right)
        same = segment[words.first[j]] == segment[first[i]]
        i, j = i[same], j[same]
        target.append(i.astype(np.int32))
        at.append(words.first[j])
        end.append(words.last[j])
        category.append(np.full(len(i), len(RULES) + number, np.uint8))
        value.append(words.value[j])
    whose, begin, kind = np.concatenate(target), np.concatenate(at), np.concatenate(category)
    order = np.lexsort((kind, begin, whose))
    new = np.ones(len(order), bool)
    new[1:] = (whose[order][1:] != whose[order][:-1]) | (begin[order][1:] != begin[order][:-1])
    keep = order[new]
    return Surroundings(
        whose[keep], begin[keep], np.concatenate(end)[keep], kind[keep], np.concatenate(value)[keep]
    ), targets  # fmt: skip
