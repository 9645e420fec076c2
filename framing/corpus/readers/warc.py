"""WARC, plain or gzip: one record a page that was answered with an article; all else in it is passed over."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from framing.corpus.readers.page import page_fields
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.wanted import wanted

_PAGES = ("text/html", "application/xhtml+xml")


def is_warc(source: Source) -> bool:
    """Whether the file begins as WARC does."""
    return source.head.startswith(b"WARC/")


def read_warc(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record an answer with status 200 that is an HTML page; a page without an article is a reject.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Most bytes an article may have; a page four times as large is a reject.

    Raises
    ------
    InputError
        If warcio or trafilatura is not installed.
    """
    iterator = wanted("warcio.archiveiterator", "WARC", source.label).ArchiveIterator
    broken = wanted("warcio.exceptions", "WARC", source.label).ArchiveLoadFailed
    number = 0
    try:
        with source.open() as handle:
            stream = _Stream(handle)
            for answer in iterator(stream):
                number += 1
                if answer.rec_type != "response" or answer.http_headers is None:
                    continue
                kind = (answer.http_headers.get_header("Content-Type") or "").casefold()
                if answer.http_headers.get_statuscode() != "200" or not kind.startswith(_PAGES):
                    continue
                yield _read_answer(answer, source.label, number, limit)
            if stream.damage:
                yield Reject(source.label, f"after record {number}", f"damaged WARC: {stream.damage}")
    except (broken, ValueError) as error:
        yield Reject(source.label, f"after record {number}", f"damaged WARC: {error}")


class _Stream:
    """What can be decompressed; of a file that is cut or damaged all that comes before the damage."""

    def __init__(self, handle: BinaryIO) -> None:
        self.handle = cast(io.BufferedReader, handle)
        self.damage = ""

    def read(self, size: int) -> bytes:
        try:
            return b"" if self.damage else self.handle.read1(size)
        except (EOFError, OSError, zlib.error) as error:
            self.damage = str(error)
            return b""


def _read_answer(answer: object, label: str, number: int, limit: int) -> Record | Reject:
    position = f"record {number}"
    url = answer.rec_headers.get_header("WARC-Target-URI")  # type: ignore[attr-defined]
    markup = answer.content_stream().read(4 * limit + 1)  # type: ignore[attr-defined]
    if len(markup) > 4 * limit:
        return Reject(label, position, f"larger than {4 * limit:,} bytes")
    fields = page_fields(markup, label, url) if markup else None
    return (
        Record(position, {**fields, "url": url})
        if fields
        else Reject(label, position, f"a page without an article: {url}")
    )
