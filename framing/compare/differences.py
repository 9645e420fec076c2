"""Differences between outlets (or any groups), with interval, effect sizes, test and false-discovery control.

The unit is the article, or the cluster of articles (event, day) if one is named; never the token.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal

import numpy as np
import pandas as pd
from tqdm import tqdm

from framing.compare._types import BoolArray, FloatArray, IntArray, Scores
from framing.compare.effect_sizes import cliffs_delta, hedges_g_interval, pooled_sd, rate_ratio, standardised
from framing.compare.families import with_families
from framing.compare.grouping import REST, Groups, Pair, grouped, pairs_of
from framing.compare.inference import METHODS, Method, generator
from framing.compare.matched import match
from framing.compare.permutation import orders, permutation_p, sign_flip_p
from framing.compare.sides import Block, Side, key_b, resample, side_of, spread_of
from framing.compare.values import Column, columns
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
    "effect_low",
    "effect_high",
    "cliffs_delta",
    "rate_ratio",
    "ratio_low",
    "ratio_high",
    "units_a",
    "units_b",
    "family",
]
Test = Literal["permutation", "sign_flip"]
_METHOD = {
    "bootstrap": "percentile bootstrap with tails for few units",
    "bca": "BCa bootstrap",
    "percentile": "percentile bootstrap",
}
_ESTIMATE = {
    "mean": "difference of means",
    "rate": "difference of rates (sum by sum)",
    "share": "difference of shares of articles",
}

__all__ = ["COLUMNS", "REST", "check_resampling", "compare"]


def compare(
    scores: Scores,
    by: str | Sequence[str] = "outlet",
    measures: Sequence[str] | None = None,
    reference: str | None = None,
    *,
    targets: Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    cluster: str | None = None,
    method: Method = "bootstrap",
    test: Test = "permutation",
    adjust: Literal["bh", "by"] = "bh",
    family: str | Sequence[str] | None = None,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    min_articles: int = 5,
    progress: bool = False,
) -> pd.DataFrame:
    """Differences of measures between groups of articles.

    ``difference = estimate_a − estimate_b``, of means, rates or shares. Its interval is from `n_resamples` bootstrap
    resamples of whole articles, or of whole clusters. p is two-sided, from as many permutations of the group labels or
    flips of signs. ``p_adjusted`` controls the false discovery rate over each family; it needs ``n_resamples`` well above
    the size of the family divided by the number of expected findings, because no p is below ``1 / (n_resamples + 1)``.

    Parameters
    ----------
    scores
        Scores with the tables `articles` and `actors`.
    by
        What groups the articles; those without a group are left out. Columns of `articles`; ``"day"``, ``"week"``,
        ``"month"``, ``"quarter"`` or ``"year"`` of `published`; columns of `actors`, which make a group of each
        ``["outlet", "actor"]``. Several are crossed: groups are named ``"A × B"``.
    measures
        Columns of `articles` or `actors` (means), rates such as ``"loaded_terms per 1000 n_tokens"``, shares such as
        ``"articles with scare_quotes"``; see `framing.compare.values.columns`. ``None``: all measures of articles that
        do not grow with length, and for actors `sentiment_toward`, `agency` and `mentions`.
    reference
        ``None`` compares all pairs; ``"rest"`` each group with all others together; a group's name compares each
        other group with it.
    targets
        Only these actors. ``None``: all.
    pairs
        Only these pairs of groups, in place of `reference`.
    cluster
        Column of `articles` or period (``"event"``, ``"day"``): articles of one cluster are not independent, and whole
        clusters are resampled and permuted. ``None``: articles.
    method
        Of the interval. ``"bootstrap"``: percentile with tails that allow for few units (Hesterberg 2015).
        ``"bca"``: bias-corrected and accelerated (Efron 1987). ``"percentile"``.
    test
        ``"permutation"``: studentised, see `permutation_p`. ``"sign_flip"``: the two groups are compared over the
        clusters that both cover (events, unless `cluster` names others); estimates are then means over these clusters.
    adjust
        ``"bh"`` Benjamini-Hochberg; ``"by"`` Benjamini-Yekutieli, under any dependence.
    family
        Columns (`measure`, `target`, `group_a`, `group_b`) whose values make a family each. ``None``: all tests of the
        call are one.
    n_resamples, seed
        Number of resamples and of permutations, at least 1; seed of all random numbers.
    confidence
        Of the intervals, in (0, 1).
    min_articles
        An actor is compared where both groups mention it in at least so many articles.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    pandas.DataFrame
        One row per measure, target and pair, with the columns `COLUMNS`; units are the measure's. `target` is the actor's
        id or ``""``. `n_a` counts articles with a value, `units_a` clusters (articles without clusters). `effect_size`
        with `effect_low` and `effect_high` is Hedges' g, of rates in standard deviations of the articles' rates weighted
        by their denominators; `cliffs_delta` in [-1, 1]; `rate_ratio` with `ratio_low` and `ratio_high` for rates and
        shares, else NaN. `difference`, `effect_size` and `cliffs_delta` are positive, and `rate_ratio` above 1, where
        group_a is higher. With fewer than two articles (or clusters) in a group, intervals and p are NaN; without any, so
        are the estimates. Where no value varies, there is no interval.

    Raises
    ------
    UsageError
        If a column, measure, actor or group is unknown, there are fewer than two groups, or a number is out of range.

    References
    ----------
    Davison & Hinkley (1997); Hesterberg (2015); Efron (1987); Phipson & Smyth (2010); Chung & Romano (2013); Hedges
    (1981); Cliff (1993); Benjamini & Hochberg (1995); Benjamini & Yekutieli (2001).
    """
    check_resampling(n_resamples, confidence)
    _check_names(method, test, adjust)
    if test == "sign_flip":
        cluster = cluster or "event"
    groups = grouped(scores, by, cluster, targets, min_articles)
    chosen = pairs_of(groups, reference, pairs)
    of_actors = targets if len(groups.actors) else None
    all_columns = columns(groups, measures, groups.skip, of_actors)
    # Most actors of a corpus are named once or twice: they are in no pair.
    compared = np.flatnonzero(_enough(all_columns, chosen, min_articles).any(axis=0))
    all_columns = [all_columns[i] for i in compared]
    parts: list[dict[str, Any]] = []
    together = _blocks(all_columns, groups)
    enough = [_enough(block.columns, chosen, min_articles) for block in together]
    tests = {} if test == "sign_flip" else _tests(together, groups, chosen, enough, n_resamples, seed, progress)
    for number, block in enumerate(tqdm(together, desc="intervals", unit=" sets", disable=not progress, delay=0.5)):
        kept = [pair for pair, keep in zip(chosen, enough[number]) if keep.any()]
        resampled = {} if test == "sign_flip" or not kept else resample(block, groups, kept, n_resamples, seed)
        sides: dict[str, Side] = {}
        for i, pair in enumerate(chosen):
            if not enough[number][i].any():
                continue
            members = pair.in_a[block.rows], pair.in_b[block.rows]
            if test == "sign_flip":
                rng = generator(seed, groups.label, pair.a, pair.b)
                found = match(block, *members, n_resamples, rng)
                p = sign_flip_p(found.differences, n_resamples, rng)
                part = _statistics(found.block, found.a, found.b, found.members, method, confidence)
            else:
                for key, own in ((pair.a, members[0]), (key_b(pair), members[1])):
                    if key not in sides:
                        sides[key] = side_of(block, own, resampled[key])
                p = tests[number, i]
                part = _statistics(block, sides[pair.a], sides[key_b(pair)], members, method, confidence)
            part |= {"group_a": pair.a, "group_b": pair.b, "p": p, "columns": block.columns, "keep": enough[number][i]}
            parts.append(part)
    table = _table(parts, all_columns)
    unit = f"{groups.unit} within {groups.label}" if groups.clusters is None else groups.unit
    tested = (
        f"sign-flip test over matched {groups.unit}, {n_resamples} flips"
        if test == "sign_flip"
        else f"studentised permutation test, {n_resamples} permutations"
    )
    how = f"{confidence:.0%} {_METHOD[method]} over {unit}, {n_resamples} resamples; {tested}; seed {seed}; Hedges' g"
    estimates = {
        kind: f"{text}{' over matched clusters' if test == 'sign_flip' else ''}; {how}"
        for kind, text in _ESTIMATE.items()
    }
    return with_families(table, estimates, adjust, family)[COLUMNS]


def check_resampling(n_resamples: int, confidence: float) -> None:
    """Refuse numbers that no resampling can work with."""
    if n_resamples < 1:
        raise UsageError(f"n_resamples is {n_resamples}", cure="use at least 1, better 2000")
    if not 0 < confidence < 1:
        raise UsageError(f"confidence is {confidence}", cure="use a number between 0 and 1, such as 0.95")


def _check_names(method: str, test: str, adjust: str) -> None:
    known = (
        ("method", method, METHODS),
        ("test", test, ("permutation", "sign_flip")),
        ("adjust", adjust, ("bh", "by")),
    )
    for what, given, names in known:
        if given not in names:
            raise UsageError(f"unknown {what} {given!r}", cure=f"use one of {', '.join(names)}")


def _blocks(all_columns: list[Column], groups: Groups) -> list[Block]:
    """Columns of the same articles and denominators together: they share resamples, in one matrix product."""

    def key(column: Column) -> tuple[int, bytes, bytes]:
        return len(column.rows), column.rows.tobytes(), b"" if column.sizes is None else column.sizes.tobytes()

    result = []
    for _, found in groupby(sorted(all_columns, key=key), key=key):
        same = list(found)
        rows, sizes = same[0].rows, same[0].sizes
        result.append(
            Block(
                same,
                rows,
                np.column_stack([c.values for c in same]),
                np.ones(len(rows)) if sizes is None else sizes,
                groups.codes[rows],
                None if groups.clusters is None else groups.clusters[rows],
            )
        )
    return result


def _enough(same: list[Column], pairs: list[Pair], min_articles: int) -> BoolArray:
    """Which columns are compared in which pairs, shape ``(pairs, columns)``."""
    result = np.ones((len(pairs), len(same)), dtype=bool)
    for j, column in enumerate(same):
        if column.target:
            at = column.mentioned
            result[:, j] = [min(int(p.in_a[at].sum()), int(p.in_b[at].sum())) >= min_articles for p in pairs]
    return result


def _tests(
    together: list[Block],
    groups: Groups,
    pairs: list[Pair],
    enough: list[BoolArray],
    n_resamples: int,
    seed: int,
    progress: bool,
) -> dict[tuple[int, int], FloatArray]:
    """p of each block and pair. Tests of as many articles share their random orders, which take much of the time."""
    jobs: dict[int, list[tuple[int, int, BoolArray, BoolArray]]] = {}
    for number, block in enumerate(together):
        for i, pair in enumerate(pairs):
            if enough[number][i].any():
                in_a, in_b = pair.in_a[block.rows], pair.in_b[block.rows]
                jobs.setdefault(int((in_a | in_b).sum()), []).append((number, i, in_a, in_a | in_b))
    result: dict[tuple[int, int], FloatArray] = {}
    with tqdm(total=sum(map(len, jobs.values())), desc="tests", disable=not progress, delay=0.5) as bar:
        for n, same in sorted(jobs.items()):
            length = max(min(int(in_a.sum()), n - int(in_a.sum())) for _, _, in_a, _ in same)
            order = None
            if groups.clusters is None:
                order = orders(n, length, n_resamples, generator(seed, groups.label, str(n)))
            for number, i, in_a, both in same:
                block, rng = together[number], generator(seed, groups.label, pairs[i].a, pairs[i].b)
                units = None if block.clusters is None else block.clusters[both]
                result[number, i] = permutation_p(
                    block.values[both], in_a[both], n_resamples, rng, units, block.sizes[both], order
                )
                bar.update()
    return result


def _statistics(
    block: Block, a: Side, b: Side, members: tuple[BoolArray, BoolArray], method: Method, confidence: float
) -> dict[str, Any]:
    """Estimates, intervals and effect sizes of one pair, each of shape ``(measures,)`` or one for all."""
    difference = a.estimate - b.estimate
    spread = spread_of(block, a, b, members, method, confidence)
    g = g_low = g_high = np.full(len(difference), np.nan)
    if min(a.n, b.n) >= 2:
        sd = pooled_sd(a.variance, b.variance, a.n, b.n)
        g = standardised(difference, sd, a.n, b.n)
        with np.errstate(divide="ignore", invalid="ignore"):
            relative = np.where(np.isnan(g), np.nan, spread.variance / sd**2)
        g_low, g_high = hedges_g_interval(g, relative, max(a.n_units + b.n_units - 2, 1), confidence)
    positive = np.array([column.kind != "mean" for column in block.columns])
    rate_a, rate_b = (np.where(positive, side.estimate, np.nan) for side in (a, b))
    ratio, ratio_low, ratio_high = rate_ratio(rate_a, rate_b, spread.log_error, spread.quantile)
    return {
        "n_a": a.n, "n_b": b.n, "estimate_a": a.estimate, "estimate_b": b.estimate, "difference": difference,
        "ci_low": spread.low, "ci_high": spread.high, "effect_size": g, "effect_low": g_low, "effect_high": g_high,
        "cliffs_delta": np.array([cliffs_delta(a.ordered[:, j], b.ordered[:, j]) for j in range(len(difference))]),
        "rate_ratio": ratio, "ratio_low": ratio_low, "ratio_high": ratio_high, "units_a": a.n_units, "units_b": b.n_units,
    }  # fmt: skip


def _table(parts: list[dict[str, Any]], all_columns: list[Column]) -> pd.DataFrame:
    """Rows in order of measure, target and pair."""
    names = [c for c in COLUMNS if c not in ("measure", "target", "p_adjusted", "method", "family")]
    if not parts:
        return pd.DataFrame(columns=[*COLUMNS, "kind"])
    data: dict[str, Any] = {
        name: np.concatenate(
            [np.broadcast_to(np.asarray(part[name]), part["keep"].shape)[part["keep"]] for part in parts]
        )
        for name in names
    }
    rows = [column for part in parts for column, keep in zip(part["columns"], part["keep"]) if keep]
    for name in ("measure", "target", "kind"):
        data[name] = [getattr(column, name) for column in rows]
    order = {id(column): i for i, column in enumerate(all_columns)}
    rank: IntArray = np.array([order[id(column)] for column in rows])
    return pd.DataFrame(data).iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)
