"""Exports of LexisNexis and Nexis Uni: many articles in one document, in the layout of either.

The older layout begins, after a page about the search, an article with ``1 of 250 DOCUMENTS`` (``Dokument 1 von 250``), then
outlet, date with edition, title, labelled lines (``LENGTH: 512 words``, ``LÄNGE: 512 Wörter``), the text, and labelled lines again. As
TXT its lines are broken at 80 characters. The newer one begins an article with the title, then outlet, date, labelled lines,
``Body``, the text, headings with what is about the article (``Graphic``, ``Classification``), and ends with ``End of Document``. Labels are
English or German, whatever the article's language is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from framing.corpus.readers.lines import blocks, unbroken

Fields = dict[str, object]

_COUNTER = re.compile(r"(?:\d+ of \d+ DOCUMENTS?|(?:Dokument|Document) \d+ (?:von|of) \d+)", re.IGNORECASE)
_END = re.compile(r"(?:End of Document|Ende des Dokuments|Dokumentende)", re.IGNORECASE)
_BODY = re.compile(r"(?:Body|Text|Volltext|Hauptteil)", re.IGNORECASE)
_LENGTH = re.compile(r"(?:LENGTH|LÄNGE|LAENGE):\s*\d+", re.IGNORECASE)
_LABEL = re.compile(r"([A-ZÄÖÜ][A-Za-zÄÖÜäöüß-]{2,24}):(?:\s+(.*))?")
_DATE = re.compile(
    r"(?:[^\W\d]+,?\s+(?:den\s+)?)?(\d{1,2}\.?\s+[^\W\d]+\s+\d{4}|\d{1,2}\.\d{1,2}\.\d{4})\b.*"
    r"|(?:[^\W\d]+,\s+)?([^\W\d]+)\s+(\d{1,2}),?\s+(\d{4})\b.*"
)
_FIELDS = {
    "byline": "author", "autor": "author", "von": "author",
    "section": "section", "rubrik": "section", "ressort": "section",
    "headline": "title", "titel": "title", "überschrift": "title", "url": "url",
    "length": "", "länge": "", "laenge": "", "highlight": "", "dateline": "", "distribution": "", "type": "",
}  # fmt: skip
# In capitals, as the older layout has them; in small letters only what no sentence begins with.
_AFTER = re.compile(
    r"(?:LOAD-DATE|LOAD DATE|UPDATE|GRAPHIC|GRAFIK|LANGUAGE|SPRACHE|PUBLICATION-TYPE|PUBLIKATIONSTYP|JOURNAL-CODE|ZEITUNGS-CODE"
    r"|COPYRIGHT|DOCUMENT-TYPE|SUBJECT|NAME|AKTUALISIERUNG|LADEDATUM|CLASSIFICATION|ORGANIZATION|ORGANISATION|PERSON|COUNTRY|LAND"
    r"|GEOGRAPHIC|INDUSTRY|COMPANY|TICKER|STATE|CITY"
    r"|Load-Date|Ladedatum|Language|Publication-Type|Journal Code|Document-Type):.*"
    r"|Classification|Klassifizierung|Graphic|Grafik"
)
# What stands alone in a line and is no text.
_HEADING = re.compile(r"Classification|Klassifizierung|Graphic|Grafik")
_LINK = re.compile(r"(?:Link zum PDF-Dokument|Link to Image|Link zum Bild)", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:Copyright|©|\(c\))\s.*|(?:All Rights Reserved|Alle Rechte vorbehalten)\.?", re.IGNORECASE)

# Lines in which the first counter must stand: the page about the search may hold a long query.
_COVER = 200


def is_nexis(lines: Sequence[str]) -> bool:
    """Whether the first lines of a document are in one of the layouts."""
    has_length = any(_LENGTH.match(line) for line in lines)
    if any(_COUNTER.fullmatch(line) for line in lines[:_COVER]):
        return has_length or any(_AFTER.fullmatch(line) for line in lines)
    return has_length and any(_BODY.fullmatch(line) or _END.fullmatch(line) for line in lines)


def nexis_articles(lines: Sequence[str]) -> Iterator[Fields]:
    """The articles, with the fields ``outlet``, ``published``, ``title``, ``author``, ``section`` and ``text``."""
    old = any(_COUNTER.fullmatch(line) for line in lines[:_COVER])
    parts = _parts(lines, _COUNTER if old else _END)
    if old:
        next(parts)  # the page about the search
    for part in parts:
        if any(part):
            yield _article(part, title_first=not old)


def _parts(lines: Sequence[str], border: re.Pattern[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if border.fullmatch(line):
            yield part
            part = []
        elif not _LINK.fullmatch(line):
            part.append(line)
    yield part


def _article(lines: list[str], *, title_first: bool) -> Fields:
    fields: Fields = {"outlet": "", "published": "", "title": "", "author": "", "section": "", "text": ""}
    head, body = _head_and_body(lines)
    plain: list[list[str]] = []  # by block: the date and its edition are one, the lines of a long title another
    for block in blocks([line for line in head if not _RIGHTS.fullmatch(line)]):
        # the first line of the newer layout is the title, even where it begins as a label does
        if not (title_first and not plain) and _is_field(block[0]):
            _fill(fields, block)
        else:
            plain.append(block)
    if title_first:
        _new_head(fields, [line for block in plain for line in block])
    else:
        _old_head(fields, plain)
    section = str(fields["section"])
    fields["section"] = re.split(r";\s*(?:S\.|Seite|Pg\.?|Page)", section)[0].strip()
    fields["text"] = "\n".join(body if title_first else unbroken(body)).strip()
    return fields


def _fill(fields: Fields, block: list[str]) -> None:
    """Fields of labelled lines; a line without a label goes on the one before."""
    label = ""
    values: dict[str, str] = {}
    for line in block:
        if _is_field(line) and (found := _LABEL.fullmatch(line)):
            label, line = found.group(1).casefold(), found.group(2) or ""
        values[label] = f"{values.get(label, '')} {line}".strip()
    for label, value in values.items():
        if (field := _FIELDS[label]) and not fields.get(field):
            fields[field] = value


def _new_head(fields: Fields, plain: list[str]) -> None:
    """Title, outlet, date, and perhaps an edition; labelled lines may stand close to them."""
    dated = next((n for n, line in enumerate(plain) if n and _DATE.fullmatch(line)), None)
    for line in plain[(dated or 0) + 1 :]:
        if _is_field(line):
            _fill(fields, [line])
    before = plain[:dated] if dated is not None else plain[:1]
    fields["published"] = _date(plain[dated]) if dated is not None else ""
    fields["outlet"] = before[-1] if len(before) > 1 else ""
    fields["title"] = fields["title"] or " ".join(before[: max(1, len(before) - 1)])


def _old_head(fields: Fields, plain: list[list[str]]) -> None:
    """A block with the outlet, one with the date and the edition, one with the title."""
    dated = next((n for n, block in enumerate(plain) if any(map(_DATE.fullmatch, block))), None)
    if dated is None:
        fields["title"] = fields["title"] or (" ".join(plain[0]) if plain else "")
        return
    at = next(n for n, line in enumerate(plain[dated]) if _DATE.fullmatch(line))
    fields["published"] = _date(plain[dated][at])
    before = [line for block in plain[:dated] for line in block] + plain[dated][:at]
    fields["outlet"] = before[0] if before else ""
    if not fields["title"] and plain[dated + 1 :]:
        fields["title"] = " ".join(plain[-1])


def _head_and_body(lines: list[str]) -> tuple[list[str], list[str]]:
    """Parted at the line ``Body``, else after the labelled blocks around the length; without those at the end."""
    start = next((n for n, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if start is None:
        start = next((n for n, line in enumerate(lines) if _LENGTH.match(line)), -1)
        at = start
        while at < len(lines) and (not lines[at] or _is_field(lines[at])):
            # a field goes on to the next blank line
            while at < len(lines) and lines[at]:
                at += 1
            while at < len(lines) and not lines[at]:
                at += 1
            start = at - 1
    head, body = lines[: start + 1], lines[start + 1 :]
    stop = len(body)
    at = stop
    while at:
        first = at - 1
        while first and body[first - 1]:
            first -= 1
        block = [line for line in body[first:at] if line]
        if block and not (_RIGHTS.fullmatch(block[0]) or _AFTER.fullmatch(block[0]) or _under_heading(body, first)):
            break
        stop, at = first, first
    return [line for line in head if not _BODY.fullmatch(line)], body[:stop]


def _under_heading(body: list[str], at: int) -> bool:
    """Whether the block before is nothing but a heading such as ``Graphic``."""
    before = at - 1
    while before >= 0 and not body[before]:
        before -= 1
    return before >= 0 and _HEADING.fullmatch(body[before]) is not None and (before == 0 or not body[before - 1])


def _is_field(line: str) -> bool:
    label = _LABEL.fullmatch(line)
    return label is not None and label.group(1).casefold() in _FIELDS


def _date(line: str) -> str:
    """``3. Mai 2023`` of ``Mittwoch 3. Mai 2023`` and of ``May 3, 2023 Wednesday``."""
    found = _DATE.fullmatch(line)
    if found is None:
        return ""
    return found.group(1) or f"{found.group(3)} {found.group(2)} {found.group(4)}"
