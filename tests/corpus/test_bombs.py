"""Small files that unpack to giants: one line of error or a reject, in little memory, whatever they are packed in."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from framing.corpus import read, unpacking, zips
from framing.corpus.readers import xml_safely
from framing.corpus.unpacking import BombError, Budget, bounded
from framing.errors import InputError

MEGABYTE = 2**20
MEASURE = """
import json, resource, subprocess, sys
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, used.ru_maxrss, used.ru_utime]))
"""


def squeezed(start: bytes, piece: bytes, megabytes: int, end: bytes = b"") -> bytes:
    """Gzip of `start`, then `piece` over and over, then `end`; made without holding it."""
    packer = zlib.compressobj(9, wbits=31)
    block = piece * (MEGABYTE // len(piece))
    return b"".join([packer.compress(start), *(packer.compress(block) for _ in range(megabytes)), packer.compress(end), packer.flush()])  # fmt: skip


def zipped(name: str, content: bytes | Iterator[bytes], others: dict[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, text in (others or {}).items():
            archive.writestr(other, text)
        with archive.open(name, "w", force_zip64=True) as member:
            for piece in [content] if isinstance(content, bytes) else content:
                member.write(piece)
    return buffer.getvalue()


def parquet_bomb() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    table = pa.table({"text": ["a" * 400_000 + str(n) for n in range(100)]})
    pq.write_table(table, buffer, compression="zstd", use_dictionary=False)
    return buffer.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "JSON Lines": lambda: squeezed(b'{"text": "', b"a", 60, b'"}'),
    "JSON": lambda: squeezed(b'[\n{"text": "', b"a", 60, b'"}]'),
    "JSON of many": lambda: squeezed(b"[\n", b"{},", 60, b"{}]"),
    "CSV": lambda: squeezed(b"id,text\n1,", b"a", 60),
    "text": lambda: squeezed(b"Titel\n", b"a", 60),
    "export": lambda: squeezed(b"1 of 2 DOCUMENTS\nLENGTH: 3 words\n", b"Wort ", 60),
    "RTF": lambda: squeezed(b"{\\rtf1 ", b"a", 60, b"}"),
    "page": lambda: squeezed(b"<html><body><p>", b"a", 60),
    "XML": lambda: squeezed(b"<rss><channel>", b"<a>" + b" " * 500 + b"</a>", 60, b"</channel></rss>"),
    "XML record": lambda: squeezed(b"<rss><channel><item>", b"<a>" + b" " * 500 + b"</a>", 60),
    "WARC": lambda: squeezed(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: 62914700\r\n"
        b"Content-Type: application/http; msgtype=response\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"a",
        60,
    ),
    "DOCX": lambda: zipped("word/document.xml", b"<w:document/>" + b" " * 50 * MEGABYTE),
    "XLSX": lambda: zipped("xl/workbook.xml", b"<workbook/>" + b" " * 50 * MEGABYTE),
    "ZIP": lambda: zipped("a.txt", (b"a" * MEGABYTE for _ in range(60))),
    "ZIP in a ZIP": lambda: zipped("a.zip", zipped("a.txt", (b"a" * MEGABYTE for _ in range(60)))),
    "gzip in a ZIP": lambda: zipped("a.jsonl.gz", squeezed(b'{"text": "', b"a", 60, b'"}')),
    "Parquet": parquet_bomb,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_one_line_in_little_memory(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "a.dat"
    file.write_bytes(BOMBS[kind]())
    assert file.stat().st_size < 4 * MEGABYTE
    command = [sys.executable, "-m", "framing", "read", str(file), "-o", str(tmp_path / "corpus.parquet")]
    # by a process between: a child's peak of memory begins with the memory of the one that started it
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command],
        capture_output=True,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    status, kilobytes, seconds = json.loads(done.stdout.splitlines()[-1])
    assert status == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(file) in done.stderr
    assert kilobytes < 700 * 1024
    assert seconds < 30


@pytest.mark.parametrize(
    ("name", "others"), [("word/document.xml", {}), ("xl/sharedStrings.xml", {"xl/workbook.xml": b"<workbook/>"})]
)
def test_an_office_document_of_nothing_but_tags(
    name: str, others: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "MOST_TAGS", 1_000)
    file = tmp_path / "a.dat"
    file.write_bytes(zipped(name, b"<a>" + b"<b/>" * 1_000 + b"</a>", others))
    with pytest.raises(InputError, match="more than 1,000 tags"):
        read(file)


def test_a_record_of_nothing_but_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_safely, "_MOST_ELEMENTS", 1_000)
    file = tmp_path / "a.xml"
    item = "<item><title>T</title><description>Ein Text.</description></item>"
    file.write_text(f"<rss><channel>{item * 1_000}<item>{'<a/>' * 1_000}</item></channel></rss>", "utf-8")
    corpus = read(file)
    assert corpus.rejects["reason"].tolist()[-1] == "XML with more than 1,000 elements in one record"
    assert len(corpus) + len(corpus.rejects) == 1_001


def test_what_comes_before_a_bomb_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(squeezed(b'{"id": "gut", "text": "Ein guter Text."}\n', b" ", 60))
    corpus = read(file)
    assert corpus.articles["article_id"].tolist() == ["gut"]
    assert corpus.rejects["reason"].tolist() == ["shrunk more than 300-fold, which text is not (a bomb?)"]


def test_bytes_are_counted_as_they_come_out() -> None:
    stream = bounded(gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(b"a" * 3 * MEGABYTE))), 10)
    assert stream.read(MEGABYTE // 2) == b"a" * (MEGABYTE // 2)
    with pytest.raises(BombError, match="shrunk more than"):
        stream.read()
    budget = Budget(10)
    budget.take(10)
    assert not budget.spent
    with pytest.raises(BombError, match="unpacks to more than 10 bytes"):
        budget.take(1)
    assert budget.spent
    assert unpacking.allowed(10_000) == 3_000_000
