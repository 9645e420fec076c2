"""Which articles are compared with which: groups by columns, periods or actors, clusters, and pairs of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from framing.compare._types import BoolArray, IntArray, Tables
from framing.compare.values import cluster_codes, group_codes
from framing.errors import UsageError

REST = "rest"
CROSS = " × "
# name of a period -> pandas' code, and the precisions of `published` too coarse for it
PERIODS = {
    "day": ("D", frozenset({"month", "year"})),
    "week": ("W-SUN", frozenset({"month", "year"})),
    "month": ("M", frozenset({"year"})),
    "quarter": ("Q", frozenset({"year"})),
    "year": ("Y", frozenset[str]()),
}


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows to be compared and their groups.

    Attributes
    ----------
    articles, actors
        Tables for `framing.compare.values.columns`. Where actors are the groups, `articles` has a row per article and
        actor with the columns of both, and `actors` none.
    codes, names
        Group of each row of `articles` (-1: in none), and the names of the groups, sorted.
    label
        What the groups are, such as ``"outlet × actor"``.
    clusters, unit
        Cluster of each row, or ``None``; what is resampled, such as ``"clusters by event"``.
    skip
        Columns that are no measures.
    """

    articles: pd.DataFrame
    actors: pd.DataFrame
    codes: IntArray
    names: list[str]
    label: str
    clusters: IntArray | None
    unit: str
    skip: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups: names, and which rows are in them."""

    a: str
    b: str
    in_a: BoolArray
    in_b: BoolArray


def grouped(
    scores: Tables,
    by: str | Sequence[str],
    cluster: str | None,
    targets: Sequence[str] | None = None,
    min_articles: int = 1,
) -> Groups:
    """Group the articles of scores.

    Parameters
    ----------
    scores
        The tables `articles` and `actors` are read.
    by
        Columns of `articles`, names of `PERIODS` and columns of `actors` (``"actor"``, ``"type"``).
    cluster
        Column or period; ``None``: articles, which are the clusters of their actors where actors are the groups.
    targets, min_articles
        Where actors are the groups: only these actors, and only groups of so many rows.

    Raises
    ------
    UsageError
        If a column is unknown.
    """
    names = [by] if isinstance(by, str) else list(by)
    articles, actors, least = scores.articles, scores.actors, 1
    if any(name not in articles.columns and name not in PERIODS and name in actors.columns for name in names):
        if targets is not None:
            actors = actors[actors["actor"].isin(list(targets))]
        extra = [c for c in articles.columns if c == "article_id" or c not in actors.columns]
        articles = actors.merge(articles[extra], on="article_id", how="inner", validate="many_to_one")
        actors = actors.iloc[:0]
        cluster = cluster or "article_id"
        least = min_articles
    parts = [group_codes(with_period(articles, name), name) for name in names]
    codes, labels = parts[0] if len(parts) == 1 else _crossed(parts)
    codes, labels = _large_enough(codes, labels, least)
    return Groups(
        articles,
        actors,
        codes,
        labels,
        CROSS.join(names),
        None if cluster is None else cluster_codes(with_period(articles, cluster), cluster),
        "articles" if cluster in (None, "article_id") else f"clusters by {cluster}",
        (*names, cluster or ""),
    )


def with_period(articles: pd.DataFrame, name: str) -> pd.DataFrame:
    """The articles with a column for the period, if `name` is one and not yet a column.

    Dates known less exactly than the period (`published_precision`) have none.
    """
    if name in articles.columns or name not in PERIODS or "published" not in articles.columns:
        return articles
    code, coarse = PERIODS[name]
    period = pd.to_datetime(articles["published"]).dt.to_period(code)
    if name == "week":
        text = period.dt.start_time.dt.strftime("%Y-%m-%d")
    else:
        text = period.astype("string").where(period.notna())
    if "published_precision" in articles.columns:
        text = text.mask(articles["published_precision"].isin(coarse))
    return articles.assign(**{name: text.astype(object)})


def pairs_of(groups: Groups, reference: str | None, pairs: Sequence[tuple[str, str]] | None) -> list[Pair]:
    """Pairs of groups to compare: the given ones, each with the reference or the rest, or all.

    Raises
    ------
    UsageError
        If there are fewer than two groups or a group is unknown.
    """
    codes, names = groups.codes, groups.names
    if len(names) < 2:
        raise UsageError(f"column {groups.label!r} has {len(names)} group(s)", cure="compare at least two")
    member = {name: codes == i for i, name in enumerate(names)}
    if pairs is not None:
        if reference is not None:
            raise UsageError("both pairs and a reference are given", cure="give one of them")
        chosen = [(str(a), str(b)) for a, b in pairs]
    elif reference == REST:
        chosen = [(a, REST) for a in names]
    elif reference is None:
        chosen = list(combinations(names, 2))
    else:
        chosen = [(a, reference) for a in names if a != reference]
    for name in {x for pair in chosen for x in pair} | {reference or REST}:
        if name != REST and name not in member:
            raise UsageError(f"no group {name!r} in {groups.label!r}", cure=f"use 'rest' or one of {', '.join(names)}")
    known = codes >= 0
    return [Pair(a, b, member[a], known & ~member[a] if b == REST else member[b]) for a, b in chosen]


def _crossed(parts: list[tuple[IntArray, list[str]]]) -> tuple[IntArray, list[str]]:
    """Groups by several columns at once; only combinations that occur."""
    known = np.all([codes >= 0 for codes, _ in parts], axis=0)
    joint, inverse = np.unique(np.column_stack([codes[known] for codes, _ in parts]), axis=0, return_inverse=True)
    result = np.full(len(known), -1, dtype=np.intp)
    result[known] = inverse
    return result, [CROSS.join(names[i] for i, (_, names) in zip(row, parts)) for row in joint]


def _large_enough(codes: IntArray, names: list[str], least: int) -> tuple[IntArray, list[str]]:
    """Without the groups of fewer rows."""
    keep = np.bincount(codes[codes >= 0], minlength=len(names)) >= least
    number = np.append(np.where(keep, np.cumsum(keep) - 1, -1), -1)
    return number[codes], [name for name, kept in zip(names, keep) if kept]
