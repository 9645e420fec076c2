"""Tables that a person edited, as spreadsheets save them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from framing.corpus.decoding import codec
from framing.errors import InputError

DELIMITERS = (",", ";", "\t")


def read_csv(file: Path, cure: str) -> pd.DataFrame:
    """A CSV table as text, nothing taken for missing: with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252.

    Parameters
    ----------
    file
        The file.
    cure
        What the user can do where it is no such table.

    Raises
    ------
    InputError
        Where it cannot be read or is no table.
    """
    content = read_bytes(file)
    try:
        text = content.decode(*codec(content[:4], None))
        first = text.split("\n", 1)[0]
        delimiter = max(DELIMITERS, key=first.count)
        return pd.read_csv(io.StringIO(text), sep=delimiter, dtype="str", keep_default_na=False)
    except pd.errors.EmptyDataError:
        raise InputError("the file is empty", file=str(file), cure=cure) from None
    except ValueError as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"not readable as CSV: {reason}", file=str(file), cure=cure) from None


def read_bytes(file: Path) -> bytes:
    """The bytes of a file.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", file=str(file), cure="check the path") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(file), cure="check the path") from None
