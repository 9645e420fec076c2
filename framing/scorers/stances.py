"""Words of stance and whom they govern: ``Kritik an X``, ``stolz auf X``, ``warnt vor X``, ``dank X``, ``Gegner von X``.

The words stand in ``lexicons/stances.csv`` with the relation that leads to the target: a preposition, or the genitive
(``gen``), which ``von`` and a possessor before the noun (``Putins Gegner``) also stand for. A genitive value of 0 says
that the noun's own value does not pass to the genitive: ``die Kritik der NATO`` does not criticise the NATO.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from framing import lexicons
from framing.language.documents import Documents
from framing.language.morphology import NOUN
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray
from framing.scorers.targets import Targets

_CONTRACTED = {
    "am": "an", "ans": "an", "vom": "von", "zum": "zu", "zur": "zu", "im": "in", "ins": "in", "aufs": "auf",
    "fürs": "für", "übers": "über", "vorm": "vor", "ums": "um",
}  # fmt: skip
_RELATIONS = (
    "an", "auf", "für", "gegen", "gegenüber", "in", "mit", "nach", "um", "von", "vor", "zu", "über", "dank",
    "zugunsten", "zulasten",
)  # fmt: skip
_NUMBER = {w: i for i, w in enumerate(_RELATIONS)} | {c: _RELATIONS.index(w) for c, w in _CONTRACTED.items()}


@lru_cache(maxsize=1)
def _values() -> dict[tuple[str, str, str], float]:
    """``(term, part of speech, relation)`` to value."""
    rows = lexicons.load("stances").rows
    return {(row["term"], row["pos"], row["relation"]): float(row["value"]) for row in rows}


def genitive_values(d: Documents) -> FloatArray:
    """Value of each lemma toward its genitive, NaN where the lexicon has none; shape ``(lemmas,)``."""
    table: FloatArray = d.vocabulary.lemma_table(
        "stances toward genitives", np.float64, lambda new: [_values().get((w, "noun", "gen"), np.nan) for w in new]
    )
    return table


def stances(d: Documents, t: Targets) -> tuple[IntArray, IntArray, FloatArray]:
    """Entries of the targets that a word of stance governs, the token of that word, and its value."""
    rows = [*_genitives(d, t), *_prepositions(d, t)]
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
    entry, token, value = zip(*rows, strict=True)
    return np.array(entry, np.int32), np.array(token, np.int32), np.array(value, np.float64)


def _genitives(d: Documents, t: Targets) -> list[tuple[int, int, float]]:
    at = np.flatnonzero(t.base >= 0)
    head = d.phrases.head[t.base[at]]
    value = genitive_values(d)[d.lemma[head]]
    fits = ~np.isnan(value) & (value != 0)
    return list(zip(at[fits].tolist(), head[fits].tolist(), value[fits].tolist(), strict=True))


def _prepositions(d: Documents, t: Targets) -> list[tuple[int, int, float]]:
    p = d.phrases
    phrase = np.maximum(t.phrase, 0)
    prep = np.where((t.phrase >= 0) & (t.base != t.phrase), p.preposition[phrase], -1)
    prep = np.where(prep >= t.first, -1, prep)
    number = d.vocabulary.table(
        "stance prepositions", np.int16, lambda new: [_NUMBER.get(w.lower(), -1) for w in new]
    )[d.tokens.type[np.maximum(prep, 0)]]  # fmt: skip
    rows = []
    for k in np.flatnonzero((prep >= 0) & (number >= 0)).tolist():
        found = _governor(d, int(prep[k]), int(p.end[phrase[k]]), int(t.clause[k]), _RELATIONS[number[k]])
        if found is not None:
            rows.append((k, *found))
    return rows


def _governor(d: Documents, prep: int, end: int, clause: int, relation: str) -> tuple[int, float] | None:
    """Token and value of the word of stance that takes this preposition."""
    values, names, strings = _values(), d.vocabulary.lemmas, d.vocabulary.strings
    lemma, types, sentence = d.lemma, d.tokens.type, d.tokens.sentence
    alone = values.get((relation, "prep", ""))
    if alone is not None:
        return prep, alone
    before = prep - 1
    if before >= 0 and sentence[before] == sentence[prep]:
        word = names[lemma[before]]
        value = values.get((word, "noun", relation))
        if value is None and NOUN[d.tag[before]]:
            value = values.get((d.vocabulary.morphology.head_noun(word), "noun", relation))
        if value is None:
            value = values.get((word, "adj", relation))
        if value is not None:
            return before, value
    verb = int(d.clauses.verb[clause])
    # "auf X stolz", "von X enttäuscht": behind the phrase, as adjective or as participle
    for at in (end, verb):
        if 0 <= at < len(types) and sentence[at] == sentence[prep]:
            value = values.get((names[lemma[at]], "adj", relation), values.get((strings[types[at]], "adj", relation)))
            if value is not None:
                return at, value
    if verb >= 0:
        value = values.get((names[lemma[verb]], "verb", relation))
        if value is not None:
            return verb, value
    return None
