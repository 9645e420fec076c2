"""Parquet: one article a row."""

from __future__ import annotations

from collections.abc import Iterator

from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

_ROWS_AT_ONCE = 1_000


def is_parquet(source: Source) -> bool:
    """Whether the file begins as Parquet files do."""
    return source.head.startswith(b"PAR1")


def read_parquet(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a row, a thousand rows in memory at a time.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    from pyarrow.lib import ArrowException
    from pyarrow.parquet import ParquetFile

    row = 0
    try:
        with source.open() as handle:
            for batch in ParquetFile(handle).iter_batches(_ROWS_AT_ONCE):  # type: ignore[no-untyped-call]
                for fields in batch.to_pylist():
                    row += 1
                    yield Record(f"row {row}", fields)
    except ArrowException as error:
        yield Reject(source.label, f"row {row + 1}", f"damaged Parquet from here on: {error}")
