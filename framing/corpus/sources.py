"""One file to read: opened plain or through gzip, its first bytes looked at once."""

from __future__ import annotations

import gzip
import io
import os
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TextIO

from framing.corpus.decoding import codec, is_binary
from framing.corpus.unpacking import bounded
from framing.corpus.zips import OFFICE, members
from framing.errors import InputError

_HEAD_BYTES, _PIECE_BYTES = 65_536, 1_024
_GZIP = b"\x1f\x8b"
UNKNOWN_OUTLET = "unknown"

# What people try to read and what then helps; anything else that is no text is called binary.
_UNREADABLE = {
    b"%PDF": ("a PDF", "export its text first"),
    b"PK\x03\x04": (
        "a ZIP, DOCX or XLSX file",
        "it is damaged or of another kind: unpack it, or save it as CSV or TXT",
    ),
    b"\xd0\xcf\x11\xe0": ("an old Office file", "save it as CSV or TXT"),
    b"\x89PNG": ("an image", "only text can be read"),
    b"\xff\xd8\xff": ("an image", "only text can be read"),
}


@dataclass(frozen=True)
class Source:
    """A file, and what its place says about the articles in it.

    Attributes
    ----------
    path : pathlib.Path
        Where it is.
    outlet : str
        Outlet of records that name none.
    article_id : str
        Id of the article of a file that is one article.
    encoding : str or None
        As named by the user.
    metadata : mapping
        Fields of an article from a ``metadata.csv`` beside it, which go before the file's own.
    place : str
        How messages name it where that is not its path: a file out of a ZIP.
    """

    path: Path
    outlet: str = UNKNOWN_OUTLET
    article_id: str = ""
    encoding: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    place: str = ""

    @property
    def label(self) -> str:
        """The path as messages and the rejects table show it."""
        return self.place or shown(self.path)

    @cached_property
    def members(self) -> frozenset[str]:
        """Names of what is in it, if it is a ZIP (as DOCX and XLSX are)."""
        return members(self.path)

    @cached_property
    def name(self) -> str:
        """File name in lower case without ``.gz``."""
        return self.path.name.lower().removesuffix(".gz")

    def open(self) -> BinaryIO:
        """The content, decompressed; a bomb raises `framing.corpus.unpacking.BombError` where it is read too far."""
        with self.path.open("rb") as handle:
            compressed = handle.read(len(_GZIP)) == _GZIP
        if not compressed:
            return self.path.open("rb")
        return bounded(gzip.GzipFile(self.path), self.path.stat().st_size)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB of the content."""
        head = b""
        with self.open() as handle:
            try:
                while len(head) < _HEAD_BYTES and (piece := handle.read(_PIECE_BYTES)):
                    head += piece
            except (EOFError, OSError, zlib.error):  # a damaged archive: what comes before the damage can be read
                if not head:
                    raise
        return head

    @cached_property
    def head_text(self) -> str:
        """The first 64 KiB of the content as text, without byte order mark."""
        name, errors = codec(self.head, self.encoding)
        with io.TextIOWrapper(io.BytesIO(self.head), name, "replace" if errors == "strict" else errors) as handle:
            try:
                return handle.read().removeprefix("\ufeff")
            except UnicodeDecodeError:  # UTF-16 cut within a character
                return ""

    def open_text(self, newline: str | None = None) -> TextIO:
        """The content, decompressed and decoded."""
        name, errors = codec(self.head, self.encoding)
        return io.TextIOWrapper(self.open(), name, errors, newline)

    def check(self) -> None:
        """Refuse a file that cannot hold articles.

        Raises
        ------
        InputError
            If the file is empty or binary.
        """
        if not self.head.strip():
            raise InputError("empty file", file=self.label)
        if self.head.startswith((b"PAR1", b"WARC/")) or self.members & OFFICE:
            return
        for magic, (kind, cure) in _UNREADABLE.items():
            if self.head.startswith(magic):
                raise InputError(f"{kind}, not text", file=self.label, cure=cure)
        if is_binary(self.head):
            raise InputError("binary file, not text", file=self.label)


def shown(path: str | Path) -> str:
    """A path for people and tables: composed Unicode, bytes that are no text replaced."""
    return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "replace"))
