"""Lexicons that the user has added: where they are kept, and what is known of their origin.

Each is two files in one folder: ``NAME.csv`` (``term,pos,valence``) and ``NAME.json`` (citation, licence, source). The
folder is ``$FRAMING_LEXICONS``, or ``$XDG_DATA_HOME/framing/lexicons``, or ``~/.local/share/framing/lexicons``.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from framing.errors import InputError, UsageError
from framing.lexicons.formats import FORMATS, Parsed, read_lexicon

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")


@dataclass(frozen=True)
class Origin:
    """Where an added lexicon comes from.

    Attributes
    ----------
    name, format
        Its name, and the format that it was read from.
    citation, licence, url, scale
        What a report has to name, and what the values mean.
    sources
        Files that were read, each with the first 12 hexadecimal digits of its SHA-256.
    entries, set_aside
        Number of entries kept and of lines that could not be used.
    """

    name: str
    format: str
    citation: str
    licence: str
    url: str
    scale: str
    sources: list[str]
    entries: int
    set_aside: int


def folder() -> Path:
    """Folder of the added lexicons."""
    setting = os.environ.get("FRAMING_LEXICONS", "")
    if setting:
        return Path(setting)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "framing" / "lexicons"


def added() -> list[str]:
    """Names of the added lexicons, in alphabetical order."""
    try:
        return sorted(p.stem for p in folder().glob("*.csv") if _NAME.match(p.stem))
    except OSError:
        return []


def find(name: str) -> Path | None:
    """File of an added lexicon, None where there is none of that name."""
    path = folder() / f"{name}.csv"
    return path if _NAME.match(name) and path.is_file() else None


def origin(name: str) -> Origin | None:
    """Where an added lexicon comes from, None where it was not added by ``framing lexicon add``.

    Raises
    ------
    InputError
        Where its JSON file is damaged.
    """
    path = folder() / f"{name}.json"
    if find(name) is None or not path.is_file():
        return None
    try:
        return Origin(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise InputError(f"damaged: {error}", file=str(path), cure="add the lexicon anew") from None


def add_lexicon(
    paths: Sequence[Path], format_name: str, name: str = "", *, citation: str = "", licence: str = ""
) -> tuple[Origin, Parsed]:
    """Read a lexicon as published and keep it for ``--sentiment NAME``.

    Parameters
    ----------
    paths
        Its files, or one folder or zip archive.
    format_name
        Key of :data:`framing.lexicons.formats.FORMATS`.
    name
        Name to keep it under; by default that of the format or the stem of the file.
    citation, licence
        For a lexicon of the user's own; published ones know theirs.

    Returns
    -------
    origin : Origin
    parsed : Parsed
        Its entries and the lines set aside.

    Raises
    ------
    UsageError
        Where the name is taken by the package or not made of small letters, digits, ``-`` and ``_``.
    InputError
        Where the files cannot be read.
    """
    from framing.lexicons import CATALOGUE
    from framing.scorers import SENTIMENT_METHODS

    parsed = read_lexicon(paths, format_name)
    how = FORMATS[format_name]
    name = name or how.name or paths[0].stem.lower()
    if not _NAME.match(name) or name in CATALOGUE or name in SENTIMENT_METHODS:
        raise UsageError(
            f"a lexicon cannot be called {name!r}",
            cure="give --name of small letters and digits, none of the package's",
        )
    origin_ = Origin(
        name, format_name, citation or how.citation, licence or how.licence or "not given", how.url, how.scale,
        [f"{p.name} {digest}" for p in paths for digest in [_digest(p)]], len(parsed.entries), len(parsed.rejects),
    )  # fmt: skip
    _write(origin_, parsed)
    return origin_, parsed


def _digest(path: Path) -> str:
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()[:12]


def _write(origin_: Origin, parsed: Parsed) -> None:
    target = folder()
    rows = sorted(parsed.entries, key=lambda e: (e[0].casefold(), e[0], e[1]))
    part = target / f".{origin_.name}.{os.getpid()}.part"
    try:
        target.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("term", "pos", "valence"))
            writer.writerows((term, pos, f"{value:.6g}") for term, pos, value in rows)
        part.replace(target / f"{origin_.name}.csv")
        part.write_text(json.dumps(asdict(origin_), ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(target / f"{origin_.name}.json")
    except OSError as error:
        raise InputError(
            f"cannot write: {error}", file=str(target), cure="set FRAMING_LEXICONS to a folder of yours"
        ) from None
