"""Work grows with the size of a file and not with its square, whatever is in it; and readers never raise anything else."""

from __future__ import annotations

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
            start = time.perf_counter()
            work(text)  # type: ignore[operator]
            tries.append(time.perf_counter() - start)
        return min(tries)

    # four times the text: a quadratic step would take sixteen times as long; short times are noise
    assert seconds(12_000) < max(0.1, 10 * seconds(3_000))


@pytest.mark.parametrize("piece", ["<!--", "<?", "<!DOCTYPE", "<!DOCTYPE a [", "<a:", " "])
def test_the_first_element_is_looked_for_in_linear_time(tmp_path: Path, piece: str) -> None:
    file = tmp_path / "a"
    file.write_text(piece * 20_000 + "x", encoding="utf-8")
    start = time.perf_counter()
    root_name(Source(file))
    assert time.perf_counter() - start < 0.5


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
