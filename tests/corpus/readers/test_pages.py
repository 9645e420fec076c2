"""HTML pages and WARC; what they say is invented."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from framing.corpus import read
from framing.corpus.readers import READERS, choose_reader
from framing.corpus.sources import Source
from framing.errors import InputError

pytest.importorskip("trafilatura", reason="needs framing[formats]")
PARAGRAPHS = [
    "Der Steg am Nordufer ist morsch, und niemand darf ihn in diesem Sommer noch betreten, sagte die Bürgermeisterin.",
    "Die Gemeinde sucht Geld für neue Bohlen, denn die Rücklagen reichen nach einer ersten Rechnung nicht aus.",
    "Im Herbst soll der Rat darüber beraten, ob der Steg gebaut oder endgültig abgetragen wird.",
]
PAGE = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Steg gesperrt | Seeblatt</title>
<meta property="og:title" content="Steg am Nordufer bleibt gesperrt"><meta property="og:site_name" content="Seeblatt">
<meta name="author" content="Ada Brandt"><meta property="article:published_time" content="2023-05-03T10:00:00+02:00">
<link rel="canonical" href="https://seeblatt.example/steg"></head><body><nav><a href="/">Start</a><a href="/abo">Abo</a></nav>
<article><h1>Steg am Nordufer bleibt gesperrt</h1>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<footer>Impressum Datenschutz</footer></body></html>"""


def check(row: object) -> None:
    assert row["outlet"] == "Seeblatt"  # type: ignore[index]
    assert row["title"] == "Steg am Nordufer bleibt gesperrt"  # type: ignore[index]
    assert row["author"] == "Ada Brandt"  # type: ignore[index]
    assert str(row["published"])[:10] == "2023-05-03"  # type: ignore[index]
    assert row["text"].split("\n") == PARAGRAPHS  # type: ignore[index]


def test_a_folder_of_pages(tmp_path: Path) -> None:
    folder = tmp_path / "gespeichert" / "2023"
    folder.mkdir(parents=True)
    (folder / "steg.html").write_text(PAGE, encoding="utf-8")
    (folder / "steg.htm.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / "leer.html").write_text("<html><body><p></p></body></html>", encoding="utf-8")
    corpus = read(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["gespeichert/2023/steg"]
    check(corpus.articles.iloc[0])
    assert corpus.rejects["reason"].tolist() == [
        "a page without an article",
        f"duplicate id 'gespeichert/2023/steg' (first in {folder / 'steg.htm.gz'})",
    ]


def test_a_page_in_windows_1252_whatever_it_is_called(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"))
    assert choose_reader(Source(file)) is READERS["page"]
    check(read(file).articles.iloc[0])


def answer(url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-05-03T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash(url)) % 10**12:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


ANSWERS = [
    answer("https://seeblatt.example/bild", bytes(range(256)), "image/png"),
    answer("https://seeblatt.example/steg", PAGE.encode()),
    answer("https://seeblatt.example/weg", PAGE.encode(), status="404 Not Found"),
    answer("https://seeblatt.example/leer", b"<html><body></body></html>"),
]


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
def test_warc(tmp_path: Path, compressed: bool) -> None:
    pytest.importorskip("warcio", reason="needs framing[formats]")
    file = tmp_path / "a"
    file.write_bytes(b"".join(map(gzip.compress, ANSWERS)) if compressed else b"".join(ANSWERS))
    assert choose_reader(Source(file)) is READERS["warc"]
    corpus = read(file)
    assert len(corpus) == 1
    check(corpus.articles.iloc[0])
    assert corpus.articles["url"].iloc[0] == "https://seeblatt.example/steg"
    assert corpus.rejects[["position", "reason"]].values.tolist() == [
        ["record 4", "a page without an article: https://seeblatt.example/leer"]
    ]


def test_warc_cut_in_half(tmp_path: Path) -> None:
    pytest.importorskip("warcio", reason="needs framing[formats]")
    file = tmp_path / "a.warc.gz"
    buffer = io.BytesIO(b"".join(map(gzip.compress, ANSWERS)))
    file.write_bytes(buffer.getvalue()[:-40])
    corpus = read(file)
    check(corpus.articles.iloc[0])
    assert len(corpus.rejects) == 1


@pytest.mark.parametrize(("package", "content"), [("trafilatura", PAGE.encode()), ("warcio", ANSWERS[1])])
def test_a_package_that_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, content: bytes
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(InputError, match=rf'needs the package {package}; install it: pip install "framing\[formats\]"'):
        read(tmp_path / "a")
