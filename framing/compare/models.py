"""Regression of a measure on outlets and what else differs between articles: marginal means, contrasts, plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import expit, ndtr, ndtri

from framing.compare._types import FloatArray, IntArray, Tables
from framing.compare.grouping import PERIODS, REST, Groups, grouped, pairs_of, with_period
from framing.compare.inference import adjust as adjusted
from framing.compare.model_design import Design, design
from framing.compare.model_fits import Fit, fit_counts, fit_mixed, fit_shares
from framing.compare.sentences import Scale, contrast_sentence, mean_sentence, variance_sentence
from framing.compare.values import Column, cluster_codes, columns
from framing.errors import UsageError

COLUMNS = [
    "measure",
    "target",
    "quantity",
    "term",
    "group_a",
    "group_b",
    "scale",
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "n",
    "converged",
    "sentence_en",
    "sentence_de",
    "note",
    "method",
]
_COVARIATES = ("topic", "genre", "section")
_RANDOM = ("event", "day")
_SCALE: dict[str, Scale] = {"identity": "difference", "log": "ratio", "logit": "odds ratio"}


def models(
    scores: Tables,
    measure: str,
    by: str = "outlet",
    *,
    target: str = "",
    reference: str | None = None,
    covariates: Sequence[str] | None = None,
    length: bool = True,
    random: Sequence[str] | None = None,
    adjust: Literal["bh", "by"] = "bh",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Model of one measure: coefficients, variance components, marginal means and contrasts of groups.

    A mean has a linear mixed model, ``measure ~ by + covariates + ln(n_tokens) + (1|event) + (1|day)``. A rate (``"loaded_terms
    per 1000 n_tokens"``) has a negative binomial regression with offset ``ln(n_tokens / 1000)``, a share (``"articles with
    scare_quotes"``) a logistic one; statsmodels has no random effects for these, so that their standard errors are made
    robust to the clusters of the first of `random` instead. A marginal mean is the prediction for a group averaged over
    the covariates of all articles; its standard error is by the delta method.

    Parameters
    ----------
    scores
        Scores with the tables `articles` and `actors`.
    measure, target
        As in `compare`; id of the actor where the measure is one of actors.
    by
        Column of `articles` or period whose groups are contrasted.
    reference
        Contrast each group with this one; ``None``: all pairs.
    covariates
        Columns of `articles` or periods; ``"date"`` for a straight trend in time. ``None``: those of `topic`
        (:func:`framing.compare.topics.with_topics`), `genre` and `section` that exist.
    length
        Whether ``ln(n_tokens)`` is a term.
    random
        Columns of `articles` or periods. ``None``: those of `event` and `day` that exist.
    adjust
        Adjustment of the contrasts' p: ``"bh"`` or ``"by"``. The family is the contrasts of the call.
    confidence
        Of the intervals, in (0, 1).

    Returns
    -------
    pandas.DataFrame
        The columns `COLUMNS`. `quantity` is ``"coefficient"`` (on the scale of the link), ``"variance"``, ``"marginal mean"`` (in
        the measure's unit) or ``"contrast"``: a difference, of rates a ratio, of shares an odds ratio, as `scale` says. A
        model that did not converge has ``converged = False`` in all rows, and `note` has the optimiser's words.

    Raises
    ------
    UsageError
        If a column, measure, actor or group is unknown, or there are too few articles for the terms.

    References
    ----------
    Gelman, A. & Hill, J. (2007). Data analysis using regression and multilevel/hierarchical models. Cambridge University
    Press. Lenth, R. V. (2016). Least-squares means: The R package lsmeans. Journal of Statistical Software 69(1).
    """
    if reference == REST:
        raise UsageError("models have no 'rest'", cure="name a group, or leave the reference out for all pairs")
    if not 0 < confidence < 1:
        raise UsageError(f"confidence is {confidence}", cure="use a number between 0 and 1, such as 0.95")
    groups = grouped(scores, by, None)
    pairs_of(groups, reference, None)
    column = _column(groups, measure, target)
    chosen = _usable(column, groups)
    articles = groups.articles.iloc[column.rows[chosen]]
    present = np.unique(groups.codes[column.rows[chosen]])
    names = [groups.names[i] for i in present]
    codes = np.searchsorted(present, groups.codes[column.rows[chosen]])
    if len(names) < 2:
        raise UsageError(f"{measure!r} has values in {len(names)} group(s)", cure="model at least two")
    known = groups.articles.columns
    given = [c for c in _COVARIATES if c in known and c != by] if covariates is None else list(covariates)
    plan = design(articles, codes, names, by, given, length)
    if len(articles) < len(plan.terms) + 2:
        raise UsageError(f"{len(articles)} articles for {len(plan.terms)} terms", cure="use fewer covariates")
    levels = _levels(articles, random, by)
    fit, below = _fitted(column, chosen, plan, levels)
    rows = [
        *_coefficients(fit, plan, confidence),
        *_variances(fit, measure),
        *_marginal_means(fit, plan, names, measure, below, confidence, _held(given, length)),
        *_contrasts(fit, plan, names, reference, measure, adjust, confidence, _held(given, length)),
    ]
    table = pd.DataFrame(rows).reindex(columns=COLUMNS)
    dropped = [f"{term} left out: determined by the terms before it" for term in plan.dropped]
    few = [f"only {n} levels of {name}: intervals are too short" for name, n in _counts(levels).items() if n < 30]
    table["measure"], table["target"], table["n"], table["converged"] = measure, target, len(articles), fit.converged
    table["note"] = "; ".join(fit.notes + dropped + few)
    robust = (
        "" if fit.link == "identity" else f", standard errors robust to clusters by {next(iter(levels), 'article')}"
    )
    table["method"] = (
        f"{fit.how}; {measure} ~ {' + '.join([by, *(['ln(n_tokens)'] if length else []), *given])}{robust}; "
        f"{confidence:.0%} Wald intervals, delta method; "
        f"{'Benjamini-Hochberg' if adjust == 'bh' else 'Benjamini-Yekutieli'} over the contrasts; statsmodels"
    )
    for name in ("target", "term", "group_a", "group_b", "scale", "sentence_en", "sentence_de"):
        table[name] = table[name].fillna("").astype("str")
    return table


def _column(groups: Groups, measure: str, target: str) -> Column:
    targets = [target] if target and len(groups.actors) else None
    found = [c for c in columns(groups, [measure], groups.skip, targets) if c.target == target]
    if not found:
        raise UsageError(f"measure {measure!r} has no target {target!r}", cure="give the id of an actor in the scores")
    return found[0]


def _usable(column: Column, groups: Groups) -> IntArray:
    """Positions in the column of articles with a group."""
    return np.flatnonzero(groups.codes[column.rows] >= 0)


def _levels(articles: pd.DataFrame, random: Sequence[str] | None, by: str) -> dict[str, IntArray]:
    result = {}
    for name in _RANDOM if random is None else random:
        with_it = with_period(articles, name)
        if random is None and (name not in with_it.columns or name == by):
            continue
        if name not in with_it.columns and name in PERIODS:
            raise UsageError(f"no {name} without the column 'published'", cure="leave it out")
        codes = cluster_codes(with_it, name)
        assert codes is not None
        result[name] = codes
    return result


def _fitted(column: Column, chosen: IntArray, plan: Design, levels: dict[str, IntArray]) -> tuple[Fit, str]:
    y = column.values[chosen]
    clusters = next(iter(levels.values()), None)
    if column.kind == "rate":
        if (y < 0).any() or column.sizes is None:
            raise UsageError(f"{column.measure!r} has negative counts", cure="model its mean instead")
        return fit_counts(y, plan.matrix, column.sizes[chosen], clusters), "rate"
    if column.kind == "share":
        return fit_shares(y, plan.matrix, clusters), "share"
    return fit_mixed(y, plan.matrix, levels), "mean"


def _held(covariates: Sequence[str], length: bool) -> list[str]:
    return [*covariates, *(["ln(n_tokens)"] if length else [])]


def _counts(levels: dict[str, IntArray]) -> dict[str, int]:
    return {name: len(np.unique(codes)) for name, codes in levels.items()}


def _wald(estimate: float, se: float, confidence: float) -> dict[str, Any]:
    half = float(ndtri((1 + confidence) / 2)) * se
    p = 2 * float(ndtr(-abs(estimate) / se)) if se > 0 else np.nan
    return {"estimate": estimate, "se": se, "ci_low": estimate - half, "ci_high": estimate + half, "p": p}


def _coefficients(fit: Fit, plan: Design, confidence: float) -> list[dict[str, Any]]:
    errors = _error(fit.covariance, np.eye(len(plan.terms)))
    return [
        {"quantity": "coefficient", "term": term, "scale": fit.link, **_wald(float(b), float(se), confidence)}
        for term, b, se in zip(plan.terms, fit.coefficients, errors)
    ]


def _variances(fit: Fit, measure: str) -> list[dict[str, Any]]:
    total = sum(fit.variances.values())
    rows = []
    for name, value in fit.variances.items():
        row: dict[str, Any] = {"quantity": "variance", "term": name, "estimate": value}
        if fit.link == "identity" and name != "residual" and total > 0:
            for language in ("en", "de"):
                row[f"sentence_{language}"] = variance_sentence(language, measure, name, value / total)
        rows.append(row)
    return rows


def _marginal_means(
    fit: Fit, plan: Design, names: list[str], measure: str, kind: str, confidence: float, held: list[str]
) -> list[dict[str, Any]]:
    rows = []
    for i, name in enumerate(names):
        at = plan.as_group(i)
        linear = at @ fit.coefficients
        if fit.link == "identity":
            mean, gradient = float(linear.mean()), at.mean(axis=0)
        else:
            predicted = np.exp(linear) if fit.link == "log" else expit(linear)
            slope = predicted if fit.link == "log" else predicted * (1 - predicted)
            mean, gradient = float(predicted.mean()), slope @ at / len(at)
        se = float(_error(fit.covariance, gradient[None, :])[0])
        row = {"quantity": "marginal mean", "group_a": name, "scale": kind, **_bounded(fit, mean, se, confidence)}
        for language in ("en", "de"):
            given = mean if fit.converged else np.nan
            interval = row["ci_low"], row["ci_high"]
            row[f"sentence_{language}"] = mean_sentence(language, measure, name, given, interval, held, confidence)
        rows.append(row)
    return rows


def _bounded(fit: Fit, mean: float, se: float, confidence: float) -> dict[str, Any]:
    """Interval of a mean on the scale of the link, so that a rate stays above 0 and a share below 1; no test."""
    if fit.link == "identity":
        return {**_wald(mean, se, confidence), "p": np.nan}
    z = float(ndtri((1 + confidence) / 2))
    if fit.link == "log":
        low, high = mean * np.exp(-z * se / mean), mean * np.exp(z * se / mean)
    else:
        center, width = np.log(mean / (1 - mean)), z * se / (mean * (1 - mean))
        low, high = float(expit(center - width)), float(expit(center + width))
    return {"estimate": mean, "se": se, "ci_low": low, "ci_high": high}


def _contrasts(
    fit: Fit,
    plan: Design,
    names: list[str],
    reference: str | None,
    measure: str,
    adjust: Literal["bh", "by"],
    confidence: float,
    held: list[str],
) -> list[dict[str, Any]]:
    if reference is not None and reference not in names:
        raise UsageError(f"{measure!r} has no value in {reference!r}", cure=f"use one of {', '.join(names)}")
    pairs = [
        (i, j)
        for i in range(len(names))
        for j in range(len(names))
        if (i < j if reference is None else names[j] == reference != names[i])
    ]
    vectors = np.zeros((len(pairs), len(plan.terms)))
    for vector, (i, j) in zip(vectors, pairs):
        vector[i] += i > 0
        vector[j] -= j > 0
    results = [
        _wald(float(b), float(se), confidence)
        for b, se in zip(vectors @ fit.coefficients, _error(fit.covariance, vectors))
    ]
    p_adjusted = adjusted([r["p"] for r in results], adjust)
    rows = []
    for (i, j), result, p in zip(pairs, results, p_adjusted):
        scale = _SCALE[fit.link]
        if scale != "difference":
            # The standard error stays that of the logarithm.
            result |= {key: float(np.exp(result[key])) for key in ("estimate", "ci_low", "ci_high")}
        row = {
            "quantity": "contrast",
            "group_a": names[i],
            "group_b": names[j],
            "scale": scale,
            **result,
            "p_adjusted": p,
        }
        for language in ("en", "de"):
            row[f"sentence_{language}"] = contrast_sentence(
                language, measure, (names[i], names[j]), scale, result["estimate"], (result["ci_low"], result["ci_high"]),
                float(p), held, len(plan.matrix), confidence, fit.converged,
            )  # fmt: skip
        rows.append(row)
    return rows


def _error(covariance: FloatArray, vectors: FloatArray) -> FloatArray:
    variance = np.einsum("ij,jk,ik->i", vectors, covariance, vectors)
    result: FloatArray = np.sqrt(np.where(variance > 0, variance, np.nan))
    return result
