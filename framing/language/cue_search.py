"""The cue of a span between quotation marks: behind it, before its colon, or elsewhere in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framing.language import vocabulary as v
from framing.language.cues import CLASSES
from framing.language.morphology import FINITE, tag_mask
from framing.language.sources import Span, noun_source, sources_in
from framing.language.speech_words import between

if TYPE_CHECKING:
    from framing.language.speech import SpeechFinder

_OPENS_PHRASE = tag_mask("APPR", "APPRART", "ART", "PDAT", "PPOSAT", "PIAT")

_POINTS_BACK = frozenset("Das Dies So Damit Mit Diese Diesen".split())
# How closely a cue is tied to the span: the same clause, a clause that governs its clause, the same sentence.
SAME, GOVERNS, LOOSE = 0, 2, 6
# A thought or a feeling is reported less directly than speech.
THOUGHT = 3
# What makes a short span a quotation and not a scare quote.
CLOSE = GOVERNS + THOUGHT


class Link(NamedTuple):
    """A cue, who speaks there, and how it is tied to the span (see :data:`SAME`)."""

    speaker: Span | None
    cue: int | None
    cue_class: str
    distance: int = 0
    verbal: bool = False
    tie: int = SAME


def cue_after(f: SpeechFinder, o: int, c: int, low: int, high: int) -> Link | None:
    """``…“, sagte X``, ``…“, so X``, ``…“, heißt es``."""
    i = c + 1
    comma = False
    while i < high and f.flags[i] & (v.COMMA | v.DASH):
        comma = True
        i += 1
    if i >= high or (not comma and not FINITE[f.tag[i]] and not f.so[i]):
        return None
    if f.so[i]:
        k = f.phrase_after(i + 1, min(i + 4, high))
        verb_next = i + 1 < high and FINITE[f.tag[i + 1]]
        if k >= 0 and not verb_next and f.d.phrases.preposition[k] < 0 and f.usable(k):
            return Link(f.phrase_span(k), i, "neutral")
        said = noun_source(f, int(f.d.phrases.head[k])) if k >= 0 and not verb_next else None
        if said is not None:
            # "so das Fazit der Prüfer"
            return Link(said, i, "neutral")
        i += 1
    if i < high and comma and f.cue_preterite[i]:
        # a verb that is read as an adjective: "…“, twitterte Parteichef Beck"
        k = int(f.d.phrases.of_token[i])
        end = int(f.d.phrases.end[k]) if k >= 0 else i + 1
        return Link((i + 1, end), i, "neutral") if end > i + 1 else None
    if i + 2 < high and comma and f.word(i) == "mit" and f.word(i + 2) in ("Worten", "Satz"):
        finite = int(f.d.clauses.finite[f.clause[i]])
        return Link(f.speaker_of_clause(finite), i + 2, "neutral") if finite >= 0 else None
    if i >= high or not FINITE[f.tag[i]]:
        return None
    verb = int(f.d.clauses.verb[f.clause[i]])
    for at in (i, verb):
        if at >= 0 and f.cue_verb[at] >= 0:
            return Link(f.speaker_of_clause(at), at, CLASSES[f.cue_verb[at]], verbal=True)
    if comma and not (o > low and f.d.clauses.subordinate[f.clause[low]]):
        # any verb right behind the closing mark tells how it was said ("…“, lächelte sie")
        speaker = f.speaker_of_clause(i)
        if speaker is not None:
            return Link(speaker, i, "neutral")
    return None


def cue_in_next(f: SpeechFinder, o: int, high: int) -> Link | None:
    """A cue in the sentence behind that points back: ``„…“ Das sagte X am Freitag.``"""
    if high >= f.n or f.d.tokens.paragraph[high] != f.d.tokens.paragraph[o] or f.word(high) not in _POINTS_BACK:
        return None
    end = f.window(high)[1]
    for cue in range(high + 1, end):
        if f.cue_verb[cue] >= 0 and f.spoken[cue] and f.clause[cue] == f.clause[high] and not f.inside[cue]:
            speaker = f.speaker_of_clause(cue)
            return Link(speaker, cue, CLASSES[f.cue_verb[cue]], verbal=True) if speaker is not None else None
    return None


def cue_before(f: SpeechFinder, o: int, low: int) -> Link | None:
    """``X sagte: „…“``, ``Peskow: „…“``, ``die Forderung der Schüler: „…“``, ``X („…“)``."""
    if o <= low + 1:
        return None
    if f.flags[o - 1] & v.BRACKET_OPEN:
        phrase = int(f.d.phrases.of_token[o - 2])
        named = phrase >= 0 and f.names_person(phrase) and f.d.phrases.preposition[phrase] < 0
        return Link(f.phrase_span(phrase), None, "neutral") if named else None
    if not f.flags[o - 1] & v.COLON:
        return None
    phrase = int(f.d.phrases.of_token[o - 2])
    if phrase >= 0 and f.usable(phrase) and _stands_alone(f, phrase, low):
        return Link(f.phrase_span(phrase), None, "neutral")
    region = np.arange(low, o - 1)
    region = region[~f.inside[region]]
    if len(region) == 0:
        return None
    at = region[f.cue_verb[region] >= 0]
    for cue in at[::-1].tolist():
        speaker = f.speaker_of_clause(cue)
        if speaker is not None or f.is_heissen[cue]:
            return Link(speaker, cue, CLASSES[f.cue_verb[cue]], verbal=True)
    if f.konjunktiv[region].any():
        # "Sie sei ihm zu Dank verpflichtet: „…“": told by who spoke before
        return None
    nouns = region[f.cue_noun[region] >= 0]
    noun = int(nouns[-1]) if len(nouns) else None
    cue_class = CLASSES[f.cue_noun[noun]] if noun is not None else "neutral"
    if len(at):
        noun, cue_class = int(at[-1]), CLASSES[f.cue_verb[int(at[-1])]]
    if f.so[region[0]]:
        source = next(iter(sources_in(f, low, o)), None)
        if source is not None:
            return Link(source.speaker, source.cue, "neutral")
    phrase = f.agent_of(int(f.clause[region[-1]]))
    if phrase >= 0 and f.usable(phrase) and f.names_person(phrase):
        return Link(f.phrase_span(phrase), noun, cue_class)
    for k in nouns[::-1].tolist():
        speaker = noun_source(f, k)
        if speaker is not None:
            return Link(speaker, k, CLASSES[f.cue_noun[k]])
    if phrase < 0 or not f.names_person(phrase):
        named = f.person_in(low, o)
        phrase = named if named >= 0 else phrase
    if phrase < 0:
        k = f.phrase_after(low, o)
        phrase = k if k >= 0 and f.d.phrases.preposition[k] < 0 else -1
    return Link(f.phrase_span(phrase) if phrase >= 0 and f.usable(phrase) else None, noun, cue_class)


def _stands_alone(f: SpeechFinder, phrase: int, low: int) -> bool:
    """Whether a phrase before a colon has no verb beside it: ``…, und Ministerin Anna Roth: „…“``."""
    p = f.d.phrases
    start = int(p.start[phrase])
    if p.preposition[phrase] >= 0 or p.genitive_of[phrase] >= 0 or not f.names_person(phrase):
        return False
    return (
        start == low or bool(f.flags[start - 1] & (v.COMMA | v.BRACKET_CLOSE)) or f.word(start - 1) in ("und", "auch")
    )


def cues_around(f: SpeechFinder, o: int, c: int, low: int, high: int) -> list[Link]:
    """Cues elsewhere in the sentence with who speaks there, the closest tie first, then the nearest.

    A verb of speech goes before a source, a source before a verb of thought, the nearer before the farther:
    ``Er nannte das Vorhaben „…“``, ``laut Polizei „…“``, ``… der Meinung, dass „…“``.
    """
    links: list[tuple[int, Link]] = []

    def add(tie: int, link: Link) -> None:
        speaker = link.speaker
        if speaker is not None and not speaker[0] <= o < speaker[1]:
            links.append((tie, link))

    for cue in f.verb_cues[between(f.verb_cues, low, high)]:
        if f.inside[cue]:
            continue
        if f.only_als[cue] and not f.als[max(o - 3, low) : o].any():
            continue
        tie = _tie(f, cue, o, low) + (0 if f.spoken[cue] else THOUGHT)
        finite = int(f.d.clauses.finite[f.clause[cue]])
        if tie == SAME and finite >= 0 and f.konjunktiv[finite]:
            # "X kritisiert, die Aktion erinnere an „…“": who criticises before what reminds
            tie = GOVERNS + 1
        distance = min(abs(cue - o), abs(cue - c))
        add(tie, Link(f.speaker_of_clause(cue), cue, CLASSES[f.cue_verb[cue]], distance, True))
    for source in sources_in(f, low, high):
        same = f.clause[source.cue] == f.clause[o] and not _closed(f, source.cue, o)
        if (not same or source.cue > o) and f.word(source.cue).lower() == "für":
            continue
        distance = min(abs(source.cue - o), abs(source.cue - c))
        add(SAME + 1 if same else GOVERNS + 1, Link(source.speaker, source.cue, "neutral", distance))
    for noun in f.noun_cues[between(f.noun_cues, low, high)]:
        if f.inside[noun]:
            continue
        speaker = noun_source(f, noun)
        if noun < o and speaker is None:
            phrase = f.agent_of(int(f.clause[noun]))
            phrase = phrase if phrase >= 0 else f.nominative_in(int(f.clause[noun]), noun)
            if (
                phrase >= 0
                and f.usable(phrase)
                and phrase != f.d.phrases.of_token[noun]
                and (f.names_person(phrase) or f.d.phrases.pronoun[phrase])
            ):
                speaker = f.phrase_span(phrase)
        content = _hangs_on_noun(f, noun, o)
        if f.is_rede[noun]:
            # "in dem Bericht ist von „…“ die Rede"
            add(SAME, Link(f.source_of_heissen(noun), noun, "neutral", abs(o - noun)))
        elif noun < o and content:
            add(GOVERNS + 2, Link(speaker, noun, CLASSES[f.cue_noun[noun]], o - noun))
    links.sort(key=lambda x: (x[0], x[1].distance))
    return [x._replace(tie=tie) for tie, x in links]


def _hangs_on_noun(f: SpeechFinder, noun: int, o: int) -> bool:
    """Whether a span is the content of a noun: ``mit den Worten „…“``, ``der Vorwurf, es sei „…“``."""
    if noun >= o - 2:
        return bool(f.content[noun])
    if f.clause[noun] == f.clause[o] or not (f.flags[noun:o] & v.COMMA).any():
        return False
    finite = int(f.d.clauses.finite[f.clause[o]])
    return bool(f.dass[noun:o].any() or (finite >= 0 and f.konjunktiv[finite]))


def _tie(f: SpeechFinder, cue: int, o: int, low: int) -> int:
    """How closely a verb is tied to a span that opens at ``o``: :data:`SAME`, :data:`GOVERNS`, :data:`LOOSE`."""
    own = int(f.clause[cue])
    clauses = f.d.clauses
    if cue < o and f.takes_als[cue] and f.als[max(o - 3, low) : o].any():
        # "bezeichnete das, was geschehen war, als „…“"
        return SAME
    if f.clause[o] == own:
        if _closed(f, cue, o):
            return LOOSE
        # "In der „Roten Flora“ sagte X": a name of a place before the verb
        finite = int(clauses.finite[own])
        name = o > low and _OPENS_PHRASE[f.tag[o - 1]] and f.flags[o + 1] & v.CAPITAL
        return LOOSE if name and o < finite and not clauses.subordinate[own] else SAME
    first = f.first_of_clause(cue, low)
    if f.wie[first]:
        # "Wie X mitteilte, …"
        return GOVERNS
    if cue < o:
        return GOVERNS if _complement_between(f, cue, o) else LOOSE
    return GOVERNS if FINITE[f.tag[first]] or f.so[first] else LOOSE


def _closed(f: SpeechFinder, cue: int, o: int) -> bool:
    """Whether a subordinate clause with the cue ends before ``o``: ``…, zu der X aufgerufen hatte, „…“``."""
    clause = int(f.clause[cue])
    finite = int(f.d.clauses.finite[clause])
    ends = f.d.clauses.subordinate[clause] and cue <= finite < o
    return bool(ends and (f.flags[finite:o] & v.COMMA).any())


def _next_clause(f: SpeechFinder, cue: int, clause: int) -> bool:
    """Whether a clause follows a verb of speech behind a comma: ``X sagte, … „…“ solle …``."""
    last = int(f.clause_last[f.clause[cue]])
    behind = last + 1 < f.n and f.cue_verb[cue] >= 0 and f.spoken[cue] and f.flags[last] & v.COMMA
    return bool(behind and f.clause[last + 1] == clause)


def _complement_between(f: SpeechFinder, cue: int, o: int) -> bool:
    """Whether what stands at ``o`` hangs on a cue before it: in a subordinate clause, a Konjunktiv, behind a colon."""
    clauses = f.d.clauses
    clause = int(f.clause[o])
    end = f.window(o)[1]
    return bool(
        clauses.subordinate[clause]
        or (clauses.finite[clause] < 0 and clause != f.clause[cue])
        or _next_clause(f, cue, clause)
        or f.konjunktiv[cue + 1 : end].any()
        or f.subjunctive[cue + 1 : end].any()
        or (f.flags[cue:o] & v.COLON).any()
        or f.dass[cue:o].any()
    )
