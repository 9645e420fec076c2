"""Which files of a folder hold articles.

A folder is a corpus of one kind. If there is a text file (``.txt``, ``.txt.gz``) anywhere in it, its text files are the
articles, and nothing else is: notes, licences and annotations may lie beside them. If there is none, its files of records and
its pages are read (``.csv``, ``.jsonl``, ``.parquet``, ``.xlsx``, ``.html``, ``.docx``, ``.xml``, ``.warc``, ``.zip`` and more, each also
``.gz``). Hidden files and folders
do not count, nor do links to folders. Files of records beside text files that do hold articles are reported as rejects, so
that none is left out unnoticed.

A ``metadata.csv`` with a column ``file`` (path of the file from the folder of the ``metadata.csv``) describes the files
beside and below it; its other columns are fields of an article, named as in any CSV.

The outlet of a file is the nearest folder above it whose name is more than a number or date: ``Bundeskurier`` for
``Bundeskurier/2023/10/a.txt``. The id of a text file is its path from that folder on, here ``Bundeskurier/2023/10/a``: it
does not depend on which folder is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from framing.corpus.cleaning import clean_line
from framing.corpus.columns import match_columns, normalise
from framing.corpus.readers.delimited import read_delimited
from framing.corpus.records import Record, Reject
from framing.corpus.sources import UNKNOWN_OUTLET, Source, shown
from framing.errors import InputError

METADATA = "metadata.csv"
_TEXT_SUFFIXES = (".txt",)
_RECORD_SUFFIXES = (
    ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx",
    ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".docx", ".rtf", ".warc", ".zip",
)  # fmt: skip
_FILE_COLUMNS = {normalise(name) for name in ("file", "datei", "filename", "dateiname", "path", "pfad")}
_SUFFIX = re.compile(r"(?:\.txt|\.x?html?)?(?:\.gz)?$", re.IGNORECASE)
_NUMBER_OR_DATE = re.compile(r"[\d._-]*")


class Found(NamedTuple):
    """The files of a folder: those to read, those of records left out, and what is wrong with its metadata."""

    sources: list[Source]
    left_out: list[Source]
    rejects: list[Reject]


def source_of(path: Path, encoding: str | None = None, metadata: Mapping[str, object] | None = None) -> Source:
    """A file as a source, with the outlet and the article id that its place gives it."""
    parts = [_SUFFIX.sub("", path.name)]
    outlet = ""
    for folder in path.absolute().parents:
        parts.insert(0, folder.name)
        if not _NUMBER_OR_DATE.fullmatch(folder.name):
            outlet = folder.name
            break
    article_id = clean_line(shown("/".join(parts).lstrip("/")))
    return Source(path, clean_line(shown(outlet)) or UNKNOWN_OUTLET, article_id, encoding, metadata or {})


def find_files(folder: Path, encoding: str | None = None) -> Found:
    """Find the files of a folder that hold articles, in the order of their paths.

    Parameters
    ----------
    folder : pathlib.Path
        Searched with everything below it.
    encoding : str, optional
        Passed on to the sources.

    Returns
    -------
    Found
        Sources with outlet and metadata.

    Raises
    ------
    InputError
        If no file of the folder can hold articles.
    """
    files = sorted(_walk(folder))
    metadata, rejects = _all_metadata([path for path in files if path.name.lower() == METADATA], set(files), encoding)
    sources = {
        suffixes: [
            source_of(path, encoding, metadata.get(path))
            for path in files
            if path.name.lower().removesuffix(".gz").endswith(suffixes)
        ]
        for suffixes in (_TEXT_SUFFIXES, _RECORD_SUFFIXES)
    }
    texts = sources[_TEXT_SUFFIXES]
    records = [source for source in sources[_RECORD_SUFFIXES] if not _is_metadata(source)]
    if not texts and not records:
        seen = f"{len(files)} other files" if files else "it is empty"
        kinds = ", ".join((*_TEXT_SUFFIXES, *_RECORD_SUFFIXES))
        raise InputError(f"folder without articles ({seen})", file=shown(folder), cure=f"files read: {kinds}")
    return Found(texts, records, rejects) if texts else Found(records, [], rejects)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _is_metadata(source: Source) -> bool:
    if source.path.name.lower() != METADATA:
        return False
    first_line = source.head_text.split("\n", 1)[0]
    return any(normalise(cell) in _FILE_COLUMNS for cell in re.split(r"[,;\t|]", first_line))


def _all_metadata(
    tables: list[Path], files: set[Path], encoding: str | None
) -> tuple[dict[Path, Mapping[str, object]], list[Reject]]:
    metadata: dict[Path, Mapping[str, object]] = {}
    rejects: list[Reject] = []
    for table in sorted(tables, key=lambda path: len(path.parts)):  # a nearer table comes later and wins
        source = Source(table, encoding=encoding)
        if not _is_metadata(source):
            continue
        for row in read_delimited(source):
            if isinstance(row, Reject):
                rejects.append(row)
                continue
            name, fields = _described(row, source.label)
            path = Path(os.path.normpath(table.parent / name.replace("\\", "/")))
            if path in files:
                metadata[path] = {**metadata.get(path, {}), **fields}
            else:
                rejects.append(Reject(source.label, row.position, f"no file {name!r} in the folder"))
    return metadata, rejects


def _described(row: Record, label: str) -> tuple[str, dict[str, object]]:
    name = next((str(value) for column, value in row.fields.items() if normalise(column) in _FILE_COLUMNS), "")
    others = {column: value for column, value in row.fields.items() if normalise(column) not in _FILE_COLUMNS}
    columns = match_columns(others, file=label)
    return name, {f: others[c] for f, c in columns.items() if f != "text" and str(others[c]).strip()}
