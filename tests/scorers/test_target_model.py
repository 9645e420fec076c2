from __future__ import annotations

import importlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError
from sklearn.metrics import brier_score_loss, f1_score

from framing.cli import main
from framing.errors import InputError, UsageError
from framing.scorers.embedding_target import EmbeddingTarget
from framing.scorers.target_model import LABELS, MODEL, TargetModel, load_target_model
from framing.toward import sentiment_toward_many, span_features
from framing.validation.actors import actors_accuracy, demo_targets, read_coded
from framing.validation.calibration import brier_score, expected_calibration_error, macro_f1

ROOT = Path(__file__).resolve().parents[2]


def gerntsa(folder: Path) -> pd.DataFrame:
    """Targets of the development part of GerNTSA."""
    records = json.loads((folder / "target-sentiment" / "gerntsa_dev.json").read_text("utf-8"))
    return pd.DataFrame(
        [
            (r["opinion_snippet"], r["target_anchor"]["from"], r["target_anchor"]["to"], r["sentiment"]["polarity"])
            for r in records
        ],
        columns=["text", "start", "end", "label"],
    )


def test_probabilities_by_hand() -> None:
    model = TargetModel(
        ["a"],
        np.array([1.0]),
        np.array([2.0]),
        np.array([[-1.0, 0.0, 1.0]]),
        np.zeros(3),
        np.array([0.2, 0.6, 0.2]),
        1.0,
    )
    # (3 - 1) / 2 = 1: exp(-1), exp(0), exp(1) over their sum
    expected = np.exp([-1, 0, 1]) / np.exp([-1, 0, 1]).sum()
    p = model.probabilities(np.array([[3.0], [1.0]]))
    np.testing.assert_allclose(p[0], expected)
    np.testing.assert_allclose(p[1], [1 / 3] * 3)
    # thirds over priors .2, .6, .2: the first of the rare classes
    assert model.labels(p).tolist() == [2, 0]


def test_the_shipped_model_fits_the_features_and_holds_no_code() -> None:
    _, names = span_features([("Der Hund bellt.", 4, 8)])
    model = load_target_model()
    assert model.names == names
    assert model.weights.shape == (len(names), 3)
    with np.load(MODEL, allow_pickle=False) as file:
        assert all(file[key].dtype.kind in "fU" for key in file.files)
    assert model.prior.sum() == pytest.approx(1)


def test_a_saved_model_is_the_same(tmp_path: Path) -> None:
    model = load_target_model()
    model.save(tmp_path / "model.npz")
    again = load_target_model(tmp_path / "model.npz")
    assert again.names == model.names
    np.testing.assert_array_equal(again.weights, model.weights)
    assert again.shift == model.shift


@pytest.fixture(scope="module")
def coded(shared_data: Path) -> pd.DataFrame:
    """A third of the targets of GerNTSA, so that the tests are quick; the benchmark reads all."""
    return gerntsa(shared_data).iloc[::3].reset_index(drop=True)


def test_rules_on_hand_coded_news(coded: pd.DataFrame) -> None:
    # floor of the project: .43 over all targets, where the benchmark prints .49
    found = sentiment_toward_many(coded, "rules")
    assert macro_f1(coded["label"].to_numpy(), found["label"].to_numpy()) >= 0.43


def test_a_model_trained_by_the_script_of_the_project(coded: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    script = importlib.import_module("train_target_sentiment")
    x, names = span_features(coded)
    y = np.array([LABELS.index(label) for label in coded["label"]])
    groups = np.unique(coded["text"], return_inverse=True)[1]
    p, labels = script.cross_validate(x, y, names, groups, 5, 0)
    assert macro_f1(y, labels) >= 0.42
    assert expected_calibration_error(p, y) <= 0.08


def test_macro_f1_and_brier_score_agree_with_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    gold, found = rng.integers(0, 3, 200), rng.integers(0, 3, 200)
    assert macro_f1(gold, found) == pytest.approx(f1_score(gold, found, average="macro"))
    p = rng.uniform(size=200)
    both = np.column_stack([1 - p, p])
    binary = (gold > 0).astype(int)
    # of two classes our score sums both halves
    assert brier_score(both, binary) == pytest.approx(2 * brier_score_loss(binary, p))


def test_calibration_error_by_hand() -> None:
    # bin .6-.7: mean .65, both right: .35 x 2/3; bin .9-1: .9, wrong: .9 x 1/3
    p = np.array([[0.6, 0.4], [0.7 - 1e-9, 0.3], [0.1, 0.9]])
    assert expected_calibration_error(p, np.array([0, 0, 0])) == pytest.approx(0.35 * 2 / 3 + 0.9 / 3)


class Letters:
    """A toy encoder: exclamation marks and length."""

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.array([[t.count("!"), len(t)] for t in texts], float)


TEXTS = ["Toll, Anna!", "Ach, Anna.", "Bravo, Anna!", "Oje, Anna."] * 3
SPANS = [(6, 10), (5, 9), (7, 11), (5, 9)] * 3
CODES = ["positive", "negative"] * 6


def test_any_encoder_can_stand_behind_the_model() -> None:
    model = EmbeddingTarget(Letters()).fit(TEXTS, SPANS, CODES)
    assert model.predict(["Super, Anna!"], [(7, 11)]).tolist() == ["positive"]
    p = model.predict_proba(TEXTS, SPANS)
    assert p.shape == (12, 2)
    np.testing.assert_allclose(p.sum(axis=1), 1)
    assert EmbeddingTarget(Letters(), 0.5).get_params()["strength"] == 0.5


def test_an_encoder_that_does_not_fit_is_named() -> None:
    class Flat:
        def encode(self, texts: list[str]) -> list[float]:
            return [0.0] * len(texts)

    with pytest.raises(UsageError, match="one row per text"):
        EmbeddingTarget(Flat()).fit(TEXTS, SPANS, CODES)
    with pytest.raises(NotFittedError):
        EmbeddingTarget(Letters()).predict(TEXTS, SPANS)
    with pytest.raises(InputError, match="one label per text"):
        EmbeddingTarget(Letters()).fit(TEXTS, SPANS, CODES[1:])
    with pytest.raises(InputError, match="one span per text"):
        EmbeddingTarget(Letters()).fit(TEXTS, SPANS[1:], CODES)
    with pytest.raises(InputError, match="row 2"):
        EmbeddingTarget(Letters()).fit(TEXTS[:2], [(0, 1), (3, 99)], CODES[:2])


def test_validation_shows_both_methods_beside_the_majority() -> None:
    table = actors_accuracy().set_index("method")
    assert table.index.tolist() == ["majority", "model", "rules"]
    assert (table["n"] == len(demo_targets())).all()
    for measure in ("accuracy", "macro_f1"):
        assert (table[measure + "_low"] <= table[measure]).all()
        assert (table[measure] <= table[measure + "_high"]).all()
        assert table.loc["rules", measure] > table.loc["majority", measure]
    # majority: one class of three with F1 2p / (1 + p)
    share = table.loc["majority", "accuracy"]
    assert table.loc["majority", "macro_f1"] == pytest.approx(2 * share / (1 + share) / 3)


def test_coded_targets_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "coded.csv"
    file.write_text(
        "text,start,end,label\nDer korrupte Minister ging.,13,21,negative\nDie mutige Retterin kam.,11,19,positive\n"
        "Der Zug fuhr.,4,7,neutral\n", "utf-8",
    )  # fmt: skip
    assert read_coded(file)["label"].tolist() == ["negative", "positive", "neutral"]
    assert main(["validate", "actors", "--data", str(file), "--json"]) == 0
    rows = {row["method"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows["rules"]["n"], rows["rules"]["accuracy"], rows["rules"]["macro_f1"]) == (3, 1.0, 1.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,start\nx,0\n", "no rows with text, start, end and label"),
        ("text,start,end,label\nEs regnet.,a,2,neutral\n", "row 1: start or end is no whole number"),
        ("text,start,end,label\nEs regnet.,0,99,neutral\n", "row 1: span 0:99 holds no word"),
        ("text,start,end,label\nEs regnet.,0,2,good\n", "row 1: label 'good'; one of negative, neutral, positive"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "coded.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_coded(file)
    assert "coded.csv" in str(error.value)
    with pytest.raises(InputError, match="no such file"):
        read_coded(tmp_path / "none.csv")


def test_labels_are_in_the_order_of_their_value() -> None:
    assert LABELS == ("negative", "neutral", "positive")
