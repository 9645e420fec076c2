"""Mean of each measure in each group, with its bootstrap interval: what bars and heat maps show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray, Scores
from framing.compare.differences import check_resampling
from framing.compare.grouping import grouped
from framing.compare.inference import bootstrap_means, expanded_interval, generator
from framing.compare.values import columns, dense

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
    rows = []
    for column in columns(groups, measures, groups.skip, of_actors):
        group, mentions = groups.codes[column.rows], groups.codes[column.mentioned]
        for i, name in enumerate(groups.names):
            if column.target and int((mentions == i).sum()) < min_articles:
                continue
            own = group == i
            units = None if groups.clusters is None else dense(groups.clusters[column.rows[own]])
            sizes = None if column.sizes is None else column.sizes[own]
            rng = generator(seed, groups.label, name)
            interval = mean_interval(column.values[own], units, n_resamples, rng, confidence, sizes)
            rows.append((column.measure, column.target, name, int(own.sum()), *interval))
    table = pd.DataFrame(rows, columns=COLUMNS[:-1])
    table["method"] = describe(groups.unit, groups.label, n_resamples, seed, confidence)
    return table


def mean_interval(
    values: FloatArray,
    units: IntArray | None,
    n_resamples: int,
    rng: np.random.Generator,
    confidence: float,
    sizes: FloatArray | None = None,
) -> tuple[float, float, float]:
    """Mean (or ratio of sums) and the bounds of its interval; NaN where there are too few values, or none varies.

    Parameters
    ----------
    values
        Shape ``(n,)``, without NaN.
    units
        Shape ``(n,)``: cluster of each value, numbered without a gap, or ``None``.
    n_resamples, rng, confidence
        Of the bootstrap.
    sizes
        Shape ``(n,)``: denominators of a rate, or ``None``.
    """
    if not len(values):
        return np.nan, np.nan, np.nan
    n_units = len(values) if units is None else int(units.max()) + 1
    estimate = float(values.mean() if sizes is None else values.sum() / sizes.sum())
    if n_units < 2:
        return estimate, np.nan, np.nan
    resampled = bootstrap_means(values[:, None], n_resamples, rng, units, sizes)
    if np.ptp(resampled) < 1e-12:
        return estimate, np.nan, np.nan
    inflation = np.sqrt(n_units / (n_units - 1))
    low, high = expanded_interval(resampled, np.full(1, n_units - 1.0), np.full(1, inflation), confidence)
    return estimate, float(low[0]), float(high[0])


def describe(unit: str, by: str, n_resamples: int, seed: int, confidence: float) -> str:
    """Sentence for the column `method`."""
    return (
        f"mean, or sum by sum for rates; {confidence:.0%} percentile bootstrap with tails for few units over {unit} "
        f"within {by}, {n_resamples} resamples; seed {seed}"
    )
