"""Models against R's lme4 (as statsmodels quotes it), statsmodels itself, and calculations by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels
import statsmodels.api as sm

from framing.compare.model_design import design
from framing.compare.model_fits import fit_counts, fit_mixed
from framing.compare.models import COLUMNS, models
from framing.compare.topics import with_topics
from framing.errors import UsageError
from framing.scoring import score

from .conftest import FakeScores

EXAMPLES = Path(statsmodels.__file__).parent / "regression" / "tests" / "results"


def example(name: str) -> pd.DataFrame:
    path = EXAMPLES / name
    if not path.is_file():
        pytest.skip(f"this statsmodels comes without {name}")
    return pd.read_csv(path)


def rows(table: pd.DataFrame, quantity: str) -> pd.DataFrame:
    return table[table["quantity"] == quantity].reset_index(drop=True)


def test_random_intercepts_agree_with_lme4_on_the_pigs() -> None:
    # lmer(Weight ~ Time + (1 | Pig)): figures quoted in statsmodels' test_lme.py, test_dietox.
    pigs = example("dietox.csv")
    x = np.column_stack([np.ones(len(pigs)), pigs["Time"]])
    fit = fit_mixed(pigs["Weight"].to_numpy(float), x, {"pig": pd.factorize(pigs["Pig"])[0]})
    assert fit.converged
    assert fit.coefficients == pytest.approx([15.723523, 6.942505], rel=1e-5)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx([0.78805374, 0.03338727], rel=1e-4)
    assert fit.variances == pytest.approx({"pig": 40.39395, "residual": 11.36692}, rel=1e-4)


def test_two_random_intercepts_agree_with_lme4_on_the_pastes() -> None:
    # lmer(strength ~ (1|batch) + (1|batch:cask)): test_lme.py, test_pastes_vcomp.
    pastes = example("pastes.csv")
    cask = pastes["batch"] + pastes["cask"]
    fit = fit_mixed(
        pastes["strength"].to_numpy(float), np.ones((len(pastes), 1)),
        {"batch": pd.factorize(pastes["batch"])[0], "cask": pd.factorize(cask)[0]},
    )  # fmt: skip
    assert fit.coefficients[0] == pytest.approx(60.0533, rel=1e-3)
    assert np.sqrt(fit.covariance[0, 0]) == pytest.approx(0.6769, rel=1e-3)
    assert fit.variances == pytest.approx({"batch": 1.657, "cask": 8.434, "residual": 0.678}, rel=1e-2)


def test_counts_agree_with_the_rand_experiment() -> None:
    # Cameron & Trivedi's data; statsmodels' results_discrete.py, RandHIE.negativebinomial_nb2, from R and Stata.
    data = sm.datasets.randhie.load_pandas()
    x = sm.add_constant(data.exog, prepend=False).to_numpy(float)
    fit = fit_counts(data.endog.to_numpy(float), x, np.ones(len(x)), None)
    expected = [
        -0.0579469,
        -0.267787,
        0.0412058,
        -0.0381376,
        0.268915,
        0.0381637,
        -0.0441338,
        0.0172521,
        0.177960,
        0.663556,
    ]
    assert fit.converged
    assert fit.coefficients == pytest.approx(expected, abs=2e-3)
    assert fit.variances["dispersion"] == pytest.approx(1.292953, rel=1e-3)


def test_marginal_means_and_contrasts_by_hand(scores: FakeScores) -> None:
    # Without random terms and length, they are plain means with the pooled standard error.
    table = models(scores, "sentiment", length=False, random=[])
    assert list(table.columns) == COLUMNS
    by_outlet = scores.articles.groupby("outlet")["sentiment"]
    assert rows(table, "marginal mean")["estimate"].tolist() == pytest.approx(by_outlet.mean().tolist())
    pooled = np.sqrt(by_outlet.var().mean())
    contrast = rows(table, "contrast")
    assert contrast["se"].to_numpy() == pytest.approx(np.full(3, pooled * np.sqrt(2 / 60)))
    red = contrast[(contrast["group_a"] == "Blau") & (contrast["group_b"] == "Rot")].iloc[0]
    assert red["estimate"] == pytest.approx(by_outlet.mean()["Blau"] - by_outlet.mean()["Rot"])
    assert red["p_adjusted"] < 0.001


def test_mixed_model_of_scores_agrees_with_statsmodels_formula(scores: FakeScores) -> None:
    articles = scores.articles
    rng = np.random.default_rng(7)
    articles["event"] = rng.integers(0, 50, 180).astype(str)
    articles["n_tokens"] = rng.integers(60, 900, 180)
    articles["sentiment"] += rng.normal(0, 0.3, 50)[articles["event"].astype(int)]
    table = models(scores, "sentiment", random=["event"], reference="Blau")
    data = articles.assign(length=np.log(articles["n_tokens"]))
    theirs = sm.MixedLM.from_formula("sentiment ~ outlet + length", data, groups="event").fit()
    contrast = rows(table, "contrast").set_index("group_a")
    for outlet in ("Grün", "Rot"):
        assert contrast.loc[outlet, "estimate"] == pytest.approx(theirs.params[f"outlet[T.{outlet}]"], abs=1e-4)
        assert contrast.loc[outlet, "se"] == pytest.approx(theirs.bse[f"outlet[T.{outlet}]"], abs=1e-4)
    variances = rows(table, "variance").set_index("term")["estimate"]
    assert variances["event"] == pytest.approx(theirs.cov_re.iloc[0, 0], rel=1e-2)
    assert "(1|event)" in table["method"][0]
    shown = rows(table, "variance")["sentence_en"][0]
    assert shown.startswith("Of the variance in “sentiment”") and "%" in shown


def test_rates_are_ratios_with_an_offset() -> None:
    rng = np.random.default_rng(9)
    n = 600
    outlet = np.where(np.arange(n) < n // 2, "a", "b")
    tokens = rng.lognormal(6, 0.7, n)
    rate = np.where(outlet == "a", 6.0, 3.0) * rng.gamma(4, 1 / 4, n)
    articles = pd.DataFrame(
        {
            "article_id": np.arange(n).astype(str), "outlet": outlet, "event": rng.integers(0, 80, n), "n_tokens": tokens,
            "terms": rng.poisson(rate * tokens / 1000), "scare": (rng.random(n) < np.where(outlet == "a", 0.6, 0.3)) * 1.0,
        }
    )  # fmt: skip
    none = pd.DataFrame({"article_id": [], "actor": []})
    scores = FakeScores(articles, none, none, none)
    table = models(scores, "terms per 1000 n_tokens")
    contrast = rows(table, "contrast").iloc[0]
    assert contrast["scale"] == "ratio" and contrast["ci_low"] < 2 < contrast["ci_high"]
    assert rows(table, "marginal mean")["estimate"].to_numpy() == pytest.approx([6, 3], rel=0.1)
    assert rows(table, "variance")["estimate"][0] == pytest.approx(0.25, abs=0.08)
    assert "times as high in a as in b" in contrast["sentence_en"]
    shares = models(scores, "articles with scare", length=False)
    observed = articles.groupby("outlet")["scare"].mean()
    assert rows(shares, "marginal mean")["estimate"].to_numpy() == pytest.approx(observed.to_numpy(), abs=1e-6)
    odds = observed / (1 - observed)
    assert rows(shares, "contrast")["estimate"][0] == pytest.approx(odds["a"] / odds["b"], rel=1e-5)
    assert "der Anteil der Artikel mit scare" in rows(shares, "marginal mean")["sentence_de"][0].lower().replace(
        "artikel", "Artikel"
    ).replace("anteil", "Anteil")


def test_sentences_in_both_languages(scores: FakeScores) -> None:
    contrast = rows(models(scores, "sentiment", length=False, random=[]), "contrast")
    clear = contrast[(contrast["group_a"] == "Blau") & (contrast["group_b"] == "Rot")].iloc[0]
    assert " higher in Blau than in Rot (95 % interval of the difference" in clear["sentence_en"]
    assert "these 180 articles" in clear["sentence_en"] and "adjusted p < 0.001" in clear["sentence_en"]
    assert "höher als in Rot (95-%-Intervall der Differenz 0," in clear["sentence_de"]
    unclear = contrast[(contrast["group_a"] == "Blau") & (contrast["group_b"] == "Grün")].iloc[0]
    assert unclear["sentence_en"].startswith("No difference in “sentiment”") and "no proof" in unclear["sentence_en"]
    assert "beweist nicht" in unclear["sentence_de"]


def test_failure_is_told(scores: FakeScores) -> None:
    # Every article of Rot has scare quotes and none of the others: the odds ratio has no estimate.
    scores.articles["scare"] = (scores.articles["outlet"] == "Rot").astype(float)
    table = models(scores, "articles with scare", length=False, random=[])
    assert not table["converged"].any()
    assert table["note"][0] != ""
    assert rows(table, "contrast")["sentence_en"].str.contains("did not converge").all()


def test_collinear_sections_are_left_out_and_named(scores: FakeScores) -> None:
    scores.articles["section"] = scores.articles["outlet"].map({"Blau": "Politik", "Grün": "Politik", "Rot": "Sport"})
    table = models(scores, "sentiment", random=[])
    assert "section: Sport left out" in table["note"][0]
    assert set(rows(table, "coefficient")["term"]) == {"intercept", "outlet: Grün", "outlet: Rot"} | {
        "ln(n_tokens)"
    } - {"ln(n_tokens)"}


def test_topic_and_date_are_held_equal() -> None:
    # b writes on the sad topic only late; a on both from the start: the outlets differ by topic and trend alone.
    rng = np.random.default_rng(5)
    n = 600
    outlet = np.repeat(["a", "b"], n // 2)
    sad = rng.random(n) < np.where(outlet == "b", 0.7, 0.2)
    days = rng.integers(0, 365, n)
    articles = pd.DataFrame(
        {"article_id": np.arange(n).astype(str), "outlet": outlet, "topic": np.where(sad, "Krieg, Tod", "Sport, Sieg"),
         "published": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D"), "n_tokens": 300,
         "sentiment": rng.normal(0, 0.1, n) - 0.4 * sad + 0.2 * days / 365.25}
    )  # fmt: skip
    none = pd.DataFrame({"article_id": [], "actor": []})
    made = FakeScores(articles, none, none, none)
    options = {"length": False, "random": ()}
    plain = rows(models(made, "sentiment", covariates=(), **options), "contrast")  # type: ignore[arg-type]
    assert plain["estimate"].iloc[0] > 0.1 and plain["p"].iloc[0] < 0.001
    held = models(made, "sentiment", covariates=["topic", "date"], **options)  # type: ignore[arg-type]
    contrast = rows(held, "contrast")
    assert contrast["ci_low"].iloc[0] < 0 < contrast["ci_high"].iloc[0]
    trend = held[(held["quantity"] == "coefficient") & (held["term"] == "date")]
    assert trend["estimate"].iloc[0] == pytest.approx(0.2, abs=0.04)
    assert "topic" in rows(models(made, "sentiment", **options), "contrast")["sentence_en"].iloc[0]  # type: ignore[arg-type]
    months = models(made, "sentiment", covariates=["month"], **options)  # type: ignore[arg-type]
    assert (months["term"].str.startswith("month: 2024-")).sum() == 11


def test_topics_are_found_in_the_texts() -> None:
    rng = np.random.default_rng(6)
    words = {"Sport": ["Sieg", "Tor", "Spieler", "Verein"], "Krieg": ["Soldat", "Angriff", "Panzer", "Front"]}
    of = [list(words)[i % 2] for i in range(40)]
    texts = [" ".join(f"Der {word} kommt." for word in rng.choice(words[topic], 6)) for topic in of]
    ids = [f"t{i}" for i in range(40)]
    corpus = pd.DataFrame({"article_id": ids, "outlet": ["A", "B", "B", "A"] * 10, "title": "", "text": texts})
    scores = with_topics(score(corpus, progress=False), 2, progress=False)
    assert pd.crosstab(scores.articles["topic"], pd.Series(of)).to_numpy().tolist() in (
        [[20, 0], [0, 20]],
        [[0, 20], [20, 0]],
    )
    with pytest.raises(UsageError, match="1 topics"):
        with_topics(scores, 1)


def test_design_by_hand() -> None:
    articles = pd.DataFrame(
        {"n_tokens": [100, 200] * 15, "section": ["a"] * 16 + ["b"] * 12 + [None, "c"], "hour": [1.0, 3.0] * 15}
    )
    plan = design(articles, np.tile([0, 1, 1], 10), ["x", "y"], "outlet", ["section", "hour"], True)
    # "c" and missing sections are too rare for columns of their own; "hour" follows from the length here.
    assert plan.terms == ["intercept", "outlet: y", "ln(n_tokens)", "section: b", "section: other"]
    assert plan.dropped == ["hour"]
    assert plan.matrix[:, 2].sum() == pytest.approx(0)
    assert plan.as_group(0)[:, 1].sum() == 0 and plan.as_group(1)[:, 1].sum() == 30


@pytest.mark.parametrize(
    ("measure", "options", "message"),
    [
        ("bias", {}, "no numeric measure"),
        ("sentiment_toward", {}, "no target ''"),
        ("sentiment", {"reference": "Gelb"}, "no group 'Gelb'"),
        ("sentiment", {"reference": "rest"}, "no 'rest'"),
        ("sentiment", {"covariates": ["ressort"]}, "no column 'ressort'"),
        ("sentiment", {"random": ["thema"]}, "no column 'thema'"),
        ("sentiment", {"confidence": 95}, "confidence is 95"),
        ("sentiment per 1000 n_tokens", {}, "negative counts"),
    ],
)
def test_wrong_use_is_one_clear_line(
    scores: FakeScores, measure: str, options: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        models(scores, measure, **options)  # type: ignore[arg-type]
