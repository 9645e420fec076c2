"""Files -> corpus on disk, without holding it in memory."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing import storage
from framing.article import OPTIONAL_FIELDS, Article
from framing.corpus.reading import PathLike, as_paths, nothing_read, stream
from framing.corpus.records import Reject, Taken
from framing.corpus.repeated import Repeated, move_from
from framing.corpus.selection import check_outlets
from framing.corpus.table import (
    COLUMNS,
    article_table,
    hidden_prefix,
    reject_table,
    rejects_path,
    typed,
    writing,
    written_whole,
)

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

    paths, file, wanted = as_paths(sources), storage.place(target), frozenset(only)
    hidden = None if progress else True
    with writing(file):
        beside = None if storage.is_remote(file) else file.parent
        scratch = tempfile.TemporaryDirectory(prefix=hidden_prefix(file), dir=beside)
    with scratch as name, nullcontext() if keep_repeated else Repeated(Path(name)) as repeated:
        rejects: list[Reject] = []
        seen: Counter[str] = Counter()
        items = stream(paths, outlet=outlet, columns=columns, encoding=encoding, on_columns=on_columns)
        with _Spool(Path(name, "articles.parquet")) as spool:
            for item in tqdm(items, desc="reading", unit=" articles", disable=hidden):
                if isinstance(item, Reject):
                    rejects.append(item)
                    continue
                seen[item.outlet] += 1
                if wanted and item.outlet not in wanted:
                    continue
                with writing(file):
                    spool.add(item, repeated.add(item.outlet, item.text).tobytes() if repeated else b"")
            with writing(file):
                spool.put_away()
        if not seen:
            raise nothing_read(paths, rejects)
        check_outlets(wanted, seen)
        kept = [column for column in COLUMNS if column not in OPTIONAL_FIELDS or column in spool.filled]
        changed = written_whole(file, lambda part: _write(part, spool, kept, repeated, hidden))
    table = reject_table(rejects)
    written_whole(rejects_path(file), lambda part: table.to_csv(part, index=False))
    outlets = {name: n for name, n in seen.most_common() if not wanted or name in wanted}
    return Written(spool.articles, outlets, spool.dated, changed, table)


def _write(part: Path, spool: _Spool, columns: list[str], repeated: Repeated | None, hidden: bool | None) -> int:
    """Write the corpus table; returns the number of articles that are changed by it."""
    from tqdm import tqdm

    changed = 0
    bar = tqdm(total=spool.articles, desc="writing", unit=" articles", disable=hidden, delay=0.5)
    with bar, pq.ParquetWriter(part, _schema(columns)) as writer:
        for table, runs in spool.tables():
            if repeated:
                table, moved = move_from(table, repeated, [np.frombuffer(each, np.uint64) for each in runs])
                changed += moved
            writer.write_table(pa.Table.from_pandas(typed(table[columns]), preserve_index=False))
            bar.update(len(table))
    return changed


def _schema(columns: Sequence[str]) -> pa.Schema:
    """How a corpus table with these columns is written."""
    return pa.Schema.from_pandas(article_table([], columns), preserve_index=False)


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
        self._writer = pq.ParquetWriter(file, _schema(COLUMNS).append(pa.field(_BESIDE, pa.large_binary())))

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *error: object) -> None:
        self._writer.close()

    def add(self, article: Article, beside: bytes) -> None:
        self.articles += 1
        self.dated += article.published is not None
        self.filled.update(name for name in OPTIONAL_FIELDS if getattr(article, name))
        self._held.append((article, beside))
        if len(self._held) == GROUP:
            self.put_away()

    def put_away(self) -> None:
        """Write what is held."""
        if not self._held:
            return
        articles, beside = zip(*self._held, strict=True)
        rows = pa.Table.from_pandas(article_table(articles, COLUMNS), preserve_index=False)
        rows = rows.append_column(_BESIDE, pa.array(beside, pa.large_binary()))
        self._writer.write_table(rows)
        self._held = []

    def tables(self) -> Iterator[tuple[pd.DataFrame, list[bytes]]]:
        """A thousand articles at a time, and the bytes of each."""
        with storage.parquet(self.file) as file:
            for batch in file.iter_batches(GROUP, use_threads=False):
                rows = pa.Table.from_batches([batch])
                yield typed(rows.drop_columns([_BESIDE]).to_pandas()), rows[_BESIDE].to_pylist()
