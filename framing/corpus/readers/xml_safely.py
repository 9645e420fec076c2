"""XML read element by element, without entities, without a DTD and without anything from outside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from framing.corpus.records import Reject
from framing.corpus.sources import Source

_ROOT = re.compile(
    r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_BLANK = re.compile(r"[ \t\r\n]+")
_DEEPEST = 1_000
# Elements in one record: each costs memory, whatever its size.
_MOST_ELEMENTS = 500_000


def root_name(source: Source) -> str:
    """Name of the first element, without namespace; empty where the file is no XML."""
    found = _ROOT.match(source.head_text[:20_000])
    return found.group(1) if found else ""


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(source: Source, names: Collection[str], *, within: Collection[str] = ()) -> Iterator[Element | Reject]:
    """The elements of these names as they end, outermost only, and each taken out of the tree once it was looked at.

    Elements of a name in `within` come as they begin, with their attributes and nothing in them yet.

    A document with entities of its own or with references to others, or one that is damaged, gives a reject from there on.
    """
    with source.open() as handle:
        yield from elements_of(handle, source.label, names, within=within)


def elements_of(
    handle: BinaryIO, label: str, names: Collection[str], *, within: Collection[str] = (), forbid_dtd: bool = False
) -> Iterator[Element | Reject]:
    """As `elements`, of a stream; memory holds one of them at a time."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    open_elements: list[Element] = []
    inside = held = 0
    try:
        for event, element in iterparse(handle, events=("start", "end"), forbid_dtd=forbid_dtd):
            name = local(element)
            if event == "start":
                open_elements.append(element)
                if len(open_elements) > _DEEPEST:
                    yield Reject(label, "", f"XML nested more than {_DEEPEST:,} deep")
                    return
                inside += name in names
                held += inside > 0
                if held > _MOST_ELEMENTS:
                    yield Reject(label, "", f"XML with more than {_MOST_ELEMENTS:,} elements in one record")
                    return
                if name in within:
                    yield element
                continue
            open_elements.pop()
            inside -= name in names
            if not inside:
                if name in names:
                    yield element
                held = 0
                if open_elements:
                    del open_elements[-1][:]
    except DefusedXmlException as error:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
        yield Reject(label, "", f"XML that is not safe to read ({kind})")
    except ParseError as error:
        yield Reject(label, "", f"damaged XML from here on: {error}")


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
