"""What the shape of one piece of text says: blank, word, number, quotation mark, abbreviation."""

from __future__ import annotations

import re

from framing.language import vocabulary as v

# Words after which a full stop does not end the sentence. Grouped by where they occur; all as written in news.
ABBREVIATIONS = frozenset(
    """
    Abb Abk Abs Abschn Abt Adr Anm Art Aufl Bd Bde Bez Bf Bhf Bl bspw Bsp bzgl bzw ca cand Chr dgl Dipl Dir Dr Dres
    ebd Ed eidg einschl entspr erg etc ev evtl exkl f ff Fa Fig Frl geb gegr gem gen ggf ggfs Gebr griech hg Hg Hl hl
    Hr Hrn Hrsg hrsg Ing inkl insb insbes int Jh Jhd Jhdt Jr jr Kap kath Kfm kgl Kl Komm Koll lat lfd Lit lt Ltd luth
    max mind Mio Mill Mrd Ms Mrs Mr mtl mhd nachm nördl Nr Nrn o österr od ökum östl Pfr Phil phil Pkt Pos Prof Prov
    prot Rd rd rel Red Reg resp röm russ S s San sen Sen sog sogen St Std Stdn Str stud stellv südl Tab Tel tgl theol
    Tsd u Ufz unehel usf usw Univ V v vgl Verf Verl vorm vs westl Wwe z zit zw zzgl zzt Ziff Sr Inc Co Corp No Vol Lt
    Gen Col Maj Capt Sgt Hptm Oblt Gouv Präs Min Sek Ltg Nachf Mag med jur rer nat oec pol habil Jg Stv Gde Kt
    """.split()
)
# Rare as abbreviations, common as words: the full stop ends the sentence unless a lower-case word follows.
WEAK_ABBREVIATIONS = frozenset(
    "Art Co Gen Int int Lit Mag max Min Pos Red Reg San Sen Sek Str Tab Prov Ms med gen".split()
)
# Function words that open sentences in capitals; seen so after a number with a full stop, the number was not an ordinal.
STARTERS = frozenset(
    """
    Aber Alle Allerdings Als Also Am An Auch Auf Aus Bei Beim Bis Da Dabei Dafür Dagegen Daher Damit Danach Daneben
    Dann Daran Darauf Daraus Darin Darüber Darum Das Dass Davon Davor Dazu Dem Den Denn Dennoch Der Derzeit Deshalb
    Dessen Die Dies Diese Dieser Dieses Diesem Diesen Doch Dort Durch Ein Eine Einem Einen Einer Einige Er Erst Es
    Etwa Für Gegen Gegenüber Hier Hinter Hinzu Ich Ihm Ihr Ihre Im In Insgesamt Ist Jede Jeder Jedoch Jetzt Kein Keine
    Laut Man Manche Mehr Mein Mit Nach Nachdem Natürlich Nicht Noch Nun Nur Ob Obwohl Oder Ohne Schon Sein Seine Seit
    Sich Sie Sind So Sobald Sogar Somit Sondern Trotz Trotzdem Um Und Unter Viele Vielmehr Vom Von Vor Wann War Waren
    Warum Was Weder Wegen Weil Weitere Welche Wenn Wer Werden Wie Wieder Wir Wird Wo Während Zu Zudem Zuletzt Zum Zur
    Zwar Zwischen Zuvor Mittlerweile Inzwischen Außerdem Bereits Beide Andere Hat Haben Hätte Könnte Kann Will Wurde
    """.split()
)
ROMAN = re.compile(r"[IVXLC]{1,6}\Z")

_OPENING = set("„‚»«›‹“”\"'‘’")
_CLOSING = set("“”»«›‹\"'‘’")
_DASHES = set("–—―-")
_NUMBER = re.compile(r"[+-]?\d[\d.,:/–-]*(?:%|°)?\Z")


def shape_flags(piece: str) -> int:
    """Bit flags of :mod:`framing.language.vocabulary` for one piece of text (never empty)."""
    first = piece[0]
    if first.isspace():
        flags = v.SPACE
        newlines = piece.count("\n")
        if newlines:
            flags |= v.NEWLINE
        if newlines > 1:
            flags |= v.PARAGRAPH
        return flags
    if _NUMBER.match(piece) or (piece[-1] == "." and piece[:-1].isdigit()):
        flags = v.NUMBER
    elif first.isalnum() or (first == "-" and len(piece) > 1 and piece[1].isalnum()):
        flags = v.WORD
    else:
        return _punctuation_flags(piece)
    bare = piece.lstrip("-")
    if bare[:1].isupper():
        flags |= v.CAPITAL
        if len(bare) > 1 and bare.isupper():
            flags |= v.UPPER
    if piece[-1] == ".":
        flags |= v.DOTTED
    if piece[-1] == "-":
        flags |= v.HYPHEN_END
    if len(piece) == 1 and piece.isalpha():
        flags |= v.SINGLE_LETTER
    if piece in ABBREVIATIONS:
        flags |= v.ABBREVIATION
    if piece in STARTERS:
        flags |= v.STARTER
    return flags


def _punctuation_flags(piece: str) -> int:
    flags = v.PUNCT
    first = piece[0]
    if first in ".!?…":
        flags |= v.TERMINAL
    if piece in _OPENING or piece in ("''", "``", ",,"):
        flags |= v.OPEN_QUOTE
    if piece in _CLOSING or piece in ("''", "``"):
        flags |= v.CLOSE_QUOTE
    if piece in "([{":
        flags |= v.BRACKET_OPEN
    if piece in ")]}":
        flags |= v.BRACKET_CLOSE
    if piece == ",":
        flags |= v.COMMA
    if piece == ":":
        flags |= v.COLON
    if piece == ";":
        flags |= v.SEMICOLON
    if first in _DASHES:
        flags |= v.DASH
    return flags
