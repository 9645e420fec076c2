"""Exports of WISO and GENIOS: many articles in one document.

An article begins with outlet, date and page in one line (``Seeblatt vom 03.05.2023, S. 4``) or with its title, then comes the
text, perhaps the author's name in a line of its own, then labelled lines (``Quelle:``, ``Ressort:``, ``Dokumentnummer:``,
``Dauerhafte Adresse des Dokuments:``), and a rights note of GBI-Genios ends it. A label's value stands behind it or in the next line.
Exports for printing begin with a table of contents, and every page has a head (``Dokumente``) and a foot (``Seite 2 von 70``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Fields = dict[str, object]

_END = re.compile(r"(?:©|\(c\))\s*GBI[- ]?Genios.*", re.IGNORECASE)
_LABEL = re.compile(
    r"(Quelle|Ressort|Rubrik|Autor(?:en|in)?|Dokumentnummer|Dokument-Nr\.|Dauerhafte Adresse des Dokuments"
    r"|Alle Rechte vorbehalten|ISSN|Ausgabe|Jahrgang|Schlagworte?|Deskriptoren|Seite|Datum|Copyright|Region"
    r"|Titel|Medientyp|Persistente URL):\s*(.*)"
)
_FIELDS = {
    "Ressort": "section", "Rubrik": "section", "Autor": "author", "Autoren": "author", "Autorin": "author",
    "Dokumentnummer": "article_id", "Dokument-Nr.": "article_id", "Dauerhafte Adresse des Dokuments": "url",
    "Persistente URL": "url", "Datum": "published", "Titel": "title",
}  # fmt: skip
_PLACE = re.compile(
    r"[\"„“»]?(.{2,80}?)[\"“”«]?,?(?:\s+Nr\.\s*\d+)?,?\s+(?:(?:vom|v\.|den)\s+)?"
    r"(\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{1,2}\.\s+[^\W\d]+\s+\d{4}|\d{4}-\d{2}-\d{2})(?:[,;/ ].*)?",
    re.IGNORECASE,
)
# Lines that an article has at least, its outlet and its title among them, before its last can be a name.
_SHORTEST = 4
_PAGE = re.compile(r"Dokumente?|Seite \d+(?: von \d+)?")
_CONTENTS = re.compile(r"Inhaltsverzeichnis")
_LONGEST_ENTRY, _LONGEST_NAME = 300, 60
_ENTRY = re.compile(r".*?(?:\.\s*){3,}\d+|\d+\.\s.*\s\d+")
# Two to four capitalised words, as a name has them, and nothing behind.
_NAME = re.compile(r"(?:Von )?(?:[A-ZÄÖÜ][\w'’.-]+ (?:(?:von|van|de|der|den|zu|und) )*){1,3}[A-ZÄÖÜ][\w'’-]*[a-zäöüß]")


def is_genios(lines: Sequence[str]) -> bool:
    """Whether the first lines of a document are in the layout."""
    labels = {found.group(1) for line in lines if (found := _LABEL.match(line))}
    return "Quelle" in labels and (
        "Dokumentnummer" in labels
        or "Dauerhafte Adresse des Dokuments" in labels
        or any(_END.fullmatch(line) for line in lines)
    )


def genios_articles(lines: Sequence[str]) -> Iterator[Fields]:
    """The articles, with the fields ``article_id``, ``outlet``, ``published``, ``title``, ``author``, ``section``, ``url``, ``text``."""
    part: list[str] = []
    for line in _without_pages(lines):
        if _END.fullmatch(line):
            if any(part):
                yield _article(part)
            part = []
        else:
            part.append(line)
    if any(_LABEL.match(line) for line in part):
        yield _article(part)


def _without_pages(lines: Sequence[str]) -> Iterator[str]:
    """The lines without heads and feet of pages and without the table of contents."""
    contents = False
    for line in lines:
        is_entry = not line or (len(line) <= _LONGEST_ENTRY and _ENTRY.fullmatch(line) is not None)
        contents = (contents and is_entry) or _CONTENTS.fullmatch(line) is not None
        if not contents and not _PAGE.fullmatch(line):
            yield line


def _article(lines: list[str]) -> Fields:
    names = ("article_id", "outlet", "published", "title", "author", "section", "url", "text")
    fields: Fields = dict.fromkeys(names, "")
    body: list[str] = []
    waiting = ""
    for line in lines:
        if found := _LABEL.match(line):
            if found.group(1) == "Quelle":
                fields["author"] = fields["author"] or _author(body)
            waiting = "" if found.group(2) else found.group(1)
            if found.group(2):
                _fill(fields, found.group(1), found.group(2))
        elif waiting and line:
            _fill(fields, waiting, line)
            waiting = ""
        elif not waiting:
            body.append(line)
    while body and not body[0]:
        body.pop(0)
    if body and (found := _PLACE.fullmatch(body[0])):
        body.pop(0)
        fields["outlet"] = fields["outlet"] or found.group(1)
        fields["published"] = fields["published"] or found.group(2)
    while body and not body[0]:
        body.pop(0)
    if body and not fields["title"]:
        fields["title"] = body.pop(0)
    fields["text"] = "\n".join(body).strip()
    return fields


def _author(body: list[str]) -> str:
    """The name in a line of its own that ends a text, taken off it."""
    filled = [n for n, line in enumerate(body) if line]
    if (
        len(filled) < _SHORTEST
        or len(body[filled[-1]]) > _LONGEST_NAME
        or not _NAME.fullmatch(body[filled[-1]])
        or body[filled[-1] - 1]
    ):
        return ""
    name = body.pop(filled[-1])
    return name.removeprefix("Von ")


def _fill(fields: Fields, label: str, value: str) -> None:
    if label == "Quelle":
        found = _PLACE.fullmatch(value)
        fields["outlet"], fields["published"] = found.groups() if found else (value, fields["published"])
    elif field := _FIELDS.get(label):
        fields[field] = fields[field] or (value.split(";")[0].strip() if field == "section" else value)
