"""Exports of WISO and GENIOS: many articles in one document.

An article begins with outlet, date and page in one line (``Seeblatt vom 03.05.2023, S. 4``) or with its title, then comes the
text, then labelled lines (``Quelle:``, ``Ressort:``, ``Autor:``, ``Dokumentnummer:``, ``Dauerhafte Adresse des Dokuments:``), and a rights note of
GBI-Genios ends it. A label's value stands behind it or in the next line.
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
_PLACE = re.compile(r"(.{2,80}?),?\s+(?:vom\s+)?(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})(?:[,;/ ].*)?")


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
    for line in lines:
        if _END.fullmatch(line):
            if any(part):
                yield _article(part)
            part = []
        else:
            part.append(line)
    if any(_LABEL.match(line) for line in part):
        yield _article(part)


def _article(lines: list[str]) -> Fields:
    names = ("article_id", "outlet", "published", "title", "author", "section", "url", "text")
    fields: Fields = dict.fromkeys(names, "")
    body: list[str] = []
    waiting = ""
    for line in lines:
        if found := _LABEL.match(line):
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


def _fill(fields: Fields, label: str, value: str) -> None:
    if label == "Quelle":
        found = _PLACE.fullmatch(value)
        fields["outlet"], fields["published"] = found.groups() if found else (value, fields["published"])
    elif field := _FIELDS.get(label):
        fields[field] = fields[field] or value
