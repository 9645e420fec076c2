"""Parquet: one article a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source
from framing.corpus.unpacking import HIGHEST_RATIO, allowed
from framing.storage import parquet

_ROWS_AT_ONCE = 100


def is_parquet(source: Source) -> bool:
    """Whether the file begins as Parquet files do."""
    return source.head.startswith(b"PAR1")


def read_parquet(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a row, a hundred rows in memory at a time.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    from pyarrow.lib import ArrowException

    row = 0
    try:
        with source.open() as handle:
            file = parquet(handle)
            if any(_is_bomb(file.metadata.row_group(n)) for n in range(file.metadata.num_row_groups)):
                yield Reject(source.label, "", f"shrunk more than {HIGHEST_RATIO}-fold, which text is not (a bomb?)")
                return
            for batch in file.iter_batches(_ROWS_AT_ONCE):
                for fields in batch.to_pylist():
                    row += 1
                    yield Record(f"row {row}", fields)
    except ArrowException as error:
        yield Reject(source.label, f"row {row + 1}", f"damaged Parquet from here on: {error}")


def _is_bomb(group: Any) -> bool:
    columns = [group.column(n) for n in range(group.num_columns)]
    packed = sum(column.total_compressed_size for column in columns)
    return bool(sum(column.total_uncompressed_size for column in columns) > allowed(packed))
