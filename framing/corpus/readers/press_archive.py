"""Exports of press archives: TXT, HTML, DOCX and RTF with many articles in one file.

A container gives its lines, a layout parts them into articles; each layout is a file of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from framing.corpus.readers.factiva import factiva_articles, is_factiva
from framing.corpus.readers.genios import genios_articles, is_genios
from framing.corpus.readers.nexis import is_nexis, nexis_articles
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

MOST_CHARACTERS = 100_000_000
_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u3000]+")
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!DOCTYPE\s+html|<html|<head|<body)\b", re.IGNORECASE)
_BREAKS = frozenset(
    "p div br tr table td th li ul ol h1 h2 h3 h4 h5 h6 hr dd dt dl section article header title".split()
)
_WIDE = frozenset(("p", "h1", "h2", "h3"))
# The parser of the standard library takes quadratic time for tags and comments left open; each part of this takes linear.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b[^<>]*>.*?(?:</(?:script|style)\s*>|\Z)|<head\b[^<>]*>.*?(?=<body\b|</head\s*>|\Z)"
    r"|<(/?)([a-z][a-z0-9]*)[^<>]*>|<[!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)


class Layout(NamedTuple):
    """How the exports of one archive are recognised and parted."""

    recognises: Callable[[Sequence[str]], bool]
    articles: Callable[[Sequence[str]], Iterator[dict[str, object]]]


LAYOUTS: dict[str, Layout] = {
    "nexis": Layout(is_nexis, nexis_articles),
    "factiva": Layout(is_factiva, factiva_articles),
    "genios": Layout(is_genios, genios_articles),
}


def as_lines(text: str) -> list[str]:
    """Lines without blanks at their ends and without doubled blanks."""
    return [_BLANKS.sub(" ", line).strip() for line in text.removeprefix("\ufeff").splitlines()]


def layout_of(lines: Sequence[str]) -> Layout | None:
    """The layout of a document, if it is an export of a press archive."""
    return next((layout for layout in LAYOUTS.values() if layout.recognises(lines)), None)


def is_archive_text(source: Source) -> bool:
    """Whether a text file begins as an export of a press archive."""
    return (
        not source.head_text.lstrip().startswith(("<", "{", "[")) and layout_of(as_lines(source.head_text)) is not None
    )


def read_archive_text(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record an article.

    Parameters
    ----------
    source : Source
        The file, which is held in memory.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    text = _content(source)
    yield from text if isinstance(text, list) else archive_records(as_lines(text), source.label)


def is_archive_html(source: Source) -> bool:
    """Whether an HTML file begins as an export of a press archive."""
    return is_html(source) and layout_of(html_lines(source.head_text)) is not None


def read_archive_html(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record an article; parameters as of `read_archive_text`."""
    text = _content(source)
    yield from text if isinstance(text, list) else archive_records(html_lines(text), source.label)


def is_html(source: Source) -> bool:
    """Whether a file is an HTML page: markup with a head, a body or an article in it."""
    text = source.head_text
    return _MARKUP.match(text) is not None and re.search(r"<(?:html|head|body|title|article)\b", text, re.I) is not None


def archive_records(lines: Sequence[str], label: str) -> Iterator[Record | Reject]:
    """The articles of a document in any layout."""
    layout = layout_of(lines)
    if layout is None:
        yield Reject(label, "", "an export of a press archive in no known layout")
        return
    for number, fields in enumerate(layout.articles(lines), start=1):
        yield Record(f"article {number}", fields)


def html_lines(markup: str) -> list[str]:
    """What HTML shows, one line a block."""
    parts: list[str] = []
    at = 0
    for found in _TOKEN.finditer(markup):
        parts.append(unescape(markup[at : found.start()].replace("\n", " ")))
        at = found.end()
        closes, tag = found.group(1), (found.group(2) or "").casefold()
        if tag in _BREAKS and not (closes and tag == "br"):
            parts.append("\n\n" if tag in _WIDE and not closes else "\n")
    parts.append(unescape(markup[at:].replace("\n", " ")))
    return as_lines("".join(parts))


def _content(source: Source) -> str | list[Reject]:
    with source.open_text() as handle:
        text = handle.read(MOST_CHARACTERS + 1)
    if len(text) > MOST_CHARACTERS:
        return [Reject(source.label, "", f"larger than {MOST_CHARACTERS:,} characters; part the export")]
    return text
