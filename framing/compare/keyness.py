"""Keyness: which terms one group of articles uses more than another, with the uncertainty of whole articles.

Counts of one term are not independent: an article that has used a word once will use it again. The z of the log-odds
and G² treat tokens as independent and so are a ranking, not a test; the interval resamples whole articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from framing.compare._types import BoolArray, FloatArray, IntArray
from framing.compare.differences import REST, check_resampling
from framing.compare.inference import bootstrap_weights, generator, percentile_interval
from framing.compare.log_odds import ALPHA_0, informative_prior, log_odds, log_odds_of_one
from framing.errors import UsageError

COLUMNS = [
    "term",
    "group_a",
    "group_b",
    "count_a",
    "count_b",
    "articles_a",
    "articles_b",
    "per_million_a",
    "per_million_b",
    "delta",
    "z",
    "ci_low",
    "ci_high",
    "g2",
    "log_ratio",
    "method",
]
_ZERO_COUNT = 0.5
_BLOCK = 100
# SciPy ships without types.
_csr: Any = sparse.csr_array


def g2(counts_a: ArrayLike, counts_b: ArrayLike, n_a: float, n_b: float) -> FloatArray:
    """Log-likelihood keyness G² in its two-cell form.

    ``G² = 2[a ln(a/E_a) + b ln(b/E_b)]``, ``E_a = n_a(a + b)/(n_a + n_b)``; a cell of 0 adds 0. The two-cell form
    leaves out the tokens that are not the term; for rare terms it hardly differs from the four-cell form of
    Dunning (1993).

    Parameters
    ----------
    counts_a, counts_b
        Shape ``(terms,)``.
    n_a, n_b
        Tokens of the two corpora.

    Returns
    -------
    FloatArray
        Shape ``(terms,)``, at least 0, without direction.

    References
    ----------
    Rayson, P. & Garside, R. (2000). Comparing corpora using frequency profiling. Workshop on Comparing Corpora, 1-6.
    """
    a, b = np.asarray(counts_a, dtype=np.float64), np.asarray(counts_b, dtype=np.float64)
    expected_a, expected_b = n_a * (a + b) / (n_a + n_b), n_b * (a + b) / (n_a + n_b)
    return 2 * (_a_ln(a, expected_a) + _a_ln(b, expected_b))


def log_ratio(counts_a: ArrayLike, counts_b: ArrayLike, n_a: float, n_b: float) -> FloatArray:
    """Binary logarithm of the ratio of relative frequencies; 1 means twice as frequent in a. Counts of 0 stand as 0.5.

    References
    ----------
    Hardie, A. (2014). Log ratio: an informal introduction. CASS, Lancaster University.
    """
    a, b = (np.where(np.asarray(c) > 0, c, _ZERO_COUNT).astype(np.float64) for c in (counts_a, counts_b))
    return np.log2((a / n_a) / (b / n_b))


def keyness(
    matrix: Any,
    terms: Sequence[str],
    groups: Sequence[str],
    a: str,
    b: str = REST,
    *,
    background: ArrayLike | None = None,
    alpha0: float = ALPHA_0,
    top: int = 50,
    n_resamples: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Keyness of every term in the articles of group a against those of group b.

    Parameters
    ----------
    matrix
        Sparse matrix of SciPy (or an array), shape ``(articles, terms)``: how often an article has a term. The terms
        must be the whole vocabulary: its sums are taken as the sizes of the corpora.
    terms
        Name of each column.
    groups
        Group of each row.
    a, b
        Names of two groups; ``b="rest"`` means all other articles.
    background
        Shape ``(terms,)``: counts of a reference corpus for the prior. ``None``: those of all rows of `matrix`.
    alpha0
        Weight of the prior in tokens.
    top
        On how many terms on either side the interval is computed.
    n_resamples, seed, confidence
        Of the percentile bootstrap of delta over whole articles within each group.

    Returns
    -------
    pandas.DataFrame
        One row per term that occurs in a or b, by falling z, with the columns `COLUMNS`. `delta`, `z`, `log_ratio`
        are positive for terms of a. `ci_low`, `ci_high` belong to `delta`, NaN beyond the `top` terms and with fewer
        than two articles in a group.

    Raises
    ------
    UsageError
        If a group has no articles or tokens, or the lengths do not fit.
    """
    check_resampling(n_resamples, confidence)
    counts = _csr(matrix, dtype=np.float64)
    if counts.shape != (len(groups), len(terms)):
        raise UsageError(
            f"matrix has shape {counts.shape}, but there are {len(groups)} groups and {len(terms)} terms",
            cure="give one group per row and one term per column",
        )
    total = counts.sum(axis=0)
    if background is None:
        # A term that no article has must not take any of the prior's weight.
        counts, terms = counts[:, total > 0], np.asarray(terms, dtype=object)[total > 0].tolist()
        background = total[total > 0]
        prior_source = "all articles"
    else:
        prior_source = "reference corpus"
    in_a, in_b = _rows_of(np.asarray(groups, dtype=object), a, b)
    side_a, side_b = counts[in_a], counts[in_b]
    y_a, y_b = side_a.sum(axis=0), side_b.sum(axis=0)
    n_a, n_b = float(y_a.sum()), float(y_b.sum())
    for name, n in ((a, n_a), (b, n_b)):
        if n == 0:
            raise UsageError(f"group {name!r} has no tokens", cure="give articles with text")
    prior = informative_prior(background, alpha0)
    delta, z = log_odds(y_a, y_b, prior)
    table = pd.DataFrame(
        {
            "term": np.asarray(terms, dtype=object),
            "group_a": a,
            "group_b": b,
            "count_a": y_a.astype(np.int64),
            "count_b": y_b.astype(np.int64),
            "articles_a": (side_a > 0).sum(axis=0).astype(np.int64),
            "articles_b": (side_b > 0).sum(axis=0).astype(np.int64),
            "per_million_a": y_a / n_a * 1e6,
            "per_million_b": y_b / n_b * 1e6,
            "delta": delta,
            "z": z,
            "ci_low": np.nan,
            "ci_high": np.nan,
            "g2": g2(y_a, y_b, n_a, n_b),
            "log_ratio": log_ratio(y_a, y_b, n_a, n_b),
        }
    )
    order = np.argsort(-z, kind="stable")
    order = order[(y_a + y_b)[order] > 0]
    shown = np.unique(np.concatenate([order[:top], order[max(0, len(order) - top) :]]))
    if min(side_a.shape[0], side_b.shape[0]) >= 2 and len(shown):
        resampled = _resampled_delta(side_a, shown, prior, n_resamples, generator(seed, a, "a"))
        resampled -= _resampled_delta(side_b, shown, prior, n_resamples, generator(seed, b, "b"))
        low, high = percentile_interval(resampled, confidence)
        table.loc[shown, "ci_low"], table.loc[shown, "ci_high"] = low, high
    table["method"] = (
        f"log-odds with informative Dirichlet prior (alpha_0 {alpha0:g}, {prior_source}); "
        f"{confidence:.0%} percentile bootstrap over articles, {n_resamples} resamples, top {top} terms of either side; seed {seed}; two-cell G2; log ratio"
    )
    return table.reindex(order).reset_index(drop=True)[COLUMNS]


def keyness_table(counts: pd.DataFrame, a: str, b: str = REST, **options: Any) -> pd.DataFrame:
    """`keyness` from a long table of counts.

    Parameters
    ----------
    counts
        One row per article and term: `article_id, group, term, count`.
    a, b, options
        As in `keyness`.
    """
    article, ids = pd.factorize(counts["article_id"])
    term, terms = pd.factorize(counts["term"], sort=True)
    matrix = _csr((counts["count"], (article, term)), shape=(len(ids), len(terms)))
    groups = counts.groupby(article)["group"].first()
    return keyness(matrix, terms.tolist(), groups.tolist(), a, b, **options)


def _a_ln(observed: FloatArray, expected: FloatArray) -> FloatArray:
    return observed * np.log(np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0))


def _rows_of(groups: NDArray[np.object_], a: str, b: str) -> tuple[BoolArray, BoolArray]:
    in_a: BoolArray = groups == a
    in_b: BoolArray = ~in_a & np.array([g is not None and g == g for g in groups], bool) if b == REST else groups == b
    for name, member in ((a, in_a), (b, in_b)):
        if not member.any():
            raise UsageError(
                f"no articles in group {name!r}", cure=f"groups are {', '.join(sorted(set(map(str, groups))))}"
            )
    return in_a, in_b


def _resampled_delta(
    side: Any, shown: IntArray, prior: FloatArray, n_resamples: int, rng: np.random.Generator
) -> FloatArray:
    """One side's log odds of the shown terms in each resample of its articles, shape ``(resamples, shown)``."""
    sizes, chosen = side.sum(axis=1), side[:, shown].T.tocsr()
    alpha, alpha0 = prior[shown], float(prior.sum())
    blocks = []
    for start in range(0, n_resamples, _BLOCK):
        weights = bootstrap_weights(side.shape[0], min(_BLOCK, n_resamples - start), rng)
        blocks.append(log_odds_of_one((chosen @ weights.T).T, (weights @ sizes)[:, None], alpha, alpha0))
    return np.concatenate(blocks)
