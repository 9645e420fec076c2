"""What the search for quotations looks up: sentences, phrases, and who is the subject of a cue's clause."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.morphology import FINITE, TAG_ID
from framing.language.nominal import CASE_MASK
from framing.language.roles import AGENT, PATIENT
from framing.language.speech_words import SpeechWords, between

if TYPE_CHECKING:
    from framing.language.documents import Documents

_WRITTEN_IN = frozenset("in im auf aus".split())
_BEFORE_TITLE = frozenset(TAG_ID[t] for t in ("NN", "NE", "APPR", "APPRART", "ART", "PDAT", "PPOSAT"))
_NO_SPEAKER = frozenset(TAG_ID[t] for t in ("CARD", "PRF", "ADJ(D)"))
TIME = frozenset(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar Februar März April Mai Juni Juli August "
    "September Oktober November Dezember Jahr Jahre Monat Woche Tag Tage Stunde Stunden Uhr Abend Morgen Nacht Prozent "
    "Ende Anfang Mitte Wochenende Vortag Nachmittag Mittag Vormittag Zukunft Vergangenheit Folge Rahmen Sache".split()
)
# Tokens around a quotation or a cue in which the other is sought, however long the "sentence" is.
REACH = 150
# Pronouns that name no one.
NOBODY = frozenset("man wer es das dies was niemand etwas nichts wem welches".split())


class SpeechFinder(SpeechWords):
    """Look-ups for one batch of parsed texts.

    Attributes
    ----------
    inside
        Shape ``(tokens,)``: whether a token stands between quotation marks that are no marks of a name.
    title_end
        Closing mark of each name between marks, by its opening mark.
    agent, patient
        Phrase of each clause's agent and patient, -1 without one.
    """

    def __init__(self, d: Documents) -> None:
        super().__init__(d)
        t = d.tokens
        self.flags = d.flags
        self.tag = d.tag
        self.sentence = t.sentence
        self.clause = d.clauses.of_token
        self.strings, self.types = d.vocabulary.strings, t.type
        self.n = len(t.type)
        change = np.r_[True, self.sentence[1:] != self.sentence[:-1], True]
        self.sentence_start = np.flatnonzero(change) if self.n else np.zeros(1, int)
        roles = d.role_table
        count = len(d.clauses.verb)
        self.agent = np.full(count, -1, np.int64)
        self.patient = np.full(count, -1, np.int64)
        for role, of_clause in ((AGENT, self.agent), (PATIENT, self.patient)):
            phrases = roles.phrase[roles.role == role]
            of_clause[self.clause[d.phrases.head[phrases]]] = phrases
        # first and last token of each clause
        self.clause_first = np.full(count, self.n, np.int64)
        self.clause_last = np.full(count, -1, np.int64)
        at = np.arange(self.n)
        self.clause_last[self.clause] = at
        self.clause_first[self.clause[::-1]] = at[::-1]
        new = np.ones(self.n, bool)
        new[1:] = self.clause[1:] != self.clause[:-1]
        # first token of the unbroken stretch of each token's clause
        self.stretch_first = np.maximum.accumulate(np.where(new, at, 0)) if self.n else at
        self.role_end = {int(p): int(e) for p, e in zip(roles.phrase, roles.end, strict=True)}
        self.inside = np.zeros(self.n, bool)
        # phrases that may be part of a source, and the tokens of "so": few of many
        self.source_phrases = self._source_phrases().tolist()
        self.so_tokens = np.flatnonzero(self.so).tolist()
        self.phrase_starts: list[int] = d.phrases.start.tolist()
        self.source_starts = [self.phrase_starts[k] for k in self.source_phrases]
        self.verb_cues = np.flatnonzero(self.cue_verb >= 0).tolist()
        self.noun_cues = np.flatnonzero(self.cue_noun >= 0).tolist()
        speaking = np.r_[0, np.cumsum((self.tag == TAG_ID["NE"]) | self.office[d.word_lemma])]
        # whether a phrase has a proper noun, an office or a body that makes statements in it
        self._names_person: list[bool] = (speaking[d.phrases.end] > speaking[d.phrases.start]).tolist()
        self.title_end: dict[int, int] = {}

    def _source_phrases(self) -> NDArray[np.intp]:
        """Phrases behind ``laut``, or of a noun like ``Angabe`` behind ``nach``, or before ``zufolge``; in text order."""
        p = self.d.phrases
        if self.n == 0:
            return np.zeros(0, np.intp)
        noun = self.source_noun[p.head]
        governed = p.preposition >= 0
        before = np.maximum(p.preposition, 0)
        behind = np.minimum(p.end, self.n - 1)
        prepositional = governed & (self.by_preposition[before] | (self.by_source_noun[before] & noun))
        postposed = ~governed & self.by_postposition[behind] & (noun | ~self.by_source_noun[behind])
        return np.flatnonzero(prepositional | postposed)

    def word(self, i: int) -> str:
        """The token as it is written."""
        word: str = self.strings[self.types[i]]
        return word

    def bounds(self, i: int) -> tuple[int, int]:
        """First token and token after the last of the sentence of token ``i``."""
        s = int(self.sentence[i])
        return int(self.sentence_start[s]), int(self.sentence_start[s + 1])

    def window(self, i: int) -> tuple[int, int]:
        """Bounds of the sentence of token ``i``, cut at :data:`REACH` tokens on both sides."""
        low, high = self.bounds(i)
        return max(low, i - REACH), min(high, i + REACH)

    def phrase_span(self, phrase: int) -> tuple[int, int]:
        """Tokens of a phrase with its genitives, and with the name set between commas behind it."""
        p = self.d.phrases
        start, end = int(p.start[phrase]), self.role_end.get(phrase, int(p.end[phrase]))
        last = phrase
        while last + 1 < len(p.start) and p.genitive_of[last + 1] == last:
            # "einem Sprecher des Amtes"
            last += 1
            end = max(end, int(p.end[last]))
        if end in self.title_end:
            # "die „Abendpost“"
            return start, self.title_end[end] + 1
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
        k = bisect_left(self.phrase_starts, i)
        while k < len(p.start) and p.start[k] < stop:
            if self.tag[p.start[k]] != TAG_ID["PRF"]:
                return k
            k += 1
        return -1

    def agent_of(self, clause: int) -> int:
        """Phrase of the agent of a clause, -1 without one outside quotation marks."""
        phrase = int(self.agent[clause])
        return -1 if phrase >= 0 and self.inside[self.d.phrases.head[phrase]] else phrase

    def usable(self, phrase: int) -> bool:
        """Whether a phrase can be someone who speaks: no ``es`` or ``man``, no year, no time, not within quotation marks."""
        p = self.d.phrases
        head = int(p.head[phrase])
        start, end = int(p.start[phrase]), int(p.end[phrase])
        if start > 0 and start - 1 in self.title_end and self._qualified(start - 1):
            # "im Fachblatt „Der Wald“": the name of what stands before it
            return False
        if self.tag[head] == TAG_ID["ART"] and end not in self.title_end:
            return False
        if self.inside[head] or self.tag[head] in _NO_SPEAKER or self.content[head]:
            return False
        if p.end[phrase] - p.start[phrase] > 1:
            return self.word(head) not in TIME
        word = self.word(head)
        return word.lower() not in NOBODY and word not in TIME and not (word.endswith("end") and len(word) > 8)

    def _qualified(self, mark: int) -> bool:
        """Whether the word before the mark of a title is a noun or a preposition."""
        return mark > 0 and self.tag[mark - 1] in _BEFORE_TITLE

    def first_of_clause(self, token: int, low: int) -> int:
        """First token of the unbroken stretch of a token's clause, punctuation left out."""
        first = max(int(self.stretch_first[token]), low)
        while first < token and self.flags[first] & v.PUNCT:
            first += 1
        return first

    def lemma_of_clause(self, token: int) -> int:
        """Lemma number of the verb of a token's clause, 0 without one."""
        clause = int(self.clause[token])
        verb = int(self.d.clauses.finite[clause])
        return int(self.d.word_lemma[verb]) if verb >= 0 else 0

    def nominative_in(self, clause: int, verb: int) -> int:
        """Phrase of the verb's clause that can be its subject, -1 without one.

        Right behind the verb stands the subject of ``…, sagte X``; else the first that can be it, one that names a
        person before one that does not.
        """
        p = self.d.phrases
        low, high = self.window(verb)
        k = bisect_left(self.phrase_starts, low)
        found, best = -1, -1
        while k < len(p.start) and p.start[k] < high:
            head = int(p.head[k])
            plain = p.preposition[k] < 0 and p.genitive_of[k] < 0 and self.tag[head] != TAG_ID["PRF"]
            if plain and self.clause[head] == clause and p.cases[k] & CASE_MASK["nom"] and self.usable(k):
                value = 4 * (p.start[k] == verb + 1) + 2 * self.names_person(k) + (not p.pronoun[k])
                if value > best:
                    found, best = k, value
            k += 1
        return found

    def source_of_heissen(self, verb: int) -> tuple[int, int] | None:
        """Phrase behind ``in``, ``auf`` or ``aus`` beside ``heißt es``: in its clause, else before it, the nearest."""
        p = self.d.phrases
        low, high = self.window(verb)
        found: tuple[int, int] | None = None
        best = self.n
        for k in self.phrases_in(low, high):
            preposition, start = int(p.preposition[k]), int(p.start[k])
            if preposition < 0 or self.inside[preposition] or self.word(int(p.head[k])) in TIME:
                continue
            word = self.word(preposition).lower()
            if word not in _WRITTEN_IN and not (word in ("von", "vom") and verb < start <= verb + 4):
                continue
            same = self.clause[preposition] == self.clause[verb]
            if not same and start > verb:
                break
            distance = abs(start - verb) + (0 if same else 50)
            if distance < best:
                found, best = (start, self.role_end.get(k, int(p.end[k]))), distance
        return found

    def person_in(self, low: int, high: int) -> int:
        """Phrase between two tokens that names who may have spoken: the subject of a clause with a name or an office.

        -1 where there is none or more than one.
        """
        found = -1
        p = self.d.phrases
        for k in self.phrases_in(low, high):
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
        """Whether a phrase has a proper noun, an office or a body that makes statements in it."""
        return self._names_person[phrase]

    def phrases_in(self, low: int, high: int) -> range:
        """Phrases that begin between two tokens."""
        found = between(self.phrase_starts, low, high)
        return range(found.start, found.stop)

    def speaker_of_clause(self, verb: int) -> tuple[int, int] | None:
        """Subject of the cue verb's clause, or of the clause it depends on by coordination."""
        clause = int(self.clause[verb])
        lemma = self.d.vocabulary.lemmas[self.d.lemma[verb]]
        if self.is_heissen[verb]:
            # "in einem Schreiben heißt es"
            return self.source_of_heissen(verb)
        phrase = self.agent_of(clause)
        spare = phrase
        if phrase >= 0 and not self.usable(phrase):
            phrase = -1
        if lemma == "zitieren":
            quoted = self._quoted_person(clause, verb)
            phrase = quoted if quoted >= 0 else phrase
        low, _ = self.window(verb)
        first = self.first_of_clause(verb, low)
        coordinated = self.tag[first] == TAG_ID["KON"]
        if coordinated and (FINITE[self.tag[first + 1]] or self.d.clauses.finite[clause] < 0):
            # "sagte er und fügte hinzu": what stands behind the verb is its object
            shared = self._subject_before(first, low)
            phrase = shared if shared >= 0 else phrase
        elif FINITE[self.tag[first]] and first > low + 1 and not (phrase >= 0 and self.d.phrases.start[phrase] > verb):
            # "die Sprecherin der Partei, Sandra Roth (FPB), erklärte"
            apposed = self._apposition_before(first, low)
            phrase = apposed if apposed >= 0 else phrase
        if phrase < 0 and not (self.d.clauses.passive[clause] and lemma != "zitieren"):
            phrase = self.nominative_in(clause, verb)
        if phrase < 0 and self.d.clauses.passive[clause]:
            phrase = self._passive_agent(clause, low, verb)
        bare = self.d.clauses.finite[clause] < 0
        if phrase < 0 and first > low and (coordinated or bare or FINITE[self.tag[first]]):
            phrase = self._subject_before(first, low)
        if phrase < 0 and spare >= 0 and self.word(int(self.d.phrases.head[spare])) in ("man", "wer"):
            phrase = spare
        if phrase < 0:
            return None
        if self.tag[self.d.phrases.head[phrase]] == TAG_ID["PRELS"]:
            phrase = self.antecedent(phrase)
            if phrase < 0:
                return None
        return self.phrase_span(phrase)

    def _passive_agent(self, clause: int, low: int, verb: int) -> int:
        """Phrase behind ``von`` or ``durch`` in a passive clause that names who can speak; -1 without."""
        p = self.d.phrases
        for k in self.phrases_in(low, verb):
            preposition = int(p.preposition[k])
            if preposition < 0 or self.word(preposition).lower() not in ("von", "vom", "durch"):
                continue
            if self.clause[p.head[k]] == clause and self.usable(k) and self.names_person(k):
                return k
        return -1

    def _quoted_person(self, clause: int, verb: int) -> int:
        """Who is quoted, not who quotes: the object of ``zitieren``, or a second name in its clause; -1 without."""
        p = self.d.phrases
        passive = bool(self.d.clauses.passive[clause])
        quoted = int(self.patient[clause])
        if quoted >= 0 and self.usable(quoted) and p.preposition[quoted] < 0:
            return quoted
        agent = self.agent_of(clause)
        low, high = self.window(verb)
        for k in self.phrases_in(low, high):
            if k == agent or self.clause[p.head[k]] != clause or p.preposition[k] >= 0 or p.genitive_of[k] >= 0:
                continue
            if self.usable(k) and self.names_person(k) and (passive or p.start[k] > verb + 1):
                return k
        return -1

    def _apposition_before(self, verb: int, low: int) -> int:
        """Phrase of a name that a comma or a bracket closes before a verb, in a stretch without a verb; -1 without."""
        i = verb - 1
        if not self.flags[i] & (v.COMMA | v.BRACKET_CLOSE):
            return -1
        if self.flags[i] & v.COMMA and self.flags[i - 1] & v.BRACKET_CLOSE:
            i -= 1
        if self.flags[i] & v.BRACKET_CLOSE:
            while i > low and not self.flags[i] & v.BRACKET_OPEN:
                i -= 1
        phrase = int(self.d.phrases.of_token[i - 1]) if i > low else -1
        if phrase < 0 or not self.names_person(phrase) or self.d.phrases.preposition[phrase] >= 0:
            return -1
        start = int(self.d.phrases.start[phrase])
        closed = start > low and self.flags[start - 1] & v.COMMA
        return phrase if closed and self.usable(phrase) and self.tag[start] == TAG_ID["NE"] else -1

    def _subject_before(self, first: int, low: int) -> int:
        """Agent of the nearest clause before a token that is not subordinate, else of the nearest at all; -1 without."""
        spare = -1
        seen = -1
        for i in range(first - 1, max(low, first - 80) - 1, -1):
            clause = int(self.clause[i])
            if clause == seen:
                continue
            seen = clause
            phrase = self.agent_of(clause)
            finite = int(self.d.clauses.finite[clause])
            if phrase < 0 and finite >= 0:
                phrase = self.nominative_in(clause, finite)
            if phrase < 0 or not self.usable(phrase) or self.tag[self.d.phrases.head[phrase]] == TAG_ID["PRELS"]:
                continue
            if not self.d.clauses.subordinate[clause]:
                return phrase
            spare = phrase if spare < 0 else spare
        return spare

    def antecedent(self, relative: int) -> int:
        """Phrase that a relative pronoun stands for, by gender and number; -1 where none fits."""
        p = self.d.phrases
        at = int(p.start[relative])
        k = relative - 1
        while k >= 0 and self.sentence[p.start[k]] == self.sentence[at] and at - p.end[k] <= 12:
            fits = _genders(int(p.cases[k])) & _genders(int(p.cases[relative]))
            if fits and not p.pronoun[k] and not self.inside[p.head[k]]:
                return k
            k -= 1
        return -1


def _genders(mask: int) -> int:
    """Genders and number of a mask of cases, in any case."""
    return (mask | mask >> 4 | mask >> 8 | mask >> 12) & 15
