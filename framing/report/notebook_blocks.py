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
# Characters that stand side by side in a table, at most so many of one column, and the gap between columns.
LINE = 114
WIDEST = 26
GAP = 2


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
    if 'class="framing-article"' in data.get("text/html", ""):
        reader = _Article()
        reader.feed(data["text/html"])
        return [paragraph(segments) for segments in reader.paragraphs]
    if "text/markdown" in data:
        return markdown_blocks(data["text/markdown"])
    if "dataframe" in data.get("text/html", ""):
        return _frame(data["text/html"])
    return [code(data["text/plain"])] if data.get("text/plain", "").strip() else []


def _frame(html: str) -> list[Block]:
    """A table of pandas, in parts that fit the page; each repeats the columns of names. A mere count of rows is left out."""
    reader = _Rows()
    reader.feed(html)
    rows = [row for row in reader.rows if row]
    width = max(len(row) for row in rows)
    full = [[""] * (width - len(row)) + row for row in rows]
    head = [" ".join(part for part in parts if part) for parts in zip(*full[: reader.heads], strict=True)]
    last = full[reader.heads - 1]
    if reader.heads > 1 and "" in last:
        # a line of the index's names alone; above it stands the name of the columns' level
        head = [own or other for own, other in zip(last, head, strict=True)]
    body = full[reader.heads :]
    if width > 1 and not head[0] and all(row[0].isdigit() for row in body):
        head, body, width = head[1:], [row[1:] for row in body], width - 1
    long = [max(len(text) for text in (head[c], *(row[c] for row in body))) for c in range(width)]
    numeric = [all(_is_number(row[c]) for row in body) for c in range(width)]
    blocks = []
    for columns in _parts(long, numeric):
        heads: list[tuple[str, Align]] = [(head[c], "right" if numeric[c] else "left") for c in columns]
        cells: list[list[Inline]] = [[row[c] for c in columns] for row in body]
        widths = ["fill" if long[c] > WIDEST else "auto" for c in columns]
        blocks.append(table(heads, cells, caption="", widths=widths))
    return blocks


def _parts(long: list[int], numeric: list[bool]) -> list[list[int]]:
    """Columns that stand together: the leading ones of names, which each part repeats, and as many others as fit.

    Examples
    --------
    >>> _parts([20, 40, 40, 9], [False, True, True, True])
    [[0, 1, 2, 3]]
    >>> _parts([20, 26, 26, 26, 9], [False, True, True, True, True])
    [[0, 1, 2, 3], [0, 4]]
    """
    size = [min(one, WIDEST) + GAP for one in long]
    names = next((c for c in range(len(long)) if numeric[c]), 1)
    names = names if 0 < names < len(long) and sum(size[:names]) <= LINE / 2 else 1
    keys = list(range(names))
    parts, now, room = [], list(keys), LINE - sum(size[:names])
    for c in range(names, len(long)):
        if size[c] > room and len(now) > len(keys):
            parts.append(now)
            now, room = list(keys), LINE - sum(size[:names])
        now.append(c)
        room -= size[c]
    return [*parts, now]


def _is_number(text: str) -> bool:
    return text.replace("−", "-").lstrip("-").replace(".", "", 1).replace(",", "").isdigit() or text in ("", "NaN", "–")


class _Article(HTMLParser):
    """Title and paragraphs of a highlighted article; marked words are bold."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[list[Segment]] = []
        self._open = False
        self._marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "p") and dict(attrs).get("class") is None:
            self._open = True
            self.paragraphs.append([])
        self._marks += tag in ("mark", "h2")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h2", "p"):
            self._open = False
        self._marks -= tag in ("mark", "h2")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.paragraphs[-1].append({"text": data, **({"style": "bold"} if self._marks else {})})


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
