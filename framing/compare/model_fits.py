"""Regressions fitted by statsmodels: mixed linear, negative binomial and logistic; what went wrong is kept, not hidden."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from framing.compare._types import FloatArray, IntArray
from framing.errors import UsageError

# Articles that hang together by common events and days are one dense matrix; beyond this many it takes minutes.
_LARGEST = 1500
_OPTIMISERS = ("lbfgs", "bfgs", "powell")


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model.

    Attributes
    ----------
    coefficients, covariance
        Shapes ``(terms,)`` and ``(terms, terms)``; NaN where the fit broke off.
    variances
        Variance components by name, ``"residual"`` last; of a negative binomial ``{"dispersion": α}``.
    converged
        Whether the optimiser says so and all standard errors are numbers.
    notes
        Warnings, and terms left out.
    how
        What was fitted.
    """

    coefficients: FloatArray
    covariance: FloatArray
    variances: dict[str, float]
    converged: bool
    notes: list[str]
    how: str
    link: Literal["identity", "log", "logit"] = "identity"
    levels: dict[str, int] = field(default_factory=dict)


def fit_mixed(y: FloatArray, x: FloatArray, random: Mapping[str, IntArray]) -> Fit:
    """Linear model with random intercepts, by restricted maximum likelihood.

    Parameters
    ----------
    y, x
        Shapes ``(n,)`` and ``(n, terms)``.
    random
        Level of each article for each random intercept, crossed or nested; those in which every level has one article
        are left out. Where the articles are too many for two, only the first is kept, and `notes` says so.

    References
    ----------
    Lindstrom, M. J. & Bates, D. M. (1988). Newton-Raphson and EM algorithms for linear mixed effects models for repeated
    measures data. JASA 83(404), 1014-1022.
    """
    statsmodels = _statsmodels()
    notes, used = [], dict(random)
    for name, codes in random.items():
        if len(np.unique(codes)) in (1, len(codes)):
            del used[name]
            notes.append(f"(1|{name}) left out: one level, or one article in each")
    blocks = _components(list(used.values())) if len(used) > 1 else None
    if blocks is not None and np.bincount(blocks).max() > _LARGEST:
        first, *others = used
        used, blocks = {first: used[first]}, None
        notes.append(
            f"{', '.join(f'(1|{name})' for name in others)} left out: more than {_LARGEST} articles hang together"
        )
    how = " + ".join(["linear", *[f"(1|{name})" for name in used]])
    levels = {name: len(np.unique(codes)) for name, codes in used.items()}
    if not used:
        fit, more = _quietly(lambda: statsmodels.OLS(y, x).fit())
        return _fit(fit, x.shape[1], {"residual": float(fit.scale)}, notes + more, f"{how} (least squares)")
    if blocks is None:
        ((name, codes),) = used.items()
        model = statsmodels.MixedLM(y, x, groups=codes)
    else:
        model = statsmodels.MixedLM(y, x, groups=blocks, exog_vc=_crossed(used, blocks))
    fit, more = _optimised(model)
    if fit is None:
        return _broken(x.shape[1], notes + more, how)
    values = [float(fit.cov_re[0, 0])] if blocks is None else [float(v) for v in fit.vcomp]
    # statsmodels sorts variance components by name.
    names = list(used) if blocks is None else sorted(used)
    variances = {**dict(zip(names, values)), "residual": float(fit.scale)}
    return _fit(fit, x.shape[1], variances, notes + more, f"{how} (REML)", levels=levels)


def fit_counts(y: FloatArray, x: FloatArray, exposure: FloatArray, clusters: IntArray | None) -> Fit:
    """Negative binomial regression (NB2) with offset ``ln(exposure)`` and standard errors robust to clusters.

    Parameters
    ----------
    y, x, exposure
        Counts, shape ``(n,)``; columns, shape ``(n, terms)``; such as tokens in thousands, shape ``(n,)``.
    clusters
        Shape ``(n,)``: articles of one cluster are not independent. ``None``: robust to unequal variance only.

    References
    ----------
    Cameron, A. C. & Trivedi, P. K. (2013). Regression analysis of count data. 2nd ed. Cambridge University Press.
    """
    statsmodels = _statsmodels()
    model = statsmodels.NegativeBinomial(y, x, offset=np.log(exposure), loglike_method="nb2")
    fit, notes = _quietly(lambda: model.fit(method="bfgs", maxiter=500, disp=0, **_robust(clusters)))
    if fit is None:
        return _broken(x.shape[1], notes, "negative binomial", "log")
    return _fit(fit, x.shape[1], {"dispersion": float(fit.params[-1])}, notes, "negative binomial", "log")


def fit_shares(y: FloatArray, x: FloatArray, clusters: IntArray | None) -> Fit:
    """Logistic regression with standard errors robust to clusters; parameters as in `fit_counts`."""
    model = _statsmodels().Logit(y, x)
    fit, notes = _quietly(lambda: model.fit(method="newton", maxiter=100, disp=0, **_robust(clusters)))
    if fit is None:
        return _broken(x.shape[1], notes, "logistic", "logit")
    return _fit(fit, x.shape[1], {}, notes, "logistic", "logit")


def _statsmodels() -> Any:
    try:
        import statsmodels.api
    except ImportError:
        raise UsageError("models need statsmodels", cure="install it: pip install statsmodels") from None
    return statsmodels.api


def _robust(clusters: IntArray | None) -> dict[str, Any]:
    if clusters is None:
        return {"cov_type": "HC1"}
    return {"cov_type": "cluster", "cov_kwds": {"groups": clusters}}


def _quietly(run: Callable[..., Any]) -> tuple[Any, list[str]]:
    """The result, ``None`` where it broke off, and the warnings as notes."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="ignore"):
        warnings.simplefilter("always")
        try:
            result = run()
        except (np.linalg.LinAlgError, ValueError, ZeroDivisionError, FloatingPointError) as error:
            return None, [f"{type(error).__name__}: {' '.join(str(error).split())}"]
        except Exception as error:  # statsmodels' own: perfect separation
            if "statsmodels" not in type(error).__module__:
                raise
            return None, [f"{type(error).__name__}: {' '.join(str(error).split())}"]
    return result, list(dict.fromkeys(" ".join(str(w.message).split()) for w in caught))


def _optimised(model: Any) -> tuple[Any, list[str]]:
    """Fit by the first optimiser that converges, else the last that gave a result; notes on those that failed."""
    best: Any = None
    notes: list[str] = []
    failed: list[str] = []
    for method in _OPTIMISERS:
        fit, more = _quietly(lambda method=method: model.fit(reml=True, method=method))
        if fit is not None and fit.converged and (np.diag(np.asarray(fit.cov_params()))[: fit.k_fe] > 0).all():
            tried = [f"{', '.join(failed)} did not converge, {method} did"] if failed else []
            return fit, tried + more
        failed.append(method)
        best, notes = (best, notes) if fit is None and best is not None else (fit, more)
    return best, [f"no optimiser converged ({', '.join(failed)})", *notes]


def _fit(
    fit: Any,
    k: int,
    variances: dict[str, float],
    notes: list[str],
    how: str,
    link: Literal["identity", "log", "logit"] = "identity",
    levels: dict[str, int] | None = None,
) -> Fit:
    coefficients = np.asarray(fit.params, dtype=np.float64)[:k]
    covariance = np.asarray(fit.cov_params(), dtype=np.float64)[:k, :k]
    optimiser = getattr(fit, "mle_retvals", None)
    done = bool(getattr(fit, "converged", optimiser["converged"] if optimiser else True))
    known = bool(np.isfinite(coefficients).all() and (np.diag(covariance) > 0).all())
    return Fit(coefficients, covariance, variances, done and known, notes, how, link, levels or {})


def _broken(k: int, notes: list[str], how: str, link: Literal["identity", "log", "logit"] = "identity") -> Fit:
    return Fit(np.full(k, np.nan), np.full((k, k), np.nan), {}, False, notes, how, link)


def _components(factors: list[IntArray]) -> IntArray:
    """Number of the set of articles that hang together through common levels, of each article."""
    n = len(factors[0])
    offset, ends = n, []
    for codes in factors:
        level = np.unique(codes, return_inverse=True)[1]
        ends.append(level + offset)
        offset += int(level.max()) + 1
    rows = np.tile(np.arange(n), len(factors))
    edges = coo_array((np.ones(len(rows)), (rows, np.concatenate(ends))), shape=(offset, offset))
    return np.unique(connected_components(edges, directed=False)[1][:n], return_inverse=True)[1].astype(np.intp)


def _crossed(used: Mapping[str, IntArray], blocks: IntArray) -> Any:
    """Indicator matrices of the levels of each random intercept in each set of articles."""
    from statsmodels.regression.mixed_linear_model import VCSpec

    matrices: list[list[FloatArray]] = []
    names: list[list[list[str]]] = []
    for factor in sorted(used):
        codes = used[factor]
        of_factor, of_names = [], []
        for block in range(int(blocks.max()) + 1):
            levels, position = np.unique(codes[blocks == block], return_inverse=True)
            of_factor.append((position[:, None] == np.arange(len(levels))).astype(np.float64))
            of_names.append([str(level) for level in levels])
        matrices.append(of_factor)
        names.append(of_names)
    return VCSpec(sorted(used), names, matrices)
