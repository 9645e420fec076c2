"""How far the ranking of outlets hangs on how sentiment was measured.

The same comparison is made again in other ways that a critic may ask for, and the order of the groups is held against
that of the default:

===================== =================================================================================================
``default``           sentiment as scored
name of a method      the whole corpus scored by another method (``textblob-de``, ``latent-semantic-scaling``, a file)
``without N words``   without the N words that move the groups most, from the hits, nothing is parsed again
``author``            the author's own words only
``quoted``            quoted words only
``title``             titles only
``text``              bodies only, without titles
``without copies``    without articles that are later copies of others, where they are named
``within events``     deviation from the mean of the event, over events that two or more groups report, where the
                      articles have a column ``event``; every group counts once in the mean of an event
===================== =================================================================================================

The words that move the groups most: with m_gw the mean over the articles of group g of the share that word w has in the
article's sentiment (sum of the values of its hits divided by the number of all hits), the words with the largest
``Σ_g |m_gw - m_w|``, m_w being the mean over the groups.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.means import means
from framing.errors import UsageError

COLUMNS = [
    "variant", "group", "n", "mean", "ci_low", "ci_high", "rank", "rank_change", "kendall_tau", "note", "method",
]  # fmt: skip
DEFAULT, WITHOUT_COPIES, WITHIN_EVENTS = "default", "without copies", "within events"
METHODS = ("lexicon", "textblob-de", "latent-semantic-scaling")
_BATCH = 100


def robustness(
    scores: Any,
    *,
    by: str = "outlet",
    methods: Sequence[str] = METHODS,
    n_words: int = 10,
    copies: Collection[str] = (),
    cluster: str | None = None,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Ranking of groups by sentiment, measured in several ways; see the module.

    Parameters
    ----------
    scores
        `Scores`, or a corpus, which is then scored first.
    by
        Column of `articles` that names the groups.
    methods
        Other methods of sentiment, names or files as in `score`; the one that made the scores is left out. Each reads
        the whole corpus again.
    n_words
        Number of words to leave out.
    copies
        Ids of articles that copy an earlier one, see :func:`framing.compare.duplicates.first_copies`.
    cluster, n_resamples, seed, confidence
        Of the bootstrap, as in `compare`.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        One row per variant and group, with the columns `COLUMNS`. `rank` 1 is the highest mean; `rank_change` is the rank
        less that of the default, positive where the group falls; `kendall_tau` (b, -1 to 1) holds the means of the groups
        against the default, one number per variant, NaN with fewer than two groups. `n` counts articles with a value;
        a group without any has no rank. `note` names the words left out. A variant that the scores do not allow is
        left out, such as words where the sentiment is no mean of hits.

    Raises
    ------
    UsageError
        If a column or method is unknown.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33(3), 239-251.
    """
    if n_words < 1:
        raise UsageError(f"n_words is {n_words}", cure="leave out at least 1")
    if not hasattr(scores, "hits"):
        from framing.scoring import score

        scores = score(scores, seed=seed, progress=progress)
    articles = scores.articles.reset_index(drop=True)
    values, notes = _from_scores(scores, articles, by, n_words)
    if len(copies):
        values[WITHOUT_COPIES] = articles["sentiment"].where(~articles["article_id"].isin(list(copies)))
    if "event" in articles and by in articles:
        deviation = within_events(articles["sentiment"], articles["event"], articles[by])
        if deviation.notna().any():
            values[WITHIN_EVENTS] = deviation
    for name, column in _by_method(scores, articles, methods, progress):
        values[name] = column
    keep = [c for c in dict.fromkeys(("article_id", by, cluster, "published", "published_precision")) if c in articles]
    frame = pd.concat([articles[keep], pd.DataFrame(values, index=articles.index)], axis=1)
    table = means(
        _Tables(frame, pd.DataFrame(), pd.DataFrame(), pd.DataFrame()), by=by, measures=list(values), cluster=cluster,
        n_resamples=n_resamples, seed=seed, confidence=confidence,
    )  # fmt: skip
    return _ranked(table.rename(columns={"measure": "variant", "estimate": "mean"}), notes)


@dataclass(frozen=True)
class _Tables:
    articles: pd.DataFrame
    actors: pd.DataFrame
    hits: pd.DataFrame
    quotes: pd.DataFrame


def influential_words(hits: pd.DataFrame, groups: pd.Series, n: int) -> list[str]:
    """The words that move the means of the groups most, most first; see the module.

    Parameters
    ----------
    hits
        Columns ``article_id, term, value``.
    groups
        Group of each article, by ``article_id``; articles without a group or a hit do not count.
    n
        How many words.
    """
    own = hits[["article_id", "term", "value"]].copy()
    own["group"] = own["article_id"].map(groups)
    own = own.dropna(subset="group")
    own["share"] = own["value"] / own.groupby("article_id")["value"].transform("size")
    sums = own.pivot_table(index="term", columns="group", values="share", aggfunc="sum", fill_value=0.0, observed=True)
    per_article = sums / own.groupby("group")["article_id"].nunique().reindex(sums.columns)
    moved = per_article.sub(per_article.mean(axis=1), axis=0).abs().sum(axis=1)
    return moved.sort_index().sort_values(ascending=False, kind="stable").index[:n].tolist()


def within_events(values: pd.Series, events: pd.Series, groups: pd.Series) -> pd.Series:
    """Each value less the mean of its event, NaN where fewer than two groups have a value in the event.

    The mean of an event is the mean over the means of its groups, so that a group with many articles does not pull it.
    """
    event = events.replace("", None)
    known = pd.DataFrame({"value": values, "event": event, "group": groups}).dropna()
    by_group = known.groupby(["event", "group"], observed=True)["value"].mean()
    by_event = by_group.groupby(level="event").agg(["mean", "size"])
    shared = by_event.loc[by_event["size"] > 1, "mean"]
    return values - event.map(shared).astype(np.float64)


def _from_scores(
    scores: Any, articles: pd.DataFrame, by: str, n_words: int
) -> tuple[dict[str, pd.Series], dict[str, str]]:
    """Variants that need no new parse."""
    values = {DEFAULT: articles["sentiment"]}
    notes: dict[str, str] = {}
    hits = scores.hits[scores.hits["scorer"] == "sentiment"]
    ids = articles["article_id"]
    if by in articles and np.allclose(_means_of(hits, ids), articles["sentiment"], atol=1e-9, equal_nan=True):
        words = influential_words(hits, articles.set_index("article_id")[by], n_words)
        name = f"without {n_words} words"
        values[name] = _means_of(hits[~hits["term"].isin(words)], ids)
        notes[name] = ", ".join(words)
        values["text"] = _means_of(hits[hits["field"] == "text"], ids)
    values |= {voice: articles[f"sentiment_{voice}"] for voice in ("author", "quoted", "title")}
    return values, notes


def _means_of(hits: pd.DataFrame, ids: pd.Series) -> pd.Series:
    """Mean value of the hits of each article, NaN without any."""
    return ids.map(hits.groupby("article_id")["value"].mean()).astype(np.float64)


def _by_method(
    scores: Any, articles: pd.DataFrame, methods: Sequence[str], progress: bool | None
) -> Iterator[tuple[str, pd.Series]]:
    """Sentiment of the articles by other methods than the one that made the scores."""
    from tqdm import tqdm

    from framing.scoring import make_scorers

    used = scores.signature.scorers.get("sentiment", {}).get("method", "lexicon")
    others = [name for name in dict.fromkeys(methods) if name != used]
    if not others:
        return
    texts = scores.texts.set_index("article_id").loc[articles["article_id"], ["title", "text"]]
    show = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(others) * len(texts), unit=" articles", desc="scoring", disable=not show, delay=0.5) as bar:
        for name in others:
            scorer = make_scorers(sentiment=name).sentiment
            scorer.fit(texts["text"].tolist())
            parts = []
            for start in range(0, len(texts), _BATCH):
                batch = texts.iloc[start : start + _BATCH]
                parts.append(scorer.transform(batch)[:, 0])
                bar.update(len(batch))
            yield name, pd.Series(np.concatenate(parts), index=articles.index)


def _ranked(table: pd.DataFrame, notes: dict[str, str]) -> pd.DataFrame:
    """Ranks within each variant, and how the order agrees with that of the default."""
    from scipy.stats import kendalltau

    table["rank"] = table.groupby("variant")["mean"].rank(ascending=False, method="min").astype("Int64")
    default = table[table["variant"] == DEFAULT].set_index("group")
    table["rank_change"] = table["rank"] - table["group"].map(default["rank"]).astype("Int64")
    tau = {}
    for variant, own in table.groupby("variant"):
        pair = pd.concat([own.set_index("group")["mean"], default["mean"]], axis=1).dropna()
        tau[variant] = float(kendalltau(pair.iloc[:, 0], pair.iloc[:, 1]).statistic) if len(pair) > 1 else np.nan
    table["kendall_tau"] = table["variant"].map(tau)
    table["note"] = [notes.get(variant, "") for variant in table["variant"]]
    return table[COLUMNS].reset_index(drop=True)
