"""The stretch that is reported: the clause that a verb, a noun or a source of speech governs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cues import CLASSES, cues
from framing.language.morphology import FINITE, tag_mask
from framing.language.quotations import INDIRECT, Quotation
from framing.language.sources import Source, noun_source

if TYPE_CHECKING:
    from framing.language.speech import SpeechFinder

_COMPLEMENT = tag_mask("KOUS", "PWAV", "PWS", "PWAT")
_DASS = frozenset("dass daß ob".split())
_QUESTION = frozenset("wie warum weshalb wo wann wer was welche welcher welches wieso inwieweit".split())
_THAT = frozenset("Das Dies".split())
_PARTICIPLE = tag_mask("VV(PP)", "VA(PP)", "VM(PP)")
# Shortest stretch that is taken for a report of its own.
SHORTEST = 3


def trim(f: SpeechFinder, low: int, high: int) -> tuple[int, int]:
    """The span without punctuation at its ends."""
    while high > low and f.flags[high - 1] & v.PUNCT and not f.flags[high - 1] & v.QUOTE:
        high -= 1
    while low < high and f.flags[low] & v.PUNCT and not f.flags[low] & v.QUOTE:
        low += 1
    return low, high


def clause_of_cue(f: SpeechFinder, cue: int, low: int, high: int, covered: NDArray[np.bool_]) -> Quotation | None:
    """Indirect speech in the clauses beside a cue verb; what is seen to be true is no report."""
    clauses = f.d.clauses
    clause = int(f.clause[cue])
    first, last = int(f.clause_first[clause]), int(f.clause_last[clause])
    segment = int(f.d.tokens.segment[low])
    lemma = f.d.vocabulary.lemmas[f.d.lemma[cue]]
    cue_class = CLASSES[f.cue_verb[cue]]
    if cue_class == "affirming" and not f.spoken[cue]:
        return None
    if f.wie[f.first_of_clause(cue, low)]:
        # "Wie X mitteilte, …", "…, wie X mitteilte"
        start, end = (last + 1, high) if high - last > first - low else (low, first)
        start, end = trim(f, start, end)
        if f.spoken[cue] and end - start > SHORTEST and not covered[start:end].any():
            return Quotation(segment, start, end, INDIRECT, f.speaker_of_clause(cue), cue, cue_class)
        return None
    # 1. behind the cue: "sagte, dass …", "sagte, er sei …", "drohte, … zu …"
    i = last + 1
    comma = last
    while i < high and f.flags[i] & v.PUNCT:
        i += 1
    comma_there = i > last + 1 or bool(f.flags[last] & (v.COMMA | v.COLON))
    if comma_there and i < high and not covered[i] and _content_begins(f, cue, i, high, lemma, comma):
        start, end = trim(f, i, high)
        return Quotation(segment, i, end, INDIRECT, f.speaker_of_clause(cue), cue, cue_class)
    # 2. before the cue: "Die Lage sei ernst, sagte X", "…, teilte die Polizei mit"
    # and "…, so spekulierten die Beobachter"
    verb_first = FINITE[f.tag[first]] or (f.so[first] and first + 1 < high and FINITE[f.tag[first + 1]])
    if first > low + 1 and verb_first and f.flags[first - 1] & (v.COMMA | v.DASH) and not f.inside[first - 2]:
        start, end = trim(f, low, first)
        before_finite = FINITE[f.tag[start:end]].any()
        fronted = f.word(start).lower() in _DASS
        if before_finite and not covered[start:end].any() and (fronted or not clauses.subordinate[f.clause[start]]):
            speaker = f.speaker_of_clause(cue)
            if f.spoken[cue] or f.konjunktiv[start:end].any():
                return Quotation(segment, start, end, INDIRECT, speaker, cue, cue_class)
    return None


def _content_begins(f: SpeechFinder, cue: int, i: int, high: int, lemma: str, comma: int) -> bool:
    """Whether the clause at ``i`` behind a cue is what is said."""
    clauses = f.d.clauses
    word = f.word(i).lower()
    clause = int(f.clause[i])
    finite = int(clauses.finite[clause])
    if _COMPLEMENT[f.tag[i]] and word in _DASS:
        return True
    if _COMPLEMENT[f.tag[i]] and word in _QUESTION:
        return lemma in cues().with_question
    if finite < 0:
        return lemma in cues().with_infinitive
    if f.konjunktiv[finite] or (f.subjunctive[finite] and not clauses.subordinate[clause]):
        return True
    if not clauses.subordinate[clause] and f.flags[comma] & v.COLON and f.spoken[cue]:
        return True
    # "sagte, nachdem er angekommen war, er sei …"
    return bool(f.konjunktiv[i:high].any()) and not clauses.subordinate[clause]


def clause_of_noun(f: SpeechFinder, noun: int, low: int, high: int, covered: NDArray[np.bool_]) -> Quotation | None:
    """Indirect speech that hangs on a noun: ``die Behauptung des Händlers, dass …``, ``der Meinung sein, dass …``."""
    i = int(f.d.clause_end[noun])
    if i >= high or i - noun > 8 or not f.flags[i - 1] & (v.COMMA | v.COLON) or covered[i]:
        return None
    clauses = f.d.clauses
    clause = int(f.clause[i])
    finite = int(clauses.finite[clause])
    if CLASSES[f.cue_noun[noun]] == "affirming":
        # "die Tatsache, dass …" is told by the author
        return None
    complement = _COMPLEMENT[f.tag[i]] and f.word(i).lower() in _DASS
    reported = finite >= 0 and (f.konjunktiv[finite] or (f.subjunctive[finite] and not clauses.subordinate[clause]))
    lemma = f.d.vocabulary.lemmas[f.d.lemma[noun]]
    infinitive = finite < 0 and clauses.verb[clause] >= 0 and lemma in cues().with_infinitive
    if not (complement or f.word(i) == "wonach" or reported or infinitive):
        return None
    back = np.flatnonzero(f.clause[i:high] == f.clause[noun])
    start, end = trim(f, i, i + int(back[0]) if len(back) else high)
    if end - start < SHORTEST:
        return None
    speaker = noun_source(f, noun)
    if speaker is None:
        phrase = f.agent_of(int(f.clause[noun]))
        if phrase >= 0 and phrase != f.d.phrases.of_token[noun] and f.usable(phrase):
            speaker = f.phrase_span(phrase)
    return Quotation(int(f.d.tokens.segment[low]), start, end, INDIRECT, speaker, noun, CLASSES[f.cue_noun[noun]])


def sentence_before(f: SpeechFinder, cue: int, low: int, covered: NDArray[np.bool_]) -> Quotation | None:
    """The sentence that ``Das teilte X mit`` points back to."""
    if f.word(low) not in _THAT or f.clause[low] != f.clause[cue] or low == 0 or not f.spoken[cue]:
        return None
    if not FINITE[f.tag[low + 1]] or f.d.tokens.paragraph[low - 1] != f.d.tokens.paragraph[low]:
        return None
    start, end = trim(f, *f.bounds(low - 1))
    if covered[start:end].any() or end - start < SHORTEST:
        return None
    speaker = f.speaker_of_clause(cue)
    if speaker is None:
        return None
    return Quotation(int(f.d.tokens.segment[low]), start, end, INDIRECT, speaker, cue, CLASSES[f.cue_verb[cue]])


def beside_source(f: SpeechFinder, source: Source, low: int, high: int, covered: NDArray[np.bool_]) -> list[Quotation]:
    """The sentence without the adverbial that names its source: one span before, one behind it."""
    segment = int(f.d.tokens.segment[low])
    if f.d.clauses.subordinate[f.clause[source.cue]]:
        # "das Verfahren, das nach Angaben der Werft zu spät begann": only the relative clause
        low, high = f.first_of_clause(source.cue, low), int(f.d.clause_end[source.cue])
    spans = [trim(f, low, source.first), trim(f, source.last, high)]
    spans = [(a, b) for a, b in spans if b - a >= 2 and not covered[a:b].any()]
    verbal = [FINITE[f.tag[a:b]].any() for a, b in spans]
    if any(verbal) and (f.so[source.cue] or f.flags[min(source.last, f.n - 1)] & v.COMMA):
        # "…, so Karl Frank, Leiter der Abteilung": no part of what is said
        spans = [span for span, has_verb in zip(spans, verbal, strict=True) if has_verb]
    elif not any(verbal) and not any(b - a >= SHORTEST for a, b in spans):
        return []
    return [Quotation(segment, a, b, INDIRECT, source.speaker, source.cue, "neutral") for a, b in spans]


def hearsay(f: SpeechFinder, low: int, high: int, covered: NDArray[np.bool_]) -> list[Quotation]:
    """``Er soll es getan haben``: told by someone who is not named; ``er will es gesehen haben``: told by the subject."""
    for modal in (np.flatnonzero(f.modal_of_hearsay[low:high]) + low).tolist():
        clause = f.clause[modal]
        own = np.flatnonzero(f.clause[low:high] == clause) + low
        perfect = f.perfect_infinitive[own]
        if covered[own].any() or not perfect.any():
            continue
        infinitive = int(own[perfect][-1])
        if infinitive == low or not _PARTICIPLE[f.tag[infinitive - 1]] or infinitive < modal < int(own[0]):
            continue
        segment = int(f.d.tokens.segment[low])
        if f.d.vocabulary.lemmas[f.d.word_lemma[modal]] == "wollen":
            # in a subordinate clause the verb comes last: "was er gesehen haben will"
            start, end = trim(f, modal + 1 if modal < infinitive else int(own[0]), infinitive + 1)
            phrase = f.agent_of(int(clause))
            speaker = f.phrase_span(phrase) if phrase >= 0 else None
            return [Quotation(segment, start, end, INDIRECT, speaker, modal, "doubting")] if speaker else []
        start, end = trim(f, int(own[0]), int(own[-1]) + 1)
        return [Quotation(segment, start, end, INDIRECT, None, modal, "doubting")]
    return []
