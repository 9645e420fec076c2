"""Keyness: Monroe by hand, G² and log ratio against published examples, intervals by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from framing.compare.keyness import COLUMNS, keyness, keyness_of_counts, keyness_table
from framing.compare.keyness_measures import bic, g2, g2_four_cells, log_ratio, percent_diff
from framing.compare.log_odds import informative_prior, log_odds
from framing.errors import UsageError


def test_log_odds_by_hand() -> None:
    # y_a = 8 of n_a = 10, y_b = 3 of n_b = 15, alpha = (2, 3), alpha_0 = 5:
    # delta = ln[(8+2)/(10+5-8-2)] - ln[(3+2)/(15+5-3-2)] = ln(10/5) - ln(5/15) = ln 2 + ln 3 = ln 6
    # variance = 1/(8+2) + 1/(3+2) = 0.3
    delta, z = log_odds([8, 2], [3, 12], [2, 3])
    assert delta[0] == pytest.approx(np.log(6))
    assert z[0] == pytest.approx(np.log(6) / np.sqrt(0.3))
    # With two terms the odds of one are the inverse of the other's.
    assert delta[1] == pytest.approx(-np.log(6))


def test_prior_follows_the_background() -> None:
    assert informative_prior([30, 10, 60], 500) == pytest.approx([150, 50, 300])
    # A count of 0 stands as 0.5: 0.5 / 10.5 of 21.
    assert informative_prior([10, 0], 21) == pytest.approx([20, 1])


@pytest.mark.parametrize(
    ("a", "b", "n_a", "n_b", "expected", "tolerance"),
    [
        # UCREL's log-likelihood wizard, example of the Lancaster corpus course: 52 in 50,000, 57 in 75,000: LL 2.65.
        (52, 57, 50_000, 75_000, 2.65, 0.005),
        # README of the program `keyness` (after Rayson & Garside), corpora of 33 and 36 tokens.
        (0, 3, 33, 36, 3.88, 0.03),
        (3, 3, 33, 36, 0.014, 0.03),
        # By hand: E_a = E_b = 15; 2 [10 ln(10/15) + 20 ln(20/15)] = 3.398.
        (10, 20, 1000, 1000, 3.398, 0.001),
        (5, 10, 100, 200, 0.0, 1e-9),
    ],
)
def test_g2_worked_examples(a: int, b: int, n_a: int, n_b: int, expected: float, tolerance: float) -> None:
    assert g2([a], [b], n_a, n_b)[0] == pytest.approx(expected, abs=tolerance)


def test_log_ratio_by_hand() -> None:
    # Four times as frequent is 2; 0 stands as 0.5: log2[(8/100) / (0.5/100)] = 4; absent from both is 0.
    assert log_ratio([8, 8, 0], [2, 0, 0], 100, 100) == pytest.approx([2, 4, 0])


def corpus(n: int = 80, seed: int = 0) -> tuple[sparse.csr_array, list[str], list[str]]:
    """Articles of 200 tokens; "Regime" twice as frequent in outlet A; "Delfin" in one article of A only, 30 times."""
    rng = np.random.default_rng(seed)
    terms = ["der", "Regierung", "Regime", "Delfin", "nie"]
    rate = np.array([0.6, 0.39, 0.01, 0.0, 0.0])
    rows = [rng.multinomial(200, rate + ([0, -0.01, 0.01, 0, 0] if i < n else 0)) for i in range(2 * n)]
    matrix = np.array(rows)
    matrix[0, 3] = 30
    return sparse.csr_array(matrix), terms, ["A"] * n + ["B"] * n


def test_keyness_table_of_a_corpus() -> None:
    matrix, terms, groups = corpus()
    table = keyness_of_counts(matrix, terms, groups, "A", "B", seed=1)
    assert list(table.columns) == COLUMNS
    assert "nie" not in set(table["term"])
    assert table["z"].is_monotonic_decreasing
    regime = table.set_index("term").loc["Regime"]
    dense = matrix.toarray()
    assert (regime["count_a"], regime["count_b"]) == (dense[:80, 2].sum(), dense[80:, 2].sum())
    assert regime["per_million_a"] == pytest.approx(regime["count_a"] / dense[:80].sum() * 1e6)
    assert regime["articles_a"] == (dense[:80, 2] > 0).sum()
    assert regime["ci_low"] > 0
    delta, z = log_odds(dense[:80, :4].sum(0), dense[80:, :4].sum(0), informative_prior(dense.sum(0)[:4]))
    assert (regime["delta"], regime["z"]) == pytest.approx((delta[2], z[2]))
    assert "alpha_0 500" in regime["method"] and "seed 1" in regime["method"]


def test_a_term_of_one_article_is_key_by_z_but_not_by_its_interval() -> None:
    matrix, terms, groups = corpus()
    dolphin = keyness_of_counts(matrix, terms, groups, "A", "B").set_index("term").loc["Delfin"]
    assert dolphin["z"] > 1.96 and dolphin["g2"] > 10.83
    # Resamples without that article (about exp(-1) of them) have no dolphin.
    assert dolphin["ci_low"] <= 1e-2


def test_interval_agrees_with_plain_resampling() -> None:
    matrix, terms, groups = corpus()
    dense = matrix.toarray()[:, :4]
    prior = informative_prior(dense.sum(0))
    rng = np.random.default_rng(3)
    draws = [
        log_odds(dense[rng.integers(0, 80, 80)].sum(0), dense[rng.integers(80, 160, 80)].sum(0), prior)[0][2]
        for _ in range(3000)
    ]
    regime = keyness_of_counts(matrix, terms, groups, "A", "B", n_resamples=3000).set_index("term").loc["Regime"]
    assert (regime["ci_low"], regime["ci_high"]) == pytest.approx(tuple(np.quantile(draws, [0.025, 0.975])), abs=0.02)


def test_sides_mirror_and_rest_is_all_others() -> None:
    matrix, terms, groups = corpus()
    forth = keyness_of_counts(matrix, terms, groups, "A", "B", n_resamples=20).set_index("term")
    back = keyness_of_counts(matrix, terms, groups, "B", "A", n_resamples=20).set_index("term").loc[forth.index]
    assert forth["delta"].to_numpy() == pytest.approx(-back["delta"].to_numpy())
    rest = keyness_of_counts(matrix, terms, groups, "A", n_resamples=20).set_index("term").loc[forth.index]
    assert rest["delta"].to_numpy() == pytest.approx(forth["delta"].to_numpy())
    assert (rest["group_b"] == "rest").all()


def test_top_limits_the_intervals_and_the_seed_decides() -> None:
    matrix, terms, groups = corpus()
    table = keyness_of_counts(matrix, terms, groups, "A", "B", top=1, n_resamples=30)
    assert table["ci_low"].notna().tolist() == [True, False, False, True]
    pd.testing.assert_frame_equal(table, keyness_of_counts(matrix, terms, groups, "A", "B", top=1, n_resamples=30))


def test_one_article_has_no_interval() -> None:
    table = keyness_of_counts(np.array([[5, 1], [2, 2]]), ["x", "y"], ["A", "B"], "A", "B")
    assert table["ci_low"].isna().all() and table["delta"].notna().all()


def test_a_strong_background_draws_to_no_difference() -> None:
    matrix, terms, groups = corpus()
    options = {"background": [600, 390, 10, 1, 1], "n_resamples": 10}
    weak, strong = (
        keyness_of_counts(matrix, terms, groups, "A", "B", alpha0=a, **options).set_index("term").loc["Regime", "delta"]
        for a in (10, 1_000_000)
    )
    assert 0 < strong < 0.1 * weak


def test_long_table_gives_the_same() -> None:
    matrix, terms, groups = corpus()
    rows, cols = matrix.nonzero()
    long = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in rows],
            "group": [groups[i] for i in rows],
            "term": [terms[j] for j in cols],
            "count": matrix.toarray()[rows, cols],
        }
    )
    ours = keyness_table(long, "A", "B", n_resamples=10).set_index("term")
    theirs = keyness_of_counts(matrix, terms, groups, "A", "B", n_resamples=10).set_index("term").loc[ours.index]
    assert ours["delta"].to_numpy() == pytest.approx(theirs["delta"].to_numpy())


def test_wrong_use_is_one_clear_line() -> None:
    matrix, terms, groups = corpus()
    with pytest.raises(UsageError, match=r"no articles in group 'C'.*A, B"):
        keyness_of_counts(matrix, terms, groups, "C", "B")
    with pytest.raises(UsageError, match="one term per column"):
        keyness_of_counts(matrix, terms[1:], groups, "A", "B")
    with pytest.raises(UsageError, match="'B' has no tokens"):
        keyness_of_counts(np.array([[1, 2], [0, 0]]), ["x", "y"], ["A", "B"], "A", "B")


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "expected"),
    [
        # Dunning (1993), table of bigrams of a text on Swiss banking: -2 log lambda.
        (110, 2442, 111, 29114, 270.72),
        (29, 13, 123, 31612, 263.90),
        (31, 23, 139, 31584, 256.84),
        (10, 0, 3, 31764, 167.23),
    ],
)
def test_dunning_bigrams(both: int, first: int, second: int, neither: int, expected: float) -> None:
    value = g2_four_cells([both], [second], both + first, second + neither)[0]
    assert value == pytest.approx(expected, abs=0.006)
    assert g2([both], [second], both + first, second + neither)[0] < value


def test_percent_diff_and_bic_by_hand() -> None:
    # 20 per 1,000 against 10 per 1,000: +100 %. None against some: -100 %. Some against none has no bound.
    assert percent_diff([20, 0, 3], [20, 5, 0], 1000, 2000)[:2] == pytest.approx([100, -100])
    assert np.isinf(percent_diff([3], [0], 10, 10)[0]) and np.isnan(percent_diff([0], [0], 10, 10)[0])
    # 15.13 - ln(1,000,000) = 15.13 - 13.8155
    assert bic([15.13], 1_000_000)[0] == pytest.approx(1.3145, abs=1e-4)


def test_without_prior_it_is_the_log_odds_ratio_of_statsmodels() -> None:
    from statsmodels.stats.contingency_tables import Table2x2

    delta, _ = log_odds([30, 970], [12, 1988], [1e-9, 1e-9])
    assert delta[0] == pytest.approx(Table2x2([[30, 970], [12, 1988]]).log_oddsratio, abs=1e-6)


def articles() -> pd.DataFrame:
    texts = ["Der Präsident lobt den Plan."] * 6 + ["Der Machthaber lobt das Regime."] * 6
    return pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(12)],
            "outlet": ["X"] * 6 + ["Y"] * 6,
            "title": "",
            "text": texts,
            "section": ["Politik", "Kultur"] * 6,
        }
    )


def test_keyness_of_a_corpus() -> None:
    table = keyness(articles(), "Y", n_resamples=50)
    assert list(table.columns) == COLUMNS
    assert set(table["term"].head(3)) == {"Machthaber", "Regime", "das"}
    row = table.set_index("term").loc["Machthaber"]
    assert (row["count_a"], row["articles_a"], row["count_b"]) == (6, 6, 0)
    # one of five words, in each article alike
    assert row["per_million_a"] == pytest.approx(200_000) and row["dp_a"] == pytest.approx(0)
    assert np.isinf(row["percent_diff"]) and np.isnan(row["dp_b"])
    assert row["ci_low"] > 0
    assert table["method"].iloc[0].startswith("words; log-odds")
    assert keyness(articles(), "Kultur", by="section", n_resamples=5)["delta"].abs().max() < 1e-9


def test_rare_terms_count_in_the_sizes_only() -> None:
    one = articles()
    one.loc[0, "text"] += " Einmaliges Wort."
    table = keyness(one, "X", "Y", n_resamples=20).set_index("term")
    assert "Einmaliges" not in table.index and not any("\0" in t for t in table.index)
    assert table.loc["Präsident", "per_million_a"] == pytest.approx(6 / 32 * 1e6)


def test_reference_corpus_and_counts() -> None:
    reference = articles().assign(outlet="R")
    as_corpus = keyness(articles(), "Y", "reference", reference=reference, n_resamples=50).set_index("term")
    # the reference holds both halves: 6 of 60 words against 6 of 30
    assert as_corpus.loc["Machthaber", "log_ratio"] == pytest.approx(1)
    assert as_corpus.loc["Präsident", "delta"] < 0 and not np.isnan(as_corpus.loc["Machthaber", "ci_low"])
    totals = {"Machthaber": 6, "Präsident": 6, "lobt": 12, "der": 12, "den": 6, "das": 6, "Plan": 6, "Regime": 6}
    as_counts = keyness(articles(), "Y", "reference", reference=totals, n_resamples=50).set_index("term")
    assert as_counts["delta"].to_dict() == pytest.approx(as_corpus["delta"].to_dict())
    assert as_counts["dp_b"].isna().all() and not np.isnan(as_counts.loc["Machthaber", "ci_low"])
    prior_only = keyness(articles(), "Y", "X", reference=totals, n_resamples=5)
    assert "reference corpus" in prior_only["method"].iloc[0]


def test_wrong_use_of_a_corpus_is_one_clear_line() -> None:
    with pytest.raises(UsageError, match="no reference corpus"):
        keyness(articles(), "Y", "reference")
    with pytest.raises(UsageError, match="no column 'medium'"):
        keyness(articles(), "Y", by="medium")
    with pytest.raises(UsageError, match=r"no articles in group 'Z'.*X, Y"):
        keyness(articles(), "Z")
    with pytest.raises(UsageError, match="counts of the reference"):
        keyness(articles(), "Y", reference={"a": -1})
