"""Training of the supervised sentiment: coded texts to weights, with a cross-validated report; the model's file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray
from framing.scorers.word_features import often, text_features, token_features

LEVELS = {
    "negative": -1.0, "negativ": -1.0, "neg": -1.0, "-1": -1.0, "neutral": 0.0, "other": 0.0, "0": 0.0,
    "positive": 1.0, "positiv": 1.0, "pos": 1.0, "1": 1.0, "+1": 1.0,
}  # fmt: skip
LEVEL_NAMES = {-1.0: "negative", 0.0: "neutral", 1.0: "positive"}
BATCH = 500
_BINS = 10
_FORMAT = 1


@dataclass(frozen=True)
class Trained:
    """A trained model.

    Attributes
    ----------
    weights
        Feature to weight, calibration in it.
    intercept
        Of the calibrated model.
    features
        Table ``feature, weight, influence``.
    report
        Cross-validated figures.
    digest
        Of names and weights.
    pipeline, names, calibration, spread
        As they are saved: the scikit-learn pipeline, its feature names, slope and intercept of Platt's calibration,
        standard deviation of the features.
    held_out
        Calibrated probability of each coded text from the folds it was held out of; empty in a loaded model.
    """

    weights: dict[str, float] = field(repr=False)
    intercept: float
    features: pd.DataFrame = field(repr=False)
    report: dict[str, Any]
    digest: str
    pipeline: Any = field(repr=False)
    names: list[str] = field(repr=False)
    calibration: FloatArray = field(repr=False)
    spread: FloatArray = field(repr=False)
    held_out: FloatArray = field(repr=False)


def code_labels(labels: Sequence[Any], *, at_least: int = 1) -> FloatArray:
    """Labels as values -1, 0, 1.

    Parameters
    ----------
    labels
        ``negative``, ``neutral``, ``positive`` or -1, 0, 1.
    at_least
        How many texts each level must have.

    Raises
    ------
    InputError
        Where a label is not known, there is one level only, or a level has too few texts.

    Examples
    --------
    >>> code_labels(["negative", "positive", 0]).tolist()
    [-1.0, 1.0, 0.0]
    """
    values = np.full(len(labels), np.nan)
    for i, label in enumerate(labels):
        text = str(int(label)) if isinstance(label, (float, np.floating)) and float(label).is_integer() else str(label)
        known = LEVELS.get(text.strip().lower())
        if known is None:
            raise InputError(
                f"label {text!r}", record=f"text {i + 1}", cure="use negative, neutral and positive, or -1, 0 and 1"
            )
        values[i] = known
    levels, counts = np.unique(values, return_counts=True)
    if len(levels) < 2:
        raise InputError("all texts have the same label", cure="code texts of at least two levels")
    if counts.min() < at_least:
        rare = LEVEL_NAMES[float(levels[counts.argmin()])]
        raise InputError(f"only {counts.min()} texts are {rare}", cure=f"code at least {at_least} of each level")
    return values


def train(
    texts: list[str],
    group: IntArray,
    count: int,
    labels: Sequence[Any],
    groups: Sequence[Any] | None,
    *,
    C: float,
    min_texts: int,
    folds: int,
    seed: int,
) -> Trained:
    """Train on coded texts; see :class:`framing.scorers.supervised.SupervisedSentiment`.

    Parameters
    ----------
    texts, group, count
        Texts, the row that each belongs to, number of rows.
    labels, groups
        One per row.
    C, min_texts, folds, seed
        Of the model.
    """
    if len(labels) != count or (groups is not None and len(groups) != count):
        raise UsageError(f"{count} texts, {len(labels)} labels", cure="give one label and one group for each text")
    values = code_labels(labels, at_least=folds)
    # the lowest level is 0, the highest 1, one between counts half for each
    target = (values - values.min()) / (values.max() - values.min())
    rows, names = _rows(texts, group, count, min_texts)
    held_out = np.zeros(count)
    fold_of = np.zeros(count, np.int64)
    for number, (learn, test) in enumerate(_folds(values, groups, folds, seed)):
        held_out[test] = _pipeline(rows[learn], target[learn], C).decision_function(rows[test])
        fold_of[test] = number
    # each fold is calibrated by the others, so that the report sees nothing it was fitted to
    p = np.zeros(count)
    for number in range(folds):
        own = fold_of == number
        slope, intercept = _platt(held_out[~own], target[~own])
        p[own] = 1 / (1 + np.exp(-(slope * held_out[own] + intercept)))
    report = _report(p, values, target) | {"folds": folds, "grouped": groups is not None, "seed": seed}
    spread = np.sqrt(
        np.maximum(np.asarray(rows.multiply(rows).mean(axis=0)).ravel() - np.asarray(rows.mean(axis=0)).ravel() ** 2, 0)
    )
    calibration = np.array(_platt(held_out, target))
    return replace(assemble(_pipeline(rows, target, C), names, calibration, spread, report), held_out=p)


def assemble(
    pipeline: Any, names: list[str], calibration: FloatArray, spread: FloatArray, report: dict[str, Any]
) -> Trained:
    """Fold the steps of the pipeline and the calibration into one weight per feature."""
    slope, shift = calibration.tolist()
    model = pipeline[-1]
    weight = slope * model.coef_[0] * pipeline[0].idf_
    intercept = float(slope * model.intercept_[0] + shift)
    table = pd.DataFrame({"feature": names, "weight": weight, "influence": weight * spread})
    table = table.sort_values(["influence", "feature"], ignore_index=True)
    text = ",".join(f"{n}={w:.6g}" for n, w in zip(names, weight.tolist(), strict=True)) + f"|{intercept:.6g}"
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    weights = dict(zip(names, weight.tolist(), strict=True))
    return Trained(weights, intercept, table, report, digest, pipeline, names, calibration, spread, np.zeros(0))


def save_trained(trained: Trained, path: Path) -> Path:
    """Write a model; the file appears whole or not at all."""
    from skops import io

    part = path.with_name(path.name + ".part")
    content = {
        "format": _FORMAT, "pipeline": trained.pipeline, "names": trained.names, "calibration": trained.calibration,
        "spread": trained.spread, "report": trained.report,
    }  # fmt: skip
    io.dump(content, part)
    part.replace(path)
    return path


def load_trained(path: Path) -> Trained:
    """Read what :func:`save_trained` wrote; nothing in the file is run.

    Raises
    ------
    InputError
        Where the file is missing, is no such model, or holds types that are not plain data or scikit-learn's own.
    """
    from skops import io

    cure = "train one: framing train-sentiment CODED.csv -o model.skops"
    if not path.is_file():
        raise InputError("no such model", file=str(path), cure=cure)
    try:
        foreign = io.get_untrusted_types(file=path)
        content: Any = None if foreign else io.load(path, trusted=[])
    except Exception as error:  # skops raises many kinds for a damaged file
        raise InputError(f"no model: {str(error).splitlines()[0]}", file=str(path), cure=cure) from None
    if foreign:
        raise InputError(f"holds types that are not trusted: {', '.join(foreign)}", file=str(path), cure=cure)
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise InputError("no model of this version", file=str(path), cure=cure)
    keys = ("pipeline", "names", "calibration", "spread", "report")
    return assemble(*(content[k] for k in keys))


def _rows(texts: list[str], group: IntArray, count: int, min_texts: int) -> tuple[sparse.csr_matrix, list[str]]:
    """Features of all rows that occur in enough of them; labels have no part in the choice."""
    index: dict[str, int] = {}
    parts = []
    bounds = np.searchsorted(group, np.arange(0, count + BATCH, BATCH))
    for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if high > low:
            d = Documents(texts[low:high])
            tokens = token_features(d, index, grow=True)
            first = int(group[low])
            parts.append(
                text_features(
                    tokens, group[low:high][d.tokens.segment[tokens.at]] - first, int(group[high - 1]) - first + 1
                )
            )
    for part in parts:
        part.resize(part.shape[0], max(len(index), 1))
    rows = sparse.vstack(parts, format="csr")
    names = list(index)
    kept = often(rows, names, min_texts)
    if len(kept) == 0:
        raise InputError("the coded texts have no words in common", cure="code more texts")
    return rows[:, kept], [names[k] for k in kept.tolist()]


def _folds(
    values: FloatArray, groups: Sequence[Any] | None, folds: int, seed: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    if groups is None:
        return iter(StratifiedKFold(folds, shuffle=True, random_state=seed).split(values, values))
    codes = pd.factorize(np.asarray(groups, dtype=object))[0]
    if len(np.unique(codes)) < folds:
        raise InputError(f"{len(np.unique(codes))} groups for {folds} folds", cure="give more groups or fewer folds")
    return iter(StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(values, values, codes))


def _pipeline(rows: sparse.csr_matrix, target: FloatArray, C: float) -> Any:
    """Inverse document frequency, then logistic regression; a target between 0 and 1 counts for both sides."""
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline

    both, label, weight = _two_sided(rows, target)
    pipeline = Pipeline([("idf", TfidfTransformer(norm=None)), ("model", LogisticRegression(C=C, max_iter=1000))])
    return pipeline.fit(both, label, model__sample_weight=weight)


def _two_sided(rows: Any, target: FloatArray) -> tuple[Any, NDArray[np.int64], FloatArray]:
    between = np.flatnonzero((target > 0) & (target < 1))
    order = np.concatenate([np.arange(len(target)), between])
    label = (target > 0).astype(np.int64)
    weight = np.where(target > 0, target, 1.0)
    label = np.concatenate([label, np.zeros(len(between), np.int64)])
    return rows[order], label, np.concatenate([weight, 1 - target[between]])


def _platt(scores: FloatArray, target: FloatArray) -> tuple[float, float]:
    """Slope and intercept that turn held-out scores into log-odds."""
    from sklearn.linear_model import LogisticRegression

    x, label, weight = _two_sided(scores[:, None], target)
    model = LogisticRegression(C=1e3, max_iter=1000).fit(x, label, sample_weight=weight)
    # a model that learnt nothing must not turn its scores over
    return max(float(model.coef_[0, 0]), 1e-6), float(model.intercept_[0])


def level_cuts(p: FloatArray, values: FloatArray) -> FloatArray:
    """Probabilities between the levels: 0.5 between two; with three so that each has as many texts as were coded so."""
    counts = np.unique(values, return_counts=True)[1]
    return np.array([0.5]) if len(counts) == 2 else np.quantile(p, np.cumsum(counts)[:-1] / len(p))


def _report(p: FloatArray, values: FloatArray, target: FloatArray) -> dict[str, Any]:
    """Figures of held-out probabilities: accuracy, macro-F1, AUC of the lowest level, Brier score, calibration error."""
    from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

    levels, counts = np.unique(values, return_counts=True)
    guess = levels[np.searchsorted(level_cuts(p, values), p, side="right")]
    place = np.minimum((p * _BINS).astype(int), _BINS - 1)
    size = np.bincount(place, minlength=_BINS)
    gap = np.abs(np.bincount(place, p, _BINS) - np.bincount(place, target, _BINS))
    named = {LEVEL_NAMES[float(x)]: int(n) for x, n in zip(levels, counts, strict=True)}
    return {
        "n": len(p),
        "levels": named,
        "accuracy": float(accuracy_score(values, guess)),
        "macro_f1": float(f1_score(values, guess, average="macro")),
        "auc": float(roc_auc_score(values > levels[0], p)),
        "brier": float(np.mean((p - target) ** 2)),
        "calibration_error": float(gap.sum() / size.sum()),
    }
