"""Dispersion: whether a term is spread over the articles or heaped in a few of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from framing.compare._types import FloatArray

# SciPy ships without types.
_csr: Any = sparse.csr_array
# Counts at once: those of all articles would take more memory than the matrix.
_BLOCK = 4_000_000


def dispersion(counts: Any, sizes: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Deviation of proportions DP of each term over the parts of a corpus, and its normalised form.

    ``DP = ½ Σ_i |v_i − s_i|`` with s_i the share of the corpus and v_i the share of the term that part i holds;
    ``DP_norm = DP / (1 − min s)``. Parts are articles here, so that a term of few occurrences is never far from 1:
    compare terms of like frequency.

    Parameters
    ----------
    counts
        Shape ``(parts, terms)``, sparse or dense.
    sizes
        Shape ``(parts,)``: tokens of each part, all terms counted or not.

    Returns
    -------
    dp, dp_norm
        Shape ``(terms,)``. 0: in each part as often as its size lets expect; near 1: all in a small part. NaN for a term
        that does not occur; `dp_norm` NaN with one part.

    References
    ----------
    Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics
    13(4), 403-437. Lijffijt, J. & Gries, S. Th. (2012). Correction, ibid. 17(1), 147-149.

    Examples
    --------
    Five parts that hold a term one to five times (Gries 2008):

    >>> dp, norm = dispersion([[1], [2], [3], [4], [5]], [9, 10, 10, 10, 11])
    >>> dp.round(2).tolist(), norm.round(2).tolist()
    ([0.18], [0.22])
    """
    table = _csr(counts, dtype=np.float64)
    tokens = np.asarray(sizes, dtype=np.float64)
    share = tokens / tokens.sum()
    total = np.asarray(table.sum(axis=0)).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        s = np.repeat(share, np.diff(table.indptr))
        held = np.zeros(table.shape[1])
        for low in range(0, len(s), _BLOCK):
            at = slice(low, low + _BLOCK)
            v = table.data[at] / total[table.indices[at]]
            # parts without the term add their own s, which is 1 less the s of those with it
            held += np.bincount(table.indices[at], np.abs(v - s[at]) - s[at], table.shape[1])
        dp = np.where(total > 0, (1 + held) / 2, np.nan)
        least = share[share > 0].min()
        return dp, dp / (1 - least) if least < 1 else np.full_like(dp, np.nan)
