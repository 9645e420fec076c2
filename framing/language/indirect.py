"""Indirect and reported speech, found beside the direct one: see :mod:`framing.language.quotations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cues import CLASSES
from framing.language.morphology import FINITE, TAG_ID
from framing.language.quotations import INDIRECT, REPORT_VOICE, REPORTED, Quotation
from framing.language.reports import beside_source, clause_of_cue, clause_of_noun, hearsay, sentence_before, trim
from framing.language.sources import Span, sources_in

if TYPE_CHECKING:
    from framing.language.speech import SpeechFinder

_REPORTING = frozenset(
    "kritisieren loben bezeichnen nennen fordern warnen ankündigen verurteilen begrüßen zurückweisen bestreiten "
    "dementieren ablehnen verteidigen vorwerfen würdigen bemängeln rügen anprangern sprechen berichten verlangen "
    "vermuten vorschlagen beklagen bedauern bestätigen aufrufen auffordern appellieren plädieren drohen befürchten "
    "einräumen zugeben bekräftigen versprechen zusagen erinnern verweisen hinweisen rechtfertigen begründen "
    "beschuldigen ausschließen erwarten bezweifeln mahnen melden ausgehen".split()
)
# The author, the reader, anyone: no one who is reported on.
NO_SOURCE = frozenset("ich wir man".split())
# Sentences over which a report goes on in the Konjunktiv.
CARRIES = 2


class _Teller:
    """Who spoke last, in which sentence and paragraph."""

    def __init__(self) -> None:
        self.speaker: Span | None = None
        self.sentence = -9
        self.paragraph = -9

    def told(self, q: Quotation, sentence: int, paragraph: int) -> None:
        if q.speaker is not None:
            self.speaker, self.sentence, self.paragraph = q.speaker, sentence, paragraph

    def near(self, sentence: int, paragraph: int) -> Span | None:
        close = sentence - self.sentence <= CARRIES and paragraph - self.paragraph <= 1
        return self.speaker if close else None


def add_indirect(f: SpeechFinder, direct: list[Quotation], voice: NDArray[np.uint8]) -> list[Quotation]:
    """All quotations in text order; ``voice`` is marked for the tokens of indirect and reported speech."""
    found: list[Quotation] = []
    covered = voice == 1
    d = f.d
    verbs = np.flatnonzero((f.cue_verb >= 0) & ~f.inside)
    bounds = f.sentence_start
    segment, paragraphs = d.tokens.segment, d.tokens.paragraph
    by_sentence: dict[int, list[int]] = {}
    # verbs of speech first: what someone says of another's thoughts is the speaker's
    for at in verbs[np.argsort(~f.spoken[verbs], kind="stable")].tolist():
        by_sentence.setdefault(int(f.sentence[at]), []).append(at)
    nouns: dict[int, list[int]] = {}
    # nouns with a comma or a colon behind them
    for at in np.flatnonzero((f.cue_noun >= 0) & ~f.inside & _before_comma(f)).tolist():
        nouns.setdefault(int(f.sentence[at]), []).append(at)
    sources = _sentences_with_sources(f)
    told, open_to = _konjunktiv_sentences(f)
    rumours = set(f.sentence[f.modal_of_hearsay & ~f.inside].tolist())
    direct_by_sentence = {int(f.sentence[q.last - 1]): q for q in direct}
    teller = _Teller()
    last_segment = -1
    previous_found = -9
    busy = sorted(set(by_sentence) | set(nouns) | sources | told | open_to | rumours | set(direct_by_sentence))
    for s in busy:
        low, high = int(bounds[s]), int(bounds[s + 1])
        paragraph = int(paragraphs[low])
        if segment[low] != last_segment:
            teller, last_segment = _Teller(), int(segment[low])
        here: list[Quotation] = []
        for cue in by_sentence.get(s, ()):
            quotation = clause_of_cue(f, cue, low, high, covered)
            if quotation is None:
                quotation = sentence_before(f, cue, low, covered)
            if quotation is not None:
                here.append(quotation)
                break
        if not here and s in sources:
            # "für den Minister ist …" gives a view, and of a whole sentence more often a use
            told_by = [x for x in sources_in(f, low, high) if f.word(x.cue) not in ("für", "Für")]
            for source in told_by[:1]:
                here.extend(beside_source(f, source, low, high, covered))
        for noun in nouns.get(s, ()) if not here else ():
            quotation = clause_of_noun(f, noun, low, high, covered)
            if quotation is not None:
                here.append(quotation)
                break
        goes_on = s in open_to and previous_found == s - 1 and teller.near(s, paragraph) is not None
        if not here and (s in told or goes_on):
            start, end = trim(f, low, high)
            quoted = np.flatnonzero(covered[start:end])
            if len(quoted) and f.flags[start + quoted[0] - 1] & v.COLON:
                start, end = trim(f, start, start + int(quoted[0]))
            speaker = teller.near(s, paragraph)
            if not covered[start:end].all() and end - start > 2 and (speaker is not None or _surely_told(f, low, high)):
                here.append(Quotation(int(segment[low]), start, end, INDIRECT, speaker, None, "neutral"))
        if not here and s in rumours:
            here.extend(hearsay(f, low, high, covered))
        if not here and s not in direct_by_sentence:
            for cue in by_sentence.get(s, ()):
                quotation = _reported(f, cue, low, high)
                if quotation is not None:
                    here.append(quotation)
                    break
        found.extend(here)
        if here and here[-1].form == INDIRECT:
            previous_found = s
        if here:
            teller.told(here[-1], s, paragraph)
        if s in direct_by_sentence:
            teller.told(direct_by_sentence[s], s, paragraph)
            previous_found = s
    for q in found:
        if q.form == INDIRECT:
            part = voice[q.first : q.last]
            part[part == 0] = REPORT_VOICE
    return sorted(direct + found, key=lambda q: (q.first, q.last))


def _sentences_with_sources(f: SpeechFinder) -> set[int]:
    at = np.array([*f.source_starts, *f.so_tokens], np.int64)
    return set(f.sentence[at].tolist())


def _before_comma(f: SpeechFinder) -> NDArray[np.bool_]:
    """Whether the unbroken stretch of a token's clause ends with a comma or a colon."""
    if f.n == 0:
        return np.zeros(0, bool)
    result: NDArray[np.bool_] = (f.flags[f.d.clause_end - 1] & (v.COMMA | v.COLON)) > 0
    return result


def _konjunktiv_sentences(f: SpeechFinder) -> tuple[set[int], set[int]]:
    """Sentences whose first finite verb is a Konjunktiv I, and those where it is a Konjunktiv II."""
    at = np.flatnonzero(FINITE[f.tag] & ~f.inside)
    if len(at) == 0:
        return set(), set()
    sentence = f.sentence[at]
    first = np.ones(len(at), bool)
    first[1:] = sentence[1:] != sentence[:-1]
    main = first & ~f.d.clauses.subordinate[f.clause[at]]
    return set(sentence[main & f.konjunktiv[at]].tolist()), set(sentence[main & f.replacement[at]].tolist())


def _surely_told(f: SpeechFinder, low: int, high: int) -> bool:
    """Whether a Konjunktiv without a teller is a report, and no wish, no recipe (``Man nehme …``), no set phrase."""
    at = np.flatnonzero(FINITE[f.tag[low:high]]) + low
    first = int(at[0])
    return bool(f.clear_konjunktiv[first]) and first > low and f.word(first - 1) not in ("Gott", "man", "Man")


def _reported(f: SpeechFinder, cue: int, low: int, high: int) -> Quotation | None:
    """A sentence whose verb tells of speech without giving a clause of it."""
    lemma = f.d.vocabulary.lemmas[f.d.lemma[cue]]
    if lemma not in _REPORTING:
        return None
    clause = int(f.clause[cue])
    if f.d.clauses.subordinate[clause] or f.d.clauses.passive[clause]:
        return None
    if int(f.d.clauses.verb[clause]) != cue or f.tag[cue] == TAG_ID["VV(INF)"]:
        return None
    speaker = f.speaker_of_clause(cue)
    start, end = trim(f, low, high)
    if speaker is None or f.word(speaker[0]).lower() in NO_SOURCE or end - start < 4:
        return None
    phrase = int(f.d.phrases.of_token[speaker[0]])
    if phrase < 0 or not (f.names_person(phrase) or f.d.phrases.pronoun[phrase]):
        return None
    if lemma == "ausgehen" and not f.von[low:high].any():
        return None
    return Quotation(int(f.d.tokens.segment[low]), start, end, REPORTED, speaker, cue, CLASSES[f.cue_verb[cue]])
