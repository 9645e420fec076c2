"""The design of a regression: what stands for groups, length and other covariates, without collinear columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.compare._types import BoolArray, FloatArray, IntArray
from framing.compare.grouping import with_period
from framing.errors import UsageError

_RARE = 10
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Design:
    """Columns of a regression.

    Attributes
    ----------
    matrix
        Shape ``(n, terms)``: the intercept, one column per group but the first, then covariates.
    terms
        Names of the columns.
    n_groups
        Number of groups.
    dropped
        Names of columns left out, because the columns before them determine them.
    """

    matrix: FloatArray
    terms: list[str]
    n_groups: int
    dropped: list[str]

    def as_group(self, group: int) -> FloatArray:
        """The matrix as if all articles were of one group."""
        result = self.matrix.copy()
        result[:, 1 : self.n_groups] = 0
        if group:
            result[:, group] = 1
        return result


def design(
    articles: pd.DataFrame, codes: IntArray, names: Sequence[str], by: str, covariates: Sequence[str], length: bool
) -> Design:
    """Design of ``measure ~ by + covariates + ln(length)``.

    Parameters
    ----------
    articles
        The articles that have a value.
    codes, names
        Group of each article, names of the groups; the first is the reference.
    by
        Name of the grouping.
    covariates
        Columns of `articles` or periods: numbers are centred; of anything else each value seen in at least 10 articles has a
        column, others are ``"other"``, and missing ones ``"unknown"``. ``"date"``: a straight trend of `published`, in years.
    length
        Whether ``ln(n_tokens)``, centred, is a term.

    Raises
    ------
    UsageError
        If a column is unknown, or a group cannot be told from the others.
    """
    n = len(articles)
    columns = [np.ones(n)] + [(codes == i).astype(np.float64) for i in range(1, len(names))]
    terms = ["intercept"] + [f"{by}: {name}" for name in names[1:]]
    if length:
        columns.append(_centred(np.log(np.maximum(_column(articles, "n_tokens").to_numpy(np.float64), 1))))
        terms.append("ln(n_tokens)")
    for name in covariates:
        values = _covariate(articles, name)
        if pd.api.types.is_numeric_dtype(values):
            columns.append(_centred(values.fillna(values.mean()).to_numpy(np.float64)))
            terms.append(name)
            continue
        text = values.astype("object").where(values.notna(), "unknown").astype(str)
        counts = text.value_counts()
        text = text.where(text.map(counts) >= _RARE, _OTHER)
        for level in sorted(text.unique(), key=lambda level: (-(text == level).sum(), level))[1:]:
            columns.append((text == level).to_numpy(np.float64))
            terms.append(f"{name}: {level}")
    matrix = np.column_stack(columns)
    keep = _independent(matrix)
    if not keep[: len(names)].all():
        missing = [name for name, kept in zip(names, keep) if not kept]
        raise UsageError(f"{by} {missing[0]!r} has no article with a value", cure="leave it out")
    dropped = [term for term, kept in zip(terms, keep) if not kept]
    return Design(matrix[:, keep], [term for term, kept in zip(terms, keep) if kept], len(names), dropped)


def _centred(values: FloatArray) -> FloatArray:
    result: FloatArray = values - values.mean()
    return result


def _independent(matrix: FloatArray) -> BoolArray:
    """Which columns are no combination of those before them."""
    norms = np.linalg.norm(matrix, axis=0)
    scaled = matrix / np.where(norms > 0, norms, 1)
    diagonal = np.zeros(matrix.shape[1])
    triangle = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
    diagonal[: len(triangle)] = triangle
    result: BoolArray = diagonal > 1e-8
    return result


def _covariate(articles: pd.DataFrame, name: str) -> pd.Series:
    if name == "date" and name not in articles.columns:
        days = pd.to_datetime(_column(articles, "published")) - pd.Timestamp("2000-01-01")
        return days / pd.Timedelta(days=365.25)
    return _column(with_period(articles, name), name)


def _column(articles: pd.DataFrame, name: str) -> pd.Series:
    if name not in articles.columns:
        raise UsageError(f"articles have no column {name!r}", cure=f"use one of {', '.join(articles.columns)}")
    return articles[name]
