"""Negation of words with a value: what the parser finds in the scope of a negation, and what that means.

The scope comes from :mod:`framing.language.negation`. Here: what stands before the negation and is meant by it, what is
in its scope and not meant, and what two negations are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.roles import AGENT
from framing.language.vocabulary import BoolArray, IntArray
from framing.scorers.base import FloatArray

NEGATION_FACTOR = -0.7
NEAR_NEGATION_FACTOR = -0.5
_NOUN = tag_mask("NN", "NNA", "NNI")
_PREDICATIVE = tag_mask("ADJ(D)", "ADV")
_FEW = ("wenige", "weniger")
_NEAR = ("kaum", *_FEW)
_RARELY = ("nirgends", "nirgendwo", "selten", "niemand")
_EXISTENCE = (
    "bestehen", "geben", "existieren", "eintreten", "vorliegen", "gelingen", "entstehen", "auftreten", "stattfinden",
    "zustandekommen", "folgen", "kommen", "herrschen", "drohen", "erfolgen", "ausgehen", "funktionieren", "klappen",
    "greifen", "aufgehen", "halten", "bestätigen", "bewahrheiten", "erfüllen", "währen", "anhalten",
)  # fmt: skip


def negating_words(d: Documents, first: IntArray, last: IntArray, verb: IntArray) -> IntArray:
    """Token of the word that negates each hit, -1 for none.

    Parameters
    ----------
    d
        The parsed texts.
    first, last
        First token of each hit, and the token after its last.
    verb
        Verb whose negation bears on the hit (its own, or one that governs it), -1 for none.
    """
    negation = d.negation
    by = np.where(negation.negated[first] & negation.negated[last - 1], negation.by[first], -1)
    by = np.where((by < 0) & (verb >= 0), negation.by[np.maximum(verb, 0)], by)
    # a phrase that has its negation in it ("kein Problem") is not negated again
    by = np.where((by >= first) & (by < last), -1, by)
    by = np.where(_definite_subject(d, first), -1, by)
    by = np.where(by < 0, _negated_before(d, first), by)
    by = np.where(by < 0, _few(d, first), by)
    result: IntArray = np.where(superlative(d, first, by) | _twice(d, by), -1, by).astype(np.int32)
    return result


def negation_factors(d: Documents, by: IntArray) -> FloatArray:
    """Factor of each hit by the word that negates it, 1 where there is none."""
    near = d.vocabulary.table("near negation", np.bool_, lambda new: [w.lower() in _NEAR for w in new])
    factor = np.where(near[d.tokens.type[np.maximum(by, 0)]], NEAR_NEGATION_FACTOR, NEGATION_FACTOR)
    result: FloatArray = np.where(by >= 0, factor, 1.0)
    return result


def _negated_before(d: Documents, first: IntArray) -> IntArray:
    """The negation behind an indefinite phrase at the head of its clause, or behind the subject of a verb of being.

    ``Eine Einigung gab es nicht``: German negates such a phrase by ``kein``, unless it is moved to the front.
    """
    p, clauses, tags = d.phrases, d.clauses, d.tag
    clause = clauses.of_token[first]
    finite = clauses.finite[clause]
    f = np.maximum(finite, 0)
    verb = clauses.verb[clause]
    by = np.where(verb >= 0, d.negation.by[np.maximum(verb, 0)], -1)
    by = np.where((by < 0) & (finite >= 0), d.negation.by[f], by)
    by = np.where(by > first, by, -1)
    k = p.of_token[first]
    start = p.start[np.maximum(k, 0)] if len(p.start) else np.zeros(len(first), np.int32)
    in_front = (k >= 0) & (finite >= 0) & (first < finite)
    ein = d.vocabulary.lemma_id("ein")
    indefinite = (tags[start] == TAG_ID["ART"]) & (d.lemma[start] == ein)
    bare = (start == first) & _NOUN[tags[first]]
    being = _being(d)[d.lemma[np.maximum(verb, 0)]]
    plain = p.preposition[np.maximum(k, 0)] < 0 if len(p.start) else bare
    fits = in_front & (indefinite | bare | (being & plain))
    result: NDArray[np.int32] = np.where(fits, by, -1).astype(np.int32)
    return result


def _definite_subject(d: Documents, first: IntArray) -> BoolArray:
    """Whether a word is in a definite subject of a verb other than of being: ``keine Schwäche zeigte der Meister``."""
    p, roles = d.phrases, d.role_table
    subject = np.zeros(len(p.start) + 1, bool)
    verb = roles.verb
    of_being = _being(d)[d.lemma[verb]]
    definite = (d.tag[p.start[roles.phrase]] == TAG_ID["ART"]) & (
        d.lemma[p.start[roles.phrase]] == d.vocabulary.lemma_id("der")
    )
    subject[roles.phrase[(roles.role == AGENT) & definite & ~of_being]] = True
    result: BoolArray = subject[p.of_token[first]]
    return result


def _few(d: Documents, first: IntArray) -> IntArray:
    """``Weniger Menschen starben``: what few do is mostly not done; the quantity before the subject of a verb."""
    p, roles = d.phrases, d.role_table
    few = d.vocabulary.table("few", np.bool_, lambda new: [w.lower() in _FEW for w in new])
    start = p.start[roles.phrase]
    fits = (roles.role == AGENT) & few[d.tokens.type[start]] & (d.tag[start] == TAG_ID["PIAT"])
    of_verb = np.full(d.n_tokens, -1, np.int32)
    of_verb[roles.verb[fits]] = start[fits]
    result: IntArray = of_verb[first]
    return result


def _being(d: Documents) -> BoolArray:
    """By lemma: whether it is a verb that says that something is or comes about."""
    table: BoolArray = d.vocabulary.lemma_table("verbs of being", np.bool_, lambda new: [w in _EXISTENCE for w in new])
    return table


def superlative(d: Documents, first: IntArray, by: IntArray) -> BoolArray:
    """``Nie war die Luft besser``, ``kein Land ist so sicher``: never better is best."""
    voc = d.vocabulary
    at = np.maximum(by, 0)
    strong = voc.table(
        "absolute negators", np.bool_,
        lambda new: [w.lower().startswith(("nie", "kein")) or w.lower() in _RARELY for w in new],
    )[d.tokens.type[at]]  # fmt: skip
    comparative = voc.table("ends as comparative", np.bool_, lambda new: [w.endswith("er") for w in new])
    kind = voc.lemma_table("ends in er", np.bool_, lambda new: [w.endswith("er") for w in new])
    compared = comparative[d.tokens.type[first]] & ~kind[d.lemma[first]] & _PREDICATIVE[d.tag[first]]
    before = np.maximum(first - 1, 0)
    so = (d.tokens.type[before] == voc.encode_one("so")) & (before - 1 > at)
    result: BoolArray = (by >= 0) & strong & (compared | so)
    return result


def _twice(d: Documents, by: IntArray) -> BoolArray:
    """``nicht ohne Erfolg``: the two negations cancel."""
    at = np.maximum(by, 0)
    voc = d.vocabulary
    without = voc.table("ohne", np.bool_, lambda new: [w.lower() == "ohne" for w in new])
    before = voc.table("nicht", np.bool_, lambda new: [w.lower() in ("nicht", "nie") for w in new])
    result: BoolArray = (by > 0) & without[d.tokens.type[at]] & before[d.tokens.type[np.maximum(at - 1, 0)]]
    return result
