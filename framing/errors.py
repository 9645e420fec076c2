"""The errors a user can cause and cure: each is one line that names the file, the record and the cure."""

from __future__ import annotations


class FramingError(ValueError):
    """An error with a cure.

    Parameters
    ----------
    message : str
        What is wrong, without a full stop at the end.
    file : str, optional
        The file or folder concerned.
    record : str, optional
        Where in the file, such as ``"line 12"``.
    cure : str, optional
        What the user can do about it.

    Examples
    --------
    >>> print(FramingError("no text column", file="a.csv", record="line 1", cure="name it: --map text=COLUMN"))
    a.csv, line 1: no text column; name it: --map text=COLUMN
    """

    def __init__(self, message: str, *, file: str = "", record: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.record = record
        self.cure = cure

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.record) if part)
        what = f"{where}: {self.message}" if where else self.message
        line = f"{what}; {self.cure}" if self.cure else what
        return " ".join(line.split())


class InputError(FramingError):
    """Data that cannot be used: a missing, empty or damaged file, a table without text."""


class UsageError(FramingError):
    """A call that asks for something that does not exist: an unknown outlet, field or encoding."""
