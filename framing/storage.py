"""Files of this machine and of stores that have an address, such as ``s3://bucket/corpus.parquet``.

Stores are reached by fsspec: ``s3``, ``gs``, ``az``, ``https``, ``memory`` and more, each by its package (``s3fs``, ``gcsfs``, ``adlfs``).
An address goes through the toolkit as a :class:`~pathlib.Path`, which writes it with one slash (``s3:/bucket/corpus.parquet``); both
ways of writing mean the same. ``file://`` means the file of this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast
from urllib.parse import unquote

from framing.errors import InputError, UsageError

# two letters at least: one is a drive of Windows
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/{1,3}(.*)", re.DOTALL)


def cache_folder() -> Path | None:
    """The user's cache folder: ``$FRAMING_CACHE``, ``$XDG_CACHE_HOME/framing`` or ``~/.cache/framing``; None where it is ``off``."""
    setting = os.environ.get("FRAMING_CACHE", "")
    if setting.lower() == "off":
        return None
    return Path(setting) if setting else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "framing"


def place(path: str | os.PathLike[str]) -> Path:
    """A path as given, that of an address ``file://`` as the path it means.

    Examples
    --------
    >>> place("file:///tmp/a%20b.csv").as_posix(), place("s3://bucket/a.csv").as_posix()
    ('/tmp/a b.csv', 's3:/bucket/a.csv')
    """
    found = _ADDRESS.fullmatch(os.fspath(path))
    return Path("/", unquote(found.group(2))) if found and found.group(1) == "file" else Path(path)


def is_remote(path: Path) -> bool:
    """Whether a path is the address of a file in a store."""
    found = _ADDRESS.fullmatch(path.as_posix())
    return found is not None and not Path(f"{found.group(1)}:").exists()


def address(path: Path) -> str:
    """An address as its store writes it, with two slashes.

    Examples
    --------
    >>> address(Path("s3://bucket/a.csv"))
    's3://bucket/a.csv'
    """
    return _ADDRESS.sub(r"\1://\2", path.as_posix())


def is_file(path: Path) -> bool:
    """Whether there is such a file here or in its store."""
    if not is_remote(path):
        return path.is_file()
    with _told(path):
        store, inner = _store(path)
        return bool(store.isfile(inner))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, here or in its store, that can be read from any place on.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    if not is_remote(path):
        with path.open("rb") as handle:
            yield handle
        return
    with _told(path):
        store, inner = _store(path)
        handle = store.open(inner, "rb")
    with handle:
        yield cast(BinaryIO, handle)


def parquet(source: Path | BinaryIO) -> Any:
    """A Parquet file whose batches are read one after the other, in steps of one megabyte.

    PyArrow by itself reads ahead and holds all that it has read until the end, and a mapped file counts as memory as far
    as it has been read.

    Returns
    -------
    pyarrow.parquet.ParquetFile
        A context manager.
    """
    from pyarrow.parquet import ParquetFile

    return ParquetFile(source, buffer_size=1 << 20, pre_buffer=False)  # type: ignore[no-untyped-call]


@contextmanager
def fetched(path: Path) -> Iterator[Path]:
    """What lies at an address, a file or all below it, as a copy on this machine as long as it is needed.

    The copy lies in folders of the same names, so that they tell the outlet as those of the store do.

    Raises
    ------
    InputError
        Where there is nothing or it cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="framing-") as scratch:
        with _told(path):
            store, inner = _store(path)
            files = [inner] if store.isfile(inner) else sorted(store.find(inner))
            if not files:
                raise InputError("no such file or folder", file=address(path), cure="check the address")
            for name in files:
                parts = PurePosixPath(name.strip("/")).parts
                if ".." in parts:
                    raise InputError("a name that leads out of its folder", file=address(path), record=name)
                target = Path(scratch, *parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with store.open(name, "rb") as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
        yield Path(scratch, *PurePosixPath(inner.strip("/")).parts)


def send(file: Path, target: Path) -> None:
    """Copy a file of this machine to an address; it appears there whole or not at all.

    Raises
    ------
    InputError
        Where it cannot be written.
    """
    with _told(target):
        store, inner = _store(target)
        store.makedirs(inner.rpartition("/")[0], exist_ok=True)
        store.put_file(os.fspath(file), inner)


def staging(target: Path) -> Path:
    """The folder of this machine in which what goes to an address is made, the same for every run to it."""
    parent = cache_folder() or Path(tempfile.gettempdir(), "framing")
    return parent / "runs" / sha256(address(target).encode("utf-8", "replace")).hexdigest()[:16]


def _store(path: Path) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError:
        raise UsageError(f"{address(path)} needs fsspec", cure="pip install 'framing[cloud]'") from None
    store, inner = url_to_fs(address(path))
    return store, str(inner)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever a store raises, as an error that names the address."""
    try:
        yield
    except (InputError, UsageError):
        raise
    except ImportError as error:
        raise UsageError(f"{address(path)}: {error}", cure="install the package of this kind of store") from None
    except Exception as error:  # each store has errors of its own
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"not reached: {said}", file=address(path), cure="check the address and your access") from None
