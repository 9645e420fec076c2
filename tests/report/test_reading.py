"""What a report reads of scores on disk is what it would read of them in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing.errors import InputError
from framing.report.reading import LOADED, SENTIMENT, of_actors
from framing.scores import Scores

Make = Callable[..., Any]


def test_some_rows_of_a_table_are_the_same_from_disk(make_scores: Make, tmp_path: Path) -> None:
    whole = Scores(**vars(make_scores()))
    whole.save(tmp_path)
    for columns, wanted in (
        (SENTIMENT, ["sentiment"]),
        (LOADED, ["loaded_terms"]),
        (None, ["actors", "x"]),
        (None, []),
    ):
        kept = Scores.load(tmp_path).select("hits", columns, scorer=wanted)
        pd.testing.assert_frame_equal(kept, whole.select("hits", columns, scorer=wanted), check_dtype=False)
        assert set(kept["scorer"]) <= set(wanted)
    pd.testing.assert_frame_equal(Scores.load(tmp_path).select("quotes"), Scores.load(tmp_path).quotes)
    assert set(of_actors(Scores.load(tmp_path), ["Kim"]).actors["actor"]) == {"Kim"}


def test_a_damaged_table_is_one_clear_error(make_scores: Make, tmp_path: Path) -> None:
    Scores(**vars(make_scores())).save(tmp_path)
    scores = Scores.load(tmp_path)
    (tmp_path / "hits.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(InputError, match=r"hits\.parquet: damaged table"):
        scores.select("hits", scorer=["sentiment"])
