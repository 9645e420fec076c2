"""Plain text files: one article a file.

The first line may be a header, `` date YYYY[-MM[-DD]] TITLE``; else, if it is short and no sentence, it is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

# With its leading blank the header is sure, and a date in it that is none must show; without, a digit must follow.
_HEADER = re.compile(r"(?:\s+date:?\s+(?=\S)|date:?\s+(?=\d))(\S+)(?:\s+(.*))?")
_NO_PROSE = (".json", ".jsonl", ".ndjson", ".parquet")
_LONGEST_TITLE = 150
_NO_TITLE_END = (".", ",", ";", ":", "-")


def is_text(source: Source) -> bool:
    """Whether the file could be prose: any text but markup, and but a file that is named as data and is none."""
    return not source.head_text.lstrip().startswith("<") and not source.name.endswith(_NO_PROSE)


def read_text(source: Source, limit: int) -> Iterator[Record | Reject]:
    """The one record of a text file, with the fields ``published``, ``title`` and ``text``.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Most characters an article may have; a longer file is not read to its end.
    """
    with source.open_text() as handle:
        content = handle.read(limit + 1)
    if len(content) > limit:
        yield Reject(source.label, "", f"larger than {limit:,} characters")
        return
    first, _, rest = content.removeprefix("\ufeff").lstrip("\r\n").partition("\n")
    published, title, text = "", "", content
    if header := _HEADER.fullmatch(first.rstrip()):
        published, title, text = header.group(1), header.group(2) or "", rest
    elif rest.strip() and len(first) <= _LONGEST_TITLE and not first.rstrip().endswith(_NO_TITLE_END):
        title, text = first, rest
    yield Record("", {"published": published, "title": title, "text": text})
