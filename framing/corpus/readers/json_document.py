"""JSON documents: an array of objects, or one object over several lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from framing.corpus.readers.crawled import article_fields
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_PIECE = 1_000_000
_BETWEEN = re.compile(r"[\s,]*")
_START = re.compile(r"\s*(?:\[\s*(?:[{\]]|$)|\{\s*[\"}])")


def is_json_document(source: Source) -> bool:
    """Whether the file begins as an array of objects or as an object."""
    return _START.match(source.head_text) is not None


def read_json_document(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record an object; of a document that is cut or damaged the objects before the damage.

    Memory holds one object at a time, however long the array is.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Most characters an article may have; an object ten times as long (escapes need space) ends the reading.
    """
    decoder = json.JSONDecoder()
    with source.open_text() as handle:
        text = handle.read(_PIECE).removeprefix("\ufeff").lstrip()
        is_array = text.startswith("[")
        at, number = int(is_array), 0
        while True:
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
            if at == len(text):
                text, at = handle.read(_PIECE), 0
                if text:
                    continue
                if not is_array:
                    return
            if text.startswith("]", at):
                return
            position = f"record {(number := number + 1)}"
            text, at = text[at:], 0
            while True:
                try:
                    value, at = decoder.raw_decode(text)
                    break
                except (ValueError, RecursionError) as error:
                    # the object may go on: as much again, so that trying anew stays in proportion to its length
                    more = "" if isinstance(error, RecursionError) else handle.read(max(len(text), _PIECE))
                    if not more:
                        yield Reject(source.label, position, f"not JSON from here on: {error}")
                        return
                    text += more
                    if len(text) > 10 * limit:
                        yield Reject(
                            source.label, position, f"not read from here on: larger than {10 * limit:,} characters"
                        )
                        return
            yield (
                Record(position, article_fields(value))
                if isinstance(value, dict)
                else Reject(source.label, position, "not a JSON object")
            )
