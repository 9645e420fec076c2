"""Keyness: which terms one group of articles uses more than another, with the uncertainty of whole articles.

Counts of one term are not independent: an article that has used a word once will use it again. The z of the log-odds,
G² and BIC treat tokens as independent and so are a ranking, not a test; the interval resamples whole articles, and the
dispersion shows terms that stand in few of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from framing.compare._types import BoolArray, FloatArray, IntArray
from framing.compare.differences import REST, check_resampling
from framing.compare.dispersion import dispersion
from framing.compare.inference import bootstrap_weights, generator, percentile_interval
from framing.compare.keyness_measures import bic, g2, log_ratio, percent_diff
from framing.compare.log_odds import ALPHA_0, informative_prior, log_odds, log_odds_of_one
from framing.compare.terms import Of, TermCounts, Unit, term_counts
from framing.errors import UsageError

COLUMNS = [
    "term", "group_a", "group_b", "count_a", "count_b", "articles_a", "articles_b", "per_million_a", "per_million_b",
    "delta", "z", "ci_low", "ci_high", "g2", "bic", "log_ratio", "percent_diff", "dp_a", "dp_b", "dp_norm_a", "dp_norm_b",
    "method",
]  # fmt: skip
REFERENCE = "reference"
_BLOCK = 100
# SciPy ships without types.
_csr: Any = sparse.csr_array
_hstack: Any = sparse.hstack
_vstack: Any = sparse.vstack


def keyness(
    corpus: Any,
    a: str,
    b: str = REST,
    *,
    by: str = "outlet",
    unit: Unit = "word",
    of: Of = "all",
    around: str | None = None,
    window: int | None = None,
    n: int = 2,
    min_articles: int = 2,
    reference: Any = None,
    alpha0: float = ALPHA_0,
    top: int = 50,
    n_resamples: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Words, lemmas, n-grams or heads of compounds that tell a group of articles from another.

    Parameters
    ----------
    corpus
        Scores, a corpus table, a ``Corpus`` or the path of one; or counts of
        :func:`framing.compare.terms.term_counts`, whose options then hold.
    a, b
        Groups; ``b="rest"``: all other articles; ``b="reference"``: the reference corpus.
    by
        Column of the articles that groups them.
    unit, of, around, window, n, min_articles
        Which terms are counted: see :func:`framing.compare.terms.term_counts`.
    reference
        A corpus, counted in the same way, or counts by term: background of the prior, and what ``b="reference"`` is.
        ``None``: the prior is in proportion to all articles of `corpus`.
    alpha0
        Weight of the prior in tokens: the larger, the more rare terms are drawn to no difference.
    top
        On how many terms on either side the interval is computed.
    n_resamples, seed, confidence
        Of the percentile bootstrap of delta over whole articles within each group.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        One row per term that occurs in a or b, by falling z: counts, articles with the term and occurrences per million
        terms of either side; ``delta`` (log-odds ratio with informative prior, natural logarithm), its ``z`` and interval;
        ``g2, bic, log_ratio, percent_diff`` (:mod:`framing.compare.keyness_measures`); ``dp, dp_norm``
        (:func:`framing.compare.dispersion.dispersion` over the articles of the side). `delta`, `z`, `log_ratio` and
        `percent_diff` are positive for terms of a. The interval is NaN beyond the `top` terms and with fewer than two
        articles in a group; counts without articles (a table as reference) do not vary in it and have no dispersion.

    Raises
    ------
    UsageError, InputError
        If a group or option is unknown, or nothing is left to count.

    References
    ----------
    Monroe, Colaresi & Quinn (2008); Rayson & Garside (2000); Hardie (2014); Gabrielatos & Marchi (2012); Wilson (2013);
    Gries (2008): see the modules of the measures.

    Examples
    --------
    >>> texts = ["Der Präsident lobt den Plan.", "Der Präsident redet.", "Der Machthaber droht.", "Der Machthaber redet."]
    >>> corpus = pd.DataFrame({"article_id": list("abcd"), "outlet": ["X", "X", "Y", "Y"], "title": "", "text": texts})
    >>> keyness(corpus, "Y", "X", n_resamples=20)["term"].tolist()
    ['Machthaber', 'der', 'redet', 'Präsident']
    """
    options: Any = {
        "unit": unit, "of": of, "around": around, "window": window, "n": n, "min_articles": min_articles,
        "progress": progress,
    }  # fmt: skip
    counts = corpus if isinstance(corpus, TermCounts) else term_counts(corpus, **options)
    if by not in counts.articles.columns:
        raise UsageError(
            f"articles have no column {by!r}", cure=f"use one of {', '.join(map(str, counts.articles.columns))}"
        )
    if reference is None:
        if b == REFERENCE:
            raise UsageError("no reference corpus", cure="give one as reference, or compare with 'rest'")
        other = None
    else:
        other = _reference(reference, counts, options)
    side = _Aligned.of(counts, other)
    groups = counts.articles[by].astype("object").tolist() + [None] * (side.matrix.shape[0] - len(counts.articles))
    if b == REFERENCE:
        groups[len(counts.articles) :] = [REFERENCE] * (len(groups) - len(counts.articles))
    table = keyness_of_counts(
        side.matrix, side.terms, groups, a, b, background=side.background, alpha0=alpha0, top=top,
        n_resamples=n_resamples, seed=seed, confidence=confidence, fixed_b=isinstance(reference, Mapping | pd.Series),
    )  # fmt: skip
    table = table[table["term"] != _DROPPED].reset_index(drop=True)
    table["method"] = counts.counted + "; " + table["method"]
    return table


# Stands for all terms too rare for a column, so that sums over the columns are the sizes of the corpora.
_DROPPED = "\0"


@dataclass(frozen=True)
class _Aligned:
    """Counts of the corpus, and of the reference below them, over the terms of both."""

    matrix: Any
    terms: list[str]
    background: FloatArray | None

    @classmethod
    def of(cls, counts: TermCounts, reference: TermCounts | None) -> _Aligned:
        if reference is None:
            return cls(_with_dropped(counts, counts.terms), [*counts.terms, _DROPPED], None)
        terms = sorted(set(counts.terms) | set(reference.terms))
        rows = [_with_dropped(one, terms) for one in (counts, reference)]
        return cls(_vstack(rows).tocsr(), [*terms, _DROPPED], np.asarray(rows[1].sum(axis=0), dtype=np.float64).ravel())


def _with_dropped(counts: TermCounts, terms: list[str]) -> Any:
    wide = counts.matrix.astype(np.float64)
    if terms != counts.terms:
        column = pd.Index(terms).get_indexer(pd.Index(counts.terms))
        wide = _csr((wide.data, column[wide.indices], wide.indptr), shape=(wide.shape[0], len(terms)))
    rest = counts.sizes - np.asarray(counts.matrix.sum(axis=1)).ravel()
    return _hstack([wide, _csr(rest[:, None])]).tocsr()


def _reference(given: Any, counts: TermCounts, options: dict[str, Any]) -> TermCounts:
    if isinstance(given, TermCounts):
        return given
    if isinstance(given, Mapping | pd.Series):
        values = np.array([float(x) for x in given.values()] if isinstance(given, Mapping) else given, dtype=np.float64)
        if len(values) == 0 or (values < 0).any() or not np.isfinite(values).all() or values.sum() == 0:
            raise UsageError("counts of the reference must be 0 or more", cure="give a count for each term")
        terms = [str(t) for t in (given.keys() if isinstance(given, Mapping) else given.index)]
        return TermCounts(
            _csr(values[None, :]), terms, pd.DataFrame({"article_id": [""]}), values.sum(keepdims=True), ""
        )
    return term_counts(given, **options)


def keyness_of_counts(
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
    fixed_b: bool = False,
) -> pd.DataFrame:
    """`keyness` from a matrix of counts: of every term in the articles of group a against those of group b.

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
    fixed_b
        Whether b is one row of counts that stands for no article and does not vary.

    Returns
    -------
    pandas.DataFrame
        As `keyness` gives it, with the columns `COLUMNS`.

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
        if (total == 0).any():
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
            "articles_a": _articles(side_a),
            "articles_b": _articles(side_b),
            "per_million_a": y_a / n_a * 1e6,
            "per_million_b": y_b / n_b * 1e6,
            "delta": delta,
            "z": z,
            "ci_low": np.nan,
            "ci_high": np.nan,
            "g2": g2(y_a, y_b, n_a, n_b),
            "log_ratio": log_ratio(y_a, y_b, n_a, n_b),
            "percent_diff": percent_diff(y_a, y_b, n_a, n_b),
        }
    )
    table["bic"] = bic(table["g2"].to_numpy(), n_a + n_b)
    for key, rows in (("a", side_a), ("b", None if fixed_b else side_b)):
        table[f"dp_{key}"], table[f"dp_norm_{key}"] = np.nan, np.nan
        if rows is not None:
            table[f"dp_{key}"], table[f"dp_norm_{key}"] = dispersion(rows, rows.sum(axis=1))
    order = np.argsort(-z, kind="stable")
    order = order[(y_a + y_b)[order] > 0]
    shown = np.unique(np.concatenate([order[:top], order[max(0, len(order) - top) :]]))
    if side_a.shape[0] >= 2 and (fixed_b or side_b.shape[0] >= 2) and len(shown):
        resampled = _resampled_delta(side_a, shown, prior, n_resamples, generator(seed, a, "a"))
        if fixed_b:
            resampled -= log_odds_of_one(y_b[shown], n_b, prior[shown], float(prior.sum()))
        else:
            resampled -= _resampled_delta(side_b, shown, prior, n_resamples, generator(seed, b, "b"))
        low, high = percentile_interval(resampled, confidence)
        table.loc[shown, "ci_low"], table.loc[shown, "ci_high"] = low, high
    table["method"] = (
        f"log-odds with informative Dirichlet prior (alpha_0 {alpha0:g}, {prior_source}); "
        f"{confidence:.0%} percentile bootstrap over articles, {n_resamples} resamples, top {top} terms of either side; seed {seed}; "
        "two-cell G2, BIC, log ratio, %DIFF; DP over articles"
    )
    return table.reindex(order).reset_index(drop=True)[COLUMNS]


def keyness_table(counts: pd.DataFrame, a: str, b: str = REST, **options: Any) -> pd.DataFrame:
    """`keyness_of_counts` from a long table of counts.

    Parameters
    ----------
    counts
        One row per article and term: `article_id, group, term, count`.
    a, b, options
        As in `keyness_of_counts`.
    """
    article, ids = pd.factorize(counts["article_id"])
    term, terms = pd.factorize(counts["term"], sort=True)
    matrix = _csr((counts["count"], (article, term)), shape=(len(ids), len(terms)))
    groups = counts.groupby(article)["group"].first()
    return keyness_of_counts(matrix, terms.tolist(), groups.tolist(), a, b, **options)


def _rows_of(groups: NDArray[np.object_], a: str, b: str) -> tuple[BoolArray, BoolArray]:
    in_a: BoolArray = groups == a
    in_b: BoolArray = ~in_a & ~pd.isna(groups) if b == REST else groups == b
    for name, member in ((a, in_a), (b, in_b)):
        if not member.any():
            raise UsageError(
                f"no articles in group {name!r}",
                cure=f"groups are {', '.join(sorted({str(g) for g in groups if g is not None}))}",
            )
    return in_a, in_b


def _articles(side: Any) -> NDArray[np.int64]:
    """In how many articles each term occurs."""
    found: NDArray[np.int64] = np.bincount(side.indices[side.data > 0], minlength=side.shape[1])
    return found


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
