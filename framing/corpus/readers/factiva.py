"""Exports of Factiva: many articles in one document, with or without field codes.

With codes a line of each field begins with two capitals (``HD`` title, ``SN`` outlet, ``PD`` date, ``BY`` author, ``LP`` and
``TD`` text, ``AN`` accession number). Without, an article is its title, the author, ``512 words``, date, outlet, its code, page,
language and rights, then the text. Either way an article ends with ``Document SZ00000020230503ej5300001``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Fields = dict[str, object]

_CODES = ("SE", "HD", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS",
          "RE", "PUB", "AN", "BY", "ART", "CLM", "VOL", "IPD", "IPC")  # fmt: skip
_CODE = re.compile(rf"({'|'.join(_CODES)})(?:\s+(.*))?")
_END = re.compile(r"(?:Document|Dokument)\s+([A-Z][A-Z0-9]*\d{8}[a-z0-9]+)")
_WORDS = re.compile(r"\d[\d.,]*\s+(?:words|Wörter|Worte)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}\.?\s+[^\W\d]+\s+\d{4}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?:\s*(?:GMT|Uhr))?")
_RIGHTS = re.compile(r"(?:\(c\)|©|Copyright)\s.*|(?:Alle Rechte vorbehalten|All rights reserved)\.?", re.IGNORECASE)
_CLAIM = re.compile(r"(?:(?:German|Deutsch|English|Englisch)|[A-Z0-9]{3,8}|\d{1,4})")
_BY = re.compile(r"(?:By|Von)\s+(.+)")


def is_factiva(lines: Sequence[str]) -> bool:
    """Whether the first lines of a document are in the layout, with or without codes."""
    if any(_WORDS.fullmatch(line) for line in lines) and any(_END.fullmatch(line) for line in lines):
        return True
    codes = {found.group(1) for line in lines if (found := _CODE.fullmatch(line))}
    return {"HD", "PD", "SN"} <= codes


def factiva_articles(lines: Sequence[str]) -> Iterator[Fields]:
    """The articles, with the fields ``article_id``, ``outlet``, ``published``, ``title``, ``author``, ``section``, ``text``."""
    part: list[str] = []
    for line in lines:
        coded = _CODE.fullmatch(line)
        value = coded.group(2) or "" if coded and coded.group(1) == "AN" else line
        if found := _END.fullmatch(value):
            yield _article(part, found.group(1))
            part = []
        else:
            part.append(line)
    if any(_WORDS.fullmatch(line) for line in part) or any(_CODE.fullmatch(line) for line in part):
        yield _article(part, "")


def _article(lines: list[str], number: str) -> Fields:
    coded = {found.group(1) for line in lines if (found := _CODE.fullmatch(line))}
    fields = _with_codes(lines) if {"HD", "PD"} <= coded else _without_codes(lines)
    return {"article_id": number, **fields}


def _with_codes(lines: list[str]) -> Fields:
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if found := _CODE.fullmatch(line):
            code, line = found.group(1), found.group(2) or ""
        values.setdefault(code, []).append(line)

    def one(code: str) -> str:
        return " ".join(line for line in values.get(code, []) if line)

    text = "\n".join((*values.get("LP", []), "", *values.get("TD", []))).strip()
    return {
        "outlet": one("SN"), "published": one("PD"), "title": one("HD"),
        "author": _name(one("BY")), "section": one("SE"), "text": text,
    }  # fmt: skip


def _without_codes(lines: list[str]) -> Fields:
    words = next((n for n, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if words is None:
        return {"outlet": "", "published": "", "title": "", "author": "", "section": "", "text": ""}
    before = [line for line in lines[:words] if line]
    author = next((_name(line) for line in before[1:] if _BY.fullmatch(line)), "")
    titles = [line for line in before if not (author and _BY.fullmatch(line))]
    at = words + 1
    published = outlet = ""
    for at in range(words + 1, len(lines)):
        line = lines[at]
        if not published and _DATE.fullmatch(line):
            published = line
        elif published and not outlet and line and not _TIME.fullmatch(line):
            outlet = line
        elif line and not (_CLAIM.fullmatch(line) or _TIME.fullmatch(line) or _RIGHTS.fullmatch(line)):
            break
    else:
        at = len(lines)
    section, title = (titles[0], titles[-1]) if len(titles) > 1 else ("", titles[0] if titles else "")
    return {
        "outlet": outlet, "published": published, "title": title,
        "author": author, "section": section, "text": "\n".join(lines[at:]).strip(),
    }  # fmt: skip


def _name(line: str) -> str:
    found = _BY.fullmatch(line)
    return found.group(1) if found else line
