"""What stands for a target where it is not named: relative pronouns, subjects that clauses share, ``er`` and ``sie``.

* ``Putin, der lügt``: the relative pronoun behind the comma;
* ``Putin log und drohte``, ``Putin versuchte, die Welt zu täuschen``: a clause without an agent of its own behind
  ``und``, ``oder``, ``aber``, or of an infinitive with ``zu``, has the agent of the clause before;
* ``Er lügt``: a pronoun in the singular, if the persons named in its sentence before it and in the two sentences before
  that its gender allows are one and the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from framing.language import vocabulary as v
from framing.language.coreference import gender_of_person
from framing.language.cues import cues
from framing.language.documents import Documents
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.nominal import number_of_verb
from framing.language.roles import AGENT
from framing.language.vocabulary import IntArray
from framing.scorers.base import Hits
from framing.scorers.joins import pairs
from framing.scorers.targets import Targets, role_of_token, verb_and_role

_PRELS, _PPER, _KON = TAG_ID["PRELS"], TAG_ID["PPER"], TAG_ID["KON"]
_BACK = 2
_OPENER = tag_mask("KOUS", "KOUI", "PRELS", "PRELAT", "PWAV", "PWS", "PWAT", "APPR")
_TELLING = frozenset(
    "bitten auffordern zwingen erlauben verbieten helfen drängen ermöglichen mahnen verpflichten beauftragen anweisen "
    "überreden überzeugen veranlassen ermuntern ermutigen hindern nötigen gestatten befehlen untersagen lassen".split()
)


def with_stand_ins(d: Documents, mentions: Targets) -> Targets:
    """The mentions, and behind them the relative pronouns and shared subjects that stand for them."""
    with_relatives = join(mentions, _relative_pronouns(d, mentions))
    return join(with_relatives, _shared_subjects(d, with_relatives))


def join(a: Targets, b: Targets) -> Targets:
    """Entries of both."""
    return Targets(*(np.concatenate([getattr(a, f), getattr(b, f)]) for f in Targets.__slots__))


def at_tokens(d: Documents, number: IntArray, token: IntArray) -> Targets:
    """Entries at single tokens."""
    role = role_of_token(d)[token]
    verb, acts = verb_and_role(d, role)
    none = np.full(len(token), -1, np.int32)
    return Targets(
        number, token, token + 1, d.phrases.of_token[token], none, d.clauses.of_token[token], role, verb, acts
    )  # fmt: skip


def _relative_pronouns(d: Documents, t: Targets) -> Targets:
    p = d.phrases
    pronoun = np.flatnonzero(d.tag[p.start] == _PRELS)
    start, prep = p.start[pronoun], p.preposition[pronoun]
    comma = np.where(prep >= 0, prep, start) - 1
    ok = (comma > 0) & ((d.flags[np.maximum(comma, 0)] & v.COMMA) > 0)
    antecedent = np.where(ok, p.of_token[np.maximum(comma, 1) - 1], -1)
    i, j = pairs(np.where(t.base < 0, t.phrase, -1), antecedent)
    return at_tokens(d, t.number[i], start[j].astype(np.int32))


def _shared_subjects(d: Documents, t: Targets) -> Targets:
    c, r = d.clauses, d.role_table
    count = len(c.verb)
    if not t.agent.any():
        return at_tokens(d, np.zeros(0, np.int32), np.zeros(0, np.int32))
    has_agent = np.zeros(count, bool)
    has_agent[c.of_token[r.verb[r.role == AGENT]]] = True
    source = np.maximum.accumulate(np.where(has_agent, np.arange(count), -1))
    source = np.r_[-1, source[:-1]]
    first = np.full(count, d.n_tokens - 1)
    np.minimum.at(first, c.of_token, np.arange(d.n_tokens))
    sentence = d.tokens.sentence[first]
    # the clause right behind, or one behind an insertion
    near = (source >= 0) & (np.arange(count) - source <= 2) & (sentence[np.maximum(source, 0)] == sentence)
    after = d.tag[np.minimum(first + 1, d.n_tokens - 1)]
    joined = (d.tag[first] == _KON) & (c.finite >= 0) & ~_OPENER[after]
    # who is told or helped to do a thing does it, not who tells
    tells = d.vocabulary.lemma_table(
        "controls", np.bool_, lambda new: [w in _TELLING or w in cues().verbs for w in new]
    )
    free = ~tells[d.lemma[np.maximum(c.verb[np.maximum(source, 0)], 0)]]
    infinitive = (c.finite < 0) & (c.verb >= 0) & free
    heir = np.flatnonzero(near & ~has_agent & (c.verb >= 0) & (joined | infinitive) & ~(c.subordinate & joined))
    i, j = pairs(np.where(t.agent, t.clause, -1), source[heir])
    clause = heir[j].astype(np.int32)
    none = np.full(len(clause), -1, np.int32)
    at = c.verb[clause]
    return Targets(
        t.number[i], t.first[i], t.last[i], none, none, clause, none, at, ~c.passive[clause]
    )  # fmt: skip


def pronouns(d: Documents, mentions: Hits) -> Targets:
    """Entries for ``er`` and ``sie``, by the number of the last mention of the person meant."""
    number, token = np.array(list(_pronoun_links(d, mentions)), np.int32).reshape(-1, 2).T
    found = at_tokens(d, number, token)
    return join(found, _shared_subjects(d, found))


def _pronoun_links(d: Documents, mentions: Hits) -> Iterator[tuple[int, int]]:
    word = d.vocabulary.table(
        "er and sie", np.int8, lambda new: [{"er": 1, "sie": 2}.get(w.lower(), 0) for w in new]
    )[d.tokens.type]  # fmt: skip
    plural = d.vocabulary.table("plural verbs", np.bool_, lambda new: [number_of_verb(w, "") == 2 for w in new])
    at = np.flatnonzero((word > 0) & (d.tag == _PPER))
    finite = d.clauses.finite[d.clauses.of_token[at]]
    at = at[(finite >= 0) & ~plural[d.tokens.type[np.maximum(finite, 0)]]]
    person = np.array([k for k, type_ in enumerate(mentions.category) if type_ == "person"], np.int64)
    if len(at) == 0 or len(person) == 0:
        return
    first = mentions.first[person]
    sentence, segment = d.tokens.sentence, d.tokens.segment
    low = np.searchsorted(sentence[first], sentence[at] - _BACK)
    high = np.searchsorted(first, at)
    genders = {name: gender_of_person(name) for name in {mentions.term[k] for k in person.tolist()}}
    for token, a, b in zip(at.tolist(), low.tolist(), high.tolist(), strict=True):
        gender = "m" if word[token] == 1 else "f"
        near = [k for k in person[a:b].tolist() if segment[mentions.first[k]] == segment[token]]
        allowed = [k for k in near if genders[mentions.term[k]] in ("", gender)]
        if allowed and len({mentions.term[k] for k in allowed}) == 1:
            yield allowed[-1], token


__all__ = ["at_tokens", "join", "pronouns", "with_stand_ins"]
