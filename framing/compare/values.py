"""From scores to the numbers that are compared: a column per measure and target, without missing values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray, Scores
from framing.errors import UsageError

ACTOR_MEASURES = ("sentiment_toward", "agency", "mentions")
# Sizes, coverage and counts that grow with the article: comparable only where somebody asks for them by name.
_NOT_BY_DEFAULT = frozenset(
    {"n_tokens", "n_sentences", "sentiment_coverage", "loaded_terms", "loaded_terms_author", "published_precision"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """Values of one measure.

    Attributes
    ----------
    measure, target
        Name of the measure; id of the actor, or ``""`` for measures of the whole article.
    rows
        Shape ``(n,)``: positions in the table `articles`, ascending, of those that have a value.
    values
        Shape ``(n,)``: the values, without NaN.
    mentioned
        Positions of all articles that the target occurs in; `rows` for measures of the whole article.
    """

    measure: str
    target: str
    rows: IntArray
    values: FloatArray
    mentioned: IntArray


def columns(scores: Scores, measures: Sequence[str] | None = None, skip: Iterable[str | None] = ()) -> list[Column]:
    """Values of all measures, in order of measure and then of target.

    Parameters
    ----------
    scores
        The tables `articles` and `actors` are read.
    measures
        Names of numeric columns of the two tables. ``None``: all of `articles` that do not grow with the length of
        the article, and `ACTOR_MEASURES`.
    skip
        Columns of `articles` that are no measures in this call, such as the grouping.

    Raises
    ------
    UsageError
        If a measure is in neither table or is not numeric.
    """
    articles, actors = scores.articles, scores.actors
    leave_out = set(skip)
    of_article = [c for c in articles.columns if _is_numeric(articles[c]) and c not in leave_out]
    of_actor = [c for c in actors.columns if _is_numeric(actors[c])]
    if measures is None:
        measures = [c for c in of_article if c not in _NOT_BY_DEFAULT]
        measures += [c for c in ACTOR_MEASURES if c in of_actor]
    result: list[Column] = []
    for measure in measures:
        if measure in of_article:
            values = articles[measure].to_numpy(dtype=np.float64, na_value=np.nan)
            rows = np.flatnonzero(~np.isnan(values))
            result.append(Column(measure, "", rows, values[rows], rows))
        elif measure in of_actor:
            result.extend(_by_actor(articles, actors, measure))
        else:
            raise UsageError(
                f"no numeric measure {measure!r}", cure=f"use one of {', '.join([*of_article, *of_actor])}"
            )
    return result


def group_codes(articles: pd.DataFrame, by: str) -> tuple[IntArray, list[str]]:
    """Group number of each article (-1 where unknown) and the names of the groups, sorted.

    Raises
    ------
    UsageError
        If `articles` has no such column.
    """
    codes, uniques = pd.factorize(_column(articles, by), sort=True)
    return codes.astype(np.intp), [str(u) for u in uniques]


def cluster_codes(articles: pd.DataFrame, cluster: str | None) -> IntArray | None:
    """Number of the cluster of each article; an article of unknown cluster is its own. ``None`` without clusters."""
    if cluster is None:
        return None
    codes = pd.factorize(_column(articles, cluster))[0].astype(np.intp)
    unknown = codes < 0
    codes[unknown] = codes.max(initial=-1) + 1 + np.arange(int(unknown.sum()))
    return codes


def dense(codes: IntArray) -> IntArray:
    """The same clusters, numbered from 0 without a gap."""
    return np.unique(codes, return_inverse=True)[1].astype(np.intp)


def _by_actor(articles: pd.DataFrame, actors: pd.DataFrame, measure: str) -> list[Column]:
    position = pd.Index(articles["article_id"]).get_indexer(pd.Index(actors["article_id"]))
    values = actors[measure].to_numpy(dtype=np.float64, na_value=np.nan)
    codes, names = pd.factorize(actors["actor"], sort=True)
    order = np.lexsort((position, codes))
    order = order[(codes[order] >= 0) & (position[order] >= 0)]
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    result = []
    for i, name in enumerate(names):
        own = order[starts[i] : starts[i + 1]]
        known = own[~np.isnan(values[own])]
        result.append(
            Column(measure, str(name), position[known].astype(np.intp), values[known], position[own].astype(np.intp))
        )
    return result


def _column(articles: pd.DataFrame, name: str) -> pd.Series:
    if name not in articles.columns:
        raise UsageError(f"articles have no column {name!r}", cure=f"use one of {', '.join(articles.columns)}")
    return articles[name]


def _is_numeric(values: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values))
