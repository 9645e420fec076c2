from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError
from sklearn.metrics import roc_auc_score

from framing import lexicons
from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.scorers import LatentSemanticScaling
from framing.scorers.latent_semantic_scaling import NEGATION_FACTOR, load_seeds

CORPUS = [
    "Ein Erfolg: Die Rettung gelingt, die Helfer jubeln.", "Die Helfer feiern den Erfolg der Rettung.",
    "Ein Anschlag: Die Opfer sterben, die Trümmer brennen.", "Die Trümmer nach dem Anschlag, viele Opfer.",
] * 5  # fmt: skip


@pytest.fixture(scope="module")
def scorer() -> LatentSemanticScaling:
    return LatentSemanticScaling(dimensions=4).fit(CORPUS)


def test_words_that_are_no_seeds_take_the_side_of_their_company(scorer: LatentSemanticScaling) -> None:
    polarity = scorer.words_.set_index("lemma")["polarity"]
    assert not {"Helfer", "Trümmer"} & set(scorer.seeds_)
    assert polarity["Helfer"] > 0 > polarity["Trümmer"]
    assert polarity.between(-1, 1).all()


def test_learnt_words_are_shown_with_their_company(scorer: LatentSemanticScaling) -> None:
    words = scorer.words_
    assert words.columns.tolist() == ["lemma", "polarity", "count", "neighbours"]
    assert words["polarity"].is_monotonic_increasing
    assert "Anschlag" in words.set_index("lemma").loc["Trümmer", "neighbours"]


def test_polarity_is_centred_on_the_corpus(scorer: LatentSemanticScaling) -> None:
    words = scorer.words_
    assert abs(np.average(words["polarity"], weights=words["count"])) < 0.05


def test_the_score_is_the_mean_of_the_hits_and_negation_turns_them(scorer: LatentSemanticScaling) -> None:
    text = "Die Helfer jubeln nicht. Die Trümmer brennen."
    d = Documents([text])
    hits = scorer.hits(d)
    values = scorer.measures(d, hits, np.zeros(1, np.int32), 1)
    assert values["sentiment"][0] == pytest.approx(hits.value.mean())
    polarity = scorer.words_.set_index("lemma")["polarity"]
    turned = hits.term.index("jubeln")
    assert hits.value[turned] == pytest.approx(NEGATION_FACTOR * polarity["jubeln"])
    assert hits.note[turned] == "negated by nicht"


def test_a_new_compound_has_the_polarity_of_its_head(scorer: LatentSemanticScaling) -> None:
    d = Documents(["Der Bombenanschlag."])
    hits = scorer.hits(d)
    polarity = scorer.words_.set_index("lemma")["polarity"]
    assert hits.term == ["Bombenanschlag"]
    assert hits.value[0] == polarity["Anschlag"]


def test_names_and_unknown_words_have_no_polarity(scorer: LatentSemanticScaling) -> None:
    values = scorer.transform(["Xaver Quitte.", "", "Der Teppich."])
    assert np.isnan(values[:, 0]).all()


def test_it_learns_first() -> None:
    with pytest.raises(NotFittedError, match="call fit"):
        LatentSemanticScaling().hits(Documents(["Der Erfolg."]))
    assert LatentSemanticScaling.learns


def test_the_same_corpus_gives_the_same_words(scorer: LatentSemanticScaling) -> None:
    pd.testing.assert_frame_equal(LatentSemanticScaling(dimensions=4).fit(CORPUS).words_, scorer.words_)


def test_own_seeds_make_any_axis(tmp_path: Path) -> None:
    path = tmp_path / "seeds.csv"
    path.write_text("term,valence\nHelfer,1\nOpfer,-1\n", "utf-8")
    scorer = LatentSemanticScaling(seeds=str(path), dimensions=4).fit(CORPUS)
    assert scorer.seeds_ == {"Helfer": 1.0, "Opfer": -1.0}
    assert scorer.lexicons == (str(path),)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("term,valence\nHelfer,viel\n", "utf-8")
    with pytest.raises(InputError, match=r"line 2: valence 'viel' is no number"):
        load_seeds(str(wrong))
    other = tmp_path / "other.csv"
    other.write_text("word,value\nHelfer,1\n", "utf-8")
    with pytest.raises(InputError, match="no columns term and valence"):
        load_seeds(str(other))


def test_a_corpus_without_seeds_is_refused() -> None:
    with pytest.raises(UsageError, match="seed occurs often enough"):
        LatentSemanticScaling(dimensions=2).fit(["Der Teppich liegt im Zimmer."] * 6)


def test_seeds_are_two_poles_without_doubles() -> None:
    rows = lexicons.load("seeds").rows
    terms = [row["term"] for row in rows]
    assert len(set(terms)) == len(terms)
    assert {row["valence"] for row in rows} == {"1", "-1"}
    shares = pd.Series([row["valence"] for row in rows]).value_counts(normalize=True)
    assert shares.min() > 0.4


def test_headline_tone_without_labels(shared_data: Path) -> None:
    frame = pd.read_csv(shared_data / "headlines" / "labelled.csv")
    frame = frame[frame["neg"] == frame["label_first"]].iloc[:800]
    unlabelled = pd.read_csv(shared_data / "headlines" / "unlabelled.csv.gz")["title"].dropna()
    learn = unlabelled.sample(3_000, random_state=0).tolist()
    scorer = LatentSemanticScaling(dimensions=50).fit(learn)
    scores = np.nan_to_num(scorer.transform(frame["title"].tolist())[:, 0])
    # benchmarks/sentiment_methods.py measures on all of the headlines; a few already give more than chance
    assert roc_auc_score(frame["neg"], -scores) > 0.55
