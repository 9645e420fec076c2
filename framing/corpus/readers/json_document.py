"""JSON documents: an array of objects, or one object over several lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from framing.corpus.readers.crawled import article_fields
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_BETWEEN = re.compile(r"[\s,]*")
_START = re.compile(r"\s*(?:\[\s*(?:[{\]]|$)|\{\s*[\"}])")


def is_json_document(source: Source) -> bool:
    """Whether the file begins as an array of objects or as an object."""
    return _START.match(source.head_text) is not None


def read_json_document(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record an object; of a document that is cut or damaged the objects before the damage.

    Parameters
    ----------
    source : Source
        The file, which is held in memory.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    with source.open_text() as handle:
        text = handle.read().removeprefix("\ufeff").strip()
    decoder = json.JSONDecoder()
    is_array = text.startswith("[")
    number, at = 0, 1 if is_array else 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if (at == len(text) and not is_array) or text.startswith("]", at):
            return
        number += 1
        position = f"record {number}"
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Reject(source.label, position, f"not JSON from here on: {error}")
            return
        yield (
            Record(position, article_fields(value))
            if isinstance(value, dict)
            else Reject(source.label, position, "not a JSON object")
        )
