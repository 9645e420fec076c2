"""Speeches in TEI, as GermaParl and ParlaMint have them: one record a turn of a speaker.

A turn is ``sp`` (GermaParl, with who, party and role as attributes) or ``u`` (ParlaMint, with ``seg``). What is called in
(``stage``, ``note``, ``vocal``, ``kinesic``, ``incident``) is no part of it. The outlet is the parliamentary group, else the role (the chair, the
government), else the party.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from framing.corpus.readers.xml_safely import attribute, elements, local, root_name, text_of
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_BLOCKS = ("p", "seg", "l", "ab")
_CALLED_IN = ("stage", "note", "vocal", "kinesic", "incident", "speaker", "gap", "desc")


def is_tei(source: Source) -> bool:
    """Whether the first element is that of TEI."""
    return root_name(source) in ("TEI", "TEI.2", "teiCorpus")


def read_tei(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a turn, with speaker, party, date of the session and, in GermaParl, the item of the agenda.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    day = item = ""
    number = 0
    for element in elements(source, ("sp", "u", "date"), within=("div", "setting")):
        if isinstance(element, Reject):
            yield element
        elif local(element) == "date":
            day = day or attribute(element, "when") or text_of(element)
        elif local(element) == "setting":  # its date goes before that of publication
            day = ""
        elif local(element) == "div":
            item = attribute(element, "desc") or item
        else:
            number += 1
            yield Record(f"turn {number}", {"published": day, "section": item, **_turn(element)})


def _turn(turn: Element) -> dict[str, object]:
    blocks = []
    for block in turn:
        if local(block) in _BLOCKS:
            _without_calls(block)
            blocks.append(text_of(block))
    text = "\n\n".join(filter(None, blocks)) or ("" if len(turn) else text_of(turn))
    who = _stated(turn, "name") or _stated(turn, "who").lstrip("#")
    group = _stated(turn, "parliamentary_group") or _stated(turn, "role") or _stated(turn, "party")
    return {"article_id": attribute(turn, "id"), "outlet": group or attribute(turn, "ana").lstrip("#"),
            "author": who, "text": text}  # fmt: skip


def _stated(turn: Element, name: str) -> str:
    """An attribute, of which GermaParl writes ``NA`` where it is unknown."""
    value = attribute(turn, name)
    return "" if value == "NA" else value


def _without_calls(block: Element) -> None:
    """Take out what others call in; the text behind it stays."""
    for parent in list(block.iter()):
        for inner in [part for part in parent if local(part) in _CALLED_IN]:
            inner.text = ""
            for below in list(inner):
                inner.remove(below)
