"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from framing.corpus.readers.crawled import article_fields
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def is_json_lines(source: Source) -> bool:
    """Whether the first line is an object, or the first two lines begin as objects."""
    lines = source.head_text.lstrip().split("\n", 2)
    if not lines[0].startswith("{"):
        return False
    return lines[0].rstrip().endswith("}") or len(lines) == 1 or lines[1].startswith("{")


def read_json_lines(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a line; a line that is no object is a reject, an empty one is passed over.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Most characters an article may have; of a line ten times as long (escapes need space) the rest is skipped.
    """
    longest = 10 * limit
    with source.open_text(newline="\n") as handle:
        number = 0
        while line := handle.readline(longest + 1):
            number += 1
            if len(line) > longest:
                while line and not line.endswith("\n"):
                    line = handle.readline(longest)
                yield Reject(source.label, f"line {number}", f"larger than {limit:,} characters")
            elif line.strip():
                yield parse_object(line.removeprefix("\ufeff"), source.label, f"line {number}")


def parse_object(text: str, label: str, position: str) -> Record | Reject:
    """An object of JSON as a record."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Reject(label, position, f"not JSON: {error}")
    if not isinstance(value, dict):
        return Reject(label, position, "not a JSON object")
    return Record(position, article_fields(value))
