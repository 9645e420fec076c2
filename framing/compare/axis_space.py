"""The space in which axes of meaning are measured: vectors of a corpus and the words of its groups, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from framing import lexicons
from framing.compare._types import FloatArray, IntArray
from framing.compare.values import group_codes
from framing.errors import UsageError
from framing.language.corpus_words import CorpusWords, chosen_actor, count_matrix, read_words
from framing.language.vectors import WordVectors

ACTOR = "actor"
# Near neighbours tell opposites apart; whole sentences, which hold both, do not: mean fit of the package's axes .71
# against .63 (benchmarks/frames.py --only axes --articles 600), and .76 against .61 on 2,672 articles.
WINDOW = 3


@dataclass(frozen=True)
class AxisSpace:
    """Word vectors, and how often each article of each group has each word.

    Attributes
    ----------
    vectors
        Vectors of the corpus.
    counts
        Sparse, shape ``(units, lemmas)``. A unit is an article, or an article's sentences with one actor.
    group
        Shape ``(units,)``: number of the group of each unit.
    names
        Names of the groups.
    by, target
        What groups are of, and the actor whose sentences count (``""`` for all).
    """

    vectors: WordVectors
    counts: Any = field(repr=False)
    group: IntArray = field(repr=False)
    names: list[str]
    by: str
    target: str


@dataclass(frozen=True)
class Axis:
    """An axis: its vector of length 1, the pole words that have vectors, and how well the corpus knows it."""

    vector: FloatArray
    positive: list[str]
    negative: list[str]
    fit: float


def axis_space(
    corpus: Any,
    by: str = "outlet",
    *,
    actor: str | None = None,
    n_actors: int = 20,
    dimensions: int = 100,
    min_count: int = 10,
    seed: int = 0,
    progress: bool | None = None,
) -> AxisSpace:
    """Read a corpus for :func:`framing.compare.frame_axis.frame_axis`; parameters as there.

    Raises
    ------
    UsageError
        Where the column or the actor is unknown, or both an actor and ``by="actor"`` are given.
    """
    if by == ACTOR and actor is not None:
        raise UsageError("by='actor' compares actors", cure="leave out actor, or choose another by")
    read = read_words(corpus, actors=by == ACTOR or actor is not None, progress=progress)
    if by != ACTOR:
        group_codes(read.articles, by)  # a wrong column shows before the long work
    vectors = WordVectors.of_words(
        read.words, dimensions=dimensions, min_count=min_count, context="window", window=WINDOW, seed=seed
    )
    row_of = {name: i for i, name in enumerate(vectors.lemmas)}
    table = np.array([row_of.get(name, -1) for name in read.words.names] or [-1], np.int64)
    column = np.where(read.common, table[read.words.lemma], -1)
    if by == ACTOR:
        often = (
            read.mentions.groupby("actor", sort=True)["article"].nunique().sort_values(ascending=False, kind="stable")
        )
        names = [str(a) for a in often.index[:n_actors]]
        parts = [_of_sentences(read, column, chosen_actor(read.mentions, a)) for a in names]
        units = [np.unique(rows, return_inverse=True) for rows, _ in parts]
        sizes = np.array([len(u) for u, _ in units])
        starts = np.r_[0, np.cumsum(sizes)]
        rows = np.concatenate([inverse + start for (_, inverse), start in zip(units, starts, strict=False)])
        counts = count_matrix(rows, np.concatenate([c for _, c in parts]), (int(starts[-1]), len(vectors)))
        return AxisSpace(vectors, counts, np.repeat(np.arange(len(names)), sizes), names, by, "")
    if actor is None:
        kept = column >= 0
        rows, columns = read.article[kept], column[kept]
    else:
        rows, columns = _of_sentences(read, column, chosen_actor(read.mentions, actor))
    codes, names = group_codes(read.articles, by)
    counts = count_matrix(rows, columns, (len(read.articles), len(vectors)))
    known = np.flatnonzero((codes >= 0) & (np.diff(counts.indptr) > 0))
    used = np.unique(codes[known])
    group = np.searchsorted(used, codes[known])
    return AxisSpace(vectors, counts[known], group, [names[k] for k in used], by, actor or "")


def _of_sentences(read: CorpusWords, column: Any, mentions: pd.DataFrame) -> tuple[IntArray, IntArray]:
    """Articles and lemma columns of the words in the sentences of some mentions."""
    near = np.isin(read.words.sentence, mentions["sentence"].to_numpy()) & (column >= 0)
    return read.article[near].astype(np.intp), column[near]


def axis_vector(vectors: WordVectors, positive: Sequence[str], negative: Sequence[str]) -> Axis:
    """The axis between two poles, ``mean of the positive words − mean of the negative ones``.

    ``fit`` is the share of pole words on their own side of the axis that the others make (only where a pole keeps a word);
    NaN where each pole has one word.

    Raises
    ------
    UsageError
        Where a pole has no word with a vector, or both poles are the same.
    """
    poles = []
    for name, words in (("positive", positive), ("negative", negative)):
        known = [w for w in dict.fromkeys(words) if w in vectors]
        if not known:
            raise UsageError(
                f"no word of the {name} pole ({', '.join(words)}) occurs often enough",
                cure="give other lemmas (nouns in capitals) or a lower min_count",
            )
        poles.append(known)
    ends: list[FloatArray] = [vectors.vectors[vectors.rows(p)].astype(np.float64) for p in poles]
    axis = ends[0].mean(axis=0) - ends[1].mean(axis=0)
    length = float(np.linalg.norm(axis))
    if length < 1e-9:
        raise UsageError("both poles are the same", cure="give poles of different words")
    right = []
    for side in (0, 1):
        for i in range(len(poles[side])):
            if len(poles[side]) < 2:
                continue
            rest = np.delete(ends[side], i, axis=0).mean(axis=0) - ends[1 - side].mean(axis=0)
            right.append(float(ends[side][i] @ rest) > _middle(ends, side, i, rest))
    return Axis(axis / length, poles[0], poles[1], float(np.mean(right)) if right else np.nan)


def _middle(ends: list[FloatArray], side: int, i: int, axis: FloatArray) -> float:
    """Place half-way between the poles on an axis that word i of a pole is left out of."""
    own = np.delete(ends[side], i, axis=0)
    return float(own.mean(axis=0) @ axis + ends[1 - side].mean(axis=0) @ axis) / 2


def contributions(space: AxisSpace, axis: FloatArray) -> FloatArray:
    """Cosine of every lemma with an axis, shape ``(lemmas,)``, in [-1, 1]."""
    result: FloatArray = space.vectors.vectors.astype(np.float64) @ axis
    return result


def named_axis(name: str) -> tuple[list[str], list[str]]:
    """The two poles of an axis of the package.

    Raises
    ------
    UsageError
        Where there is none of that name; lists those there are.
    """
    rows = {row["axis"]: row for row in lexicons.load("frame_axes").rows}
    wanted = name.replace("-", "–")
    if wanted not in rows:
        raise UsageError(f"no axis {name!r}", cure=f"use one of {', '.join(rows)}, or give two poles")
    return rows[wanted]["positive"].split("|"), rows[wanted]["negative"].split("|")
