"""The scorers: one measure per file, named in one dictionary."""

from __future__ import annotations

from framing.scorers.actors import Actors
from framing.scorers.base import Scorer
from framing.scorers.frame_functions import FrameFunctions
from framing.scorers.frames import Frames
from framing.scorers.latent_semantic_scaling import LatentSemanticScaling
from framing.scorers.loaded_terms import LoadedTerms
from framing.scorers.sentiment import LexiconSentiment
from framing.scorers.supervised import SupervisedSentiment
from framing.scorers.textblob_de import TextBlobSentiment
from framing.scorers.transformer import TransformerSentiment

SCORERS: dict[str, type[Scorer]] = {
    "sentiment": LexiconSentiment,
    "loaded_terms": LoadedTerms,
    "actors": Actors,
    "frames": Frames,
    "frame_functions": FrameFunctions,
}
SENTIMENT_METHODS: dict[str, type[Scorer]] = {
    "lexicon": LexiconSentiment,
    "textblob-de": TextBlobSentiment,
    "latent-semantic-scaling": LatentSemanticScaling,
    "supervised": SupervisedSentiment,
    "transformer": TransformerSentiment,
}

__all__ = [
    "SCORERS", "SENTIMENT_METHODS", "Actors", "FrameFunctions", "Frames", "LatentSemanticScaling", "LexiconSentiment",
    "LoadedTerms", "Scorer", "SupervisedSentiment", "TextBlobSentiment", "TransformerSentiment",
]  # fmt: skip
