"""Families of tests: which p values are adjusted together, and a sentence on what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from framing.compare.inference import adjust as adjusted
from framing.errors import UsageError

_BY = ("measure", "target", "group_a", "group_b")
_NAMES = {"bh": "Benjamini-Hochberg", "by": "Benjamini-Yekutieli"}


def with_families(
    table: pd.DataFrame, method: Mapping[str, str], adjust: Literal["bh", "by"], family: str | Sequence[str] | None
) -> pd.DataFrame:
    """The table with the columns `p_adjusted`, `family` and `method`.

    Parameters
    ----------
    table
        With the columns `p`, `kind` and those that make the families.
    method
        What was done, by kind.
    adjust
        ``"bh"`` Benjamini-Hochberg, ``"by"`` Benjamini-Yekutieli.
    family
        Columns (`measure`, `target`, `group_a`, `group_b`) whose values make a family each. ``None``: one of all tests.

    Raises
    ------
    UsageError
        If the family is made of other columns.
    """
    by = [] if family is None else [family] if isinstance(family, str) else list(family)
    for name in by:
        if name not in _BY:
            raise UsageError(f"no family by {name!r}", cure=f"use one or more of {', '.join(_BY)}")
    labels = np.full(len(table), "all", dtype=object)
    if by:
        parts = [[f"{name} {value}" if value else "" for value in table[name]] for name in by]
        labels = np.array([", ".join(filter(None, row)) or "all" for row in zip(*parts)], dtype=object)
    p = table["p"].to_numpy(dtype=np.float64)
    p_adjusted, families, text = np.full(len(p), np.nan), labels.copy(), table["kind"].map(dict(method)).to_list()
    for label in dict.fromkeys(labels):
        rows = np.flatnonzero(labels == label)
        size = int((~np.isnan(p[rows])).sum())
        p_adjusted[rows] = adjusted(p[rows], adjust)
        families[rows] = f"{label}: {size} tests"
        named = "" if label == "all" else f" ({label})"
        for row in rows:
            text[row] += f"; {_NAMES[adjust]} over the family of {size} tests{named}"
    return table.assign(
        p_adjusted=p_adjusted, family=pd.Series(families, dtype="str"), method=pd.Series(text, dtype="str")
    )
