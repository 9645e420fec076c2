"""Agreement of coders: Krippendorff's alpha with its bootstrap interval, percent agreement, confusion of codes.

Formula: α = 1 - D_o / D_e, from the coincidence matrix o of all pairs of codes within units (each unit's pairs
weighted by 1 / (m_u - 1), m_u its number of codes), D_o = Σ o_ck δ²_ck / n, D_e = Σ n_c n_k δ²_ck / (n (n - 1)).
δ² by level of measurement: nominal 0 or 1; ordinal (Σ_{g=c}^{k} n_g - (n_c + n_k)/2)²; interval (c - k)²;
ratio ((c - k)/(c + k))². Range up to 1 (perfect), 0 is chance, below 0 worse than chance. NaN where all codes are the
same (nothing to agree on) or no unit has two codes. Missing codes are allowed.

Reference: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes & Krippendorff (2007), Communication
Methods and Measures 1(1), for the resampling of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import UsageError

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
N_RESAMPLES = 2000


def krippendorff_alpha(codes: pd.DataFrame, level: Level = "nominal") -> float:
    """Krippendorff's alpha; see the module.

    Parameters
    ----------
    codes
        One row per unit, one column per coder; NaN where a coder gave no code. For levels other than nominal the codes
        are numbers.
    level
        Level of measurement.

    Raises
    ------
    UsageError
        Where the level is unknown or codes are no numbers where they must be.

    Examples
    --------
    >>> codes = pd.DataFrame({"A": [1, 1, 2, 2], "B": [1, 1, 2, 1]})
    >>> round(krippendorff_alpha(codes), 3)
    0.533
    """
    coincidence, values = _coincidences(codes, level)
    return _alpha(coincidence, _distances(coincidence.sum(axis=1), values, level))


def agreement(
    codes: pd.DataFrame, level: Level = "nominal", *, n_resamples: int = N_RESAMPLES, seed: int = 0
) -> dict[str, float]:
    """Alpha with its interval, and percent agreement.

    Parameters
    ----------
    codes, level
        See :func:`krippendorff_alpha`.
    n_resamples
        Resamples of units for the interval.
    seed
        Of the resampling.

    Returns
    -------
    dict
        ``alpha``, ``ci_low``, ``ci_high`` (95 %, percentile, units resampled with the expected disagreement of the
        sample), ``percent`` (share of pairs of codes that are equal, in [0, 1]), ``units`` (with two codes or more),
        ``coders``.
    """
    coincidence, values = _coincidences(codes, level)
    distances = _distances(coincidence.sum(axis=1), values, level)
    pairs = coincidence.sum()
    result = {
        "alpha": _alpha(coincidence, distances),
        "ci_low": float("nan"),
        "ci_high": float("nan"),
        "percent": float(np.trace(coincidence) / pairs) if pairs else float("nan"),
        "units": float((codes.notna().sum(axis=1) >= 2).sum()),
        "coders": float(codes.notna().any().sum()),
    }
    if np.isnan(result["alpha"]):
        return result
    by_unit = _unit_matrices(codes, values)
    total = coincidence.sum(axis=1)
    expected = float(total @ distances @ total) / (pairs * (pairs - 1))
    disagreement = np.einsum("uck,ck->u", by_unit, distances)
    weight = by_unit.sum(axis=(1, 2))
    draw = np.random.default_rng(seed).integers(0, len(by_unit), (n_resamples, len(by_unit)))
    alphas = 1 - disagreement[draw].sum(axis=1) / weight[draw].sum(axis=1) / expected
    low, high = np.percentile(alphas, [2.5, 97.5])
    return result | {"ci_low": float(low), "ci_high": float(min(high, 1.0))}


def confusion(codes: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """How often one coder's code meets the other's, rows the first coder's codes, columns the second's.

    Parameters
    ----------
    codes
        One row per unit, one column per coder.
    first, second
        Names of two coders.
    """
    both = codes[[first, second]].dropna()
    table = pd.crosstab(both[first], both[second])
    order = sorted(set(table.index) | set(table.columns))
    return table.reindex(index=order, columns=order, fill_value=0)


def by_code(codes: pd.DataFrame) -> pd.DataFrame:
    """Which codes are hard: alpha of each code against all others.

    Returns
    -------
    DataFrame
        One row per code: ``code, n`` (times given), ``alpha`` (nominal, the code against the rest).
    """
    given = pd.concat([codes[coder].dropna() for coder in codes])
    rows = []
    for code in sorted(given.unique()):
        binary = (codes == code).astype(float).where(codes.notna())
        rows.append((code, int((given == code).sum()), krippendorff_alpha(binary)))
    return pd.DataFrame(rows, columns=["code", "n", "alpha"])


def _coincidences(codes: pd.DataFrame, level: str) -> tuple[NDArray[np.float64], list[object]]:
    if level not in LEVELS:
        raise UsageError(f"no level of measurement {level!r}", cure=f"one of {', '.join(LEVELS)}")
    if level != "nominal":
        try:
            codes = codes.astype(float)
        except (TypeError, ValueError):
            raise UsageError(f"codes must be numbers for the level {level}", cure="use the level nominal") from None
    values: list[object] = sorted({v for column in codes for v in codes[column].dropna().tolist()})  # type: ignore[type-var]
    matrices = _unit_matrices(codes, values)
    return matrices.sum(axis=0), values


def _unit_matrices(codes: pd.DataFrame, values: Sequence[object]) -> NDArray[np.float64]:
    """Coincidences of each unit with two codes or more, shape ``(units, codes, codes)``."""
    counts = np.zeros((len(codes), len(values)))
    for column in codes:
        number = codes[column].map({v: i for i, v in enumerate(values)})
        known = number.notna().to_numpy()
        counts[np.flatnonzero(known), number[known].astype(int)] += 1
    m = counts.sum(axis=1)
    counts, m = counts[m >= 2], m[m >= 2]
    outer = counts[:, :, None] * counts[:, None, :]
    index = np.arange(len(values))
    outer[:, index, index] -= counts
    result: NDArray[np.float64] = outer / (m - 1)[:, None, None]
    return result


def _distances(totals: NDArray[np.float64], values: Sequence[object], level: str) -> NDArray[np.float64]:
    if level == "nominal":
        return 1 - np.eye(len(values))
    numbers = np.array(values, dtype=float)
    if level == "ordinal":
        until = np.cumsum(totals)
        middle = until - totals / 2
        return np.asarray((middle[:, None] - middle[None, :]) ** 2)
    difference = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return np.asarray(difference**2)
    total = numbers[:, None] + numbers[None, :]
    return np.asarray((difference / np.where(total == 0, 1, total)) ** 2)


def _alpha(coincidence: NDArray[np.float64], distances: NDArray[np.float64]) -> float:
    totals = coincidence.sum(axis=1)
    n = totals.sum()
    if n <= 1:
        return float("nan")
    expected = float(totals @ distances @ totals) / (n * (n - 1))
    if expected == 0:
        return float("nan")
    return float(1 - (coincidence * distances).sum() / n / expected)
