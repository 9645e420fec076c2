"""What every reader must keep to, and which reader a file gets."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from framing.corpus import read
from framing.corpus.readers import READERS, choose_reader
from framing.corpus.records import Record
from framing.corpus.sources import Source
from framing.errors import InputError

ROWS = [
    {
        "id": "7",
        "source": "Seeblatt",
        "date": "2024-05-02",
        "header": "Streit um Steg",
        "body": "Der Steg „bleibt“, sagt er.",
    },
    {
        "id": "8",
        "source": "Bergbote",
        "date": "2024-05-03",
        "header": 'Über, ja; "Grate"',
        "body": "Erste Zeile.\nZweite Zeile.",
    },
]


def to_parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(ROWS).to_parquet(buffer)
    return buffer.getvalue()


def to_csv(delimiter: str, encoding: str = "utf-8") -> bytes:
    return pd.DataFrame(ROWS).to_csv(sep=delimiter, index=False).encode(encoding)


TABLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "comma": ("delimited", lambda: to_csv(",")),
    "semicolon": ("delimited", lambda: to_csv(";")),
    "tab": ("delimited", lambda: to_csv("\t")),
    "pipe": ("delimited", lambda: to_csv("|")),
    "crlf": ("delimited", lambda: pd.DataFrame(ROWS).to_csv(index=False, lineterminator="\r\n").encode()),
    "utf-8 with mark": ("delimited", lambda: to_csv(",", "utf-8-sig")),
    "windows-1252": ("delimited", lambda: to_csv(";", "cp1252")),
    "utf-16": ("delimited", lambda: to_csv("\t", "utf-16")),
    "utf-16 without mark": ("delimited", lambda: to_csv("\t", "utf-16-le")),
    "utf-16, big end first": ("delimited", lambda: to_csv(";", "utf-16-be")),
    "lines": ("json_lines", lambda: "\n".join(json.dumps(row) for row in ROWS).encode()),
    "lines with mark": ("json_lines", lambda: "\n".join(json.dumps(row) for row in ROWS).encode("utf-8-sig")),
    "array": ("json_document", lambda: json.dumps(ROWS).encode()),
    "pretty array": ("json_document", lambda: json.dumps(ROWS, indent=2, ensure_ascii=False).encode()),
    "parquet": ("parquet", to_parquet),
}


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("name", ["corpus.txt", "corpus", "corpus.csv"])
@pytest.mark.parametrize("form", TABLES)
def test_every_form_gives_the_same_articles_whatever_the_file_is_called(
    tmp_path: Path, form: str, name: str, compressed: bool
) -> None:
    reader, make = TABLES[form]
    file = tmp_path / name
    file.write_bytes(gzip.compress(make()) if compressed else make())
    assert choose_reader(Source(file)) is READERS[reader]
    articles = read(file).articles
    assert articles["article_id"].tolist() == ["7", "8"]
    assert articles["outlet"].tolist() == ["Seeblatt", "Bergbote"]
    assert articles["title"].tolist() == [row["header"] for row in ROWS]
    assert articles["text"].tolist() == [row["body"] for row in ROWS]
    assert articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2024-05-02", "2024-05-03"]


@pytest.mark.parametrize("form", TABLES)
def test_positions_are_unique_and_named(tmp_path: Path, form: str) -> None:
    file = tmp_path / "corpus"
    file.write_bytes(TABLES[form][1]())
    source = Source(file)
    records = list(choose_reader(source).records(source, 1000))
    assert all(isinstance(record, Record) and record.position for record in records)
    assert len({record.position for record in records}) == 2


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("a.txt", "Ein Titel\n\nEin Text, mit Komma; und Semikolon.", "text"),
        ("a.txt", "[Aktualisiert] Ein Titel\nUnd der Text.", "text"),
        ("a.txt", "Titel, Text und Autor sind drei Dinge, die jeder Artikel braucht, sagte sie, und lachte über das ganze Feld.", "text"),
        ("README.md", "# Überschrift\n\nText", "text"),
        ("a.txt", "Datum;Titel;Volltext\n2024;Eins;Der Text.", "delimited"),
        ("a.csv", "Volltext\nEin Text.", "delimited"),
        ("a.json", '{\n  "text": "Ein Text."\n}', "json_document"),
        ("a.json", '{"text": "Ein Text."}', "json_lines"),
        ("a.json", '{"text": "Eins."}\n{"text": "Zw', "json_lines"),
        ("a.json", '{"text": "Ein Text.",\n "id": 3}', "json_document"),
    ],
)  # fmt: skip
def test_the_reader_fits_the_content(tmp_path: Path, name: str, text: str, reader: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert choose_reader(Source(file)) is READERS[reader]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "empty file"),
        ("a.csv", b" \r\n\r\n", "empty file"),
        ("a.txt.gz", gzip.compress(b""), "empty file"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF, not text; export its text first"),
        ("a.txt", b"PK\x03\x04 ...", "a ZIP, DOCX or XLSX file, not text"),
        ("a.txt", bytes(range(256)) * 20, "binary file, not text"),
        ("a.csv", b"text\n" + bytes(range(32)) * 20, "binary file, not text"),
        ("a.html", b"<!DOCTYPE html><p>Ein Text", "neither plain text nor records of articles; extract its text"),
        ("a.jsonl", b"das ist kein JSON", "neither plain text nor records"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_it_is(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        choose_reader(Source(tmp_path / name))
    assert str(tmp_path / name) in str(caught.value)
