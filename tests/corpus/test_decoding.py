from __future__ import annotations

import codecs
import os

import pytest

from framing.corpus.decoding import codec, is_binary, undecodable
from framing.errors import UsageError


def decode(data: bytes, encoding: str | None = None) -> str:
    return data.decode(*codec(data, encoding))


def test_without_a_named_encoding_each_usual_one_is_read() -> None:
    text = "„Größe“ – 5 €"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert decode(text.encode(encoding)) == text


def test_utf_16_without_a_mark_is_seen_by_its_null_bytes() -> None:
    text = "„Größe“ – 5 €, und so geht es weiter in einer ganzen Zeile."
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding)) == text
        assert not is_binary(text.encode(encoding))
    assert is_binary(b"\x00" * 64)
    assert codec(b"\x00" * 64, None)[0] == "utf-8"


def test_a_file_that_mixes_encodings_is_read() -> None:
    assert decode("für ".encode() + "über".encode("cp1252")) == "für über"


def test_a_byte_of_neither_encoding_leaves_a_trace() -> None:
    text = decode(b"Wort \x81 Wort")
    assert undecodable(text) == "0x81"
    assert undecodable("Wort") == ""


def test_a_named_encoding_is_kept_to() -> None:
    with pytest.raises(UnicodeDecodeError):
        decode("für".encode("cp1252"), "utf-8")


def test_an_unknown_encoding_is_an_error_with_a_cure() -> None:
    with pytest.raises(UsageError, match="unknown encoding 'utf-88'; use a name such as"):
        codec(b"", "utf-88")


def test_binary_is_told_from_text() -> None:
    assert is_binary(os.urandom(4096))
    assert is_binary(b"\x00" * 10)
    assert not is_binary(b"Ein Text mit einem Nullzeichen, das jemand hineinschrieb: \x00. " * 3)
    assert not is_binary("Wörter".encode("utf-16"))
    assert not is_binary(codecs.BOM_UTF8 + "Wörter\r\n\tund mehr".encode())
