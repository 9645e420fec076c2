"""From the data of a report to PDF or PNG: Typst, with its own fonts, without network and without a clock."""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import matplotlib
import typst

from framing.errors import UsageError

# What each template of the package shows, in its order.
ORDERS: dict[str, tuple[str, ...]] = {
    "full": (
        "summary", "corpus", "measures", "same_event", "actors", "frames", "terms", "words", "time", "robustness",
        "validation", "limits", "methods", "reproduce",
    ),
    "brief": ("summary", "overview", "actors_brief", "limits", "signature"),
    "article": (
        "summary", "corpus", "methods", "measures", "same_event", "actors", "frames", "terms", "words", "robustness",
        "validation", "limits", "reproduce",
    ),
}  # fmt: skip
TEMPLATES = files("framing.report").joinpath("templates")
NO_GLYPH = "could not be displayed"
# Fonts that come with matplotlib cover scripts that Typst's own do not, and are the same on every machine.
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def render_pdf(data: Mapping[str, Any], folder: Path, template: str | Path = "full") -> bytes:
    """PDF of a report; tagged, with bookmarks, the same bytes for the same input.

    It conforms to PDF/A-2a and PDF/UA-1, unless the text has a character that no bundled font can show (such as an emoji): the
    character is then shown as a box.

    Parameters
    ----------
    data : mapping
        Title, language, words of the template and sections of blocks, see `framing.report.blocks`. Typst reads it
        as JSON: text that looks like markup stays text.
    folder : Path
        Where the figures of the blocks lie.
    template : str or Path
        Name of a template of the package, or a file ``.typ`` that may import ``page.typ`` and ``blocks.typ``.

    Raises
    ------
    UsageError
        Where there is no such template, or Typst refuses it.
    """
    try:
        pages = _compile(data, folder, template, format="pdf", pdf_standards=["a-2a", "ua-1"])
    except UsageError as error:
        if NO_GLYPH not in str(error):
            raise
        pages = _compile(data, folder, template, format="pdf")
    return pages if isinstance(pages, bytes) else b"".join(pages)


def render_png(
    data: Mapping[str, Any], folder: Path, template: str | Path = "full", pixels_per_inch: float = 100
) -> list[bytes]:
    """Pages of a report as PNG; parameters and errors as `render_pdf`."""
    pages = _compile(data, folder, template, format="png", ppi=pixels_per_inch)
    return [pages] if isinstance(pages, bytes) else pages


def _compile(data: Mapping[str, Any], folder: Path, template: str | Path, **options: Any) -> bytes | list[bytes]:
    data = {"order": ORDERS.get(str(template), ORDERS["full"]), "date": [1970, 1, 1], **data}
    with tempfile.TemporaryDirectory(prefix="framing-report-") as name, as_file(TEMPLATES) as shipped:
        root = Path(name)
        for file in sorted(shipped.iterdir()):
            if file.suffix in (".typ", ".bib"):
                shutil.copyfile(file, root / file.name)
        own = Path(template)
        if own.suffix == ".typ" and own.is_file():
            shutil.copyfile(own, root / "main.typ")
        elif (root / f"{template}.typ").is_file():
            shutil.copyfile(root / f"{template}.typ", root / "main.typ")
        else:
            raise UsageError(f"no template {str(template)!r}", cure=f"use {', '.join(ORDERS)}, or give a file .typ")
        for path in _figure_paths(data):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, root / path)
        (root / "data.json").write_text(json.dumps(_printable(data), ensure_ascii=False), "utf-8")
        try:
            compiled: bytes | list[bytes] = typst.compile(
                str(root / "main.typ"), root=str(root), font_paths=[str(FONTS)], ignore_system_fonts=True, **options
            )
        except typst.TypstError as error:
            raise UsageError(
                f"Typst refuses the template: {error.message}", file=str(template), cure="correct it"
            ) from error
    return compiled


def _figure_paths(data: Mapping[str, Any]) -> list[str]:
    blocks = (block for section in data["sections"].values() for block in section)
    return [block["path"] for block in blocks if block["kind"] == "figure"]


def _printable(value: Any) -> Any:
    """The same data with control characters as replacement characters: no font has them, no PDF may hold them."""
    if isinstance(value, str):
        return "".join(
            c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else "\N{REPLACEMENT CHARACTER}"
            for c in value
        )
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return value
