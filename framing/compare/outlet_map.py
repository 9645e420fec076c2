"""A map of outlets: correspondence analysis of what they write about or which terms they use.

The counts N (outlets by terms) become standardised residuals S = D_r^-1/2 (P - r cᵀ) D_c^-1/2, P = N / n; their
singular value decomposition S = U Σ Vᵀ gives principal coordinates of outlets F = D_r^-1/2 U Σ and of terms
G = D_c^-1/2 V Σ. Outlets are near where their profiles are alike (chi-square distance); 0 is the average profile.
``inertia`` is the share of the whole that an axis shows, in [0, 1]: a map of small inertia shows little.

Actors that give an outlet away without saying whom it writes about are masked first: its own name, bylines, authors in
their own articles, and actors in a large part of an outlet's articles and in almost none of the others, as in
:mod:`framing.compare.outlets_apart`. ``leaks`` lists them, and ``total_unmasked`` beside ``total`` (inertia of the whole
table, χ² / n) shows how much of the differences they would have added. Loaded terms and their categories are what the
other two kinds of map show, and none is masked.

Intervals: articles are resampled within each outlet and the new profiles put on the axes of the whole corpus
(partial bootstrap, transition formula), so that axes do not turn between resamples.

References: Greenacre (2017), Correspondence analysis in practice; Lebart (2007), Which bootstrap for principal axes
methods?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.compare.leaks import NAME, bylines, named_after_outlet, of_authors, only_here, table_of, words_of_names
from framing.errors import InputError, UsageError

N_RESAMPLES = 1000
# SciPy ships without types.
csr_array: Any = sparse.csr_array
KINDS = ("loaded_terms", "actors", "categories")


@dataclass(frozen=True)
class OutletMap:
    """Coordinates of outlets and terms.

    Attributes
    ----------
    outlets
        ``outlet, articles`` (with a term), ``n`` (counts), ``x, y, x_low, x_high, y_low, y_high`` (95 %).
    terms
        ``term, n, x, y``, ``contribution`` (share of the term in the two axes, in [0, 1]), the largest first.
    inertia
        Share of each of the two axes in the whole, in [0, 1].
    total, total_unmasked
        Inertia of the whole table, 0 or more (0: all outlets have one profile); the same with the leaks left in.
    leaks
        Masked terms: ``outlet, term, share_in, share_out, reason``.
    kind
        What the terms are, as in :func:`outlet_map`; ``""`` for a table of one's own.
    """

    outlets: pd.DataFrame
    terms: pd.DataFrame = field(repr=False)
    inertia: tuple[float, float]
    total: float
    total_unmasked: float
    leaks: pd.DataFrame = field(repr=False, default_factory=lambda: table_of(()))
    kind: str = ""


def outlet_map(
    scores: Any, kind: str = "actors", *, least: int = 5, n_resamples: int = N_RESAMPLES, seed: int = 0
) -> OutletMap:
    """Map of outlets by what they name.

    Parameters
    ----------
    scores
        Scores of the corpus.
    kind
        ``actors`` (articles that name an actor), ``loaded_terms`` (terms in the author's voice), ``categories`` (of
        loaded terms in the author's voice).
    least
        Articles in which a term must stand.
    n_resamples, seed
        Of the bootstrap.

    Raises
    ------
    UsageError, InputError
        Where the kind is unknown, or fewer than three outlets or three terms are left.
    """
    if kind not in KINDS:
        raise UsageError(f"no kind {kind!r}", cure=f"one of {', '.join(KINDS)}")
    if kind == "actors":
        pairs = scores.actors[["article_id", "actor"]].rename(columns={"actor": "term"}).assign(count=1)
    else:
        hits = scores.hits
        chosen = hits[(hits["scorer"] == "loaded_terms") & (hits["value"] > 0) & (hits["voice"] == "author")]
        column = "term" if kind == "loaded_terms" else "category"
        pairs = chosen[["article_id", column]].rename(columns={column: "term"})
        pairs = pairs.groupby(["article_id", "term"]).size().rename("count").reset_index()
    outlet = scores.articles.set_index("article_id")["outlet"]
    pairs = pairs[pairs["article_id"].isin(outlet.index)]
    frequency = pairs.groupby("term")["article_id"].nunique()
    pairs = pairs[pairs["term"].isin(frequency.index[frequency >= least])]
    if kind != "actors":
        return replace(_map_of(pairs, outlet, n_resamples, seed), kind=kind)
    leaks = _leaks(scores, pairs, least)
    kept = pairs[~pairs["term"].isin(set(leaks["term"])) & ~_own_author(scores.articles, pairs)]
    found = _map_of(kept, outlet, n_resamples, seed)
    unmasked = found if len(kept) == len(pairs) else _map_of(pairs, outlet, 1, seed)
    return replace(found, leaks=leaks, total_unmasked=unmasked.total, kind=kind)


def _map_of(pairs: pd.DataFrame, outlet: pd.Series, n_resamples: int, seed: int) -> OutletMap:
    table, terms, articles = _counts(pairs)
    return correspondence(table, outlet.reindex(articles).to_numpy(str), terms, n_resamples=n_resamples, seed=seed)


def _leaks(scores: Any, pairs: pd.DataFrame, least: int) -> pd.DataFrame:
    """Actors to mask, with their shares of articles."""
    outlet = scores.articles.set_index("article_id")["outlet"]
    row = pd.Index(outlet.index).get_indexer(pd.Index(pairs["article_id"]))
    column, terms = pd.factorize(pairs["term"], sort=True)
    present = csr_array((np.ones(len(pairs)), (row, column)), shape=(len(outlet), len(terms)))
    outlets, names = outlet.to_numpy(str), np.asarray(terms, dtype=object)
    rows = list(only_here(present, names, outlets).itertuples(index=False, name=None))
    words = words_of_names(np.unique(outlets).tolist())
    for i, term in enumerate(names):
        if named_after_outlet(str(term), words):
            there = np.asarray(present[:, [i]].todense()).ravel() > 0
            share = pd.Series(there).groupby(outlets).mean()
            own = str(share.idxmax())
            rows.append((own, term, float(share[own]), float(there[outlets != own].mean()), NAME))
    rows += bylines(scores, least).itertuples(index=False, name=None)
    return table_of(rows).drop_duplicates("term", ignore_index=True)


def _own_author(articles: pd.DataFrame, pairs: pd.DataFrame) -> NDArray[np.bool_]:
    """Which pairs of article and actor are of an author of the article."""
    authors = dict(zip(articles["article_id"], of_authors(articles), strict=True))
    return np.array(
        [bool(words := set(str(term).lower().split())) and words <= authors[article]
         for article, term in zip(pairs["article_id"], pairs["term"], strict=True)],
        dtype=bool,
    )  # fmt: skip


def _counts(pairs: pd.DataFrame) -> tuple[Any, list[str], NDArray[np.object_]]:
    row, articles = pd.factorize(pairs["article_id"], sort=True)
    column, terms = pd.factorize(pairs["term"], sort=True)
    matrix = csr_array((pairs["count"].to_numpy(float), (row, column)), shape=(len(articles), len(terms)))
    return matrix, [str(t) for t in terms], np.asarray(articles, dtype=object)


def correspondence(
    counts: Any,
    groups: Sequence[str] | NDArray[np.str_],
    terms: Sequence[str],
    *,
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> OutletMap:
    """Correspondence analysis of groups of articles by terms.

    Parameters
    ----------
    counts
        Shape ``(articles, terms)``, sparse or dense.
    groups
        Group of each article.
    terms
        Name of each column.
    n_resamples, seed
        Of the bootstrap of articles within groups.

    Raises
    ------
    InputError
        With fewer than three groups or three terms.
    """
    matrix = csr_array(counts, dtype=np.float64)
    names, number = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    member = csr_array((np.ones(len(number)), (number, np.arange(len(number)))), shape=(len(names), len(number)))
    table = (member @ matrix).toarray()
    keep = table.sum(axis=0) > 0
    if len(names) < 3 or keep.sum() < 3 or (table.sum(axis=1) == 0).any():
        raise InputError(
            f"{len(names)} outlets and {int(keep.sum())} terms are too few for a map", cure="give three or more of each"
        )
    matrix, table = matrix[:, np.flatnonzero(keep)], table[:, keep]
    total = table.sum()
    rows, columns = table.sum(axis=1) / total, table.sum(axis=0) / total
    residual = (table / total - np.outer(rows, columns)) / np.sqrt(np.outer(rows, columns))
    u, sigma, vt = np.linalg.svd(residual, full_matrices=False)
    # the sign of an axis is arbitrary: the largest coordinate of an outlet is made positive
    sign = np.sign(u[np.abs(u).argmax(axis=0), np.arange(u.shape[1])])
    u, vt = u * sign, vt * sign[:, None]
    f = (u * sigma)[:, :2] / np.sqrt(rows)[:, None]
    g = (vt.T * sigma)[:, :2] / np.sqrt(columns)[:, None]
    standard = vt.T[:, :2] / np.sqrt(columns)[:, None]
    low, high = _intervals(matrix, number, len(names), standard, n_resamples, seed)
    whole = float((sigma**2).sum())
    outlets = pd.DataFrame(
        {
            "outlet": names, "articles": np.bincount(number, minlength=len(names)), "n": table.sum(axis=1), "x": f[:, 0], "y": f[:, 1],
            "x_low": low[:, 0], "x_high": high[:, 0], "y_low": low[:, 1], "y_high": high[:, 1],
        }
    )  # fmt: skip
    weight = columns[:, None] * g**2
    of_terms = pd.DataFrame(
        {
            "term": np.asarray(terms, dtype=object)[keep], "n": table.sum(axis=0), "x": g[:, 0], "y": g[:, 1],
            "contribution": weight.sum(axis=1) / weight.sum(),
        }
    ).sort_values(["contribution", "term"], ascending=[False, True], ignore_index=True)  # fmt: skip
    return OutletMap(outlets, of_terms, (float(sigma[0] ** 2 / whole), float(sigma[1] ** 2 / whole)), whole, whole)


def _intervals(
    matrix: Any, number: NDArray[np.int64], count: int, standard: NDArray[np.float64], n_resamples: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Percentile intervals of the coordinates of groups: profiles of resampled articles times standard coordinates."""
    rng = np.random.default_rng(seed)
    projected, size = matrix @ standard, np.asarray(matrix.sum(axis=1)).ravel()
    low, high = np.empty((count, 2)), np.empty((count, 2))
    for g in range(count):
        mine = np.flatnonzero(number == g)
        draw = rng.multinomial(len(mine), np.full(len(mine), 1 / len(mine)), n_resamples)
        weight = draw @ size[mine]
        points = (draw @ projected[mine]) / np.where(weight > 0, weight, np.nan)[:, None]
        low[g], high[g] = np.nanpercentile(points, [2.5, 97.5], axis=0)
    return low, high
