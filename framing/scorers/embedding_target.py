"""Target sentiment by sentence embeddings: any encoder the user brings, and a logistic regression on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from framing.errors import InputError, UsageError
from framing.scorers.base import FloatArray


class Encoder(Protocol):
    """Anything that turns texts into vectors, such as a SentenceTransformer."""

    def encode(self, sentences: list[str], /) -> ArrayLike:
        """One row per text."""


class EmbeddingTarget(ClassifierMixin, BaseEstimator):
    """Sentiment toward targets from the embeddings of the target and of the text on either side of it.

    Each target is described by three vectors of the encoder (text up to the target, target, text from the target on);
    a logistic regression over the standardised vectors gives the probabilities of the labels.

    Parameters
    ----------
    encoder
        Has ``encode(list[str]) -> array`` with one row per text. It is not part of this package.
    strength
        Inverse strength of the regularisation.

    Examples
    --------
    >>> class Letters:
    ...     def encode(self, texts):
    ...         return [[t.count("!"), len(t)] for t in texts]
    >>> texts = ["Bravo! X!", "Ach, X.", "Toll! X!", "Na ja, X."]
    >>> spans = [(7, 8), (5, 6), (6, 7), (7, 8)]
    >>> model = EmbeddingTarget(Letters()).fit(texts, spans, ["positive", "neutral", "positive", "neutral"])
    >>> model.predict(["Hurra! X!"], [(7, 8)]).tolist()
    ['positive']
    """

    def __init__(self, encoder: Encoder, strength: float = 0.1) -> None:
        self.encoder = encoder
        self.strength = strength

    def fit(self, texts: Sequence[str], spans: Sequence[tuple[int, int]], labels: Sequence[str]) -> EmbeddingTarget:
        """Learn from coded targets.

        Parameters
        ----------
        texts, spans, labels
            One of each per target; a span is ``(start, end)`` in its text.
        """
        if len(labels) != len(texts):
            raise InputError(f"{len(texts)} texts and {len(labels)} labels", cure="give one label per text")
        regression = LogisticRegression(C=self.strength, max_iter=2000)
        self.model_ = make_pipeline(StandardScaler(), regression).fit(self._vectors(texts, spans), list(labels))
        self.classes_ = self.model_.classes_
        return self

    def predict(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """Label of each target."""
        check_is_fitted(self)
        labels: NDArray[Any] = self.model_.predict(self._vectors(texts, spans))
        return labels

    def predict_proba(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> FloatArray:
        """Probabilities, one column per label in ``classes_``."""
        check_is_fitted(self)
        probabilities: FloatArray = self.model_.predict_proba(self._vectors(texts, spans))
        return probabilities

    def _vectors(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> FloatArray:
        if len(texts) != len(spans):
            raise InputError(f"{len(texts)} texts and {len(spans)} spans", cure="give one span per text")
        for k, (text, (start, end)) in enumerate(zip(texts, spans, strict=True)):
            if not 0 <= start < end <= len(text):
                raise InputError(
                    f"span {start}:{end} is not inside a text of {len(text)} characters", record=f"row {k + 1}"
                )
        pieces = [
            [text[:end] for text, (_, end) in zip(texts, spans, strict=True)],
            [text[start:end] for text, (start, end) in zip(texts, spans, strict=True)],
            [text[start:] for text, (start, _) in zip(texts, spans, strict=True)],
        ]
        rows = np.asarray(self.encoder.encode([p for piece in pieces for p in piece]), np.float64)
        if rows.ndim != 2 or len(rows) != 3 * len(texts):
            raise UsageError(
                f"the encoder gave an array of shape {rows.shape} for {3 * len(texts)} texts",
                cure="encode() must return one row per text",
            )
        return np.hstack(np.split(rows, 3))
