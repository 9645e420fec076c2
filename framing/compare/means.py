"""Mean of each measure in each group, with its bootstrap interval: what bars and heat maps show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray, Scores
from framing.compare.differences import check_resampling
from framing.compare.inference import bootstrap_means, generator, percentile_interval
from framing.compare.values import cluster_codes, columns, dense, group_codes

COLUMNS = ["measure", "target", "group", "n", "estimate", "ci_low", "ci_high", "method"]


def means(
    scores: Scores,
    by: str = "outlet",
    measures: Sequence[str] | None = None,
    *,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    cluster: str | None = None,
    min_articles: int = 5,
) -> pd.DataFrame:
    """Mean of measures by group, over the articles that have a value.

    Parameters
    ----------
    scores, by, measures, n_resamples, seed, confidence, cluster
        As in `compare`.
    min_articles
        An actor has a row in a group that mentions it in at least so many articles.

    Returns
    -------
    pandas.DataFrame
        One row per measure, target and group, with the columns `COLUMNS`; `n` counts articles. The interval is a
        percentile bootstrap over articles, or over clusters; NaN with fewer than two of them.

    Raises
    ------
    UsageError
        As in `compare`.
    """
    check_resampling(n_resamples, confidence)
    codes, names = group_codes(scores.articles, by)
    clusters = cluster_codes(scores.articles, cluster)
    rows = []
    for column in columns(scores, measures, skip=(by, cluster)):
        group = codes[column.rows]
        for i, name in enumerate(names):
            if column.target and int((codes[column.mentioned] == i).sum()) < min_articles:
                continue
            own = group == i
            units = None if clusters is None else dense(clusters[column.rows[own]])
            interval = mean_interval(column.values[own], units, n_resamples, generator(seed, by, name), confidence)
            rows.append((column.measure, column.target, name, int(own.sum()), *interval))
    table = pd.DataFrame(rows, columns=COLUMNS[:-1])
    table["method"] = describe(cluster, by, n_resamples, seed, confidence)
    return table


def mean_interval(
    values: FloatArray, units: IntArray | None, n_resamples: int, rng: np.random.Generator, confidence: float
) -> tuple[float, float, float]:
    """Mean and the bounds of its interval; NaN where there are too few values.

    Parameters
    ----------
    values
        Shape ``(n,)``, without NaN.
    units
        Shape ``(n,)``: cluster of each value, numbered without a gap, or ``None``.
    n_resamples, rng, confidence
        Of the bootstrap.
    """
    n_units = len(values) if units is None else len(np.unique(units))
    estimate = float(values.mean()) if len(values) else np.nan
    if n_units < 2:
        return estimate, np.nan, np.nan
    low, high = percentile_interval(bootstrap_means(values[:, None], n_resamples, rng, units), confidence)
    return estimate, float(low[0]), float(high[0])


def describe(cluster: str | None, by: str, n_resamples: int, seed: int, confidence: float) -> str:
    """Sentence for the column `method`."""
    unit = "articles" if cluster is None else f"clusters by {cluster}"
    return f"mean; {confidence:.0%} percentile bootstrap over {unit} within {by}, {n_resamples} resamples; seed {seed}"
