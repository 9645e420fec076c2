"""Typst: data stays text, the same data gives the same bytes."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any

import pytest

from framing.errors import UsageError
from framing.report import blocks
from framing.report.typst_render import render_pdf, render_png

WORDS = {
    "language": "de",
    "page_word": "Seite",
    "of_word": "von",
    "contents_word": "Inhalt",
    "references_word": "Literatur",
}
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'


def data(text: str = "Text", *, rows: int = 2) -> dict[str, Any]:
    cells = [[text, [{"text": text, "style": "bold"}]]] * rows
    sections = {
        "summary": [blocks.heading(text), blocks.paragraph([{"text": text}, {"cite": "fdr"}]), blocks.bullets([text])],
        "corpus": [blocks.table([(text, "left"), (text, "right")], cells, caption=text)],
        "terms": [
            blocks.examples(text, [{"content": [{"text": text, "style": "bold"}], "source": text}]),
            blocks.code(text),
            blocks.figure("figures/a.svg", caption=text, alt=text),
        ],
    }
    return {"title": text, "subtitle": text, "keywords": [text], "sections": sections, **WORDS}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.svg").write_text(PIXEL, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1)", "$x^", "*fett", "`x", "= Titel", "<marke>", "@nirgends", "// fort", "/* fort", "\\", "]", "}", '"', "",
        "#import \"/etc/passwd\"", "\N{RIGHT-TO-LEFT OVERRIDE}x", "a\x00b", "\N{SOFT HYPHEN}", "x" * 500, "漢字 😀",
    ],
)  # fmt: skip
def test_text_that_is_markup_in_typst_stays_text(folder: Path, text: str) -> None:
    assert render_pdf(data(text or " "), folder).startswith(b"%PDF-")


def test_all_hostile_text_at_once(folder: Path, hostile: str) -> None:
    assert render_pdf(data(hostile), folder).startswith(b"%PDF-")


def test_same_data_same_bytes_with_the_date_of_the_data(folder: Path) -> None:
    one = render_pdf(data(), folder)
    assert one == render_pdf(data(), folder)
    # PDF/A asks for a date; without one in the data it is the first of computers' time
    assert set(re.findall(rb"D:(\d{8})", one)) == {b"19700101"}


def test_the_file_is_tagged_titled_and_in_its_language(folder: Path) -> None:
    pdf = render_pdf(data("Ein Titel"), folder)
    assert b"Ein Titel" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang (de)" in pdf or b"<dc:language>" in pdf


def test_a_long_table_breaks_over_pages(folder: Path) -> None:
    assert len(render_png(data(rows=200), folder, pixels_per_inch=20)) > len(
        render_png(data(), folder, pixels_per_inch=20)
    )


def test_pages_are_a4(folder: Path) -> None:
    width, height = struct.unpack(">II", render_png(data(), folder, pixels_per_inch=72)[0][16:24])
    # A4 is 210 x 297 mm, that is 595.28 x 841.89 points of 1/72 inch.
    assert (width, height) in {(595, 842), (596, 842)}


def test_a_template_of_the_user(folder: Path) -> None:
    own = folder / "eigen.typ"
    own.write_text(
        '#import "blocks.typ": render\n#set document(title: "x")\n#let data = json("data.json")\n= #data.title\n',
        "utf-8",
    )
    assert render_pdf(data(), folder, own).startswith(b"%PDF-")


@pytest.mark.parametrize("template", ["nirgends", "blocks.typ", "../full"])
def test_an_unknown_template_is_one_clear_error(folder: Path, template: str) -> None:
    with pytest.raises(UsageError, match="no template"):
        render_pdf(data(), folder, template)


def test_a_broken_template_is_one_clear_error(folder: Path) -> None:
    own = folder / "kaputt.typ"
    own.write_text("#nirgends()", "utf-8")
    with pytest.raises(UsageError, match=r"kaputt\.typ: .*unknown variable: nirgends"):
        render_pdf(data(), folder, own)
