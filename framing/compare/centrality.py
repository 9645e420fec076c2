"""How central actors are in a network, and how the networks of two outlets differ, with intervals over articles.

* ``degree``: number of actors that one is linked with (at least ``least`` times);
* ``strength``: sum of the weights of these edges (Barrat et al. 2004);
* ``betweenness``: share of the shortest paths between pairs of other actors that lead through one, in [0, 1], the length
  of an edge being 1 / weight (Freeman 1977; Newman 2001; ties share a path as in Brandes 2001).

Whole articles are resampled, the edges counted anew and the threshold applied again, so that an edge can vanish and
another appear. More articles raise degree and strength: compare actors of one network, not networks of different size;
for outlets use :func:`network_difference`, which compares rates.

References: Freeman, L. C. (1977). Sociometry 40(1), 35-41. Brandes, U. (2001). Journal of Mathematical Sociology 25(2),
163-177. Newman, M. E. J. (2001). Physical Review E 64, 016132. Barrat, A. et al. (2004). PNAS 101(11), 3747-3752.
Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
Connections 22(2), 161-170.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray
from framing.compare.differences import check_resampling
from framing.compare.inference import adjust, blocks_of, bootstrap_weights, generator, percentile_interval
from framing.compare.links import N_ACTORS, Kind, Within, links
from framing.compare.permutation import permutation_p
from framing.errors import InputError, UsageError

if TYPE_CHECKING:
    from framing.scores import Scores

MEASURES = ("degree", "strength", "betweenness")
# with links in fewer articles no test of the rates holds its level where the articles of the outlets differ in length
MIN_ARTICLES = 10
DIFFERENCE_COLUMNS = [
    "measure", "source", "target", "group_a", "group_b", "n_a", "n_b", "count_a", "count_b", "estimate_a", "estimate_b",
    "difference", "ci_low", "ci_high", "p", "p_adjusted", "method",
]  # fmt: skip


def centralities(
    scores: Scores,
    kind: Kind = "company",
    outlet: str | None = None,
    *,
    within: Within = "sentence",
    least: int = 3,
    n_actors: int = N_ACTORS,
    n_resamples: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Degree, strength and betweenness of each actor; see the module.

    Parameters
    ----------
    scores, kind, outlet, within, least, n_actors
        As in :func:`framing.network`. In a network of actions degree and strength count edges of either direction, and
        paths follow the direction.
    n_resamples, seed, confidence
        Of the percentile bootstrap over articles.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        ``actor`` and, for each measure, its value with ``_low`` and ``_high``; highest strength first. Actors without an
        edge are left out. ``method`` says how the intervals were made; they are NaN with fewer than two articles.

    Raises
    ------
    UsageError, InputError
        As in :func:`framing.network`.
    """
    from tqdm import tqdm

    check_resampling(n_resamples, confidence)
    found = links(scores, kind, outlet, within=within, n_actors=n_actors)
    directed, n = kind == "action", len(found.actors)

    def measured(weight: FloatArray) -> FloatArray:
        matrix = np.zeros((n, n))
        matrix[found.source, found.target] = np.where(weight >= least, weight, 0.0)
        matrix = matrix if directed else matrix + matrix.T
        both = matrix + matrix.T if directed else matrix
        degree = (matrix > 0).sum(axis=1) + ((matrix > 0).sum(axis=0) if directed else 0)
        return np.stack([degree.astype(np.float64), both.sum(axis=1), betweenness(matrix, directed=directed)])

    estimate = measured(np.asarray(found.counts.sum(axis=0)).ravel())
    kept = np.flatnonzero(estimate[0] > 0)
    if not len(kept):
        raise InputError(f"no two actors are linked {least} times", cure="give a smaller least, or more articles")
    low = high = np.full(estimate.shape, np.nan)
    if len(found.articles) > 1:
        show = sys.stderr.isatty() if progress is None else progress
        rng = generator(seed, "network", kind, outlet or "")
        drawn = np.empty((n_resamples, *estimate.shape))
        done = 0
        with tqdm(total=n_resamples, desc="bootstrap", unit=" resamples", disable=not show, delay=2) as bar:
            for size in blocks_of(n_resamples, len(found.articles)):
                for row in bootstrap_weights(len(found.articles), size, rng) @ found.counts:
                    drawn[done] = measured(row)
                    done += 1
                    bar.update()
        bounds = percentile_interval(drawn.reshape(n_resamples, -1), confidence)
        low, high = (b.reshape(estimate.shape) for b in bounds)
    table = pd.DataFrame({"actor": np.array(found.actors, dtype=object)[kept]})
    for k, name in enumerate(MEASURES):
        table[name], table[f"{name}_low"], table[f"{name}_high"] = estimate[k, kept], low[k, kept], high[k, kept]
    table = table.astype({"degree": np.int64})
    table["method"] = (
        f"{kind} of {len(found.articles)} articles, edges of {least} or more; {confidence:.0%} percentile bootstrap over "
        f"articles, {n_resamples} resamples; seed {seed}"
    )
    return table.sort_values(["strength", "actor"], ascending=[False, True], ignore_index=True)


def betweenness(weight: FloatArray, *, directed: bool = False) -> FloatArray:
    """Betweenness of the nodes of a weighted network, the length of an edge being 1 / weight.

    Parameters
    ----------
    weight
        Shape ``(n, n)``, not negative, symmetric unless directed; 0 where there is no edge.
    directed
        Whether ``weight[i, j]`` leads from i to j only.

    Returns
    -------
    FloatArray
        Shape ``(n,)``, in [0, 1]: paths through the node over pairs of other nodes; 0 with fewer than three nodes.

    Examples
    --------
    >>> betweenness(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0.0]])).tolist()
    [0.0, 1.0, 0.0]
    """
    from scipy.sparse.csgraph import shortest_path

    n = len(weight)
    if n < 3:
        return np.zeros(n)
    with np.errstate(divide="ignore"):
        length = np.where(weight > 0, 1 / weight, np.inf)
    distance = shortest_path(np.where(np.isinf(length), 0.0, length), method="D", directed=directed)
    near = np.where(np.isinf(distance), 0.0, distance)
    # sums of the same lengths in another order differ in the last digits
    slack = 1e-9 * (1 + near)
    step = near[:, :, None] + length[None, :, :]  # from s over an edge (u, v)
    before = (np.abs(step - near[:, None, :]) <= slack[:, None, :]) & np.isfinite(distance)[:, :, None]
    paths = np.zeros((n, n))
    every = np.arange(n)
    paths[every, every] = 1.0
    order = np.argsort(distance, axis=1, kind="stable")
    for k in range(1, n):
        v = order[:, k]
        paths[every, v] = (before[every, :, v] * paths).sum(axis=1)
    through = np.abs(near[:, :, None] + near[None, :, :] - near[:, None, :]) <= slack[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(paths[:, None, :] > 0, paths[:, :, None] * paths[None, :, :] / paths[:, None, :], 0.0)
    share = np.where(through, share, 0.0)
    share[every, every, :] = share[:, every, every] = 0.0
    share[every, :, every] = 0.0
    result: FloatArray = share.sum(axis=(0, 2)) / ((n - 1) * (n - 2))
    return result


def network_difference(
    scores: Scores,
    a: str,
    b: str,
    kind: Kind = "company",
    *,
    within: Within = "sentence",
    least: int = 3,
    n_actors: int = N_ACTORS,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Difference of the edges of two outlets' networks.

    The rate of an edge is its weight per 1,000 sentences (per 100 articles with ``within="article"``; per 100 articles
    for actions), so that outlets of different size can be compared.

    Parameters
    ----------
    scores, kind, within, n_actors
        As in :func:`framing.network`; the actors are those named in most articles of both outlets.
    a, b
        The two outlets.
    least
        Weight that an edge must have in both outlets together.
    n_resamples, seed, confidence
        Of the bootstrap over articles within each outlet and of the permutations.

    Returns
    -------
    pandas.DataFrame
        ``measure, source, target, group_a, group_b, n_a, n_b`` (articles)``, count_a, count_b, estimate_a, estimate_b`` (rates)``,
        difference`` (a - b)``, ci_low, ci_high, p, p_adjusted, method``, largest difference first; p by studentised
        permutation of the articles, adjusted after Benjamini and Hochberg over all edges that have one; NaN for an edge
        in fewer than ten articles, whose interval is to be read with care too.

    Raises
    ------
    UsageError
        Where an outlet is unknown, or both are the same.
    InputError
        Where no edge is left.
    """
    check_resampling(n_resamples, confidence)
    known = sorted(map(str, scores.articles["outlet"].unique()))
    for name in (a, b):
        if name not in known:
            raise UsageError(f"no articles of the outlet {name!r}", cure=f"use one of {', '.join(known)}")
    if a == b:
        raise UsageError(f"the outlet {a!r} is compared with itself", cure="give two outlets")
    both = scores.with_articles(scores.articles[scores.articles["outlet"].isin([a, b])])
    found = links(both, kind, within=within, n_actors=n_actors)
    kept = np.flatnonzero(np.asarray(found.counts.sum(axis=0)).ravel() >= least)
    if not len(kept):
        raise InputError(f"no two actors are linked {least} times", cure="give a smaller least, or more articles")
    counts = found.counts[:, kept].toarray()
    by_sentence = kind == "company" and within == "sentence"
    scale = 1000.0 if by_sentence else 100.0
    in_a = (found.articles["outlet"] == a).to_numpy()
    rates, drawn, sums = [], [], []
    for name, own in ((a, in_a), (b, ~in_a)):
        values = np.column_stack([counts[own], found.units[own]])
        rng = generator(seed, "network", kind, name)
        total = values.sum(axis=0)
        weights = [bootstrap_weights(len(values), size, rng) @ values for size in blocks_of(n_resamples, len(values))]
        again = np.concatenate(weights)
        sums.append(total[:-1])
        rates.append(scale * total[:-1] / total[-1])
        drawn.append(scale * again[:, :-1] / again[:, -1:])
    low, high = percentile_interval(drawn[0] - drawn[1], confidence)
    sizes = found.units if by_sentence else None
    p = permutation_p(counts, in_a, n_resamples, generator(seed, "network", kind, a, b), sizes=sizes)
    p[(counts > 0).sum(axis=0) < MIN_ARTICLES] = np.nan
    unit = "1000 sentences" if by_sentence else "100 articles"
    name_of = np.array(found.actors, dtype=object)
    table = pd.DataFrame(
        {
            "measure": f"{kind} per {unit}", "source": name_of[found.source[kept]],
            "target": name_of[found.target[kept]], "group_a": a, "group_b": b, "n_a": int(in_a.sum()),
            "n_b": int((~in_a).sum()), "count_a": sums[0].astype(np.int64), "count_b": sums[1].astype(np.int64),
            "estimate_a": rates[0], "estimate_b": rates[1], "difference": rates[0] - rates[1], "ci_low": low, "ci_high": high,
            "p": p, "p_adjusted": adjust(p),
            "method": f"edges of {least} or more in both; {confidence:.0%} percentile bootstrap over articles within outlet, "
            f"studentised permutation of articles, {n_resamples} resamples, Benjamini-Hochberg over {int((~np.isnan(p)).sum())} "
            f"edges in {MIN_ARTICLES} or more articles; "
            f"seed {seed}",
        }
    )[DIFFERENCE_COLUMNS]  # fmt: skip
    order = table["difference"].abs().to_numpy()
    return table.iloc[np.argsort(-order, kind="stable")].reset_index(drop=True)
