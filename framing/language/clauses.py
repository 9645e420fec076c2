"""Clauses of a sentence, their verbs, and what is negated in them.

A sentence is cut at punctuation and at ``und``, ``oder``, ``aber`` and the like; a stretch without a finite verb or
an infinitive with ``zu`` is no clause and is given back to the clause it belongs to. A main clause that a
subordinate clause interrupts keeps one number on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.vocabulary import IntArray, Vocabulary

_KON = tag_mask("KON")
_SUBORDINATOR = tag_mask("KOUS", "KOUI", "PRELS", "PRELAT", "PWAV", "PWS", "PWAT")
_INFINITIVE = tag_mask("VV(INF)", "VA(INF)", "VM(INF)")
_IZU = tag_mask("VV(IZU)")
_VERB = tag_mask("VV*")
_ANY_VERB = tag_mask("VERB", "AUX")
_PARTICIPLE = tag_mask("VV(PP)")
_PARTICLE = TAG_ID["PTKVZ"]
_PTKZU = TAG_ID["PTKZU"]


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses of parsed texts.

    Attributes
    ----------
    of_token
        Shape ``(tokens,)``: clause number over all texts.
    verb
        Token of the verb that carries the meaning (participle or infinitive before auxiliary), -1 without one.
    finite
        Token of the finite verb, -1 without one.
    particle
        Token of a separated particle (``griff … an``), -1 without one.
    passive
        Whether it is a passive with ``werden``.
    subordinate
        Whether a conjunction or a relative pronoun opens it.
    """

    of_token: IntArray
    verb: IntArray
    finite: IntArray
    particle: IntArray
    passive: NDArray[np.bool_]
    subordinate: NDArray[np.bool_]


def find_clauses(
    tags: NDArray[np.uint8], types: IntArray, lemmas: IntArray, sentence: IntArray, vocabulary: Vocabulary
) -> Clauses:
    """Clauses from tags; see :class:`Clauses`."""
    n = len(tags)
    if n == 0:
        empty = np.zeros(0, np.int32)
        return Clauses(empty, empty, empty, empty, np.zeros(0, bool), np.zeros(0, bool))
    flags = vocabulary.flags[types]
    punct = ((flags & v.PUNCT) > 0) & ((flags & v.QUOTE) == 0)
    stretch = _stretches(tags, flags, sentence, punct)
    clause_of_stretch = _merge(tags, sentence, stretch, punct)
    of_token = clause_of_stretch[stretch]
    # number anew without gaps, in order of first appearance
    _, first, inverse = np.unique(of_token, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first))
    of_token = rank[inverse].astype(np.int32)
    return _describe(tags, types, lemmas, of_token, len(first), vocabulary)


def _stretches(tags: NDArray[np.uint8], flags: IntArray, sentence: IntArray, punct: NDArray[np.bool_]) -> IntArray:
    n = len(tags)
    starts = np.ones(n, bool)
    starts[1:] = sentence[1:] != sentence[:-1]
    comma_like = punct & ((flags & (v.COMMA | v.SEMICOLON | v.COLON | v.DASH | v.BRACKET_OPEN | v.BRACKET_CLOSE)) > 0)
    starts[1:] |= comma_like[:-1]
    starts |= (flags & v.BRACKET_OPEN) > 0
    starts |= _KON[tags]
    stretch: IntArray = (np.cumsum(starts) - 1).astype(np.int32)
    return stretch


def _merge(tags: NDArray[np.uint8], sentence: IntArray, stretch: IntArray, punct: NDArray[np.bool_]) -> IntArray:
    """Clause number of each stretch: stretches without a verb of their own join a neighbour."""
    count = int(stretch[-1]) + 1
    first = np.searchsorted(stretch, np.arange(count))
    words = ~punct
    zu_infinitive = np.zeros(len(tags), bool)
    zu_infinitive[1:] = (tags[:-1] == _PTKZU) & _INFINITIVE[tags[1:]]
    own_verb = FINITE[tags] | zu_infinitive | _IZU[tags]
    has_verb = np.bincount(stretch, weights=own_verb, minlength=count) > 0
    # first word of each stretch, and whether it opens a subordinate clause (maybe behind a preposition or "und")
    is_word = np.flatnonzero(words & ~_KON[tags])
    position = np.searchsorted(is_word, first)
    position = np.minimum(position, len(is_word) - 1) if len(is_word) else np.zeros(count, int)
    first_word = is_word[position] if len(is_word) else first
    inside = stretch[first_word] == np.arange(count)
    opener = _SUBORDINATOR[tags[first_word]] & inside
    after = np.minimum(first_word + 1, len(tags) - 1)
    opener |= (
        inside
        & (tag_mask("APPR", "ADV")[tags[first_word]])
        & _SUBORDINATOR[tags[after]]
        & (stretch[after] == np.arange(count))
    )
    verb_first = FINITE[tags[first_word]] & inside
    of_sentence = sentence[first]
    target = np.arange(count)
    single = np.ones(count, bool)
    single[1:] &= of_sentence[1:] != of_sentence[:-1]
    single[:-1] &= of_sentence[1:] != of_sentence[:-1]
    busy = np.flatnonzero(~single)
    # "Übungen mit Russland und China abzuhalten": "und" joins nouns, the verb of both stretches comes behind
    joins = np.zeros(count, bool)
    joins[:-1] = _KON[tags[first[1:]]] & has_verb[1:] & ~verb_first[1:] & ~opener[1:] & ~has_verb[:-1]
    joins[:-1] &= of_sentence[1:] == of_sentence[:-1]
    verbs, opens, sents, joining = has_verb.tolist(), opener.tolist(), of_sentence.tolist(), joins.tolist()
    waiting = -1  # a stretch that still looks for the verb of its clause
    last_main = -1
    previous_sentence = -1
    result = target.tolist()
    for s in busy.tolist():
        if sents[s] != previous_sentence:
            previous_sentence, waiting, last_main = sents[s], -1, -1
        if verbs[s]:
            if opens[s]:
                pass
            elif waiting >= 0:
                # "Der Mann, der kam, ist weg"; "Peskow, Sprecher des Kremls, sagte"
                result[s] = result[waiting]
                waiting = -1
                last_main = s
            else:
                last_main = s
        elif joining[s]:
            waiting = s if waiting < 0 else waiting
            result[s] = result[waiting]
        elif waiting >= 0 and not (last_main >= 0):
            result[s] = result[waiting]
        else:
            before = s - 1
            if before >= 0 and sents[before] == sents[s] and (verbs[before] or waiting < 0):
                result[s] = result[before]
            elif waiting >= 0:
                result[s] = result[waiting]
            else:
                waiting = s
    # whatever still waits at the end of its sentence joins the clause that follows it, if any
    return np.array(result, np.int32)


def _describe(
    tags: NDArray[np.uint8],
    types: IntArray,
    lemmas: IntArray,
    of_token: IntArray,
    count: int,
    vocabulary: Vocabulary,
) -> Clauses:
    n = len(tags)
    positions = np.arange(n)

    def last(mask: NDArray[np.bool_]) -> IntArray:
        at = positions[mask]
        out = np.full(count, -1, np.int32)
        np.maximum.at(out, of_token[at], at)
        return out

    finite_at = positions[FINITE[tags]]
    finite = np.full(count, n, np.int32)
    np.minimum.at(finite, of_token[finite_at], finite_at)
    finite[finite == n] = -1
    full = last(_VERB[tags])
    any_verb = last(_ANY_VERB[tags])
    participle = last(_PARTICIPLE[tags])
    verb = np.where(full >= 0, full, any_verb).astype(np.int32)
    # "hat angegriffen", "wird angreifen": the last full verb carries the meaning
    particle = last(tags == _PARTICLE)
    werden = vocabulary.lemma_id("werden")
    is_werden = (lemmas == werden) & _ANY_VERB[tags]
    werden_count = np.bincount(of_token[is_werden], minlength=count) > 0
    passive = werden_count & (participle >= 0) & (participle == verb)
    # "wird getötet worden sein", "worden" alone also counts as werden; "werden ... müssen" has no participle last
    subordinate = np.zeros(count, bool)
    first = np.full(count, n, np.int32)
    words = np.flatnonzero((vocabulary.flags[types] & v.PUNCT) == 0)
    np.minimum.at(first, of_token[words], words)
    ok = first < n
    safe = np.minimum(first, n - 1)
    after = np.minimum(safe + 1, n - 1)
    subordinate[ok] = (_SUBORDINATOR[tags[safe]] | ((tags[safe] == TAG_ID["APPR"]) & _SUBORDINATOR[tags[after]]))[ok]
    return Clauses(of_token, verb, finite, particle, passive, subordinate)
