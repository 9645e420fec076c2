"""Indirect and reported speech, found beside the direct one: see :mod:`framing.language.quotations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cues import CLASSES, cues
from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.quotations import INDIRECT, REPORT_VOICE, REPORTED, Quotation, so_phrase, source_phrase

if TYPE_CHECKING:
    from framing.language.speech import SpeechFinder

_COMPLEMENT = tag_mask("KOUS", "PWAV", "PWS", "PWAT")
_COMPLEMENT_WORDS = frozenset(
    "dass daß ob wie warum weshalb wo wann wer was welche welcher welches wieso inwieweit".split()
)
_ZU = tag_mask("VV(IZU)")
_INFINITIVE_CUES = frozenset(
    "drohen versprechen ankündigen fordern auffordern empfehlen vorschlagen raten bitten mahnen appellieren anbieten "
    "beschließen entscheiden zusagen zusichern behaupten vorgeben erklären glauben hoffen aufrufen warnen vorwerfen "
    "verlangen vereinbaren".split()
)
_REPORTING = frozenset(
    "kritisieren loben bezeichnen nennen fordern warnen ankündigen verurteilen begrüßen zurückweisen bestreiten "
    "dementieren ablehnen verteidigen vorwerfen würdigen bemängeln rügen anprangern sprechen berichten verlangen "
    "vermuten vorschlagen beklagen bedauern bestätigen aufrufen auffordern appellieren plädieren drohen befürchten "
    "einräumen zugeben bekräftigen versprechen zusagen erinnern verweisen hinweisen rechtfertigen begründen "
    "beschuldigen ausschließen erwarten bezweifeln mahnen melden".split()
)


# The author, the reader, anyone: no one who is reported on.
_NO_SOURCE = frozenset("ich wir man".split())


def add_indirect(f: SpeechFinder, direct: list[Quotation], voice: NDArray[np.uint8]) -> list[Quotation]:
    """All quotations in text order; ``voice`` is marked for the tokens of indirect and reported speech."""
    found: list[Quotation] = []
    covered = voice == 1
    d = f.d
    verbs = np.flatnonzero((f.cue_verb >= 0) & ~f.inside)
    bounds = f.sentence_start
    segment = d.tokens.segment
    by_sentence: dict[int, list[int]] = {}
    # verbs of speech first: what someone says of another's thoughts is the speaker's
    for at in verbs[np.argsort(~f.spoken[verbs], kind="stable")].tolist():
        by_sentence.setdefault(int(f.sentence[at]), []).append(at)
    sources = _sentences_with_sources(f)
    free = _konjunktiv_sentences(f)
    paragraphs = d.tokens.paragraph
    last_speaker: tuple[int, int] | None = None
    last_paragraph, last_sentence = -1, -9
    direct_by_sentence = {int(f.sentence[q.last - 1]): q for q in direct}
    busy = sorted(set(by_sentence) | sources | free | set(direct_by_sentence))
    for s in busy:
        low, high = int(bounds[s]), int(bounds[s + 1])
        paragraph = int(paragraphs[low])
        if paragraph != last_paragraph:
            last_speaker = None
        before = len(found)
        for cue in by_sentence.get(s, ()):
            quotation = _clause_of_cue(f, cue, low, high, covered)
            if quotation is not None:
                found.append(quotation)
                break
        if len(found) == before and s in sources:
            source = source_phrase(f, low, high) or so_phrase(f, low, high)
            if source is not None:
                found.extend(_beside_source(f, source, low, high, covered))
        if len(found) == before and s in free and last_speaker is not None and s - last_sentence <= 2:
            start, end = _trim(f, low, high)
            if not covered[start:end].all() and end - start > 2:
                found.append(Quotation(int(segment[low]), start, end, INDIRECT, last_speaker, None, "neutral"))
        if len(found) == before and s not in direct_by_sentence:
            for cue in by_sentence.get(s, ()):
                quotation = _reported(f, cue, low, high)
                if quotation is not None:
                    found.append(quotation)
                    break
        if len(found) > before and found[-1].form == INDIRECT and found[-1].speaker is not None:
            last_speaker, last_paragraph, last_sentence = found[-1].speaker, paragraph, s
        elif s in direct_by_sentence and direct_by_sentence[s].speaker is not None:
            last_speaker, last_paragraph, last_sentence = direct_by_sentence[s].speaker, paragraph, s
    for q in found:
        if q.form == INDIRECT:
            part = voice[q.first : q.last]
            part[part == 0] = REPORT_VOICE
    return sorted(direct + found, key=lambda q: (q.first, q.last))


def _sentences_with_sources(f: SpeechFinder) -> set[int]:
    words = f.d.vocabulary.table(
        "source words",
        np.bool_,
        lambda new: [w in ("laut", "Laut", "zufolge", "gemäß", "Nach", "nach", "so") for w in new],
    )
    return set(f.sentence[words[f.types] & ~f.inside].tolist())


def _konjunktiv_sentences(f: SpeechFinder) -> set[int]:
    """Sentences whose first finite verb is a Konjunktiv I."""
    at = np.flatnonzero(FINITE[f.tag] & ~f.inside)
    if len(at) == 0:
        return set()
    sentence = f.sentence[at]
    first = np.ones(len(at), bool)
    first[1:] = sentence[1:] != sentence[:-1]
    return set(sentence[first & f.konjunktiv[at]].tolist())


def _trim(f: SpeechFinder, low: int, high: int) -> tuple[int, int]:
    """The span without punctuation at its ends."""
    while high > low and f.flags[high - 1] & v.PUNCT and not f.flags[high - 1] & v.QUOTE:
        high -= 1
    while low < high and f.flags[low] & v.PUNCT and not f.flags[low] & v.QUOTE:
        low += 1
    return low, high


def _clause_of_cue(f: SpeechFinder, cue: int, low: int, high: int, covered: NDArray[np.bool_]) -> Quotation | None:
    """Indirect speech in the clauses beside a cue verb."""
    clauses = f.d.clauses
    clause = int(f.clause[cue])
    own = np.flatnonzero(f.clause[low:high] == clause) + low
    first, last = int(own[0]), int(own[-1])
    segment = int(f.d.tokens.segment[low])
    lemma = f.d.vocabulary.lemmas[f.d.lemma[cue]]
    cue_class = CLASSES[f.cue_verb[cue]]
    # 1. behind the cue: "sagte, dass …", "sagte, er sei …", "drohte, … zu …"
    i = last + 1
    comma = last
    while i < high and f.flags[i] & v.PUNCT:
        i += 1
    comma_there = i > last + 1 or bool(f.flags[last] & (v.COMMA | v.COLON))
    if comma_there and i < high and not covered[i]:
        word = f.word(i)
        complement = (_COMPLEMENT[f.tag[i]] or word in _COMPLEMENT_WORDS) and word in _COMPLEMENT_WORDS
        next_clause = int(f.clause[i])
        finite = int(clauses.finite[next_clause])
        konjunktiv = finite >= 0 and bool(f.konjunktiv[finite])
        if not complement and not konjunktiv and finite >= 0:
            # "sagte, nachdem er angekommen war, er sei …"
            konjunktiv = bool(f.konjunktiv[i:high].any()) and not clauses.subordinate[next_clause]
        infinitive = finite < 0 and lemma in _INFINITIVE_CUES
        spoken_v2 = finite >= 0 and f.flags[comma] & v.COLON and lemma in cues().spoken
        if complement or konjunktiv or infinitive or spoken_v2:
            start, end = _trim(f, i, high)
            start = i
            return Quotation(segment, start, end, INDIRECT, f.speaker_of_clause(cue), cue, cue_class)
    # 2. before the cue: "Die Lage sei ernst, sagte X", "…, teilte die Polizei mit"
    # and "…, so spekulierten die Beobachter"
    verb_first = FINITE[f.tag[first]] or (f.word(first) == "so" and first + 1 < high and FINITE[f.tag[first + 1]])
    if first > low + 1 and verb_first and f.flags[first - 1] & (v.COMMA | v.DASH) and not f.inside[first - 2]:
        start, end = _trim(f, low, first)
        before_finite = FINITE[f.tag[start:end]].any()
        if before_finite and not covered[start:end].any() and not clauses.subordinate[f.clause[start]]:
            speaker = f.speaker_of_clause(cue)
            if lemma in cues().spoken or f.konjunktiv[start:end].any():
                return Quotation(segment, start, end, INDIRECT, speaker, cue, cue_class)
    return None


def _beside_source(
    f: SpeechFinder, source: tuple[tuple[int, int], int, int, int], low: int, high: int, covered: NDArray[np.bool_]
) -> list[Quotation]:
    """The sentence without the adverbial that names its source: one span before, one behind it."""
    speaker, cue, first, last = source
    segment = int(f.d.tokens.segment[low])
    before, behind = _trim(f, low, first), _trim(f, last, high)
    spans = [s for s in (before, behind) if s[1] - s[0] >= 3 and not covered[s[0] : s[1]].any()]
    # the longer part carries the statement when the other has no verb
    spans = [s for s in spans if FINITE[f.tag[s[0] : s[1]]].any() or s[1] - s[0] > 4]
    return [Quotation(segment, a, b, INDIRECT, speaker, cue, "neutral") for a, b in spans]


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
    start, end = _trim(f, low, high)
    if speaker is None or f.word(speaker[0]).lower() in _NO_SOURCE or end - start < 4:
        return None
    return Quotation(int(f.d.tokens.segment[low]), start, end, REPORTED, speaker, cue, CLASSES[f.cue_verb[cue]])
