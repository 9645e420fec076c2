"""Sentiment exactly as the package textblob-de gives it: the baseline that people know.

Formula: textblob-de's mean polarity of the adjectives, adverbs and other words that its lexicon knows, in [-1, 1];
its answer for a text without known words is 0. Its look-up lowercases every word, so that capitalised nouns of its
own lexicon never match. Reference: Killer (2015), textblob-de 0.4.3, after Smedt & Daelemans (2012).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from framing.language.documents import Documents
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray, Hits, Scorer


@lru_cache(maxsize=1)
def _tools() -> tuple[Any, Any]:
    import warnings

    with warnings.catch_warnings():
        # textblob 0.17 and its German package predate current Python's warnings about escapes
        warnings.simplefilter("ignore")
        from textblob_de.blob import TextBlobDE
        from textblob_de.tokenizers import PatternTokenizer
    return TextBlobDE, PatternTokenizer()


def polarity(text: str) -> float:
    """Polarity of a text as textblob-de gives it, in [-1, 1]."""
    blob, tokenizer = _tools()
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(blob(text, tokenizer=tokenizer).sentiment.polarity)


class TextBlobSentiment(Scorer):
    """Sentiment by textblob-de; see the module. It gives no hits: the package does not tell which words it counted."""

    name = "sentiment"
    columns = ("sentiment", "sentiment_author", "sentiment_quoted", "sentiment_coverage")

    def hits(self, documents: Documents) -> Hits:
        """None."""
        return Hits.from_rows([])

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """``sentiment`` of all text of a group; the other columns are NaN, the package knows no voices."""
        parts: list[list[str]] = [[] for _ in range(count)]
        for text, g in zip(documents.texts, group.tolist(), strict=True):
            if text.strip():
                parts[g].append(text)
        score = np.array([polarity("\n".join(p)) if p else np.nan for p in parts])
        empty = np.full(count, np.nan)
        return {
            "sentiment": score,
            "sentiment_author": empty,
            "sentiment_quoted": empty.copy(),
            "sentiment_coverage": empty.copy(),
        }
