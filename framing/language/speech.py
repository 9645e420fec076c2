"""What the search for quotations looks up: cues, sentences, and who is the subject of a cue's clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cues import cues
from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.names import is_office
from framing.language.nominal import CASE_MASK
from framing.language.roles import AGENT, PATIENT

if TYPE_CHECKING:
    from framing.language.documents import Documents

_VERBAL = tag_mask("VERB", "AUX")
_WRITTEN_IN = frozenset("in im auf aus".split())


class SpeechFinder:
    """One pass over parsed texts; holds the arrays as lists, which single look-ups read faster."""

    def __init__(self, d: Documents) -> None:
        self.d = d
        t = d.tokens
        voc = d.vocabulary
        lexicon = cues()
        lemma = d.lemma
        verb_class = voc.lemma_table("cue verbs", np.int8, lambda new: [lexicon.verbs.get(x, -1) for x in new])
        noun_class = voc.lemma_table("cue nouns", np.int8, lambda new: [_noun_class(x) for x in new])
        source_noun = voc.lemma_table("source nouns", np.bool_, lambda new: [x in lexicon.after_nach for x in new])
        verbal = _VERBAL[d.tag]
        # a participle or infinitive carries the cue for its clause ("hatte geantwortet")
        self.cue_verb = np.where(verbal, verb_class[lemma], -1)
        self.cue_noun = np.where(d.tag == TAG_ID["NN"], noun_class[lemma], -1)
        self.source_noun = source_noun[lemma]
        spoken = voc.lemma_table("spoken cues", np.bool_, lambda new: [x in lexicon.spoken for x in new])
        self.spoken = spoken[lemma]
        self.flags = d.flags
        self.tag = d.tag
        self.sentence = t.sentence
        self.clause = d.clauses.of_token
        self.strings, self.types = voc.strings, t.type
        self.n = len(t.type)
        bounds = (
            np.flatnonzero(np.r_[True, self.sentence[1:] != self.sentence[:-1], True]) if self.n else np.zeros(1, int)
        )
        self.sentence_start = bounds
        self.roles = d.role_table
        count = len(d.clauses.verb)
        self.agent = np.full(count, -1, np.int64)
        agents = self.roles.role == AGENT
        heads = d.phrases.head[self.roles.phrase[agents]]
        self.agent[self.clause[heads]] = self.roles.phrase[agents]
        self.patient = np.full(count, -1, np.int64)
        patients = self.roles.role == PATIENT
        heads = d.phrases.head[self.roles.phrase[patients]]
        self.patient[self.clause[heads]] = self.roles.phrase[patients]
        self.role_end = {int(p): int(e) for p, e in zip(self.roles.phrase, self.roles.end, strict=True)}
        self.office = voc.lemma_table("office", np.bool_, lambda new: [is_office(x) for x in new])
        self.konjunktiv = _konjunktiv_one(d)
        self.inside = np.zeros(self.n, bool)

    def word(self, i: int) -> str:
        return self.strings[self.types[i]]

    def bounds(self, i: int) -> tuple[int, int]:
        """First token and token after the last of the sentence of token ``i``."""
        s = int(self.sentence[i])
        return int(self.sentence_start[s]), int(self.sentence_start[s + 1])

    def phrase_span(self, phrase: int) -> tuple[int, int]:
        """Tokens of a phrase with its genitives, and with the name set between commas behind it."""
        p = self.d.phrases
        start, end = int(p.start[phrase]), self.role_end.get(phrase, int(p.end[phrase]))
        if end + 1 < self.n and self.flags[end] & v.COMMA and self.tag[end + 1] == TAG_ID["NE"]:
            # "der Leiter des Programms, Klaus Stöhr, sagte"
            name = int(p.of_token[end + 1])
            after = int(p.end[name]) if name >= 0 else self.n
            same = self.sentence[end + 1] == self.sentence[start]
            if same and after < self.n and self.flags[after] & v.COMMA and self.tag[start] != TAG_ID["NE"]:
                end = after
        return start, end

    def phrase_after(self, i: int, stop: int) -> int:
        """First plain phrase that starts at or behind token ``i``."""
        p = self.d.phrases
        k = int(np.searchsorted(p.start, i))
        while k < len(p.start) and p.start[k] < stop:
            if self.tag[p.start[k]] != TAG_ID["PRF"]:
                return k
            k += 1
        return -1

    def agent_of(self, clause: int) -> int:
        """Phrase of the agent of a clause, -1 without one outside quotation marks."""
        phrase = int(self.agent[clause])
        return -1 if phrase >= 0 and self.inside[self.d.phrases.head[phrase]] else phrase

    def nominative_in(self, clause: int, verb: int) -> int:
        """First phrase of the verb's clause that can be its subject, -1 without one."""
        p = self.d.phrases
        low, high = self.bounds(verb)
        k = int(np.searchsorted(p.start, max(low, verb - 100)))
        high = min(high, verb + 100)
        found = -1
        while k < len(p.start) and p.start[k] < high:
            plain = p.preposition[k] < 0 and p.genitive_of[k] < 0 and self.tag[p.head[k]] != TAG_ID["PRF"]
            if (
                plain
                and self.clause[p.head[k]] == clause
                and p.cases[k] & CASE_MASK["nom"]
                and not self.inside[p.head[k]]
            ):
                # right behind the verb stands the subject of "…, sagte X"; else the first that can be it
                if p.start[k] == verb + 1 or found < 0 or self.d.phrases.pronoun[found] > p.pronoun[k]:
                    found = k
                if p.start[k] > verb:
                    break
            k += 1
        return found

    def source_of_heissen(self, verb: int) -> tuple[int, int] | None:
        """Phrase behind ``in``, ``auf`` or ``aus`` in the sentence of ``heißt es``."""
        p = self.d.phrases
        low, high = self.bounds(verb)
        for k in range(int(np.searchsorted(p.start, low)), int(np.searchsorted(p.start, high))):
            preposition = int(p.preposition[k])
            if preposition >= 0 and not self.inside[preposition] and self.word(preposition).lower() in _WRITTEN_IN:
                return int(p.start[k]), self.role_end.get(k, int(p.end[k]))
        return None

    def person_in(self, low: int, high: int) -> int:
        """Phrase between two tokens that names who may have spoken: the subject of a clause with a name or an office.

        -1 where there is none or more than one.
        """
        found = -1
        p = self.d.phrases
        for k in range(int(np.searchsorted(p.start, low)), int(np.searchsorted(p.start, high))):
            plain = p.preposition[k] < 0 and p.genitive_of[k] < 0 and not p.pronoun[k]
            if not plain or not p.cases[k] & CASE_MASK["nom"] or self.inside[p.head[k]]:
                continue
            if not self.names_person(k):
                continue
            if self.agent_of(int(self.clause[p.head[k]])) == k:
                return k
            found = k if found < 0 else found
        return found

    def names_person(self, phrase: int) -> bool:
        """Whether a phrase has a proper noun or an office in it."""
        p = self.d.phrases
        span = slice(int(p.start[phrase]), int(p.end[phrase]))
        return bool((self.tag[span] == TAG_ID["NE"]).any() or self.office[self.d.word_lemma[span]].any())

    def speaker_of_clause(self, verb: int) -> tuple[int, int] | None:
        """Subject of the cue verb's clause, or of the clause it depends on by coordination."""
        clause = int(self.clause[verb])
        phrase = self.agent_of(clause)
        if self.d.vocabulary.lemmas[self.d.lemma[verb]] == "zitieren":
            # who is quoted speaks, not who quotes
            quoted = int(self.patient[clause])
            phrase = quoted if quoted >= 0 and not self.inside[self.d.phrases.head[quoted]] else phrase
        if self.d.vocabulary.lemmas[self.d.lemma[verb]] == "heißen":
            # "in einem Schreiben heißt es"
            return self.source_of_heissen(verb)
        if phrase < 0:
            # "sagte er und fügte hinzu": the subject stands in the clause before
            low, _ = self.bounds(verb)
            first = verb
            while first > low and self.clause[first - 1] == clause:
                first -= 1
            if self.tag[first] == TAG_ID["KON"] and first > low:
                phrase = self.agent_of(int(self.clause[first - 1]))
        if phrase < 0:
            phrase = self.nominative_in(clause, verb)
        if phrase < 0:
            return None
        if self.tag[self.d.phrases.head[phrase]] == TAG_ID["PRELS"]:
            return None
        return self.phrase_span(phrase)


def _noun_class(lemma: str) -> int:
    nouns = cues().nouns
    return nouns.get(lemma, -1)


def _konjunktiv_one(d: Documents) -> NDArray[np.bool_]:
    """Whether each token is a finite verb in the Konjunktiv I that differs from the indicative (``sei``, ``komme``)."""
    voc = d.vocabulary
    shape = voc.table(
        "konjunktiv form", np.int8,
        lambda new: [2 if w.lower() in ("sei", "seien") else 1 if w.endswith("e") and w.islower() else 0 for w in new],
    )[d.tokens.type]  # fmt: skip
    result = (shape == 2) & FINITE[d.tag]
    at = np.flatnonzero((shape == 1) & FINITE[d.tag])
    if len(at):
        types, lemmas = d.tokens.type[at], d.word_lemma[at]
        keys = types.astype(np.int64) << 32 | lemmas
        unique, inverse = np.unique(keys, return_inverse=True)
        good = np.array([voc.lemmas[int(k) & 0xFFFFFFFF] == voc.strings[int(k) >> 32] + "n" for k in unique])
        ich = voc.table("ich", np.bool_, lambda new: [w.lower() == "ich" for w in new])[d.tokens.type]
        has_ich = np.bincount(d.clauses.of_token[ich], minlength=len(d.clauses.verb)) > 0
        result[at] = good[inverse] & ~has_ich[d.clauses.of_token[at]]
    return result
