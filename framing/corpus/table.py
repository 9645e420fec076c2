"""The corpus table: its columns, in memory and on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from framing import storage
from framing.article import OPTIONAL_FIELDS, Article
from framing.corpus.records import Reject
from framing.errors import InputError

COLUMNS = (
    "article_id",
    "outlet",
    "published",
    "published_precision",
    "title",
    "text",
    "boilerplate",
    *OPTIONAL_FIELDS,
)
Result = TypeVar("Result")
_REQUIRED = tuple(column for column in COLUMNS if column not in OPTIONAL_FIELDS)


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles, and the records that could not be used.

    Attributes
    ----------
    articles : pandas.DataFrame
        One row per article, index 0 to n-1. Columns ``article_id`` (str, unique), ``outlet`` (str), ``published``
        (datetime64 at midnight, NaT where unknown), ``published_precision`` (``day``, ``month``, ``year`` or empty),
        ``title``, ``text`` and ``boilerplate`` (str, may be empty but for `text`), and, where at least one article
        has it, ``url``, ``author``, ``section`` and ``event`` (str, NaN where unknown). `framing.article.Article`
        says what each means.
    rejects : pandas.DataFrame
        One row per record that could not be used: ``source`` (file), ``position`` (where in it; empty for the whole
        file), ``reason``.
    """

    articles: pd.DataFrame
    rejects: pd.DataFrame

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        outlets = self.articles["outlet"].nunique()
        return f"<Corpus: {len(self)} articles, {outlets} outlets, {len(self.rejects)} rejects>"

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the articles to `path`, and the rejects beside it as ``<stem>.rejects.csv``.

        Each file is complete or not there at all: it is written under another name and then renamed.

        Parameters
        ----------
        path : path
            Of the Parquet file, or its address in a store; what is there is replaced. A folder of this machine must exist.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        target = storage.place(path)
        written_whole(target, lambda part: self.articles.to_parquet(part, index=False))
        written_whole(rejects_path(target), lambda part: self.rejects.to_csv(part, index=False))


def make_corpus(articles: Iterable[Article], rejects: Iterable[Reject] = ()) -> Corpus:
    """Put articles and rejects into tables.

    Parameters
    ----------
    articles : iterable of Article
        With unique ids.
    rejects : iterable of Reject
        Records that could not be used.

    Returns
    -------
    Corpus
        In the order given.
    """
    listed = list(articles)
    columns = [c for c in COLUMNS if c not in OPTIONAL_FIELDS or any(getattr(article, c) for article in listed)]
    return Corpus(article_table(listed, columns), reject_table(rejects))


def article_table(articles: Sequence[Article], columns: Sequence[str]) -> pd.DataFrame:
    """Articles as rows, with the columns of a corpus table that are named."""
    table = pd.DataFrame({column: [getattr(article, column) for article in articles] for column in columns})
    table["published"] = np.array([article.published for article in articles], dtype="datetime64[D]")
    return typed(table)


def reject_table(rejects: Iterable[Reject]) -> pd.DataFrame:
    """Rejects as rows."""
    return pd.DataFrame(list(rejects), columns=Reject._fields).astype(dict.fromkeys(Reject._fields, "str"))


def load_corpus(path: str | os.PathLike[str]) -> Corpus:
    """Load a corpus written by `Corpus.to_parquet`.

    Parameters
    ----------
    path : path
        Of the Parquet file, or its address in a store. Rejects are loaded from beside it if they are there.

    Returns
    -------
    Corpus
        Equal to the one written.

    Raises
    ------
    InputError
        If the file is missing, damaged, or no corpus table.
    """
    file = storage.place(path)
    if not storage.is_file(file):
        raise InputError("no such file", file=str(file), cure="make it: framing read SOURCE -o FILE.parquet")
    try:
        with storage.opened(file) as handle:
            articles = pd.read_parquet(handle)
    except (OSError, ValueError) as error:  # pyarrow's errors are both
        raise InputError(f"not readable as Parquet: {error}", file=str(file), cure="read the sources again") from None
    missing = [column for column in _REQUIRED if column not in articles]
    if missing:
        raise InputError(
            f"no corpus table: without {', '.join(missing)}",
            file=str(file),
            cure="make it one: framing read SOURCE -o FILE.parquet",
        )
    if articles["article_id"].duplicated().any():
        twice = articles["article_id"][articles["article_id"].duplicated()].iloc[0]
        raise InputError(f"article_id {twice!r} is not unique", file=str(file), cure="read the sources again")
    beside = rejects_path(file)
    rejects = pd.DataFrame(columns=Reject._fields, dtype="str")
    if storage.is_file(beside):
        with storage.opened(beside) as handle:
            rejects = pd.read_csv(handle, dtype="str", keep_default_na=False)
    return Corpus(typed(articles[[column for column in COLUMNS if column in articles]]), rejects)


def typed(articles: pd.DataFrame) -> pd.DataFrame:
    """A corpus table with the types of its columns."""
    return articles.astype({c: "datetime64[us]" if c == "published" else "str" for c in articles})


def rejects_path(path: Path) -> Path:
    """The file of rejects beside a corpus file."""
    return path.with_name(f"{path.stem}.rejects.csv")


def written_whole(target: Path, write: Callable[[Path], Result]) -> Result:
    """Let a file be written under another name and then get its own, or be sent to its address; returns what `write` does.

    Raises
    ------
    InputError
        Where it cannot be written.
    """
    if storage.is_remote(target):
        with tempfile.TemporaryDirectory(prefix="framing-") as scratch:
            result = write(Path(scratch, target.name))
            storage.send(Path(scratch, target.name), target)
        return result
    with writing(target):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=hidden_prefix(target))
        os.close(handle)
        part = Path(name)
        try:
            result = write(part)
            part.chmod(0o666 & ~_umask())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return result


def hidden_prefix(target: Path) -> str:
    """How the names of what lies beside a file begin while it is made."""
    return f".{target.name[:100]}."


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """What goes wrong on the disk, as an error that names the file that is made."""
    try:
        yield
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=str(target)) from None


def _umask() -> int:
    mask = os.umask(0o077)  # Python can read the mask only by setting it
    os.umask(mask)
    return mask
