"""A ZIP is read as the folder it unpacks to: into a temporary place, within limits, and nothing out of that place.

Refused are archives that unpack to too much (`MOST_BYTES`), members that shrink too well to be text (`HIGHEST_RATIO`), more
than `MOST_MEMBERS` members, paths that lead out of the archive, links, encrypted members, and ZIPs within the ZIP. The limits
count the bytes as they come out, not those that the archive says.
"""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from framing.corpus.records import Reject
from framing.errors import InputError

MOST_BYTES = 8 * 2**30
MOST_MEMBERS = 2_000_000
HIGHEST_RATIO = 300
_FREE_BYTES = 2**20  # a short member may shrink as it likes
_PIECE = 2**16
OFFICE = frozenset({"word/document.xml", "xl/workbook.xml"})
_ZIP = b"PK\x03\x04"


class _TooMuchError(ValueError):
    """More bytes than are allowed in all."""


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


def read_member(path: Path, name: str, *, most: int = 200_000_000) -> bytes:
    """One member of a ZIP, unpacked within the limits.

    Raises
    ------
    InputError
        If it is damaged, encrypted, or unpacks to more than `most` bytes or than its size allows.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return b"".join(_pieces(archive, archive.getinfo(name), most))
    except ValueError as error:
        raise InputError(str(error), file=str(path), record=name) from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, NotImplementedError) as error:
        raise InputError(f"damaged: {error}", file=str(path), record=name) from None


def check_office(path: Path, *, most: int = 1_000_000_000) -> None:
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
            read_member(path, name, most=most)


@contextmanager
def unpacked(path: Path, label: str) -> Iterator[tuple[Path, list[Reject]]]:
    """A temporary folder with what a ZIP holds, and a reject for each member that is refused.

    Parameters
    ----------
    path : pathlib.Path
        The archive; the folder is called as it is, without ``.zip``.
    label : str
        The archive as messages show it.

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
            left = MOST_BYTES
            for entry in entries:
                if entry.is_dir():
                    continue
                try:
                    left -= _unpack(archive, entry, folder, left)
                except _TooMuchError:
                    raise InputError(
                        f"a ZIP that unpacks to more than {MOST_BYTES:,} bytes", file=label, cure="unpack it yourself"
                    ) from None
                except ValueError as error:
                    rejects.append(Reject(label, _name(entry), str(error)))
                except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, NotImplementedError) as error:
                    rejects.append(Reject(label, _name(entry), f"damaged: {error}"))
        yield folder, rejects


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, most: int) -> int:
    """Write one member below `folder`; returns how many bytes it has."""
    target = folder.joinpath(*_parts(entry))
    pieces = _pieces(archive, entry, most)
    first = next(pieces, b"")
    if first.startswith(_ZIP) and target.suffix.lower() not in (".docx", ".xlsx"):
        raise ValueError("a ZIP within a ZIP; unpack it first")
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with target.open("xb") as handle:
        try:
            while first:
                written += handle.write(first)
                first = next(pieces, b"")
        except ValueError:
            target.unlink()
            raise
    return written


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1]):
        raise ValueError("path leads out of the archive")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ValueError("a link")
    return path.parts


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    if entry.flag_bits & 1:
        raise ValueError("encrypted; unpack it with its password first")
    allowed = max(_FREE_BYTES, HIGHEST_RATIO * entry.compress_size)
    size = 0
    with archive.open(entry) as handle:
        while piece := handle.read(_PIECE):
            size += len(piece)
            if size > allowed:
                raise ValueError(f"shrunk more than {HIGHEST_RATIO}-fold, which text is not (a ZIP bomb?)")
            if size > most:
                raise _TooMuchError(f"unpacks to more than {most:,} bytes")
            yield piece


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.encode("utf-8", "replace").decode("utf-8")[:200]
