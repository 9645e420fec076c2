"""Same event: articles of several outlets on one piece of news, so that outlets are compared on the same matter.

Articles are TF-IDF vectors of their words, the title counted three times. Two articles can be of one event where their
dates lie within the window. Events are the clusters of average linkage on cosine similarity: two clusters are joined
as long as the mean similarity of their articles, pairs outside the window counting as 0, is at least the threshold.

The clusters are a proposal: write them as CSV, read the headlines, correct the column ``event``, and use the table
with :func:`with_events`.

References: Allan et al. (1998), Topic detection and tracking pilot study; Nicholls & Bright (2019), Communication
Methods and Measures 13(1); Welbers et al. (2021), Political Communication (RNewsflow).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.edited import read_csv
from framing.errors import InputError, UsageError

TITLE_WEIGHT = 3
NEIGHBOURS = 15
COLUMNS = ("event", "article_id", "outlet", "published", "title", "similarity", "articles", "outlets")
# Blocks of articles whose similarities are held at once.
BLOCK = 2000


def same_event(corpus: Any, *, threshold: float = 0.2, window: int = 2) -> pd.DataFrame:
    """Articles by the event that they report.

    Parameters
    ----------
    corpus
        Scores, a ``Corpus`` or a corpus table: ``article_id, outlet, published, title, text``.
    threshold
        Mean cosine similarity within an event, in (0, 1); higher gives smaller and purer events. At .2 to .25 the twelve
        events of the demo corpus are found exactly.
    window
        Days between two articles of one event at most; articles without a date are of no event but their own.

    Returns
    -------
    DataFrame
        One row per article, events in order of their first day: ``event`` (``e0001`` …), ``article_id, outlet,
        published, title``, ``similarity`` (cosine to the event's mean, in [0, 1]), ``articles`` and ``outlets``
        (of the event).

    Raises
    ------
    UsageError
        Where `threshold` or `window` is out of range.
    """
    if not 0 < threshold < 1:
        raise UsageError(f"threshold {threshold}", cure="give a number between 0 and 1")
    if window < 0:
        raise UsageError(f"window of {window} days", cure="give 0 or more")
    # the order of the corpus must not matter
    articles = articles_and_texts(corpus).sort_values(["published", "article_id"], kind="stable").reset_index(drop=True)
    vectors = _vectors(articles)
    day = articles["published"].to_numpy("datetime64[D]").astype(np.int64)
    day = np.where(articles["published"].isna(), np.arange(len(articles)) * 10**6, day)
    label = np.arange(len(articles))
    for members in _components(vectors, day, threshold, window):
        label[members] = members[_average_linkage(vectors[members], day[members], threshold, window)]
    return _table(articles, vectors, label)


def articles_and_texts(corpus: Any) -> pd.DataFrame:
    """``article_id, outlet, published, title, text`` of scores or a corpus."""
    if hasattr(corpus, "texts") and hasattr(corpus, "articles"):
        columns = ["article_id", "outlet", "published"]
        return corpus.articles[columns].merge(corpus.texts, on="article_id", validate="one_to_one")
    from framing.scoring import corpus_table

    frame = corpus_table(corpus)
    return frame.assign(published=pd.to_datetime(frame["published"]))[
        ["article_id", "outlet", "published", "title", "text"]
    ]


def _vectors(articles: pd.DataFrame) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [
        f"{(title + ' ') * TITLE_WEIGHT}{text}"
        for title, text in zip(articles["title"].fillna(""), articles["text"].fillna(""), strict=True)
    ]
    vectorizer = TfidfVectorizer(
        token_pattern=r"(?u)\b\w[\w-]+\b", sublinear_tf=True, dtype=np.float32,
        min_df=min(2, len(texts)), max_df=0.2 if len(texts) >= 50 else 1.0,
    )  # fmt: skip
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:
        raise InputError("no word is in two of the articles", cure="give the full texts of more articles") from None


def _components(vectors: Any, day: NDArray[np.int64], threshold: float, window: int) -> Iterable[NDArray[np.int64]]:
    """Sets of articles that could share an event: linked by nearest neighbours within the window."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = vectors.shape[0]
    rows: list[NDArray[np.int64]] = []
    columns: list[NDArray[np.int64]] = []
    for start in range(0, count, BLOCK):
        stop = min(start + BLOCK, count)
        # articles are in order of date, so the window is a run of them
        low = int(np.searchsorted(day, day[start] - window))
        high = int(np.searchsorted(day, day[stop - 1] + window, side="right"))
        similarity = (vectors[start:stop] @ vectors[low:high].T).toarray()
        similarity[np.abs(day[start:stop, None] - day[None, low:high]) > window] = 0
        similarity[np.arange(stop - start), np.arange(start - low, stop - low)] = 0
        near = min(NEIGHBOURS, similarity.shape[1])
        best = np.argpartition(-similarity, near - 1, axis=1)[:, :near]
        row = np.repeat(np.arange(stop - start), near)
        keep = similarity[row, best.ravel()] >= threshold
        rows.append(row[keep] + start)
        columns.append(best.ravel()[keep] + low)
    a, b = np.concatenate(rows), np.concatenate(columns)
    _, label = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(count, count)), directed=False)
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        if len(members) > 1:
            yield members


def _average_linkage(vectors: Any, day: NDArray[np.int64], threshold: float, window: int) -> NDArray[np.int64]:
    """For each article the first article of its cluster."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    similarity = (vectors @ vectors.T).toarray().astype(np.float64)
    similarity[np.abs(day[:, None] - day[None, :]) > window] = 0
    np.fill_diagonal(similarity, 1)
    distance = squareform(np.clip(1 - similarity, 0, 1), checks=False)
    cluster = fcluster(linkage(distance, "average"), 1 - threshold, criterion="distance")
    _, first, inverse = np.unique(cluster, return_index=True, return_inverse=True)
    return first[inverse]


def _table(articles: pd.DataFrame, vectors: Any, label: NDArray[np.int64]) -> pd.DataFrame:
    from scipy.sparse import csr_array

    _, first, inverse, sizes = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    count = len(first)
    share = csr_array((1 / sizes[inverse], (inverse, np.arange(len(label)))), shape=(count, len(label)))
    centre = share @ csr_array(vectors)
    norm = np.sqrt(np.asarray(centre.multiply(centre).sum(axis=1)).ravel())
    dots = np.asarray(csr_array(vectors).multiply(centre[inverse]).sum(axis=1)).ravel()
    table = articles[["article_id", "outlet", "published", "title"]].copy()
    # articles are in order of date, so the number of an event is the order of its first day
    width = max(len(str(count)), 4)
    rank = np.argsort(np.argsort(first, kind="stable"), kind="stable")
    table["event"] = [f"e{rank[i] + 1:0{width}}" for i in inverse]
    table["similarity"] = np.clip(dots / np.where(norm[inverse] > 0, norm[inverse], 1), 0, 1).astype(float)
    table["articles"] = sizes[inverse]
    table["outlets"] = table.groupby("event")["outlet"].transform("nunique").astype(int)
    return table[list(COLUMNS)].sort_values(["event", "published", "article_id"], kind="stable").reset_index(drop=True)


def with_events(scores: Any, events: pd.DataFrame) -> Any:
    """Scores with the column ``event`` in their articles.

    Parameters
    ----------
    scores
        Scores of the corpus.
    events
        Table with ``article_id`` and ``event``, as :func:`same_event` gives it or as corrected by hand. An article
        without an entry is an event of its own; entries of other articles are left out.

    Raises
    ------
    InputError
        Where a column is missing, an article stands in the table twice, or no article of the table is in the scores.
    """
    missing = [c for c in ("article_id", "event") if c not in events]
    if missing:
        raise InputError(f"no column {missing[0]!r} among {list(events.columns)}", cure="keep the columns as written")
    twice = events.loc[events["article_id"].duplicated(), "article_id"]
    if len(twice):
        raise InputError("an article stands in two events", record=str(twice.iloc[0]), cure="leave one of its rows")
    articles = scores.articles.copy()
    event = articles["article_id"].map(dict(zip(events["article_id"], events["event"].astype("str"), strict=True)))
    if event.isna().all():
        raise InputError("no article of the events is in the scores", cure="give the events of this corpus")
    articles["event"] = event.fillna("alone:" + articles["article_id"]).astype("str")
    return scores.with_articles(articles)


def read_events(path: str | Path) -> pd.DataFrame:
    """A table of events that a person may have edited, also as spreadsheets save it: with semicolons, in Windows-1252.

    Raises
    ------
    InputError
        Where it is no CSV table with ``article_id`` and ``event``, or a row has no event.
    """
    file = str(path)
    table = read_csv(Path(path), "save it as UTF-8 CSV")
    for column in ("article_id", "event"):
        if column not in table:
            raise InputError(
                f"no column {column!r}", file=file, cure="make it with: framing same-event DIR -o FILE.csv"
            )
        # without the apostrophe that keeps spreadsheets from running a cell as a formula
        table[column] = table[column].str.strip().str.replace(r"^'(?=[=+\-@])", "", regex=True)
        empty = table.index[table[column] == ""]
        if len(empty):
            raise InputError(
                f"{column} is empty", file=file, record=f"line {empty[0] + 2}", cure="give it, or remove the line"
            )
    return table
