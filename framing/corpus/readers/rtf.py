"""RTF: an export of a press archive, or one article a file whose first paragraph is the title."""

from __future__ import annotations

from collections.abc import Iterator

from framing.corpus.readers.press_archive import MOST_CHARACTERS, archive_records, as_lines, layout_of
from framing.corpus.readers.single import single_article
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.wanted import wanted


def is_rtf(source: Source) -> bool:
    """Whether the file begins as RTF does."""
    return source.head.startswith(b"{\\rtf")


def read_rtf(source: Source, limit: int) -> Iterator[Record | Reject]:
    """The articles of an export, else the one article.

    Parameters
    ----------
    source : Source
        The file, which is held in memory.
    limit : int
        Unused here: whatever reads the records checks their size.

    Raises
    ------
    InputError
        If striprtf is not installed.
    """
    striprtf = wanted("striprtf.striprtf", "RTF", source.label)
    with source.open() as handle:
        content = handle.read(MOST_CHARACTERS + 1)
    if len(content) > MOST_CHARACTERS:
        yield Reject(source.label, "", f"larger than {MOST_CHARACTERS:,} bytes; part the export")
        return
    try:
        # RTF is ASCII; where a program writes bytes beyond, they are of the code page that most files name
        text = striprtf.rtf_to_text(content.decode("cp1252", "replace"), errors="replace")
    except (ValueError, IndexError, KeyError, LookupError, RecursionError) as error:
        yield Reject(source.label, "", f"damaged RTF: {error}")
        return
    lines = as_lines(text)
    if layout_of(lines):
        yield from archive_records(lines, source.label)
    else:
        yield single_article(lines)
