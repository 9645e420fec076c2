"""Sentences that an outlet repeats under many articles: book adverts, calls to subscribe, notes on the author.

They are the outlet's wallpaper, not its news, yet one advert with a loaded title can make up most of an outlet's loaded
terms. A sentence is moved to ``boilerplate`` where at least 70 % of its words stand in runs of eight words that at least
five articles and 1 % of the articles of the outlet share. A sentence of fewer than eight words goes with a neighbour that goes
if it is shared too, and between two that go. Wire copy and articles published twice stay: they are shared by fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.runs import run_hashes
from framing.corpus.shared_runs import Runs, SharedRuns

RUN = 8
LEAST_ARTICLES = 5
LEAST_SHARE = 0.01
COVERED = 0.7
# Words whose numbers are held, a tenth of a kilobyte each.
_KNOWN = 500_000
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+(?=[\w(\[]{0,1}\S*?(?:[\s)\]»“”\"']|\Z))[)\]»“”\"'’‘]*|\n|\Z)")


class Repeated:
    """What outlets repeat: is told of all articles first, then asked about each.

    A context manager, see :class:`framing.corpus.shared_runs.SharedRuns`.

    Parameters
    ----------
    folder
        Where files may lie meanwhile.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._shared = SharedRuns(folder)
        self._known: dict[str, int] = {}
        self._common: dict[str, Runs] | None = None

    def __enter__(self) -> Repeated:
        return self

    def __exit__(self, *error: Any) -> None:
        self._shared.__exit__(*error)

    def add(self, outlet: str, text: str) -> Runs:
        """Take note of an article; returns its runs of words as numbers, in order, which are asked for later."""
        if len(self._known) > _KNOWN:
            self._known.clear()
        runs = run_hashes([text[a:b].lower() for a, b in _words(text)], RUN, self._known)
        self._shared.add(outlet, runs)
        return runs

    def parted(self, outlet: str, text: str, runs: Runs) -> tuple[str, str]:
        """What stays of a text, and what is moved: nothing where nothing would stay."""
        if self._common is None:
            self._common = self._shared.common(LEAST_ARTICLES, LEAST_SHARE)
        common = self._common.get(outlet)
        if common is None:
            return text, ""
        place = np.minimum(np.searchsorted(common, runs), len(common) - 1)
        found = np.flatnonzero(common[place] == runs)
        if len(found) == 0:
            return text, ""
        words = _words(text)
        covered = np.zeros(len(words), bool)
        for at in found.tolist():
            covered[at : at + RUN] = True
        kept, moved = _parted(text, words, covered)
        return (kept, moved) if kept else (text, "")


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
    with Repeated() as repeated:
        runs = [repeated.add(*each) for each in zip(articles["outlet"], articles["text"], strict=True)]
        return move_from(articles, repeated, runs)


def move_from(articles: pd.DataFrame, repeated: Repeated, runs: Sequence[Runs]) -> tuple[pd.DataFrame, int]:
    """As :func:`move_repeated`, of some of the articles that `repeated` was told of, with what it answered for each."""
    parted = [repeated.parted(*each) for each in zip(articles["outlet"], articles["text"], runs, strict=True)]
    boilerplate = [
        "\n".join(filter(None, [before, moved])) if moved else before
        for before, (_, moved) in zip(articles["boilerplate"], parted, strict=True)
    ]
    return articles.assign(
        text=pd.Series([text for text, _ in parted], articles.index, dtype="str"),
        boilerplate=pd.Series(boilerplate, articles.index, dtype="str"),
    ), sum(bool(moved) for _, moved in parted)


def _words(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _WORD.finditer(text)]


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
