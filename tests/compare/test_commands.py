"""The commands compare, models and power, over scores of the demo corpus."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from framing.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demo_corpus: Path) -> Path:
    """Scores of eight articles of each of two outlets."""
    place = tmp_path_factory.mktemp("commands")
    for outlet in ("Gegenlicht", "Depeschendienst Mitte"):
        (place / "articles" / outlet).mkdir(parents=True)
        for path in sorted((demo_corpus / outlet).glob("*.txt"))[:8]:
            shutil.copy(path, place / "articles" / outlet)
    assert main(["read", str(place / "articles"), "-o", str(place / "corpus.parquet")]) == 0
    assert main(["score", str(place / "corpus.parquet"), "-o", str(place / "scores")]) == 0
    return place


def test_compare_with_all_its_options(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    options = [
        "--measure",
        "loaded_terms per 1000 n_tokens",
        "--measure",
        "articles with scare_quotes",
        "--cluster",
        "day",
    ]
    more = ["--method", "bca", "--adjust", "by", "--family", "measure", "--resamples", "100", "--json"]
    assert main(["compare", str(folder / "scores"), *options, *more]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["measure"] for row in rows] == ["loaded_terms per 1000 n_tokens", "articles with scare_quotes"]
    assert rows[0]["rate_ratio"] < 1 and "BCa bootstrap over clusters by day" in rows[0]["method"]
    assert "Benjamini-Yekutieli over the family of 1 tests" in rows[0]["method"]
    pair = ["--pair", "Gegenlicht", "Depeschendienst Mitte", "--measure", "sentiment", "--resamples", "50"]
    assert main(["compare", str(folder / "scores"), *pair]) == 0
    assert "Gegenlicht" in capsys.readouterr().out
    assert main(["compare", str(folder / "scores"), "--method", "t"]) == 2
    assert "unknown method 't'" in capsys.readouterr().err


def test_power(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["power", str(folder / "scores"), "--measure", "sentiment", "--difference", "0.1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["n_a"] == 8 and 0 < row["power"] < 1 and row["needed_per_group"] > 8
    table = folder / "power.csv"
    assert main(["power", str(folder / "scores"), "--measure", "sentiment", "-o", str(table)]) == 0
    assert len(pd.read_csv(table)) == 1


def test_models_speak_german(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["models", str(folder / "scores"), "sentiment", "--language", "de"]) == 0
    out = capsys.readouterr().out
    assert "Bei gleichen Werten für Länge: „sentiment“" in out and "statsmodels" in out
    assert main(["models", str(folder / "scores"), "sentiment", "--json", "--no-length"]) == 0
    assert {row["quantity"] for row in json.loads(capsys.readouterr().out)} >= {"marginal mean", "contrast"}
    assert main(["models", str(folder / "scores"), "bias"]) == 2
    assert "no numeric measure 'bias'" in capsys.readouterr().err
