"""Word shift: which words make one group's sentiment higher or lower than another's, with intervals over articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from framing.compare._types import FloatArray, IntArray, Scores
from framing.compare.differences import REST, check_resampling
from framing.compare.inference import bootstrap_weights, generator, percentile_interval
from framing.compare.values import group_codes
from framing.errors import UsageError

COLUMNS = [
    "term",
    "group_a",
    "group_b",
    "count_a",
    "count_b",
    "articles_a",
    "articles_b",
    "frequency_a",
    "frequency_b",
    "value_a",
    "value_b",
    "frequency_part",
    "value_part",
    "contribution",
    "ci_low",
    "ci_high",
    "polarity",
    "usage",
    "method",
]
_BLOCK = 100
# SciPy ships without types.
_csr: Any = sparse.csr_array


def word_shift(
    scores: Scores,
    a: str,
    b: str,
    by: str = "outlet",
    *,
    reference_value: float | None = None,
    top: int = 50,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Contribution of each term to the difference of mean sentiment, Φ_a − Φ_b.

    ``δΦ_w = (p_a − p_b)[½(φ_a + φ_b) − φ_ref] + ½(p_a + p_b)(φ_a − φ_b)``, with p the term's share of all sentiment
    hits of the group and φ its mean value in the group (it varies, as a negated word counts for its opposite). A term
    that a group does not have takes the other group's φ. Φ = Σ p φ is the mean value of a group's hits; the
    contributions sum to Φ_a − Φ_b. This is not the mean over articles that `compare` gives: an article with many hits
    weighs more.

    Hits of one article are not independent. The interval therefore resamples whole articles within each group, and a
    term of few articles has a wide one. Where it holds 0, which side the term works for is open.

    Parameters
    ----------
    scores
        The tables `articles` and `hits` are read; hits of the scorer ``"sentiment"``, both voices.
    a, b
        Groups; ``b="rest"`` means all other articles.
    by
        Column of `articles` that groups them.
    reference_value
        φ_ref in [-1, 1]: a term above it counts as positive. ``None``: Φ_b, of each resample its own.
    top
        On how many terms, those of the largest contributions, the interval is computed.
    n_resamples, seed, confidence
        Of the percentile bootstrap over articles with sentiment hits.

    Returns
    -------
    pandas.DataFrame
        One row per term, by falling size of the contribution, with the columns `COLUMNS`. `frequency_part` and
        `value_part` are the two summands, `ci_low` and `ci_high` bound their sum (NaN beyond the `top` terms and with
        fewer than two articles in a group). `polarity` is ``"positive"`` or ``"negative"`` beside φ_ref; `usage` is
        ``"more"`` or ``"less"`` in a than in b.

    Raises
    ------
    UsageError
        If a group is unknown or has no sentiment hits, or a number is out of range.

    References
    ----------
    Gallagher, R. J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
    comparisons between texts. EPJ Data Science 10, 4. Davison & Hinkley (1997), for the bootstrap.
    """
    check_resampling(n_resamples, confidence)
    codes, names = group_codes(scores.articles, by)
    hits = scores.hits
    hits = hits[(hits["scorer"] == "sentiment") & hits["value"].notna()]
    position = pd.Index(scores.articles["article_id"]).get_indexer(pd.Index(hits["article_id"]))
    group = np.where(position >= 0, codes[position], -1)
    term, terms = pd.factorize(hits["term"], sort=True)
    value = hits["value"].to_numpy(np.float64)
    sides = []
    for name, may_be_rest in ((a, False), (b, True)):
        if name not in names and not (may_be_rest and name == REST):
            raise UsageError(f"no group {name!r} in {by!r}", cure=f"use one of {', '.join(names)}")
        own = group == names.index(name) if name in names else (group >= 0) & (group != names.index(a))
        if not own.any():
            raise UsageError(f"group {name!r} has no sentiment hits", cure="choose a group with scored articles")
        sides.append(_Side.of(position[own], term[own].astype(np.intp), value[own], len(terms)))
    side_a, side_b = sides
    count_a, count_b = side_a.counts.sum(axis=0), side_b.counts.sum(axis=0)
    value_a, value_b = _values(count_a, side_a.values.sum(axis=0), count_b, side_b.values.sum(axis=0))
    p_a, p_b = count_a / count_a.sum(), count_b / count_b.sum()
    level = float(p_b @ np.nan_to_num(value_b)) if reference_value is None else reference_value
    frequency_part, value_part = contributions(p_a, p_b, value_a, value_b, level)
    table = pd.DataFrame(
        {
            "term": np.asarray(terms, dtype=object),
            "group_a": a,
            "group_b": b,
            "count_a": count_a.astype(np.int64),
            "count_b": count_b.astype(np.int64),
            "articles_a": (side_a.counts > 0).sum(axis=0).astype(np.int64),
            "articles_b": (side_b.counts > 0).sum(axis=0).astype(np.int64),
            "frequency_a": p_a,
            "frequency_b": p_b,
            "value_a": value_a,
            "value_b": value_b,
            "frequency_part": frequency_part,
            "value_part": value_part,
            "contribution": frequency_part + value_part,
            "ci_low": np.nan,
            "ci_high": np.nan,
            "polarity": np.where((value_a + value_b) / 2 >= level, "positive", "negative"),
            "usage": np.where(p_a >= p_b, "more", "less"),
        }
    )
    order = np.argsort(-table["contribution"].abs().to_numpy(), kind="stable")
    order = order[(count_a + count_b)[order] > 0]
    shown = order[:top]
    if min(side_a.counts.shape[0], side_b.counts.shape[0]) >= 2 and len(shown):
        resampled = _resampled(
            side_a.resampled(shown, n_resamples, generator(seed, by, a, "a")),
            side_b.resampled(shown, n_resamples, generator(seed, by, b, "b")),
            reference_value,
        )
        table.loc[shown, "ci_low"], table.loc[shown, "ci_high"] = percentile_interval(resampled, confidence)
    table["method"] = (
        f"generalised word shift of sentiment hits, reference value {level:.3f}; {confidence:.0%} percentile bootstrap over "
        f"articles within {by}, {n_resamples} resamples, {len(shown)} largest contributions; seed {seed}"
    )
    return table.iloc[order][COLUMNS].reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class _Side:
    """Hits of one group: their number and the sum of their values by article and term, sparse ``(articles, terms)``."""

    counts: Any
    values: Any

    @classmethod
    def of(cls, article: IntArray, term: IntArray, value: FloatArray, n_terms: int) -> _Side:
        found, row = np.unique(article, return_inverse=True)
        shape = (len(found), n_terms)
        return cls(_csr((np.ones(len(value)), (row, term)), shape=shape), _csr((value, (row, term)), shape=shape))

    def resampled(self, shown: IntArray, n_resamples: int, rng: np.random.Generator) -> tuple[FloatArray, ...]:
        """Counts and sums of values of the terms, of all terms together the same; first axis: resamples."""
        counts, values = self.counts[:, shown].T.tocsr(), self.values[:, shown].T.tocsr()
        totals = np.column_stack([self.counts.sum(axis=1), self.values.sum(axis=1)])
        blocks = []
        for start in range(0, n_resamples, _BLOCK):
            weights = bootstrap_weights(len(totals), min(_BLOCK, n_resamples - start), rng)
            blocks.append(((counts @ weights.T).T, (values @ weights.T).T, weights @ totals))
        of_counts, of_values, whole = (np.concatenate(parts) for parts in zip(*blocks))
        return of_counts, of_values, whole[:, :1], whole[:, 1:]


def _values(n_a: FloatArray, sum_a: FloatArray, n_b: FloatArray, sum_b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean value of each term in either group; where one has none, the other's, and NaN where neither has one."""
    with np.errstate(invalid="ignore", divide="ignore"):
        value_a, value_b = sum_a / n_a, sum_b / n_b
    return np.where(n_a > 0, value_a, value_b), np.where(n_b > 0, value_b, value_a)


def _resampled(a: tuple[FloatArray, ...], b: tuple[FloatArray, ...], reference_value: float | None) -> FloatArray:
    """Contributions in each resample, shape ``(resamples, terms)``; 0 where no drawn article has the term."""
    (n_a, sum_a, all_a, _), (n_b, sum_b, all_b, whole_b) = a, b
    value_a, value_b = _values(n_a, sum_a, n_b, sum_b)
    level = whole_b / all_b if reference_value is None else reference_value
    parts = contributions(n_a / all_a, n_b / all_b, value_a, value_b, level)
    return np.nan_to_num(parts[0] + parts[1])


def contributions(
    p_a: FloatArray, p_b: FloatArray, value_a: FloatArray, value_b: FloatArray, reference_value: float | FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The two summands of each term's contribution: from its frequency, and from its value.

    Parameters
    ----------
    p_a, p_b
        Shape ``(…, terms)``: relative frequencies.
    value_a, value_b
        Shape ``(…, terms)``: values φ.
    reference_value
        φ_ref, one or of shape ``(…, 1)``.
    """
    frequency_part = (p_a - p_b) * ((value_a + value_b) / 2 - reference_value)
    value_part = (p_a + p_b) / 2 * (value_a - value_b)
    return frequency_part, value_part
