"""The commands for words, selection, map, classifier and reliability on the demo corpus."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest

from framing.cli import main
from framing.demo import demo_corpus
from framing.scoring import score


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return score(demo_corpus()).save(tmp_path_factory.mktemp("demo") / "scores")


def test_keyness(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stem = tmp_path / "key"
    table = tmp_path / "key.csv"
    options = ["--unit", "lemma", "--of", "author", "--resamples", "20", "-o", str(table), "--plot", str(stem)]
    assert main(["keyness", str(folder), "Gegenlicht", *options]) == 0
    assert f"terms in {table}" in capsys.readouterr().out
    assert {"percent_diff", "bic", "dp_norm_a"} <= set(pd.read_csv(table).columns)
    assert stem.with_suffix(".png").stat().st_size > 1000


def test_word_shift(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["word-shift", str(folder), "Gegenlicht"]) == 0
    assert "sum of all" in capsys.readouterr().out


def test_selection(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--left-out-by", "Gegenlicht", "--actors", "3", "-o", str(tmp_path / "s")]
    assert main(["selection", str(folder), *options]) == 0
    assert "events_left_out" in capsys.readouterr().out
    assert len(pd.read_csv(tmp_path / "s" / "actor_coverage.csv")) == 12
    assert (tmp_path / "s" / "actor_coverage_4.png").exists()


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["outlets-apart"], {"accuracy", "confusion", "words", "leaks"}),
        (["outlet-map", "--least", "3", "--resamples", "20"], {"outlets", "terms", "inertia"}),
    ],
)
def test_map_and_classifier(
    folder: Path, tmp_path: Path, command: list[str], keys: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options = command
    stem = tmp_path / "picture"
    assert main([name, str(folder), *options, "--plot", str(stem), "--json"]) == 0
    assert keys <= set(json.loads(capsys.readouterr().out))
    assert stem.with_suffix(".pdf").exists()


def test_reliability(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reliability", str(folder), "--measure", "sentiment", "--cluster", "event", "--splits", "20"]) == 0
    assert "clusters by event" in capsys.readouterr().out
