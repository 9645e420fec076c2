"""DOCX: an export of a press archive, or one article a file whose first paragraph is the title."""

from __future__ import annotations

from collections.abc import Iterator

from framing.corpus.readers.press_archive import archive_records, as_lines, layout_of
from framing.corpus.readers.single import single_article
from framing.corpus.readers.xml_safely import elements_of, local
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.zips import check_office, open_member
from framing.errors import InputError

_TEXT = "word/document.xml"


def is_docx(source: Source) -> bool:
    """Whether the file is a document of Word."""
    return _TEXT in source.members


def read_docx(source: Source, limit: int) -> Iterator[Record | Reject]:
    """The articles of an export, else the one article.

    Parameters
    ----------
    source : Source
        The file, of which the text is held in memory.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    try:
        paragraphs = list(_paragraphs(source))
    except InputError as error:
        yield Reject(source.label, error.record, error.message)
        return
    if damage := next((part for part in paragraphs if isinstance(part, Reject)), None):
        yield damage
        return
    lines = as_lines("\n".join(part for part in paragraphs if isinstance(part, str)))
    if layout_of(lines):
        yield from archive_records(lines, source.label)
    else:
        yield single_article(lines)


def _paragraphs(source: Source) -> Iterator[str | Reject]:
    check_office(source.path)
    with open_member(source.path, _TEXT) as handle:
        for paragraph in elements_of(handle, source.label, ("p",), forbid_dtd=True):
            if isinstance(paragraph, Reject):
                yield paragraph._replace(position=_TEXT)
                return
            parts = []
            for element in paragraph.iter():
                name = local(element)
                if name == "t":
                    parts.append(element.text or "")
                elif name in ("br", "cr"):
                    parts.append("\n")
                elif name == "tab":
                    parts.append("\t")
            yield "".join(parts)
