"""Outlets told apart: how well a linear classifier knows an outlet by the words of its articles, and by which.

Accuracy is measured on articles of other days and other events than those learnt from (grouped cross-validation), so
that neither a shared event nor a day's news gives the outlet away. Words that give it away without saying anything
about its language are masked first: the outlets' own names, the authors of an article in it, names that stand in the bylines
of one outlet (of scores), and words in a large part of an outlet's articles and in almost none of the others (sections,
calls to subscribe); see :mod:`framing.compare.leaks`. ``leaks`` lists the latter two, and ``accuracy_unmasked`` shows
what they would have added. Addresses and handles are no words.

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

from framing.compare.leaks import LEAK_OUT, bylines, of_authors, only_here, table_of, words_of_names
from framing.errors import InputError, UsageError

FOLDS = 5
N_RESAMPLES = 2000
TOP = 25
_WORD = re.compile(r"[^\W\d_][\w-]+")
# Addresses and handles: what a page is made with, not what it says.
_LINK = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com\S+|@\w+")


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
        Masked words: ``outlet, term, share_in, share_out, reason``.
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
    for column in ("event", "author"):
        if hasattr(scores, "articles") and column in scores.articles:
            articles[column] = articles["article_id"].map(scores.articles.set_index("article_id")[column])
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
    leaks = _leaks(matrix, terms, outlet, scores)
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

    own = {part for part in words_of_names(articles["outlet"].unique()) if len(part) > 1}
    vectorizer = CountVectorizer(
        analyzer=lambda of: [w for w in map(str.lower, _WORD.findall(of[0])) if w not in own and w not in of[1]],
        min_df=min(5, max(len(articles) // 20, 1)),
        max_features=60_000,
    )
    texts = [_LINK.sub(" ", f"{t}\n{x}") for t, x in zip(articles["title"].fillna(""), articles["text"].fillna(""))]
    try:
        matrix = vectorizer.fit_transform(zip(texts, of_authors(articles)))
    except ValueError:
        raise InputError("the articles have no words in common", cure="give the full texts of more articles") from None
    return matrix.tocsr(), vectorizer.get_feature_names_out().astype(str)


def _leaks(matrix: Any, terms: NDArray[np.str_], outlet: NDArray[np.str_], scores: Any) -> pd.DataFrame:
    """Words to mask: those in hardly any other outlet, and of the names in bylines those that others hardly have."""
    found = list(only_here(matrix, terms, outlet).itertuples(index=False, name=None))
    column = {word: i for i, word in enumerate(terms.tolist())}
    for row in bylines(scores).itertuples() if hasattr(scores, "hits") else ():
        for word in sorted({w.lower() for w in _WORD.findall(str(row.term))} & set(column)):
            there = matrix[:, [column[word]]].toarray()[:, 0] > 0
            inside, outside = there[outlet == row.outlet].mean(), there[outlet != row.outlet].mean()
            if outside <= LEAK_OUT:
                found.append((row.outlet, word, inside, outside, row.reason))
    return table_of(found).drop_duplicates(["outlet", "term"], ignore_index=True)


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
