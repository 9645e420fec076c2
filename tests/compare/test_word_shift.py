"""Word shift: parts by hand, and their sum."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.compare.word_shift import COLUMNS, contributions, word_shift
from framing.errors import UsageError

from .conftest import FakeScores


@pytest.mark.parametrize(("a", "b"), [("Blau", "Rot"), ("Rot", "Blau"), ("Grün", "rest")])
@pytest.mark.parametrize("reference_value", [None, 0.0, 0.4])
def test_parts_sum_to_the_difference(scores: FakeScores, a: str, b: str, reference_value: float | None) -> None:
    table = word_shift(scores, a, b, reference_value=reference_value)
    assert list(table.columns) == COLUMNS
    outlet = scores.articles.set_index("article_id")["outlet"].reindex(scores.hits["article_id"]).to_numpy()
    value = scores.hits["value"].to_numpy()
    mean_b = value[outlet != a].mean() if b == "rest" else value[outlet == b].mean()
    assert table["contribution"].sum() == pytest.approx(value[outlet == a].mean() - mean_b)
    assert (table["frequency_part"] + table["value_part"]).to_numpy() == pytest.approx(table["contribution"].to_numpy())
    assert table["contribution"].abs().is_monotonic_decreasing


def test_contribution_by_hand() -> None:
    # p 0.5 against 0.2, values 0.6 and 0.4, reference 0.1:
    # (0.5 - 0.2)(0.5 - 0.1) = 0.12 and (0.5 + 0.2)/2 * (0.6 - 0.4) = 0.07
    parts = contributions(np.array([0.5]), np.array([0.2]), np.array([0.6]), np.array([0.4]), 0.1)
    assert (parts[0][0], parts[1][0]) == pytest.approx((0.12, 0.07))


def shift(hits: list[tuple[str, str, float]]) -> pd.DataFrame:
    table = pd.DataFrame(hits, columns=["article_id", "term", "value"]).assign(scorer="sentiment")
    other = pd.DataFrame([("x", "loaded", 9.0, "loaded_terms")], columns=["article_id", "term", "value", "scorer"])
    articles = pd.DataFrame({"article_id": ["x", "y"], "outlet": ["A", "B"]})
    empty = pd.DataFrame()
    return word_shift(FakeScores(articles, pd.concat([table, other]), empty, empty), "A", "B").set_index("term")


def test_a_small_shift_by_hand() -> None:
    # A: gut, gut, schlecht: mean (0.8 + 0.8 - 0.4)/3 = 0.4. B: schlecht, schlecht: -0.4. Other scorers do not count.
    table = shift([("x", "gut", 0.8), ("x", "gut", 0.8), ("x", "schlecht", -0.4)] + [("y", "schlecht", -0.4)] * 2)
    # gut: (2/3)(0.8 + 0.4) = 0.8; schlecht: (1/3 - 1)(-0.4 + 0.4) = 0.
    assert table["contribution"].to_dict() == pytest.approx({"gut": 0.8, "schlecht": 0.0})
    assert table.loc["gut", ["polarity", "usage"]].tolist() == ["positive", "more"]
    assert table.loc["schlecht", "usage"] == "less"
    # Absent from B: B's value is A's, so that all of it is frequency.
    assert table.loc["gut", "value_b"] == 0.8 and table.loc["gut", "value_part"] == 0


def test_negation_shows_as_value(scores: FakeScores) -> None:
    table = shift([("x", "gut", 0.8), ("y", "gut", -0.4)])
    assert table.loc["gut", "frequency_part"] == 0
    assert table.loc["gut", "value_part"] == pytest.approx(1.2)


def test_nan_values_are_dropped() -> None:
    with_nan = shift([("x", "gut", 0.8), ("y", "gut", 0.2), ("y", "dunkel", np.nan)])
    assert with_nan.index.tolist() == ["gut"]


def test_interval_agrees_with_plain_resampling(scores: FakeScores) -> None:
    table = word_shift(scores, "Blau", "Rot", n_resamples=4000, seed=1).set_index("term")
    outlet = scores.articles.set_index("article_id")["outlet"]
    of_article = dict(iter(scores.hits.groupby("article_id")))
    sides = [[of_article[i] for i in outlet.index[outlet == name] if i in of_article] for name in ("Blau", "Rot")]
    rng = np.random.default_rng(2)
    draws = []
    for _ in range(400):
        a, b = (pd.concat([own[i] for i in rng.integers(0, len(own), len(own))]) for own in sides)
        p, phi = [], []
        for side in (a, b):
            own = side.groupby("term")["value"].agg(["size", "mean"])
            p.append(own["size"] / len(side))
            phi.append(own["mean"])
        level = b["value"].mean()
        draws.append((p[0] - p[1]) * ((phi[0] + phi[1]) / 2 - level) + (p[0] + p[1]) / 2 * (phi[0] - phi[1]))
    expected = pd.DataFrame(draws).quantile([0.025, 0.975])
    for term in expected.columns:
        assert table.loc[term, ["ci_low", "ci_high"]].tolist() == pytest.approx(expected[term].tolist(), abs=0.012)
    assert ((table["ci_low"] < table["contribution"]) & (table["contribution"] < table["ci_high"])).all()


def test_a_word_of_one_article_has_a_wide_interval() -> None:
    # "Delfin" stands five times in one of A's ten articles, "Meer" once in five of them: the same count and value.
    hits = [("a0", "Delfin", 0.5)] * 5 + [(f"a{i}", "Meer", 0.5) for i in range(5)]
    hits += [(f"{side}{i}", "Krieg", -0.5) for side in "ab" for i in range(10)]
    table = pd.DataFrame(hits, columns=["article_id", "term", "value"]).assign(scorer="sentiment")
    ids = sorted(set(table["article_id"]))
    articles = pd.DataFrame({"article_id": ids, "outlet": [i[0].upper() for i in ids]})
    found = word_shift(FakeScores(articles, table, pd.DataFrame(), pd.DataFrame()), "A", "B").set_index("term")
    assert found.loc["Delfin", "contribution"] == pytest.approx(found.loc["Meer", "contribution"])
    assert found.loc["Delfin", ["articles_a", "articles_b"]].tolist() == [1, 0]
    # Resamples without the one article (.9 ** 10 of them, 35 %) have no dolphin.
    assert found.loc["Delfin", "ci_low"] == 0 < found.loc["Meer", "ci_low"]
    narrow = word_shift(FakeScores(articles, table, pd.DataFrame(), pd.DataFrame()), "A", "B", top=1)
    assert narrow["ci_low"].notna().tolist() == [True, False, False]


def test_one_article_has_no_interval_and_the_seed_decides(scores: FakeScores) -> None:
    assert shift([("x", "gut", 0.8), ("y", "gut", -0.4)])[["ci_low", "ci_high"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(word_shift(scores, "Blau", "Rot", seed=3), word_shift(scores, "Blau", "Rot", seed=3))


def test_wrong_use_is_one_clear_line(scores: FakeScores) -> None:
    with pytest.raises(UsageError, match="n_resamples is 0"):
        word_shift(scores, "Blau", "Rot", n_resamples=0)
    with pytest.raises(UsageError, match="no group 'rest'"):
        word_shift(scores, "rest", "rest")
    with pytest.raises(UsageError, match=r"no group 'Gelb'.*Blau"):
        word_shift(scores, "Gelb", "Rot")
    with pytest.raises(UsageError, match="no group 'rest'"):
        word_shift(scores, "rest", "Rot")
    scores.articles.loc[0, "outlet"] = "Leer"
    scores.hits = scores.hits[scores.hits["article_id"] != "a0000"]
    with pytest.raises(UsageError, match="'Leer' has no sentiment hits"):
        word_shift(scores, "Leer", "Rot")
