"""Differences of means: planted effects, families, missing values, seeds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framing.compare.differences import COLUMNS, compare
from framing.compare.inference import adjust
from framing.errors import UsageError

from .conftest import FakeScores, make_scores


def row(table: pd.DataFrame, measure: str, a: str, b: str, target: str = "") -> pd.Series:
    found = table.query("measure == @measure and group_a == @a and group_b == @b and target == @target")
    assert len(found) == 1
    return found.iloc[0]


def test_columns_and_rows(scores: FakeScores) -> None:
    table = compare(scores, n_resamples=200)
    assert list(table.columns) == COLUMNS
    # Three measures of articles and three of the one actor with enough articles, by three pairs; n_tokens is a size.
    assert len(table) == (3 + 3) * 3
    assert set(table["target"]) == {"", "USA"}
    assert list(table["measure"].unique()) == [
        "sentiment", "sentiment_quoted", "loaded_per_1000", "sentiment_toward", "agency", "mentions",
    ]  # fmt: skip


def test_the_planted_difference_is_found_and_no_other(scores: FakeScores) -> None:
    table = compare(scores, measures=["sentiment", "sentiment_toward"])
    for measure, target in (("sentiment", ""), ("sentiment_toward", "USA")):
        planted = row(table, measure, "Blau", "Rot", target)
        assert planted["ci_low"] < 0.5 < planted["ci_high"]
        assert planted["ci_low"] > 0
        assert planted["p_adjusted"] < 0.01
        assert row(table, measure, "Blau", "Grün", target)["p_adjusted"] > 0.05


def test_estimates_by_hand_and_interval_by_scipy(scores: FakeScores) -> None:
    articles = scores.articles
    a = articles.loc[articles["outlet"] == "Blau", "sentiment_quoted"].dropna().to_numpy()
    b = articles.loc[articles["outlet"] == "Rot", "sentiment_quoted"].dropna().to_numpy()
    found = row(compare(scores, measures=["sentiment_quoted"], n_resamples=20_000), "sentiment_quoted", "Blau", "Rot")
    assert (found["n_a"], found["n_b"]) == (len(a), len(b))
    assert len(a) < 60
    assert found["estimate_a"] == pytest.approx(a.mean())
    assert found["difference"] == pytest.approx(a.mean() - b.mean())
    theirs = stats.bootstrap(
        (a, b), lambda x, y, axis: x.mean(axis) - y.mean(axis), n_resamples=20_000, method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    assert (found["ci_low"], found["ci_high"]) == pytest.approx(tuple(theirs), abs=0.01)
    # The permutation test of means is close to Welch's t at these sizes.
    assert found["p"] == pytest.approx(stats.ttest_ind(a, b, equal_var=False).pvalue, abs=0.02)


def test_family_is_all_rows_and_is_named(scores: FakeScores) -> None:
    table = compare(scores, n_resamples=100, seed=7)
    tested = int(table["p"].notna().sum())
    assert table["p_adjusted"].to_numpy() == pytest.approx(adjust(table["p"].to_numpy()), nan_ok=True)
    method = table["method"].iloc[0]
    assert f"family of {tested} tests" in method
    assert "100 resamples" in method and "seed 7" in method


def test_rest_and_reference(scores: FakeScores) -> None:
    rest = compare(scores, measures=["sentiment"], reference="rest", n_resamples=100)
    assert rest[["group_a", "group_b"]].to_numpy().tolist() == [["Blau", "rest"], ["Grün", "rest"], ["Rot", "rest"]]
    others = scores.articles.loc[scores.articles["outlet"] != "Rot", "sentiment"]
    assert row(rest, "sentiment", "Rot", "rest")["estimate_b"] == pytest.approx(others.mean())
    assert (rest["n_b"] == 120).all()
    fixed = compare(scores, measures=["sentiment"], reference="Grün", n_resamples=100)
    assert fixed[["group_a", "group_b"]].to_numpy().tolist() == [["Blau", "Grün"], ["Rot", "Grün"]]


def test_seed_decides_and_other_measures_do_not(scores: FakeScores) -> None:
    full = compare(scores, n_resamples=150, seed=3)
    pd.testing.assert_frame_equal(full, compare(scores, n_resamples=150, seed=3))
    alone = compare(scores, measures=["loaded_per_1000"], n_resamples=150, seed=3)
    same = full[full["measure"] == "loaded_per_1000"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone[COLUMNS[:-2]], same[COLUMNS[:-2]])
    other = compare(scores, n_resamples=150, seed=4)
    assert (full["ci_low"] != other["ci_low"]).any()


def test_row_order_of_the_actors_does_not_matter(scores: FakeScores) -> None:
    shuffled = FakeScores(scores.articles, scores.hits, scores.actors.sample(frac=1, random_state=1), scores.quotes)
    pd.testing.assert_frame_equal(compare(scores, n_resamples=50), compare(shuffled, n_resamples=50))


def test_small_groups_give_nan(scores: FakeScores) -> None:
    articles = scores.articles.copy()
    articles.loc[articles["outlet"] == "Rot", "sentiment"] = np.nan
    articles.loc[articles.index[articles["outlet"] == "Grün"][1:], "sentiment"] = np.nan
    table = compare(
        FakeScores(articles, scores.hits, scores.actors, scores.quotes), measures=["sentiment"], n_resamples=50
    )
    for b, n in (("Grün", 1), ("Rot", 0)):
        found = row(table, "sentiment", "Blau", b)
        assert found["n_b"] == n
        assert found[["ci_low", "ci_high", "effect_size", "p", "p_adjusted"]].isna().all()
    assert not np.isnan(row(table, "sentiment", "Blau", "Grün")["difference"])
    assert np.isnan(row(table, "sentiment", "Blau", "Rot")["difference"])
    assert "family of 0 tests" in table["method"].iloc[0]


def test_min_articles(scores: FakeScores) -> None:
    table = compare(scores, measures=["mentions"], min_articles=1000, n_resamples=50)
    assert table.empty and list(table.columns) == COLUMNS


def test_clusters_widen_the_interval() -> None:
    scores = make_scores(effect=0.0)
    # All articles of an event say the same: 12 independent values per outlet, not 60.
    level = np.random.default_rng(5).normal(size=(3, 12))
    articles = scores.articles
    outlet = pd.factorize(articles["outlet"])[0]
    articles["sentiment"] = level[outlet, articles["event"].str[1:].astype(int)]
    naive = row(compare(scores, measures=["sentiment"]), "sentiment", "Blau", "Rot")
    fair = row(compare(scores, measures=["sentiment"], cluster="event"), "sentiment", "Blau", "Rot")
    assert fair["ci_high"] - fair["ci_low"] > 1.8 * (naive["ci_high"] - naive["ci_low"])
    assert fair["p"] > naive["p"]
    assert "clusters by event" in fair["method"]
    welch = stats.ttest_ind(level[0], level[2], equal_var=False).pvalue
    assert fair["p"] == pytest.approx(welch, abs=0.03)


def test_no_difference_is_found_in_noise() -> None:
    # Under no difference a test at 5 % rejects in 5 % of cases: 60 of 1,200 columns, give or take three deviations.
    rng = np.random.default_rng(11)
    n = 50
    articles = pd.DataFrame(rng.normal(size=(n, 1200)), columns=[f"m{i}" for i in range(1200)])
    articles["article_id"] = [str(i) for i in range(n)]
    articles["outlet"] = ["a"] * 20 + ["b"] * 30
    empty = pd.DataFrame({"article_id": [], "actor": []})
    table = compare(FakeScores(articles, empty, empty, empty), n_resamples=399)
    assert 38 <= int((table["p"] <= 0.05).sum()) <= 83
    covered = (table["ci_low"] < 0) & (table["ci_high"] > 0)
    assert covered.mean() == pytest.approx(0.94, abs=0.025)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "verlag"}, "no column 'verlag'.*outlet"),
        ({"measures": ["bias"]}, "no numeric measure 'bias'.*sentiment"),
        ({"measures": ["outlet"]}, "no numeric measure 'outlet'"),
        ({"reference": "Gelb"}, "no group 'Gelb'.*Blau, Grün, Rot"),
        ({"n_resamples": 0}, "n_resamples is 0"),
        ({"confidence": 95}, "confidence is 95"),
        ({"cluster": "thema"}, "no column 'thema'"),
    ],
)
def test_wrong_use_is_one_clear_line(scores: FakeScores, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compare(scores, **options)  # type: ignore[arg-type]


def test_one_group_cannot_be_compared(scores: FakeScores) -> None:
    one = FakeScores(scores.articles.assign(outlet="Blau"), scores.hits, scores.actors, scores.quotes)
    with pytest.raises(UsageError, match="1 group"):
        compare(one)


def test_package_and_function_share_a_name(scores: FakeScores) -> None:
    import framing

    for _ in range(2):
        table = framing.compare(scores, measures=["sentiment"], n_resamples=20)
        assert len(table) == 3
