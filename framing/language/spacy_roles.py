"""Agents and patients from the dependency tree of a spaCy pipeline, in the scheme of TIGER or Universal Dependencies.

TIGER (Brants et al. 2004), which spaCy's own German pipelines are trained on, makes the auxiliary the head of the clause
and the preposition that of its phrase; Universal Dependencies (de Marneffe et al. 2021) the verb and the noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.roles import AGENT, PATIENT, Roles

if TYPE_CHECKING:
    from framing.language.documents import Documents

_VERBAL, _AUXILIARY, _ADPOSITION = tag_mask("VERB", "AUX"), tag_mask("AUX"), tag_mask("APPR", "APPRART")
_PARTICIPLE = TAG_ID["VV(PP)"]
_SUBJECT = frozenset(["sb", "nsubj", "nsubj:pass", "nsubjpass"])
_OBJECT = frozenset(["oa", "obj", "dobj"])
_PASSIVE_AGENT = frozenset(["sbp", "obl:agent"])
_PASSIVE = frozenset(["nsubj:pass", "nsubjpass", "aux:pass", "auxpass", *_PASSIVE_AGENT])
_WITHIN = frozenset(["nk", "ag", "pnc", "cd", "cj", "conj", "cc", "det", "amod", "nummod", "nmod", "flat", "flat:name"])


def roles_of_tree(d: Documents, docs: Sequence[Any], numbers: Sequence[dict[int, int]]) -> Roles:
    """Agents and patients by the dependency tree.

    Parameters
    ----------
    d
        The texts, with tokens, tags and lemmas.
    docs
        The pipeline's documents, one per text.
    numbers
        For each text, the pipeline's token numbers to ours; blanks are missing.
    """
    rows: dict[int, tuple[int, int, int, int, int, bool]] = {}
    p = d.phrases
    for doc, number in zip(docs, numbers, strict=True):
        for i, k in number.items():
            token, relation = doc[i], doc[i].dep_.lower()
            if relation not in _SUBJECT | _OBJECT | _PASSIVE_AGENT or token.head.i not in number:
                continue
            verb, passive = _verb(d, token.head, number)
            passive |= relation in _PASSIVE
            if _ADPOSITION[d.tag[k]]:  # TIGER hangs the noun under its preposition
                token = next((c for c in token.children if c.i in number and p.of_token[number[c.i]] >= 0), token)
            phrase = int(p.of_token[number[token.i]])
            if phrase < 0 or verb < 0 or phrase in rows:
                continue
            done_to = relation in _OBJECT or (passive and relation in _SUBJECT)
            end = max([int(p.end[phrase]), *(number[x] + 1 for x in _within(token) if x in number)])
            rows[phrase] = (int(p.start[phrase]), PATIENT if done_to else AGENT, phrase, verb, end, passive)
    table = np.array(sorted(rows.values()), np.int32).reshape(-1, 6)
    start, role, phrase_, verb_, end_, passive_ = table.T
    sure = np.ones(len(table), np.float32)
    return Roles(verb_, role.astype(np.uint8), phrase_, start, end_, passive_.astype(bool), sure)


def _verb(d: Documents, head: Any, number: dict[int, int]) -> tuple[int, bool]:
    """Token of the verb that carries the meaning, and whether it is passive; -1 without a verb."""
    passive = False
    werden = d.vocabulary.lemma_id("werden")
    at = number[head.i]
    while _AUXILIARY[d.tag[at]]:  # TIGER hangs the participle or infinitive under the auxiliary
        below = [c for c in head.children if c.dep_ == "oc" and c.i in number]
        below = [c for c in below if _VERBAL[d.tag[number[c.i]]] and not FINITE[d.tag[number[c.i]]]]
        if not below:
            break
        passive |= bool(d.word_lemma[at] == werden and d.tag[number[below[0].i]] == _PARTICIPLE)
        head, at = below[0], number[below[0].i]
    if not _VERBAL[d.tag[at]]:  # Universal Dependencies hang the copula under the predicate
        copula = [number[c.i] for c in head.children if c.dep_ == "cop" and c.i in number]
        return (copula[0] if copula else -1), passive
    return at, passive or any(c.dep_ in ("aux:pass", "auxpass") for c in head.children)


def _within(token: Any) -> Iterator[int]:
    """Words of a noun phrase with the genitives and coordinated nouns behind it, no clauses, no prepositions."""
    yield token.i
    for child in token.children:
        if child.dep_ in _WITHIN and not any(c.dep_ == "case" for c in child.children if child.dep_ == "nmod"):
            yield from _within(child)


__all__ = ["roles_of_tree"]
