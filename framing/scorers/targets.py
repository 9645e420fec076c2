"""Whom sentiment is measured toward: spans of tokens with their place in the sentence, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.gazetteer import ADJECTIVE, PREFIX
from framing.language.morphology import NOUN, TAG_ID
from framing.language.ragged import ranges
from framing.language.roles import AGENT
from framing.language.vocabulary import BoolArray, IntArray

_ADJ, _NAME = TAG_ID["ADJ(A)"], TAG_ID["NE"]


@dataclass(frozen=True, slots=True)
class Targets:
    """Mentions of targets and what stands for them elsewhere (see :mod:`framing.scorers.stand_ins`).

    Attributes
    ----------
    number
        Mention that each entry belongs to; the first entries are the mentions themselves, in order.
    first, last
        First token and the token after the last.
    phrase
        Noun phrase, -1 outside.
    base
        Phrase whose head the target qualifies (``Putins`` in ``Putins Armee``, ``russisch`` in ``russische Armee``,
        ``der NATO`` in ``die Armee der NATO``), -1 where the target is itself what the phrase is about.
    clause
        Clause of the entry.
    role
        Row of the table of roles that names the entry, -1 without one.
    verb
        Verb that the entry is agent or patient of, -1 without one.
    acts
        Whether it is the agent of that verb.
    """

    number: IntArray
    first: IntArray
    last: IntArray
    phrase: IntArray
    base: IntArray
    clause: IntArray
    role: IntArray
    verb: IntArray
    acts: BoolArray

    def __len__(self) -> int:
        return len(self.number)

    @property
    def agent(self) -> BoolArray:
        """Which entries are agents."""
        return (self.verb >= 0) & self.acts

    @property
    def patient(self) -> BoolArray:
        """Which entries are patients."""
        return (self.verb >= 0) & ~self.acts


def role_of_token(d: Documents) -> IntArray:
    """Row of the table of roles at each token, -1 outside; of two the surer."""
    r = d.role_table
    out = np.full(d.n_tokens, -1, np.int32)
    order = np.argsort(r.probability, kind="stable")
    length = (r.end - r.start)[order]
    out[ranges(r.start[order], length)] = np.repeat(order, length)
    return out


def verb_and_role(d: Documents, role: IntArray) -> tuple[IntArray, BoolArray]:
    """Verb of rows of the table of roles, -1 for row -1, and whether the role is that of the agent."""
    r = d.role_table
    if len(r.verb) == 0:
        return np.full(len(role), -1, np.int32), np.zeros(len(role), bool)
    row = np.maximum(role, 0)
    return np.where(role >= 0, r.verb[row], -1).astype(np.int32), (role >= 0) & (r.role[row] == AGENT)


def find_targets(d: Documents, first: IntArray, last: IntArray, kind: list[str] | None = None) -> Targets:
    """Places of spans of tokens, and of what stands for them.

    Parameters
    ----------
    d
        Parsed texts.
    first, last
        Shape ``(n,)``: first token and the token after the last of each mention.
    kind
        How each is named (:class:`framing.language.names.Name`), where known.
    """
    from framing.scorers.stand_ins import with_stand_ins

    n = len(first)
    number = np.arange(n, dtype=np.int32)
    none = np.full(n, -1, np.int32)
    p = d.phrases
    if n == 0 or len(p.start) == 0:
        clause = d.clauses.of_token[first] if n else none
        return Targets(number, first, last, none, none, clause, none, none, np.zeros(n, bool))
    phrase = p.of_token[last - 1]
    inside = phrase >= 0
    safe = np.maximum(phrase, 0)
    head = p.head[safe]
    qualifies = inside & (last <= head) & ((d.tag[last - 1] == _ADJ) | NOUN[d.tag[head]])
    # "die Männer Amerikas"
    qualifies |= inside & (last - 1 > head) & _genitive_name(d)[d.tokens.type[last - 1]] & (d.tag[last - 1] == _NAME)
    if kind is not None:
        qualifies |= inside & np.array([k in (ADJECTIVE, PREFIX) for k in kind], bool)
    base = np.where(qualifies, phrase, -1)
    base = np.where((base < 0) & inside, p.genitive_of[safe], base)
    base = np.where((base < 0) & inside, _von_base(d, safe), base).astype(np.int32)
    # "Müller: Wir kommen": who speaks in an interview or a headline is not the subject of what is said
    label = (d.flags[np.minimum(last, d.n_tokens - 1)] & v.COLON) > 0
    role = np.where((base >= 0) | label, -1, role_of_token(d)[last - 1]).astype(np.int32)
    verb, acts = verb_and_role(d, role)
    mentions = Targets(number, first, last, phrase, base, d.clauses.of_token[first], role, verb, acts)
    return with_stand_ins(d, mentions)


def _genitive_name(d: Documents) -> BoolArray:
    """Word types that can be a name with the ``s`` of the genitive."""
    known = d.vocabulary.morphology
    table: BoolArray = d.vocabulary.table(
        "genitive names", np.bool_, lambda new: [w[-1:] == "s" and known.lemma(w, _NAME) == w[:-1] for w in new]
    )
    return table


def _von_base(d: Documents, phrase: IntArray) -> NDArray[np.int32]:
    """Phrase before ``von`` (``die Lügen von Putin``), -1 where ``von`` does not follow a noun."""
    p = d.phrases
    prep = p.preposition[phrase]
    at, before = np.maximum(prep, 0), np.maximum(prep - 1, 0)
    von = [d.vocabulary.encode_one(w) for w in ("von", "vom")]
    ok = (prep > 0) & np.isin(d.tokens.type[at], von) & NOUN[d.tag[before]]
    ok &= d.tokens.sentence[before] == d.tokens.sentence[at]
    # of a passive it may be the agent
    ok &= ~d.clauses.passive[d.clauses.of_token[before]]
    return np.where(ok, p.of_token[before], -1).astype(np.int32)
