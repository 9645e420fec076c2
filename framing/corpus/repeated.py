"""Sentences that an outlet repeats under many articles: book adverts, calls to subscribe, notes on the author.

They are the outlet's wallpaper, not its news, yet one advert with a loaded title can make up most of an outlet's loaded
terms. A sentence is moved to ``boilerplate`` where at least 70 % of its words stand in runs of eight words that at least
five articles and 1 % of the articles of the outlet share. A sentence of fewer than eight words goes with a neighbour that goes
if it is shared too, and between two that go. Wire copy and articles published twice stay: they are shared by fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.runs import run_hashes

RUN = 8
LEAST_ARTICLES = 5
LEAST_SHARE = 0.01
COVERED = 0.7
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+(?=[\w(\[]{0,1}\S*?(?:[\s)\]»“”\"']|\Z))[)\]»“”\"'’‘]*|\n|\Z)")


def move_repeated(articles: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Move repeated sentences of each outlet from ``text`` to ``boilerplate``.

    Parameters
    ----------
    articles
        Corpus table: ``outlet, text, boilerplate``.

    Returns
    -------
    tuple
        The table, and the number of articles that it changes. An article never loses its last sentence: one that
        consists of nothing else stays as it is.
    """
    text, boilerplate = articles["text"].tolist(), articles["boilerplate"].tolist()
    known: dict[str, int] = {}
    changed = 0
    for rows in articles.groupby("outlet", sort=False).indices.values():
        if len(rows) < LEAST_ARTICLES:
            continue
        places = [[m.span() for m in _WORD.finditer(text[i])] for i in rows]
        runs = [
            run_hashes([text[i][a:b].lower() for a, b in words], RUN, known)
            for i, words in zip(rows, places, strict=True)
        ]
        common = _common(runs, max(LEAST_ARTICLES, LEAST_SHARE * len(rows)))
        if len(common) == 0:
            continue
        for i, words, run in zip(rows, places, runs, strict=True):
            found = np.isin(run, common)
            if not found.any():
                continue
            covered = np.zeros(len(words), bool)
            for at in np.flatnonzero(found).tolist():
                covered[at : at + RUN] = True
            kept, moved = _parted(text[i], words, covered)
            if moved and kept:
                text[i] = kept
                boilerplate[i] = "\n".join(filter(None, [boilerplate[i], moved]))
                changed += 1
    return articles.assign(
        text=pd.Series(text, articles.index, dtype="str"),
        boilerplate=pd.Series(boilerplate, articles.index, dtype="str"),
    ), changed


def _common(runs: Iterable[NDArray[np.uint64]], least: float) -> NDArray[np.uint64]:
    distinct = np.concatenate([np.unique(run) for run in runs])
    values, counts = np.unique(distinct, return_counts=True)
    return values[counts >= least]


def _short(solid: NDArray[np.int64], length: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Short sentences with the sentences before and after them."""
    for n, at in enumerate(solid.tolist()):
        if length[at] < RUN:
            yield at, np.concatenate([solid[max(n - 1, 0) : n], solid[n + 1 : n + 2]])


def _parted(text: str, words: list[tuple[int, int]], covered: NDArray[np.bool_]) -> tuple[str, str]:
    """What stays of a text and what is moved, one line per stretch."""
    starts = np.array([start for start, _ in words])
    spans = [m.span() for m in _SENTENCE.finditer(text) if m.end() > m.start()]
    length, share = np.zeros(len(spans), int), np.zeros(len(spans))
    for n, (start, end) in enumerate(spans):
        low, high = np.searchsorted(starts, [start, end])
        length[n] = high - low
        share[n] = covered[low:high].mean() if high > low else 0.0
    move = (length >= RUN) & (share >= COVERED)
    solid = np.flatnonzero(length)
    for at, neighbours in _short(solid, length):
        # a short sentence is shared by chance; it goes with a neighbour if it is shared, between two in any case
        beside = move[neighbours]
        move[at] = (beside.any() and share[at] >= COVERED) or beside.sum() == 2
    if not move.any():
        return text, ""
    kept: list[str] = []
    moved: list[str] = []
    for n, (start, end) in enumerate(spans):
        # a line break between two moved sentences goes with them
        goes = move[n] or (length[n] == 0 and 0 < n < len(spans) - 1 and move[n - 1] and move[n + 1])
        (moved if goes else kept).append(text[start:end])
    whole = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n)", "", "".join(kept))).strip()
    return whole, re.sub(r"\s*\n\s*", "\n", "".join(moved)).strip()
