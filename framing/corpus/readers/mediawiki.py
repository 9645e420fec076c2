"""Dumps of Wikinews and other wikis (MediaWiki XML): one record a page of the main namespace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from framing.corpus.readers.xml_safely import child, elements, local, root_name, text_of
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_REDIRECT = re.compile(r"\s*#(?:REDIRECT|WEITERLEITUNG)", re.IGNORECASE)
_DAY = re.compile(
    r"\[\[Kategorie:\s*(\d{1,2}\.\d{1,2}\.\d{4})\s*[]|]|\{\{\w[^{}]*\|\s*(\d{1,2}\. [^\W\d]+ \d{4})", re.IGNORECASE
)
_END = re.compile(
    r"^={1,6} *(?:Quellen?|Weblinks?|Themenverwandte Artikel|Einzelnachweise|Siehe auch) *=+", re.MULTILINE
)
_SOURCES = re.compile(r"^\{\{ *(?:Quellen?|Themenverwandt)[^\n]*", re.MULTILINE)
_UNSEEN = re.compile(
    r"<!--[^<]*-->|<ref\b[^<>]*/>|<ref\b[^<>]*>[^<]*</ref>|\[\[(?:Kategorie|Datei|Bild|File|Image):[^\[\]]*\]\]",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{\|[^{}]*\|\}")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_OUTER_LINK = re.compile(r"\[https?://[^\s\[\]]*(?: ([^\[\]\n]*))?\]")
_MARKS = re.compile(r"'{2,5}|<[^<>]{1,200}>|^[*#:;]+ *|^={1,6} *| {0,3}={1,6}$", re.MULTILINE)
_DEEPEST_TEMPLATE = 8


def is_mediawiki(source: Source) -> bool:
    """Whether the first element is that of a dump."""
    return root_name(source) == "mediawiki"


def read_mediawiki(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a page: title, text without markup and without its list of sources, and the day the page names.

    Pages of other namespaces and redirects are passed over. The day a page was last edited is none of publication and is
    not taken for one.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    outlet = ""
    for element in elements(source, ("sitename", "page")):
        if isinstance(element, Reject):
            yield element
        elif local(element) == "sitename":
            outlet = text_of(element)
        elif text_of(child(element, "ns")) in ("", "0"):
            number = text_of(child(element, "id"))
            markup = _markup(element)
            if not _REDIRECT.match(markup):
                day = _DAY.search(markup)
                yield Record(
                    f"page {number}",
                    {
                        "article_id": number,
                        "outlet": outlet,
                        "published": (day.group(1) or day.group(2)) if day else "",
                        "title": text_of(child(element, "title")),
                        "text": plain(markup),
                    },
                )


def plain(markup: str) -> str:
    """Wiki markup without markup.

    Examples
    --------
    >>> plain("'''Berlin''' – Der [[Bundestag|Rat]] tagt.{{Quelle}}")
    'Berlin – Der Rat tagt.'
    """
    for border in (_END, _SOURCES):
        if found := border.search(markup):
            markup = markup[: found.start()]
    markup = _UNSEEN.sub("", markup)
    for _ in range(_DEEPEST_TEMPLATE):
        shorter = _TEMPLATE.sub("", markup)
        if shorter == markup:
            break
        markup = shorter
    markup = _OUTER_LINK.sub(lambda found: found.group(1) or "", _LINK.sub(r"\1", _UNSEEN.sub("", markup)))
    return _MARKS.sub("", markup).strip()


def _markup(page: Element) -> str:
    revision = child(page, "revision")
    text = child(revision, "text") if revision is not None else None
    return (text.text or "") if text is not None else ""
