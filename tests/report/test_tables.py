"""Tables as CSV, Parquet and LaTeX."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.report.tables import FORMULA_START, escape_latex, export_table, to_csv, to_latex


@pytest.mark.parametrize("start", FORMULA_START)
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(start: str) -> None:
    table = pd.DataFrame({"term": [f"{start}1+1", "Regime"], f"{start}x": [-1.5, 2.0]})
    rows = list(csv.reader(io.StringIO(to_csv(table), newline="")))
    assert rows[0] == ["term", f"'{start}x"]
    assert rows[1] == [f"'{start}1+1", "-1.5"]
    assert rows[2] == ["Regime", "2.0"]


def test_categories_and_objects_are_as_safe_as_strings() -> None:
    table = pd.DataFrame({"a": pd.Categorical(["=x"]), "b": pd.Series(["@y"], dtype=object), "c": ["-z"]})
    assert to_csv(table).splitlines()[1] == "'=x,'@y,'-z"


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({"x": [text], "y": [1]})), newline="")))
    assert not rows[1][0].startswith(FORMULA_START)


def test_export_writes_three_files_that_say_the_same(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"outlet": ["Süd", "=Nord"], "value": [0.5, np.nan], "day": pd.to_datetime(["2025-01-02", None])}
    )
    files = export_table(table, tmp_path / "sub" / "a.b")
    assert [file.name for file in files] == ["a.b.csv", "a.b.parquet", "a.b.tex"]
    assert files[0].read_text("utf-8").splitlines() == ["outlet,value,day", "Süd,0.5,2025-01-02", "'=Nord,,"]
    pd.testing.assert_frame_equal(pd.read_parquet(files[1]), table)
    assert "=Nord & -- & --" in files[2].read_text("utf-8")
    assert sorted(file.name for file in (tmp_path / "sub").iterdir()) == ["a.b.csv", "a.b.parquet", "a.b.tex"]


def test_latex_escapes_every_command_character() -> None:
    assert escape_latex("\\a{b}_c^d~#$%&") == (r"\textbackslash{}a\{b\}\_c\textasciicircum{}d\textasciitilde{}\#\$\%\&")
    table = to_latex(pd.DataFrame({"a_b": ["50 %\nneu"]}), caption="Q & A")
    assert r"a\_b \\" in table
    assert r"50 \% neu \\" in table
    assert r"\caption{Q \& A}" in table
