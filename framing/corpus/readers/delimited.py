"""CSV and TSV: a header line, then one article a row; the delimiter is found from the header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from framing.corpus.columns import known
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_DELIMITERS = ",;\t|"
_SUFFIXES = (".csv", ".tsv", ".tab")
_LONGEST_FIELD = 50_000_000
_LONGEST_NAME = 60


def is_delimited(source: Source) -> bool:
    """Whether the file is a table: by its suffix, or as its first line is a header with names that articles have."""
    if source.name.endswith(_SUFFIXES):
        return True
    cells = _header(source)
    fields = known(cells)
    return "text" in fields and len(fields) > 1 and max(map(len, cells)) <= _LONGEST_NAME


def read_delimited(source: Source, limit: int = _LONGEST_FIELD) -> Iterator[Record | Reject]:
    """One record a row, under the names of the header; a row with another number of cells is a reject.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Most characters an article may have; ten times as many end the reading, as a quotation mark is open.
    """
    delimiter = _delimiter(source)
    allowed = max(10 * limit, _LONGEST_FIELD)
    before = csv.field_size_limit(allowed)
    try:
        with source.open_text(newline="") as handle:
            rows = csv.reader(_lines(handle, 2 * allowed), delimiter=delimiter)
            header = [name.removeprefix("\ufeff").strip() for name in next(rows, [])]
            line = rows.line_num + 1
            for row in rows:
                position, line = f"line {line}", rows.line_num + 1
                if not row:
                    continue
                if len(row) == len(header):
                    yield Record(position, dict(zip(header, row, strict=True)))
                else:
                    reason = f"{len(row)} cells where the header has {len(header)} (a quotation mark left open?)"
                    yield Reject(source.label, position, reason)
    except csv.Error as error:
        yield Reject(source.label, f"line {rows.line_num}", f"not readable as CSV from here on: {error}")
    finally:
        csv.field_size_limit(before)


def _lines(handle: TextIO, longest: int) -> Iterator[str]:
    while line := handle.readline(longest + 1):
        if len(line) > longest:
            raise csv.Error(f"a line of more than {longest:,} characters")
        yield line


def _header(source: Source) -> list[str]:
    return _cells(source, _delimiter(source))


def _delimiter(source: Source) -> str:
    """The delimiter that parts the header into most names that articles have, and then into most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = _cells(source, delimiter)
        return len(known(cells)), len(cells)

    return max(_DELIMITERS, key=score)


def _cells(source: Source, delimiter: str) -> list[str]:
    first_line = source.head_text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    return next(csv.reader([first_line[:10_000]], delimiter=delimiter), [])
