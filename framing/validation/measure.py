"""How far a measure agrees with hand coding, in each outlet, and what that means for comparing outlets.

Of each outlet and of all: precision, recall, F1 (macro over the codes that occur), correlation (Pearson's r and
Spearman's ρ), calibration (mean of the measure minus mean of the codes, on the scale of the codes), and the outlet's
mean as measured beside the mean corrected by the coded sample. Numbers are weighted by the sample's weights, so that
they hold for the corpus.

A measure that errs alike in all outlets shrinks differences; one that errs differently makes them up. So the
errors (measure minus code) are compared between outlets (permutation of outlets over units), and ``verdict`` says
plainly where the measure must not be used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import InputError
from framing.validation.correction import prediction_powered_mean, rogan_gladen
from framing.validation.tasks import Task, task_named

FloatArray = NDArray[np.float64]
LEAST_UNITS = 20
LEAST_F1 = 0.6
LEAST_CORRELATION = 0.4
N_PERMUTATIONS = 2000
# A mean valence is small: half a step of the codes begins here. Fixed, not fitted; see `accuracy`'s parameter.
CUTS = {"sentiment": 0.1, "toward": 0.05, "loaded_terms": 0.5}
ALL = "all"
COLUMNS = (
    "outlet", "n", "precision", "recall", "f1", "pearson", "spearman", "bias", "raw_mean", "corrected_mean", "ci_low",
    "ci_high", "method",
)  # fmt: skip


@dataclass(frozen=True)
class Validation:
    """What a coded sample says of a measure.

    Attributes
    ----------
    table
        One row for all and one per outlet: ``outlet, n, precision, recall, f1, pearson, spearman, bias, raw_mean,
        corrected_mean, ci_low, ci_high, method``.
    confusion
        Codes (rows) by the measure (columns), counts.
    verdicts
        Sentences on where the measure may be used, the gravest first; empty where nothing speaks against it.
    """

    table: pd.DataFrame
    confusion: pd.DataFrame = field(repr=False)
    verdicts: tuple[str, ...]


def validate_measure(
    scores: Any, key: pd.DataFrame, codes: pd.Series, task: str, *, cut: float | None = None, seed: int = 0
) -> Validation:
    """Compare a measure with hand coding; see the module.

    Parameters
    ----------
    scores
        Scores of the whole corpus, for the corrected means.
    key
        Key of the sample, as :func:`framing.validation.sampling.sample` gives it.
    codes
        Code of each unit, index ``unit``; with several coders their agreed or majority code.
    task
        The coding task.
    cut
        Measures beyond plus or minus this count as positive or negative; by default .1 for sentiment, .05 toward
        actors (on means of valences), .5 for yes or no.
    seed
        Of the permutation test.

    Raises
    ------
    InputError
        Where no unit of the key is coded, a coded unit is not in the key, or the key is not of these scores.
    """
    found = task_named(task)
    at = CUTS[task] if cut is None else cut
    _check(scores, key, codes)
    table = key.assign(code=key["unit"].map(codes)).dropna(subset=["code"])
    if len(table) == 0:
        raise InputError("no unit of the key is coded", cure="fill in the codes")
    table["score"] = pd.to_numeric(table["score"], errors="coerce")
    # a unit in which nothing was found counts as neutral
    table["label"] = _label(table["score"].fillna(0).to_numpy(float), at, found)
    table["weight"] = pd.to_numeric(table["weight"], errors="coerce").fillna(1.0)
    every = _every_unit(scores, found)
    every["label"] = _label(every["score"].fillna(0).to_numpy(float), at, found)
    rows = [_row(ALL, table, every, found)]
    rows += [
        _row(str(outlet), part, every[every["outlet"] == outlet], found)
        for outlet, part in table.groupby("outlet", sort=True)
    ]
    result = pd.DataFrame(rows, columns=list(COLUMNS))
    order = list(found.codes)
    confusion = pd.crosstab(table["code"].astype(int), table["label"].astype(int)).reindex(
        index=order, columns=order, fill_value=0
    )
    return Validation(result, confusion, tuple(_verdicts(result, table, found, seed)))


def _check(scores: Any, key: pd.DataFrame, codes: pd.Series) -> None:
    strange = codes.index[codes.notna() & ~codes.index.isin(key["unit"])]
    if len(strange):
        raise InputError(
            "the unit is not in the key", record=str(strange[0]), cure="give the sheets and the key of one sample"
        )
    elsewhere = key["article_id"].astype("str")[~key["article_id"].astype("str").isin(scores.articles["article_id"])]
    if len(elsewhere):
        raise InputError(
            "an article of the key is not in the scores",
            record=str(elsewhere.iloc[0]),
            cure="give the scores that the sample was drawn from",
        )


def _label(score: FloatArray, cut: float, task: Task) -> FloatArray:
    if set(task.codes) == {0, 1}:
        return (score >= cut).astype(float)
    return np.where(score > cut, 1.0, np.where(score < -cut, -1.0, 0.0))


def _every_unit(scores: Any, task: Task) -> pd.DataFrame:
    """Outlet and score of every unit of the corpus."""
    from framing.validation.sampling import _units

    return _units(scores, task)[["outlet", "score"]].copy()


def _row(outlet: str, coded: pd.DataFrame, every: pd.DataFrame, task: Task) -> tuple[object, ...]:
    from sklearn.metrics import precision_recall_fscore_support

    code, label = coded["code"].to_numpy(float), coded["label"].to_numpy(float)
    weight = coded["weight"].to_numpy(float)
    labels = [1.0] if set(task.codes) == {0, 1} else sorted(set(code) | set(label))
    precision, recall, f1, _ = precision_recall_fscore_support(
        code, label, labels=labels, average="macro", sample_weight=weight, zero_division=0.0
    )
    share = weight / weight.sum()
    bias = float(share @ (label - code))
    all_labels = every["label"].to_numpy(float)
    if set(task.codes) == {0, 1}:
        method, estimate = "Rogan-Gladen", rogan_gladen(all_labels, label, code, weight)
    else:
        method, estimate = "prediction-powered mean", prediction_powered_mean(all_labels, label, code, weight)
    score = coded["score"].fillna(0).to_numpy(float)
    raw = float(all_labels.mean()) if len(all_labels) else float("nan")
    return (
        outlet, len(coded), precision, recall, f1, _pearson(score, code, weight),
        _pearson(_ranks(score), _ranks(code), weight), bias, raw, *estimate, method,
    )  # fmt: skip


def _ranks(values: FloatArray) -> FloatArray:
    return np.asarray(pd.Series(values).rank(), float)


def _pearson(a: FloatArray, b: FloatArray, weight: FloatArray) -> float:
    share = weight / weight.sum()
    x, y = a - share @ a, b - share @ b
    scale = np.sqrt((share @ x**2) * (share @ y**2))
    return float(share @ (x * y) / scale) if scale > 0 else float("nan")


def _verdicts(result: pd.DataFrame, coded: pd.DataFrame, task: Task, seed: int) -> list[str]:
    whole: Any = result.iloc[0].to_dict()
    out = []
    name = task.measure
    if whole["n"] < LEAST_UNITS:
        out.append(f"Only {whole['n']} units are coded: nothing can be said of {name}; code at least {LEAST_UNITS}.")
        return out
    if whole["f1"] < LEAST_F1 and not whole["spearman"] >= LEAST_CORRELATION:
        out.append(
            f"Do not use {name} on this corpus: F1 {whole['f1']:.2f}, rank correlation {whole['spearman']:.2f} with the coding."
        )
    elif whole["f1"] < LEAST_F1:
        out.append(
            f"Do not read {name} unit by unit (F1 {whole['f1']:.2f}); means over many units can be compared "
            f"(rank correlation {whole['spearman']:.2f})."
        )
    outlets: list[dict[str, Any]] = result.iloc[1:].to_dict("records")  # type: ignore[assignment]
    for row in outlets:
        if row["n"] >= LEAST_UNITS and row["f1"] < LEAST_F1 and not row["spearman"] >= LEAST_CORRELATION:
            out.append(
                f"Do not use {name} for {row['outlet']}: F1 {row['f1']:.2f}, rank correlation {row['spearman']:.2f}."
            )
    p = _difference_of_errors(coded, seed)
    if p < 0.05:
        out.append(
            f"Do not compare raw means of {name} between outlets: its errors differ between them (permutation test, "
            f"p = {p:.3f}); use the corrected means."
        )
    few = [str(row["outlet"]) for row in outlets if row["n"] < LEAST_UNITS]
    if few:
        out.append(f"Fewer than {LEAST_UNITS} units are coded of {', '.join(few)}: no verdict on them alone.")
    return out


def _difference_of_errors(coded: pd.DataFrame, seed: int) -> float:
    """P value of equal mean errors in all outlets: permutation of outlets, between-outlet sum of squares."""
    outlet, number = np.unique(coded["outlet"].to_numpy(str), return_inverse=True)
    if len(outlet) < 2:
        return 1.0
    error = (coded["label"] - coded["code"]).to_numpy(float)
    error = error - error.mean()
    count = np.bincount(number)
    rng = np.random.default_rng(seed)

    def between(values: FloatArray) -> float:
        return float((np.bincount(number, weights=values) ** 2 / count).sum())

    observed = between(error)
    more = sum(between(rng.permutation(error)) >= observed - 1e-12 for _ in range(N_PERMUTATIONS))
    return (1 + more) / (N_PERMUTATIONS + 1)


def majority(codings: pd.DataFrame) -> pd.Series:
    """One code for each unit from several coders: the commonest; NaN where codes tie (see :func:`undecided`).

    Parameters
    ----------
    codings
        One row per unit, one column per coder.

    Examples
    --------
    >>> majority(pd.DataFrame({"A": [1, 1], "B": [1, 0]}, index=["u1", "u2"])).to_dict()
    {'u1': 1.0, 'u2': nan}
    """
    modes = codings.mode(axis=1, dropna=True)
    if modes.shape[1] == 0:
        return pd.Series(np.nan, index=codings.index)
    return modes[0].where(modes.notna().sum(axis=1) == 1).astype(float)


def undecided(codings: pd.DataFrame) -> list[str]:
    """Units that were coded, but to which no majority gives one code: coders discuss them.

    Parameters
    ----------
    codings
        One row per unit, one column per coder.
    """
    tied = codings.notna().any(axis=1) & majority(codings).isna()
    return [str(unit) for unit in codings.index[tied]]
