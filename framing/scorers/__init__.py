"""The scorers: one measure per file, named in one dictionary."""

from __future__ import annotations

from framing.scorers.actors import Actors
from framing.scorers.base import Scorer
from framing.scorers.loaded_terms import LoadedTerms
from framing.scorers.sentiment import LexiconSentiment
from framing.scorers.textblob_de import TextBlobSentiment

SCORERS: dict[str, type[Scorer]] = {
    "sentiment": LexiconSentiment,
    "loaded_terms": LoadedTerms,
    "actors": Actors,
}
SENTIMENT_METHODS: dict[str, type[Scorer]] = {
    "lexicon": LexiconSentiment,
    "textblob-de": TextBlobSentiment,
}

__all__ = ["SCORERS", "SENTIMENT_METHODS", "Actors", "LexiconSentiment", "LoadedTerms", "Scorer", "TextBlobSentiment"]
