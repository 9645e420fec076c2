"""Sentiment toward any span of a text: rules, or the trained model, for one span or for a table of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.language.vocabulary import IntArray
from framing.language.voices import VOICES
from framing.scorers.base import FloatArray
from framing.scorers.loaded_terms import LoadedTerms
from framing.scorers.sentiment import LexiconSentiment
from framing.scorers.target_context import CATEGORIES, DISCOUNT, surroundings
from framing.scorers.target_features import target_features
from framing.scorers.target_model import LABELS, load_target_model
from framing.scorers.valued_words import valued_words

Method = Literal["model", "rules"]
METHODS = ("model", "rules")
# Sum of discounted values from which the rules call a target negative or positive: one mild word (0.25) about it.
THRESHOLD = 0.25
BATCH = 500
_HITS = ("start", "end", "surface", "term", "category", "value", "voice")


@dataclass(frozen=True)
class TargetSentiment:
    """Sentiment toward one target.

    Attributes
    ----------
    label
        ``negative``, ``neutral`` or ``positive``.
    value
        In [-1, 1]. Rules: the sum of the hits, cut to the range. Model: probability of positive minus that of negative.
    probabilities
        By label; None for rules.
    hits
        One row per valued word about or around the target, with its offsets, ``category`` (rule or ``clause``,
        ``sentence``, ``next_sentence``) and discounted ``value``. The model weighs them in its own way.
    """

    label: str
    value: float
    probabilities: dict[str, float] | None
    hits: pd.DataFrame


def sentiment_toward(text: str, start: int, end: int, method: Method = "model") -> TargetSentiment:
    """How a text stands toward the target at ``text[start:end]``.

    Parameters
    ----------
    text
        German text, a sentence or a few; sentences further than one away are not read.
    start, end
        Offsets of the target.
    method
        ``rules``: what the lexicons say of the target, plus what stands around it, discounted by distance
        (:mod:`framing.scorers.target_context`); neutral below a sum of 0.25. ``model``: the trained model
        (:mod:`framing.scorers.target_model`).

    Raises
    ------
    UsageError
        Where the span is not inside the text, holds no word, or the method is unknown.

    References
    ----------
    Hamborg & Donnay (2021), EACL, for the task; Rashkin et al. (2016), ACL, for the values of verbs.

    Examples
    --------
    >>> result = sentiment_toward("Der korrupte Minister täuschte das Parlament.", 13, 21, method="rules")
    >>> result.label, result.hits[["surface", "category"]].values.tolist()
    ('negative', [['korrupte', 'attribute'], ['täuschte', 'verb_agent']])
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    _check_method(method)
    _check_span(text, start, end, "")
    batch = _Batch([text], [(0, start, end)])
    value, label, probabilities = batch.predict(method)
    table = None if probabilities is None else dict(zip(LABELS, probabilities[0].tolist(), strict=True))
    return TargetSentiment(LABELS[label[0]], float(value[0]), table, batch.hits())


def sentiment_toward_many(
    spans: pd.DataFrame | Iterable[tuple[str, int, int]], method: Method = "model", progress: bool | None = None
) -> pd.DataFrame:
    """:func:`sentiment_toward` for a table of spans, parsed in batches.

    Parameters
    ----------
    spans
        A table with columns ``text``, ``start``, ``end``, or tuples of these.
    method
        ``model`` or ``rules``.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        One row per span, in order and with the index of the table: ``start, end, target, label, value``, and with
        the model ``p_negative, p_neutral, p_positive``.

    Raises
    ------
    InputError
        Where a column is missing or a span is not inside its text, with its row.

    Examples
    --------
    >>> table = sentiment_toward_many([("Die mutige Retterin half.", 11, 19)], method="rules")
    >>> table[["target", "label"]].values.tolist()
    [['Retterin', 'positive']]
    """
    _check_method(method)
    rows, index = _rows(spans)
    parts = []
    for part, batch in _batches(rows, progress):
        value, label, probabilities = batch.predict(method)
        found: dict[str, Any] = {
            "start": [s for _, s, _ in part], "end": [e for _, _, e in part],
            "target": [t[s:e] for t, s, e in part], "label": [LABELS[k] for k in label.tolist()], "value": value,
        }  # fmt: skip
        if probabilities is not None:
            found |= {f"p_{name}": probabilities[:, k] for k, name in enumerate(LABELS)}
        parts.append(pd.DataFrame(found))
    if not parts:
        columns = ["start", "end", "target", "label", "value"]
        return pd.DataFrame(columns=columns + [f"p_{n}" for n in LABELS] * (method == "model"))
    return pd.concat(parts, ignore_index=True).set_axis(index)


def span_features(spans: pd.DataFrame | Iterable[tuple[str, int, int]]) -> tuple[FloatArray, list[str]]:
    """What the model sees of each span, shape ``(spans, features)``, and the names of the features."""
    found = [batch.features() for _, batch in _batches(_rows(spans)[0], False)]
    if not found:
        raise InputError("no spans", cure="give at least one")
    return np.concatenate([x for x, _ in found]), found[0][1]


Span = tuple[str, int, int]


def _batches(rows: list[Span], progress: bool | None) -> Iterator[tuple[list[Span], _Batch]]:
    """Spans checked and parsed, some hundred at a time; a text is parsed once in a batch."""
    from tqdm import tqdm

    for k, (text, start, end) in enumerate(rows):
        _check_span(text, start, end, f"row {k + 1}")
    show = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(rows), unit=" targets", desc="sentiment toward", disable=not show, delay=0.5) as bar:
        for low in range(0, len(rows), BATCH):
            part = rows[low : low + BATCH]
            number = {text: k for k, text in enumerate(dict.fromkeys(text for text, _, _ in part))}
            yield part, _Batch(list(number), [(number[text], start, end) for text, start, end in part])
            bar.update(len(part))


class _Batch:
    """Spans of parsed texts with the evidence for them."""

    def __init__(self, texts: Sequence[str], spans: Sequence[tuple[int, int, int]]) -> None:
        self.d = Documents(texts)
        self.count = len(spans)
        first, last = tokens_of(self.d, spans)
        self.words = valued_words(self.d, LexiconSentiment().hits(self.d), LoadedTerms().hits(self.d))
        self.around, self.targets = surroundings(self.d, first, last, self.words)

    def features(self) -> tuple[FloatArray, list[str]]:
        return target_features(self.d, self.targets, self.around, self.words, self.count)

    def predict(self, method: Method) -> tuple[FloatArray, IntArray, FloatArray | None]:
        """Value, index of the label, probabilities of each span."""
        if method == "rules":
            total = np.round(self.around.sums(self.count), 9)
            label = np.where(total >= THRESHOLD, 2, np.where(total <= -THRESHOLD, 0, 1))
            return np.clip(total, -1, 1), label.astype(np.int32), None
        model = load_target_model()
        probabilities = model.probabilities(self.features()[0])
        return probabilities[:, 2] - probabilities[:, 0], model.labels(probabilities).astype(np.int32), probabilities

    def hits(self) -> pd.DataFrame:
        d, a = self.d, self.around
        order = np.argsort(a.first, kind="stable")
        first, last = a.first[order], a.last[order]
        return pd.DataFrame(
            {
                "start": d.tokens.start[first],
                "end": d.tokens.end[last - 1],
                "surface": [d.surface(x, y) for x, y in zip(first.tolist(), last.tolist(), strict=True)],
                "term": [d.vocabulary.lemmas[k] for k in d.lemma[first].tolist()],
                "category": [CATEGORIES[k] for k in a.category[order].tolist()],
                "value": (a.value * DISCOUNT[a.category])[order],
                "voice": [VOICES[k] for k in d.voice[first].tolist()],
            },
            columns=list(_HITS),
        )


def tokens_of(d: Documents, spans: Sequence[tuple[int, int, int]]) -> tuple[IntArray, IntArray]:
    """First token and the token after the last of each ``(text, start, end)``; a part of a token takes it whole."""
    t = d.tokens
    first, last = np.zeros(len(spans), np.int32), np.zeros(len(spans), np.int32)
    for k, (text, start, end) in enumerate(spans):
        s = d.slice(text)
        first[k] = s.start + np.searchsorted(t.end[s], start, side="right")
        last[k] = s.start + np.searchsorted(t.start[s], end, side="left")
    return first, np.maximum(last, first + 1).astype(np.int32)


def _rows(spans: pd.DataFrame | Iterable[tuple[str, int, int]]) -> tuple[list[tuple[str, int, int]], pd.Index[Any]]:
    if isinstance(spans, pd.DataFrame):
        missing = [c for c in ("text", "start", "end") if c not in spans.columns]
        if missing:
            raise InputError(
                f"no column {missing[0]!r} among {list(spans.columns)}", cure="name the columns text, start, end"
            )
        triples = zip(spans["text"].tolist(), spans["start"].tolist(), spans["end"].tolist(), strict=True)
        return [(t, s, e) for t, s, e in triples], spans.index
    rows = list(spans)
    for k, row in enumerate(rows):
        if len(row) != 3:
            raise InputError(f"{len(row)} values", record=f"row {k + 1}", cure="give text, start, end")
    return [(t, s, e) for t, s, e in rows], pd.RangeIndex(len(rows))


def _check_method(method: str) -> None:
    if method not in METHODS:
        raise UsageError(f"no method {method!r}", cure=f"one of {', '.join(METHODS)}")


def _check_span(text: Any, start: Any, end: Any, record: str) -> None:
    cure = "give 0 <= start < end <= length of the text, around at least one word"
    problem = ""
    if not isinstance(text, str):
        problem = f"text is {type(text).__name__}, not a string"
    elif not _whole(start) or not _whole(end):
        problem = f"start {start!r} and end {end!r} must be whole numbers"
    elif not 0 <= start < end <= len(text):
        problem = f"span {start}:{end} is not inside a text of {len(text)} characters"
    elif not any(c.isalnum() for c in text[start:end]):
        problem = f"span {start}:{end} holds no word: {text[start:end]!r}"
    if problem:
        raise InputError(problem, record=record, cure=cure)


def _whole(number: Any) -> bool:
    return isinstance(number, (int, np.integer)) and not isinstance(number, bool)


__all__ = ["METHODS", "TargetSentiment", "sentiment_toward", "sentiment_toward_many", "span_features"]
