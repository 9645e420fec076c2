"""Mean of each measure in each group, with its bootstrap interval: what bars and heat maps show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray, Scores
from framing.compare.differences import check_resampling
from framing.compare.grouping import grouped
from framing.compare.inference import bootstrap_means, expanded_interval, generator
from framing.compare.values import Column, columns, dense

COLUMNS = ["measure", "target", "group", "n", "estimate", "ci_low", "ci_high", "method"]


def means(
    scores: Scores,
    by: str | Sequence[str] = "outlet",
    measures: Sequence[str] | None = None,
    *,
    targets: Sequence[str] | None = None,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    cluster: str | None = None,
    min_articles: int = 5,
) -> pd.DataFrame:
    """Mean of measures by group, over the articles that have a value; of rates and shares their estimate.

    Parameters
    ----------
    scores, by, measures, targets, n_resamples, seed, confidence, cluster
        As in `compare`.
    min_articles
        An actor has a row in a group that mentions it in at least so many articles.

    Returns
    -------
    pandas.DataFrame
        One row per measure, target and group, with the columns `COLUMNS`; `n` counts articles. The interval is the
        bootstrap of `compare` over articles, or over clusters; NaN with fewer than two of them, and where no value varies.

    Raises
    ------
    UsageError
        As in `compare`.
    """
    check_resampling(n_resamples, confidence)
    groups = grouped(scores, by, cluster, targets, min_articles)
    of_actors = targets if len(groups.actors) else None
    found = columns(groups, measures, groups.skip, of_actors)
    records: dict[int, list[tuple[object, ...]]] = {}
    for same in of_same_articles(found):
        rows, mentioned = found[same[0]].rows, found[same[0]].mentioned
        group, mentions = groups.codes[rows], groups.codes[mentioned]
        values = np.column_stack([found[j].values for j in same])
        sizes = np.column_stack([np.ones(len(rows)) if (s := found[j].sizes) is None else s for j in same])
        for i, name in enumerate(groups.names):
            if found[same[0]].target and int((mentions == i).sum()) < min_articles:
                continue
            own = group == i
            units = None if groups.clusters is None else dense(groups.clusters[rows[own]])
            rng = generator(seed, groups.label, name)
            intervals = mean_intervals(values[own], units, n_resamples, rng, confidence, sizes[own])
            for j, interval in zip(same, intervals.T.tolist(), strict=True):
                records.setdefault(j, []).append((found[j].measure, found[j].target, name, int(own.sum()), *interval))
    table = pd.DataFrame([row for j in range(len(found)) for row in records.get(j, [])], columns=COLUMNS[:-1])
    table["method"] = describe(groups.unit, groups.label, n_resamples, seed, confidence)
    return table


def of_same_articles(found: Sequence[Column]) -> list[list[int]]:
    """Numbers of the columns that rest on the same articles and target, whose resamples are therefore the same."""
    groups: dict[tuple[str, bytes, bytes], list[int]] = {}
    for j, column in enumerate(found):
        groups.setdefault((column.target, column.rows.tobytes(), column.mentioned.tobytes()), []).append(j)
    return list(groups.values())


def mean_interval(
    values: FloatArray,
    units: IntArray | None,
    n_resamples: int,
    rng: np.random.Generator,
    confidence: float,
    sizes: FloatArray | None = None,
) -> tuple[float, float, float]:
    """`mean_intervals` of one measure, as three numbers."""
    below = None if sizes is None else sizes[:, None]
    estimate, low, high = mean_intervals(values[:, None], units, n_resamples, rng, confidence, below)[:, 0].tolist()
    return estimate, low, high


def mean_intervals(
    values: FloatArray,
    units: IntArray | None,
    n_resamples: int,
    rng: np.random.Generator,
    confidence: float,
    sizes: FloatArray | None = None,
) -> FloatArray:
    """Means (or ratios of sums) and the bounds of their intervals, NaN where there are too few values, or none varies.

    Parameters
    ----------
    values
        Shape ``(n, measures)``, without NaN.
    units
        Shape ``(n,)``: cluster of each article, numbered without a gap, or ``None``.
    n_resamples, rng, confidence
        Of the bootstrap; all measures share the resamples.
    sizes
        Shape ``(n, measures)``: denominators of rates, or ``None``.

    Returns
    -------
    FloatArray
        Shape ``(3, measures)``: estimate, lower and upper bound.
    """
    k = values.shape[1]
    result = np.full((3, k), np.nan)
    if not len(values):
        return result
    below = np.ones_like(values) if sizes is None else sizes
    result[0] = values.sum(axis=0) / below.sum(axis=0)
    n_units = len(values) if units is None else int(units.max()) + 1
    if n_units < 2:
        return result
    resampled = bootstrap_means(values, n_resamples, rng, units, below)
    inflation = np.sqrt(n_units / (n_units - 1))
    bounds = expanded_interval(resampled, np.full(k, n_units - 1.0), np.full(k, inflation), confidence)
    result[1:] = np.where(np.ptp(resampled, axis=0) < 1e-12, np.nan, bounds)
    return result


def describe(unit: str, by: str, n_resamples: int, seed: int, confidence: float) -> str:
    """Sentence for the column `method`."""
    return (
        f"mean, or sum by sum for rates; {confidence:.0%} percentile bootstrap with tails for few units over {unit} "
        f"within {by}, {n_resamples} resamples; seed {seed}"
    )
