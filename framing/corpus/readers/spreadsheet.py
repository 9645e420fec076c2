"""XLSX: the first sheet with a header that names a text; one article a row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from framing.corpus.columns import known
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.zips import check_office
from framing.errors import InputError

# as many as Excel knows
_MOST_ROWS = 1_048_576


def is_spreadsheet(source: Source) -> bool:
    """Whether the file is a workbook of Excel."""
    return "xl/workbook.xml" in source.members


def read_spreadsheet(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a row of the first sheet whose header names a text, else of the first sheet; formulas give their last value.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: a cell has at most 32,767 characters.
    """
    # openpyxl itself parses with defusedxml where that is installed
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    position = ""
    try:
        check_office(source.path)
        with source.path.open("rb") as handle:
            book = load_workbook(handle, read_only=True, data_only=True, keep_links=False)
            sheet = _sheet(book)
            if sheet is None:
                yield Reject(source.label, "", "a workbook without cells")
                return
            sheet.reset_dimensions()  # what the file says of its size may be anything
            rows = sheet.iter_rows(values_only=True)
            header = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
            for number, row in enumerate(rows, start=2):
                if number > _MOST_ROWS:
                    yield Reject(source.label, f"after {position}", f"not read further: more than {_MOST_ROWS:,} rows")
                    return
                position = f"row {number}"
                if any(cell is not None for cell in row):
                    yield Record(position, {name: cell for name, cell in zip(header, row) if name})
    except InputError as error:
        yield Reject(source.label, error.record, error.message)
    except (InvalidFileException, zipfile.BadZipFile, DefusedXmlException, ParseError, KeyError, ValueError) as error:
        yield Reject(source.label, f"after {position}" if position else "", f"damaged XLSX: {error}")


def _sheet(book: Any) -> Any:
    first = None
    for sheet in book.worksheets:
        header = next(sheet.iter_rows(max_row=1, values_only=True), ())
        if "text" in known(str(cell) for cell in header if cell is not None):
            return sheet
        first = first or (sheet if header else None)
    return first
