"""Bytes to text: encodings are recognised, and nothing is lost on the way without a trace.

Without a named encoding a byte order mark decides, or the null bytes that every other byte of UTF-16 is; else the bytes are UTF-8, and a byte that is no UTF-8 is read as
Windows-1252, which makes files of either encoding, and files that mix them, readable in one pass. A byte that is neither
becomes a lone surrogate, by which `undecodable` recognises the record later.
"""

from __future__ import annotations

import codecs
import re

from framing.errors import UsageError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "framing-windows-1252"
_UNDECODED = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.05
_FEWEST_PAIRS, _ZERO_SHARE = 16, 0.8


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    text = ""
    for byte in error.object[error.start : error.end]:
        try:
            text += bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            text += chr(0xDC00 + byte)
    return text, error.end


codecs.register_error(_FALLBACK, _windows_1252)


def codec(head: bytes, encoding: str | None) -> tuple[str, str]:
    """Encoding and error handler to open a file with, from its first bytes.

    Parameters
    ----------
    head : bytes
        The start of the file.
    encoding : str or None
        The encoding the user named; it is then kept to strictly.

    Returns
    -------
    tuple of str
        Arguments ``encoding`` and ``errors`` of `open`.

    Raises
    ------
    UsageError
        If Python does not know the encoding.
    """
    if encoding is not None:
        try:
            "a".encode(encoding)  # refuses codecs such as base64, which codecs.lookup knows too
            return codecs.lookup(encoding).name, "strict"
        except LookupError:
            raise UsageError(
                f"unknown encoding {encoding!r}", cure="use a name such as utf-8, cp1252, utf-16"
            ) from None
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name, "surrogatepass" if name != "utf-8-sig" else _FALLBACK
    return (name, "surrogatepass") if (name := _unmarked(head)) else ("utf-8", _FALLBACK)


def _unmarked(head: bytes) -> str:
    """UTF-16 without byte order mark: text in Latin script has a null byte beside nearly every letter."""
    pairs = len(head) // 2
    if pairs < _FEWEST_PAIRS:
        return ""
    first, second = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if second > _ZERO_SHARE * pairs and first < (1 - _ZERO_SHARE) * pairs:
        return "utf-16-le"
    return "utf-16-be" if first > _ZERO_SHARE * pairs and second < (1 - _ZERO_SHARE) * pairs else ""


def undecodable(text: str) -> str:
    """The bytes of `text` that are neither UTF-8 nor Windows-1252, as ``"0x81"``; empty where there is none."""
    found = _UNDECODED.search(text)
    return f"0x{ord(found.group()) - 0xDC00:02x}" if found else ""


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text: more than one in twenty is a control character."""
    if _unmarked(head) or any(head.startswith(mark) for mark, name in _BYTE_ORDER_MARKS if name != "utf-8-sig"):
        return False
    return len(_CONTROL.findall(head)) > _MAX_CONTROL_SHARE * len(head)
