"""A notebook that was run, as blocks of a report: text, code, tables and pictures."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from framing.report.blocks import Align, Block, Inline, bullets, code, figure, heading, paragraph, table
from framing.report.wording import Segment

STYLES = {"strong": "bold", "emphasis": "", "codespan": "code"}
# Inches of a picture's pixels as notebooks draw them, against the width of the text (160 mm).
TEXT_PIXELS = 700
WIDEST = 9


def notebook_blocks(notebook: Any) -> tuple[dict[str, bytes], list[Block]]:
    """Pictures by file name, and the blocks that show them."""
    figures: dict[str, bytes] = {}
    blocks: list[Block] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            blocks += markdown_blocks(cell.source)
        elif cell.cell_type == "code":
            blocks += [code(cell.source)] if cell.source.strip() else []
            for output in cell.outputs:
                blocks += _output(output, figures)
    # the first heading is the title of the document
    if blocks and blocks[0]["kind"] == "heading":
        blocks = blocks[1:]
    return figures, blocks


def title_of(notebook: Any) -> str:
    """The first heading."""
    first = notebook.cells[0].source.split("\n")[0] if notebook.cells else ""
    return str(first).lstrip("# ").strip() or "Notebook"


def markdown_blocks(source: str) -> list[Block]:
    """Headings, paragraphs, lists and tables of a text in Markdown.

    Examples
    --------
    >>> [block["kind"] for block in markdown_blocks("# A\\n\\nText **b**.\\n\\n- one\\n- two")]
    ['heading', 'paragraph', 'bullets']
    """
    import mistune

    parse: Any = mistune.create_markdown(renderer=None, plugins=["table"])
    blocks: list[Block] = []
    for node in parse(source):
        kind = node["type"]
        if kind == "heading":
            text = "".join(part["text"] for part in _segments(node["children"]))
            blocks.append(heading(text, min(2, max(1, node["attrs"]["level"] - 1))))
        elif kind == "paragraph":
            blocks.append(paragraph(_segments(node["children"])))
        elif kind == "list":
            items: list[Inline] = [_segments(item["children"]) for item in node["children"]]
            blocks.append(bullets(items))
        elif kind == "block_code":
            blocks.append(code(node["raw"].rstrip("\n")))
        elif kind == "table":
            blocks.append(_markdown_table(node))
    return blocks


def _segments(nodes: list[dict[str, Any]], style: str = "") -> list[Segment]:
    out: list[Segment] = []
    for node in nodes:
        if node["type"] in ("softbreak", "linebreak"):
            out.append({"text": " "})
        elif "children" in node:
            out += _segments(node["children"], STYLES.get(node["type"], style) or style)
        elif "raw" in node:
            own = STYLES.get(node["type"], style)
            out.append({"text": node["raw"], **({"style": own} if own else {})})
    return out


def _markdown_table(node: dict[str, Any]) -> Block:
    head, body = node["children"]
    heads: list[tuple[str, Align]] = [
        ("".join(part["text"] for part in _segments(cell["children"])), "left") for cell in head["children"]
    ]
    rows: list[list[Inline]] = [[_segments(cell["children"]) for cell in row["children"]] for row in body["children"]]
    return table(heads, rows, caption="", widths=["auto"] * (len(heads) - 1) + ["fill"])


def _output(output: Mapping[str, Any], figures: dict[str, bytes]) -> list[Block]:
    if output["output_type"] == "stream":
        return [code(output["text"].rstrip())] if output["text"].strip() else []
    data = output.get("data", {})
    if "image/png" in data:
        name = f"figures/cell_{len(figures) + 1:02d}.png"
        picture = base64.b64decode(data["image/png"])
        figures[name] = picture
        width = min(1.0, int.from_bytes(picture[16:20], "big") / TEXT_PIXELS)
        return [figure(name, caption="", alt="Figure of this notebook, described in the text beside it", width=width)]
    if "text/markdown" in data:
        return markdown_blocks(data["text/markdown"])
    if "dataframe" in data.get("text/html", ""):
        return _frame(data["text/html"])
    return [code(data["text/plain"])] if data.get("text/plain", "").strip() else []


def _frame(html: str) -> list[Block]:
    """A table of pandas, in parts that fit beside each other; the first column is repeated."""
    reader = _Rows()
    reader.feed(html)
    rows = [row for row in reader.rows if row]
    width = max(len(row) for row in rows)
    full = [[""] * (width - len(row)) + row for row in rows]
    head = [" ".join(part for part in parts if part) for parts in zip(*full[: reader.heads], strict=True)]
    body = full[reader.heads :]
    blocks = []
    for start in range(1, max(width, 2), WIDEST - 1):
        columns = [0, *range(start, min(width, start + WIDEST - 1))]
        texts = {c: max((len(row[c]) for row in body), default=0) for c in columns}
        heads: list[tuple[str, Align]] = [
            (head[c], "right" if all(_is_number(row[c]) for row in body) else "left") for c in columns
        ]
        cells: list[list[Inline]] = [[row[c] for c in columns] for row in body]
        widths = ["fill" if texts[c] > 24 else "auto" for c in columns]
        blocks.append(table(heads, cells, caption="", widths=widths))
    return blocks


def _is_number(text: str) -> bool:
    return text.replace("−", "-").lstrip("-").replace(".", "", 1).replace(",", "").isdigit() or text in ("", "NaN", "–")


class _Rows(HTMLParser):
    """Cells of the rows of an HTML table; those of the head first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.heads = 0
        self._in_head = False
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self.rows.append([])
            self.heads += self._in_head
        elif tag in ("td", "th"):
            self._cell = []
            span = int(dict(attrs).get("colspan") or 1)
            self.rows[-1] += [""] * (span - 1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        elif tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append("".join(self._cell).strip())
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
