"""The commands compare, over-time, models and power, over scores of the demo corpus."""

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


def test_figures_of_compare_and_models(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stem, options = tmp_path / "figure", ["--resamples", "50", "--language", "de"]
    assert main(["compare", str(folder / "scores"), "--measure", "sentiment", *options, "--plot", str(stem)]) == 0
    two = ["--measure", "sentiment", "--measure", "loaded_per_1000"]
    assert main(["compare", str(folder / "scores"), *two, *options, "--plot", str(stem)]) == 0
    assert main(["models", str(folder / "scores"), "sentiment", "--plot", str(tmp_path / "model")]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    stems = ("figure", "figure_1", "figure_2", "model", "model_contrasts")
    assert names == {f"{stem}.{suffix}" for stem in stems for suffix in ("png", "pdf", "svg")}
    each = ["--by", "article_id", "--measure", "sentiment", "--resamples", "5", "--plot", str(stem)]
    assert main(["compare", str(folder / "scores"), *each]) == 2
    assert "too many for a figure; give --reference" in capsys.readouterr().err


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


def test_compare_over_corrected_events_and_with_copies_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores, events = folder / "scores", tmp_path / "events.csv"
    assert main(["same-event", str(scores), "-o", str(events)]) == 0
    assert f"framing compare DIR --events {events} --test sign_flip" in capsys.readouterr().out
    table = pd.read_csv(events, dtype="str")
    # a person puts two articles of different outlets together that the clusters held apart, and sets all else apart
    table["event"] = [f"x{i}" for i in range(len(table))]
    for outlet in table["outlet"].unique():
        table.loc[table.index[table["outlet"] == outlet][:5], "event"] = ["p", "q", "r", "s", "t"]
    table.to_csv(events, index=False, sep=";", encoding="cp1252")
    options = ["--measure", "sentiment", "--resamples", "50", "--json"]
    assert main(["compare", str(scores), *options, "--events", str(events), "--test", "sign_flip"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["units_a"], row["units_b"]) == (5, 5)
    assert main(["compare", str(scores), *options, "--events", str(tmp_path / "none.csv")]) == 2
    assert "none.csv: no such file" in capsys.readouterr().err
    assert main(["compare", str(scores), *options, "--test", "sign_flip"]) == 2
    assert "framing same-event DIR -o events.csv" in capsys.readouterr().err


def test_near_duplicates_count_once_where_asked(
    demo_corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for outlet in ("Gegenlicht", "Depeschendienst Mitte"):
        (tmp_path / "articles" / outlet).mkdir(parents=True)
        for path in sorted((demo_corpus / outlet).glob("*.txt"))[:3]:
            shutil.copy(path, tmp_path / "articles" / outlet)
    copied = sorted((demo_corpus / "Gegenlicht").glob("*.txt"))[0]
    shutil.copy(copied, tmp_path / "articles" / "Depeschendienst Mitte" / "copied.txt")
    assert main(["read", str(tmp_path / "articles"), "-o", str(tmp_path / "c.parquet")]) == 0
    assert main(["score", str(tmp_path / "c.parquet"), "-o", str(tmp_path / "scores")]) == 0
    capsys.readouterr()
    counts = []
    for more in ([], ["--once"]):
        assert (
            main(
                ["compare", str(tmp_path / "scores"), "--measure", "quoted_share", "--json", "--resamples", "20", *more]
            )
            == 0
        )
        (row,) = json.loads(capsys.readouterr().out)
        counts.append((row["n_a"], row["n_b"]))
    assert counts in ([(4, 3), (3, 3)], [(4, 3), (4, 2)])


def test_over_time_with_change_points_and_an_event(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    out = tmp_path / "out"
    options = ["--measure", "sentiment", "--measure", "loaded_terms per 1000 n_tokens", "--freq", "month"]
    more = ["--date", "2025-04-01", "--resamples", "50", "--language", "de"]
    assert main(["over-time", str(folder / "scores"), *options, *more, "-o", str(out)]) == 0
    assert "changes with adjusted p below .05" in capsys.readouterr().out
    for name in ("over_time", "before_after", "change_points"):
        tables = [pd.read_csv(out / f"{name}.csv"), pd.read_parquet(out / f"{name}.parquet")]
        assert len(tables[0]) == len(tables[1]) and set(tables[0]["measure"]) == set(options[1:4:2])
        assert (out / f"{name}.tex").read_text("utf-8").startswith(r"\begin{tabular}")
    for suffix in ("png", "pdf", "svg"):
        assert (out / f"over_time_2.{suffix}").stat().st_size > 1000
        assert (out / f"before_after_1.{suffix}").stat().st_size > 1000
    assert main(["over-time", str(folder / "scores"), *options, *more, "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"over_time", "change_points", "before_after"}
    assert main(["over-time", str(folder / "scores"), "--measure", "sentiment", "--resamples", "20"]) == 0
    assert "estimate_before" in capsys.readouterr().out
    for wrong, message in (
        (["--measure", "bias"], "no numeric measure 'bias'"),
        (["--measure", "sentiment", "--window", "5"], "--window needs a date"),
        (["--measure", "sentiment", "--date", "gestern"], "'gestern' is no date"),
    ):
        assert main(["over-time", str(folder / "scores"), *wrong]) == 2
        assert message in capsys.readouterr().err
