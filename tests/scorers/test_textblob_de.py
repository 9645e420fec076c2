"""The baseline gives what the package textblob-de gives, to the last digit."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from framing import score
from framing.scorers import TextBlobSentiment

TEXTS = [
    "Das ist ein sehr schöner Tag.",
    "Die Lage ist nicht gut, sie ist schlecht und gefährlich.",
    "„Wunderbar“, sagte der Minister.\n\nDie Opposition fand den Entwurf miserabel.",
    "Der Tisch steht im Flur.",
    "Erfolg, Krieg und Frieden",
    "Die hässlichen alten Häuser werden endlich schnell abgerissen …",
]


def package_polarity(text: str) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from textblob_de import TextBlobDE
        from textblob_de.tokenizers import PatternTokenizer

        return float(TextBlobDE(text, tokenizer=PatternTokenizer()).sentiment.polarity)


@pytest.mark.parametrize("text", TEXTS)
def test_the_package_s_own_numbers(text: str) -> None:
    assert TextBlobSentiment().fit_transform([text])[0, 0] == package_polarity(text)


def test_the_texts_are_not_all_alike() -> None:
    values = [package_polarity(text) for text in TEXTS]
    assert min(values) < 0 < max(values)


def test_what_the_package_does_not_know_is_nan() -> None:
    values = TextBlobSentiment().fit_transform([TEXTS[0], ""])
    assert np.isnan(values[:, 1:]).all()
    assert np.isnan(values[1, 0])


def test_articles_are_scored_as_title_and_text_together() -> None:
    corpus = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "title": [TEXTS[0]], "text": [TEXTS[1]]})
    article = score(corpus, sentiment="textblob-de").articles.iloc[0]
    assert article["sentiment"] == package_polarity(f"{TEXTS[0]}\n{TEXTS[1]}")
    assert article["sentiment_title"] == package_polarity(TEXTS[0])
