"""Permutation and sign-flip tests: p values that assume no distribution and are never 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.compare._types import BoolArray, FloatArray, IntArray
from framing.compare.inference import blocks_of, unit_sums

# Sums in another order differ in the last bits: what is equal on paper must count as equal.
_TIE = 1e-9
# From so many articles on, drawing the smaller group alone is faster than ordering them all.
_FEW = 4000


def permutation_p(
    values: FloatArray,
    in_a: BoolArray,
    n_resamples: int,
    rng: np.random.Generator,
    units: IntArray | None = None,
    sizes: FloatArray | None = None,
    order: NDArray[np.int32] | None = None,
) -> FloatArray:
    """Two-sided p of the difference of two means (or ratios of sums), by permutation of the group labels.

    ``p = (1 + #{|t*| >= |t|}) / (B + 1)`` with ``t`` the difference divided by its standard error (Welch's, or over
    clusters the linearised one). Studentised, the test also keeps its level where groups differ in size and variance
    but not in mean.

    Parameters
    ----------
    values
        Shape ``(articles, measures)``, without NaN: the articles of both groups.
    in_a
        Shape ``(articles,)``: whether the article is of the first group.
    n_resamples
        Number of permutations B; the smallest p possible is ``1 / (B + 1)``.
    rng
        Seeded generator.
    units
        Shape ``(articles,)``: cluster (event, day) of each article. Articles of one cluster and group keep together:
        where both groups have articles in a cluster, the two sides of the cluster are swapped or not; the labels of
        other clusters are exchanged among each other. ``None``: every article is its own.
    sizes
        Shape ``(articles,)``: denominators of the ratio. ``None``: 1, which gives means.
    order
        Shape ``(n_resamples, length)``: beginnings of random orders of the articles, drawn before (see `orders`), which tests
        of as many articles share to save time; at least as long as the smaller group, which takes the first places. Not
        with `units`. ``None``: drawn from `rng`.

    Returns
    -------
    FloatArray
        Shape ``(measures,)``, in (0, 1]; NaN where a group has fewer than two units.

    References
    ----------
    Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics
    and Molecular Biology 9(1), 39.
    Chung, E. & Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals of Statistics 41(2),
    484-507.
    """
    if in_a.all() or not in_a.any():
        return np.full(values.shape[1], np.nan)
    cells = _cells(values, in_a, units, sizes)
    if min(int(cells.in_a.sum()), int((~cells.in_a).sum())) < 2:
        return np.full(values.shape[1], np.nan)
    forms = _Forms(cells)
    observed = forms.statistic(cells.in_a[None, :].astype(np.float64) @ forms.columns)[0]
    limit = np.where(np.isinf(observed), np.inf, observed * (1 - _TIE))
    count = np.zeros(values.shape[1])
    done = 0
    if units is None:
        smaller = min(int(in_a.sum()), int((~in_a).sum()))
        if order is None:
            order = orders(len(in_a), smaller, n_resamples, rng)
        for size in blocks_of(n_resamples, smaller):
            count += (forms.statistic(forms.of_first(order[done : done + size, :smaller])) >= limit).sum(axis=0)
            done += size
    else:
        for size in blocks_of(n_resamples, len(cells.in_a)):
            count += (forms.statistic(_shuffled(cells, size, rng) @ forms.columns) >= limit).sum(axis=0)
    return (1 + count) / (n_resamples + 1)


def orders(n: int, length: int, n_resamples: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """Beginnings of random orders of ``0 … n − 1``, shape ``(n_resamples, length)``: each a sample without replacement."""
    if n < _FEW or 2 * length > n:
        every = np.tile(np.arange(n, dtype=np.int32), (n_resamples, 1))
        return rng.permuted(every, axis=1, out=every)[:, :length]
    result = np.empty((n_resamples, length), dtype=np.int32)
    for row in result:
        row[:] = rng.choice(n, length, replace=False)
    return result


def sign_flip_p(differences: FloatArray, n_resamples: int, rng: np.random.Generator) -> FloatArray:
    """Two-sided p of a mean of matched differences, by random flips of their signs.

    ``p = (1 + #{|mean*| >= |mean|}) / (B + 1)``. Under no difference each difference is as likely with either sign.

    Parameters
    ----------
    differences
        Shape ``(pairs, measures)``, without NaN: one row per event that both groups cover.
    n_resamples, rng
        Number of flips B; seeded generator.

    Returns
    -------
    FloatArray
        Shape ``(measures,)``, in (0, 1]; NaN with fewer than two pairs.

    Examples
    --------
    Six differences of one sign: of 64 flips two are as extreme, so that p is near 2/64.

    >>> flips = sign_flip_p(np.ones((6, 1)), 9999, np.random.default_rng(1))
    >>> flips.round(2).tolist()
    [0.03]
    """
    n, measures = differences.shape
    if n < 2:
        return np.full(measures, np.nan)
    observed = np.abs(differences.sum(axis=0))
    limit = observed - _TIE * np.maximum(observed, np.abs(differences).max(axis=0))
    count = np.zeros(measures)
    for size in blocks_of(n_resamples, n):
        signs = rng.integers(0, 2, size=(size, n), dtype=np.int8) * 2.0 - 1.0
        count += (np.abs(signs @ differences) >= limit).sum(axis=0)
    return (1 + count) / (n_resamples + 1)


@dataclass(frozen=True, slots=True)
class _Cells:
    """What is exchanged: articles, or the articles of one cluster and group together.

    Attributes
    ----------
    sums, sizes
        Shapes ``(cells, measures)`` and ``(cells,)``.
    in_a
        Shape ``(cells,)``.
    partner
        Shape ``(cells,)``: the other side of the same cluster, -1 where there is none. Empty without clusters.
    """

    sums: FloatArray
    sizes: FloatArray
    in_a: BoolArray
    partner: IntArray


def _cells(values: FloatArray, in_a: BoolArray, units: IntArray | None, sizes: FloatArray | None) -> _Cells:
    below = np.ones(len(values)) if sizes is None else sizes
    # Taken about the common mean, sums of squares lose no digits.
    residual = values - below[:, None] * (values.sum(axis=0) / below.sum())
    if units is None:
        return _Cells(residual, below, in_a, np.empty(0, dtype=np.intp))
    codes, cell = np.unique(units * 2 + in_a, return_inverse=True)
    sums = unit_sums(np.column_stack([residual, below]), cell)
    partner = np.full(len(codes), -1, dtype=np.intp)
    both = np.flatnonzero(codes[1:] // 2 == codes[:-1] // 2)
    partner[both], partner[both + 1] = both + 1, both
    return _Cells(sums[:, :-1], sums[:, -1], codes % 2 == 1, partner)


def _shuffled(cells: _Cells, size: int, rng: np.random.Generator) -> FloatArray:
    """Labels after so many permutations of clusters, 1 for the first group; shape ``(size, cells)``."""
    labels = np.empty((size, len(cells.in_a)))
    alone = cells.partner < 0
    labels[:, alone] = rng.permuted(np.tile(cells.in_a[alone], (size, 1)), axis=1)
    first = np.flatnonzero(cells.partner > np.arange(len(cells.partner)))
    flips = rng.integers(0, 2, size=(size, len(first)), dtype=np.int8)
    labels[:, first], labels[:, cells.partner[first]] = flips, 1 - flips
    return labels


class _Forms:
    """|t| of any labels: sums and sums of squares of either side are sums of fixed columns over its cells."""

    def __init__(self, cells: _Cells) -> None:
        y, d = cells.sums, cells.sizes
        self.equal = bool((d == 1).all())
        self.crossed = bool((cells.partner >= 0).any())
        self.k = y.shape[1]
        parts = [y, y * y]
        if not self.equal:
            parts += [y * d[:, None], np.column_stack([d, d * d])]
        if self.crossed:
            paired = cells.partner >= 0
            other = cells.partner
            self.y_y = np.where(paired[:, None], y * y[other], 0).sum(axis=0) / 2
            self.d_d = float(np.where(paired, d * d[other], 0).sum()) / 2
            parts.append(np.where(paired[:, None], y * d[other][:, None], 0))
        self.columns = np.column_stack(parts)
        self.rows = np.ascontiguousarray(self.columns.T)
        self.totals = self.columns.sum(axis=0)
        n_a, n = float(cells.in_a.sum()), len(d)
        # The number of cells of either side is the same in every permutation.
        self.n = (n_a, n - n_a)
        scale = np.abs(y / d[:, None]).max(axis=0)
        # Rounding leaves a rest in a difference, and the root of that in a standard error.
        self.no_difference, self.no_error = 1e-12 * scale, 1e-7 * scale

    def of_first(self, order: NDArray[np.int32]) -> FloatArray:
        """Sums of the columns over the first group where the smaller one has the cells of `order`, row by row."""
        smaller = np.stack([np.take(column, order).sum(axis=1) for column in self.rows], axis=1)
        return smaller if self.n[0] <= self.n[1] else self.totals - smaller

    def statistic(self, of_a: FloatArray) -> FloatArray:
        """Absolute studentised difference, shape ``(labels, measures)``, from the sums of the columns over the first group."""
        a, b = self._side(of_a, self.n[0]), self._side(self.totals - of_a, self.n[1])
        variance = a.variance + b.variance
        if self.crossed:
            k = self.k
            y_a_d_b, d_a_y_b = of_a[:, -k:], self.totals[-k:] - of_a[:, -k:]
            product = self.y_y - b.ratio * y_a_d_b - a.ratio * d_a_y_b + a.ratio * b.ratio * self.d_d
            variance = variance - 2 * np.sqrt(a.factor * b.factor) * product / (a.size * b.size)
        difference = np.abs(a.ratio - b.ratio)
        error = np.sqrt(np.maximum(variance, 0))
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.where(error > self.no_error, difference / error, np.inf)
        return np.where(difference > self.no_difference, t, 0.0)

    def _side(self, sums: FloatArray, n: float) -> _Side:
        k = self.k
        y, squares = sums[:, :k], sums[:, k : 2 * k]
        y_d, d, d_d = (y, np.float64(n), np.float64(n)) if self.equal else (
            sums[:, 2 * k : 3 * k], sums[:, 3 * k : 3 * k + 1], sums[:, 3 * k + 1 : 3 * k + 2],
        )  # fmt: skip
        ratio = y / d
        factor = n / (n - 1)
        return _Side(ratio, factor * (squares - 2 * ratio * y_d + ratio**2 * d_d) / d**2, d, factor)


@dataclass(frozen=True, slots=True)
class _Side:
    ratio: FloatArray
    variance: FloatArray
    size: FloatArray | np.float64
    factor: float
