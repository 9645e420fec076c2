"""Who does it and to whom it is done: agents and patients of each clause's verb.

Every noun phrase of a clause is described by yes-or-no features (cases it can stand in, word order, agreement with
the verb, passive, preposition ``von``/``durch``, what the verb takes); a logistic regression over the features and
their pairs gives the probability of agent, patient and neither. Where no answer is sure enough, none is given.

Trained by ``benchmarks/train_roles.py`` on Universal Dependencies German GSD (McDonald et al. 2013, CC BY-SA 4.0).
The subject of a passive is a patient, its ``von`` phrase an agent (as in Riveter, Antoniak et al. 2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.morphology import NOUN, TAG_ID
from framing.language.nominal import CASE_MASK, GENDER_MASK, number_of_verb
from framing.language.vocabulary import IntArray

if TYPE_CHECKING:
    from framing.language.documents import Documents

MODEL = Path(__file__).parent.parent / "models" / "roles.npz"
AGENT, PATIENT = 0, 1
ROLE_NAMES = ("agent", "patient")

_COPULA = ("sein", "bleiben", "heißen", "werden", "scheinen")
_SAYING = ("sagen", "erklären", "betonen", "mitteilen", "fordern", "warnen", "berichten", "meinen", "ankündigen")
_TIME = frozenset(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar Februar März April Mai Juni Juli "
    "August September Oktober November Dezember Jahr Monat Woche Tag Stunde Minute Mal Uhr Abend Morgen Nacht "
    "Prozent Kilometer Meter Ende Anfang Mitte Wochenende Sommer Winter Herbst Frühjahr".split()
)
_NAME = TAG_ID["NE"]
_PRF, _PRELS, _PPER, _KON, _ADV = (TAG_ID[t] for t in ("PRF", "PRELS", "PPER", "KON", "ADV"))
_ART = TAG_ID["ART"]


@dataclass(frozen=True, slots=True)
class Roles:
    """Agents and patients, one entry each.

    Attributes
    ----------
    verb
        Token of the verb.
    role
        :data:`AGENT` or :data:`PATIENT`.
    phrase
        Index of the noun phrase.
    start, end
        First token and the token after the last, coordinated and genitive phrases included.
    passive
        Whether the clause is passive.
    probability
        Of the role, by the model.
    """

    verb: IntArray
    role: NDArray[np.uint8]
    phrase: IntArray
    start: IntArray
    end: IntArray
    passive: NDArray[np.bool_]
    probability: NDArray[np.float32]


FEATURES = (
    "one", "nom_only", "acc_only", "dat_only", "no_nom", "no_acc", "gen_only", "pp", "pp_von", "pp_durch", "name",
    "pronoun", "reflexive", "relative", "es", "time", "before_verb", "first", "second", "third", "alone", "agrees",
    "verb_plural", "can_be_plural", "passive", "copula", "no_finite", "subordinate", "earlier_nom", "later_nom_only",
    "earlier_nom_only", "comma_before", "phrase_before", "kon_before", "adjacent_after_finite", "saying", "bare",
    "object_akk", "object_none", "object_dat", "verb_unknown", "definite", "later_phrase", "modal_or_perfect", "als_before",
    "capital_place",
)  # fmt: skip


def features(d: Documents) -> tuple[NDArray[np.float32], IntArray, IntArray]:
    """Features of all noun phrases.

    Returns
    -------
    x : ndarray
        Shape ``(phrases, len(FEATURES))``, 0 or 1.
    clause : ndarray
        Clause of each phrase's head.
    verb : ndarray
        Verb token of that clause, -1 without one.
    """
    p, c, tags, types = d.phrases, d.clauses, d.tag, d.tokens.type
    voc = d.vocabulary
    m = len(p.start)
    x = np.zeros((m, len(FEATURES)), np.float32)
    col = {name: i for i, name in enumerate(FEATURES)}
    clause = c.of_token[p.head]
    verb, finite = c.verb[clause], c.finite[clause]
    if m == 0:
        return x, clause, verb
    cases = p.cases
    can = {k: (cases & np.uint16(CASE_MASK[k])) > 0 for k in CASE_MASK}
    pp = p.preposition >= 0
    genitive = p.genitive_of >= 0
    plain = ~pp & ~genitive
    lemmas = d.lemma
    lemma_flags = voc.lemma_table("roles", np.uint8, _lemma_bits)
    verb_bits = np.where(verb >= 0, lemma_flags[lemmas[np.maximum(verb, 0)]], 0)
    head_bits = lemma_flags[lemmas[p.head]]
    number_table = voc.table("verb number", np.uint8, lambda new: [number_of_verb(w, "") for w in new])
    verb_number = np.where(finite >= 0, number_table[types[np.maximum(finite, 0)]], 3)
    plural = (cases & np.uint16(GENDER_MASK["p"]) & np.uint16(CASE_MASK["nom"])) > 0
    singular = (cases & np.uint16(0xFFFF ^ GENDER_MASK["p"]) & np.uint16(CASE_MASK["nom"])) > 0
    sentence = d.tokens.sentence
    at = np.minimum(p.end, len(tags) - 1)
    kon_after = ((tags[at] == _KON) | ((d.flags[at] & v.COMMA) > 0)) & (sentence[at] == sentence[p.head])
    agrees = np.where(verb_number == 1, singular, np.where(verb_number == 2, plural | kon_after, True)) & can["nom"]
    before = np.maximum(p.start - 1, 0)
    inside = sentence[before] == sentence[p.start]
    prep_word = types[np.maximum(p.preposition, 0)]
    von, durch = voc.encode_one("von"), voc.encode_one("durch")
    vom = voc.encode_one("vom")
    # rank among the plain phrases of the clause that are no genitives
    order = np.flatnonzero(plain)
    by_clause = order[np.argsort(clause[order], kind="stable")]
    groups = clause[by_clause]
    new = np.ones(len(groups), bool)
    new[1:] = groups[1:] != groups[:-1]
    first_index = np.maximum.accumulate(np.where(new, np.arange(len(groups)), 0))
    rank_sorted = np.arange(len(groups)) - first_index
    rank = np.full(m, 9)
    rank[by_clause] = rank_sorted
    count = np.bincount(clause[order], minlength=len(c.verb))[clause]
    nom_only = can["nom"] & ~can["acc"] & ~can["dat"] & ~can["gen"]
    good_nom = plain & can["nom"]
    earlier_nom = _earlier(good_nom & agrees, clause)
    earlier_only = _earlier(plain & nom_only, clause)
    later_only = _earlier((plain & nom_only)[::-1], clause[::-1])[::-1]
    later = _earlier(plain[::-1], clause[::-1])[::-1]
    phrase_before = np.zeros(m, bool)
    phrase_before[1:] = (p.end[:-1] == p.start[1:]) & inside[1:]
    values = {
        "one": np.ones(m, bool),
        "nom_only": nom_only,
        "acc_only": can["acc"] & ~can["nom"],
        "dat_only": can["dat"] & ~can["nom"] & ~can["acc"],
        "no_nom": ~can["nom"],
        "no_acc": ~can["acc"],
        "gen_only": can["gen"] & ~can["nom"] & ~can["acc"] & ~can["dat"] | genitive,
        "pp": pp,
        "pp_von": pp & ((prep_word == von) | (prep_word == vom)),
        "pp_durch": pp & (prep_word == durch),
        "name": tags[p.head] == _NAME,
        "pronoun": p.pronoun,
        "reflexive": tags[p.head] == _PRF,
        "relative": tags[p.head] == _PRELS,
        "es": types[p.head] == voc.encode_one("es"),
        "time": (head_bits & 1) > 0,
        "before_verb": (finite >= 0) & (p.head < finite),
        "first": rank == 0,
        "second": rank == 1,
        "third": (rank >= 2) & (rank < 9),
        "alone": count == 1,
        "agrees": agrees,
        "verb_plural": verb_number == 2,
        "can_be_plural": plural,
        "passive": c.passive[clause],
        "copula": (verb_bits & 2) > 0,
        "no_finite": finite < 0,
        "subordinate": c.subordinate[clause],
        "earlier_nom": earlier_nom,
        "later_nom_only": later_only,
        "earlier_nom_only": earlier_only,
        "comma_before": ((d.flags[before] & v.COMMA) > 0) & inside,
        "phrase_before": phrase_before,
        "kon_before": (tags[before] == _KON) & inside,
        "adjacent_after_finite": (before == finite) & inside,
        "saying": (verb_bits & 4) > 0,
        "bare": tags[p.start] != _ART,
        "object_akk": (verb_bits & 8) > 0,
        "object_none": (verb_bits & 16) > 0,
        "object_dat": (verb_bits & 32) > 0,
        "verb_unknown": (verb_bits & 64) == 0,
        "definite": tags[p.start] == _ART,
        "later_phrase": later,
        "modal_or_perfect": (finite >= 0) & (finite != verb),
        "als_before": np.isin(types[before], [voc.encode_one(w) for w in ("als", "wie", "Als")]) & inside,
        "capital_place": (head_bits & 128) > 0,
    }
    for name, value in values.items():
        x[:, col[name]] = value
    return x, clause, verb


def _earlier(mask: NDArray[np.bool_], clause: IntArray) -> NDArray[np.bool_]:
    """Whether an earlier phrase of the same clause has the property."""
    order = np.argsort(clause, kind="stable")
    sorted_mask = mask[order].astype(np.int64)
    total = np.cumsum(sorted_mask) - sorted_mask
    groups = clause[order]
    new = np.ones(len(groups), bool)
    new[1:] = groups[1:] != groups[:-1]
    base = np.maximum.accumulate(np.where(new, total, 0))
    out = np.zeros(len(mask), bool)
    out[order] = (total - base) > 0
    return out


@lru_cache(maxsize=1)
def _verb_objects() -> dict[str, str]:
    path = Path(__file__).parent.parent / "lexicons" / "verbs.csv"
    if not path.exists():
        return {}
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return {row["verb"]: row["objects"] for row in csv.DictReader(file)}


def _lemma_bits(lemmas: list[str]) -> list[int]:
    objects = _verb_objects()
    out = []
    for lemma in lemmas:
        bits = (lemma in _TIME or lemma.endswith(("prozent", "jahr", "tag", "monat"))) * 1
        bits |= (lemma in _COPULA) * 2 | (lemma in _SAYING) * 4
        takes = objects.get(lemma)
        if takes is not None:
            # the usual valency stands first
            usual = takes.split("|")[0]
            bits |= (usual == "akk") * 8 | (usual not in ("akk", "dat")) * 16 | (usual == "dat") * 32 | 64
        out.append(bits)
    return out


@lru_cache(maxsize=1)
def _weights() -> NDArray[np.float32]:
    with np.load(MODEL, allow_pickle=False) as data:
        if str(data["features"]) != "\n".join(FEATURES):
            raise RuntimeError(f"{MODEL.name} was trained with other features; run benchmarks/train_roles.py")
        weights: NDArray[np.float32] = data["weights"].astype(np.float32)
    return weights


def probabilities(x: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probability of agent, patient, neither, shape ``(n, 3)``; ``weights`` has shape ``(3, f, f)``, pairs summed."""
    scores = np.stack([np.einsum("ij,ij->i", x @ w, x) for w in weights], axis=1)
    scores -= scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    result: NDArray[np.float32] = e / e.sum(axis=1, keepdims=True)
    return result


def find_roles(d: Documents, weights: NDArray[np.float32] | None = None, sure: float = 0.5) -> Roles:
    """Agents and patients of all clauses; see :class:`Roles`.

    Parameters
    ----------
    d
        The parsed texts.
    weights
        Of the model; the shipped ones if not given.
    sure
        Least probability of an answer.
    """
    x, clause, verb = features(d)
    p, c = d.phrases, d.clauses
    if len(x) == 0:
        empty = np.zeros(0, np.int32)
        return Roles(empty, empty.astype(np.uint8), empty, empty, empty, empty.astype(bool), empty.astype(np.float32))
    probability = probabilities(x, _weights() if weights is None else weights)
    probability = _by_grammar(probability, x, clause, d)
    chosen_role: list[NDArray[np.uint8]] = []
    chosen: list[IntArray] = []
    taken = np.zeros(len(x), bool)
    for role in (AGENT, PATIENT):
        value = np.where(taken | (verb < 0), 0, probability[:, role])
        value = np.where(value >= sure, value, 0)
        order = np.lexsort((-value, clause))
        best = np.ones(len(order), bool)
        best[1:] = clause[order][1:] != clause[order][:-1]
        pick = order[best]
        pick = np.sort(pick[value[pick] > 0])
        taken[pick] = True
        chosen.append(pick.astype(np.int32))
        chosen_role.append(np.full(len(pick), role, np.uint8))
    phrase = np.concatenate(chosen)
    role_array = np.concatenate(chosen_role)
    order = np.lexsort((role_array, p.start[phrase]))
    phrase, role_array = phrase[order], role_array[order]
    end = _extended_end(d)[phrase]
    of = clause[phrase]
    return Roles(verb[phrase], role_array, phrase, p.start[phrase], end, c.passive[of], probability[phrase, role_array])


def _by_grammar(
    probability: NDArray[np.float32], x: NDArray[np.float32], clause: IntArray, d: Documents
) -> NDArray[np.float32]:
    """Probabilities where case, agreement and the passive leave no choice.

    A phrase that can only be nominative is the subject, one that can only be accusative the object, and what is
    left between two readings takes the other role; a phrase that disagrees with the verb in number is no subject;
    ``von`` and ``durch`` in a passive name the agent unless they belong to a noun before the verb.
    """
    col = {name: x[:, i] > 0 for i, name in enumerate(FEATURES)}
    out = probability.copy()
    plain = ~col["pp"] & ~col["gen_only"] & ~col["time"] & ~col["als_before"] & ~col["reflexive"]
    open_case = ~col["no_nom"] & ~col["no_acc"]
    count = int(clause.max()) + 1

    def in_clause(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(clause[mask], minlength=count)[clause]

    active = ~col["passive"] & ~col["copula"]
    subject = plain & col["nom_only"] & col["agrees"]
    object_ = plain & col["acc_only"] & ~col["dat_only"]
    candidates = in_clause(plain & ~col["no_nom"] & col["agrees"])
    out[subject & (in_clause(subject) == 1) & active, AGENT] = 0.95
    sure_object = object_ & active & ~col["object_dat"]
    out[sure_object, PATIENT] = np.maximum(out[sure_object, PATIENT], 0.75)
    other_subject = plain & open_case & (in_clause(subject) > 0) & ~subject & active
    out[other_subject, AGENT] = 0.02
    takes = other_subject & col["object_akk"] & (in_clause(object_) == 0) & (in_clause(other_subject) == 1)
    out[takes, PATIENT] = np.maximum(out[takes, PATIENT], 0.6)
    # the only phrase that agrees with the verb, beside one that does not or that can only be the object
    lone = plain & ~col["no_nom"] & col["agrees"] & (candidates == 1) & active
    rival = in_clause(plain & (~col["agrees"] | col["acc_only"]) & (open_case | col["acc_only"])) > 0
    out[lone & rival, AGENT] = np.maximum(out[lone & rival, AGENT], 0.8)
    out[lone & rival, PATIENT] *= 0.1
    wrong_number = plain & open_case & ~col["agrees"] & active & (candidates > 0)
    out[wrong_number, AGENT] = 0.02
    p = d.phrases
    before = np.maximum(p.preposition - 1, 0)
    of_noun = (p.preposition > 0) & NOUN[d.tag[before]] & col["before_verb"]
    agent_phrase = col["passive"] & (col["pp_von"] | col["pp_durch"]) & ~of_noun & ~col["time"]
    out[agent_phrase & (in_clause(agent_phrase) == 1), AGENT] = 0.9
    dative = plain & col["dat_only"] & col["passive"]
    out[dative, PATIENT] = 0.02
    return out


def _extended_end(d: Documents) -> IntArray:
    """End of each phrase with the genitives and coordinated phrases that follow it."""
    p, tags = d.phrases, d.tag
    m = len(p.start)
    end = p.end.copy()
    if m < 2:
        return end
    gap_one = (p.end[:-1] + 1 == p.start[1:]) & (d.tokens.sentence[p.start[1:]] == d.tokens.sentence[p.start[:-1]])
    between = tags[np.minimum(p.end[:-1], len(tags) - 1)]
    joined = gap_one & (between == _KON) & (p.preposition[1:] < 0) & ~p.pronoun[1:]
    joined &= d.clauses.of_token[p.head[1:]] == d.clauses.of_token[p.head[:-1]]
    joined |= p.genitive_of[1:] >= 0
    for k in np.flatnonzero(joined)[::-1].tolist():
        end[k] = end[k + 1]
    return end
