"""A sample for coding by hand: drawn by strata of outlet and score, on a sheet that does not give them away.

Within each outlet units are drawn in equal numbers from the strata of the measure (low, middle, high third; for a
yes-or-no measure yes and no), so that rare kinds are coded too. Each unit carries the weight N_h / n_h of its stratum
(units in it by units drawn), with which estimates hold for the corpus.

Reference: Lohr (2021), Sampling: design and analysis, chapter 3; Riffe et al. (2019), Analyzing media messages.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from framing.errors import InputError, UsageError
from framing.validation.tasks import Task, task_named

SHEET = ("unit", "actor", "title", "text", "code", "remark")
KEY = ("unit", "article_id", "outlet", "start", "end", "actor", "score", "stratum", "weight")


def sample(scores: Any, task: str, n: int = 120, *, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw a sample for a coding task.

    Parameters
    ----------
    scores
        Scores of the corpus.
    task
        ``sentiment``, ``toward`` or ``loaded_terms``; see :mod:`framing.validation.tasks`.
    n
        Units in all; fewer where the corpus has fewer.
    seed
        Of the draw.

    Returns
    -------
    sheet, key
        The sheet for the coders: ``unit, actor, title, text, code, remark``, in random order; and the key to keep from
        them: ``unit, article_id, outlet, start, end, actor, score, stratum, weight``. Units are named by their sample,
        so that no sheet is taken for another sample's.

    Raises
    ------
    UsageError, InputError
        Where the task is unknown, `n` is below 1, or the corpus has no such unit.
    """
    found = task_named(task)
    if n < 1:
        raise UsageError(f"a sample of {n}", cure="give 1 or more")
    units = _units(scores, found)
    if len(units) == 0:
        raise InputError(f"the corpus has no unit to code for {task}", cure="score a corpus in which it occurs")
    units["stratum"] = units["outlet"] + " / " + units.groupby("outlet")["score"].transform(_strata).astype(str)
    rng = np.random.default_rng(seed)
    taken: dict[str, int] = {}
    for outlet, size in _allocate(units["outlet"].value_counts().sort_index(), min(n, len(units))).items():
        taken |= _allocate(units.loc[units["outlet"] == outlet, "stratum"].value_counts().sort_index(), size)
    drawn = []
    for stratum, rows in units.groupby("stratum", sort=True):
        size = taken[str(stratum)]
        chosen = rows.iloc[np.sort(rng.choice(len(rows), size, replace=False))]
        drawn.append(chosen.assign(weight=len(rows) / size if size else np.nan))
    table = pd.concat(drawn).iloc[rng.permutation(sum(map(len, drawn)))].reset_index(drop=True)
    name = _name_of(table, task)
    table["unit"] = [f"{name}-{i + 1:04d}" for i in range(len(table))]
    sheet = table.assign(code="", remark="")[list(SHEET)]
    if found.unit != "mention":
        sheet = sheet.drop(columns="actor")
    return sheet, table[list(KEY)]


def _name_of(drawn: pd.DataFrame, task: str) -> str:
    """A letter and four hexadecimal digits of what was drawn for which task."""
    units = drawn[["article_id", "start", "actor"]].astype("str").agg("\x1f".join, axis=1)
    return "u" + hashlib.sha256("\x1e".join([task, *units]).encode("utf-8", "replace")).hexdigest()[:4]


def _allocate(sizes: pd.Series, n: int) -> dict[str, int]:
    """Equal numbers by class as far as the classes allow; what one cannot give, the others do."""
    taken = dict.fromkeys(sizes.index, 0)
    left = n
    while left:
        open_classes = [c for c in sizes.index if taken[c] < sizes[c]]
        for name in open_classes[:left]:
            taken[name] += 1
        left -= len(open_classes[:left])
    return taken


def _strata(score: pd.Series) -> pd.Series:
    """``no`` and ``yes`` of a 0/1 score; by sign where more than a third are 0; else thirds; and ``unknown``."""
    known = score.dropna()
    if set(known.unique()) <= {0.0, 1.0}:
        return score.map({0.0: "no", 1.0: "yes"}).fillna("unknown")
    if (known == 0).mean() > 1 / 3:
        return np.sign(score).map({-1.0: "low", 0.0: "middle", 1.0: "high"}).fillna("unknown")
    rank = known.rank(method="first", pct=True)
    return (
        pd.cut(rank, [0, 1 / 3, 2 / 3, 1], labels=["low", "middle", "high"])
        .astype("str")
        .reindex(score.index)
        .fillna("unknown")
    )


def _units(scores: Any, task: Task) -> pd.DataFrame:
    from framing.compare.same_event import articles_and_texts

    articles = articles_and_texts(scores)
    if task.unit == "article":
        table = articles[["article_id", "outlet", "title", "text"]].copy()
        table["score"] = table["article_id"].map(scores.articles.set_index("article_id")[task.measure])
        return table.assign(start=0, end=table["text"].str.len(), actor="")
    sentences = _sentences(articles)
    hits = scores.hits[scores.hits["field"] == "text"]
    if task.unit == "sentence":
        loaded = hits[(hits["scorer"] == "loaded_terms") & (hits["value"] > 0) & (hits["voice"] == "author")]
        at = _sentence_of(loaded, sentences)
        return sentences.assign(score=np.isin(np.arange(len(sentences)), at).astype(float), actor="")
    mentions = hits[hits["scorer"] == "actors"]
    at = _sentence_of(mentions, sentences)
    table = sentences.iloc[at].assign(actor=mentions["term"].to_numpy())
    table = table.drop_duplicates(["article_id", "start", "actor"])
    toward = hits[hits["scorer"] == "toward"]
    place = _sentence_of(toward, sentences)
    mean = toward.assign(at=place).groupby(["at", "target"])["value"].mean()
    index = pd.MultiIndex.from_arrays([table.index, table["actor"]])
    return table.assign(score=mean.reindex(index).fillna(0.0).to_numpy()).reset_index(drop=True)


def _sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """All sentences of the texts: ``article_id, outlet, title, start, end, text``."""
    from framing.language.documents import Documents

    parts = []
    for low in range(0, len(articles), 100):
        block = articles.iloc[low : low + 100]
        tokens = Documents(block["text"].tolist()).tokens
        if len(tokens.type) == 0:
            continue
        first = np.flatnonzero(tokens.opens_sentence)
        last = np.r_[first[1:], len(tokens.type)] - 1
        segment, start, end = tokens.segment[first], tokens.start[first], tokens.end[last]
        rows = block.iloc[segment]
        texts = [t[a:b] for t, a, b in zip(rows["text"], start.tolist(), end.tolist(), strict=True)]
        parts.append(
            pd.DataFrame(
                {
                    "article_id": rows["article_id"].to_numpy(), "outlet": rows["outlet"].to_numpy(),
                    "title": rows["title"].to_numpy(), "start": start, "end": end, "text": texts,
                }
            )
        )  # fmt: skip
    if not parts:
        raise InputError("the articles have no text", cure="score a corpus with texts")
    return pd.concat(parts, ignore_index=True)


def _sentence_of(hits: pd.DataFrame, sentences: pd.DataFrame) -> Any:
    """Row of the sentence in which each hit begins."""
    order = {a: i for i, a in enumerate(sentences["article_id"].unique())}
    width = int(sentences["end"].max()) + 1 if len(sentences) else 1
    keys = sentences["article_id"].map(order).to_numpy(np.int64) * width + sentences["start"].to_numpy(np.int64)
    at = hits["article_id"].map(order).to_numpy(np.int64) * width + hits["start"].to_numpy(np.int64)
    return np.searchsorted(keys, at, side="right") - 1
