"""XML read element by element, without entities, without a DTD and without anything from outside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from framing.corpus.records import Reject
from framing.corpus.sources import Source

_ROOT = re.compile(
    r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_BLANK = re.compile(r"[ \t\r\n]+")
_DEEPEST = 1_000


def root_name(source: Source) -> str:
    """Name of the first element, without namespace; empty where the file is no XML."""
    found = _ROOT.match(source.head_text[:20_000])
    return found.group(1) if found else ""


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(source: Source, names: Collection[str], *, within: Collection[str] = ()) -> Iterator[Element | Reject]:
    """The elements of these names as they end, outermost only, and each emptied once it was looked at.

    Elements of a name in `within` come as they begin, with their attributes and nothing in them yet.

    A document with entities of its own or with references to others, or one that is damaged, gives a reject from there on.
    """
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    depth = inside = 0
    try:
        with source.open() as handle:
            for event, element in iterparse(handle, events=("start", "end"), forbid_dtd=False):
                depth += 1 if event == "start" else -1
                if depth > _DEEPEST:
                    yield Reject(source.label, "", f"XML nested more than {_DEEPEST:,} deep")
                    return
                name = local(element)
                if event == "start":
                    inside += name in names
                    if name in within:
                        yield element
                elif name in names:
                    inside -= 1
                    if not inside:
                        yield element
                        element.clear()
    except DefusedXmlException as error:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
        yield Reject(source.label, "", f"XML that is not safe to read ({kind})")
    except ParseError as error:
        yield Reject(source.label, "", f"damaged XML from here on: {error}")


def text_of(element: Element | None) -> str:
    """All text in an element, on one line."""
    return _BLANK.sub(" ", "".join(element.itertext())).strip() if element is not None else ""


def child(element: Element, *names: str) -> Element | None:
    """The first child that has one of the names, in the order of the names."""
    for name in names:
        for found in element:
            if local(found) == name:
                return found
    return None


def attribute(element: Any, name: str) -> str:
    """An attribute whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
