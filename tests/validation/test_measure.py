from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing import Scores, score
from framing.demo import demo_corpus
from framing.errors import InputError
from framing.validation.correction import prediction_powered_mean, rogan_gladen
from framing.validation.measure import ALL, COLUMNS, majority, undecided, validate_measure
from framing.validation.sampling import sample


def test_prediction_powered_mean_by_hand() -> None:
    predicted = np.array([1.0, 1.0, 0.0, 0.0, 1.0, 1.0])
    coded, codes = np.array([1.0, 1.0, 0.0, 0.0]), np.array([1.0, 0.0, 0.0, 0.0])
    estimate, low, high = prediction_powered_mean(predicted, coded, codes)
    # 4/6 - 1/4; variance: var(f)/6 + var(f - y)/4 = (8/30)/6... both with n - 1
    assert estimate == pytest.approx(4 / 6 - 1 / 4)
    variance = np.var(predicted, ddof=1) / 6 + np.var(coded - codes, ddof=1) / 4
    assert high - estimate == pytest.approx(1.959964 * np.sqrt(variance))
    assert estimate - low == pytest.approx(high - estimate)


def test_equal_weights_are_no_weights() -> None:
    rng = np.random.default_rng(0)
    f, y = rng.integers(0, 2, 50).astype(float), rng.integers(0, 2, 50).astype(float)
    every = rng.integers(0, 2, 400).astype(float)
    assert prediction_powered_mean(every, f, y) == pytest.approx(prediction_powered_mean(every, f, y, np.full(50, 3.0)))
    assert rogan_gladen(every, f, y * f, None) == pytest.approx(rogan_gladen(every, f, y * f, np.full(50, 3.0)))


def test_rogan_gladen_by_hand() -> None:
    # sens .8, spec .9, apparent share .3: (.3 + .9 - 1) / (.8 + .9 - 1) = .2857
    found = np.repeat([1.0, 0.0], [300, 700])
    coded = np.repeat([1.0, 0.0, 1.0, 0.0], [80, 20, 10, 90])
    codes = np.repeat([1.0, 1.0, 0.0, 0.0], [80, 20, 10, 90])
    estimate, low, high = rogan_gladen(found, coded, codes)
    assert estimate == pytest.approx(0.2 / 0.7)
    assert 0 < low < estimate < high < 1


def test_no_better_than_chance_is_nan() -> None:
    coded, codes = np.array([1.0, 0.0, 1.0, 0.0]), np.array([1.0, 1.0, 0.0, 0.0])
    assert np.isnan(rogan_gladen(np.array([1.0, 0.0]), coded, codes)[0])
    assert np.isnan(rogan_gladen(np.array([1.0]), np.ones(3), np.ones(3))[0])
    assert np.isnan(prediction_powered_mean(np.array([1.0]), np.array([1.0]), np.array([1.0]))[0])


@pytest.mark.parametrize("method", ["prediction-powered", "Rogan-Gladen"])
def test_the_intervals_cover(method: str) -> None:
    """A measure with sens .75 and spec .85; the truth is .3; 400 samples of 150 coded of 3,000."""
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(400):
        truth = (rng.random(3000) < 0.3).astype(float)
        measure = np.where(truth == 1, rng.random(3000) < 0.75, rng.random(3000) < 0.15).astype(float)
        at = rng.choice(3000, 150, replace=False)
        correct = prediction_powered_mean if method == "prediction-powered" else rogan_gladen
        _, low, high = correct(measure, measure[at], truth[at])
        covered += low <= 0.3 <= high
    assert 0.92 <= covered / 400 <= 0.985


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(demo_corpus(), progress=False)


@pytest.fixture(scope="module")
def key(scores: Scores) -> pd.DataFrame:
    return sample(scores, "loaded_terms", 240, seed=4)[1]


def test_a_perfect_measure_has_nothing_against_it(scores: Scores, key: pd.DataFrame) -> None:
    found = validate_measure(scores, key, key.set_index("unit")["score"], "loaded_terms")
    assert found.table.columns.tolist() == list(COLUMNS)
    assert found.table["outlet"].tolist()[0] == ALL
    assert len(found.table) == 5
    assert (found.table[["precision", "recall", "f1"]] == 1).all(axis=None)
    np.testing.assert_allclose(found.table["raw_mean"], found.table["corrected_mean"])
    assert found.verdicts == ()
    assert np.trace(found.confusion) == found.confusion.to_numpy().sum()


def test_a_measure_that_errs_in_one_outlet_is_named(scores: Scores, key: pd.DataFrame) -> None:
    codes = key.set_index("unit")["score"].copy()
    outlet = key.set_index("unit")["outlet"]
    codes[(outlet == "Gegenlicht")] = 0.0  # here it finds what coders do not
    found = validate_measure(scores, key, codes, "loaded_terms")
    text = " ".join(found.verdicts)
    assert "Do not compare raw means" in text
    assert "Do not use loaded_terms for Gegenlicht" in text
    row = found.table.set_index("outlet").loc["Gegenlicht"]
    assert row["precision"] == 0
    assert row["bias"] > 0


def test_a_measure_of_noise_must_not_be_used(scores: Scores, key: pd.DataFrame) -> None:
    rng = np.random.default_rng(0)
    codes = pd.Series(rng.integers(0, 2, len(key)).astype(float), index=key["unit"])
    found = validate_measure(scores, key, codes, "loaded_terms")
    assert found.verdicts[0].startswith("Do not use loaded_terms on this corpus")


def test_few_units_allow_no_verdict(scores: Scores, key: pd.DataFrame) -> None:
    few = key.head(5)
    found = validate_measure(scores, few, few.set_index("unit")["score"], "loaded_terms")
    assert found.verdicts == ("Only 5 units are coded: nothing can be said of loaded_terms; code at least 20.",)
    with pytest.raises(InputError, match="no unit of the key is coded"):
        validate_measure(scores, few, pd.Series(dtype=float), "loaded_terms")


def test_sentiment_is_corrected_by_the_coding(scores: Scores) -> None:
    _, key = sample(scores, "sentiment", 48)
    codes = pd.Series(np.sign(key["score"].fillna(0)).to_numpy(), index=key["unit"])
    found = validate_measure(scores, key, codes, "sentiment")
    assert (found.table["method"] == "prediction-powered mean").all()
    whole = found.table.iloc[0]
    # everything is coded, so the corrected mean is the mean of the codes
    assert whole["corrected_mean"] == pytest.approx(codes.mean())
    assert whole["spearman"] > 0.8


def test_the_majority_of_coders() -> None:
    codings = pd.DataFrame({"A": [1, 1, 0, np.nan], "B": [1, 0, 0, np.nan], "C": [0, np.nan, 0, np.nan]})
    assert majority(codings).fillna(9).tolist() == [1, 9, 0, 9]
    assert undecided(codings) == ["1"]
    assert undecided(codings.iloc[[3]]) == []
