"""Differences of means: planted effects, families, missing values, seeds."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

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
    of_family = ["p_adjusted", "method", "family"]
    pd.testing.assert_frame_equal(alone.drop(columns=of_family), same.drop(columns=of_family))
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
    # Both outlets cover every event: the swaps within events are the permutation of a paired t test.
    assert fair["p"] == pytest.approx(stats.ttest_rel(level[0], level[2]).pvalue, abs=0.03)


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
        ({"method": "t"}, "unknown method 't'.*bca"),
        ({"test": "z"}, "unknown test 'z'"),
        ({"adjust": "holm"}, "unknown adjust 'holm'"),
        ({"family": "outlet"}, "no family by 'outlet'.*measure"),
        ({"pairs": [("Rot", "Gelb")]}, "no group 'Gelb'"),
        ({"pairs": [("Rot", "Blau")], "reference": "Rot"}, "both pairs and a reference"),
        ({"targets": ["Mond"]}, "no article names the actor 'Mond'"),
        ({"measures": ["sentiment per 1000 bias"]}, "no numeric measure 'bias'"),
        ({"measures": ["sentiment per mentions"]}, "no numeric measure 'mentions'"),
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


def test_rate_by_hand(scores: FakeScores) -> None:
    articles = scores.articles
    articles["n_tokens"] = np.random.default_rng(4).integers(50, 900, 180)
    articles["loaded_terms"] = np.random.default_rng(5).poisson(articles["n_tokens"] / 100)
    measure = "loaded_terms per 1000 n_tokens"
    found = row(compare(scores, measures=[measure], n_resamples=4000), measure, "Blau", "Rot")
    sums = articles.groupby("outlet")[["loaded_terms", "n_tokens"]].sum()
    rate = 1000 * sums["loaded_terms"] / sums["n_tokens"]
    assert (found["estimate_a"], found["estimate_b"]) == pytest.approx((rate["Blau"], rate["Rot"]))
    assert found["rate_ratio"] == pytest.approx(rate["Blau"] / rate["Rot"])
    assert found["method"].startswith("difference of rates")
    # Poisson: standard error of the log of the ratio 1/sqrt of the counts, Student's t nearly 1.96.
    error = 1.98 * np.sqrt(1 / sums.loc["Blau", "loaded_terms"] + 1 / sums.loc["Rot", "loaded_terms"])
    assert np.log(found["ratio_high"] / found["rate_ratio"]) == pytest.approx(error, rel=0.2)
    assert found["ci_low"] < found["difference"] < found["ci_high"]


def test_shares_and_rates_of_actors_by_hand(scores: FakeScores) -> None:
    measures = ["articles with mentions", "mentions per article", "mentions per 1000 n_tokens", "agency per mentions"]
    table = compare(scores, measures=measures, targets=["USA"], n_resamples=100)
    assert set(table["target"]) == {"USA"}
    usa = scores.actors[scores.actors["actor"] == "USA"].merge(scores.articles[["article_id", "outlet"]])
    own = usa[usa["outlet"] == "Blau"]
    found = [row(table, m, "Blau", "Rot", "USA") for m in measures]
    assert found[0]["estimate_a"] == pytest.approx(len(own) / 60)
    assert found[0]["n_a"] == 60 and found[0]["method"].startswith("difference of shares")
    assert found[1]["estimate_a"] == pytest.approx(own["mentions"].sum() / 60)
    assert found[2]["estimate_a"] == pytest.approx(own["mentions"].sum() / (60 * 300) * 1000)
    known = own.dropna(subset="agency")
    assert found[3]["estimate_a"] == pytest.approx(known["agency"].sum() / known["mentions"].sum())
    assert np.isnan(
        row(compare(scores, measures=["mentions"], n_resamples=20), "mentions", "Blau", "Rot", "USA")["rate_ratio"]
    )


def test_groups_by_columns_periods_and_actors(scores: FakeScores) -> None:
    months = compare(scores, by="month", measures=["sentiment"], n_resamples=50)
    assert months[["group_a", "group_b"]].to_numpy().tolist() == [["2024-01", "2024-02"]]
    crossed = compare(
        scores, by=["outlet", "month"], measures=["sentiment"], n_resamples=50,
        pairs=[("Blau × 2024-02", "Blau × 2024-01")],
    )  # fmt: skip
    own = scores.articles[(scores.articles["outlet"] == "Blau") & (scores.articles["published"] >= "2024-02-01")]
    assert crossed["estimate_a"].tolist() == pytest.approx([own["sentiment"].mean()])
    actors = compare(scores, by=["outlet", "actor"], measures=["sentiment_toward", "sentiment"], n_resamples=50)
    # Three outlets by one actor with at least five articles; articles with two actors are one cluster.
    assert len(actors) == 6 and set(actors["group_a"]) == {"Blau × USA", "Grün × USA"}
    usa = scores.actors[scores.actors["actor"] == "USA"].merge(scores.articles[["article_id", "outlet"]])
    expected = usa.loc[usa["outlet"] == "Blau", "sentiment_toward"].mean()
    assert row(actors, "sentiment_toward", "Blau × USA", "Rot × USA")["estimate_a"] == pytest.approx(expected)


def test_bca_and_percentile_against_scipy(scores: FakeScores) -> None:
    articles = scores.articles
    a, b = (articles.loc[articles["outlet"] == name, "loaded_per_1000"].to_numpy() for name in ("Blau", "Rot"))
    for ours, theirs in (("bca", "BCa"), ("percentile", "percentile")):
        found = row(
            compare(scores, measures=["loaded_per_1000"], n_resamples=10_000, method=ours),  # type: ignore[arg-type]
            "loaded_per_1000", "Blau", "Rot",
        )  # fmt: skip
        expected = stats.bootstrap(
            (a, b), lambda x, y, axis: x.mean(axis) - y.mean(axis), n_resamples=10_000, method=theirs,
            rng=np.random.default_rng(1),
        ).confidence_interval  # fmt: skip
        assert (found["ci_low"], found["ci_high"]) == pytest.approx(tuple(expected), abs=0.04)
    clustered = compare(scores, measures=["loaded_per_1000"], n_resamples=500, method="bca", cluster="event")
    assert (clustered["ci_low"] < clustered["difference"]).all() and (
        clustered["difference"] < clustered["ci_high"]
    ).all()


def test_effect_sizes_by_hand(scores: FakeScores) -> None:
    articles = scores.articles
    a, b = (articles.loc[articles["outlet"] == name, "sentiment"] for name in ("Blau", "Rot"))
    found = row(compare(scores, measures=["sentiment"], n_resamples=4000), "sentiment", "Blau", "Rot")
    g = (1 - 3 / (4 * 120 - 9)) * (a.mean() - b.mean()) / np.sqrt((a.var() + b.var()) / 2)
    assert found["effect_size"] == pytest.approx(g)
    # Hedges & Olkin: g ± 1.96 √(2/60 + g²/(2 · 118)); the resamples find the first part.
    half = 1.96 * np.sqrt(2 / 60 + g**2 / 236)
    assert (found["effect_low"], found["effect_high"]) == pytest.approx((g - half, g + half), abs=0.03)
    u = stats.mannwhitneyu(a, b).statistic
    assert found["cliffs_delta"] == pytest.approx(2 * u / 3600 - 1)


def test_families_are_named_and_adjusted_apart(scores: FakeScores) -> None:
    table = compare(scores, n_resamples=200, family="measure", adjust="by")
    for measure, own in table.groupby("measure"):
        assert own["p_adjusted"].to_numpy() == pytest.approx(adjust(own["p"].to_numpy(), "by"))
        assert (own["family"] == f"measure {measure}: 3 tests").all()
        assert own["method"].str.endswith(f"Benjamini-Yekutieli over the family of 3 tests (measure {measure})").all()
    whole = compare(scores, n_resamples=50)
    assert set(whole["family"]) == {"all: 18 tests"}
    pairs = compare(scores, n_resamples=50, family=["group_a", "group_b"])
    assert "group_a Blau, group_b Rot: 6 tests" in set(pairs["family"])


def test_sign_flips_over_matched_events(scores: FakeScores) -> None:
    found = row(
        compare(scores, measures=["sentiment"], test="sign_flip", n_resamples=20_000), "sentiment", "Blau", "Rot"
    )  # fmt: skip
    by_event = scores.articles.groupby(["event", "outlet"])["sentiment"].mean().unstack()
    difference = by_event["Blau"] - by_event["Rot"]
    assert found["difference"] == pytest.approx(difference.mean())
    assert found["estimate_a"] == pytest.approx(by_event["Blau"].mean())
    assert (found["n_a"], found["units_a"]) == (60, 12)
    theirs = stats.permutation_test(
        (difference.to_numpy(),), lambda x, axis: np.abs(np.mean(x, axis=axis)), vectorized=True,
        permutation_type="samples", n_resamples=np.inf, alternative="greater",
    ).pvalue  # fmt: skip
    assert found["p"] == pytest.approx(theirs, abs=0.005)
    half = stats.t.ppf(0.975, 11) * difference.sem()
    assert (found["ci_low"], found["ci_high"]) == pytest.approx(
        (difference.mean() - half, difference.mean() + half), abs=0.05
    )
    assert "matched clusters" in found["method"] and "sign-flip test" in found["method"]


def test_no_common_event_gives_nan(scores: FakeScores) -> None:
    scores.articles["event"] = scores.articles["outlet"] + scores.articles["event"]
    table = compare(scores, measures=["sentiment"], test="sign_flip", n_resamples=50)
    assert table[["n_a", "n_b", "units_a"]].eq(0).all(axis=None)
    assert table[["estimate_a", "difference", "ci_low", "effect_size", "p"]].isna().all(axis=None)


def test_rest_keeps_outlets_apart_in_the_resamples(scores: FakeScores) -> None:
    # Hardly anything but the outlet decides the value: resampled within outlets, the rest hardly varies.
    noise = np.random.default_rng(6).normal(0, 0.001, 180)
    scores.articles["sentiment"] = pd.factorize(scores.articles["outlet"])[0] + noise
    table = compare(scores, measures=["sentiment"], reference="rest", n_resamples=200)
    assert (table["ci_high"] - table["ci_low"] < 0.002).all()


def test_values_that_do_not_vary_have_no_interval(scores: FakeScores) -> None:
    scores.articles["sentiment"] = (scores.articles["outlet"] == "Rot").astype(float)
    table = compare(scores, measures=["sentiment"], n_resamples=99)
    assert table[["ci_low", "ci_high", "effect_size"]].isna().all(axis=None)
    assert table["p"].tolist() == [1, 0.01, 0.01]


def test_small_simulation_covers_and_keeps_its_level() -> None:
    # The whole of it, over 1,000 corpora, is benchmarks/inference.py.
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "inference.py"
    spec = spec_from_file_location("benchmark_of_inference", path)
    assert spec is not None and spec.loader is not None
    benchmark = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    table = benchmark.run(30, 299, seed=3).set_index(["truth", "unit"])
    none, differ = table.loc[("none differs", "events")], table.loc[("they differ", "events")]
    assert none["coverage"] == pytest.approx(0.95, abs=0.03) and differ["coverage"] == pytest.approx(0.95, abs=0.04)
    assert none["discovery"] <= 0.125 and none["p05"] <= 0.08
    naive = table.loc[("none differs", "tokens (naive)")]
    assert naive["discovery"] > 0.5 and naive["p05"] > 0.2
