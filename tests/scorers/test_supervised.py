from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.scorers import SupervisedSentiment
from framing.scorers.training import _platt, _report, _two_sided, code_labels, train
from framing.scorers.word_features import counted, text_features, token_features, word_parts

GOOD = ["Ein schöner Erfolg für die Stadt.", "Die Rettung gelingt nach Stunden.", "Der Verein feiert den klaren Sieg.",
        "Die Einigung freut beide Seiten.", "Das Fest war fröhlich und friedlich."]  # fmt: skip
BAD = ["Ein schwerer Unfall auf der Straße.", "Der Anschlag tötet viele Menschen.", "Der Streit in der Koalition eskaliert.",
       "Die Firma ist pleite und entlässt alle.", "Das Fest war nicht fröhlich."]  # fmt: skip
TEXTS = (GOOD + BAD) * 4
LABELS = (["positive"] * 5 + ["negative"] * 5) * 4


@pytest.fixture(scope="module")
def model() -> SupervisedSentiment:
    return SupervisedSentiment(C=1.0).fit(TEXTS, LABELS)


def test_it_learns_the_two_sides(model: SupervisedSentiment) -> None:
    values = model.transform(["Die Rettung ist ein Erfolg.", "Der Unfall tötet Menschen."])[:, 0]
    assert values[0] > 0 > values[1]
    assert np.isnan(model.transform(["", "..."])[:, 0]).all()


def test_the_score_is_recomputed_from_the_hits(model: SupervisedSentiment) -> None:
    texts = [*GOOD, *BAD, "Nicht jeder Erfolg ist eine Rettung, sagte der Chef. „Ein Unfall“, meinte er."]
    d = Documents(texts)
    hits = model.hits(d)
    segment = d.tokens.segment[hits.first]
    scores = model.transform(texts)
    intercept = model._get().intercept
    for k in range(len(texts)):
        own = hits.value[segment == k]
        # tanh(z / 2) is 2 / (1 + exp(-z)) - 1
        z = intercept + own.sum() / np.sqrt(len(own))
        assert scores[k, 0] == pytest.approx(2 / (1 + np.exp(-z)) - 1)


def test_contributions_are_features_times_weights(model: SupervisedSentiment) -> None:
    d = Documents(["Das Fest war nicht fröhlich, die Rettung gelingt.", "Unbekanntes Quarkgebäck."])
    trained = model._get()
    index = {name: i for i, name in enumerate(trained.names)}
    features = token_features(d, index).features
    expected = features @ np.array([trained.weights[n] for n in trained.names])
    np.testing.assert_allclose(model.hits(d).value, expected, atol=1e-12)


def test_the_pipeline_gives_the_same_odds(model: SupervisedSentiment) -> None:
    texts = [GOOD[0], BAD[1]]
    d = Documents(texts)
    trained = model._get()
    tokens = token_features(d, {name: i for i, name in enumerate(trained.names)})
    rows = text_features(tokens, d.tokens.segment[tokens.at], 2)
    slope, shift = trained.calibration
    p = 1 / (1 + np.exp(-(slope * trained.pipeline.decision_function(rows) + shift)))
    np.testing.assert_allclose(model.transform(texts)[:, 0], 2 * p - 1)


def test_three_levels_put_neutral_between() -> None:
    neutral = ["Der Rat tagt am Montag.", "Die Sitzung beginnt um neun.", "Der Zug fährt nach Bonn."]
    texts = (GOOD[:3] + BAD[:3] + neutral) * 4
    labels = ([1] * 3 + [-1] * 3 + [0] * 3) * 4
    model = SupervisedSentiment(C=1.0).fit(texts, labels)
    good, bad, middle = model.transform([GOOD[0], BAD[1], neutral[0]])[:, 0]
    assert good > middle > bad
    assert abs(middle) < 0.3
    assert model.report_["levels"] == {"negative": 12, "neutral": 12, "positive": 12}


def test_a_model_is_saved_and_read_without_pickle(model: SupervisedSentiment, tmp_path: Path) -> None:
    path = model.save(tmp_path / "model.skops")
    assert [p.name for p in tmp_path.iterdir()] == ["model.skops"]
    with zipfile.ZipFile(path) as archive:
        assert not [n for n in archive.namelist() if n.endswith((".pkl", ".pickle"))]
    again = SupervisedSentiment(str(path))
    np.testing.assert_array_equal(again.transform(TEXTS), model.transform(TEXTS))
    assert again.report_ == model.report_
    assert again.features_.equals(model.features_)


def test_a_file_with_other_types_is_not_read(tmp_path: Path) -> None:
    from skops import io

    path = tmp_path / "foreign.skops"
    io.dump({"format": 1, "pipeline": Path("x")}, path)
    with pytest.raises(InputError, match=r"foreign.skops: holds types that are not trusted: .*Path"):
        SupervisedSentiment(str(path)).fit(TEXTS)
    io.dump({"format": 99}, path)
    with pytest.raises(InputError, match="no model of this version"):
        SupervisedSentiment(str(path)).fit(TEXTS)
    path.write_bytes(b"no zip")
    with pytest.raises(InputError, match="no model: "):
        SupervisedSentiment(str(path)).fit(TEXTS)
    with pytest.raises(InputError, match="no such model"):
        SupervisedSentiment(str(tmp_path / "none.skops")).fit(TEXTS)


def test_without_a_model_it_says_how_to_get_one() -> None:
    with pytest.raises(NotFittedError, match="framing train-sentiment"):
        SupervisedSentiment().hits(Documents(["Erfolg."]))
    with pytest.raises(UsageError, match="has no model"):
        SupervisedSentiment().fit(TEXTS)


def test_the_most_telling_features_are_shown(model: SupervisedSentiment) -> None:
    table = model.features_
    assert table.columns.tolist() == ["feature", "weight", "influence"]
    assert table["influence"].is_monotonic_increasing
    assert table["feature"].iloc[0].startswith("lexicon:") and "negative" in table["feature"].iloc[0]


def test_groups_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [k % 10 for k in range(len(TEXTS))]
    model = SupervisedSentiment(C=1.0).fit(TEXTS, LABELS, groups)
    assert model.report_["grouped"]
    # every text stands four times in the sample: only grouped folds keep its doubles out of the training
    assert model.report_["auc"] < SupervisedSentiment(C=1.0).fit(TEXTS, LABELS).report_["auc"]
    with pytest.raises(InputError, match="2 groups for 5 folds"):
        SupervisedSentiment().fit(TEXTS, LABELS, [k % 2 for k in range(len(TEXTS))])


def test_labels() -> None:
    assert code_labels(["negative", "Positiv", "other", -1, 1.0, "0"]).tolist() == [-1, 1, 0, -1, 1, 0]
    with pytest.raises(InputError, match=r"text 2: label 'gut'; use negative"):
        code_labels(["negative", "gut"])
    with pytest.raises(InputError, match="all texts have the same label"):
        code_labels([1, 1])
    with pytest.raises(InputError, match="only 1 texts are negative; code at least 5"):
        code_labels([-1, 1, 1, 1, 1, 1], at_least=5)
    with pytest.raises(UsageError, match="2 texts, 1 labels"):
        train(["a", "b"], np.arange(2, dtype=np.int32), 2, [1], None, C=1, min_texts=1, folds=2, seed=0)


def test_a_level_between_counts_half_for_both_sides() -> None:
    rows, label, weight = _two_sided(np.array([[1.0], [2.0], [3.0]]), np.array([0.0, 0.5, 1.0]))
    assert rows.ravel().tolist() == [1, 2, 3, 2]
    assert label.tolist() == [0, 1, 1, 0]
    assert weight.tolist() == [1, 0.5, 1, 0.5]


def test_calibration_of_scores_that_are_log_odds_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(0, 2, 20_000)
    y = (rng.random(20_000) < 1 / (1 + np.exp(-z))).astype(float)
    slope, shift = _platt(z, y)
    assert slope == pytest.approx(1, abs=0.05)
    assert shift == pytest.approx(0, abs=0.05)


def test_figures_of_the_report_by_hand() -> None:
    p = np.array([0.05, 0.15, 0.95, 0.45])
    values = np.array([-1.0, -1.0, 1.0, 1.0])
    report = _report(p, values, (values + 1) / 2)
    assert report["accuracy"] == 0.75
    assert report["auc"] == 1.0
    # F1: negative 4/5 (2 right, 1 too many), positive 2/3
    assert report["macro_f1"] == pytest.approx((4 / 5 + 2 / 3) / 2)
    assert report["brier"] == pytest.approx((0.05**2 + 0.15**2 + 0.05**2 + 0.55**2) / 4)
    assert report["calibration_error"] == pytest.approx((0.05 + 0.15 + 0.05 + 0.55) / 4)


def test_every_feature_is_of_one_token() -> None:
    d = Documents(["Der Erfolg war nicht groß."])
    index: dict[str, int] = {}
    tokens = token_features(d, index, grow=True)
    names = list(index)
    rows = {d.surface(int(a), int(a) + 1): row for a, row in zip(counted(d), tokens.features.toarray(), strict=True)}
    assert {n for n, x in zip(names, rows["groß"], strict=True) if x and not n.startswith("part:")} >= {
        "word:groß", "not:groß", "pair:Erfolg groß",
    }  # fmt: skip
    assert rows["Erfolg"][names.index("lexicon:positive")] > 0
    assert word_parts("Uni") == ["<un", "uni", "ni>", "<uni", "uni>", "<uni>"]


def test_headlines(shared_data: Path) -> None:
    import pandas as pd

    frame = pd.read_csv(shared_data / "headlines" / "labelled.csv")
    frame = frame[frame["neg"] == frame["label_first"]].iloc[:800]
    labels = np.where(frame["neg"] == 1, "negative", "other").tolist()
    report = SupervisedSentiment().fit(frame["title"].tolist(), labels).report_
    # benchmarks/sentiment_methods.py measures all 3,555
    assert report["auc"] > 0.78
    assert report["calibration_error"] < 0.1
