"""The user's own loaded terms: rows that a person has judged, added to a CSV file of theirs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from framing import lexicons
from framing.errors import InputError, UsageError
from framing.lexicons import user
from framing.scorers.loaded_lexicon import read_term
from framing.signature import write_atomic

COLUMNS = ("term", "match", "category", "direction", "strength", "neutral", "target", "only_if", "not_if", "note",
           "reference")  # fmt: skip
NAME = "loaded_terms_own"
YES = frozenset("yes y ja j x 1 true wahr".split())
NO = frozenset(["", "no", "n", "nein", "0", "false", "falsch"])


@dataclass(frozen=True, slots=True)
class Added:
    """How many terms were new, replaced an older row, or were not kept."""

    new: int
    replaced: int
    left: int


def add_terms(path: str | Path, rows: Iterable[Mapping[str, str]], source: str = "") -> Added:
    """Add terms to a CSV file of the user, which is made if it is not there.

    Parameters
    ----------
    path
        The file; ``--loaded-terms +FILE`` uses it beside the package's own list.
    rows
        Rows with at least ``term``. Where they have a column ``keep``, only those with ``yes`` (``ja``, ``x``, ``1``) are
        taken. A term that the file has already is replaced.
    source
        Name of the file that the rows are from, for errors.

    Raises
    ------
    InputError
        Where a row is unusable; the file is then left as it was. It names file, line and cure.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mine.csv"
    >>> add_terms(path, [{"term": "Gurkentruppe", "keep": "yes"}, {"term": "Haus", "keep": ""}])
    Added(new=1, replaced=0, left=1)
    """
    target = Path(path)
    merged = {row["term"]: row for row in lexicons.load(str(target)).rows} if target.is_file() else {}
    new = replaced = left = 0
    for line, row in enumerate(rows, start=2):
        cells = {k: _plain(row.get(k) or "") for k in COLUMNS}
        keep = (row.get("keep") or "").strip().lower() if "keep" in row else "yes"
        if keep not in YES | NO:
            raise InputError(
                f"keep is {keep!r}", file=source, record=f"line {line}", cure="write yes, or leave it empty"
            )
        if keep in NO:
            left += 1
            continue
        cells["term"] = read_term(cells, source, line).term
        replaced += cells["term"] in merged
        new += cells["term"] not in merged
        merged[cells["term"]] = cells
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(merged.values(), key=lambda row: row["term"].lower()))
    write_atomic(target, buffer.getvalue().encode("utf-8"))
    return Added(new, replaced, left)


def add_file(file: str | Path, name: str = NAME) -> tuple[Path, Added]:
    """Add the kept rows of a table, such as that of ``framing loaded-terms discover``, to a list in the user's folder.

    Parameters
    ----------
    file
        A CSV file; see :func:`add_terms`.
    name
        Name of the list; ``--loaded-terms +NAME`` uses it.

    Returns
    -------
    tuple of Path and Added
        The list's file, and what was added.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) or name in lexicons.CATALOGUE:
        raise UsageError(
            f"a lexicon cannot be called {name!r}",
            cure="give --name of small letters and digits, none of the package's",
        )
    if not Path(file).is_file():
        raise InputError("no such file", file=str(file), cure="write it with framing loaded-terms discover -o FILE.csv")
    rows = lexicons.load(str(file)).rows
    if "term" not in rows[0]:
        raise InputError("no column term", file=str(file), cure="name the columns keep,term,category,…")
    target = user.folder() / f"{name}.csv"
    return target, add_terms(target, rows, str(file))


def _plain(cell: str) -> str:
    """A cell on one line, without the apostrophe that keeps spreadsheets from running it as a formula."""
    text = " ".join(cell.split())
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text
