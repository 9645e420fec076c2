"""Reliability: whether a measure puts the outlets in the same order in one half of the articles as in the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray, Tables
from framing.compare.inference import generator
from framing.compare.values import cluster_codes, columns, dense, group_codes
from framing.errors import UsageError

COLUMNS = [
    "measure", "target", "groups", "n", "r", "reliability", "ci_low", "ci_high", "median_difference", "spread", "method",
]  # fmt: skip


def reliability(
    scores: Tables,
    by: str = "outlet",
    *,
    measures: Sequence[str] | None = None,
    targets: Sequence[str] | None = (),
    cluster: str | None = None,
    min_articles: int = 10,
    n_splits: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Split-half reliability of the groups' means of each measure.

    The articles of each group are split at random into halves; r is Pearson's correlation, over the groups, of the means of
    the halves. Each half has half the articles, so r is stepped up by Spearman and Brown's formula ``2r / (1 + r)``. The
    result is the mean over many splits. It says how far the differences between these groups are more than chance in
    this many articles; it does not say that the measure measures what it should.

    Parameters
    ----------
    scores
        The tables `articles` and `actors` are read.
    by
        Column of the articles that groups them.
    measures
        As in `framing.compare`; ``None``: its default measures.
    targets
        Actors whose measures are also tested; ``()``: none, ``None``: all.
    cluster
        Column whose articles stay in one half, such as event; halves of events share no news.
    min_articles
        Groups with fewer articles that have a value are left out.
    n_splits, seed
        Random splits.
    confidence
        Share of the splits that lie in the interval.

    Returns
    -------
    pandas.DataFrame
        One row per measure and target, most reliable first: ``groups`` and ``n`` (articles) that took part, ``r``,
        ``reliability`` (at most 1; below 0.7 the order of the groups is not to be trusted), ``ci_low, ci_high`` (of the
        reliability over splits), ``median_difference`` (between two halves of one group, in the unit of the measure) beside
        ``spread`` (standard deviation of the groups' means). NaN with fewer than three groups, or where all means are
        equal.

    Raises
    ------
    UsageError
        If a column is unknown, or there are no splits to make.

    References
    ----------
    Spearman, C. (1910). Correlation calculated from faulty data. British Journal of Psychology 3, 271-295. Brown, W. (1910),
    ibid., 296-322.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> articles = pd.DataFrame({"article_id": [str(i) for i in range(60)], "outlet": ["A", "B", "C"] * 20,
    ...                          "sentiment": [-0.5, 0.1, 0.4] * 20})
    >>> actors = pd.DataFrame(columns=["article_id", "actor"])
    >>> one = reliability(SimpleNamespace(articles=articles, actors=actors), n_splits=20)
    >>> one.round(3)[["measure", "groups", "n", "reliability"]].values.tolist()
    [['sentiment', 3, 60, 1.0]]
    """
    if n_splits < 1 or not 0 < confidence < 1 or min_articles < 2:
        raise UsageError(
            "n_splits must be 1 or more, confidence in (0, 1), min_articles 2 or more", cure="see the help"
        )
    codes, _ = group_codes(scores.articles, by)
    clusters = cluster_codes(scores.articles, cluster)
    rows = []
    for column in columns(scores, measures, (by, cluster), targets):
        if targets is not None and column.target and column.target not in targets:
            continue
        sizes = np.ones(len(column.rows)) if column.sizes is None else column.sizes
        group = codes[column.rows]
        keep = group >= 0
        keep &= np.bincount(group[keep], minlength=int(codes.max(initial=0)) + 1)[group] >= min_articles
        group = dense(group[keep])
        units = None if clusters is None else dense(clusters[column.rows][keep])
        data = np.column_stack([column.values[keep], sizes[keep]])
        n_groups = int(group.max(initial=-1)) + 1
        rng = generator(seed, column.measure, column.target)
        first, second = _halves(data, group, units, n_groups, n_splits, rng)
        r = _correlations(first, second)
        known = ~np.isnan(r)
        stepped = 2 * r / (1 + r)
        summary = [np.nan] * 4
        if known.any():
            tail = (1 - confidence) / 2
            summary = [r[known].mean(), stepped[known].mean(), *np.quantile(stepped[known], [tail, 1 - tail])]
        sums = np.column_stack([np.bincount(group, data[:, k], n_groups) for k in (0, 1)])
        means = sums[:, 0] / sums[:, 1]
        gaps = np.abs(first - second)
        rows.append(
            (
                column.measure, column.target, n_groups, len(group), *summary,
                float(np.nanmedian(gaps)) if not np.isnan(gaps).all() else np.nan,
                float(np.std(means, ddof=1)) if n_groups > 1 else np.nan,
                f"split half, Spearman-Brown, {n_splits} random splits of "
                f"{'articles' if cluster is None else f'clusters by {cluster}'}; {confidence:.0%} of splits; seed {seed}",
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("reliability", ascending=False, kind="stable", ignore_index=True)


def _halves(
    data: FloatArray, group: IntArray, units: IntArray | None, n_groups: int, n_splits: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Means of the groups in either half, shape ``(splits, groups)`` each; NaN where a half has none of a group."""
    halves = np.empty((2, n_splits, n_groups))
    order, size = np.argsort(group, kind="stable"), np.bincount(group, minlength=n_groups)
    start = np.cumsum(size) - size
    total = np.stack([np.bincount(group, data[:, k], n_groups) for k in (0, 1)])
    for split in range(n_splits):
        if units is None:
            # ranks of random numbers within each group: halves of equal size, an odd article falls to either by chance
            drawn = rng.random(len(group))
            place = np.lexsort((drawn, group))
            rank = np.empty(len(group), np.intp)
            rank[place] = np.arange(len(group)) - start[group[place]]
            inside = rank < (size[group] + rng.integers(0, 2, n_groups)[group]) // 2
        else:
            inside = (rng.random(int(units.max(initial=-1)) + 1) < 0.5)[units]
        chosen = order[inside[order]]
        half = np.stack([np.bincount(group[chosen], data[chosen, k], n_groups) for k in (0, 1)])
        other = total - half
        with np.errstate(divide="ignore", invalid="ignore"):
            halves[0, split] = np.where(half[1] > 0, half[0] / half[1], np.nan)
            halves[1, split] = np.where(other[1] > 0, other[0] / other[1], np.nan)
    return halves[0], halves[1]


def _correlations(first: FloatArray, second: FloatArray) -> FloatArray:
    """Pearson's r of each row of the two; NaN with fewer than three groups or no variance."""
    if first.shape[1] < 3:
        return np.full(len(first), np.nan)
    a, b = first - first.mean(axis=1, keepdims=True), second - second.mean(axis=1, keepdims=True)
    below = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.divide((a * b).sum(axis=1), below, out=np.full(len(first), np.nan), where=below > 1e-15)
