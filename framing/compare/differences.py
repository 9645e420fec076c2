"""Differences of means between outlets (or any groups), with interval, effect size, test and false-discovery control.

The unit is the article, or the cluster of articles (event, day) if one is named; never the token.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

import numpy as np
import pandas as pd
from tqdm import tqdm

from framing.compare._types import BoolArray, FloatArray, IntArray, Scores
from framing.compare.inference import (
    adjust,
    bootstrap_means,
    generator,
    hedges_g,
    percentile_interval,
    permutation_p,
)
from framing.compare.values import Column, cluster_codes, columns, dense, group_codes
from framing.errors import UsageError

COLUMNS = [
    "measure",
    "target",
    "group_a",
    "group_b",
    "n_a",
    "n_b",
    "estimate_a",
    "estimate_b",
    "difference",
    "ci_low",
    "ci_high",
    "effect_size",
    "p",
    "p_adjusted",
    "method",
]
REST = "rest"


def compare(
    scores: Scores,
    by: str = "outlet",
    measures: Sequence[str] | None = None,
    reference: str | None = None,
    *,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    cluster: str | None = None,
    min_articles: int = 5,
    progress: bool = False,
) -> pd.DataFrame:
    """Mean differences of measures between groups of articles.

    ``difference = mean_a − mean_b``, over the articles that have a value. The interval is a percentile bootstrap: the
    articles of either group are resampled `n_resamples` times. p is from as many permutations of the group labels,
    two-sided. The effect size is Hedges' g. ``p_adjusted`` controls the false discovery rate (Benjamini-Hochberg) over
    the family of all tests of the call; it needs ``n_resamples`` well above the size of the family divided by the
    number of expected findings, because no p is below ``1 / (n_resamples + 1)``.

    Parameters
    ----------
    scores
        Scores with the tables `articles` and `actors`.
    by
        Column of `articles` that groups them; articles without a group are left out.
    measures
        Columns of `articles` or `actors`. ``None``: all measures of articles that do not grow with length, and for
        actors `sentiment_toward`, `agency` and `mentions` (mentions per article that mentions the actor).
    reference
        ``None`` compares all pairs; ``"rest"`` each group with all others together; a group's name compares each
        other group with it.
    n_resamples, seed
        Number of resamples and permutations, at least 1; seed of all random numbers.
    confidence
        Of the interval, in (0, 1).
    cluster
        Column of `articles`: whole clusters (``"event"``, ``"published"``) are resampled and permuted instead of
        articles. Clusters are nested in groups here.
    min_articles
        An actor is compared where both groups mention it in at least so many articles.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    pandas.DataFrame
        One row per measure, target and pair, with the columns `COLUMNS`; units are the measure's. `target` is the
        actor's id or ``""``. `effect_size` and `difference` are positive where group_a is higher. With fewer than two
        articles (or clusters) in a group, interval, effect size and p are NaN; without any, so is the estimate.

    Raises
    ------
    UsageError
        If a column, measure or group is unknown, there are fewer than two groups, or a number is out of range.

    References
    ----------
    Davison & Hinkley (1997); Phipson & Smyth (2010); Hedges (1981); Benjamini & Hochberg (1995).
    """
    check_resampling(n_resamples, confidence)
    codes, names = group_codes(scores.articles, by)
    pairs = _pairs(codes, names, by, reference)
    clusters = cluster_codes(scores.articles, cluster)
    parts: list[pd.DataFrame] = []
    all_columns = columns(scores, measures, skip=(by, cluster))
    order = {(c.measure, c.target): i for i, c in enumerate(all_columns)}
    together = _by_rows(all_columns)
    for rows, same in tqdm(together, desc="comparing", unit=" sets of measures", disable=not progress, delay=0.5):
        values = np.column_stack([c.values for c in same])
        resampled: dict[str, FloatArray] = {}
        for pair in pairs:
            keep = [j for j, c in enumerate(same) if _mentioned_enough(c, pair, min_articles)]
            if not keep:
                continue
            for key, member in ((pair.a, pair.in_a), (pair.key_b, pair.in_b)):
                own = member[rows]
                if key not in resampled and _n_units(own, rows, clusters) >= 2:
                    units = None if clusters is None else dense(clusters[rows[own]])
                    resampled[key] = bootstrap_means(values[own], n_resamples, generator(seed, by, key), units)
            part = _pair(values, pair, rows, clusters, n_resamples, generator(seed, by, pair.a, pair.b))
            if pair.a in resampled and pair.key_b in resampled:
                difference = resampled[pair.a] - resampled[pair.key_b]
                part["ci_low"], part["ci_high"] = percentile_interval(difference, confidence)
            part["measure"] = [c.measure for c in same]
            part["target"] = [c.target for c in same]
            parts.append(part.iloc[keep])
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(parts, ignore_index=True)
    rank = [order[key] for key in zip(table["measure"], table["target"], strict=True)]
    table = table.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)
    table["p_adjusted"] = adjust(table["p"].to_numpy())
    unit = "articles" if cluster is None else f"clusters by {cluster}"
    table["method"] = (
        f"difference of means; {confidence:.0%} percentile bootstrap over {unit} within {by}, {n_resamples} resamples; "
        f"permutation test, {n_resamples} permutations; seed {seed}; Hedges' g; "
        f"Benjamini-Hochberg over the family of {int(table['p'].notna().sum())} tests"
    )
    return table[COLUMNS]


def check_resampling(n_resamples: int, confidence: float) -> None:
    """Refuse numbers that no resampling can work with."""
    if n_resamples < 1:
        raise UsageError(f"n_resamples is {n_resamples}", cure="use at least 1, better 2000")
    if not 0 < confidence < 1:
        raise UsageError(f"confidence is {confidence}", cure="use a number between 0 and 1, such as 0.95")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two groups: their names, which articles are in them, and the name of the second group's resamples."""

    a: str
    b: str
    in_a: BoolArray
    in_b: BoolArray
    key_b: str


def _pairs(codes: IntArray, names: list[str], by: str, reference: str | None) -> list[_Pair]:
    if len(names) < 2:
        raise UsageError(f"column {by!r} has {len(names)} group(s)", cure="compare at least two")
    member = {name: codes == i for i, name in enumerate(names)}
    if reference == REST:
        return [_Pair(a, REST, member[a], (codes >= 0) & ~member[a], f"{REST} of {a}") for a in names]
    if reference is not None and reference not in names:
        raise UsageError(f"no group {reference!r} in {by!r}", cure=f"use 'rest' or one of {', '.join(names)}")
    pairs = combinations(names, 2) if reference is None else [(a, reference) for a in names if a != reference]
    return [_Pair(a, b, member[a], member[b], b) for a, b in pairs]


def _by_rows(all_columns: list[Column]) -> list[tuple[IntArray, list[Column]]]:
    """Columns of the same articles together: they share their resamples, in one matrix product."""
    filled = sorted(all_columns, key=lambda c: (len(c.rows), c.rows.tobytes()))
    return [(same[0].rows, same) for same in (list(g) for _, g in groupby(filled, key=lambda c: c.rows.tobytes()))]


def _mentioned_enough(column: Column, pair: _Pair, min_articles: int) -> bool:
    if column.target == "":
        return True
    return min(int(pair.in_a[column.mentioned].sum()), int(pair.in_b[column.mentioned].sum())) >= min_articles


def _n_units(own: BoolArray, rows: IntArray, clusters: IntArray | None) -> int:
    return int(own.sum()) if clusters is None else len(np.unique(clusters[rows[own]]))


def _pair(
    values: FloatArray,
    pair: _Pair,
    rows: IntArray,
    clusters: IntArray | None,
    n_resamples: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Everything of one pair but its interval, one row per column of values."""
    in_a, in_b = pair.in_a[rows], pair.in_b[rows]
    a, b = values[in_a], values[in_b]
    missing = np.full(values.shape[1], np.nan)
    mean_a = a.mean(axis=0) if len(a) else missing
    mean_b = b.mean(axis=0) if len(b) else missing
    p = missing
    if min(_n_units(in_a, rows, clusters), _n_units(in_b, rows, clusters)) >= 2:
        both = in_a | in_b
        label = in_a[both]
        units = None
        if clusters is not None:
            units = dense(clusters[rows[both]] * 2 + label)
        p = permutation_p(values[both], label, n_resamples, rng, units)
    return pd.DataFrame(
        {
            "group_a": pair.a,
            "group_b": pair.b,
            "n_a": len(a),
            "n_b": len(b),
            "estimate_a": mean_a,
            "estimate_b": mean_b,
            "difference": mean_a - mean_b,
            "ci_low": missing,
            "ci_high": missing,
            "effect_size": hedges_g(a, b),
            "p": p,
        }
    )
