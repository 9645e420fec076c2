"""Outlets told apart: how well a linear classifier knows an outlet by the words of its articles, and by which.

Accuracy is measured on articles of other days and other events than those learnt from (grouped cross-validation), so
that neither a shared event nor a day's news gives the outlet away. Words that give it away without saying anything
about its language are masked first: its own name, and words that stand in a large part of its articles and in
almost none of the others (bylines, sections, calls to subscribe). ``leaks`` lists them, and ``accuracy_unmasked`` shows what
they would have added.

Range of accuracy and macro-F1 [0, 1]; chance is ``majority``. The interval resamples groups, not articles.

Reference: Gentzkow, Shapiro & Taddy (2019), Econometrica 87(4), for telling speakers apart by their words; Pedregosa et
al. (2011), JMLR 12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import InputError, UsageError

FOLDS = 5
# A word is a leak where it stands in at least this share of an outlet's articles and at most that share of others'.
LEAK_IN, LEAK_OUT = 0.25, 0.01
N_RESAMPLES = 2000
TOP = 25
_WORD = re.compile(r"[^\W\d_][\w-]+")


@dataclass(frozen=True)
class OutletsApart:
    """How well outlets are told apart, and by what.

    Attributes
    ----------
    accuracy, ci_low, ci_high
        Share of articles put to their outlet, with its 95 % interval.
    macro_f1, majority, accuracy_unmasked
        Mean F1 over outlets; accuracy of always naming the largest outlet; accuracy with the leaks left in.
    confusion
        Outlets (rows) by the outlet that was named (columns), counts.
    words
        ``outlet, term, weight`` (of the classifier, positive speaks for the outlet), ``share_in, share_out`` (articles of
        the outlet, and of the others, with the term).
    leaks
        Masked words: ``outlet, term, share_in, share_out``.
    groups
        Number of groups that were kept together.
    """

    accuracy: float
    ci_low: float
    ci_high: float
    macro_f1: float
    majority: float
    accuracy_unmasked: float
    confusion: pd.DataFrame = field(repr=False)
    words: pd.DataFrame = field(repr=False)
    leaks: pd.DataFrame = field(repr=False)
    groups: int


def outlets_apart(scores: Any, *, folds: int = FOLDS, seed: int = 0) -> OutletsApart:
    """Tell outlets apart by their words; see the module.

    Parameters
    ----------
    scores
        Scores, a ``Corpus`` or a corpus table. A column ``event`` keeps articles on one event together.
    folds
        Folds of the cross-validation.
    seed
        Of folds and bootstrap.

    Raises
    ------
    UsageError, InputError
        Where there is one outlet only, or an outlet has fewer articles than folds.
    """
    from sklearn.metrics import f1_score

    from framing.compare.same_event import articles_and_texts

    articles = articles_and_texts(scores).reset_index(drop=True)
    if hasattr(scores, "articles") and "event" in scores.articles:
        articles["event"] = articles["article_id"].map(scores.articles.set_index("article_id")["event"])
    sizes = articles["outlet"].value_counts()
    if len(sizes) < 2:
        raise UsageError("one outlet cannot be told apart", cure="give a corpus of two outlets or more")
    if sizes.min() < folds:
        raise InputError(
            f"{sizes.index[-1]!r} has {sizes.min()} articles, fewer than the {folds} folds",
            cure="give more, or fewer folds",
        )
    matrix, terms = _matrix(articles)
    outlet = articles["outlet"].to_numpy(str)
    leaks = _leaks(matrix, terms, outlet)
    keep = ~np.isin(terms, leaks["term"].to_numpy(str))
    group = _groups(articles)
    masked = _predicted(matrix[:, keep], outlet, group, folds, seed)
    unmasked = masked if keep.all() else _predicted(matrix, outlet, group, folds, seed)
    right = masked == outlet
    low, high = _interval(right, group, seed)
    names = np.unique(outlet)
    confusion = pd.crosstab(pd.Series(outlet, name="outlet"), pd.Series(masked, name="named")).reindex(
        index=names, columns=names, fill_value=0
    )
    return OutletsApart(
        float(right.mean()), low, high, float(f1_score(outlet, masked, average="macro")),
        float(sizes.max() / sizes.sum()), float((unmasked == outlet).mean()), confusion,
        _words(matrix[:, keep], terms[keep], outlet), leaks, len(np.unique(group)),
    )  # fmt: skip


def _matrix(articles: pd.DataFrame) -> tuple[Any, NDArray[np.str_]]:
    """Whether words stand in articles (title and text, lower case), as TF-IDF later weighs them."""
    from sklearn.feature_extraction.text import CountVectorizer

    own = {
        part
        for name in articles["outlet"].unique()
        for part in [name.lower(), *re.split(r"[\W_]+", name.lower())]
        if len(part) > 2
    }
    vectorizer = CountVectorizer(
        analyzer=lambda text: [w for w in (m.lower() for m in _WORD.findall(text)) if w not in own],
        min_df=min(5, max(len(articles) // 20, 1)),
        max_features=60_000,
    )
    texts = articles["title"].fillna("") + "\n" + articles["text"].fillna("")
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:
        raise InputError("the articles have no words in common", cure="give the full texts of more articles") from None
    return matrix.tocsr(), vectorizer.get_feature_names_out().astype(str)


def _leaks(matrix: Any, terms: NDArray[np.str_], outlet: NDArray[np.str_]) -> pd.DataFrame:
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    rows = []
    for name in np.unique(outlet):
        mine = outlet == name
        inside = np.asarray(present[mine].mean(axis=0)).ravel()
        outside = np.asarray(present[~mine].mean(axis=0)).ravel()
        for i in np.flatnonzero((inside >= LEAK_IN) & (outside <= LEAK_OUT)):
            rows.append((name, terms[i], inside[i], outside[i]))
    return pd.DataFrame(rows, columns=["outlet", "term", "share_in", "share_out"]).sort_values(
        ["outlet", "share_in", "term"], ascending=[True, False, True], ignore_index=True
    )


def _groups(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Number of the group of each article: days, joined where an event goes over several."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(articles)
    day = articles["published"].astype("datetime64[ns]").dt.strftime("%Y-%m-%d")
    keys = [day.where(day.notna(), "undated " + articles["article_id"])]
    if "event" in articles:
        keys.append("event " + articles["event"].astype("str").where(articles["event"].notna(), articles["article_id"]))
    codes, nodes = [], count
    for key in keys:
        code, _ = pd.factorize(key)
        codes.append(code + nodes)
        nodes += int(code.max()) + 1
    rows = np.concatenate([np.arange(count)] * len(codes))
    graph = coo_array((np.ones(len(rows)), (rows, np.concatenate(codes))), shape=(nodes, nodes))
    label = connected_components(graph, directed=False)[1][:count]
    return np.unique(label, return_inverse=True)[1].astype(np.int64)


def _pipeline() -> Any:
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    return make_pipeline(TfidfTransformer(sublinear_tf=True), LinearSVC(C=0.5, class_weight="balanced", random_state=0))


def _predicted(
    matrix: Any, outlet: NDArray[np.str_], group: NDArray[np.int64], folds: int, seed: int
) -> NDArray[np.str_]:
    """Outlet named for each article by a classifier that has not seen its group."""
    from sklearn.model_selection import StratifiedGroupKFold

    folds = min(folds, len(np.unique(group)))
    if folds < 2:
        raise InputError("all articles are of one day or event", cure="give articles of several days")
    named = np.empty(len(outlet), dtype=outlet.dtype)
    for train, test in StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(matrix, outlet, group):
        named[test] = _pipeline().fit(matrix[train], outlet[train]).predict(matrix[test])
    return named


def _interval(right: NDArray[np.bool_], group: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """Percentile interval of the accuracy over resampled groups."""
    size, good = np.bincount(group).astype(float), np.bincount(group, weights=right)
    rng = np.random.default_rng(seed)
    draw = rng.multinomial(len(size), np.full(len(size), 1 / len(size)), N_RESAMPLES)
    low, high = np.percentile((draw @ good) / (draw @ size), [2.5, 97.5])
    return float(low), float(high)


def _words(matrix: Any, terms: NDArray[np.str_], outlet: NDArray[np.str_]) -> pd.DataFrame:
    model = _pipeline().fit(matrix, outlet)
    coefficients = model[-1].coef_
    names = model[-1].classes_.tolist()
    if len(names) == 2:
        coefficients = np.vstack([-coefficients[0], coefficients[0]])
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    rows = []
    for name, weights in zip(names, coefficients, strict=True):
        mine = outlet == name
        inside = np.asarray(present[mine].mean(axis=0)).ravel()
        outside = np.asarray(present[~mine].mean(axis=0)).ravel()
        for i in np.argsort(-weights, kind="stable")[:TOP]:
            rows.append((name, terms[i], float(weights[i]), inside[i], outside[i]))
    return pd.DataFrame(rows, columns=["outlet", "term", "weight", "share_in", "share_out"])
