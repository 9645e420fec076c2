"""Near duplicates: articles that share most of their wording, such as copy of a wire service.

Two articles are compared by their word shingles (runs of five words). ``jaccard`` is the share of shingles in both
among those in either, ``containment`` the share of the shorter article that stands in the longer one; both in
[0, 1]. Candidates are found by MinHash and locality-sensitive hashing, then both numbers are computed exactly, so
that hashing can miss a pair near the threshold but never invent one.

Copied text is no second observation: count it once, or resample by ``copy_group``. The earlier date does not prove
who wrote it: a wire service may not be in the corpus.

References: Broder (1997), Compression and Complexity of Sequences; datasketch (Zhu), MinHash LSH.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.shares import wilson
from framing.corpus.runs import run_hashes

SHINGLE = 5
PERMUTATIONS = 128
PAIRS = (
    "article_a", "article_b", "outlet_a", "outlet_b", "published_a", "published_b", "jaccard", "containment", "copy_group"
)  # fmt: skip
_WORD = re.compile(r"\w+(?:-\w+)*")


def near_duplicates(corpus: Any, *, threshold: float = 0.5, shingle: int = SHINGLE, seed: int = 0) -> pd.DataFrame:
    """Pairs of articles with much the same wording.

    Parameters
    ----------
    corpus
        Scores, a ``Corpus`` or a corpus table: ``article_id, outlet, published, text``.
    threshold
        Least Jaccard similarity of a pair, in (0, 1]; .5 finds shortened and edited copy, .9 hardly changed copy.
    shingle
        Words in a shingle.
    seed
        Of the hash functions.

    Returns
    -------
    DataFrame
        ``article_a, article_b, outlet_a, outlet_b, published_a, published_b, jaccard, containment, copy_group``;
        `a` is the earlier article (by date, then by id). ``copy_group`` numbers the sets of articles that hang
        together by such pairs.

    Raises
    ------
    UsageError
        Where `threshold` is not in (0, 1].

    Examples
    --------
    >>> text = "Die Minister einigten sich am Abend in Brüssel nach langem Streit auf eine gemeinsame Linie"
    >>> corpus = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": [text, text + " zum Haushalt"]})
    >>> near_duplicates(corpus)[["outlet_a", "outlet_b", "containment"]].values.tolist()
    [['A', 'B', 1.0]]
    """
    from datasketch import MinHash, MinHashLSH

    from framing.compare.same_event import articles_and_texts
    from framing.errors import UsageError

    if not 0 < threshold <= 1:
        raise UsageError(f"threshold {threshold}", cure="give a number above 0 and up to 1")
    articles = articles_and_texts(corpus).sort_values(["published", "article_id"], kind="stable").reset_index(drop=True)
    sets = shingles(articles["text"], shingle)
    # a little below the threshold: what hashing lets through is computed exactly
    index = MinHashLSH(threshold=max(threshold * 0.8, 0.05), num_perm=PERMUTATIONS)
    hashes: list[MinHash] = []
    found: list[tuple[int, int]] = []
    for number, values in enumerate(sets):
        minhash = MinHash(num_perm=PERMUTATIONS, seed=seed + 1, hashfunc=int)
        hashes.append(minhash)
        if len(values) == 0:
            continue
        minhash.update_batch(values.tolist())
        found += [(other, number) for other in sorted(map(int, index.query(minhash)))]  # type: ignore[arg-type]
        index.insert(number, minhash)
    rows = []
    for a, b in found:
        both = len(np.intersect1d(sets[a], sets[b], assume_unique=True))
        jaccard = both / (len(sets[a]) + len(sets[b]) - both)
        if jaccard >= threshold:
            rows.append((a, b, jaccard, both / min(len(sets[a]), len(sets[b]))))
    pairs = pd.DataFrame(rows, columns=["a", "b", "jaccard", "containment"])
    group = _groups(pairs["a"].to_numpy(int), pairs["b"].to_numpy(int), len(articles))
    columns = {
        f"{name}_{side}": articles[column].to_numpy()[pairs[side].to_numpy(int)]
        for name, column in (("article", "article_id"), ("outlet", "outlet"), ("published", "published"))
        for side in ("a", "b")
    }
    table = pd.DataFrame(columns).assign(jaccard=pairs["jaccard"], containment=pairs["containment"])
    table["copy_group"] = group[pairs["a"].to_numpy(int)]
    return (
        table[list(PAIRS)].sort_values(["copy_group", "article_a", "article_b"], kind="stable").reset_index(drop=True)
    )


def shingles(texts: Iterable[str], size: int = SHINGLE) -> list[NDArray[np.uint32]]:
    """Sorted distinct hashes of the runs of `size` words of each text; a shorter text is one run."""
    known: dict[str, int] = {}
    sets = []
    for text in texts:
        words = _WORD.findall(text.lower())
        runs = run_hashes(words, min(size, len(words)), known) if words else np.zeros(0, np.uint64)
        # the upper half of the hash is the shingle's number
        sets.append(np.unique((runs >> np.uint64(32)).astype(np.uint32)))
    return sets


def _groups(a: NDArray[np.int_], b: NDArray[np.int_], count: int) -> NDArray[np.int_]:
    """Number of the connected set of each article, counted in order of first appearance among those with a pair."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(a)), (a, b)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    order: dict[int, int] = {}
    for i in sorted(set(a.tolist()) | set(b.tolist())):
        order.setdefault(int(label[i]), len(order) + 1)
    return np.array([order.get(int(x), 0) for x in label])


def duplicate_shares(pairs: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How much of each outlet is text that others have too.

    Parameters
    ----------
    pairs
        Of :func:`near_duplicates`.
    articles
        Table with ``article_id`` and ``outlet``.

    Returns
    -------
    DataFrame
        One row per outlet: ``outlet, articles, copied`` (articles with a near duplicate in another outlet), ``share``
        in [0, 1] with its 95 % Wilson interval ``ci_low, ci_high``, and ``within`` (articles with a near duplicate in
        the same outlet).
    """
    across = pairs[pairs["outlet_a"] != pairs["outlet_b"]]
    inside = pairs[pairs["outlet_a"] == pairs["outlet_b"]]
    rows = []
    for outlet, ids in articles.groupby("outlet", sort=True)["article_id"]:
        mine = set(ids)
        copied = len(mine & (set(across["article_a"]) | set(across["article_b"])))
        within = len(mine & (set(inside["article_a"]) | set(inside["article_b"])))
        rows.append((outlet, len(mine), copied, *wilson(copied, len(mine)), within))
    return pd.DataFrame(rows, columns=["outlet", "articles", "copied", "share", "ci_low", "ci_high", "within"])


def who_copies_whom(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of outlets by the order in which shared text appeared.

    Returns
    -------
    DataFrame
        One row per ordered pair of outlets: ``earlier, later, pairs`` (pairs of articles with the earlier outlet's date
        before the later one's), ``same_day`` (pairs of both on one day, or undated, counted for both orders).
    """
    across = pairs[pairs["outlet_a"] != pairs["outlet_b"]]
    before = across["published_a"] < across["published_b"]
    counts: dict[tuple[str, str], list[int]] = {}
    for a, b, is_before in zip(across["outlet_a"], across["outlet_b"], before, strict=True):
        if is_before:
            counts.setdefault((a, b), [0, 0])[0] += 1
        else:
            counts.setdefault((a, b), [0, 0])[1] += 1
            counts.setdefault((b, a), [0, 0])[1] += 1
    rows = [(*key, *value) for key, value in sorted(counts.items(), key=lambda x: (-x[1][0], -x[1][1], x[0]))]
    return pd.DataFrame(rows, columns=["earlier", "later", "pairs", "same_day"])


def first_copies(pairs: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Which articles to count when each text counts once: all without a near duplicate, and the first of each group.

    Returns
    -------
    Series of bool
        Index of `articles`.
    """
    ordered = articles.sort_values(["published", "article_id"], kind="stable") if "published" in articles else articles
    group = dict(zip(pairs["article_a"], pairs["copy_group"], strict=True))
    group |= dict(zip(pairs["article_b"], pairs["copy_group"], strict=True))
    seen: set[int] = set()
    keep = {}
    for article in ordered["article_id"]:
        number = group.get(article)
        keep[article] = number is None or number not in seen
        if number is not None:
            seen.add(number)
    return articles["article_id"].map(keep).astype(bool)


def counted_once(scores: Any, pairs: pd.DataFrame | None = None) -> Any:
    """The scores without later copies: of each set of near duplicates only the first article is left.

    Parameters
    ----------
    scores
        Scores of the corpus.
    pairs
        Of :func:`near_duplicates`; ``None``: found with its default threshold.
    """
    found = near_duplicates(scores) if pairs is None else pairs
    return scores.with_articles(scores.articles[first_copies(found, scores.articles)].reset_index(drop=True))
