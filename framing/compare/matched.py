"""Two groups over the clusters (events, days) that both cover: matched differences for the sign-flip test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.compare._types import BoolArray, FloatArray
from framing.compare.inference import bootstrap_sums, unit_sums
from framing.compare.sides import Block, Side
from framing.compare.values import dense


@dataclass(frozen=True, slots=True)
class Matched:
    """The two sides over their common clusters.

    Attributes
    ----------
    block
        The common clusters as if each side had one article of size 1 in each: first all of a, then all of b.
    a, b
        The sides; `n` counts articles, estimates are means over the clusters.
    members
        Rows of `block` of either side.
    differences
        Shape ``(clusters, measures)``.
    """

    block: Block
    a: Side
    b: Side
    members: tuple[BoolArray, BoolArray]
    differences: FloatArray


def match(block: Block, in_a: BoolArray, in_b: BoolArray, n_resamples: int, rng: np.random.Generator) -> Matched:
    """Match the articles of two groups by cluster.

    Within a cluster a side's articles count as one value, their mean or ratio of sums. Clusters are resampled for the
    interval. Variance and order, for effect sizes, are those of the articles in common clusters.

    Parameters
    ----------
    block
        Measures with clusters.
    in_a, in_b
        Shape ``(n,)``: the articles of either side.
    n_resamples, rng
        Of the bootstrap.
    """
    assert block.clusters is not None
    units, data = dense(block.clusters), np.column_stack([block.values, block.sizes])
    n_units = int(units.max(initial=-1)) + 1
    sums = [unit_sums(data[own], units[own], n_units) for own in (in_a, in_b)]
    both = (sums[0][:, -1] > 0) & (sums[1][:, -1] > 0)
    n = int(both.sum())
    values = [each[both, :-1] / each[both, -1:] for each in sums]
    means = bootstrap_sums(np.column_stack(values), n_resamples, rng) / n if n >= 2 else None
    sides = []
    for i, own in enumerate((in_a, in_b)):
        articles = own & both[units]
        y, d = block.values[articles], block.sizes[articles]
        each, k, articles_n = y / d[:, None], y.shape[1], len(y)
        missing = np.full(k, np.nan)
        variance = missing
        if articles_n >= 2:
            variance = d @ (each - y.sum(axis=0) / d.sum()) ** 2 / d.sum() * articles_n / (articles_n - 1)
        resampled = None if means is None else means[:, i * k : (i + 1) * k]
        estimate = values[i].mean(axis=0) if n else missing
        sides.append(Side(articles_n, n, estimate, variance, np.sort(each, axis=0), resampled))
    clusters = np.tile(np.arange(n), 2)
    matched = Block(block.columns, clusters, np.concatenate(values), np.ones(2 * n), clusters, clusters)
    first = np.arange(2 * n) < n
    return Matched(matched, sides[0], sides[1], (first, ~first), values[0] - values[1])
