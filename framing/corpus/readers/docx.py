"""DOCX: an export of a press archive, or one article a file whose first paragraph is the title."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from framing.corpus.readers.press_archive import archive_records, as_lines, layout_of
from framing.corpus.readers.single import single_article
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.zips import read_member
from framing.errors import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def is_docx(source: Source) -> bool:
    """Whether the file is a document of Word."""
    return "word/document.xml" in source.members


def read_docx(source: Source, limit: int) -> Iterator[Record | Reject]:
    """The articles of an export, else the one article.

    Parameters
    ----------
    source : Source
        The file, of which the text is held in memory.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

    try:
        lines = as_lines("\n".join(_paragraphs(source)))
    except InputError as error:
        yield Reject(source.label, error.record, error.message)
        return
    except (ParseError, DefusedXmlException) as error:
        yield Reject(source.label, "word/document.xml", f"not readable as XML: {error}")
        return
    if layout_of(lines):
        yield from archive_records(lines, source.label)
    else:
        yield single_article(lines)


def _paragraphs(source: Source) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    for paragraph in fromstring(read_member(source.path, "word/document.xml"), forbid_dtd=True).iter(f"{_W}p"):
        parts = []
        for element in paragraph.iter():
            if element.tag == f"{_W}t":
                parts.append(element.text or "")
            elif element.tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif element.tag == f"{_W}tab":
                parts.append("\t")
        yield "".join(parts)
