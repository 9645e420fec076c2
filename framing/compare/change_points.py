"""When a measure changes: change points in time, with a permutation test for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, Tables
from framing.compare.differences import check_resampling
from framing.compare.grouping import Groups, grouped
from framing.compare.inference import adjust as adjusted
from framing.compare.inference import blocks_of, generator
from framing.compare.values import Column, columns
from framing.errors import UsageError

COLUMNS = [
    "measure",
    "target",
    "group",
    "change",
    "ci_low",
    "ci_high",
    "from",
    "to",
    "n_before",
    "n_after",
    "estimate_before",
    "estimate_after",
    "difference",
    "p",
    "p_adjusted",
    "method",
]
_STEP = {"D": "D", "W": "W-SUN", "M": "M"}
_TOO_COARSE = {"D": {"month", "year"}, "W": {"month", "year"}, "M": {"year"}}


def change_points(
    scores: Tables,
    measure: str,
    by: str | Sequence[str] = "outlet",
    freq: Literal["D", "W", "M"] = "W",
    *,
    target: str = "",
    min_periods: int = 3,
    alpha: float = 0.05,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Change points of a measure in each group, by binary segmentation.

    The periods of a group are cut where ``|S_k| / √(D_k (1 − D_k / D))`` is largest, S_k the sum of the deviations from the
    mean up to period k and D_k that of the sizes (articles, or a rate's denominators). p is from permutations of whole
    periods: ``(1 + #{max* >= max}) / (B + 1)``. Where p is at most `alpha`, both sides are searched in turn.

    Periods are exchanged, so that articles of one period may depend on each other; periods must not. Where news runs over
    days, use weeks. A rise that is soon undone is found only if it is large, since one cut has to separate it from the
    rest. A change point says when a measure changed, not that an event changed it.

    Parameters
    ----------
    scores
        The tables `articles` (with `published`) and, for a measure of actors, `actors`.
    measure, target
        Measure, rate or share as in `compare`; id of the actor where it is one of actors.
    by
        What groups the articles, as in `compare`.
    freq
        ``"D"`` days, ``"W"`` weeks from Monday, ``"M"`` months. Articles with coarser dates are left out.
    min_periods
        Least number of periods with articles on either side of a change, at least 1.
    alpha
        Level at which a segment is cut further.
    n_resamples, seed
        Permutations, and resamples for the interval of the date; seed of all random numbers.
    confidence
        Of the interval of the date, in (0, 1).

    Returns
    -------
    pandas.DataFrame
        One row per test with the columns `COLUMNS`: each segment's best cut, whether significant or not. `change` is the first
        day of the first period after it, `ci_low` and `ci_high` bound it (the deviations of both sides resampled);
        `from` and `to` are first days of the segment's first and last period. `difference = after − before`. ``p_adjusted``
        is Benjamini-Hochberg over all tests of the call. A group with too few periods has a row of NaN.

    Raises
    ------
    UsageError
        If a column, measure, target or freq is unknown, or no article has both date and value.

    References
    ----------
    Vostrikova, L. J. (1981). Detecting 'disorder' in multidimensional random processes. Soviet Mathematics Doklady 24,
    55-59. Scott, A. J. & Knott, M. (1974). A cluster analysis method for grouping means in the analysis of variance.
    Biometrics 30(3), 507-512. Antoch, J. & Hušková, M. (2001). Permutation tests in change point analysis. Statistics &
    Probability Letters 53(1), 37-46.
    """
    check_resampling(n_resamples, confidence)
    if freq not in _STEP:
        raise UsageError(f"unknown freq {freq!r}", cure="use 'D', 'W' or 'M'")
    if min_periods < 1:
        raise UsageError(f"min_periods is {min_periods}", cure="use at least 1")
    groups = grouped(scores, by, None)
    column = _column(groups, measure, target)
    start = _starts(groups.articles, freq)[column.rows]
    usable = ~np.isnat(start) & (groups.codes[column.rows] >= 0)
    if not usable.any():
        raise UsageError(f"no article has a date and a value of {measure!r}", cure="check the column 'published'")
    rows = []
    for i, name in enumerate(groups.names):
        own = usable & (groups.codes[column.rows] == i)
        series = _series(column, start, own)
        rng = generator(seed, groups.label, name, freq)
        for cut in _segments(series, min_periods, alpha, n_resamples, rng, confidence):
            rows.append((measure, target, name, *cut))
    table = pd.DataFrame(rows, columns=[c for c in COLUMNS if c not in ("p_adjusted", "method")])
    table["p_adjusted"] = adjusted(table["p"].to_numpy(dtype=np.float64))
    table["method"] = (
        f"binary segmentation, CUSUM of period sums ({freq}), at least {min_periods} periods; permutation of periods, "
        f"{n_resamples} permutations; segments cut at p <= {alpha:g}; {confidence:.0%} interval of the date by resampled "
        f"deviations; seed {seed}; Benjamini-Hochberg over the family of {int(table['p'].notna().sum())} tests"
    )
    for name in ("change", "ci_low", "ci_high", "from", "to"):
        table[name] = pd.to_datetime(table[name])
    return table[COLUMNS]


@dataclass(frozen=True, slots=True)
class Series:
    """Sums of one group by period, only of periods that have articles.

    Attributes
    ----------
    start
        First day of each period, ascending.
    sums, sizes, n
        Sums of values, of denominators, and number of articles.
    """

    start: np.ndarray
    sums: FloatArray
    sizes: FloatArray
    n: FloatArray

    def part(self, low: int, high: int) -> Series:
        """Periods from low up to, not including, high."""
        return Series(self.start[low:high], self.sums[low:high], self.sizes[low:high], self.n[low:high])


def best_cut(sums: FloatArray, sizes: FloatArray, min_periods: int) -> tuple[np.ndarray, FloatArray]:
    """Where each series is best cut in two, and the statistic there.

    Parameters
    ----------
    sums, sizes
        Shape ``(series, periods)``.
    min_periods
        Least number of periods on either side.

    Returns
    -------
    tuple
        Number of periods before the cut and statistic, each of shape ``(series,)``.

    Examples
    --------
    >>> cut, statistic = best_cut(np.array([[1.0, 1, 5, 5]]), np.ones((1, 4)), 1)
    >>> int(cut[0]), float(statistic[0])
    (2, 4.0)
    """
    total, size = sums.sum(axis=1, keepdims=True), sizes.sum(axis=1, keepdims=True)
    below = np.cumsum(sizes, axis=1)
    deviation = np.cumsum(sums, axis=1) - below * (total / size)
    statistic = np.abs(deviation) / np.sqrt(np.maximum(below * (1 - below / size), 1e-300))
    inner = statistic[:, min_periods - 1 : sums.shape[1] - min_periods]
    cut = inner.argmax(axis=1)
    return cut + min_periods, np.take_along_axis(inner, cut[:, None], axis=1)[:, 0]


def cut_p(
    sums: FloatArray, sizes: FloatArray, min_periods: int, n_resamples: int, rng: np.random.Generator
) -> tuple[int, float]:
    """Best cut of one series and its p, by permutation of its periods."""
    residual = sums - sizes * (sums.sum() / sizes.sum())
    cut, observed = best_cut(residual[None, :], sizes[None, :], min_periods)
    count = 0
    for size in blocks_of(n_resamples, len(sums)):
        order = rng.permuted(np.tile(np.arange(len(sums)), (size, 1)), axis=1)
        shuffled = best_cut(residual[order], sizes[order], min_periods)[1]
        count += int((shuffled >= observed[0] * (1 - 1e-9) - 1e-12 * np.abs(residual).max()).sum())
    return int(cut[0]), (1 + count) / (n_resamples + 1)


def _segments(
    series: Series, min_periods: int, alpha: float, n_resamples: int, rng: np.random.Generator, confidence: float
) -> list[tuple[object, ...]]:
    """Tests of a series and, where it is cut, of its parts; in the order of binary segmentation."""
    if len(series.start) < 2 * min_periods:
        return [(np.datetime64("NaT"),) * 5 + (0, 0) + (np.nan,) * 4]
    rows: list[tuple[object, ...]] = []
    open_parts = [series]
    while open_parts:
        part = open_parts.pop(0)
        if len(part.start) < 2 * min_periods:
            continue
        cut, p = cut_p(part.sums, part.sizes, min_periods, n_resamples, rng)
        before, after = part.part(0, cut), part.part(cut, len(part.start))
        low, high = _date_interval(part, cut, min_periods, n_resamples, rng, confidence)
        means = [float(side.sums.sum() / side.sizes.sum()) for side in (before, after)]
        rows.append(
            (
                part.start[cut], part.start[low], part.start[high], part.start[0], part.start[-1],
                int(before.n.sum()), int(after.n.sum()), *means, means[1] - means[0], p,
            )
        )  # fmt: skip
        if p <= alpha:
            open_parts += [before, after]
    return rows


def _date_interval(
    part: Series, cut: int, min_periods: int, n_resamples: int, rng: np.random.Generator, confidence: float
) -> tuple[int, int]:
    """Bounds of the cut: the deviations of each side are drawn anew about its mean, and the cut is searched again."""
    fitted, drawn = np.empty(len(part.sums)), np.empty((n_resamples, len(part.sums)))
    for low, high in ((0, cut), (cut, len(part.sums))):
        sizes = part.sizes[low:high]
        fitted[low:high] = sizes * (part.sums[low:high].sum() / sizes.sum())
        # Deviations are put on one scale, since a period of many articles deviates less in the mean, more in the sum.
        scaled = (part.sums[low:high] - fitted[low:high]) / np.sqrt(sizes)
        drawn[:, low:high] = scaled[rng.integers(0, high - low, (n_resamples, high - low))] * np.sqrt(sizes)
    sizes = np.broadcast_to(part.sizes, drawn.shape)
    cuts = best_cut(fitted + drawn, sizes, min_periods)[0]
    bounds = np.quantile(cuts, [(1 - confidence) / 2, (1 + confidence) / 2], method="nearest")
    return int(bounds[0]), int(bounds[1])


def _column(groups: Groups, measure: str, target: str) -> Column:
    targets = [target] if target and len(groups.actors) else None
    found = [c for c in columns(groups, [measure], groups.skip, targets) if c.target == target]
    if not found:
        raise UsageError(f"measure {measure!r} has no target {target!r}", cure="give the id of an actor in the scores")
    return found[0]


def _starts(articles: pd.DataFrame, freq: str) -> np.ndarray:
    """First day of the period of each article; NaT without a date that is exact enough."""
    start = pd.to_datetime(articles["published"]).dt.to_period(_STEP[freq]).dt.start_time
    if "published_precision" in articles.columns:
        start = start.mask(articles["published_precision"].isin(_TOO_COARSE[freq]))
    return start.to_numpy()


def _series(column: Column, start: np.ndarray, own: np.ndarray) -> Series:
    periods, position = np.unique(start[own], return_inverse=True)
    values = column.values[own]
    sizes = np.ones(len(values)) if column.sizes is None else column.sizes[own]
    sums, below, n = (np.bincount(position, x, len(periods)).astype(np.float64) for x in (values, sizes, sizes * 0 + 1))
    return Series(periods, sums, below, n)
