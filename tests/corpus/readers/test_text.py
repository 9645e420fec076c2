from __future__ import annotations

from pathlib import Path

import pytest

from framing.corpus.readers.text import read_text
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def fields(tmp_path: Path, text: str) -> tuple[object, ...]:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8", newline="")
    (record,) = read_text(Source(file), 10_000)
    assert isinstance(record, Record)
    return tuple(record.fields.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2023-09 Gipfel: Was nun?\n\nDer Text.", ("2023-09", "Gipfel: Was nun?", "\nDer Text.")),
        (" date 2023-09-04 Ein Titel\nDer Text.", ("2023-09-04", "Ein Titel", "Der Text.")),
        (" date 2023 Ein Titel\r\n\r\nDer Text.", ("2023", "Ein Titel", "\nDer Text.")),
        ("date: 2023-09 Ein Titel\nDer Text.", ("2023-09", "Ein Titel", "Der Text.")),
        ("\ufeff date 2023-09 Ein Titel\nDer Text.", ("2023-09", "Ein Titel", "Der Text.")),
        (" date 2023-09\nDer Text.", ("2023-09", "", "Der Text.")),
        (" date morgen Ein Titel\nDer Text.", ("morgen", "Ein Titel", "Der Text.")),
        ("date night im Ministerium\nDer Text.", ("", "date night im Ministerium", "Der Text.")),
        ("Ein Titel\n\nDer Text.", ("", "Ein Titel", "\nDer Text.")),
        ("\n\nEin Titel?\nDer Text.", ("", "Ein Titel?", "Der Text.")),
        ("Ein Satz.\nNoch ein Satz.", ("", "", "Ein Satz.\nNoch ein Satz.")),
        ("Nur eine Zeile", ("", "", "Nur eine Zeile")),
        ("lang " * 40 + "\nDer Text.", ("", "", "lang " * 40 + "\nDer Text.")),
    ],
)
def test_header_title_and_text(tmp_path: Path, text: str, expected: tuple[str, ...]) -> None:
    assert fields(tmp_path, text) == expected


def test_a_file_beyond_the_limit_is_a_reject(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("ü" * 101, encoding="utf-8")
    assert list(read_text(Source(file), 100)) == [Reject(str(file), "", "larger than 100 characters")]
