"""Sources given beside a statement: ``laut …``, ``… zufolge``, ``nach Angaben von …``, ``so …``, ``für …``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.language import vocabulary as v
from framing.language.morphology import FINITE, TAG_ID
from framing.language.speech_words import between

if TYPE_CHECKING:
    from framing.language.speech import SpeechFinder

Span = tuple[int, int]

# The author's own view is no report.
_OWN = frozenset("meiner meinem unserer unserem".split())
_FROM = frozenset(("von", "vom", "aus", "durch"))
# "für X ist …": what the person takes it for.
_COPULA = frozenset("sein bleiben bedeuten werden darstellen gelten".split())
_NE = TAG_ID["NE"]
_BESIDE = (TAG_ID["ADV"], TAG_ID["KON"])


@dataclass(frozen=True, slots=True)
class Source:
    """A source named in an adverbial.

    Attributes
    ----------
    speaker
        First token and token after the last of who is the source.
    cue
        Token of ``laut``, ``nach``, ``so`` …
    first, last
        First token and token after the last of the whole adverbial.
    """

    speaker: Span
    cue: int
    first: int
    last: int


def sources_in(f: SpeechFinder, low: int, high: int) -> list[Source]:
    """All sources between two tokens, in text order; those within quotation marks are left out."""
    found: list[Source] = []
    p = f.d.phrases
    for k in f.source_phrases[between(f.source_starts, low, high)]:
        if f.inside[p.start[k]] and (p.preposition[k] < 0 or f.inside[p.preposition[k]]):
            continue
        source = _by_preposition(f, k) or _by_postposition(f, k, high)
        if source is not None:
            found.append(source)
    for i in f.so_tokens[between(f.so_tokens, low, high - 1)]:
        source = None if f.inside[i] else _by_so(f, i, low, high)
        if source is not None:
            found.append(source)
    return found


def _by_preposition(f: SpeechFinder, k: int) -> Source | None:
    """``laut Polizei``, ``nach Angaben des Ministers``, ``aus Sicht von X``, ``für den Minister ist …``."""
    p = f.d.phrases
    preposition = int(p.preposition[k])
    if preposition < 0:
        return None
    word = f.word(preposition).lower()
    if f.word(int(p.start[k])).lower() in _OWN:
        return None
    span = f.phrase_span(k)
    if word in ("laut", "gemäß"):
        return Source(span, preposition, preposition, span[1])
    noun = f.source_noun[int(p.head[k])]
    lemma = f.d.vocabulary.lemmas[f.d.word_lemma[int(p.head[k])]]
    if (word == "nach" and noun) or (word == "aus" and lemma == "Sicht"):
        speaker = noun_source(f, int(p.head[k])) or (int(p.start[k]), int(p.end[k]))
        own = f.agent_of(int(f.clause[preposition]))
        if own >= 0 and f.word(preposition + 1).startswith("eigene"):
            # "nach eigenen Angaben"
            speaker = f.phrase_span(own)
            return Source(speaker, preposition, preposition, int(p.end[k]))
        return Source(speaker, preposition, preposition, max(int(p.end[k]), speaker[1]))
    if word == "für" and f.names_person(k) and f.d.vocabulary.lemmas[f.lemma_of_clause(preposition)] in _COPULA:
        return Source(span, preposition, preposition, span[1])
    return None


def _by_postposition(f: SpeechFinder, k: int, high: int) -> Source | None:
    """``dem Minister zufolge``, ``seiner Meinung nach``."""
    p = f.d.phrases
    start, after = int(p.start[k]), int(p.end[k])
    if after >= high or p.preposition[k] >= 0:
        return None
    word = f.word(after)
    if f.word(start).lower() in _OWN:
        return None
    if word == "zufolge" or (word == "nach" and f.source_noun[int(p.head[k])]):
        while p.genitive_of[k] >= 0:
            k = int(p.genitive_of[k])
            start = int(p.start[k])
        return Source((start, after), after, start, after + 1)
    return None


def _by_so(f: SpeechFinder, i: int, low: int, high: int) -> Source | None:
    """``…, so der Minister``."""
    aside = i > low and f.flags[i - 1] & (v.COMMA | v.DASH | v.BRACKET_OPEN)
    opens = i == low or (f.flags[i - 1] & v.QUOTE)
    if not aside and not opens:
        return None
    k = f.phrase_after(i + 1, min(i + 3, high))
    if k < 0 or f.d.phrases.preposition[k] >= 0 or f.d.phrases.pronoun[k]:
        return None
    if f.d.phrases.start[k] > i + 1 and f.tag[i + 1] not in _BESIDE:
        return None
    span = f.phrase_span(k)
    end = int(f.d.clause_end[i])
    if FINITE[f.tag[i + 1 : min(end, span[1] + 6, high)]].any() or (opens and not _colon_near(f, i, high)):
        return None
    last = span[1]
    while last < min(span[1] + 15, high) and not f.flags[last] & (
        v.COMMA | v.DASH | v.COLON | v.BRACKET_CLOSE | v.TERMINAL
    ):
        # "so der Mitarbeiter einer Firma gegenüber der Zeitung, …"
        last += 1
    return Source(span, i, i - 1 if aside else i, last)


def _colon_near(f: SpeechFinder, i: int, high: int) -> bool:
    """Whether a colon closes what begins at ``i``: ``So der Minister am Dienstag: …``."""
    return bool((f.flags[i : min(i + 12, high)] & v.COLON).any())


def noun_source(f: SpeechFinder, noun: int) -> Span | None:
    """Whose word, claim or view a noun of speech is: its genitive, its ``von``, or the possessive before it."""
    p = f.d.phrases
    k = int(p.of_token[noun])
    if k < 0:
        return None
    behind = k + 1
    if (
        behind < len(p.start)
        and not p.pronoun[behind]
        and p.start[behind] - p.end[k] <= 1
        and f.sentence[p.start[behind]] == f.sentence[noun]
    ):
        if p.genitive_of[behind] == k:
            return f.phrase_span(behind)
        preposition = int(p.preposition[behind])
        if preposition >= int(p.end[k]) and f.word(preposition) in _FROM:
            return f.phrase_span(behind)
    start = int(p.start[k])
    if noun > start and f.tag[start] == _NE:
        # "Merkels Warnung"
        return start, noun
    return None
