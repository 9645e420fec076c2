"""Which valued words are about a target: rules over phrase, clause and role, each a join of arrays.

The rules, in order of precedence (a word counts once for a mention):

``naming``
    The target is called it: ``der Diktator X``, ``X, ein Lügner``, a loaded term around the name (``X-Regime``).
``attribute``
    An adjective of the target's own phrase: ``der korrupte X``.
``predicate``
    What is said of it: ``X ist korrupt``, ``X gilt als Hoffnung``, ``nennt X einen Mörder``, ``X steht unter Druck``.
``verb_agent``, ``verb_theme``
    What the verb suggests of its agent (``X lügt``) or theme (``X wird gelobt``), by ``lexicons/verbs.csv``.
``stance``
    A word of stance that governs it: ``Kritik an X``, ``stolz auf X``, ``Gegner von X`` (``lexicons/stances.csv``).
``possession``
    A valued noun that it has or does: ``die Lügen von X``, ``russische Aggression``.
``deed``
    What it does, by the valued words of the clause whose agent it is: ``X begeht Verbrechen``, ``X sorgt für Ordnung``.
``own_word``
    The valence of the word itself, where the target is no name: ``Übergriff``, ``Erfolg``.

What happens to a target (``X wird entlassen``, ``X verliert``) is no stance toward it and does not count.

References: Rashkin, Singh & Choi (2016), ACL; Sap et al. (2017), EMNLP.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cues import cues
from framing.language.documents import Documents
from framing.language.morphology import NOUN, tag_mask
from framing.language.nominal import CASE_MASK
from framing.language.roles import AGENT, PATIENT
from framing.language.vocabulary import BoolArray, IntArray
from framing.scorers import verb_values as vv
from framing.scorers.base import FloatArray
from framing.scorers.joins import pairs
from framing.scorers.sentiment import NEGATION_FACTOR
from framing.scorers.stances import genitive_values, stances
from framing.scorers.targets import Targets
from framing.scorers.valued_words import Words

RULES = (
    "naming", "attribute", "predicate", "verb_agent", "verb_theme", "stance", "possession", "deed", "own_word",
)  # fmt: skip
NAMING, ATTRIBUTE, PREDICATE, VERB_AGENT, VERB_THEME, STANCE, POSSESSION, DEED, OWN_WORD = range(len(RULES))
_ADJECTIVE = tag_mask("ADJ*", "VV(PP)")
_FREE_ADJECTIVE = tag_mask("ADJ(D)", "VV(PP)")
_ARTICLE = tag_mask("ART", "PDAT", "PIAT", "PPOSAT")
_COPULA = frozenset("sein bleiben werden wirken scheinen gelten erscheinen aussehen dastehen erweisen heißen".split())
_SEEMING = frozenset("bleiben wirken scheinen gelten erscheinen".split())
_NAMING_VERBS = frozenset(
    "nennen bezeichnen beschimpfen halten schimpfen titulieren brandmarken würdigen feiern betrachten ansehen "
    "einstufen darstellen verspotten schmähen preisen beschreiben kritisieren loben verurteilen".split()
)
_STATE_VERBS = frozenset("sein stehen geraten stecken bleiben kommen liegen".split())
# "gilt als Held", "wird zum Problem"; "steht unter Druck", "ist in der Krise"
_PREDICATIVE = frozenset("als zu zum zur".split())
_NAMED = frozenset("als für".split())
_STATE = frozenset("in im unter vor am".split())
# "sorgt für Ordnung", "führt zum Erfolg", "überzeugt mit Mut"
_BRINGING = frozenset(
    "sorgen führen beitragen verhelfen eintreten kämpfen einsetzen stehen überzeugen glänzen beeindrucken punkten "
    "begeistern auffallen stürzen bringen neigen reagieren handeln verschulden helfen".split()
)
_BROUGHT = frozenset("für zu zum zur mit durch in".split())

# rule, entry of the targets, first token, token after the last, value
Part = tuple[int, IntArray, IntArray, IntArray, FloatArray]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs of a mention and a word that is about it, in order of mention and text.

    Attributes
    ----------
    target
        Number of the mention.
    first, last
        Tokens of the word.
    rule
        Index into :data:`RULES`.
    value
        In [-1, 1], negation and shifters in it.
    """

    target: IntArray
    first: IntArray
    last: IntArray
    rule: NDArray[np.uint8]
    value: FloatArray

    def __len__(self) -> int:
        return len(self.target)


def find_evidence(d: Documents, t: Targets, words: Words) -> Evidence:
    """All pairs of a mention and a word about it; see the module."""
    parts: list[Part] = []
    if len(t) and len(d.phrases.start):
        parts += _in_phrase(d, t, words)
        parts += _appositions(d, t, words)
        parts += _predicates(d, t, words)
        parts += _verbs(d, t)
        parts += _stances(d, t)
        parts += _deeds(d, t, words)
    if not parts:
        none = np.zeros(0, np.int32)
        return Evidence(none, none, none, np.zeros(0, np.uint8), np.zeros(0))
    rule = np.concatenate([np.full(len(p[1]), p[0], np.uint8) for p in parts])
    number = t.number[np.concatenate([p[1] for p in parts])]
    first = np.concatenate([p[2] for p in parts])
    last = np.concatenate([p[3] for p in parts])
    value = np.clip(np.concatenate([p[4] for p in parts]), -1, 1)
    order = np.lexsort((rule, first, number))
    order = order[value[order] != 0]
    number, first = number[order], first[order]
    new = np.ones(len(order), bool)
    new[1:] = (number[1:] != number[:-1]) | (first[1:] != first[:-1])
    keep = order[new]
    return Evidence(
        number[new].astype(np.int32), first[new].astype(np.int32), last[keep].astype(np.int32), rule[keep], value[keep]
    )  # fmt: skip


def _parts(
    d: Documents, w: Words, entry: NDArray[np.int64], word: NDArray[np.int64], rule: NDArray[np.int64]
) -> list[Part]:
    """Pairs as parts, by rule.

    A possessor does not take the value of a noun that utters or undergoes it (``die Kritik der NATO``); nor is who is
    called someone's opponent or victim judged by that.
    """
    toward_genitive = genitive_values(d)[d.lemma[w.first[word]]]
    blocked = (rule == POSSESSION) & ~np.isnan(toward_genitive)
    blocked |= np.isin(rule, (NAMING, PREDICATE)) & (np.nan_to_num(toward_genitive) != 0)
    out: list[Part] = []
    for number in np.unique(rule[rule >= 0]).tolist():
        at = (rule == number) & ~blocked
        j = word[at]
        out.append((number, entry[at].astype(np.int32), w.first[j], w.last[j], w.value[j]))
    return out


def _in_phrase(d: Documents, t: Targets, w: Words) -> list[Part]:
    """``naming``, ``attribute``, ``own_word`` and ``possession`` inside a phrase, or in the one that a genitive qualifies."""
    i, j = pairs(t.phrase, w.phrase)
    at = w.first[j]
    inside = (at >= t.first[i]) & (at < t.last[i])
    before = at < t.first[i]
    qualifies = t.base[i] == t.phrase[i]
    adjective, noun = _ADJECTIVE[d.tag[at]], NOUN[d.tag[at]]
    rule = np.full(len(i), -1)
    rule[~qualifies & adjective & before] = ATTRIBUTE
    rule[~qualifies & noun & before] = NAMING
    rule[qualifies & noun & (at >= t.last[i])] = POSSESSION
    rule[inside & (noun | adjective) & ~qualifies] = OWN_WORD
    # "US-Aggression": the name is only a part of the valued word
    rule[inside & noun & qualifies] = POSSESSION
    rule[inside & noun & w.loaded[j]] = NAMING
    out = _parts(d, w, i, j, rule)
    i, j = pairs(np.where(t.base != t.phrase, t.base, -1), w.phrase)
    return out + _parts(d, w, i, j, np.where(NOUN[d.tag[w.first[j]]], POSSESSION, -1))


def _appositions(d: Documents, t: Targets, w: Words) -> list[Part]:
    """``X, ein Lügner,``: a phrase with a determiner between commas behind the target's."""
    p, last = d.phrases, d.n_tokens - 1
    main = np.where(t.base < 0, t.phrase, -1)
    own = np.maximum(main, 0)
    other = np.minimum(own + 1, len(p.start) - 1)
    start, comma, after = p.start[other], np.minimum(p.end[own], last), np.minimum(p.end[other], last)
    ok = (main >= 0) & (comma + 1 == start) & ((d.flags[comma] & v.COMMA) > 0) & ((d.flags[after] & v.PUNCT) > 0)
    ok &= _ARTICLE[d.tag[start]] & (p.preposition[other] < 0) & NOUN[d.tag[p.head[other]]]
    ok &= d.clauses.of_token[start] == t.clause
    i, j = pairs(np.where(ok, other, -1), w.phrase)
    return _parts(d, w, i, j, np.full(len(i), NAMING))


def _lemmas(d: Documents, key: str, words: frozenset[str]) -> BoolArray:
    """Which lemmas are among the words, kept under the key."""
    table: BoolArray = d.vocabulary.lemma_table(("toward", key), np.bool_, lambda new: [x in words for x in new])
    return table


def _types(d: Documents, key: str, words: frozenset[str]) -> BoolArray:
    table: BoolArray = d.vocabulary.table(("toward", key), np.bool_, lambda new: [x.lower() in words for x in new])
    return table


def _reports(d: Documents, lemma: IntArray) -> BoolArray:
    """Verbs whose agent speaks of, or judges, a thing and does not do it."""
    return _lemmas(d, "cues", frozenset(cues().verbs))[lemma] | _judges(d, lemma)


def _judges(d: Documents, lemma: IntArray) -> BoolArray:
    judges: BoolArray = vv.verb_table(d.vocabulary)[lemma, vv.THEME_SENTIMENT] != 0
    return judges


def _predicates(d: Documents, t: Targets, w: Words) -> list[Part]:
    """``X ist korrupt``, ``gilt als Lügner``, ``nennt X einen Mörder``, ``X steht unter Druck``, ``X handelt klug``."""
    c, p, r = d.clauses, d.phrases, d.role_table
    verb, finite = c.verb[t.clause], c.finite[t.clause]
    lemma = d.lemma[np.maximum(verb, 0)]
    agent, patient = t.agent, t.patient
    # "wirkt überfordert": the participle is no verb of the clause's own
    seems = (finite >= 0) & _lemmas(d, "seeming", _SEEMING)[d.lemma[np.maximum(finite, 0)]]
    is_copula = (verb >= 0) & (_lemmas(d, "copula", _COPULA)[lemma] | seems)
    plain = (t.phrase >= 0) & (t.base < 0) & (p.preposition[np.maximum(t.phrase, 0)] < 0)
    # without a role: right beside the finite verb
    beside = plain & (t.verb < 0) & (finite >= 0) & ((t.last == finite) | (t.first == finite + 1))
    subject = is_copula & (agent | beside)
    # whom "nennt ihn einen Mörder" names has no role where the model takes "einen Mörder" for the object
    has_agent = np.zeros(len(c.verb), bool)
    has_agent[c.of_token[r.start[r.role == AGENT]]] = True
    naming = (verb >= 0) & _lemmas(d, "naming verbs", _NAMING_VERBS)[lemma]
    called = naming & (patient | plain & ~agent & has_agent[t.clause])
    state = agent & (verb >= 0) & _lemmas(d, "state verbs", _STATE_VERBS)[lemma]
    i, j = pairs(np.where((subject | called | agent) & (t.base < 0), t.clause, -1), w.clause)
    at, in_phrase = w.first[j], w.phrase[j] >= 0
    phrase = np.maximum(w.phrase[j], 0)
    # not inside the subject's own extent ("die Lügen der Opposition sind …")
    other = (w.phrase[j] != t.phrase[i]) & ((verb[i] < at) | (verb[i] >= w.last[j]) | seems[i])
    if len(r.start):
        row = np.maximum(t.role[i], 0)
        other &= ~((t.role[i] >= 0) & (at >= r.start[row]) & (at < r.end[row]))
    prep = np.where(in_phrase, p.preposition[phrase], -1)
    prep_type = d.tokens.type[np.maximum(prep, 0)]
    bare = in_phrase & (prep < 0) & (p.genitive_of[phrase] < 0)
    with_prep = in_phrase & (prep >= 0)
    adjective = ~in_phrase & _FREE_ADJECTIVE[d.tag[at]]
    said = bare | (with_prep & _types(d, "predicative", _PREDICATIVE)[prep_type])
    named = said | (with_prep & _types(d, "named", _NAMED)[prep_type])
    # of two objects the second says what the first is called; "Ruhe ist besser als Panik" compares
    gap = np.where(prep >= 0, prep, p.start[phrase]) == p.end[np.maximum(t.phrase[i], 0)]
    second = patient[i] | gap
    compared = with_prep & _comparative(d)[d.tokens.type[np.maximum(prep - 1, 0)]]
    fits = subject[i] & (adjective | said) | called[i] & (adjective & patient[i] | named & second)
    fits |= state[i] & with_prep & _types(d, "state", _STATE)[prep_type]
    fits |= agent[i] & adjective & ~w.loaded[j] & ~_judges(d, lemma)[i] & ~is_copula[i]
    return _parts(d, w, i, j, np.where(fits & other & ~compared, PREDICATE, -1))


def _comparative(d: Documents) -> BoolArray:
    """Words in lower case that end like a comparative (``besser``)."""
    table: BoolArray = d.vocabulary.table(
        "comparatives", np.bool_, lambda new: [len(w) > 4 and w.islower() and w.endswith("er") for w in new]
    )
    return table


def _verbs(d: Documents, t: Targets) -> list[Part]:
    """What the verb suggests about agent and theme."""
    theme = _other_themes(d, t)
    verb = np.where(theme, d.clauses.verb[t.clause], t.verb)
    at = np.flatnonzero(verb >= 0).astype(np.int32)
    token = verb[at].astype(np.int32)
    values = vv.verb_table(d.vocabulary)[d.lemma[token]].astype(np.float64)
    factor = np.where(d.negation.negated[token], NEGATION_FACTOR, 1.0)
    agent, patient = t.agent[at], (t.patient | theme)[at]
    out: list[Part] = []
    for rule, mask, sentiment, effect in (
        (VERB_AGENT, agent, vv.AGENT_SENTIMENT, vv.AGENT_EFFECT),
        (VERB_THEME, patient, vv.THEME_SENTIMENT, vv.THEME_EFFECT),
    ):
        # pity for who is hurt is no praise
        suggested = np.where((values[:, sentiment] > 0) & (values[:, effect] < 0), 0.0, values[:, sentiment])
        out.append((rule, at[mask], token[mask], token[mask] + 1, (suggested * factor)[mask]))
    return out


def _other_themes(d: Documents, t: Targets) -> BoolArray:
    """Themes that the roles do not name: datives (``vertraut X``) and prepositional objects (``hofft auf X``)."""
    p = d.phrases
    verb = d.clauses.verb[t.clause]
    lemma = d.lemma[np.maximum(verb, 0)]
    free = (t.verb < 0) & (t.base < 0) & (t.phrase >= 0) & (verb >= 0)
    phrase = np.maximum(t.phrase, 0)
    prep = p.preposition[phrase]
    can_be_dative = (p.cases[phrase] & np.uint16(CASE_MASK["dat"])) > 0
    table = vv.verb_table(d.vocabulary)[lemma]
    out = free & (prep < 0) & can_be_dative & (table[:, vv.DATIVE] > 0)
    governs = free & (prep >= 0) & (table[:, vv.PREPOSITIONAL] > 0)
    names, strings = d.vocabulary.lemmas, d.vocabulary.strings
    for k in np.flatnonzero(governs).tolist():
        out[k] = strings[d.tokens.type[prep[k]]].lower() in vv.prepositions_of(names[lemma[k]])
    return out


def _stances(d: Documents, t: Targets) -> list[Part]:
    entry, token, value = stances(d, t)
    value = np.where(d.negation.negated[token], value * NEGATION_FACTOR, value)
    return [(STANCE, entry, token, token + 1, value)]


def _deeds(d: Documents, t: Targets, w: Words) -> list[Part]:
    """``X begeht Verbrechen``, ``X sorgt mit Mut für Ordnung``: valued nouns in the clause whose agent it is."""
    p, r, c = d.phrases, d.role_table, d.clauses
    verb = np.where(t.agent, c.verb[t.clause], -1)
    lemma = d.lemma[np.maximum(verb, 0)]
    values = vv.verb_table(d.vocabulary)[lemma]
    # who speaks of, judges, fears, needs or undergoes a thing does not do it
    brings = _lemmas(d, "bringing", _BRINGING)[lemma]
    does = (verb >= 0) & (brings | ~_reports(d, lemma)) & (values[:, vv.POWER] >= 0)
    does &= ~c.passive[t.clause] & ((values[:, vv.LISTED] == 0) | (values[:, vv.AGENCY] > 0))
    i, j = pairs(np.where(does, t.clause, -1), w.clause)
    at, phrase = w.first[j], np.maximum(w.phrase[j], 0)
    prep = np.where(w.phrase[j] >= 0, p.preposition[phrase], -1)
    done = np.zeros(len(p.start), bool)
    done[r.phrase[(r.role == PATIENT) & ~r.passive]] = True
    brought = (prep >= 0) & brings[i] & _types(d, "brought", _BROUGHT)[d.tokens.type[np.maximum(prep, 0)]]
    fits = (w.phrase[j] >= 0) & NOUN[d.tag[at]] & (done[phrase] | brought)
    return _parts(d, w, i, j, np.where(fits, DEED, -1))
