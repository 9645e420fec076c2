from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from framing.cli import main
from framing.errors import InputError, UsageError
from framing.validation.sentiment import COLUMNS, _agreement, demo_coded, read_coded, sentiment_accuracy

CODED = "text,label\nEin großer Erfolg.,positive\nEin Skandal.,negative\nDer Rat tagt.,neutral\n"


def coded(times: int = 6) -> pd.DataFrame:
    texts = [
        "Ein großer Erfolg für alle.",
        "Die Rettung gelingt.",
        "Ein schlimmer Skandal.",
        "Der Anschlag tötet drei.",
    ]
    return pd.DataFrame({"text": texts * times, "label": ["positive", "positive", "negative", "negative"] * times})


def test_figures_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    truth, guess = rng.integers(0, 3, 200), rng.integers(0, 3, 200)
    scores = rng.normal(0, 1, 200).round(1)
    weight = rng.integers(0, 4, 200).astype(float)
    order = np.unique(scores, return_inverse=True)[1]
    found = _agreement(truth, guess, order, 3, weight)
    expected = (
        accuracy_score(truth, guess, sample_weight=weight),
        f1_score(truth, guess, average="macro", sample_weight=weight),
        roc_auc_score(truth > 0, scores, sample_weight=weight),
    )
    assert found == pytest.approx(expected)


def test_all_methods_side_by_side() -> None:
    table = sentiment_accuracy(coded(), n_resamples=100)
    assert table.columns.tolist() == COLUMNS
    assert table["method"].tolist() == ["lexicon", "textblob-de", "latent-semantic-scaling", "supervised"]
    by_method = table.set_index("method")
    assert by_method.loc["lexicon", "auc"] == 1.0
    assert by_method.loc["lexicon", "coverage"] == 1.0
    assert by_method.loc["textblob-de", "coverage"] < 1
    assert by_method.loc["supervised", "note"] == "5-fold cross-validation"
    found = table.dropna(subset="auc")
    for figure in ("accuracy", "macro_f1", "auc"):
        assert (found[f"{figure}_low"] <= found[figure]).all()
        assert (found[figure] <= found[f"{figure}_high"]).all()


def test_a_method_that_cannot_be_used_says_why() -> None:
    table = sentiment_accuracy(coded(1), n_resamples=20).set_index("method")
    assert table.loc["supervised", "note"] == "left out: only 2 texts are negative"
    assert np.isnan(table.loc["supervised", "auc"])
    assert table.loc["latent-semantic-scaling", "note"].startswith("left out: ")


def test_groups_are_resampled_whole() -> None:
    table = coded()
    table["group"] = ["a", "a", "b", "b"] * 6
    alone = sentiment_accuracy(coded(), methods=["textblob-de"], n_resamples=200)
    together = sentiment_accuracy(table, methods=["textblob-de"], n_resamples=200)
    # two groups are drawn: either both, or one twice
    width = [float(t["accuracy_high"].iloc[0] - t["accuracy_low"].iloc[0]) for t in (alone, together)]
    assert width[1] > width[0]


def test_demo_sentences_have_one_stance_each() -> None:
    table = demo_coded()
    assert len(table) > 200
    assert set(table["label"]) == {"-1", "0", "1"}
    assert table["group"].nunique() == 12
    assert not table["text"].duplicated().any()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("words,label\nx,1\n", r"c.csv: no column 'text' among words, label; name the columns"),
        ("text,label\nx,gut\ny,1\n", r"c.csv, text 1: label 'gut'; use negative"),
        ("text,label\nx,1\n,1\n", r"c.csv, record 2: no text; complete or remove"),
        ("text,label\nx,1\ny,1\n", r"c.csv: all texts have the same label"),
        ("", r"c.csv: the file is empty; give a CSV file with the columns text,label"),
    ],
)
def test_a_coded_file_that_cannot_be_used(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "c.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message):
        read_coded(path)
    with pytest.raises(InputError, match="no such file"):
        read_coded(tmp_path / "none.csv")


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, model = tmp_path / "coded.csv", tmp_path / "model.skops"
    coded().to_csv(path, index=False)
    assert main(["validate", "sentiment", "--data", str(path), "--sentiment", "lexicon", "--resamples", "20"]) == 0
    assert "lexicon 24     1.000" in capsys.readouterr().out
    assert main(["train-sentiment", str(path), "-o", str(model)]) == 0
    out = capsys.readouterr().out
    assert "24 texts (12 negative, 12 positive), 5-fold cross-validation, no groups given" in out
    assert "AUC 1.000" in out
    assert model.is_file()
    assert main(["train-sentiment", str(path), "-o", str(tmp_path / "model.pkl")]) == 2
    assert "end it in .skops" in capsys.readouterr().err


def test_a_coded_file_may_come_from_a_german_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes("text;label\nGroße Lüge.;negative\nEin Erfolg.;positive\n".encode("cp1252"))
    assert read_coded(path)["text"].tolist() == ["Große Lüge.", "Ein Erfolg."]


def test_one_method_that_does_not_exist_is_an_error() -> None:
    coded = pd.DataFrame({"text": ["Ein Erfolg.", "Ein Skandal."], "label": ["positive", "negative"]})
    with pytest.raises(UsageError, match="no sentiment method 'nix'"):
        sentiment_accuracy(coded, methods=["nix"], n_resamples=10)
