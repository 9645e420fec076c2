"""A measure by day, week or month and group, with its bootstrap interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from framing.compare._types import Scores
from framing.compare.differences import check_resampling
from framing.compare.grouping import grouped
from framing.compare.inference import generator
from framing.compare.means import describe, mean_interval
from framing.compare.values import columns, dense
from framing.errors import UsageError

COLUMNS = ["measure", "target", "group", "period", "n", "estimate", "ci_low", "ci_high", "method"]
_STEP = {"D": "D", "W": "7D", "M": "MS"}
_TOO_COARSE = {"D": {"month", "year"}, "W": {"month", "year"}, "M": {"year"}}


def over_time(
    scores: Scores,
    measure: str,
    by: str | Sequence[str] = "outlet",
    freq: Literal["D", "W", "M"] = "W",
    *,
    target: str = "",
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    cluster: str | None = None,
) -> pd.DataFrame:
    """Mean of a measure in each period and group.

    Parameters
    ----------
    scores
        The tables `articles` (with `published`) and, for a measure of actors, `actors`.
    measure, target
        Name of the measure; id of the actor where it is one of actors.
    by
        What groups the articles, as in `compare`.
    freq
        ``"D"`` days, ``"W"`` weeks from Monday, ``"M"`` months. Articles whose date is known less exactly
        (`published_precision`) are left out; the column `method` counts them.
    n_resamples, seed, confidence, cluster
        Of the bootstrap over articles or clusters within period and group; see `compare`.

    Returns
    -------
    pandas.DataFrame
        One row per group and period from the first to the last with the columns `COLUMNS`; `period` is the first day.
        Periods without an article have n = 0 and NaN, so that a line has a gap there; the interval is NaN with fewer
        than two articles or clusters.

    Raises
    ------
    UsageError
        If a column, measure, target or freq is unknown, or no article has both date and value.
    """
    check_resampling(n_resamples, confidence)
    if freq not in _TOO_COARSE:
        raise UsageError(f"unknown freq {freq!r}", cure="use 'D', 'W' or 'M'")
    groups = grouped(scores, by, cluster)
    articles, codes, names, clusters = groups.articles, groups.codes, groups.names, groups.clusters
    found = [c for c in columns(groups, [measure], skip=groups.skip) if c.target == target]
    if not found:
        raise UsageError(f"measure {measure!r} has no target {target!r}", cure="give the id of an actor in the scores")
    column = found[0]
    dates = pd.to_datetime(articles["published"])
    coarse = np.zeros(len(articles), dtype=bool)
    if "published_precision" in articles.columns:
        coarse = articles["published_precision"].isin(_TOO_COARSE[freq]).to_numpy()
    usable = (dates.notna() & ~coarse).to_numpy()[column.rows] & (codes[column.rows] >= 0)
    rows, values = column.rows[usable], column.values[usable]
    sizes = None if column.sizes is None else column.sizes[usable]
    if not len(rows):
        raise UsageError(f"no article has a date and a value of {measure!r}", cure="check the column 'published'")
    period = dates.dt.to_period("W-SUN" if freq == "W" else freq).dt.start_time
    of_article = pd.DatetimeIndex(period.iloc[rows])
    periods = pd.date_range(of_article.min(), of_article.max(), freq=_STEP[freq])
    of_row = periods.get_indexer(of_article)
    records = []
    for i, name in enumerate(names):
        for j, start in enumerate(periods):
            own = (codes[rows] == i) & (of_row == j)
            units = None if clusters is None else dense(clusters[rows[own]])
            rng = generator(seed, groups.label, name, str(start.date()))
            below = None if sizes is None else sizes[own]
            interval = mean_interval(values[own], units, n_resamples, rng, confidence, below)
            records.append((measure, target, name, start, int(own.sum()), *interval))
    table = pd.DataFrame(records, columns=COLUMNS[:-1])
    left_out = f"; {int(coarse.sum())} articles with coarser dates left out" if coarse.any() else ""
    table["method"] = describe(groups.unit, groups.label, n_resamples, seed, confidence) + left_out
    return table
