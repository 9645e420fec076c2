"""A ZIP is read as the folder it unpacks to: into a temporary place, within limits, and nothing out of that place.

Refused are archives that unpack to too much (`framing.corpus.unpacking`), more than `MOST_MEMBERS` members, paths that lead out of
the archive, links, and encrypted members. A ZIP within a ZIP is read in its turn, and what it unpacks to counts for the
outermost one.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from framing.corpus.records import Reject
from framing.corpus.unpacking import BombError, Budget, bounded
from framing.errors import InputError

MOST_MEMBERS = 2_000_000
# Tags in one member of an office document: each costs memory, whatever its size.
MOST_TAGS = 10_000_000
_PIECE = 2**16
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, NotImplementedError)
OFFICE = frozenset({"word/document.xml", "xl/workbook.xml"})
_ZIP = b"PK\x03\x04"


def members(path: Path) -> frozenset[str]:
    """Names of the members of a ZIP; none if the file is no ZIP or is damaged."""
    try:
        with path.open("rb") as handle:
            if handle.read(len(_ZIP)) != _ZIP:
                return frozenset()
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def is_zip(path: Path) -> bool:
    """Whether a file is a ZIP of other files, which DOCX and XLSX are not."""
    names = members(path)
    return bool(names) and not names & OFFICE


@contextmanager
def open_member(path: Path, name: str, *, most: int = 200_000_000) -> Iterator[BinaryIO]:
    """One member of a ZIP as a stream, within the limits.

    Raises
    ------
    InputError
        If it is damaged, encrypted, or unpacks to more than `most` bytes or than its size allows.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.getinfo(name)
            _refuse_encrypted(entry)
            with archive.open(entry) as handle:
                yield bounded(handle, entry.compress_size, Budget(most))
    except (BombError, ValueError) as error:
        raise InputError(str(error), file=str(path), record=name) from None
    except _DAMAGED as error:
        raise InputError(f"damaged: {error}", file=str(path), record=name) from None


def check_office(path: Path) -> None:
    """Refuse a DOCX or XLSX that unpacks to too much.

    Raises
    ------
    InputError
        With the member that does.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    for name in names:
        if name.endswith((".xml", ".rels")):
            with open_member(path, name) as handle:
                tags = sum(piece.count(b"<") for piece in iter(lambda: handle.read(_PIECE), b""))
            if tags > MOST_TAGS:
                raise InputError(f"more than {MOST_TAGS:,} tags", file=str(path), record=name)


@contextmanager
def unpacked(path: Path, label: str, budget: Budget) -> Iterator[tuple[Path, list[Reject]]]:
    """A temporary folder with what a ZIP holds, and a reject for each member that is refused.

    Parameters
    ----------
    path : pathlib.Path
        The archive; the folder is called as it is, without ``.zip``.
    label : str
        The archive as messages show it.
    budget : Budget
        Bytes that may still be unpacked.

    Raises
    ------
    InputError
        If the archive has too many members or unpacks to too much.
    """
    rejects: list[Reject] = []
    with tempfile.TemporaryDirectory(prefix="framing-") as place:
        folder = Path(place, path.stem.lstrip(".") or "archive")
        folder.mkdir()
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_MEMBERS:
                raise InputError(f"a ZIP of more than {MOST_MEMBERS:,} members", file=label, cure="unpack it yourself")
            for entry in entries:
                if entry.is_dir():
                    continue
                try:
                    _unpack(archive, entry, folder, budget)
                except (BombError, ValueError) as error:
                    if budget.spent:
                        raise InputError(str(error), file=label, cure="unpack it yourself") from None
                    rejects.append(Reject(label, _name(entry), str(error)))
                except _DAMAGED as error:
                    rejects.append(Reject(label, _name(entry), f"damaged: {error}"))
        yield folder, rejects


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, budget: Budget) -> None:
    """Write one member below `folder`."""
    target = folder.joinpath(*_parts(entry))
    _refuse_encrypted(entry)
    with archive.open(entry) as packed:
        handle = bounded(packed, entry.compress_size, budget)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            try:
                shutil.copyfileobj(handle, written)
            except BaseException:
                target.unlink()
                raise


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1]):
        raise ValueError("path leads out of the archive")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ValueError("a link")
    return path.parts


def _refuse_encrypted(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise ValueError("encrypted; unpack it with its password first")


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.encode("utf-8", "replace").decode("utf-8")[:200]
