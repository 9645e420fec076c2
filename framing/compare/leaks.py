"""What gives an outlet away without saying anything about its reporting: its own name, bylines, standing phrases.

A classifier or a map that is to show how outlets differ must not feed on these. Each function finds one kind; what is masked
is listed with its shares, so that a reader can see what was taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COLUMNS = ("outlet", "term", "share_in", "share_out", "reason")
NAME, BYLINE, ONLY_HERE = "name of an outlet", "byline", "in hardly any other outlet"
# A term is a leak where it stands in at least this share of an outlet's articles and at most that share of others'.
LEAK_IN, LEAK_OUT = 0.25, 0.01
# A byline stands within so many characters of the start or end of texts longer than LONG, in such a share of them. On
# 5,344 articles of eight outlets the three bylines in more than 5 % of an outlet's articles have .97 or more, politicians
# .71 or less.
EDGE, LONG, BYLINE_SHARE = 200, 1000, 0.8
_ARTICLES = frozenset({"der", "die", "das", "den", "dem", "des"})
_WORD = re.compile(r"[^\W_]+")


def words_of_names(outlets: Iterable[str]) -> set[str]:
    """Words of the outlets' names in lower case, and the names themselves: ``zeit.de`` gives ``zeit.de, zeit, de``."""
    return {part for name in outlets for part in [name.lower(), *_WORD.findall(name.lower())]}


def named_after_outlet(term: str, words: set[str]) -> bool:
    """Whether a name is made of words of the outlets' names alone, articles aside.

    Examples
    --------
    >>> words = words_of_names(["zeit.de"])
    >>> named_after_outlet("Die Zeit", words), named_after_outlet("Berliner Zeitung", words)
    (True, False)
    """
    parts = [part for part in _WORD.findall(term.lower()) if part not in _ARTICLES]
    return bool(parts) and all(part in words for part in parts)


def only_here(present: Any, terms: NDArray[Any], outlet: NDArray[Any]) -> pd.DataFrame:
    """Terms in a large part of one outlet's articles and in almost none of the others.

    Parameters
    ----------
    present
        Sparse, shape ``(articles, terms)``: counts, of which only 0 or more matters.
    terms, outlet
        Names of the columns; outlet of each row.

    Returns
    -------
    DataFrame
        ``outlet, term, share_in, share_out, reason``, the largest ``share_in`` of each outlet first.
    """
    there = present.copy()
    there.data = np.ones_like(there.data, dtype=np.float64)
    rows: list[tuple[Any, ...]] = []
    for name in np.unique(outlet):
        mine = outlet == name
        inside = np.asarray(there[mine].mean(axis=0)).ravel()
        outside = np.asarray(there[~mine].mean(axis=0)).ravel()
        for i in np.flatnonzero((inside >= LEAK_IN) & (outside <= LEAK_OUT)):
            rows.append((name, terms[i], inside[i], outside[i], ONLY_HERE))
    return table_of(rows)


def bylines(scores: Any, least: int = 5) -> pd.DataFrame:
    """Actors that one outlet names, and nearly always at the very start or end of the text only.

    Parameters
    ----------
    scores
        Scores of the corpus.
    least
        Articles of the outlet that must name the actor.

    Returns
    -------
    DataFrame
        As :func:`only_here`.
    """
    articles = scores.articles
    outlet_of = articles.set_index("article_id")["outlet"]
    length = scores.texts.set_index("article_id")["text"].str.len()
    hits = scores.hits
    hits = hits[(hits["scorer"] == "actors") & hits["article_id"].isin(outlet_of.index)]
    size = hits["article_id"].map(length)
    at_edge = (hits["field"] == "text") & (size > LONG) & ((hits["start"] < EDGE) | (size - hits["end"] < EDGE))
    named = at_edge.groupby([hits["target"], hits["article_id"]]).all().rename("edge").reset_index()
    named["outlet"] = named["article_id"].map(outlet_of)
    found = named.groupby(["target", "outlet"])["edge"].agg(["mean", "size"]).reset_index()
    total, sizes = found.groupby("target")["size"].transform("sum"), articles["outlet"].value_counts()
    mine = found["outlet"].map(sizes)
    found["inside"] = found["size"] / mine
    found["outside"] = (total - found["size"]) / (len(articles) - mine).clip(lower=1)
    chosen = found[(found["mean"] >= BYLINE_SHARE) & (found["outside"] <= LEAK_OUT) & (found["size"] >= least)]
    return table_of((r.outlet, r.target, r.inside, r.outside, BYLINE) for r in chosen.itertuples())


def of_authors(articles: pd.DataFrame) -> list[set[str]]:
    """Words of the names of each article's authors in lower case; none where they are not known."""
    if "author" not in articles:
        return [set()] * len(articles)
    return [set(_WORD.findall(str(name).lower())) if pd.notna(name) else set() for name in articles["author"]]


def table_of(rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Leaks as a table, by outlet and falling share."""
    table = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return table.sort_values(["outlet", "share_in", "term"], ascending=[True, False, True], ignore_index=True)
