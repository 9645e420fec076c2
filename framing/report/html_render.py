"""The same report as one self-contained HTML file: figures inside, no script, no network."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from framing.citing import references
from framing.report.blocks import Block, Inline

STYLES = {"bold": "strong", "quiet": "small", "code": "code"}


def render_html(data: Mapping[str, Any], folder: Path) -> str:
    """HTML page of a report; all text is escaped, figures are SVG as data.

    Parameters
    ----------
    data
        As for `framing.report.typst_render.render_pdf`.
    folder
        Where the figures of the blocks lie.
    """
    style = files("framing.report").joinpath("templates/report.css").read_text("utf-8")
    sections = [(name, data["sections"].get(name, [])) for name in data["order"]]
    shown = [(name, blocks) for name, blocks in sections if blocks]
    entries = "".join(f'<li><a href="#{name}">{escape(blocks[0]["text"])}</a></li>' for name, blocks in shown)
    count = {"figure": 0, "table": 0}
    body = "".join(
        f'<section id="{name}">{"".join(_block(block, folder, count, data) for block in blocks)}</section>'
        for name, blocks in shown
    )
    works = sorted((references()[key] for key in cited(data)), key=lambda one: one.text)
    listed = "".join(f'<li id="ref-{one.key}">{escape(one.text)}</li>' for one in works)
    return (
        f'<!DOCTYPE html>\n<html lang="{data["language"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(data['title'])}</title><style>{style}</style></head><body><main>"
        f'<h1>{escape(data["title"])}</h1><p class="subtitle">{escape(data["subtitle"])}</p>'
        f'<nav aria-label="{escape(data["contents_word"])}"><ol>{entries}</ol></nav>{body}'
        f'<section id="references"><h2>{escape(data["references_word"])}</h2><ul>{listed}</ul></section>'
        "</main></body></html>\n"
    )


def cited(data: Mapping[str, Any]) -> list[str]:
    """Keys of the references that the shown sections cite, sorted."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, Mapping):
            found.update([value["cite"]] if "cite" in value else [])
            for one in value.values():
                walk(one)
        elif isinstance(value, (list, tuple)):
            for one in value:
                walk(one)

    walk([data["sections"].get(name, []) for name in data["order"]])
    return sorted(found)


def _block(block: Block, folder: Path, count: dict[str, int], data: Mapping[str, Any]) -> str:
    kind = block["kind"]
    if kind == "heading":
        return f"<h{block['level'] + 1}>{escape(block['text'])}</h{block['level'] + 1}>"
    if kind == "paragraph":
        return f"<p>{_inline(block['content'])}</p>"
    if kind == "bullets":
        return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in block['items'])}</ul>"
    if kind == "code":
        return f'<pre tabindex="0"><code>{escape(block["text"])}</code></pre>'
    if kind == "examples":
        items = "".join(
            f'<li><span lang="de">{_inline(item["content"])}</span> <small>— {escape(item["source"])}</small></li>'
            for item in block["items"]
        )
        return f'<p class="term">{escape(block["head"])}</p><ul class="examples">{items}</ul>'
    count[kind] += 1
    caption = f"{data[f'{kind}_word']} {count[kind]}: {block['caption']}"
    if kind == "figure":
        picture = base64.b64encode((folder / block["path"]).read_bytes()).decode("ascii")
        width = f"{float(block['width']):.0%}"
        return (
            f'<figure><img style="width:{width}" alt="{escape(block["alt"])}" src="data:image/svg+xml;base64,{picture}">'
            f"<figcaption>{escape(caption)}</figcaption></figure>"
        )
    return _table(block, caption)


def _table(block: Block, caption: str) -> str:
    aligns: Sequence[str] = block["aligns"]
    heads = "".join(
        f'<th scope="col" class="{a}">{escape(h)}</th>' for h, a in zip(block["heads"], aligns, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f'<td class="{a}">{_inline(c)}</td>' for c, a in zip(row, aligns, strict=True)) + "</tr>"
        for row in block["rows"]
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _inline(content: Inline) -> str:
    if isinstance(content, str):
        return escape(content)
    shown = []
    for cites, found in groupby(content, key=lambda part: "cite" in part):
        parts = [_link(part) if cites else _segment(part) for part in found]
        # works cited together share their brackets
        shown.append(f"({'; '.join(parts)})" if cites else "".join(parts))
    return "".join(shown)


def _link(part: Mapping[str, str]) -> str:
    return f'<a href="#ref-{part["cite"]}">{escape(references()[part["cite"]].short)}</a>'


def _segment(part: Mapping[str, str]) -> str:
    text = escape(part["text"]).replace("\n", "<br>")
    tag = STYLES.get(part.get("style", ""))
    return f"<{tag}>{text}</{tag}>" if tag else text
