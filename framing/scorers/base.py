"""What all scorers share: hits as arrays, and the manners of scikit-learn.

A scorer is pure: parsed texts in, hits and measures out. As a scikit-learn transformer it takes a list of texts and
gives one row of measures each, so that it can stand in a ``Pipeline`` before a classifier.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from framing.language.documents import Documents
from framing.language.vocabulary import IntArray

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
BATCH = 100


@dataclass(slots=True)
class Hits:
    """Pieces of evidence, one entry each, in text order.

    Attributes
    ----------
    first, last
        First token and the token after the last.
    term
        Lexicon entry or rule that was found.
    category
        Kind of hit, by scorer.
    target
        Whom it is about, empty where open.
    value
        Number that goes into the score.
    note
        What a reader should know: the neutral wording, the negation that turned a value.
    """

    first: IntArray
    last: IntArray
    term: list[str]
    category: list[str]
    value: FloatArray
    target: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.target:
            self.target = [""] * len(self.term)
        if not self.note:
            self.note = [""] * len(self.term)

    def __len__(self) -> int:
        return len(self.term)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, int, str, str, float, str, str]]) -> Hits:
        """From ``(first, last, term, category, value, target, note)`` rows, sorted into text order."""
        ordered = sorted(rows, key=lambda r: (r[0], r[1], r[3]))
        columns: list[Any] = [list(c) for c in zip(*ordered, strict=True)] if ordered else [[] for _ in range(7)]
        return cls(
            np.array(columns[0], np.int32),
            np.array(columns[1], np.int32),
            columns[2],
            columns[3],
            np.array(columns[4], np.float64),
            columns[5],
            columns[6],
        )


class Scorer(TransformerMixin, BaseEstimator, ABC):
    """Base of the scorers.

    Sub-classes set ``name`` and ``columns`` and define :meth:`hits` and :meth:`measures`, and :attr:`lexicons` where they
    read any.
    """

    name: str = ""
    columns: tuple[str, ...] = ()
    # whether fit() learns from texts; such a method has to be fitted before it gives hits
    learns: bool = False

    @property
    def lexicons(self) -> tuple[str, ...]:
        """Names or files of the lexicons that decide the numbers, for the signature."""
        return ()

    def describe(self) -> dict[str, str]:
        """What decides the numbers beside the lexicons, for the signature: the digest of what was learnt."""
        return {}

    @abstractmethod
    def hits(self, documents: Documents) -> Hits:
        """Evidence in parsed texts."""

    @abstractmethod
    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """Numbers per group of texts.

        Parameters
        ----------
        documents, hits
            Parsed texts and the evidence in them.
        group
            Shape ``(len(documents),)``: number of the group (the article) that each text belongs to.
        count
            Number of groups.
        """

    def fit(self, X: Sequence[str] | pd.DataFrame, y: object = None) -> Scorer:
        """Nothing is learnt; checks the input."""
        _texts(X)
        self.n_features_in_ = 1
        return self

    def transform(self, X: Sequence[str] | pd.DataFrame) -> FloatArray:
        """Measures of texts, shape ``(len(X), len(columns))``.

        Parameters
        ----------
        X
            Texts, or a table with a column ``text`` (and ``title``, which is then scored too).
        """
        rows = []
        segments, group, count = _texts(X)
        bounds = np.searchsorted(group, np.arange(0, count + BATCH, BATCH))
        for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            if high > low:
                base = int(group[low])
                last = int(group[high - 1]) - base + 1
                documents = Documents(segments[low:high], group=group[low:high] - base)
                values = self.measures(documents, self.hits(documents), group[low:high] - base, last)
                rows.append(np.column_stack([values[c] for c in self.columns]))
        return np.concatenate(rows) if rows else np.zeros((0, len(self.columns)))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Names of the columns of :meth:`transform`."""
        return np.array(self.columns, dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True


def _texts(x: Sequence[str] | pd.DataFrame) -> tuple[list[str], IntArray, int]:
    """Texts to parse, the row each belongs to, number of rows."""
    if hasattr(x, "columns"):
        frame: Any = x
        if "text" not in frame.columns:
            raise ValueError(f"no column 'text' among {list(frame.columns)}")
        if "title" in frame.columns:
            titles, texts = frame["title"].fillna("").astype(str).tolist(), frame["text"].astype(str).tolist()
            both = [s for pair in zip(titles, texts, strict=True) for s in pair]
            return both, np.repeat(np.arange(len(texts)), 2).astype(np.int32), len(texts)
        x = frame["text"].astype(str).tolist()
    if isinstance(x, str):
        raise ValueError("give a list of texts, not one string")
    values = np.asarray(x, dtype=object).ravel().tolist()
    if not all(isinstance(s, str) for s in values):
        raise ValueError("texts must be strings")
    return values, np.arange(len(values), dtype=np.int32), len(values)


def sum_by(group: IntArray, count: int, weights: NDArray[Any] | None = None) -> FloatArray:
    """Sums (or counts) per group, shape ``(count,)``."""
    return np.bincount(group, weights=weights, minlength=count).astype(np.float64)


def ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Quotient, NaN where the denominator is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        result: FloatArray = np.where(denominator > 0, numerator / np.where(denominator > 0, denominator, 1), np.nan)
    return result
