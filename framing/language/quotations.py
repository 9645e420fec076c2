"""Who is quoted: direct, indirect and reported speech with speaker, cue and the cue's class.

Direct speech stands between quotation marks and has a speaker, or is a sentence of its own. A word or a short
phrase between marks without a speaker is a scare quote, a name of a work or a newspaper is neither. Indirect speech
is a clause with ``dass``, in the Konjunktiv I or beside ``laut``, ``zufolge``, ``so``; reported speech is a
sentence whose verb tells that someone spoke (``kritisierte das Vorhaben``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cue_search import CLOSE, Link, cue_after, cue_before, cue_in_next, cues_around
from framing.language.marked_names import is_marked_name
from framing.language.marks import pair_marks
from framing.language.morphology import FINITE
from framing.language.sources import Span, sources_in
from framing.language.speech import NOBODY, REACH, SpeechFinder

if TYPE_CHECKING:
    from framing.language.documents import Documents

DIRECT, INDIRECT, REPORTED = "direct", "indirect", "reported"
NO_VOICE, QUOTED_VOICE, REPORT_VOICE, SCARE_VOICE = 0, 1, 2, 3
# Sentences back in which the speaker of a quotation without a cue is sought.
BACK = 3
# Words up to which a span without a verb may be a scare quote.
SHORT = 4
LONGEST_SCARE = 7


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, in token numbers of its :class:`~framing.language.documents.Documents`.

    Attributes
    ----------
    segment
        Number of the text.
    first, last
        First token and the token after the last, quotation marks included.
    form
        ``direct``, ``indirect`` or ``reported``.
    speaker
        First token and token after the last of the speaker's phrase, or None where it is left open.
    cue
        Token of the cue, or None.
    cue_class
        ``neutral``, ``doubting`` or ``affirming``.
    """

    segment: int
    first: int
    last: int
    form: str
    speaker: tuple[int, int] | None
    cue: int | None
    cue_class: str


def find_quotations(d: Documents) -> tuple[list[Quotation], NDArray[np.uint8], NDArray[np.int32]]:
    """Quotations, the voice they give to tokens, and scare-quoted spans.

    Returns
    -------
    quotations : list of Quotation
        In text order.
    voice : ndarray
        Shape ``(tokens,)``: :data:`NO_VOICE`, :data:`QUOTED_VOICE`, :data:`REPORT_VOICE` or :data:`SCARE_VOICE`.
    scare : ndarray
        Shape ``(tokens,)``: number of the scare-quoted span, -1 outside.
    """
    from framing.language.indirect import add_indirect

    f = SpeechFinder(d)
    voice = np.zeros(f.n, np.uint8)
    scare = np.full(f.n, -1, np.int32)
    if f.n == 0:
        return [], voice, scare
    marked = [(o, c) for o, c, depth in pair_marks(d) if depth == 0]
    f.title_end = {o: c for o, c in marked if is_marked_name(f, o, c, _words(f, o, c))}
    pairs = [(o, c) for o, c in marked if o not in f.title_end]
    for o, c in pairs:
        f.inside[o : c + 1] = True
    quotations: list[Quotation] = []
    paragraph, segment = d.tokens.paragraph, d.tokens.segment
    last: Quotation | None = None
    for number, (o, c) in enumerate(pairs):
        near = last is not None and last.segment == segment[o] and paragraph[o] - paragraph[last.first] <= 1
        kind, speaker, cue, cue_class = _classify(f, o, c, last if near else None)
        if kind == DIRECT:
            last = Quotation(int(d.tokens.segment[o]), o, c + 1, DIRECT, speaker, cue, cue_class)
            quotations.append(last)
            voice[o : c + 1] = QUOTED_VOICE
        elif kind == "scare":
            voice[o : c + 1] = SCARE_VOICE
            scare[o : c + 1] = number
    quotations = add_indirect(f, _continued(f, quotations), voice)
    return quotations, voice, scare


Answer = tuple[str, "Span | None", "int | None", str]


def _classify(f: SpeechFinder, o: int, c: int, previous: Quotation | None) -> Answer:
    """Kind, speaker, cue and class of the span between a pair of marks."""
    low, high = max(f.bounds(o)[0], o - REACH), min(f.bounds(c)[1], c + REACH)
    words = _words(f, o, c)
    has_finite = bool(FINITE[f.tag[o + 1 : c]].any())
    short = len(words) <= SHORT and not has_finite
    link = cue_after(f, o, c, low, high)
    if link is None or _pronoun(f, link.speaker):
        # "X sagte: „…“, betonte sie"
        link = cue_before(f, o, low) or link
    around = cues_around(f, o, c, low, high) if link is None or _open(f, link.speaker) else []
    if link is None:
        link = next((x for x in around if not short or _reaches(f, x)), None)
        if link is not None and link.verbal and previous is not None and _is_reported(f, link.cue):
            # "Bisher habe die Regierung das ausgeschlossen": told by who spoke before
            link = link._replace(speaker=previous.speaker)
    if link is not None:
        speaker = link.speaker
        if _open(f, speaker):
            speaker = _other_speaker(f, around, o, c, low, high, previous) or speaker
        return DIRECT, speaker, link.cue, link.cue_class
    whole = o == low or (f.flags[o - 1] & v.COLON) > 0
    if whole and c + 1 >= high - 1 and (after := cue_in_next(f, o, high)) is not None:
        return DIRECT, after.speaker, after.cue, after.cue_class
    if whole and has_finite:
        speaker = _speaker_before(f, o, low, previous)
        if speaker is not None:
            return DIRECT, speaker, None, "neutral"
    konjunktiv = bool(f.konjunktiv[low:o].any() or f.konjunktiv[c:high].any())
    if konjunktiv or f.subjunctive[low:o].any() or f.subjunctive[c:high].any():
        # "Das System sei „kaputt“": the sentence is told by who spoke before
        teller = _teller(f, o, low, previous, konjunktiv)
        if teller is not None:
            return DIRECT, teller, None, "neutral"
    exclaimed = whole and bool(f.flags[c - 1] & v.TERMINAL)
    if has_finite or exclaimed or len(words) > LONGEST_SCARE:
        return DIRECT, _unmarked_speaker(f, o, low, whole, previous), None, "neutral"
    return "scare", None, None, "neutral"


def _pronoun(f: SpeechFinder, speaker: Span | None) -> bool:
    return speaker is None or bool(f.d.phrases.pronoun[f.d.phrases.of_token[speaker[0]]])


def _words(f: SpeechFinder, o: int, c: int) -> list[int]:
    return [i for i in range(o + 1, c) if not f.flags[i] & v.PUNCT]


def _open(f: SpeechFinder, speaker: Span | None) -> bool:
    return speaker is None or (speaker[1] - speaker[0] == 1 and f.word(speaker[0]).lower() in NOBODY)


def _reaches(f: SpeechFinder, link: Link) -> bool:
    """Whether a cue elsewhere in the sentence makes a short span a quotation and not a scare quote."""
    if link.speaker is None or _open(f, link.speaker) or link.tie > CLOSE:
        return False
    if link.verbal and link.cue is not None and not f.spoken[link.cue]:
        # who sees or hopes must be someone: "Meteorologen rechnen mit „…“"
        phrase = int(f.d.phrases.of_token[link.speaker[0]])
        return phrase >= 0 and (f.names_person(phrase) or bool(f.d.phrases.pronoun[phrase]))
    return True


def _is_reported(f: SpeechFinder, cue: int | None) -> bool:
    """Whether a cue stands itself in a clause of indirect speech."""
    if cue is None:
        return False
    finite = int(f.d.clauses.finite[f.clause[cue]])
    return finite >= 0 and bool(f.konjunktiv[finite])


def _other_speaker(
    f: SpeechFinder, around: list[Link], o: int, c: int, low: int, high: int, previous: Quotation | None
) -> Span | None:
    """Speaker where the cue has no subject of its own: another cue, a person in the sentence, who spoke before."""
    for link in around:
        if not _open(f, link.speaker):
            return link.speaker
    for start, end in ((low, o), (c + 1, high)):
        phrase = f.person_in(start, end)
        if phrase >= 0:
            return f.phrase_span(phrase)
    return previous.speaker if previous is not None else None


def _teller(f: SpeechFinder, o: int, low: int, previous: Quotation | None, told: bool = False) -> Span | None:
    """Who tells a sentence: the speaker of the sentences before it.

    They are sought in its paragraph, and in the one before where the sentence is ``told``: a Konjunktiv has a teller.
    """
    tokens = f.d.tokens
    start = low
    for _ in range(BACK):
        if start == 0 or tokens.segment[start - 1] != tokens.segment[o]:
            break
        if tokens.paragraph[o] - tokens.paragraph[start - 1] > told:
            break
        end = start
        start = f.window(end - 1)[0]
        if previous is not None and start <= previous.first < end and previous.speaker is not None:
            return previous.speaker
        region = np.arange(start, end)
        region = region[~f.inside[region]]
        cues = region[(f.cue_verb[region] >= 0) & f.spoken[region]]
        for cue in cues.tolist():
            if not f.d.clauses.subordinate[f.clause[cue]] and not _is_reported(f, cue):
                speaker = f.speaker_of_clause(cue)
                if not _open(f, speaker):
                    return speaker
        sources = sources_in(f, start, end)
        if sources:
            return sources[-1].speaker
        if not f.konjunktiv[region].any():
            phrase = f.person_in(start, end)
            if phrase >= 0:
                return f.phrase_span(phrase)
            break
    return previous.speaker if previous is not None else None


def _speaker_before(f: SpeechFinder, o: int, low: int, previous: Quotation | None) -> Span | None:
    """Speaker of a sentence between marks without a cue: of the quotation before, or ``X widersprach. „…“``."""
    apart = int(f.sentence[o]) - int(f.sentence[previous.last - 1]) if previous is not None else BACK + 1
    if previous is not None and apart <= 1:
        return previous.speaker
    return _teller(f, o, low, previous if apart <= BACK else None)


def _unmarked_speaker(f: SpeechFinder, o: int, low: int, whole: bool, previous: Quotation | None) -> Span | None:
    """Speaker of a part of a sentence without any cue: the subject of its clause, a person in its sentence."""
    if whole:
        return None
    phrase = f.agent_of(int(f.clause[o]))
    if phrase < 0 or not f.usable(phrase) or not (f.names_person(phrase) or f.d.phrases.pronoun[phrase]):
        phrase = f.person_in(low, o)
    if phrase >= 0:
        return f.phrase_span(phrase)
    return previous.speaker if previous is not None else None


def _continued(f: SpeechFinder, quotations: list[Quotation]) -> list[Quotation]:
    """Quotations of which a paragraph ends without a closing mark get the speaker of the paragraph that goes on."""
    out = list(quotations)
    for k in range(len(out) - 2, -1, -1):
        q, after = out[k], out[k + 1]
        open_ended = not f.flags[q.last - 1] & v.QUOTE and after.segment == q.segment and after.first == q.last
        if open_ended and q.cue is None and after.speaker is not None:
            out[k] = replace(q, speaker=after.speaker)
    return out
