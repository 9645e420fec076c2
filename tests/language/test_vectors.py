from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from framing.errors import InputError, UsageError
from framing.language import vectors as module
from framing.language.documents import Documents
from framing.language.vectors import WordVectors, content_words

TEXTS = [
    "Krieg bringt Tod.", "Krieg und Tod und Leid.", "Frieden bringt Glück.", "Frieden und Glück und Freude.",
    "Der Krieg bringt Leid.", "Der Frieden bringt Freude.",
] * 3  # fmt: skip


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    return WordVectors.fit(TEXTS, dimensions=3, min_count=2)


def test_words_of_one_company_are_near(vectors: WordVectors) -> None:
    assert set(vectors.similar("Krieg", 2).index) == {"Tod", "Leid"}
    assert set(vectors.similar("Frieden", 2).index) == {"Glück", "Freude"}


def test_rows_have_length_one_and_counts_fall(vectors: WordVectors) -> None:
    np.testing.assert_allclose(np.linalg.norm(vectors.vectors, axis=1), 1, rtol=1e-5)
    assert (np.diff(vectors.counts) <= 0).all()
    # 9 sentences with Krieg, 6 with Tod
    assert vectors.counts[vectors.rows(["Krieg", "Tod"])].tolist() == [9, 6]


@pytest.mark.parametrize("context", ["sentence", "window"])
def test_the_same_corpus_gives_the_same_vectors(context: module.Context) -> None:
    one = WordVectors.fit(TEXTS, dimensions=3, min_count=2, context=context, seed=1)
    Documents(["Neue Wörter kommen dazwischen."]).lemma  # noqa: B018
    two = WordVectors.fit(Documents(TEXTS), dimensions=3, min_count=2, context=context, seed=1)
    assert one.lemmas == two.lemmas
    np.testing.assert_array_equal(one.vectors, two.vectors)


def test_sentence_cells_by_hand() -> None:
    # lemma 0 in sentences 0 and 1, lemma 1 in sentence 0, twice: three cells, each 1
    row, sentence = np.array([0, 1, 1, 0], np.int32), np.array([0, 0, 0, 1], np.int32)
    m = module._sentences(row, sentence, 2).toarray()
    a, b = np.log(3 / 2), np.log(3 / 1)  # (1 + S) / s_w with S = 2
    np.testing.assert_allclose(m, [[a / np.hypot(a, b), 1], [b / np.hypot(a, b), 0]], rtol=1e-6)


def test_window_cells_by_hand() -> None:
    # one sentence "0 1 0": pairs at distance 1: (0,1) (1,0), at distance 2: (0,0) with weight 1/2, both directions
    m = module._ppmi(np.array([0, 1, 0], np.int32), np.zeros(3, np.int32), 2, 2)
    counts = np.array([[1.0, 2.0], [2.0, 0.0]])
    context = counts.sum(axis=0) ** 0.75
    with np.errstate(divide="ignore"):
        expected = np.log(counts / (counts.sum(axis=1, keepdims=True) * (context / context.sum())))
    np.testing.assert_allclose(m.toarray(), np.maximum(expected, 0), rtol=1e-5)


def test_no_pair_crosses_a_sentence() -> None:
    m = module._ppmi(np.array([0, 1, 2, 0], np.int32), np.array([0, 0, 1, 1], np.int32), 3, 5)
    assert not sparse.csr_matrix(m)[1, 2]


def test_polarity_is_the_sum_of_cosines_or_their_weighted_mean(vectors: WordVectors) -> None:
    seeds = {"Glück": 1.0, "Freude": 1.0, "Tod": -1.0, "Unbekannt": -1.0}
    cosine = {s: vectors["Krieg"] @ vectors[s] for s in ("Glück", "Freude", "Tod")}
    linear = (cosine["Glück"] + cosine["Freude"]) / 2 - cosine["Tod"]
    assert vectors.polarity(seeds)["Krieg"] == pytest.approx(linear, abs=1e-6)
    near = {s: np.exp(6 * c) for s, c in cosine.items()}
    up, down = (near["Glück"] + near["Freude"]) / 2, near["Tod"]
    assert vectors.polarity(seeds, sharpness=6)["Krieg"] == pytest.approx((up - down) / (up + down), abs=1e-6)


def test_a_pole_with_more_words_pulls_no_harder(vectors: WordVectors) -> None:
    one = vectors.polarity({"Glück": 1, "Tod": -1})
    same = vectors.polarity({"Glück": 5, "Tod": -0.1})
    np.testing.assert_allclose(one, same)


def test_content_words_leave_out_function_words_and_marks() -> None:
    words = content_words(["Der Krieg, der nie endete, ist aus. Er war lang."])
    assert [words.names[k] for k in words.lemma.tolist()][:2] == ["Krieg", "nie"]
    assert set(words.sentence.tolist()) == {0, 1}


def test_sentences_of_batches_are_numbered_on(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = content_words(TEXTS)
    monkeypatch.setattr(module, "BATCH", 4)
    parts = content_words(TEXTS)
    np.testing.assert_array_equal(whole.sentence, parts.sentence)
    np.testing.assert_array_equal(whole.lemma, parts.lemma)


def test_what_cannot_be_done_is_said(vectors: WordVectors) -> None:
    with pytest.raises(InputError, match="0 lemmas occur 5 times or more"):
        WordVectors.fit(["Krieg.", "Frieden."])
    with pytest.raises(InputError, match="0 lemmas"):
        WordVectors.fit([])
    with pytest.raises(UsageError, match="no context 'document'"):
        WordVectors.fit(TEXTS, context="document")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="must be at least 1"):
        WordVectors.fit(TEXTS, dimensions=0)
    with pytest.raises(UsageError, match="no vector of 'Haus'"):
        vectors.similar("Haus")
    with pytest.raises(UsageError, match="no negative seed"):
        vectors.polarity({"Glück": 1, "Haus": -1})
