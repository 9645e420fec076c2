"""FrameAxis: where outlets or actors stand on an axis of meaning between two poles, and how strongly it is in play.

An axis is the difference of two poles in a space of word vectors learnt from the corpus itself, ``v_f = v₊ − v₋``; each
pole is the mean of the unit vectors of its words. With ``c_w = cos(v_w, v_f)`` the contribution of the word w to the axis
and n_w its count in a set of texts t,

* **bias** ``B_t = Σ n_w c_w / Σ n_w``, in [-1, 1], positive toward the first pole;
* **intensity** ``I_t = Σ n_w (c_w − B_T)² / Σ n_w``, 0 or more, with B_T the bias of all texts T of the call: how much the
  words of t lie out toward either pole.

Null: as many articles as t has are drawn from T with replacement, again and again. The effect size is the value of t less
the mean of the drawn ones; p is two-sided, ``(1 + #{|x* − m| ≥ |x − m|}) / (B + 1)``. Whole articles are drawn, as the
words of an article hang together. The values lie near 0, because most words of a text lie off any axis: what counts is
the effect beside the null, and which words make it.

Bias says with which company of words something appears, not what is claimed of it: ``keine Bedrohung`` counts toward
*Bedrohung*. Look at the words (:func:`frame_axis_words`) and at ``axis_fit`` before believing an axis.

References: Kwak, H., An, J., Jing, E. & Ahn, Y.-Y. (2021). FrameAxis: characterizing microframe bias and intensity with
word embedding. PeerJ Computer Science 7, e644. Axis of several words a pole: An, J., Kwak, H. & Ahn, Y.-Y. (2018).
SemAxis. ACL, 2450-2461.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray
from framing.compare.axis_space import AxisSpace, axis_space, axis_vector, contributions, named_axis
from framing.compare.inference import adjust, bootstrap_weights, generator, percentile_interval
from framing.errors import UsageError

COLUMNS = [
    "measure",
    "axis",
    "target",
    "group",
    "n",
    "n_words",
    "estimate",
    "ci_low",
    "ci_high",
    "baseline",
    "effect_size",
    "null_low",
    "null_high",
    "p",
    "p_adjusted",
    "axis_fit",
    "words_positive",
    "words_negative",
    "method",
]
Poles = str | tuple[Sequence[str], Sequence[str]] | Mapping[str, tuple[Sequence[str], Sequence[str]]]
_BLOCK_CELLS = 2_000_000
_SHOWN = 6


def frame_axis(
    corpus: Any,
    poles: Poles,
    by: str = "outlet",
    *,
    actor: str | None = None,
    n_actors: int = 20,
    dimensions: int = 100,
    min_count: int = 10,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Bias and intensity of groups of texts on an axis; see the module.

    Parameters
    ----------
    corpus
        Scores, a corpus table, a ``Corpus`` or its path; or an :class:`AxisSpace`, read once for many axes (then the
        options up to ``min_count`` are those of the space).
    poles
        Name of an axis of the package (``framing lexicon show frame_axes``); two lists of lemmas, the positive pole first; or
        several axes as a dictionary from name to two lists.
    by
        Column of the articles that groups them, or ``"actor"``: the sentences that mention each actor.
    actor
        Id of an actor: only the sentences that mention it count, and T is all of these.
    n_actors
        With ``by="actor"``: the actors in most articles.
    dimensions, min_count
        Of the word vectors (:class:`framing.language.vectors.WordVectors`).
    n_resamples, seed, confidence
        Of the null and of the percentile bootstrap over articles within the group.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        Two rows (``bias``, ``intensity``) per axis and group with the columns `COLUMNS`. `n` counts articles, `n_words`
        words with a vector; `baseline` is the value of T; `effect_size` the distance to the mean of the null, whose
        bounds are `null_low` and `null_high`; `p_adjusted` is Benjamini-Hochberg over all rows of the call. `axis_fit`
        is the share of pole words that lie on their own side when left out of the axis: near 1 for an axis that the
        corpus knows, near .5 for one that it does not. `words_positive` and `words_negative` raise and lower the bias
        most against T. Interval and p are NaN with fewer than two articles.

    Raises
    ------
    UsageError
        Where a pole has no word in the corpus, or an axis, column or actor is unknown.
    """
    if n_resamples < 1 or not 0 < confidence < 1:
        raise UsageError("n_resamples must be at least 1 and confidence in (0, 1)", cure="leave them at their defaults")
    space = corpus if isinstance(corpus, AxisSpace) else axis_space(
        corpus, by, actor=actor, n_actors=n_actors, dimensions=dimensions, min_count=min_count, seed=seed,
        progress=progress,
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for name, (positive, negative) in axes_of(poles).items():
        axis = axis_vector(space.vectors, positive, negative)
        rows += _rows(space, contributions(space, axis.vector), n_resamples, seed, confidence, name, axis.fit)
    table = pd.DataFrame(rows)
    table["p_adjusted"] = adjust(table["p"].to_numpy(np.float64))
    table["method"] = (
        f"FrameAxis on {space.vectors.vectors.shape[1]}-dimensional vectors of the corpus; null: {n_resamples} draws of as "
        f"many articles from all; {confidence:.0%} percentile bootstrap over articles; Benjamini-Hochberg over "
        f"{len(table)} tests; seed {seed}"
    )
    return table[COLUMNS]


def frame_axis_words(corpus: Any, poles: Poles, group: str, by: str = "outlet", **options: Any) -> pd.DataFrame:
    """Words that make a group's bias and intensity differ from those of all texts.

    ``n_w c_w / Σ n`` of the group less the same of all texts T; the parts sum to ``B_t − B_T``. For the intensity,
    ``(n_w / Σ n − N_w / Σ N)(c_w − B_T)²``, which sum to ``I_t − I_T``.

    Parameters
    ----------
    corpus, poles, by, options
        As in :func:`frame_axis`; one axis.
    group
        Name of the group.

    Returns
    -------
    pandas.DataFrame
        ``term, count, count_all, per_million, per_million_all, cosine, bias_part, intensity_part``, by falling size of
        `bias_part`.

    Raises
    ------
    UsageError
        As in :func:`frame_axis`, and where the group is unknown.
    """
    space = corpus if isinstance(corpus, AxisSpace) else axis_space(corpus, by, **options)
    axes = axes_of(poles)
    if len(axes) != 1:
        raise UsageError(f"{len(axes)} axes given", cure="give one axis")
    positive, negative = next(iter(axes.values()))
    c = contributions(space, axis_vector(space.vectors, positive, negative).vector)
    if group not in space.names:
        raise UsageError(f"no group {group!r}", cure=f"use one of {', '.join(space.names)}")
    own, total = _counts(space, space.names.index(group)), np.asarray(space.counts.sum(axis=0), np.float64).ravel()
    share, share_all = own / own.sum(), total / total.sum()
    level = float(share_all @ c)
    table = pd.DataFrame(
        {
            "term": space.vectors.lemmas,
            "count": own.astype(np.int64),
            "count_all": total.astype(np.int64),
            "per_million": share * 1e6,
            "per_million_all": share_all * 1e6,
            "cosine": c,
            "bias_part": (share - share_all) * c,
            "intensity_part": (share - share_all) * (c - level) ** 2,
        }
    )
    order = np.argsort(-table["bias_part"].abs().to_numpy(), kind="stable")
    return table.iloc[order[total[order] > 0]].reset_index(drop=True)


def axes_of(poles: Poles) -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """Axes by name, however they are given."""
    if isinstance(poles, str):
        return {poles.replace("-", "–"): named_axis(poles)}
    if isinstance(poles, Mapping):
        return dict(poles)
    if len(poles) != 2 or any(isinstance(p, str) or not len(p) for p in poles):
        raise UsageError("an axis has two poles", cure="give two lists of words")
    positive, negative = poles
    return {f"{positive[0]}–{negative[0]}": (positive, negative)}


def _counts(space: AxisSpace, group: int) -> FloatArray:
    result: FloatArray = np.asarray(space.counts[space.group == group].sum(axis=0), np.float64).ravel()
    return result


def _rows(
    space: AxisSpace, c: FloatArray, n_resamples: int, seed: int, confidence: float, name: str, fit: float
) -> list[dict[str, Any]]:
    """Rows of one axis: all statistics come from three sums per article, Σ n, Σ n c and Σ n c²."""
    sums = np.column_stack([space.counts @ np.ones(len(c)), space.counts @ c, space.counts @ c**2])
    total = np.asarray(space.counts.sum(axis=0), np.float64).ravel()
    level = float(sums[:, 1].sum() / sums[:, 0].sum())
    baseline = _statistics(sums.sum(axis=0)[None], level)[0]
    rows = []
    for g, group in enumerate(space.names):
        own = np.flatnonzero(space.group == g)
        observed = _statistics(sums[own].sum(axis=0)[None], level)[0]
        nan = np.full(2, np.nan)
        low, high, null_low, null_high, effect, p = (nan.copy() for _ in range(6))
        if len(own) >= 2:
            rng = generator(seed, space.by, group)
            resampled = np.concatenate(
                [
                    _statistics(bootstrap_weights(len(own), b, rng) @ sums[own], level)
                    for b in _blocks(n_resamples, len(own))
                ]
            )
            low, high = percentile_interval(resampled, confidence)
            null = _null(sums, len(own), n_resamples, generator(seed, space.by, group, "null"), level)
            null_low, null_high = percentile_interval(null, confidence)
            middle = null.mean(axis=0)
            effect = observed - middle
            p = (1 + (np.abs(null - middle) >= np.abs(effect) - 1e-12).sum(axis=0)) / (n_resamples + 1)
        part = (_counts(space, g) / max(sums[own, 0].sum(), 1) - total / total.sum()) * c
        lemmas = space.vectors.lemmas
        order = np.argsort(part, kind="stable")
        words = [", ".join(lemmas[i] for i in side) for side in (order[::-1][:_SHOWN], order[:_SHOWN])]
        for k, measure in enumerate(("bias", "intensity")):
            rows.append(
                {
                    "measure": measure, "axis": name, "target": space.target, "group": group, "n": len(own),
                    "n_words": int(sums[own, 0].sum()), "estimate": observed[k], "ci_low": low[k], "ci_high": high[k],
                    "baseline": baseline[k], "effect_size": effect[k], "null_low": null_low[k], "null_high": null_high[k], "p": p[k],
                    "axis_fit": fit, "words_positive": words[0], "words_negative": words[1],
                }
            )  # fmt: skip
    return rows


def _statistics(sums: FloatArray, level: float) -> FloatArray:
    """Bias and intensity of sets of texts from their sums, shape ``(sets, 2)``."""
    n, nc, ncc = sums.T
    safe = np.where(n > 0, n, np.nan)
    result: FloatArray = np.column_stack([nc / safe, (ncc - 2 * level * nc + level**2 * n) / safe])
    return result


def _null(sums: FloatArray, size: int, n_resamples: int, rng: np.random.Generator, level: float) -> FloatArray:
    parts = []
    for block in _blocks(n_resamples, size):
        drawn: IntArray = rng.integers(0, len(sums), size=(block, size))
        parts.append(_statistics(sums[drawn].sum(axis=1), level))
    return np.concatenate(parts)


def _blocks(n_resamples: int, size: int) -> list[int]:
    block = max(1, _BLOCK_CELLS // max(size, 1))
    return [min(block, n_resamples - start) for start in range(0, n_resamples, block)]
