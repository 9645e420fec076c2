"""What becomes of a word's value in its sentence: degree, reversal, supposition, negation, in this order.

``value = base · degree · reach · irrealis · negation``, see :mod:`framing.scorers.sentiment`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.language.documents import Documents
from framing.language.morphology import TAG_ID, VERBAL, tag_mask
from framing.language.vocabulary import BoolArray, IntArray
from framing.scorers.base import FloatArray
from framing.scorers.negating import negating_words, negation_factors, superlative
from framing.scorers.reach import find_reach, in_phrase
from framing.scorers.shifters import SCOPE, ShifterTokens, find_shifters
from framing.scorers.valence import ValenceLexicon

# "zu optimistisch" is a reproach, "zu gefährlich" more than "gefährlich"
_TOO_GOOD, _TOO_BAD = -0.5, 1.3
_GRADABLE = tag_mask("ADJ*", "ADV", "VV(PP)")
_ADJECTIVE = tag_mask("ADJ*")
_ATTRIBUTE = TAG_ID["ADJ(A)"]
_PREDICATIVE = tag_mask("ADJ(D)", "ADV")
_NOUN = tag_mask("NN", "NNA", "NNI")
_PREPOSITION = tag_mask("APPR", "APPRART", "APPO")


@dataclass(slots=True)
class Shifted:
    """Values of hits after all shifts.

    Attributes
    ----------
    value
        Shape ``(hits,)``.
    note
        What was done, empty where nothing.
    keep
        False for a hit that another has taken up: the ``Kampf`` of ``Kampf gegen Armut`` says nothing bad.
    """

    value: FloatArray
    note: list[str]
    keep: BoolArray


def shift(
    d: Documents,
    first: IntArray,
    last: IntArray,
    verb: IntArray,
    base: FloatArray,
    token_value: FloatArray,
    lexicon: ValenceLexicon,
) -> Shifted:
    """Values of hits after degree, reach, supposition and negation.

    Parameters
    ----------
    d
        The parsed texts.
    first, last
        First token of each hit, and the token after its last.
    verb
        Verb of a phrase that stands apart from it, -1 for none.
    base
        Values in the lexicon.
    token_value
        The same by token, NaN where unknown.
    lexicon
        Has the shifters.
    """
    n = len(first)
    notes = [""] * n
    if n == 0:
        return Shifted(base.copy(), [], np.zeros(0, bool))
    s = find_shifters(d, lexicon)
    _leave_phrases_whole(s, first, last, verb)
    value = _degree(d, s, first, base, token_value, notes)
    keep = np.ones(n, bool)
    hit_at = np.full(d.n_tokens, -1, np.int32)
    for k in range(int((last - first).max())):
        wide = first + k < last
        hit_at[first[wide] + k] = np.flatnonzero(wide)
    hit_at[verb[verb >= 0]] = np.flatnonzero(verb >= 0)
    value, governor = _reach(d, s, first, value, token_value, notes, hit_at, keep)
    value = _clause_wide(d, s, first, last, value, notes)
    by = negating_words(d, first, last, np.where(verb >= 0, verb, governor))
    for k in np.flatnonzero(by >= 0).tolist():
        _add(notes, k, f"negated by {_word(d, int(by[k]))}")
    value = value * negation_factors(d, by)
    return Shifted(value, notes, keep)


def _leave_phrases_whole(s: ShifterTokens, first: IntArray, last: IntArray, verb: IntArray) -> None:
    """Words of a phrase with a value shift nothing: ``fordern`` of ``Menschenleben fordern``; in place.

    The phrase as a whole may shift, as ``unter Kontrolle bringen`` does.
    """
    tokens = [verb[verb >= 0]]
    for length in np.unique(last - first).tolist():
        some = first[last - first == length]
        tokens += [some + k for k in range(length)] if length > 1 else []
    at = np.concatenate(tokens)
    at = at[~np.isin(at, list(s.term))]
    s.scope[at] = 0
    s.factor[at] = 1
    s.degree[at] = 1


def _add(notes: list[str], k: int, text: str) -> None:
    notes[k] = f"{notes[k]}, {text}" if notes[k] else text


def _word(d: Documents, token: int) -> str:
    return str(d.vocabulary.strings[d.tokens.type[token]])


def _degree(
    d: Documents, s: ShifterTokens, first: IntArray, base: FloatArray, token_value: FloatArray, notes: list[str]
) -> FloatArray:
    """Intensifiers and diminishers right before the word; ``zu`` with an adjective."""
    tag = d.tag
    before = np.maximum(first - 1, 0)
    same = (d.tokens.sentence[before] == d.tokens.sentence[first]) & (before < first)
    # adverbs strengthen adjectives and adverbs, adjectives strengthen nouns
    attribute = (tag[before] == _ATTRIBUTE) | (tag[before] == TAG_ID["PIAT"])
    fits = np.where(attribute, _NOUN[tag[first]], _GRADABLE[tag[first]] | s.wide[before])
    # a word that is a hit of its own is counted once: "massiv", "schwer"
    own = ~np.isnan(token_value[before]) & (token_value[before] != 0)
    factor = np.where(same & fits & ~own, s.degree[before], 1.0)
    for k in np.flatnonzero(factor != 1).tolist():
        _add(notes, k, f"×{factor[k]:g} {s.term.get(int(before[k])) or _word(d, int(before[k]))}")
    too = (
        same
        & (tag[before] == TAG_ID["PTKA"])
        & _PREDICATIVE[tag[first]]
        & (d.vocabulary.encode_one("zu") == d.tokens.type[before])
    )
    excess = np.where(base > 0, _TOO_GOOD, _TOO_BAD)
    factor = np.where(too, excess, factor)
    for k in np.flatnonzero(too).tolist():
        _add(notes, k, f"×{excess[k]:g} zu")
    result: FloatArray = np.clip(base * factor, -1, 1)
    return result


def _reach(
    d: Documents,
    s: ShifterTokens,
    first: IntArray,
    value: FloatArray,
    token_value: FloatArray,
    notes: list[str],
    hit_at: IntArray,
    keep: BoolArray,
) -> tuple[FloatArray, IntArray]:
    """Reversers, negators and suppositions that govern the phrase of a word; values, and the verb that governs, or -1."""
    reach = find_reach(d, s, token_value)
    p = d.phrases
    k = p.of_token[first]
    inside = k >= 0
    at = np.maximum(k, 0)
    if len(p.start) == 0:
        return value, np.full(len(first), -1, np.int32)
    factor = np.where(inside, np.where(value > 0, reach.positive[at], reach.negative[at]), 1.0)
    outer, inner = np.where(inside, reach.outer[at], -1), np.where(inside, reach.inner[at], -1)
    # a phrase that shifts does not turn itself
    itself = (outer >= 0) & (hit_at[np.maximum(outer, 0)] == np.arange(len(first)))
    factor, outer = np.where(itself, 1.0, factor), np.where(itself, -1, outer)
    attribute = in_phrase(d, first, s)
    of = np.maximum(attribute, 0)
    fits = (attribute >= 0) & ((s.only[of] == 0) | (s.only[of] == np.sign(value)))
    factor = np.where(fits, factor * s.factor[of], factor)
    result: FloatArray = np.clip(value * factor, -1, 1)
    names = d.vocabulary.lemmas
    for i in np.flatnonzero(factor != 1).tolist():
        for token in sorted({int(outer[i]), int(inner[i]), int(attribute[i]) if fits[i] else -1} - {-1}):
            if s.factor[token] == 1 or (s.only[token] and s.only[token] != np.sign(value[i])):
                continue
            name = s.term.get(token) or names[d.lemma[token]]
            _add(notes, i, f"×{s.factor[token]:g} under {name}" if s.factor[token] > 0 else f"turned by {name}")
            if s.factor[token] < 0:
                _absorb(d, token, float(result[i]), value, hit_at, keep)
    governor = np.where((factor != 1) & (outer >= 0) & VERBAL[d.tag[np.maximum(outer, 0)]], outer, -1)
    return result, governor.astype(np.int32)


def _absorb(
    d: Documents,
    token: int,
    turned: float,
    value: FloatArray,
    hit_at: IntArray,
    keep: BoolArray,
) -> None:
    """Do not count the turning word itself where it speaks against what it makes of the other."""
    governors = [token]
    if _PREPOSITION[d.tag[token]]:
        verb = int(d.clauses.verb[d.clauses.of_token[token]])
        governors = [token - 1 if _NOUN[d.tag[token - 1]] else verb]
    for g in governors:
        if g >= 0 and hit_at[g] >= 0 and value[hit_at[g]] * turned < 0:
            keep[hit_at[g]] = False


def _clause_wide(
    d: Documents, s: ShifterTokens, first: IntArray, last: IntArray, value: FloatArray, notes: list[str]
) -> FloatArray:
    """What bears on a whole clause or sentence: ``könnte``, ``angeblich``, ``vergebens``, a question."""
    clause, sentence = d.clauses.of_token, d.tokens.sentence
    free = ~_PREPOSITION[d.tag] & (d.tag != _ATTRIBUTE)
    weak = np.ones(len(d.clauses.verb))
    by = np.full(len(weak), -1, np.int32)
    tokens = np.flatnonzero(((s.scope & SCOPE["clause"]) > 0) & free & s.irrealis)
    np.minimum.at(weak, clause[tokens], s.factor[tokens])
    strongest = tokens[s.factor[tokens] == weak[clause[tokens]]]
    by[clause[strongest]] = strongest
    asked = np.flatnonzero((s.scope & SCOPE["sentence"]) > 0)
    factor, source = weak[clause[first]], by[clause[first]]
    if len(asked):
        place = np.minimum(np.searchsorted(asked, first), len(asked) - 1)
        mark = asked[place]
        in_question = (mark > first) & (sentence[mark] == sentence[first]) & (s.factor[mark] < factor)
        factor = np.where(in_question, s.factor[mark], factor)
        source = np.where(in_question, mark, source)
    factor = np.where(source == first, 1.0, factor)
    for k in np.flatnonzero(factor != 1).tolist():
        _add(notes, k, f"×{factor[k]:g} under {s.term.get(int(source[k])) or _word(d, int(source[k]))}")
    result: FloatArray = value * factor
    by_negator = _negator_of(d, s, first, free & ~s.irrealis)
    at = np.maximum(by_negator, 0)
    reached = (
        (by_negator >= 0)
        & ((by_negator < first) | (by_negator >= last))
        & ((s.only[at] == 0) | (s.only[at] == np.sign(result)))
    )
    reached &= ~superlative(d, first, by_negator)
    for k in np.flatnonzero(reached).tolist():
        token = int(by_negator[k])
        _add(notes, k, f"turned by {s.term.get(token) or _word(d, token)}")
    turned: FloatArray = np.where(reached, result * s.factor[at], result)
    return turned


def _negator_of(d: Documents, s: ShifterTokens, first: IntArray, free: BoolArray) -> IntArray:
    """Word that negates beyond the grammar: anywhere in the clause (``vergebens``) or before (``alles andere als``)."""
    clause = d.clauses.of_token
    of_clause = np.full(len(d.clauses.verb), -1, np.int32)
    anywhere = np.flatnonzero(((s.scope & SCOPE["clause"]) > 0) & free)
    of_clause[clause[anywhere]] = anywhere
    by = of_clause[clause[first]]
    before = np.flatnonzero((s.scope & SCOPE["following"]) > 0)
    if len(before):
        place = np.searchsorted(before, first) - 1
        nearest = before[np.maximum(place, 0)]
        fits = (place >= 0) & (clause[nearest] == clause[first]) & (first < d.clause_end[nearest])
        by = np.where(fits, nearest, by)
    return by.astype(np.int32)
