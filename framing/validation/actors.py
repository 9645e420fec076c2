"""Sentiment toward targets against hand coding: accuracy of both methods with intervals.

For one's own material: a CSV file with the columns ``text, start, end, label`` (``negative``, ``neutral``, ``positive``).
Without one, the stances of the demo corpus are used, each at the place that its coder leaned on; they were written with
the texts and show that the tool finds what was planted, not how it does on real news.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.edited import read_csv
from framing.demo import demo_corpus
from framing.errors import InputError
from framing.language.documents import Documents
from framing.scorers import Actors
from framing.scorers.target_model import LABELS
from framing.toward import METHODS, sentiment_toward_many
from framing.validation.calibration import macro_f1
from framing.validation.demo import load_gold

RESAMPLES = 2000
_COLUMNS = ("text", "start", "end", "label")
_CURE = "write a CSV file with the columns text,start,end,label"


def read_coded(path: str | Path) -> pd.DataFrame:
    """Hand-coded targets of a CSV file.

    Raises
    ------
    InputError
        Where the file cannot be read, lacks a column, or a row has no number, no span inside its text or no known label.
    """
    table = read_csv(Path(path), _CURE)
    if not len(table) or any(c not in table for c in _COLUMNS):
        raise InputError("no rows with text, start, end and label", file=str(path), cure=_CURE)
    rows = []
    for number, record in enumerate(table.to_dict("records"), start=1):
        text, label = record["text"], record["label"].strip()
        try:
            start, end = int(record["start"]), int(record["end"])
        except (TypeError, ValueError):
            raise InputError("start or end is no whole number", file=str(path), record=f"row {number}") from None
        if not 0 <= start < end <= len(text) or not any(c.isalnum() for c in text[start:end]):
            raise InputError(
                f"span {start}:{end} holds no word of the text", file=str(path), record=f"row {number}",
                cure="offsets count characters of the text, from 0",
            )  # fmt: skip
        if label not in LABELS:
            raise InputError(
                f"label {label!r}", file=str(path), record=f"row {number}", cure=f"one of {', '.join(LABELS)}"
            )
        rows.append((text, start, end, label))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def demo_targets() -> pd.DataFrame:
    """Stances of the demo corpus as ``text, start, end, label``, at the mention nearest to the coder's evidence."""
    corpus = demo_corpus().articles
    text_of = {
        str(k): f"{a}\n\n{b}" for k, a, b in zip(corpus["article_id"], corpus["title"], corpus["text"], strict=True)
    }
    ids = list(text_of)
    d = Documents([text_of[k] for k in ids])
    mentions = Actors().hits(d)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for first, last, actor in zip(mentions.first.tolist(), mentions.last.tolist(), mentions.term, strict=True):
        key = (ids[int(d.tokens.segment[first])], actor)
        spans.setdefault(key, []).append((int(d.tokens.start[first]), int(d.tokens.end[last - 1])))
    rows = []
    for record in load_gold():
        text = text_of.get(record["article_id"], "")
        for actor in record["actors"]:
            found = spans.get((record["article_id"], actor["actor"]))
            at = text.find(actor["evidence"])
            if not found or at < 0:
                continue
            middle = at + len(actor["evidence"]) / 2
            start, end = min(found, key=lambda span: abs((span[0] + span[1]) / 2 - middle))
            rows.append((text, start, end, LABELS[int(actor["stance"]) + 1]))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def actors_accuracy(coded: pd.DataFrame | None = None, seed: int = 0) -> pd.DataFrame:
    """Accuracy and macro-F1 of both methods, with 95 % intervals by resampling whole texts.

    Parameters
    ----------
    coded
        Table with ``text, start, end, label``; the demo corpus if not given.
    seed
        Of the resampling.

    Returns
    -------
    pandas.DataFrame
        ``method`` (``majority`` always says the commonest label)``, n, texts, accuracy, accuracy_low, accuracy_high,
        macro_f1, macro_f1_low, macro_f1_high``. Shares in [0, 1].
    """
    coded = demo_targets() if coded is None else coded
    gold = np.array([LABELS.index(label) for label in coded["label"]])
    cluster = np.unique(coded["text"].to_numpy(str), return_inverse=True)[1]
    found = {"majority": np.full(len(gold), np.bincount(gold).argmax())}
    for method in METHODS:
        table = sentiment_toward_many(coded, method)  # type: ignore[arg-type]
        found[method] = np.array([LABELS.index(label) for label in table["label"]])
    rng = np.random.default_rng(seed)
    count = int(cluster.max()) + 1
    weights = rng.multinomial(count, np.full(count, 1 / count), RESAMPLES).astype(float)
    rows = []
    for name, labels in found.items():
        drawn = weights @ _confusions(gold, labels, cluster, count)
        accuracy, f1 = _accuracy(drawn), _macro_f1(drawn)
        rows.append(
            (name, len(gold), count, float(np.mean(gold == labels)), *np.percentile(accuracy, (2.5, 97.5)).tolist(),
             macro_f1(gold, labels), *np.nanpercentile(f1, (2.5, 97.5)).tolist())
        )  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=[
            "method", "n", "texts", "accuracy", "accuracy_low", "accuracy_high", "macro_f1", "macro_f1_low",
            "macro_f1_high",
        ],
    )  # fmt: skip


def _confusions(
    gold: NDArray[np.int64], found: NDArray[np.int64], cluster: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """Gold by found in each text, shape ``(texts, 9)``."""
    k = len(LABELS)
    table = np.bincount(cluster * k * k + gold * k + found, minlength=count * k * k)
    return table.reshape(count, k * k).astype(float)


def _accuracy(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    k = len(LABELS)
    right = drawn[:, [i * k + i for i in range(k)]].sum(axis=1)
    shares: NDArray[np.float64] = right / drawn.sum(axis=1)
    return shares


def _macro_f1(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Macro-F1 of each resample over the classes that its gold has."""
    k = len(LABELS)
    table = drawn.reshape(-1, k, k)
    gold, found = table.sum(axis=2), table.sum(axis=1)
    right = np.einsum("bii->bi", table)
    f1 = np.where(gold > 0, 2 * right / np.maximum(gold + found, 1), np.nan)
    means: NDArray[np.float64] = np.nanmean(f1, axis=1)
    return means
