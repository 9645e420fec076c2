"""HTML pages: one article a file; trafilatura finds its text, title, date, author and site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from framing.corpus.readers.press_archive import is_html
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.wanted import wanted


def is_page(source: Source) -> bool:
    """Whether the file is an HTML page."""
    return is_html(source)


def read_page(source: Source, limit: int) -> Iterator[Record | Reject]:
    """The one record of a page, or a reject where it holds no article.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Most bytes a page may have, times four for its markup.

    Raises
    ------
    InputError
        If trafilatura is not installed.
    """
    with source.open_text() as handle:
        markup = handle.read(4 * limit + 1)
    if len(markup) > 4 * limit:
        yield Reject(source.label, "", f"larger than {4 * limit:,} characters")
        return
    fields = page_fields(markup, source.label)
    yield Record("", fields) if fields else Reject(source.label, "", "a page without an article")


def page_fields(markup: str | bytes, label: str, url: str | None = None) -> dict[str, Any] | None:
    """What a page says of its article, without comments and tables; None where there is none.

    The title within the text is not repeated in it. The date is the page's own date of publication.
    """
    trafilatura = wanted("trafilatura", "HTML", label)
    found = trafilatura.bare_extraction(
        markup, url=url, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    if found is None or not (found.text or "").strip():
        return None
    title, text = found.title or "", found.text
    first, _, rest = text.partition("\n")
    return {
        "outlet": found.sitename or found.hostname or "",
        "published": found.date or "",
        "title": title,
        "author": found.author or "",
        "url": found.url or url or "",
        "text": rest if title and first.strip() == title.strip() and rest.strip() else text,
    }
