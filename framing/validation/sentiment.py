"""The methods of sentiment side by side on texts coded by hand.

For each method: how many texts it has a score for, and how its scores agree with the coding. AUC is the chance that a text
of the lowest level has a lower score than one of a higher level (0.5: no better than chance); it needs no threshold. Accuracy
and macro-F1 do: a text counts as negative below -0.1 and as positive above 0.1, between as neutral; where only two levels
were coded, the one threshold that lies between them (0 for negative and positive). A text without a score counts as 0. The
supervised method is trained on the same file and judged on held-out folds, with its own thresholds.

Labels of tone are no labels of stance: a sober sentence about a war is negative and takes nobody's side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.edited import read_csv
from framing.errors import InputError, UsageError
from framing.scorers.base import FloatArray
from framing.scorers.training import code_labels, level_cuts, train

METHODS = ("lexicon", "textblob-de", "latent-semantic-scaling", "supervised")
FIGURES = ("accuracy", "macro_f1", "auc")
COLUMNS = ["method", "n", "coverage", *(f"{f}{end}" for f in FIGURES for end in ("", "_low", "_high")), "note"]
THRESHOLD = 0.1
_FOLDS = 5


def read_coded(path: str | Path) -> pd.DataFrame:
    """A CSV file of coded texts: columns ``text``, ``label`` and, if known, ``group``.

    Raises
    ------
    InputError
        Where the file cannot be read, lacks a column, or has a text without a label.
    """
    file = Path(path)
    table = read_csv(file, "give a CSV file with the columns text,label")
    missing = [c for c in ("text", "label") if c not in table.columns]
    if missing:
        raise InputError(
            f"no column {missing[0]!r} among {', '.join(table.columns)}", file=str(file),
            cure="name the columns text,label and, if texts belong together, group",
        )  # fmt: skip
    for column in ("text", "label"):
        empty = np.flatnonzero(table[column].str.strip() == "")
        if len(empty):
            raise InputError(
                f"no {column}", file=str(file), record=f"record {empty[0] + 1}", cure="complete or remove the record"
            )
    try:
        code_labels(table["label"].tolist())
    except InputError as error:
        raise InputError(error.message, file=str(file), record=error.record, cure=error.cure) from None
    return table


def demo_coded() -> pd.DataFrame:
    """Sentences of the demo corpus with the stance toward the actor that its gold marks in them.

    The gold has no labels of tone; where all actors marked in a sentence have the same stance, it stands for the tone.
    """
    from framing.demo import demo_corpus
    from framing.language.documents import Documents
    from framing.validation.demo import load_gold

    texts = demo_corpus().articles.set_index("article_id")["text"]
    stances: dict[str, set[float]] = {}
    events: dict[str, str] = {}
    for record in load_gold():
        text = texts[record["article_id"]]
        d = Documents([text])
        t = d.tokens
        for actor in record["actors"]:
            at = text.find(actor["evidence"])
            if at < 0:
                continue
            token = int(np.searchsorted(t.start, at, side="right")) - 1
            inside = np.flatnonzero(t.sentence == t.sentence[token])
            sentence = d.surface(int(inside[0]), int(inside[-1]) + 1)
            stances.setdefault(sentence, set()).add(float(np.sign(actor["stance"])))
            events[sentence] = record["article_id"].rpartition("/")[2]
    rows = [(s, str(int(next(iter(v)))), events[s]) for s, v in stances.items() if len(v) == 1]
    return pd.DataFrame(rows, columns=["text", "label", "group"])


def sentiment_accuracy(
    coded: pd.DataFrame | None = None,
    *,
    methods: Sequence[str] = METHODS,
    learn_from: Sequence[str] | None = None,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Agreement of sentiment methods with hand coding; see the module.

    Parameters
    ----------
    coded
        Table with ``text``, ``label`` and, if known, ``group``; sentences of the demo corpus if not given.
    methods
        Names or files as in ``framing.score``; ``supervised`` is trained on ``coded`` and needs five texts of each level.
    learn_from
        Texts without labels that latent semantic scaling learns from; the coded ones (the demo corpus) if not given.
    n_resamples, seed, confidence
        Of the percentile bootstrap over texts (over groups where a column ``group`` is given).

    Returns
    -------
    pandas.DataFrame
        One row per method with the columns `COLUMNS`: number of texts, share with a score, three figures with their
        intervals, and a note on how the method was used. Of several methods, one that cannot be used has a row that
        says why.

    Raises
    ------
    InputError, UsageError
        Where the one method asked for cannot be used.
    """
    from framing.scoring import make_scorers

    if coded is None:
        from framing.demo import demo_corpus

        learn_from = learn_from if learn_from is not None else demo_corpus().articles["text"].tolist()
    table = demo_coded() if coded is None else coded
    values = code_labels(table["label"].tolist())
    texts = table["text"].astype(str).tolist()
    groups = table["group"].tolist() if "group" in table.columns else None
    resample = _resampler(len(texts), groups, n_resamples, seed)
    rows = []
    for method in methods:
        note, cuts = "", _cuts(np.unique(values))
        try:
            if method == "supervised":
                trained = train(
                    texts, np.arange(len(texts), dtype=np.int32), len(texts), table["label"].tolist(), groups,
                    C=0.03, min_texts=2, folds=_FOLDS, seed=seed,
                )  # fmt: skip
                scores = 2 * trained.held_out - 1
                cuts = 2 * level_cuts(trained.held_out, values) - 1
                note = f"{_FOLDS}-fold cross-validation" + (", groups kept together" if groups is not None else "")
            else:
                scorer = make_scorers(sentiment=method).sentiment
                scorer.fit(list(learn_from) if learn_from is not None and scorer.learns else texts)
                if scorer.learns:
                    note = f"learnt from {len(learn_from or texts)} texts without labels"
                scores = scorer.transform(texts)[:, 0]
        except (InputError, UsageError) as error:
            if len(methods) == 1:
                raise
            rows.append([method, len(texts), np.nan, *[np.nan] * 9, f"left out: {error.message}"])
            continue
        rows.append([method, len(texts), *_figures(scores, values, cuts, resample, confidence), note])
    return pd.DataFrame(rows, columns=COLUMNS)


def _cuts(levels: FloatArray) -> FloatArray:
    """Thresholds between the levels."""
    if len(levels) == 3:
        return np.array([-THRESHOLD, THRESHOLD])
    return np.array([float(np.sign(levels.sum())) * THRESHOLD])


def _resampler(n: int, groups: Sequence[Any] | None, n_resamples: int, seed: int) -> Callable[[], Any]:
    """Gives the same bootstrap samples of texts (as counts) to every method."""
    codes = np.arange(n) if groups is None else pd.factorize(np.asarray(groups, dtype=object))[0]
    size = int(codes.max()) + 1

    def samples() -> Any:
        rng = np.random.default_rng(seed)
        for _ in range(n_resamples):
            yield np.bincount(rng.integers(0, size, size), minlength=size)[codes].astype(np.float64)

    return samples


def _figures(
    scores: FloatArray, values: FloatArray, cuts: FloatArray, resample: Callable[[], Any], confidence: float
) -> list[float]:
    """Coverage, then accuracy, macro-F1 and AUC with the bounds of each."""
    filled = np.nan_to_num(scores)
    levels, truth = np.unique(values, return_inverse=True)
    guess = np.searchsorted(cuts, filled, side="right")
    order = np.unique(filled, return_inverse=True)[1]
    drawn = np.array([_agreement(truth, guess, order, len(levels), w) for w in resample()])
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail], axis=0)
    point = _agreement(truth, guess, order, len(levels), np.ones(len(truth)))
    coverage = float(np.mean(~np.isnan(scores) & (scores != 0)))
    return [coverage, *(float(x) for triple in zip(point, low, high, strict=True) for x in triple)]


def _agreement(
    truth: NDArray[np.intp], guess: NDArray[np.intp], order: NDArray[np.intp], n_levels: int, weight: FloatArray
) -> tuple[float, float, float]:
    """Accuracy, macro-F1 and AUC of weighted texts.

    Parameters
    ----------
    truth, guess
        Level of each text, and the level that the method gives it.
    order
        Rank of its score, equal for equal scores.
    n_levels
        Number of levels.
    weight
        How often the text counts.
    """
    cells = np.bincount(truth * n_levels + guess, weight, n_levels * n_levels).reshape(n_levels, n_levels)
    right = np.diag(cells)
    both = cells.sum(axis=0) + cells.sum(axis=1)
    f1 = np.divide(2 * right, both, out=np.zeros(n_levels), where=both > 0)
    low = np.bincount(order, weight * (truth == 0))
    rest = np.bincount(order, weight * (truth > 0), len(low))
    pairs = low.sum() * rest.sum()
    below = np.cumsum(low) - low / 2
    auc = float((rest * below).sum() / pairs) if pairs > 0 else np.nan
    return float(right.sum() / cells.sum()), float(f1.mean()), auc
