"""Sentiment learnt from texts that the user has coded by hand.

A logistic regression over the features of :mod:`framing.scorers.word_features`, calibrated by Platt's method on held-out
folds. A text with n content words has

    sentiment = tanh((b + Σ_t v_t / √n) / 2) = 2p - 1

where v_t is the contribution of word t (its features times their weights), b the intercept, and p the calibrated
probability of the higher of two levels. With three levels (negative, neutral, positive) a neutral text counts half for
each side. The hits are the content words with their v; from their sum and number the score can be computed again.

Range [-1, 1], positive as the higher level; NaN without content words. It is as good as the coding and holds for texts
like those it was trained on: see the cross-validated report, grouped where texts of one event or author belong together.

Reference: Platt (1999), Probabilistic outputs for support vector machines, Advances in Large Margin Classifiers, 61-74.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.exceptions import NotFittedError

from framing.errors import UsageError
from framing.language.documents import Documents
from framing.language.vocabulary import IntArray, Vocabulary
from framing.scorers.base import FloatArray, Hits, Scorer, _texts
from framing.scorers.by_voice import COLUMNS, by_voice
from framing.scorers.training import Trained, load_trained, save_trained, train
from framing.scorers.word_features import counted, known_terms, part_value, word_parts


class SupervisedSentiment(Scorer):
    """Sentiment learnt from coded texts; see the module for formula and limits.

    Parameters
    ----------
    model
        File written by :meth:`save`; without it the model has to be fitted.
    C
        Inverse strength of the regularisation.
    min_texts
        A feature counts if it occurs in at least so many of the coded texts.
    folds
        Of the cross-validation.
    seed
        Of the folds.

    Attributes
    ----------
    report_
        Cross-validated figures: ``n, levels, accuracy, macro_f1, auc, brier, calibration_error, folds, grouped``.
    features_
        What the model goes by: ``feature, weight, influence`` (weight times the feature's standard deviation over the
        coded texts), lowest influence first.

    Examples
    --------
    >>> texts = ["Ein schöner Erfolg.", "Die Rettung gelingt.", "Ein schwerer Unfall.", "Der Anschlag tötet viele."] * 5
    >>> model = SupervisedSentiment(C=1.0).fit(texts, ["positive", "positive", "negative", "negative"] * 5)
    >>> bool(model.transform(["Die Rettung war ein Erfolg."])[0, 0] > 0)
    True
    """

    name = "sentiment"
    columns = COLUMNS

    def __init__(self, model: str = "", C: float = 0.03, min_texts: int = 2, folds: int = 5, seed: int = 0) -> None:
        self.model = model
        self.C = C
        self.min_texts = min_texts
        self.folds = folds
        self.seed = seed

    @property
    def lexicons(self) -> tuple[str, ...]:
        """The lexicons whose values are features."""
        return ("valence", "shifters", "loaded_terms")

    def fit(
        self, X: Sequence[str] | pd.DataFrame, y: Any = None, groups: Sequence[Any] | None = None
    ) -> SupervisedSentiment:
        """Train on coded texts; where a file ``model`` is named, it is loaded and nothing is learnt.

        Parameters
        ----------
        X
            Texts, or a table with ``text`` and, if known, ``title``.
        y
            One label each: ``negative``, ``neutral``, ``positive``, or -1, 0, 1. Two levels are enough.
        groups
            Group of each text (event, author, day): the folds of the cross-validation keep groups together.

        Raises
        ------
        InputError
            Where a label is not known, or a level has fewer texts than there are folds.
        UsageError
            Without labels and without a model file.
        """
        texts, group, count = _texts(X)
        if y is None or self.model:
            self._get()
        else:
            self._trained = train(
                texts,
                group,
                count,
                list(y),
                groups,
                C=self.C,
                min_texts=self.min_texts,
                folds=self.folds,
                seed=self.seed,
            )
        self.n_features_in_ = 1
        return self

    def save(self, path: str | Path) -> Path:
        """Write the model with skops, which holds data only and no code."""
        return save_trained(self._get(), Path(path))

    @property
    def report_(self) -> dict[str, Any]:
        """Cross-validated figures."""
        return self._get().report

    @property
    def features_(self) -> pd.DataFrame:
        """Features with their weights."""
        return self._get().features

    def describe(self) -> dict[str, str]:
        """Digest of the model."""
        return {"digest": self._get().digest}

    def hits(self, documents: Documents) -> Hits:
        """Content words with their contributions to the score."""
        trained, d = self._get(), documents
        at = counted(d)
        value = _contributions(d, at, trained)
        notes = [""] * len(at)
        negated = d.negation.negated[at]
        by, strings, types = d.negation.by, d.vocabulary.strings, d.tokens.type
        for k in np.flatnonzero(negated).tolist():
            notes[k] = f"negated by {strings[types[by[at[k]]]]}"
        names = d.vocabulary.lemmas
        terms = [names[k] for k in d.lemma[at].tolist()]
        category = np.where(value > 0, "positive", "negative").tolist()
        return Hits(at, at + 1, terms, category, value, note=notes)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """``sentiment`` and its parts by voice, and ``sentiment_coverage``: share of content words that are hits."""
        intercept = self._get().intercept

        def link(total: FloatArray, number: FloatArray) -> FloatArray:
            z = intercept + total / np.sqrt(np.maximum(number, 1))
            return np.where(number > 0, np.tanh(z / 2), np.nan)

        return by_voice(documents, hits, group, count, link)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_trained") or bool(self.model)

    def _get(self) -> Trained:
        trained: Trained | None = getattr(self, "_trained", None)
        if trained is None:
            if not self.model:
                raise NotTrainedError
            trained = self._trained = load_trained(Path(self.model))
        return trained


class NotTrainedError(UsageError, NotFittedError):
    """A supervised model is asked for scores before it has learnt from coded texts."""

    def __init__(self) -> None:
        super().__init__(
            "supervised sentiment has no model",
            cure="train one: framing train-sentiment CODED.csv -o model.skops, then --sentiment model.skops",
        )


def _contributions(d: Documents, at: IntArray, trained: Trained) -> FloatArray:
    """Contribution of each counted token, the same as its features times the weights."""
    voc, weights = d.vocabulary, trained.weights
    lemma = d.lemma[at]  # first: it may bring new lemmas, which the table must know
    table = voc.lemma_table(
        ("supervised", trained.digest), np.float64,
        lambda new: np.array([_word(w, weights) for w in new], np.float64).reshape(-1, 2),
    )  # fmt: skip
    value = table[lemma, 0] + np.where(d.negation.negated[at], table[lemma, 1], 0)
    keys, pair_values = _pairs(voc, trained)
    if len(keys):
        sentence = d.tokens.sentence[at]
        second = np.flatnonzero(sentence[1:] == sentence[:-1]) + 1
        key = lemma[second - 1].astype(np.int64) << 32 | lemma[second]
        place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
        value[second] += np.where(keys[place] == key, pair_values[place], 0)
    for prefix, found in known_terms(d, at):
        for which, names, amount in found:
            np.add.at(value, which, amount * np.array([weights.get(prefix + n, 0.0) for n in names]))
    return value


def _word(lemma: str, weights: dict[str, float]) -> tuple[float, float]:
    """What a word adds by itself, and what it adds more where it is negated."""
    parts = word_parts(lemma)
    share = float(part_value(np.array(len(parts))))
    own = weights.get(f"word:{lemma}", 0.0) + share * sum(weights.get(f"part:{p}", 0.0) for p in parts)
    return own, weights.get(f"not:{lemma}", 0.0)


def _pairs(voc: Vocabulary, trained: Trained) -> tuple[Any, FloatArray]:
    """Known pairs of words as sorted keys of this vocabulary, with their weights."""
    key = ("supervised pairs", trained.digest)
    found: Any = voc.indices.get(key)
    if found is None:
        pairs = [(n[5:].split(" ", 1), w) for n, w in trained.weights.items() if n.startswith("pair:")]
        keys = np.array([voc.lemma_id(a) << 32 | voc.lemma_id(b) for (a, b), _ in pairs], np.int64)
        order = np.argsort(keys)
        found = keys[order], np.array([w for _, w in pairs], np.float64)[order]
        voc.indices[key] = found
    return found  # type: ignore[no-any-return]
