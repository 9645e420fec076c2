"""Noun phrases: runs of determiner, adjectives and nouns, with the case they can stand in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.nominal import ALL, CASE_MASK, case_mask
from framing.language.vocabulary import IntArray, Vocabulary

_DETERMINER = tag_mask("ART", "PDAT", "PIAT", "PPOSAT", "PWAT", "PRELAT")
_INSIDE = tag_mask("ADJ(A)", "CARD", "TRUNC", "NN", "NE", "NNA", "NNI", "FM", "XY") | _DETERMINER
_NOUNS = tag_mask("NN", "NE", "NNA", "NNI", "FM", "XY")
_PRONOUN = tag_mask("PPER", "PDS", "PIS", "PRELS", "PWS", "PRF", "PPOSS")
_PREPOSITION = tag_mask("APPR", "APPRART")
_NAME = TAG_ID["NE"]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Noun phrases of parsed texts, one entry each, in text order.

    Attributes
    ----------
    start, end
        First token and the token after the last.
    head
        The token that names the thing: the last noun before a name, else the last nominal word.
    cases
        16-bit mask of :mod:`framing.language.nominal`.
    preposition
        Token of the governing preposition, -1 without.
    genitive_of
        Index of the phrase that this one qualifies as a genitive (``des Ministeriums``), -1 if none.
    pronoun
        Whether it is a pronoun.
    of_token
        Shape ``(tokens,)``: index of the phrase that a token is in, -1 outside.
    """

    start: IntArray
    end: IntArray
    head: IntArray
    cases: NDArray[np.uint16]
    preposition: IntArray
    genitive_of: IntArray
    pronoun: NDArray[np.bool_]
    of_token: IntArray


def find_phrases(
    tags: NDArray[np.uint8], types: IntArray, lemmas: IntArray, sentence: IntArray, vocabulary: Vocabulary
) -> Phrases:
    """Noun phrases from tags; see :class:`Phrases`."""
    n = len(tags)
    inside = _INSIDE[tags]
    pronoun = _PRONOUN[tags]
    noun = _NOUNS[tags]
    determiner = _DETERMINER[tags]
    flags = vocabulary.flags[types]
    inside = inside & ((flags & v.PUNCT) == 0)
    begin = inside | pronoun
    before = np.zeros(n, bool)
    before[1:] = inside[:-1] & (sentence[1:] == sentence[:-1])
    noun_before = np.zeros(n, bool)
    noun_before[1:] = noun[:-1]
    adjective = tags == TAG_ID["ADJ(A)"]
    # a new phrase starts at a determiner, at an adjective behind a noun, at every pronoun
    starts = pronoun | (inside & (~before | determiner | ((adjective | (tags == TAG_ID["CARD"])) & noun_before)))
    # "all diese", "die beiden": a determiner right after a determiner goes on
    det_before = np.zeros(n, bool)
    det_before[1:] = determiner[:-1]
    starts &= ~(determiner & det_before & before)
    number = np.cumsum(starts) - 1
    of_token = np.where(begin, number, -1).astype(np.int32)
    start = np.flatnonzero(starts).astype(np.int32)
    m = len(start)
    if m == 0:
        empty = np.zeros(0, np.int32)
        return Phrases(empty, empty, empty, np.zeros(0, np.uint16), empty, empty, np.zeros(0, bool), of_token)
    member = np.flatnonzero(begin)
    owner = of_token[member]
    end = np.zeros(m, np.int32)
    np.maximum.at(end, owner, member + 1)
    # masks of all words, by (type, tag) pair
    masks = _masks(types[member], tags[member], lemmas[member], vocabulary)
    # names inside a phrase with a determiner say nothing more of its case
    silent = (tags[member] == _NAME) & (tags[start][owner] != _NAME)
    masks = np.where(silent, np.uint16(ALL), masks)
    boundaries = np.searchsorted(owner, np.arange(m))
    cases = np.bitwise_and.reduceat(masks, boundaries)
    fallback = masks[boundaries]
    cases = np.where(cases == 0, fallback, cases).astype(np.uint16)
    # head: last noun that no name follows directly, else last member
    head = end - 1
    common = noun & (tags != _NAME) & (tags != TAG_ID["XY"])
    common_at = np.flatnonzero(common & begin)
    last_common = np.full(m, -1, np.int32)
    np.maximum.at(last_common, of_token[common_at], common_at)
    head = np.where(last_common >= 0, last_common, head).astype(np.int32)
    preposition = np.full(m, -1, np.int32)
    previous = start - 1
    # an adverb may stand between ("mit rund 30 Menschen", "in fast allen Ländern")
    for back in (1, 2):
        at = np.maximum(start - back, 0)
        same = (start - back >= 0) & (sentence[at] == sentence[start])
        ok = same & _PREPOSITION[tags[at]] & (preposition < 0)
        if back == 2:
            ok &= tags[np.maximum(previous, 0)] == TAG_ID["ADV"]
        preposition[ok] = at[ok]
    start, preposition, cases = _noble_names(start, head, preposition, cases, types, vocabulary)
    genitive_of = np.full(m, -1, np.int32)
    adjacent = np.zeros(m, bool)
    adjacent[1:] = (end[:-1] == start[1:]) & (sentence[start[1:]] == sentence[start[:-1]]) & ~pronoun[start[:-1]]
    gen_possible = (cases & np.uint16(CASE_MASK["gen"])) > 0
    det_first = determiner[start] | (tags[start] == TAG_ID["ADJ(A)"])
    name_first = tags[start] == _NAME
    only_genitive = (cases & np.uint16(~CASE_MASK["gen"] & 0xFFFF)) == 0
    noun_last_before = np.zeros(m, bool)
    noun_last_before[1:] = noun[end[:-1] - 1]
    attach = adjacent & gen_possible & (det_first | (name_first & only_genitive)) & noun_last_before & ~pronoun[start]
    genitive_of[attach] = np.flatnonzero(attach) - 1
    return Phrases(start, end, head, cases, preposition, genitive_of, pronoun[start], of_token)


def _noble_names(
    start: IntArray,
    head: IntArray,
    preposition: IntArray,
    cases: NDArray[np.uint16],
    types: IntArray,
    vocabulary: Vocabulary,
) -> tuple[IntArray, IntArray, NDArray[np.uint16]]:
    """Surnames that begin with ``von der`` or ``van der`` are no prepositional phrases."""
    surname = vocabulary.table("noble surnames", np.bool_, lambda new: [w in _NOBLE for w in new])
    particle = vocabulary.table("noble particles", np.bool_, lambda new: [w.lower() in ("von", "van") for w in new])
    noble = (preposition >= 0) & surname[types[head]] & particle[types[np.maximum(preposition, 0)]]
    return (
        np.where(noble, preposition, start).astype(np.int32),
        np.where(noble, -1, preposition).astype(np.int32),
        np.where(noble, np.uint16(ALL), cases).astype(np.uint16),
    )


# Of persons in the news who are often named without their given name.
_NOBLE = frozenset("Leyen Leyens Bellen Bellens Burg Groeben Marwitz Schulenburg Heydt Decken".split())


def _masks(types: IntArray, tags: NDArray[np.uint8], lemmas: IntArray, vocabulary: Vocabulary) -> NDArray[np.uint16]:
    keys = types.astype(np.int64) * 64 + tags
    unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    table = vocabulary.case_masks
    strings, names = vocabulary.strings, vocabulary.lemmas
    values = np.empty(len(unique), np.uint16)
    for i, (key, at) in enumerate(zip(unique.tolist(), first.tolist(), strict=True)):
        mask = table.get(key)
        if mask is None:
            mask = table[key] = case_mask(strings[key >> 6], key & 63, names[lemmas[at]])
        values[i] = mask
    return values[inverse]
