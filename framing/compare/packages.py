"""Framing packages found in a corpus, not given: topics of non-negative matrix factorisation, with their stability.

A package (Gamson & Modigliani 1989) is a cluster of words that go together in how a matter is told. The articles' lemmas
(nouns, verbs, adjectives; no names) weighted by TF-IDF, ``(1 + ln n)(ln((1 + N)/(1 + df)) + 1)`` and scaled to length 1,
are factorised, ``X ≈ W H``: H tells the words of each package, W how much of each an article has (Lee & Seung 1999).
Packages group what is told together; whether a group is a frame or only a subject is for a reader to say, from its
words and typical articles.

The result depends on the random start, so it is computed from several. The run with the smallest error is shown;
its packages are matched one to one with those of every other run (Hungarian method, cosine of the word weights), and

* ``stability``: mean cosine with the matched packages, in [0, 1];
* ``agreement``: mean Jaccard index of the top words, in [0, 1] (Greene, O'Callaghan & Cunningham 2014).

Distrust a package below about .7: another start gives another one. :func:`packages_stability` does this for several
numbers of packages; choose one whose packages are stable and can be told apart.

References: Gamson, W. A. & Modigliani, A. (1989). American Journal of Sociology 95(1), 1-37. Lee, D. D. & Seung, H. S.
(1999). Nature 401, 788-791. Greene, D., O'Callaghan, D. & Cunningham, P. (2014). How many topics? ECML PKDD, 498-513.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from framing.compare._types import FloatArray
from framing.compare.inference import bootstrap_weights, generator, percentile_interval
from framing.compare.lemma_matrix import LemmaMatrix, lemma_matrix
from framing.compare.values import group_codes
from framing.errors import UsageError

_ITERATIONS = 400
_LABEL_WORDS = 4


@dataclass(frozen=True)
class Packages:
    """What was found.

    Attributes
    ----------
    words
        ``package, rank, term, weight``: the words of each package, weights summing to 1 over all its words.
    articles
        ``package, rank, article_id, outlet, title, share``: its typical articles.
    shares
        ``measure, target, group, n, estimate, ci_low, ci_high``: mean share of each package (``target``) in each group's
        articles.
    stability
        ``package, label, stability, agreement, share``; ``share`` is the mean over all articles.
    of_articles
        Share of each package in each article, rows sum to 1; indexed by ``article_id``.
    method
        How it was made.
    """

    words: pd.DataFrame
    articles: pd.DataFrame
    shares: pd.DataFrame
    stability: pd.DataFrame
    of_articles: pd.DataFrame = field(repr=False)
    method: str


def packages(
    corpus: Any,
    n: int = 10,
    *,
    seeds: int = 10,
    by: str = "outlet",
    n_words: int = 12,
    n_articles: int = 5,
    min_articles: int = 5,
    max_share: float = 0.5,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    progress: bool | None = None,
) -> Packages:
    """Packages of a corpus; see the module.

    Parameters
    ----------
    corpus
        Scores, a corpus table, a ``Corpus`` or its path; or a :class:`LemmaMatrix` (then without ``min_articles`` and
        ``max_share``).
    n
        Number of packages, at least 2.
    seeds
        Number of random starts, at least 2.
    by
        Column of the articles for the shares by group.
    n_words, n_articles
        How many words and typical articles of each package are given.
    min_articles, max_share
        A lemma counts if it stands in at least so many articles and in at most this share of them.
    n_resamples, confidence
        Of the percentile bootstrap of the shares over articles within the group.
    seed
        First of the random starts, and of the bootstrap.
    progress
        Show a progress bar; by default on a terminal.

    Raises
    ------
    UsageError
        Where a number is out of range or the corpus is too small for it.
    """
    given = corpus if isinstance(corpus, LemmaMatrix) else lemma_matrix(corpus, min_articles, max_share, progress)
    codes, groups = group_codes(given.articles, by)
    runs, late = _runs(given.matrix, n, seeds, seed, progress)
    best = int(np.argmin([error for _, _, error in runs]))
    w, h, _ = runs[best]
    order = np.argsort(-_share(w).mean(axis=0), kind="stable")
    w, h = w[:, order], h[order]
    cosine, jaccard = _matched(h, [r[1] for i, r in enumerate(runs) if i != best], n_words)
    share = _share(w)
    labels = [_label(row, given.terms) for row in h]
    numbers = range(1, n + 1)
    words = pd.DataFrame(
        [
            (k, rank, given.terms[i], float(row[i] / row.sum()))
            for k, row in zip(numbers, h, strict=True)
            for rank, i in enumerate(_top(row, n_words).tolist(), start=1)
        ],
        columns=["package", "rank", "term", "weight"],
    )
    stability = pd.DataFrame(
        {"package": numbers, "label": labels, "stability": cosine, "agreement": jaccard, "share": share.mean(axis=0)}
    )
    method = (
        f"NMF with {n} packages of {given.matrix.shape[0]} articles and {len(given.terms)} lemmas (TF-IDF), best of {seeds} "
        f"random starts"
        + (f", {late} of them stopped at {_ITERATIONS} iterations" if late else "")
        + f"; {confidence:.0%} percentile bootstrap over articles within {by}, {n_resamples} resamples; seed {seed}"
    )
    return Packages(
        words,
        _typical(share, given.articles, n_articles),
        _shares(share, codes, groups, labels, n_resamples, seed, confidence, by),
        stability,
        pd.DataFrame(share, index=pd.Index(given.articles["article_id"]), columns=list(numbers)),
        method,
    )


def packages_stability(
    corpus: Any,
    n: Sequence[int] = (5, 8, 10, 15, 20),
    *,
    seeds: int = 10,
    n_words: int = 12,
    min_articles: int = 5,
    max_share: float = 0.5,
    seed: int = 0,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Stability for several numbers of packages, to choose one by.

    Parameters
    ----------
    corpus, seeds, n_words, min_articles, max_share, seed, progress
        As in :func:`packages`.
    n
        Numbers of packages.

    Returns
    -------
    pandas.DataFrame
        ``n, stability, stability_min, agreement, stable, explained``, one row per number: mean and least stability and mean
        agreement of the packages, how many have a stability of at least .7, and ``1 − ‖X − WH‖² / ‖X‖²`` of the best run,
        which grows with n by itself.
    """
    given = corpus if isinstance(corpus, LemmaMatrix) else lemma_matrix(corpus, min_articles, max_share, progress)
    total = float(given.matrix.multiply(given.matrix).sum())
    rows = []
    for k in n:
        runs, _ = _runs(given.matrix, k, seeds, seed, progress)
        best = int(np.argmin([error for _, _, error in runs]))
        cosine, jaccard = _matched(runs[best][1], [r[1] for i, r in enumerate(runs) if i != best], n_words)
        explained = 1 - runs[best][2] ** 2 / total
        rows.append((k, cosine.mean(), cosine.min(), jaccard.mean(), int((cosine >= 0.7).sum()), explained))
    return pd.DataFrame(rows, columns=["n", "stability", "stability_min", "agreement", "stable", "explained"])


Run = tuple[FloatArray, FloatArray, float]


def _runs(matrix: Any, n: int, seeds: int, seed: int, progress: bool | None) -> tuple[list[Run], int]:
    """Factorisations from several random starts, and how many of them did not converge."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from tqdm import tqdm

    if seeds < 2 or not 2 <= n <= min(matrix.shape):
        raise UsageError(
            f"{n} packages from {seeds} starts", cure=f"give 2 to {min(matrix.shape)} packages and 2 starts or more"
        )
    nmf: Any = NMF  # scikit-learn ships without types
    runs: list[Run] = []
    late = 0
    show = sys.stderr.isatty() if progress is None else progress
    for start in tqdm(range(seeds), desc=f"{n} packages", unit=" starts", disable=not show, delay=0.5):
        model: Any = nmf(n, init="random", random_state=seed + start, max_iter=_ITERATIONS, tol=1e-4)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # counted instead
            w = model.fit_transform(matrix)
        late += model.n_iter_ >= _ITERATIONS
        runs.append((w, model.components_, float(model.reconstruction_err_)))
    return runs, late


def _matched(h: FloatArray, others: list[FloatArray], n_words: int) -> tuple[FloatArray, FloatArray]:
    """Mean cosine and Jaccard index of each package with its match in every other run."""
    cosine, jaccard = np.zeros((len(others), len(h))), np.zeros((len(others), len(h)))
    own = [set(_top(row, n_words).tolist()) for row in h]
    for r, other in enumerate(others):
        similar = _unit(h) @ _unit(other).T
        rows, match = linear_sum_assignment(-similar)
        cosine[r, rows] = similar[rows, match]
        for k, m in zip(rows.tolist(), match.tolist(), strict=True):
            top = set(_top(other[m], n_words).tolist())
            jaccard[r, k] = len(own[k] & top) / len(own[k] | top)
    return cosine.mean(axis=0), jaccard.mean(axis=0)


def _unit(h: FloatArray) -> FloatArray:
    length = np.linalg.norm(h, axis=1, keepdims=True)
    result: FloatArray = h / np.where(length > 0, length, 1)
    return result


def _share(w: FloatArray) -> FloatArray:
    """Rows scaled to sum 1; an article without any word that counts has none of any package."""
    total = w.sum(axis=1, keepdims=True)
    result: FloatArray = w / np.where(total > 0, total, 1)
    return result


def _top(row: FloatArray, n: int) -> Any:
    return np.argsort(-row, kind="stable")[:n]


def _label(row: FloatArray, terms: list[str]) -> str:
    return ", ".join(terms[i] for i in _top(row, _LABEL_WORDS).tolist())


def _typical(share: FloatArray, articles: pd.DataFrame, n_articles: int) -> pd.DataFrame:
    rows = []
    for k in range(share.shape[1]):
        for rank, i in enumerate(_top(share[:, k], n_articles).tolist(), start=1):
            a = articles.iloc[i]
            rows.append((k + 1, rank, a["article_id"], a["outlet"], a["title"], float(share[i, k])))
    return pd.DataFrame(rows, columns=["package", "rank", "article_id", "outlet", "title", "share"])


def _shares(
    share: FloatArray, codes: Any, groups: list[str], labels: list[str], n_resamples: int, seed: int, confidence: float,
    by: str,
) -> pd.DataFrame:  # fmt: skip
    """Mean share of each package in each group with its interval."""
    rows = []
    for g, group in enumerate(groups):
        own = share[codes == g]
        low = high = np.full(share.shape[1], np.nan)
        if len(own) >= 2:
            weights = bootstrap_weights(len(own), n_resamples, generator(seed, by, group))
            low, high = percentile_interval(weights @ own / len(own), confidence)
        mean = own.mean(axis=0)
        rows += [("package_share", lb, group, len(own), m, a, b) for lb, m, a, b in zip(labels, mean, low, high)]
    columns = ["measure", "target", "group", "n", "estimate", "ci_low", "ci_high"]
    table = pd.DataFrame(rows, columns=columns)
    place = table["target"].map({label: i for i, label in enumerate(labels)})
    return table.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)
