from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from framing.corpus.readers.parquet import read_parquet
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def test_rows_keep_their_types_over_batches(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pd.DataFrame({"id": range(2_500), "date": pd.Timestamp("2024-05-02"), "text": "Wort"}).to_parquet(file)
    records = list(read_parquet(Source(file), 1000))
    assert len(records) == 2_500
    assert records[-1] == Record("row 2500", {"id": 2499, "date": datetime(2024, 5, 2), "text": "Wort"})


def test_a_file_cut_in_half_is_a_reject(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pd.DataFrame({"text": ["Wort"] * 100}).to_parquet(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    (reject,) = read_parquet(Source(file), 1000)
    assert isinstance(reject, Reject)
    assert reject.reason.startswith("damaged Parquet from here on")
