"""Quotation marks that only set off a name: of a newspaper, a film, a ship, a campaign, a foreign phrase.

Such marks are no scare quotes and no quotation. Four signs, each enough: the word before says that a name comes (``das
Schiff „X“``, ``namens „X“``), the span is a newspaper or broadcaster, it begins with a capital where German writes none
(``das Buch über „Die Zeiten“``), or it is a phrase of names or foreign words (``„Blue Ocean Star“``). What follows a word
of distance (``sogenannte „X“``) is never taken for a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.language import vocabulary as v
from framing.language.morphology import FINITE, tag_mask
from framing.language.voices import DISTANCING

if TYPE_CHECKING:
    from framing.language.speech import SpeechFinder

_NAMED = frozenset(
    "Zeitung Magazin Zeitschrift Film Buch Roman Song Lied Album Sender Sendung Serie Show Portal Blatt Titel Band Gruppe "
    "Schiff Verein Bündnis Initiative Bewegung Partei Projekt Programm Stück Oper Ausstellung Motto Operation Aktion "
    "Hurrikan Taifun Sturm Orkan Tief Hoch Restaurant Hotel Theater Kampagne Stiftung Reihe Podcast Plattform App Netzwerk "
    "Studie Werk Essay Dokumentation Thriller Komödie Agentur Frachter Tanker Fregatte Fraktion Yacht Fähre Kutter Flotte "
    "Hashtag Stichwort Name Beiname Spitzname Codename Label Marke Modell Spiel Ballett Musical Konzert Festival Messe "
    "Konferenz Preis Auszeichnung Orden Rubrik Kolumne Blog Kanal Internetseite Webseite Website Homepage Seite Konzern "
    "Firma Unternehmen Start-up Organisation Institut Klub Club Diskothek Bar Kneipe Café Kita Klinik Siedlung Kollektiv "
    "Bataillon Einheit Rakete Satellit Sonde Mission Software Virus Trojaner Bank Airline Fachblatt Publikation Bild "
    "Gemälde Video Doku Interview Format Gesetz Paket".split()
)
_NAMED_ENDINGS = tuple(
    "zeitung magazin zeitschrift film sender roman blatt portal agentur sendung serie kanal schiff buch journal konferenz "
    "initiative bündnis stiftung projekt programm kampagne gruppe partei verein song".split()
)
_NAMING_WORDS = frozenset("namens Namens genannt heißt hieß heißen hießen".split())
_MEDIA_ENDINGS = tuple(
    "zeitung rundschau anzeiger kurier funk magazin tagblatt tageblatt fernsehen blatt spiegel merkur "
    "abendpost morgenpost volksstimme landbote redaktionsnetzwerk".split()
)
_MEDIA = frozenset(
    [
        "Bild", "Spiegel", "Welt", "Zeit", "Focus", "Stern", "Die Zeit", "Die Welt", "Der Spiegel", "New York Times",
        "Washington Post", "Bild am Sonntag", "Welt am Sonntag", "taz", "Handelsblatt", "Guardian", "Rheinische Post",
        "Rheinischen Post", "Tagesschau", "heute", "Times", "Financial Times", "Politico", "Le Monde", "Bloomberg", "CNN",
        "BBC", "Reuters", "Economist", "Lancet", "Nature", "Science", "Standard", "Presse", "Kurier", "Krone", "Blick",
        "Figaro", "El País", "Corriere della Sera", "La Repubblica", "Prawda", "Spiegel Online", "Junge Welt", "Cicero",
        "Rheinpfalz", "Tagesthemen", "Monitor", "Panorama", "Morgenmagazin", "Mail on Sunday", "Sun", "Wall Street Journal",
    ]
)  # fmt: skip
_SMALL = frozenset(
    "of the and for in on to a an de la le du des del di da al el los las et en und der die das dem den von vom zu zur am "
    "im für gegen mit oder vs".split()
)
_NAME = tag_mask("NE", "FM", "XY")
_NOUN = tag_mask("NN", "NE", "NNA", "NNI", "FM", "XY", "CARD", "TRUNC")
LONGEST = 7


def is_marked_name(f: SpeechFinder, o: int, c: int, words: list[int]) -> bool:
    """Whether the words between the marks at ``o`` and ``c`` are a name that the marks only set off."""
    if not words or len(words) > LONGEST:
        return False
    text = " ".join(f.word(i) for i in words)
    if not f.flags[words[0]] & (v.CAPITAL | v.NUMBER):
        return text in _MEDIA or (o > 0 and f.word(o - 1) in ("Hashtag", "Hashtags", "Stichwort", "namens"))
    if text in _MEDIA or (len(words) <= 3 and any(_is_medium(f.word(i)) for i in words)):
        return True
    low = f.bounds(o)[0]
    if o == low or f.flags[o - 1] & v.COLON or f.wie[o - 1] or _distanced(f, o, low):
        return False
    finite = bool(FINITE[f.tag[o + 1 : c]].any())
    if _names_what_follows(f, o) and (not finite or len(words) <= 4):
        return True
    if finite or len(words) == 1 or f.cue_noun[o - 1] >= 0:
        return False
    if len(words) <= 3 and f.flags[words[-1]] & v.NUMBER:
        # "„Horizont 2030“"
        return True
    # "die „Neue Heimat“", "mit „Für den Frieden“": a capital that only a name has
    punctuation = f.flags[o - 1] & (v.PUNCT & ~v.BRACKET_OPEN)
    if not _NOUN[f.tag[words[0]]] and not punctuation and f.flags[words[0]] & v.CAPITAL:
        return True
    large = [i for i in words if f.word(i) not in _SMALL]
    foreign = sum(bool(_NAME[f.tag[i]]) for i in large)
    return foreign * 2 > len(large) and all(f.flags[i] & (v.CAPITAL | v.NUMBER) for i in large)


def _is_medium(word: str) -> bool:
    """Whether a word is of the kind ``Küstenzeitung``, ``Abendblatts``."""
    return word[:1].isupper() and word.lower().removesuffix("s").endswith(_MEDIA_ENDINGS)


def _names_what_follows(f: SpeechFinder, o: int) -> bool:
    """Whether the word before the mark says that a name comes."""
    if f.word(o - 1) in _NAMING_WORDS:
        return True
    head = f.d.vocabulary.lemmas[f.d.word_lemma[o - 1]].rpartition("-")[2]
    return head in _NAMED or (head[:1].isupper() and head.lower().endswith(_NAMED_ENDINGS))


def _distanced(f: SpeechFinder, o: int, low: int) -> bool:
    """Whether ``sogenannt`` or the like stands before the mark."""
    before = [f.d.vocabulary.lemmas[f.d.word_lemma[i]].lower() for i in range(max(low, o - 2), o)]
    return any(x in DISTANCING or x.removesuffix("er") in DISTANCING for x in before) or before[-2:] == [
        "so",
        "genannt",
    ]
