"""Files -> corpus on disk, without holding it in memory."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing import storage
from framing.article import OPTIONAL_FIELDS, Article
from framing.corpus.reading import PathLike, nothing_read, stream
from framing.corpus.records import Reject, Taken
from framing.corpus.repeated import Repeated, move_from
from framing.corpus.selection import check_outlets
from framing.corpus.table import COLUMNS, article_table, reject_table, rejects_path, typed, written_whole
from framing.errors import InputError

# Articles that are held and written at once.
GROUP = 1000
_BESIDE = "beside"


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes
    ----------
    articles
        Their number.
    outlets
        Number of articles by outlet, most first.
    dated
        Articles with a date.
    changed
        Articles out of which repeated sentences were moved.
    rejects
        As in :class:`framing.corpus.Corpus`.
    """

    articles: int
    outlets: dict[str, int]
    dated: int
    changed: int
    rejects: pd.DataFrame


def read_into(
    sources: PathLike | Iterable[PathLike],
    target: PathLike,
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    keep_repeated: bool = False,
    only: Iterable[str] = (),
    on_columns: Callable[[Taken], None] | None = None,
    progress: bool = False,
) -> Written:
    """Read articles from files and folders into a corpus file: what `read` and `Corpus.to_parquet` do, for any size.

    A thousand articles are held at once, and all ids. Meanwhile the articles lie in a folder beside the file, with eight to
    twenty bytes for each word to find what outlets repeat.

    Parameters
    ----------
    sources, outlet, columns, encoding, keep_repeated, on_columns, progress
        As in `framing.read`.
    target : path
        The Parquet file to write, or its address in a store. It and the rejects, beside it as ``<stem>.rejects.csv``, appear
        whole or not at all.
    only : iterable of str
        Keep the articles of these outlets, if any is given.

    Returns
    -------
    Written
        What the files hold.

    Raises
    ------
    InputError, UsageError
        As `framing.read`; if `target` cannot be written; if there is no outlet of a name in `only`.
    """
    from tqdm import tqdm

    paths = [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)
    file, wanted = storage.place(target), frozenset(only)
    hidden = None if progress else True
    with _scratch(file) as folder, Repeated(folder) as repeated:
        spool = _Spool(folder / "articles.parquet")
        rejects: list[Reject] = []
        seen: Counter[str] = Counter()
        items = stream(paths, outlet=outlet, columns=columns, encoding=encoding, on_columns=on_columns)
        with spool:
            for item in tqdm(items, desc="reading", unit=" articles", disable=hidden):
                if isinstance(item, Reject):
                    rejects.append(item)
                    continue
                seen[item.outlet] += 1
                if wanted and item.outlet not in wanted:
                    continue
                spool.add(item, b"" if keep_repeated else repeated.add(item.outlet, item.text).tobytes())
        if not seen:
            raise nothing_read(paths, rejects)
        check_outlets(wanted, seen)
        kept = [column for column in COLUMNS if column not in OPTIONAL_FIELDS or column in spool.filled]
        changed = written_whole(
            file, lambda part: _write(part, spool, kept, None if keep_repeated else repeated, hidden)
        )
    table = reject_table(rejects)
    written_whole(rejects_path(file), lambda part: table.to_csv(part, index=False))
    outlets = {name: n for name, n in seen.most_common() if not wanted or name in wanted}
    return Written(spool.articles, outlets, spool.dated, changed, table)


def _write(part: Path, spool: _Spool, columns: list[str], repeated: Repeated | None, hidden: bool | None) -> int:
    """Write the corpus table; returns the number of articles that are changed by it."""
    from tqdm import tqdm

    writer: pq.ParquetWriter | None = None
    changed = 0
    with tqdm(total=spool.articles, desc="writing", unit=" articles", disable=hidden, delay=0.5) as bar:
        for table, runs in spool.tables():
            if repeated:
                table, moved = move_from(table, repeated, [np.frombuffer(each, np.uint64) for each in runs])
                changed += moved
            rows = pa.Table.from_pandas(typed(table[columns]), preserve_index=False)
            writer = writer or pq.ParquetWriter(part, rows.schema)
            writer.write_table(rows)
            bar.update(len(table))
    if writer:
        writer.close()
    return changed


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder beside the target, removed at the end; where it cannot be written, the error names the target."""
    parent = None if storage.is_remote(target) else target.parent
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name[:100]}.", dir=parent) as name:
            yield Path(name)
    except OSError as error:
        if parent and error.filename and parent.resolve() not in Path(error.filename).resolve().parents:
            raise  # a source
        raise InputError(f"cannot be written: {error.strerror or error}", file=str(target)) from None


class _Spool:
    """Articles on disk, in the order in which they came, each with some bytes.

    Attributes
    ----------
    articles, dated
        How many there are, and have a date.
    filled
        Optional columns that at least one of them has.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.articles = self.dated = 0
        self.filled: set[str] = set()
        self._held: list[tuple[Article, bytes]] = []
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *error: object) -> None:
        self._put_away()
        if self._writer:
            self._writer.close()

    def add(self, article: Article, beside: bytes) -> None:
        self.articles += 1
        self.dated += article.published is not None
        self.filled.update(name for name in OPTIONAL_FIELDS if getattr(article, name))
        self._held.append((article, beside))
        if len(self._held) == GROUP:
            self._put_away()

    def _put_away(self) -> None:
        if not self._held:
            return
        articles, beside = zip(*self._held, strict=True)
        rows = pa.Table.from_pandas(article_table(articles, COLUMNS), preserve_index=False)
        rows = rows.append_column(_BESIDE, pa.array(beside, pa.large_binary()))
        self._writer = self._writer or pq.ParquetWriter(self.file, rows.schema)
        self._writer.write_table(rows)
        self._held = []

    def tables(self) -> Iterator[tuple[pd.DataFrame, list[bytes]]]:
        """A thousand articles at a time, and the bytes of each."""
        if not self.articles:
            return
        with storage.parquet(self.file) as file:
            for batch in file.iter_batches(GROUP, use_threads=False):
                rows = pa.Table.from_batches([batch])
                yield typed(rows.drop_columns([_BESIDE]).to_pandas()), rows[_BESIDE].to_pylist()
