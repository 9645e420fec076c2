"""The page itself: template, style and script around the compressed data, with a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any

from framing.plots.style import GREY, HIGH, LOW, PALETTE
from framing.report.article_html import STRENGTHS, stylesheet
from framing.report.explore.pack import compress
from framing.report.terms import NOT_TERMS
from framing.report.wording import Wording

WEB = files("framing.report.explore").joinpath("web")
# In the order in which one builds on another.
SCRIPTS = ("data", "dom", "numbers", "marks", "charts", "lists", "article", "compare", "search", "views", "main")


def render(tables: dict[str, Any], blocks: Sequence[str], words: Wording) -> bytes:
    """The page as bytes. Whatever comes from a corpus is inside the compressed data; the script writes it as text.

    The policy names script and style by their hash, so that nothing else could run even if it got into the page, and
    allows no address at all.
    """
    data = tables | {
        "language": words.language,
        "words": interface(words.language),
        "labels": words.labels | _labels(tables, words),
        "notTerms": list(NOT_TERMS),
        "strengths": list(STRENGTHS),
    }
    page = WEB.joinpath("page.html").read_text("utf-8")
    parts = {
        "language": words.language,
        "policy": (
            f"default-src 'none'; script-src '{_hash(script())}'; style-src '{_hash(style())}'; base-uri 'none'; "
            "form-action 'none'; require-trusted-types-for 'script'"
        ),
        "style": style(),
        "script": script(),
        "data": _block("tables", compress(data))
        + "\n".join(_block(f"block-{i}", block) for i, block in enumerate(blocks)),
    }
    for key, text in interface(words.language).items():
        parts[f"word:{key}"] = escape(text)
    before, *rest = page.split("{{")
    filled = [before]
    for piece in rest:
        name, _, after = piece.partition("}}")
        filled += [parts[name], after]
    return "".join(filled).encode("utf-8")


@lru_cache(maxsize=4)
def interface(language: str) -> dict[str, str]:
    """Words of the page's own controls."""
    words: dict[str, dict[str, str]] = json.loads(WEB.joinpath("words.json").read_text("utf-8"))
    return {key: texts[language] for key, texts in words.items()}


@lru_cache(maxsize=1)
def script() -> str:
    """The script, in one scope."""
    parts = "\n".join(WEB.joinpath(f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


@lru_cache(maxsize=1)
def style() -> str:
    """The style: that of one article, and the page's with the colours of the plots."""
    colours = {"low": LOW, "high": HIGH, "grey": GREY, "bar": PALETTE[4], "accent": PALETTE[0]}
    names = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f":root{{{names}}}\n{stylesheet()}\n{WEB.joinpath('page.css').read_text('utf-8')}"


def _labels(tables: dict[str, Any], words: Wording) -> dict[str, str]:
    used = {key for kind in tables.get("kinds", []) for key in kind if key}
    used |= {actor["type"] for actor in tables["actors"]} | {"sentiment", "loaded_terms", "actors", "mentions"}
    return {key: words.label(key) for key in sorted(used)}


def _block(name: str, data: str) -> str:
    return f'<script type="text/plain" id="{name}">{data}</script>\n'


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
