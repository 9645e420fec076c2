"""What a model of target sentiment sees of a target: evidence by kind and distance, role, verb, kind of name.

One row per target, one column per name in :func:`feature_names`; no word of the text is a feature, so that a model
learns how to weigh evidence and not which names its training data speak well of.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.language.cues import cues
from framing.language.documents import Documents
from framing.language.morphology import TAGS
from framing.language.vocabulary import IntArray
from framing.language.voices import DISTANCED, QUOTED
from framing.scorers import verb_values as vv
from framing.scorers.base import FloatArray
from framing.scorers.joins import pairs
from framing.scorers.target_context import CATEGORIES, CONTEXTS, Surroundings
from framing.scorers.targets import Targets
from framing.scorers.toward_rules import OWN_WORD, RULES
from framing.scorers.valued_words import Words

_TAGS = ("NE", "NN", "ADJ(A)")
_TYPES = ("person", "organisation", "place", "state")
_VERB = ("agency", "power", "agent_sentiment", "theme_sentiment", "agent_effect", "theme_effect")
_DECAY = (3, 10)


def target_features(
    d: Documents, targets: Targets, around: Surroundings, words: Words, count: int
) -> tuple[FloatArray, list[str]]:
    """Features of targets and their names.

    Parameters
    ----------
    d, words
        Parsed texts and the valued words in them.
    targets, around
        As given by :func:`framing.scorers.target_context.surroundings`.
    count
        Number of targets; further entries of ``targets`` are relative pronouns.

    Returns
    -------
    x : ndarray
        Shape ``(count, features)``.
    names : list of str
    """
    columns: dict[str, NDArray[np.generic]] = {}
    first, last = targets.first[:count], targets.last[:count]

    def add_signs(name: str, index: IntArray | NDArray[np.int64], value: FloatArray) -> None:
        columns[name + " +"] = np.bincount(index, np.maximum(value, 0), count)
        columns[name + " -"] = np.bincount(index, np.maximum(-value, 0), count)

    # the rules that connect a word to the target are rare one by one: together they are learnt
    direct = (around.category < len(RULES)) & (around.category != OWN_WORD)
    add_signs("said of it", around.target[direct], around.value[direct])
    for name in (RULES[OWN_WORD], *CONTEXTS):
        at = around.category == CATEGORIES.index(name)
        add_signs(name, around.target[at], around.value[at])
    i, j = pairs(d.tokens.sentence[first], d.tokens.sentence[words.first])
    distance = words.first[j] - first[i]
    for side, mask in (("before", distance < 0), ("after", distance > 0)):
        for decay in _DECAY:
            weight = np.exp(-np.abs(distance[mask]) / decay)
            add_signs(f"{side}, within {decay}", i[mask], words.value[j[mask]] * weight)
    voice = d.voice[around.first]
    for name, which in (("quoted", QUOTED), ("distanced", DISTANCED)):
        at = voice == which
        add_signs(name, around.target[at], around.value[at])
    total = around.sums(count)
    columns |= {"rules": total, "rules positive": total >= 0.25, "rules negative": total <= -0.25}
    columns |= _syntax(d, targets, count)
    columns |= _kinds(d, first, last)
    names = list(columns)
    return np.column_stack([columns[n] for n in names]).astype(np.float64).reshape(count, len(names)), names


def _syntax(d: Documents, t: Targets, count: int) -> dict[str, NDArray[np.generic]]:
    """Role of the target and the verb of its clause."""
    agent = np.bincount(t.number[t.agent], minlength=count) > 0
    patient = np.bincount(t.number[t.patient], minlength=count) > 0
    phrase, clause, first = t.phrase[:count], t.clause[:count], t.first[:count]
    c = d.clauses
    verb = c.verb[clause]
    lemma = d.lemma[np.maximum(verb, 0)]
    values = vv.verb_table(d.vocabulary)[lemma] * (verb >= 0)[:, None]
    speaking = d.vocabulary.lemma_table(
        "verbs of speech by targets", np.bool_, lambda new: [w in cues().verbs for w in new]
    )
    preposition = (
        np.where(phrase >= 0, d.phrases.preposition[np.maximum(phrase, 0)], -1) if len(d.phrases.start) else phrase
    )
    sentence = d.tokens.sentence
    start = np.searchsorted(sentence, sentence[first])
    length = np.searchsorted(sentence, sentence[first], side="right") - start
    negated = np.bincount(c.of_token[d.negation.negated], minlength=len(c.verb)) > 0
    out: dict[str, NDArray[np.generic]] = {
        "agent": agent, "patient": patient, "qualifies": t.base[:count] >= 0, "in no phrase": phrase < 0,
        "with preposition": preposition >= 0, "passive": c.passive[clause], "subordinate": c.subordinate[clause],
        "no verb": verb < 0, "negated": d.negation.negated[first], "negation in clause": negated[clause],
        "speaks": agent & (verb >= 0) & speaking[lemma], "is quoted": d.voice[first] == QUOTED,
        "is distanced": d.voice[first] == DISTANCED, "place in sentence": (first - start) / np.maximum(length, 1),
        "length of sentence": np.log(np.maximum(length, 1)),
    }  # fmt: skip
    for k, name in enumerate(_VERB):
        out[f"verb {name}"] = values[:, k]
        out[f"agent of verb {name}"] = values[:, k] * agent
        out[f"patient of verb {name}"] = values[:, k] * patient
    return out


def _kinds(d: Documents, first: IntArray, last: IntArray) -> dict[str, NDArray[np.generic]]:
    """Part of speech of the target's last word, and what it names."""
    tag = d.tag[last - 1]
    out: dict[str, NDArray[np.generic]] = {f"tag {t}": tag == TAGS.index(t) for t in _TAGS}
    type_at = np.full(d.n_tokens, -1, np.int8)
    for name in d.name_list:
        type_at[name.first : name.last] = _TYPES.index(name.type) if name.type in _TYPES else -1
    for number, name_ in enumerate(_TYPES):
        out[f"names a {name_}"] = type_at[last - 1] == number
    return out
