"""The formats that can be read: one small file each, chosen by what a file holds and not by its name alone.

A reader is two functions: whether a file is of its format, and the records of such a file. A new format is one file with
these two, and one line in `READERS`. The order counts: the first reader that claims a file reads it, and plain text, which
nearly everything is, comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from framing.corpus.readers.bundestag import is_bundestag, read_bundestag
from framing.corpus.readers.delimited import is_delimited, read_delimited
from framing.corpus.readers.docx import is_docx, read_docx
from framing.corpus.readers.feed import is_feed, read_feed
from framing.corpus.readers.json_document import is_json_document, read_json_document
from framing.corpus.readers.json_lines import is_json_lines, read_json_lines
from framing.corpus.readers.mediawiki import is_mediawiki, read_mediawiki
from framing.corpus.readers.page import is_page, read_page
from framing.corpus.readers.parquet import is_parquet, read_parquet
from framing.corpus.readers.press_archive import is_archive_html, is_archive_text, read_archive_html, read_archive_text
from framing.corpus.readers.rtf import is_rtf, read_rtf
from framing.corpus.readers.spreadsheet import is_spreadsheet, read_spreadsheet
from framing.corpus.readers.tei import is_tei, read_tei
from framing.corpus.readers.text import is_text, read_text
from framing.corpus.readers.warc import is_warc, read_warc
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.errors import InputError


class Reader(NamedTuple):
    """How one format is recognised and read.

    `claims(source)` looks at the first bytes; `records(source, limit)` yields a record or reject each, in the order of the
    file, and may give up on articles of more than `limit` characters. `one_article` is true for formats that hold one
    article a file under the toolkit's own field names: a mapping of columns does not apply, and the place of the file gives
    the article its outlet and id.
    """

    claims: Callable[[Source], bool]
    records: Callable[[Source, int], Iterator[Record | Reject]]
    one_article: bool = False


READERS: dict[str, Reader] = {
    "parquet": Reader(is_parquet, read_parquet),
    "spreadsheet": Reader(is_spreadsheet, read_spreadsheet),
    "docx": Reader(is_docx, read_docx),
    "rtf": Reader(is_rtf, read_rtf),
    "warc": Reader(is_warc, read_warc),
    "bundestag": Reader(is_bundestag, read_bundestag),
    "tei": Reader(is_tei, read_tei),
    "feed": Reader(is_feed, read_feed),
    "mediawiki": Reader(is_mediawiki, read_mediawiki),
    "archive_html": Reader(is_archive_html, read_archive_html),
    "page": Reader(is_page, read_page, one_article=True),
    "json_lines": Reader(is_json_lines, read_json_lines),
    "json_document": Reader(is_json_document, read_json_document),
    "delimited": Reader(is_delimited, read_delimited),
    "archive_text": Reader(is_archive_text, read_archive_text),
    "text": Reader(is_text, read_text, one_article=True),
}


def choose_reader(source: Source) -> Reader:
    """The reader for a file.

    Raises
    ------
    InputError
        If the file is empty, binary, or of no known format.
    """
    source.check()
    for reader in READERS.values():
        if reader.claims(source):
            return reader
    raise InputError("neither plain text nor records of articles", file=source.label, cure="extract its text first")
