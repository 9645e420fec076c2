"""RSS (0.9 to 2.0) and Atom: one article an entry, as long as the feed gives it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from framing.corpus.readers.press_archive import html_lines
from framing.corpus.readers.xml_safely import attribute, child, elements, local, root_name, text_of
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_TEXTS = ("encoded", "content", "description", "summary")


def is_feed(source: Source) -> bool:
    """Whether the first element is that of a feed."""
    return root_name(source) in ("rss", "feed", "RDF")


def read_feed(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record an entry: the full content if the feed has it, else the teaser; markup in it is taken off.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    outlet, number = "", 0
    for element in elements(source, ("title", "item", "entry")):
        if isinstance(element, Reject):
            yield element
        elif local(element) == "title":  # outside of entries: that of the feed, or of its image
            outlet = outlet or text_of(element)
        else:
            number += 1
            yield Record(f"entry {number}", {"outlet": outlet, **_fields(element)})


def _fields(entry: Element) -> dict[str, object]:
    body = next(
        (part for name in _TEXTS if (part := child(entry, name)) is not None and "".join(part.itertext()).strip()), None
    )
    author = child(entry, "creator", "author")
    name = child(author, "name") if author is not None else None
    link = child(entry, "link")
    category = child(entry, "category")
    return {
        "title": " ".join(html_lines(text_of(child(entry, "title")))).strip(),
        "text": _plain(body),
        "published": text_of(child(entry, "pubDate", "published", "date", "updated")),
        "url": (text_of(link) or attribute(link, "href")) if link is not None else "",
        "author": text_of(name if name is not None else author),
        "section": (attribute(category, "term") or text_of(category)) if category is not None else "",
        "article_id": text_of(child(entry, "guid", "id")),
    }


def _plain(body: Element | None) -> str:
    if body is None:
        return ""
    if len(body):  # Atom with type="xhtml": the markup is part of the document
        blocks = [text_of(part) for part in body.iter() if local(part) in ("p", "li", "h1", "h2", "h3")]
        return "\n\n".join(filter(None, blocks)) or text_of(body)
    return "\n".join(html_lines(body.text or "")).strip()
