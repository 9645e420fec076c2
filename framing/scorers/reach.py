"""How far shifters reach: which noun phrases they govern, and what they make of a value there.

A noun phrase has one governor outside it (its verb, a noun with its preposition, the preposition itself) and, as a
genitive, one inside the phrase that it qualifies. Phrases joined by ``und`` or commas share their governor. Factors
of a chain are multiplied: in ``Die Angst vor dem Krieg schwindet`` the war is only feared, and the fear is fading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.morphology import NOUN, TAG_ID, tag_mask
from framing.language.roles import AGENT, PATIENT
from framing.language.vocabulary import BoolArray, IntArray
from framing.scorers.base import FloatArray
from framing.scorers.shifters import SCOPE, ShifterTokens, preposition_bits

_PREDICATE = tag_mask("ADJ(D)", "ADV", "PTKVZ", "VV(PP)", "NN", "APPR", "APPRART")
_COPULAS = ("sein", "bleiben", "werden", "scheinen", "wirken", "gelten", "erweisen", "herausstellen")
_STATES = ("sein", "bleiben", "gelten", "scheinen", "erweisen")
_INFINITIVE = tag_mask("VV(INF)", "VV(IZU)")
_NOT_FINITE = tag_mask("VV(PP)", "VV(INF)", "VV(IZU)")
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Reach:
    """What shifters do to each noun phrase.

    Attributes
    ----------
    positive, negative
        Shape ``(phrases,)``: factor for words of positive and of negative value.
    outer, inner
        Shape ``(phrases,)``: token of the governor outside, and of that which it qualifies as a genitive; -1 for none.
    lead
        First of the phrases joined with it.
    """

    positive: FloatArray
    negative: FloatArray
    outer: IntArray
    inner: IntArray
    lead: IntArray


def joined_phrases(d: Documents) -> IntArray:
    """For each noun phrase the first of those that ``und``, a comma or a genitive joins it to."""
    p, tags = d.phrases, d.tag
    m = len(p.start)
    lead = np.arange(m, dtype=np.int32)
    if m < 2:
        return lead
    t = d.tokens
    gap = np.minimum(p.end[:-1], len(tags) - 1)
    between = (tags[gap] == TAG_ID["KON"]) | ((d.flags[gap] & v.COMMA) > 0)
    clause = d.clauses.of_token
    joined = (p.end[:-1] + 1 == p.start[1:]) & between & (p.preposition[1:] < 0)
    joined &= (t.sentence[p.start[1:]] == t.sentence[p.start[:-1]]) & (clause[p.head[1:]] == clause[p.head[:-1]])
    joined &= ~p.pronoun[1:] & ~p.pronoun[:-1]
    joined |= p.genitive_of[1:] >= 0
    new = np.r_[True, ~joined]
    first: IntArray = np.flatnonzero(new).astype(np.int32)[np.cumsum(new) - 1]
    return first


def find_reach(d: Documents, s: ShifterTokens, base: FloatArray) -> Reach:
    """Governors of all noun phrases and their factors; ``base`` has the value of each token, NaN where unknown."""
    p = d.phrases
    m = len(p.start)
    lead = joined_phrases(d)
    outer = np.full(m, -1, np.int32)
    attached = np.full(m, -1, np.int32)
    _by_preposition(d, s, base, outer, attached)
    _by_role(d, s, outer)
    _by_predicate(d, s, outer)
    outer, attached = outer[lead], attached[lead]
    head = p.head[np.maximum(p.genitive_of, 0)]
    inner = np.where((p.genitive_of >= 0) & ((s.scope[head] & SCOPE["genitive"]) > 0), head, -1).astype(np.int32)
    both = []
    for sign in (1, -1):
        here = _factor(s, outer, sign) * _factor(s, inner, sign)
        # a genitive in a genitive, a phrase with a preposition in a phrase
        total = here.copy()
        for _ in range(_DEPTH):
            inside = np.where(p.genitive_of >= 0, _factor(s, inner, sign), 1)
            parent = np.where(p.genitive_of >= 0, inside * total[np.maximum(p.genitive_of, 0)], here)
            total = np.where(attached >= 0, here * total[np.maximum(attached, 0)], parent)
        both.append(total)
    return Reach(both[0], both[1], outer, inner, lead)


def _factor(s: ShifterTokens, by: IntArray, sign: int) -> FloatArray:
    at = np.maximum(by, 0)
    bears = (by >= 0) & ((s.only[at] == 0) | (s.only[at] == sign))
    result: FloatArray = np.where(bears, s.factor[at], 1.0)
    return result


def _by_preposition(d: Documents, s: ShifterTokens, base: FloatArray, outer: IntArray, attached: IntArray) -> None:
    """Governors of phrases with a preposition: the noun or adjective before it, the verb, or the preposition itself."""
    p = d.phrases
    k = np.flatnonzero(p.preposition >= 0)
    if len(k) == 0:
        return
    t = p.preposition[k]
    bit = preposition_bits(d)[t]
    before = np.maximum(t - 1, 0)
    same = (t > 0) & (d.tokens.sentence[before] == d.tokens.sentence[t])
    q = np.where(same & NOUN[d.tag[before]], p.of_token[before], -1)
    by = np.full(len(k), -1, np.int32)
    to = np.full(len(k), -1, np.int32)
    # "der Kampf der Regierung gegen die Armut": the noun may have a genitive before the preposition
    for _ in range(2):
        head = p.head[np.maximum(q, 0)]
        fits = (q >= 0) & ((s.scope[head] & bit) > 0) & (by < 0)
        by[fits], to[fits] = head[fits], q[fits]
        q = np.where(q >= 0, p.genitive_of[np.maximum(q, 0)], -1)
    adjective = same & (by < 0) & ((s.scope[before] & bit) > 0) & ~NOUN[d.tag[before]]
    by[adjective] = before[adjective]
    verb = d.clauses.verb[d.clauses.of_token[t]]
    at = np.maximum(verb, 0)
    of_verb = (by < 0) & (verb >= 0) & ((s.scope[at] & bit) > 0)
    by[of_verb] = at[of_verb]
    # violence against someone is not turned by "gegen"
    governor = np.where(same & NOUN[d.tag[before]], before, at)
    harm = np.nan_to_num(base[governor]) <= -0.5
    itself = (by < 0) & ((s.scope[t] & SCOPE["phrase"]) > 0) & ~(harm & (bit == SCOPE["gegen"]))
    by[itself] = t[itself]
    outer[k], attached[k] = by, to


def _by_role(d: Documents, s: ShifterTokens, outer: IntArray) -> None:
    """Governors of subjects and objects: the verb of the clause."""
    roles, clauses, p = d.role_table, d.clauses, d.phrases
    scope = s.scope[roles.verb]
    clause = clauses.of_token[roles.verb]
    finite = clauses.finite[clause]
    lemma_id = d.vocabulary.lemma_id
    be, let = np.array([lemma_id(w) for w in _STATES], np.int32), lemma_id("lassen")
    # "der Streit ist beigelegt", "ist zu verhindern", "lässt sich verhindern": the object stands as the subject
    apart = (finite >= 0) & (finite != roles.verb)
    auxiliary = d.lemma[np.maximum(finite, 0)]
    done = apart & np.isin(auxiliary, be) & _NOT_FINITE[d.tag[roles.verb]]
    reflexive = np.zeros(len(clauses.verb), bool)
    reflexive[clauses.of_token[d.tag == TAG_ID["PRF"]]] = True
    done |= apart & (auxiliary == let) & reflexive[clause]
    is_object = (roles.role == PATIENT) | done
    fits = (is_object & ((scope & SCOPE["object"]) > 0)) | ((roles.role == AGENT) & ((scope & SCOPE["subject"]) > 0))
    outer[roles.phrase[fits]] = roles.verb[fits]
    # no object was found, or it is a dative: the bare phrases of the clause that are not the subject
    count = len(clauses.verb)
    verb = clauses.verb
    at = np.maximum(verb, 0)
    has_object = np.zeros(count, bool)
    has_object[clause[is_object & ~p.pronoun[roles.phrase]]] = True
    wants = (verb >= 0) & (
        ((s.scope[at] & SCOPE["dative"]) > 0) | (((s.scope[at] & SCOPE["object"]) > 0) & ~has_object)
    )
    if not wants.any():
        return
    role_of = np.full(len(p.start), -1, np.int8)
    role_of[roles.phrase] = roles.role
    of = clauses.of_token[p.head]
    # "um einen Streik zu verhindern": the preposition belongs to the infinitive
    infinitive = (clauses.finite < 0) & (verb >= 0) & _INFINITIVE[d.tag[at]]
    bare = (p.preposition < 0) | (infinitive[of] & (p.preposition >= 0) & (p.preposition == _clause_start(d)[p.head]))
    free = wants[of] & bare & (p.genitive_of < 0) & ~p.pronoun & (outer < 0) & (role_of != AGENT)
    outer[free] = verb[of[free]]


def _clause_start(d: Documents) -> IntArray:
    clause = d.clauses.of_token
    first = np.full(len(d.clauses.verb), len(clause), np.int32)
    np.minimum.at(first, clause, np.arange(len(clause), dtype=np.int32))
    result: IntArray = first[clause]
    return result


def _by_predicate(d: Documents, s: ShifterTokens, outer: IntArray) -> None:
    """Subjects of what is said with ``sein``: ``die Sorge war unbegründet``, ``die Krise ist vorbei``."""
    bits = SCOPE["noun"] | SCOPE["subject"]
    at = np.flatnonzero(((s.scope & bits) > 0) & _PREDICATE[d.tag])
    if len(at) == 0:
        return
    clauses, roles = d.clauses, d.role_table
    copulas = np.array([d.vocabulary.lemma_id(w) for w in _COPULAS], np.int32)
    clause = clauses.of_token[at]
    finite = clauses.finite[clause]
    at = at[(finite >= 0) & np.isin(d.lemma[np.maximum(finite, 0)], copulas) & (finite != at)]
    by = np.full(len(clauses.verb), -1, np.int32)
    by[clauses.of_token[at]] = at
    of = clauses.of_token[roles.verb]
    fits = (roles.role == AGENT) & (by[of] >= 0) & (outer[roles.phrase] < 0)
    outer[roles.phrase[fits]] = by[of[fits]]


def in_phrase(d: Documents, at: IntArray, s: ShifterTokens) -> IntArray:
    """Token of the attributive adjective that shifts a word of its phrase (``mangelnde Sicherheit``), -1 for none."""
    p = d.phrases
    result: NDArray[np.int32] = np.full(len(at), -1, np.int32)
    attribute: BoolArray = ((s.scope & SCOPE["noun"]) > 0) & (d.tag == TAG_ID["ADJ(A)"]) & (p.of_token >= 0)
    adjectives = np.flatnonzero(attribute)
    if len(adjectives) == 0 or len(at) == 0:
        return result
    place = np.searchsorted(adjectives, at) - 1
    nearest = adjectives[np.maximum(place, 0)]
    fits = (place >= 0) & (p.of_token[nearest] == p.of_token[at]) & (nearest < at)
    result[fits] = nearest[fits]
    return result
