"""Exports of LexisNexis and Nexis Uni: many articles in one document, in the layout of either.

The older layout begins an article with ``1 of 250 DOCUMENTS`` (``Dokument 1 von 250``), then outlet, date, title, labelled
lines (``LENGTH: 512 words``), the text, and labelled lines again. The newer one begins with the title, then outlet, date,
labelled lines, ``Body``, the text, and ends with ``End of Document``. Labels are English or German.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
}  # fmt: skip
# In capitals, as the older layout has them; in small letters only what no sentence begins with.
_AFTER = re.compile(
    r"(?:LOAD-DATE|LOAD DATE|UPDATE|GRAPHIC|GRAFIK|LANGUAGE|SPRACHE|PUBLICATION-TYPE|PUBLIKATIONSTYP|JOURNAL-CODE"
    r"|COPYRIGHT|DOCUMENT-TYPE|SUBJECT|NAME|AKTUALISIERUNG|LADEDATUM|CLASSIFICATION"
    r"|Load-Date|Ladedatum|Language|Publication-Type|Journal Code|Document-Type):.*|Classification|Klassifizierung"
)
_RIGHTS = re.compile(r"(?:Copyright|©|\(c\))\s.*|(?:All Rights Reserved|Alle Rechte vorbehalten)\.?", re.IGNORECASE)


def is_nexis(lines: Sequence[str]) -> bool:
    """Whether the first lines of a document are in one of the layouts."""
    has_length = any(_LENGTH.match(line) for line in lines)
    if any(_COUNTER.fullmatch(line) for line in lines[:40]):
        return has_length or any(_AFTER.fullmatch(line) for line in lines)
    return has_length and any(_BODY.fullmatch(line) or _END.fullmatch(line) for line in lines)


def nexis_articles(lines: Sequence[str]) -> Iterator[Fields]:
    """The articles, with the fields ``outlet``, ``published``, ``title``, ``author``, ``section`` and ``text``."""
    old = any(_COUNTER.fullmatch(line) for line in lines[:40])
    for part in _parts(lines, _COUNTER if old else _END):
        if any(part):
            yield _article(part, title_first=not old)


def _parts(lines: Sequence[str], border: re.Pattern[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if border.fullmatch(line):
            yield part
            part = []
        else:
            part.append(line)
    yield part


def _article(lines: list[str], *, title_first: bool) -> Fields:
    fields: Fields = {"outlet": "", "published": "", "title": "", "author": "", "section": "", "text": ""}
    head, body = _head_and_body(lines)
    plain: list[str] = []
    for line in head:
        # the first line of the newer layout is the title, even where it begins as a label does
        is_title = title_first and not plain
        if not is_title and (label := _LABEL.fullmatch(line)) and _is_field(line):
            field = _FIELDS.get(label.group(1).casefold())
            if field and not fields.get(field):
                fields[field] = label.group(2) or ""
        elif line and not _RIGHTS.fullmatch(line):
            plain.append(line)
    dated = next((n for n, line in enumerate(plain) if _DATE.fullmatch(line)), None)
    if dated is not None:
        fields["published"] = _date(plain[dated])
        before, after = plain[:dated], plain[dated + 1 :]
        if title_first:
            fields["outlet"] = before[-1] if len(before) > 1 else ""
            fields["title"] = fields["title"] or " ".join(before[: max(1, len(before) - 1)])
        else:
            fields["outlet"] = before[0] if before else ""
            fields["title"] = fields["title"] or (after[-1] if after else "")
    elif plain:
        fields["title"] = fields["title"] or plain[0]
    section = str(fields["section"])
    fields["section"] = re.split(r";\s*(?:S\.|Seite|Pg\.?|Page)", section)[0].strip()
    fields["text"] = "\n".join(body).strip()
    return fields


def _head_and_body(lines: list[str]) -> tuple[list[str], list[str]]:
    """Parted at the line ``Body``, else after the labelled lines around the length; without the labelled lines at the end."""
    start = next((n for n, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if start is None:
        start = next((n for n, line in enumerate(lines) if _LENGTH.match(line)), -1)
        while start + 1 < len(lines) and (not lines[start + 1] or _is_field(lines[start + 1])):
            start += 1
    head, body = lines[: start + 1], lines[start + 1 :]
    stop = len(body)
    for n in range(len(body) - 1, -1, -1):
        if not body[n] or _RIGHTS.fullmatch(body[n]) or _AFTER.fullmatch(body[n]):
            stop = n
        elif not any(_AFTER.fullmatch(line) for line in body[max(0, n - 2) : n]):
            break
    return head, body[:stop]


def _is_field(line: str) -> bool:
    label = _LABEL.fullmatch(line)
    return label is not None and label.group(1).casefold() in (*_FIELDS, "length", "länge", "highlight", "dateline")


def _date(line: str) -> str:
    """``3. Mai 2023`` of ``Mittwoch 3. Mai 2023`` and of ``May 3, 2023 Wednesday``."""
    found = _DATE.fullmatch(line)
    if found is None:
        return ""
    return found.group(1) or f"{found.group(3)} {found.group(2)} {found.group(4)}"
