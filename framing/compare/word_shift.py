"""Word shift: which words make one group's sentiment higher or lower than another's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, Scores
from framing.compare.differences import REST
from framing.compare.values import group_codes
from framing.errors import UsageError

COLUMNS = [
    "term",
    "group_a",
    "group_b",
    "count_a",
    "count_b",
    "frequency_a",
    "frequency_b",
    "value_a",
    "value_b",
    "frequency_part",
    "value_part",
    "contribution",
    "polarity",
    "usage",
]


def word_shift(
    scores: Scores, a: str, b: str, by: str = "outlet", *, reference_value: float | None = None
) -> pd.DataFrame:
    """Contribution of each term to the difference of mean sentiment, Φ_a − Φ_b.

    ``δΦ_w = (p_a − p_b)[½(φ_a + φ_b) − φ_ref] + ½(p_a + p_b)(φ_a − φ_b)``, with p the term's share of all sentiment
    hits of the group and φ its mean value in the group (it varies, as a negated word counts for its opposite). A term
    that a group does not have takes the other group's φ. Φ = Σ p φ is the mean value of a group's hits; the
    contributions sum to Φ_a − Φ_b. This is not the mean over articles that `compare` gives: an article with many hits
    weighs more.

    Parameters
    ----------
    scores
        The tables `articles` and `hits` are read; hits of the scorer ``"sentiment"``, both voices.
    a, b
        Groups; ``b="rest"`` means all other articles.
    by
        Column of `articles` that groups them.
    reference_value
        φ_ref in [-1, 1]: a term above it counts as positive. ``None``: Φ_b.

    Returns
    -------
    pandas.DataFrame
        One row per term, by falling size of the contribution, with the columns `COLUMNS`. `frequency_part` and
        `value_part` are the two summands. `polarity` is ``"positive"`` or ``"negative"`` beside φ_ref; `usage` is
        ``"more"`` or ``"less"`` in a than in b.

    Raises
    ------
    UsageError
        If a group is unknown or has no sentiment hits.

    References
    ----------
    Gallagher, R. J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
    comparisons between texts. EPJ Data Science 10, 4.
    """
    codes, names = group_codes(scores.articles, by)
    hits = scores.hits
    hits = hits[(hits["scorer"] == "sentiment") & hits["value"].notna()]
    position = pd.Index(scores.articles["article_id"]).get_indexer(pd.Index(hits["article_id"]))
    group = np.where(position >= 0, codes[position], -1)
    sides = {}
    for key, name in (("a", a), ("b", b)):
        if name not in names and not (key == "b" and name == REST):
            raise UsageError(f"no group {name!r} in {by!r}", cure=f"use one of {', '.join(names)}")
        own = group == names.index(name) if name in names else (group >= 0) & (group != names.index(a))
        if not own.any():
            raise UsageError(f"group {name!r} has no sentiment hits", cure="choose a group with scored articles")
        sides[key] = hits[own].groupby("term")["value"].agg(["size", "mean"])
    both = sides["a"].add_suffix("_a").join(sides["b"].add_suffix("_b"), how="outer").sort_index()
    count_a, count_b = (both[f"size_{k}"].fillna(0).to_numpy(np.float64) for k in "ab")
    value_a = both["mean_a"].fillna(both["mean_b"]).to_numpy(np.float64)
    value_b = both["mean_b"].fillna(both["mean_a"]).to_numpy(np.float64)
    p_a, p_b = count_a / count_a.sum(), count_b / count_b.sum()
    level = float(p_b @ value_b) if reference_value is None else reference_value
    frequency_part, value_part = contributions(p_a, p_b, value_a, value_b, level)
    table = pd.DataFrame(
        {
            "term": both.index.astype(str),
            "group_a": a,
            "group_b": b,
            "count_a": count_a.astype(np.int64),
            "count_b": count_b.astype(np.int64),
            "frequency_a": p_a,
            "frequency_b": p_b,
            "value_a": value_a,
            "value_b": value_b,
            "frequency_part": frequency_part,
            "value_part": value_part,
            "contribution": frequency_part + value_part,
            "polarity": np.where((value_a + value_b) / 2 >= level, "positive", "negative"),
            "usage": np.where(p_a >= p_b, "more", "less"),
        }
    )
    order = np.argsort(-table["contribution"].abs().to_numpy(), kind="stable")
    return table.iloc[order][COLUMNS].reset_index(drop=True)


def contributions(
    p_a: FloatArray, p_b: FloatArray, value_a: FloatArray, value_b: FloatArray, reference_value: float
) -> tuple[FloatArray, FloatArray]:
    """The two summands of each term's contribution: from its frequency, and from its value.

    Parameters
    ----------
    p_a, p_b
        Shape ``(terms,)``: relative frequencies, each sums to 1.
    value_a, value_b
        Shape ``(terms,)``: values φ.
    reference_value
        φ_ref.
    """
    frequency_part = (p_a - p_b) * ((value_a + value_b) / 2 - reference_value)
    value_part = (p_a + p_b) / 2 * (value_a - value_b)
    return frequency_part, value_part
