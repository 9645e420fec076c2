from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from framing.compare.lemma_matrix import LemmaMatrix, lemma_matrix
from framing.compare.packages import _matched, packages, packages_stability
from framing.errors import UsageError

TOPICS = [
    ["Streik", "Gewerkschaft", "Lohn", "Tarif", "Betrieb"],
    ["Deich", "Pegel", "Regen", "Flut", "Fluss"],
    ["Impfung", "Klinik", "Arzt", "Pflege", "Station"],
]


def planted(n: int = 90, seed: int = 0) -> LemmaMatrix:
    """Articles of three topics that share no word; outlet Blau has only the first."""
    rng = np.random.default_rng(seed)
    terms = [w for t in TOPICS for w in t]
    topic = np.arange(n) % 3
    counts = np.zeros((n, len(terms)))
    for i, k in enumerate(topic):
        counts[i, 5 * k : 5 * k + 5] = rng.integers(1, 5, 5)
    counts /= np.linalg.norm(counts, axis=1, keepdims=True)
    outlet = np.where(topic == 0, "Blau", np.where(rng.random(n) < 0.5, "Rot", "Grün"))
    articles = pd.DataFrame(
        {"article_id": [f"a{i}" for i in range(n)], "outlet": outlet, "title": [f"Titel {i}" for i in range(n)]}
    )
    return LemmaMatrix(sparse.csr_matrix(counts), terms, articles)


def test_planted_packages_are_found_and_stable() -> None:
    found = packages(planted(), 3, seeds=4, n_words=5, n_articles=2, n_resamples=200)
    words = found.words.groupby("package")["term"].agg(set).tolist()
    assert sorted(map(sorted, words)) == sorted(map(sorted, TOPICS))
    assert found.words.groupby("package")["weight"].sum().between(0.99, 1 + 1e-9).all()
    assert (found.stability[["stability", "agreement"]] > 0.99).all(axis=None)
    assert found.of_articles.sum(axis=1).to_numpy() == pytest.approx(np.ones(90))
    labour = found.stability["label"][found.stability["label"].str.contains("Streik|Gewerkschaft|Lohn|Tarif")].iloc[0]
    blue = found.shares[(found.shares["target"] == labour)].set_index("group")["estimate"]
    assert blue["Blau"] == pytest.approx(1, abs=0.02) and blue["Rot"] == pytest.approx(0, abs=0.02)
    assert len(found.articles) == 6 and set(found.articles["rank"]) == {1, 2}
    assert (found.shares["ci_low"] <= found.shares["estimate"] + 1e-9).all()
    assert "best of 4 random starts" in found.method


def test_the_same_seed_gives_the_same() -> None:
    first, second = (packages(planted(), 3, seeds=2, n_resamples=50) for _ in range(2))
    for name in ("words", "articles", "shares", "stability"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_too_many_packages_are_less_stable() -> None:
    table = packages_stability(planted(), (3, 8), seeds=4, n_words=5)
    assert table["n"].tolist() == [3, 8]
    assert table["stability"].iloc[0] > 0.99 > table["stability"].iloc[1]
    assert table["stable"].iloc[0] == 3
    assert 0 < table["explained"].iloc[0] < table["explained"].iloc[1] <= 1


def test_matching_is_one_to_one_by_cosine() -> None:
    h = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    other = np.array([[0, 2.0, 0], [3.0, 4.0, 0]])
    cosine, jaccard = _matched(h, [other], 1)
    # by hand: cosines of rows 0 are (0, .6), of row 1 (1, .8): best sum is row 0 with 1, row 1 with 0
    assert cosine.tolist() == pytest.approx([0.6, 1.0])
    # top words: Nr. 0 against Nr. 1 (4 > 3): none shared; Nr. 1 against Nr. 1: the same
    assert jaccard.tolist() == [0.0, 1.0]


def test_tfidf_is_that_of_the_formula() -> None:
    texts = ["Streik Streik Lohn", "Lohn Deich", "Deich Deich Deich"]
    frame = pd.DataFrame({"article_id": list("abc"), "outlet": "Blau", "title": "", "text": [f"{t}." for t in texts]})
    given = lemma_matrix(frame, min_articles=1, max_share=1.0)
    assert given.terms == ["Deich", "Lohn", "Streik"]
    # by hand, first article: Lohn 1 * (ln(4/3) + 1), Streik (1 + ln 2)(ln(4/2) + 1), scaled to length 1
    row = np.array([0, np.log(4 / 3) + 1, (1 + np.log(2)) * (np.log(2) + 1)])
    np.testing.assert_allclose(given.matrix.toarray()[0], row / np.linalg.norm(row))
    assert lemma_matrix(frame, min_articles=2, max_share=1.0).terms == ["Deich", "Lohn"]


def test_names_are_no_words_of_packages() -> None:
    text = "Olaf Scholz traf Emmanuel Macron in Paris. Die Verhandlung stockte."
    frame = pd.DataFrame({"article_id": list("abcde"), "outlet": "Blau", "title": "", "text": [text] * 5})
    terms = lemma_matrix(frame, max_share=1.0).terms
    assert "Verhandlung" in terms and not {"Scholz", "Macron", "Paris"} & set(terms)


def test_wrong_numbers_are_one_clear_line() -> None:
    for n, seeds in ((1, 3), (99, 3), (3, 1)):
        with pytest.raises(UsageError, match="packages from"):
            packages(planted(), n, seeds=seeds)
    with pytest.raises(UsageError, match="articles have no column 'paper'"):
        packages(planted(), 3, by="paper")
    frame = pd.DataFrame({"article_id": ["a"], "outlet": "Blau", "title": "", "text": ["Ein Deich."]})
    with pytest.raises(UsageError, match="0 lemmas stand in 5 articles"):
        lemma_matrix(frame)
    with pytest.raises(UsageError, match="max_share"):
        lemma_matrix(frame, max_share=0)
