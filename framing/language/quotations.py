"""Who is quoted: direct, indirect and reported speech with speaker, cue and the cue's class.

Direct speech stands between quotation marks and has a speaker, or is a sentence of its own. A word or a short
phrase between marks without a speaker is a scare quote, a name of a work or a newspaper is neither. Indirect speech
is a clause with ``dass``, in the Konjunktiv I or beside ``laut``, ``zufolge``, ``so``; reported speech is a
sentence whose verb tells that someone spoke (``kritisierte das Vorhaben``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.cues import CLASSES
from framing.language.marks import pair_marks
from framing.language.morphology import FINITE, tag_mask
from framing.language.speech import SpeechFinder

if TYPE_CHECKING:
    from framing.language.documents import Documents

DIRECT, INDIRECT, REPORTED = "direct", "indirect", "reported"
NO_VOICE, QUOTED_VOICE, REPORT_VOICE, SCARE_VOICE = 0, 1, 2, 3

_VERBAL = tag_mask("VERB", "AUX")
_NOMINAL = tag_mask("NN", "NE", "NNA", "FM", "XY", "TRUNC", "CARD", "ADJ*", "ART", "APPR", "APPRART")
_KOUS = tag_mask("KOUS", "PWAV", "PWS", "KOUI")
_TITLE_NOUNS = frozenset(
    "Zeitung Magazin Zeitschrift Nachrichtenmagazin Film Buch Roman Song Lied Album Sender Sendung Serie Show Portal "
    "Blatt Wochenzeitung Tageszeitung Boulevardzeitung Boulevardblatt Titel Band Gruppe Schiff Verein Bündnis "
    "Initiative Bewegung Partei Projekt Programm Stück Oper Ausstellung Motto Operation Aktion Hurrikan Taifun Sturm "
    "Restaurant Hotel Theater Kampagne Stiftung Reihe Podcast Plattform App Netzwerk Studie Werk Essay Dokumentation "
    "Dokumentarfilm Thriller Komödie Nachrichtenagentur Fernsehsender Frachter Tanker Fregatte Fraktion".split()
)


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
    pairs = [(o, c) for o, c, depth in pair_marks(d) if depth == 0]
    for o, c in pairs:
        f.inside[o : c + 1] = True
    quotations: list[Quotation] = []
    paragraph = d.tokens.paragraph
    last: Quotation | None = None
    for number, (o, c) in enumerate(pairs):
        near = last is not None and 0 <= paragraph[o] - paragraph[last.first] <= 1
        kind, speaker, cue, cue_class = _classify(f, o, c, last if near else None)
        if kind == DIRECT:
            last = Quotation(int(d.tokens.segment[o]), o, c + 1, DIRECT, speaker, cue, cue_class)
            quotations.append(last)
            voice[o : c + 1] = QUOTED_VOICE
        elif kind == "scare":
            voice[o : c + 1] = SCARE_VOICE
            scare[o : c + 1] = number
    quotations = add_indirect(f, quotations, voice)
    return quotations, voice, scare


def _other_speaker(
    f: SpeechFinder, o: int, c: int, low: int, high: int, previous: Quotation | None
) -> tuple[int, int] | None:
    """Speaker where the cue has no subject of its own: a source, another verb, a person in the sentence, who spoke before."""
    around = _cue_around(f, o, c, low, high)
    if around is not None and around[0] is not None and f.word(around[0][0]).lower() not in _NOBODY:
        return around[0]
    for start, end in ((low, o), (c + 1, high)):
        phrase = f.person_in(start, end)
        if phrase >= 0:
            return f.phrase_span(phrase)
    return previous.speaker if previous is not None else None


def _speaker_before(f: SpeechFinder, o: int, low: int) -> tuple[int, int] | None:
    """Subject of the sentence before a quotation that has no cue of its own: ``X widersprach. „…“``"""
    if low == 0 or f.d.tokens.paragraph[low - 1] != f.d.tokens.paragraph[o]:
        return None
    start, end = f.bounds(low - 1)
    phrase = f.person_in(start, end)
    return f.phrase_span(phrase) if phrase >= 0 else None


# Tokens around a quotation in which its cue is sought, however long the "sentence" is.
REACH = 150
Answer = tuple[str, "tuple[int, int] | None", "int | None", str]


def _classify(f: SpeechFinder, o: int, c: int, previous: Quotation | None) -> Answer:
    """Kind, speaker, cue and class of the span between a pair of marks."""
    low, high = max(f.bounds(o)[0], o - REACH), min(f.bounds(c)[1], c + REACH)
    words = [i for i in range(o + 1, c) if not f.flags[i] & v.PUNCT]
    has_finite = bool(FINITE[f.tag[o + 1 : c]].any())
    short = len(words) <= 4 and not has_finite
    found = _cue_after(f, c, high) or _cue_before(f, o, low)
    if _is_title(f, o, c, words):
        return "title", None, None, "neutral"
    if found is None:
        found = _cue_around(f, o, c, low, high)
        if found is not None and short and not _reaches(f, o, found, low, high):
            found = None
        if found is not None and previous is not None and _is_reported(f, found[1]):
            # "Bisher habe die Regierung das ausgeschlossen": told by who spoke before
            found = (previous.speaker, found[1], found[2])
    if found is not None:
        speaker, cue, cue_class = found
        if speaker is None or (f.word(speaker[0]).lower() in _NOBODY and speaker[1] - speaker[0] == 1):
            speaker = _other_speaker(f, o, c, low, high, previous) or speaker
        return DIRECT, speaker, cue, cue_class
    whole = o == low or (f.flags[o - 1] & v.COLON) > 0
    if previous is not None:
        between = int(f.sentence[o]) - int(f.sentence[previous.last - 1])
        if (whole and has_finite and between <= 2) or (between <= 3 and f.konjunktiv[low:high].any()):
            return DIRECT, previous.speaker, None, "neutral"
    if short:
        return "scare", None, None, "neutral"
    if has_finite or len(words) > 7:
        return DIRECT, _speaker_before(f, o, low) if whole else None, None, "neutral"
    return "scare", None, None, "neutral"


def _cue_after(f: SpeechFinder, c: int, high: int) -> tuple[tuple[int, int] | None, int | None, str] | None:
    """``…“, sagte X``, ``…“, so X``, ``…“, heißt es``."""
    i = c + 1
    comma = False
    while i < high and f.flags[i] & (v.COMMA | v.DASH):
        comma = True
        i += 1
    if i >= high or (not comma and not FINITE[f.tag[i]]):
        return None
    word = f.word(i)
    if word == "so":
        k = f.phrase_after(i + 1, min(i + 4, high))
        if k >= 0 and f.d.phrases.preposition[k] < 0 and not f.d.phrases.pronoun[k]:
            return f.phrase_span(k), i, "neutral"
        i += 1
    if i >= high or not FINITE[f.tag[i]]:
        return None
    if word in ("heißt", "hieß") and i + 1 < high and f.word(i + 1) == "es":
        k = f.phrase_after(i + 2, min(i + 5, high))
        there = k >= 0 and f.d.phrases.preposition[k] >= 0
        return (f.phrase_span(k) if there else None), i, "neutral"
    verb = int(f.d.clauses.verb[f.clause[i]])
    for at in (i, verb):
        if at >= 0 and f.cue_verb[at] >= 0:
            return f.speaker_of_clause(at), at, CLASSES[f.cue_verb[at]]
    if comma:
        # any verb right behind the closing mark tells how it was said ("…“, lächelte sie")
        speaker = f.speaker_of_clause(i)
        if speaker is not None:
            return speaker, i, "neutral"
    return None


def _cue_before(f: SpeechFinder, o: int, low: int) -> tuple[tuple[int, int] | None, int | None, str] | None:
    """``X sagte: „…``, ``Peskow: „…``."""
    if o <= low or not f.flags[o - 1] & v.COLON:
        return None
    region = np.arange(low, o - 1)
    region = region[~f.inside[region]]
    at = region[f.cue_verb[region] >= 0]
    if len(at):
        cue = int(at[-1])
        return f.speaker_of_clause(cue), cue, CLASSES[f.cue_verb[cue]]
    at = region[f.cue_noun[region] >= 0]
    if len(region) == 0:
        return None
    phrase = f.agent_of(int(f.clause[region[-1]]))
    if phrase < 0 or not f.names_person(phrase):
        named = f.person_in(low, o)
        phrase = named if named >= 0 else phrase
    if phrase < 0:
        k = f.phrase_after(low, o)
        phrase = k if k >= 0 and f.d.phrases.preposition[k] < 0 else -1
    speaker = f.phrase_span(phrase) if phrase >= 0 else None
    if len(at):
        cue = int(at[-1])
        return speaker, cue, CLASSES[f.cue_noun[cue]]
    return speaker, None, "neutral"


def _is_reported(f: SpeechFinder, cue: int | None) -> bool:
    """Whether a cue stands itself in a clause of indirect speech."""
    if cue is None:
        return False
    finite = int(f.d.clauses.finite[f.clause[cue]])
    return finite >= 0 and bool(f.konjunktiv[finite])


def _cue_around(
    f: SpeechFinder, o: int, c: int, low: int, high: int
) -> tuple[tuple[int, int] | None, int | None, str] | None:
    """A cue elsewhere in the sentence: ``Er nannte das Vorhaben „…“``, ``laut Polizei „…“``.

    A verb of speech goes before a source, a source before a verb of thought, the nearer before the farther.
    """
    region = np.r_[np.arange(low, o), np.arange(c + 1, high)]
    region = region[~f.inside[region]]
    at = region[f.cue_verb[region] >= 0]
    order = np.argsort(np.minimum(np.abs(at - o), np.abs(at - c)), kind="stable")
    for spoken in (True, False):
        for cue in at[order][f.spoken[at[order]] == spoken].tolist():
            speaker = f.speaker_of_clause(cue)
            if speaker is not None and not (speaker[0] <= o < speaker[1]):
                return speaker, cue, CLASSES[f.cue_verb[cue]]
        if spoken:
            source = source_phrase(f, low, high) or so_phrase(f, low, high)
            if source is not None:
                return source[0], source[1], "neutral"
    return None


def _reaches(
    f: SpeechFinder, o: int, found: tuple[tuple[int, int] | None, int | None, str], low: int, high: int
) -> bool:
    """Whether a cue elsewhere in the sentence makes a short span a quotation and not a scare quote.

    It must be a verb of speech with a real speaker, and the span must stand in its clause, in the clause that it
    governs, or in the sentence that it closes (``…, kommentierte X``).
    """
    speaker, cue, _ = found
    if cue is None or speaker is None:
        return False
    if f.cue_verb[cue] < 0:
        return True
    if not f.spoken[cue] or f.word(speaker[0]).lower() in _NOBODY or speaker[0] <= o < speaker[1]:
        return False
    clause = int(f.clause[o])
    own = int(f.clause[cue])
    if clause == own:
        return True
    first = cue
    while first > low and f.clause[first - 1] == own:
        first -= 1
    if FINITE[f.tag[first]] and o < first:
        return True
    return o > cue and bool(f.d.clauses.subordinate[clause] or f.konjunktiv[low:high].any())


_NOBODY = frozenset("man wer das es dies was niemand jeder alle viele einer".split())


def so_phrase(f: SpeechFinder, low: int, high: int) -> tuple[tuple[int, int], int, int, int] | None:
    """``…, so der Minister``: the same as :func:`source_phrase` for a source behind ``so``."""
    for i in range(low + 1, high - 1):
        if f.word(i) == "so" and f.flags[i - 1] & (v.COMMA | v.DASH) and not f.inside[i]:
            k = f.phrase_after(i + 1, min(i + 3, high))
            if k >= 0 and f.d.phrases.preposition[k] < 0 and not f.d.phrases.pronoun[k]:
                span = f.phrase_span(k)
                if not FINITE[f.tag[i + 1 : span[1] + 1]].any():
                    return span, i, i - 1, span[1]
    return None


def source_phrase(f: SpeechFinder, low: int, high: int) -> tuple[tuple[int, int], int, int, int] | None:
    """A source given by ``laut``, ``zufolge``, ``nach Angaben von`` in a sentence.

    Returns
    -------
    tuple or None
        Speaker span, cue token, and first token and token after the last of the whole adverbial.
    """
    p = f.d.phrases
    k = int(np.searchsorted(p.start, low))
    while k < len(p.start) and p.start[k] < high:
        start, end = int(p.start[k]), int(p.end[k])
        if f.inside[start]:
            k += 1
            continue
        preposition = int(p.preposition[k])
        if preposition >= 0:
            word = f.word(preposition).lower()
            if word in ("laut", "gemäß"):
                return f.phrase_span(k), preposition, preposition, f.phrase_span(k)[1]
            if word == "nach" and f.source_noun[int(p.head[k])] and not f.flags[preposition] & v.HYPHEN_END:
                span_end = end
                speaker = (start, end)
                if (
                    k + 1 < len(p.start)
                    and p.start[k + 1] - end <= 1
                    and (
                        p.genitive_of[k + 1] == k
                        or (p.preposition[k + 1] >= 0 and f.word(int(p.preposition[k + 1])) in ("von", "vom", "aus"))
                    )
                ):
                    speaker = f.phrase_span(k + 1)
                    span_end = speaker[1]
                return speaker, preposition, preposition, span_end
        after = end
        if after < high and f.word(after) == "zufolge":
            first = start
            while p.genitive_of[k] >= 0:
                k = int(p.genitive_of[k])
                first = int(p.start[k])
            return (first, end), after, first, after + 1
        k += 1
    return None


def _is_title(f: SpeechFinder, o: int, c: int, words: list[int]) -> bool:
    """Whether the span names a newspaper, a film, a ship: short, and behind the word that says so."""
    if not words or len(words) > 6 or o == 0:
        return False
    capital = (f.flags[words[0]] & (v.CAPITAL | v.NUMBER)) > 0
    if not capital:
        return False
    before = f.d.vocabulary.lemmas[f.d.word_lemma[o - 1]]
    head = before.rpartition("-")[2]
    if head in _TITLE_NOUNS or any(head.endswith(x.lower()) for x in ("Zeitung", "Magazin", "Film", "Sender", "Roman")):
        return not FINITE[f.tag[o + 1 : c]].any() or len(words) <= 4
    text = " ".join(f.word(i) for i in words)
    return text in _MEDIA


_MEDIA = frozenset(
    [
        "Bild", "Spiegel", "Welt", "Zeit", "Focus", "Stern", "Die Zeit", "Die Welt", "Der Spiegel", "New York Times",
        "Washington Post", "Bild am Sonntag", "Welt am Sonntag", "Süddeutsche Zeitung", "Süddeutschen Zeitung", "taz",
        "Frankfurter Allgemeine Zeitung", "Frankfurter Allgemeinen Zeitung", "Handelsblatt", "Tagesspiegel", "Guardian",
        "Rheinische Post", "Rheinischen Post", "Tagesschau", "heute", "Times", "Financial Times", "Politico", "Le Monde",
    ]
)  # fmt: skip
