"""From scores to the numbers that are compared: a column per measure and target, without missing values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray, Tables
from framing.errors import UsageError

Kind = Literal["mean", "rate", "share"]

ACTOR_MEASURES = ("sentiment_toward", "sentiment_toward_model", "agency", "mentions")
# Sizes, coverage and counts that grow with the article: comparable only where somebody asks for them by name.
_NOT_BY_DEFAULT = frozenset(
    {"n_tokens", "n_sentences", "sentiment_coverage", "loaded_terms", "loaded_terms_author", "published_precision"}
)
# Measures of further scorers are families of their own.
_FAMILIES = ("frame_", "function_")
RATE = re.compile(r"(?P<top>\S+) per (?:(?P<scale>\d+) )?(?P<bottom>\S+)")
SHARE = re.compile(r"articles with (?P<top>\S+)")
ARTICLE = "article"


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
        Shape ``(n,)``: the values, or the numerators of a rate, without NaN.
    mentioned
        Positions of all articles that the target occurs in; `rows` for measures of the whole article.
    sizes
        Shape ``(n,)``: denominators of a rate, above 0; ``None`` for 1 each.
    kind
        What a group's estimate is: a mean, a rate (sum of values by sum of sizes) or a share of articles.
    """

    measure: str
    target: str
    rows: IntArray
    values: FloatArray
    mentioned: IntArray
    sizes: FloatArray | None = None
    kind: Kind = "mean"


def columns(
    scores: Tables,
    measures: Sequence[str] | None = None,
    skip: Iterable[str | None] = (),
    targets: Sequence[str] | None = None,
) -> list[Column]:
    """Values of all measures, in order of measure and then of target.

    Parameters
    ----------
    scores
        The tables `articles` and `actors` are read.
    measures
        Each is a numeric column of the two tables (its mean over the articles that have a value), a rate
        ``"loaded_terms per 1000 n_tokens"`` (sum by sum; ``"mentions per article"`` counts every article) or a share
        ``"articles with scare_quotes"`` (those whose value is above 0; of an actor, among all articles). ``None``: all
        columns of `articles` that do not grow with the length of the article, and `ACTOR_MEASURES`.
    skip
        Columns of `articles` that are no measures in this call, such as the grouping.
    targets
        Only these actors. ``None``: all.

    Raises
    ------
    UsageError
        If a measure is in neither table or is not numeric, or an actor is in no article.
    """
    source = _Source(scores, set(skip), targets)
    if measures is None:
        measures = [c for c in source.of_article if c not in _NOT_BY_DEFAULT and not c.startswith(_FAMILIES)]
        measures += [c for c in ACTOR_MEASURES if c in source.of_actor]
    return [column for measure in measures for column in source.columns(measure)]


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


class _Source:
    """Columns of the two tables, by name."""

    def __init__(self, scores: Tables, skip: set[str | None], targets: Sequence[str] | None) -> None:
        self.articles = scores.articles
        self.of_article = [str(c) for c in self.articles.columns if c not in skip and _is_numeric(self.articles[c])]
        actors = scores.actors
        self.of_actor = [str(c) for c in actors.columns if _is_numeric(actors[c])]
        if targets is not None:
            unknown = sorted(set(targets) - set(actors["actor"])) if "actor" in actors else list(targets)
            if unknown:
                raise UsageError(
                    f"no article names the actor {unknown[0]!r}", cure="see the column 'actor' of the actors"
                )
            actors = actors[actors["actor"].isin(list(targets))] if "actor" in actors else actors.iloc[:0]
        self.actors = actors
        self.own: list[tuple[str, IntArray, IntArray]] | None = None

    def columns(self, measure: str) -> list[Column]:
        """Columns of one measure, one per target."""
        if measure in self.of_article or measure in self.of_actor:
            return self._means(measure)
        if share := SHARE.fullmatch(measure):
            return self._shares(measure, share["top"])
        if rate := RATE.fullmatch(measure):
            return self._rates(measure, rate["top"], rate["bottom"], float(rate["scale"] or 1))
        raise self._unknown(measure)

    def _means(self, measure: str) -> list[Column]:
        if measure in self.of_article:
            values = self._of_articles(measure)
            rows = np.flatnonzero(~np.isnan(values))
            return [Column(measure, "", rows, values[rows], rows)]
        values = self._of_actors(measure)
        result = []
        for name, own, position in self._mentions():
            known = ~np.isnan(values[own])
            result.append(Column(measure, name, position[known], values[own[known]], position))
        return result

    def _shares(self, measure: str, top: str) -> list[Column]:
        if top in self.of_article:
            values = self._of_articles(top)
            rows = np.flatnonzero(~np.isnan(values))
            return [Column(measure, "", rows, (values[rows] > 0).astype(np.float64), rows, kind="share")]
        values = self._of_actors(top)
        rows = np.arange(len(self.articles))
        result = []
        for name, own, position in self._mentions():
            has = np.bincount(position[values[own] > 0], minlength=len(rows)) > 0
            result.append(Column(measure, name, rows, has.astype(np.float64), position, kind="share"))
        return result

    def _rates(self, measure: str, top: str, bottom: str, scale: float) -> list[Column]:
        if top in self.of_article:
            if bottom != ARTICLE and bottom not in self.of_article:
                raise self._unknown(bottom)
            values, below = self._of_articles(top), self._below(bottom) / scale
            rows = np.flatnonzero(~np.isnan(values) & (below > 0))
            return [Column(measure, "", rows, values[rows], rows, below[rows], "rate")]
        values = self._of_actors(top)
        by_actor = self._of_actors(bottom) if bottom in self.of_actor else None
        below = self._below(bottom) / scale if by_actor is None else np.empty(0)
        result = []
        for name, own, position in self._mentions():
            if by_actor is None:
                rows = np.flatnonzero(below > 0)
                counts = np.bincount(position, np.nan_to_num(values[own]), len(self.articles)).astype(np.float64)
                result.append(Column(measure, name, rows, counts[rows], position, below[rows], "rate"))
                continue
            known = ~np.isnan(values[own]) & (by_actor[own] > 0)
            own_rows, chosen = position[known], own[known]
            result.append(Column(measure, name, own_rows, values[chosen], position, by_actor[chosen] / scale, "rate"))
        return result

    def _below(self, name: str) -> FloatArray:
        return np.ones(len(self.articles)) if name == ARTICLE else self._of_articles(name)

    def _of_articles(self, name: str) -> FloatArray:
        if name not in self.of_article:
            raise self._unknown(name)
        return self.articles[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def _of_actors(self, name: str) -> FloatArray:
        if name not in self.of_actor:
            raise self._unknown(name)
        return self.actors[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def _mentions(self) -> list[tuple[str, IntArray, IntArray]]:
        """Of each actor: its rows in the table of actors and their articles' positions, in order of articles."""
        if self.own is None:
            index = pd.Index(self.articles["article_id"])
            position = index.get_indexer(pd.Index(self.actors["article_id"])).astype(np.intp)
            codes, names = pd.factorize(self.actors["actor"], sort=True)
            order = np.lexsort((position, codes))
            order = order[(codes[order] >= 0) & (position[order] >= 0)]
            starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
            rows = [order[start:end] for start, end in zip(starts[:-1], starts[1:])]
            self.own = [(str(name), own, position[own]) for name, own in zip(names, rows)]
        return self.own

    def _unknown(self, name: str) -> UsageError:
        known = ", ".join([*self.of_article, *self.of_actor])
        return UsageError(
            f"no numeric measure {name!r}",
            cure=f"use one of {known}; or a rate 'A per 1000 B', or a share 'articles with A'",
        )


def _column(articles: pd.DataFrame, name: str) -> pd.Series:
    if name not in articles.columns:
        cure = f"use one of {', '.join(articles.columns)}"
        if name == "event":
            cure = "find them with framing same-event DIR -o events.csv, check them, and give --events events.csv"
        raise UsageError(f"articles have no column {name!r}", cure=cure)
    return articles[name]


def _is_numeric(values: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values))
