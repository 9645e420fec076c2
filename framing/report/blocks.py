"""The parts a report is made of, as plain data that Typst reads from JSON: nothing here is markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from framing.report.wording import Segment

Block = dict[str, Any]
Inline = str | list[Segment]
Align = Literal["left", "right", "center"]


def heading(text: str, level: int = 1) -> Block:
    """Heading; level 1 is a section."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(content: Inline) -> Block:
    """Paragraph of text and citations."""
    return {"kind": "paragraph", "content": content}


def bullets(items: Sequence[Inline]) -> Block:
    """List of sentences."""
    return {"kind": "bullets", "items": list(items)}


def figure(path: str, *, caption: str, alt: str, width: float = 1.0, floats: bool = False) -> Block:
    """Figure from a file.

    Parameters
    ----------
    path : str
        Path below the folder of the report.
    caption, alt : str
        Caption, and what a reader who does not see it is told.
    width : float
        Share of the width of the text.
    floats : bool
        Whether it may stand at the top or the bottom of a page, with the text going on before it.
    """
    return {"kind": "figure", "path": path, "caption": caption, "alt": alt, "width": f"{width:.3f}", "floats": floats}


def table(
    columns: Sequence[tuple[str, Align]],
    rows: Sequence[Sequence[Inline]],
    *,
    caption: str,
    widths: Sequence[str] | None = None,
) -> Block:
    """Table whose header is repeated on each page.

    Parameters
    ----------
    columns : sequence of (str, align)
        Heading and alignment of each column.
    rows : sequence of sequences
        Cells, one per column.
    caption : str
        Caption above the table.
    widths : sequence of {"auto", "fill"}, optional
        Whether a column is as wide as its content or takes what is left; all ``"auto"`` without it.
    """
    return {
        "kind": "table",
        "heads": [name for name, _ in columns],
        "aligns": [align for _, align in columns],
        "widths": list(widths or ["auto"] * len(columns)),
        "rows": [list(row) for row in rows],
        "caption": caption,
    }


def examples(head: str, items: Sequence[Block]) -> Block:
    """Sentences in which a term occurs, below the term.

    Parameters
    ----------
    head : str
        The term.
    items : sequence of dict
        Each ``{"content": segments, "source": str}``.
    """
    return {"kind": "examples", "head": head, "items": list(items)}


def code(text: str) -> Block:
    """Text set in a fixed-width font as it is."""
    return {"kind": "code", "text": text}
