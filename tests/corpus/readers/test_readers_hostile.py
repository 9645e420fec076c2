"""Work grows with the size of a file and not with its square, whatever is in it; and readers never raise anything else."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing.corpus import stream
from framing.corpus.readers.mediawiki import plain
from framing.corpus.readers.press_archive import as_lines, html_lines, layout_of
from framing.corpus.readers.xml_safely import root_name
from framing.corpus.sources import Source
from framing.errors import InputError

PIECES = [
    "{{",
    "[[",
    "<",
    "'",
    "=",
    " ",
    "{{a",
    "{{a|",
    "<!--",
    "<ref ",
    "[http://a ",
    "{|",
    "&",
    "<!",
    "</",
    "<?",
    "Quelle: ",
    "3. Mai ",
]


@pytest.mark.parametrize(
    "work", [plain, html_lines, lambda text: layout_of(as_lines(text))], ids=["wiki", "html", "layout"]
)
@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_about_twice_the_time(work: object, piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times + "x"
        tries = []
        for _ in range(3):
            start = time.process_time()
            work(text)  # type: ignore[operator]
            tries.append(time.process_time() - start)
        return min(tries)

    # four times the text: a quadratic step would take sixteen times as long; short times are noise
    assert seconds(12_000) < max(0.1, 10 * seconds(3_000))


@pytest.mark.parametrize("piece", ["<!--", "<?", "<!DOCTYPE", "<!DOCTYPE a [", "<a:", " "])
def test_the_first_element_is_looked_for_in_linear_time(tmp_path: Path, piece: str) -> None:
    file = tmp_path / "a"
    file.write_text(piece * 20_000 + "x", encoding="utf-8")
    start = time.process_time()
    root_name(Source(file))
    assert time.process_time() - start < 0.5


NEXIS = "1 of 2 DOCUMENTS\n\nA\n\n3. Mai 2023\n\nT\n\nLENGTH: 3 words\n\n"
UNI = "T\nA\n3. Mai 2023\nLength: 3 words\nBody\n\n"
FACTIVA = "T\n3 words\n3 May 2023\nA\n\n"
GENIOS = "A vom 03.05.2023\n\nT\n\nQuelle: A\nDokumentnummer: 1\n"
# what a file begins with, and what then comes over and over
FILES = {
    "one by one": (NEXIS, "LOAD-DATE: a\n\n"),
    "blank lines": (NEXIS, "\n"),
    "lengths": (NEXIS, "LENGTH: 1 words\n"),
    "a long block": (NEXIS, "Wort\n"),
    "counters": (NEXIS, "1 of 2 DOCUMENTS\n"),
    "headings": (UNI, "Graphic\n\n"),
    "bodies": (UNI, "Body\n"),
    "ends": (UNI, "End of Document\n"),
    "words": (FACTIVA, "3 words\n"),
    "days": (FACTIVA, "3 May 2023\n"),
    "documents": (FACTIVA, "Document SZ00000020230503ej5300001\n"),
    "codes": ("HD a\nPD b\nSN c\n", "HD a\n"),
    "sources": (GENIOS, "Quelle: A\n"),
    "labels": (GENIOS, "Titel:\n"),
    "contents": (GENIOS, "Inhaltsverzeichnis\n1. a . . . . 2\n"),
    "dots": (GENIOS + "Inhaltsverzeichnis\n", "."),
    "names": (GENIOS, "Ada Von De "),
    "groups of RTF": ("{\\rtf1 ", "{"),
    "signs of RTF": ("{\\rtf1 ", "\\'fc"),
    "blocks of HTML": ("<html><body>", "<div>"),
    "references of HTML": ("<html><body><p>", "&amp;"),
    "quotation marks of CSV": ("id,text\n1,", '"'),
    "rows of CSV": ("id,text\n", "1,a\n"),
    "brackets of JSON": ('[{"text": ', "["),
    "strings of JSON": ('[{"text": "', "\\\\u00fc"),
    "objects of JSON": ("[", '{"text": "a"},'),
    "elements of XML": ("<rss><channel><item>", "<a/>"),
    "items of a feed": ("<rss><channel>", "<item><title>a</title></item>"),
    "turns of TEI": ("<TEI><text>", "<sp><p>a</p></sp>"),
    "templates of a wiki": ("<mediawiki><page><title>a</title><revision><text>", "{{a|"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_four_times_as_long_takes_about_four_times_as_long(tmp_path: Path, kind: str) -> None:
    """A squared step would take sixteen times as long; short times are noise."""
    start, piece = FILES[kind]

    def seconds(characters: int) -> float:
        file = tmp_path / "a"
        file.write_text(start + piece * (characters // len(piece)), encoding="utf-8")
        tries = []
        for _ in range(2):
            began = time.process_time()
            with contextlib.suppress(InputError):
                list(stream([file]))
            tries.append(time.process_time() - began)
        return min(tries)

    assert seconds(80_000) < max(0.25, 9 * seconds(20_000))


STARTS = [
    b"", b"<?xml version='1.0'?><rss>", b"<feed>", b"<TEI>", b"<dbtplenarprotokoll>", b"<mediawiki>", b"<html><body>",
    b"{\\rtf1\\ansi ", b"WARC/1.0\r\n", b"PK\x03\x04", b"PAR1", b"1 of 2 DOCUMENTS\nLENGTH: 3 words\n", b"HD a\nPD b\nSN c\n",
    b"Quelle: a\nDokumentnummer: b\n", b'{"body": {"sections": [', b"\xff\xfe",
]  # fmt: skip


@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_raise_anything_but_an_error_with_a_cure(tmp_path: Path, start: bytes, rest: bytes) -> None:
    file = tmp_path / "a"
    file.write_bytes(start + rest)
    try:
        list(stream([file]))
    except InputError as error:
        assert "\n" not in str(error)
