"""Words counted by arrays are those that a regular expression finds."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framing.report.vocabulary import count_words, word_counts

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LETTERS = st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs",))


@given(st.lists(st.text(st.one_of(LETTERS, st.sampled_from("aÄß- \n_1")), max_size=30), max_size=5))
def test_each_text_has_its_words(texts: list[str]) -> None:
    matrix, words = count_words(texts)
    assert words == sorted(words) and matrix.shape == (len(texts), len(words))
    for row, text in zip(matrix.toarray().tolist(), texts, strict=True):
        assert {w: n for w, n in zip(words, row, strict=True) if n} == Counter(WORD.findall(text))


def test_texts_of_several_batches() -> None:
    texts = [f"gleich Wort{chr(97 + i % 26)} {'neu' if i == 900 else 'alt'}" for i in range(1000)]
    matrix, words = count_words(texts)
    assert words == sorted({"gleich", "alt", "neu", *(f"Wort{chr(97 + i)}" for i in range(26))})
    assert matrix[:, [words.index("neu")]].toarray().ravel().nonzero()[0].tolist() == [900]
    assert matrix.sum() == 3000


def test_capitals_at_the_beginning_of_a_sentence() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    texts = pd.DataFrame(
        {"article_id": ["b", "a"], "title": ["", None], "text": ["Die Frau und die Kinder", "Die die die"]}
    )
    counts = word_counts(articles, texts, min_articles=2)
    # "die" is more frequent than "Die"; "Frau", "und" and "Kinder" stand in one article only
    assert counts.terms == ["die"] and counts.matrix.toarray().tolist() == [[3], [2]]
    assert counts.sizes.tolist() == [3, 5]
