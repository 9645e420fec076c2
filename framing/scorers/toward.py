"""Sentiment toward actors: what a text says of them, not what stands near them.

Formula: the mean of the values of all hits whose target is the actor. A hit is a word that a rule of
:mod:`framing.scorers.toward_rules` shows to be about a mention of the actor: a naming, an attribute, a predicate, a verb
with the actor as agent or theme, a word of stance, what the actor has or does. Its value is that of the lexicons
(``valence``, ``loaded_terms`` by strength, ``verbs``, ``stances``), turned by negation and shifters.

Range [-1, 1], positive is favourable; NaN without a hit. Each voice has its own mean: the author's words, and quoted
words; what the actor itself is quoted with does not count toward it.

Limits: irony, comparison (``schlimmer als X``) and what a reader infers from facts are not seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.scorers.base import Hits
from framing.scorers.stand_ins import join, pronouns
from framing.scorers.targets import Targets, find_targets
from framing.scorers.toward_rules import NAMING, OWN_WORD, RULES, find_evidence
from framing.scorers.valued_words import Words

# tokens between a loaded term and the name of whom it means
_NEAR = 5


def mention_targets(d: Documents, mentions: Hits) -> Targets:
    """Places of the mentions of actors (hits of :class:`framing.scorers.actors.Actors`) and of what stands for them."""
    named = find_targets(d, mentions.first, mentions.last, mentions.note)
    return join(named, pronouns(d, mentions))


def toward_hits(d: Documents, mentions: Hits, targets: Targets, loaded: Hits, words: Words) -> Hits:
    """What the texts say of each actor.

    Parameters
    ----------
    d, mentions
        Parsed texts and the mentions of actors in them.
    targets
        Places of the mentions; see :func:`mention_targets`.
    loaded
        Hits of the loaded terms in the same texts.
    words
        Valued words in them.

    Returns
    -------
    Hits
        ``target`` is the actor, ``category`` the rule, ``note`` the naming of the actor that the word is about.
    """
    evidence = find_evidence(d, targets, words)
    actors = sorted(set(mentions.term))
    number = {actor: k for k, actor in enumerate(actors)}
    of_mention = np.array([number[a] for a in mentions.term], np.int64)
    actor, first, last = of_mention[evidence.target], evidence.first, evidence.last
    rule, value, mention = evidence.rule, evidence.value, evidence.target.astype(np.int64)
    named = _named_by_loaded_terms(d, mentions, of_mention, loaded, number, words)
    actor, first, last, rule, value, mention = (
        np.concatenate([old, new]) for old, new in zip((actor, first, last, rule, value, mention), named, strict=True)
    )
    # a word counts once for an actor, however often the sentence names it; what the grammar shows goes first
    found_by = np.arange(len(rule)) >= len(evidence)
    order = np.lexsort((rule, found_by, first, actor))
    new = np.ones(len(order), bool)
    new[1:] = (actor[order][1:] != actor[order][:-1]) | (first[order][1:] != first[order][:-1])
    keep = order[new]
    # the words of a name ("Umwelthilfe") say nothing of who has it, nor an actor's own words of the actor
    keep = keep[(rule[keep] != OWN_WORD) & (_speaker(d, number)[first[keep]] != actor[keep])]
    keep = keep[np.argsort(first[keep], kind="stable")]
    names = d.vocabulary.lemmas
    return Hits(
        first[keep].astype(np.int32),
        last[keep].astype(np.int32),
        [names[k] for k in d.lemma[first[keep]].tolist()],
        [RULES[k] for k in rule[keep].tolist()],
        value[keep],
        [actors[k] for k in actor[keep].tolist()],
        [d.surface(int(mentions.first[m]), int(mentions.last[m])) for m in mention[keep].tolist()],
    )


def _named_by_loaded_terms(
    d: Documents, mentions: Hits, of_mention: NDArray[np.int64], loaded: Hits, number: dict[str, int], words: Words
) -> tuple[NDArray[Any], ...]:
    """Loaded terms whose own target is an actor named close by (``das Regime in Pjöngjang``)."""
    value_at = dict(zip(words.first[words.loaded].tolist(), words.value[words.loaded].tolist(), strict=True))
    sentence = d.tokens.sentence
    rows = []
    for first, last, target in zip(loaded.first.tolist(), loaded.last.tolist(), loaded.target, strict=True):
        if target not in number or first not in value_at:
            continue
        near = np.arange(*np.searchsorted(mentions.first, (first - _NEAR, last + _NEAR)))
        near = near[(of_mention[near] == number[target]) & (sentence[mentions.first[near]] == sentence[first])]
        if len(near):
            rows.append((number[target], first, last, NAMING, value_at[first], int(near[0])))
    table = np.array(rows, np.float64).reshape(-1, 6)
    whole = [table[:, k].astype(np.int64) for k in (0, 1, 2, 3, 5)]
    return whole[0], whole[1], whole[2], whole[3], table[:, 4], whole[4]


def _speaker(d: Documents, number: dict[str, int]) -> NDArray[np.int64]:
    """Number of the actor who is quoted at each token, -1 for none or another."""
    out = np.full(d.n_tokens, -1, np.int64)
    for q, name in zip(d.quotation_list, d.speaker_names, strict=True):
        if name is not None and q.form != "reported":
            out[q.first : q.last] = number.get(name.name, -1)
    return out
