"""What is negated, strengthened or weakened, clause by clause.

``nicht``, ``nie`` and ``kaum`` reach over what follows them in their clause and over the clause's verb, wherever it
stands; ``kein`` and ``niemand`` likewise; ``ohne`` over its phrase or infinitive; ``weder … noch`` over the rest. ``sondern`` ends a scope.
``nicht nur``, ``nicht zuletzt`` and the like negate nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.vocabulary import IntArray

if TYPE_CHECKING:
    from framing.language.documents import Documents

_CLAUSAL = frozenset(
    "nicht nie niemals nirgends nirgendwo keineswegs keinesfalls mitnichten nimmer nichts weder noch".split()
)
_SUBJECT = frozenset("niemand niemandem niemanden keiner keine keinem keinen keines kein keins".split())
_FADES = frozenset("nur zuletzt zuletzt, allein bloß umsonst minder selten unbedingt ohne".split())
# Tokens that a negation reaches back at most, however long a "clause" is.
REACH = 100
_VERB = tag_mask("VV*", "ADJ(D)", "PTKVZ")
# where the phrase of the preposition "ohne" ends: at the next preposition or the finite verb
_PHRASE_END = FINITE | tag_mask("APPR", "APPRART")


@dataclass(frozen=True, slots=True)
class Negation:
    """Negation by token.

    Attributes
    ----------
    negated
        Shape ``(tokens,)``: whether the token is in the scope of a negation.
    by
        Token of the negating word, -1 where there is none.
    """

    negated: NDArray[np.bool_]
    by: IntArray


def find_negation(d: Documents) -> Negation:
    """Scope of negations; see the module."""
    n = d.n_tokens
    by = np.full(n, -1, np.int32)
    if n == 0:
        return Negation(by >= 0, by)
    kind_table = d.vocabulary.table("negators", np.uint8, lambda new: [_kind(w) for w in new])
    kind = kind_table[d.tokens.type]
    at = np.flatnonzero(kind > 0)
    clause, tags, flags = d.clauses.of_token, d.tag, d.flags
    verbs = d.clauses.verb
    strings, types = d.vocabulary.strings, d.tokens.type
    clause_end = d.clause_end
    change = np.flatnonzero(np.r_[True, clause[1:] != clause[:-1]])
    clause_start = change[np.searchsorted(change, np.arange(n), side="right") - 1]
    sondern = d.vocabulary.ids.get("sondern", -1)
    for i in at.tolist():
        k = int(kind[i])
        following = strings[types[i + 1]] if i + 1 < n else ""
        if k == 1 and following in _FADES:
            continue
        own = int(clause[i])
        if k == 3:
            # "ohne": its phrase, or the clause of its infinitive
            end = i + 1
            while end < n and clause[end] == own and not flags[end] & v.PUNCT:
                end += 1
                if end < n and tags[i] == TAG_ID["APPR"] and _PHRASE_END[tags[end]]:
                    break
            by[i + 1 : end] = i
            continue
        if k == 4 and not _has_weder(d, i):
            continue
        end = int(clause_end[i])
        contrast = np.flatnonzero(types[i + 1 : end] == sondern)
        if len(contrast):
            end = i + 1 + int(contrast[0])
        by[i + 1 : end] = i
        if k == 4:
            continue
        start = max(int(clause_start[i]), i - REACH)
        # what the verb means is negated wherever it stands; nouns before the negation are not
        before = np.arange(start, i)
        before = before[_VERB[tags[before]]]
        by[before] = i
        verb = int(verbs[own])
        if verb >= 0:
            by[verb] = i
    negated = by >= 0
    return Negation(negated, by)


def _kind(word: str) -> int:
    lower = word.lower()
    if lower == "noch":
        return 4
    if lower in ("ohne",):
        return 3
    if lower in _CLAUSAL or lower == "kaum":
        return 1
    return 2 if lower in _SUBJECT else 0


def _has_weder(d: Documents, i: int) -> bool:
    sentence = d.tokens.sentence
    weder = d.vocabulary.ids.get("weder", -1)
    capital = d.vocabulary.ids.get("Weder", -1)
    low = i
    while low > max(0, i - REACH) and sentence[low - 1] == sentence[i]:
        low -= 1
        if d.tokens.type[low] in (weder, capital):
            return True
    return False
