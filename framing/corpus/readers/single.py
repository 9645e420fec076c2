"""A document that is one article: its first line is the title."""

from __future__ import annotations

from collections.abc import Sequence

from framing.corpus.records import Record


def single_article(lines: Sequence[str]) -> Record:
    """The record of a document of one article."""
    first = next((n for n, line in enumerate(lines) if line), 0)
    title, rest = (lines[first], lines[first + 1 :]) if lines else ("", [])
    if not any(rest):
        title, rest = "", lines
    return Record("document", {"title": title, "text": "\n".join(rest).strip()})
