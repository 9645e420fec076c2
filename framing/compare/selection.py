"""Selection: which events and actors an outlet reports and which it leaves out (gatekeeping), and how long its texts are.

``event_coverage``: of the events that at least `least` other outlets report, the share that the outlet reports too, in
[0, 1] with its Wilson interval; and the share of the outlet's own events that nobody else has. The outlet itself does
not decide which events count, so that an outlet with many events of its own is not favoured.

``actor_coverage``: the share of an outlet's articles that name an actor, beside that of all other outlets; Fisher's
exact test, p values adjusted over all rows.

``text_lengths``: how long the texts are and how many look cut off. A paywall that shows first paragraphs only makes an
outlet look more sober or more dramatic than it is.

References: Shoemaker & Vos (2009), Gatekeeping theory; Wilson (1927), JASA 22; Newcombe (1998), Statistics in
Medicine 17, method 10, for the interval of a difference of shares.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.shares import wilson
from framing.errors import UsageError

# Phrases of German news sites where a text goes on behind a paywall.
_CUT = re.compile(
    r"(weiterlesen|jetzt (?:lesen|abonnieren|registrieren|testen)|nur für abonnenten|abonnenten vorbehalten"
    r"|(?:plus|premium)-(?:artikel|abo)|vollständigen artikel)\W*\Z|(?:…|\.\.\.|\[\.\.\.\])\W*\Z",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[.!?:;)\]»«“”\"'’‘›‹]\s*\Z")
SHORT = 100


def event_coverage(scores: Any, *, least: int = 2) -> pd.DataFrame:
    """Share of the events of other outlets that each outlet reports.

    Parameters
    ----------
    scores
        Scores whose articles have the column ``event``; see :func:`framing.compare.same_event.with_events`.
    least
        Other outlets that must report an event for it to count.

    Returns
    -------
    DataFrame
        One row per outlet: ``outlet, events`` (that count), ``covered, share, ci_low, ci_high``, ``own_events`` (with
        an article of the outlet), ``alone`` (of these, reported by nobody else), ``alone_share``.

    Raises
    ------
    UsageError
        Where no events are known.
    """
    matrix = _event_matrix(scores)
    rows = []
    for outlet in matrix.columns:
        mine = matrix[outlet]
        others = matrix.drop(columns=outlet).sum(axis=1)
        counts = others >= least
        covered = int((mine & counts).sum())
        alone = int((mine & (others == 0)).sum())
        share, low, high = wilson(covered, int(counts.sum()))
        rows.append(
            (
                outlet,
                int(counts.sum()),
                covered,
                share,
                low,
                high,
                int(mine.sum()),
                alone,
                wilson(alone, int(mine.sum()))[0],
            )
        )
    return pd.DataFrame(
        rows,
        columns=["outlet", "events", "covered", "share", "ci_low", "ci_high", "own_events", "alone", "alone_share"],
    )


def events_left_out(scores: Any, outlet: str, *, least: int = 2) -> pd.DataFrame:
    """Events that at least `least` other outlets report and the outlet does not, the most reported first.

    Returns
    -------
    DataFrame
        ``event, first`` (day), ``outlets, articles, title`` (the earliest headline).

    Raises
    ------
    UsageError
        Where no events are known or there is no such outlet.
    """
    matrix = _event_matrix(scores)
    if outlet not in matrix:
        raise UsageError(f"no outlet {outlet!r}", cure=f"one of {', '.join(map(str, matrix.columns))}")
    missing = matrix.index[~matrix[outlet] & (matrix.sum(axis=1) >= least)]
    articles = scores.articles[scores.articles["event"].isin(missing)].sort_values(["published", "article_id"])
    groups = articles.groupby("event", sort=False)
    table = pd.DataFrame(
        {
            "first": groups["published"].first(), "outlets": groups["outlet"].nunique(),
            "articles": groups.size(), "title": groups["title"].first(),
        }
    )  # fmt: skip
    return (
        table.rename_axis("event").reset_index()
        .sort_values(["outlets", "articles", "first", "event"], ascending=[False, False, True, True])
        .reset_index(drop=True)
    )  # fmt: skip


def actor_coverage(scores: Any, *, actors: int | list[str] = 20) -> pd.DataFrame:
    """Share of articles that name an actor, by outlet, beside all other outlets.

    Parameters
    ----------
    scores
        Scores of the corpus.
    actors
        Ids of actors, or how many of those named in most articles.

    Returns
    -------
    DataFrame
        One row per actor and outlet: ``actor, outlet, n`` (articles), ``naming`` (of these, with the actor), ``share,
        share_rest, difference, ci_low, ci_high`` (Newcombe, 95 %), ``p`` (Fisher), ``p_adjusted`` (Benjamini-Hochberg
        over the table).
    """
    from scipy.stats import false_discovery_control, fisher_exact

    articles = scores.articles
    mentions = scores.actors[scores.actors["article_id"].isin(articles["article_id"])]
    if isinstance(actors, int):
        naming_articles = mentions.groupby("actor")["article_id"].nunique().sort_values(ascending=False, kind="stable")
        chosen = [str(actor) for actor in naming_articles.index[:actors]]
    else:
        chosen = actors
    outlet_of = articles.set_index("article_id")["outlet"]
    total = articles["outlet"].value_counts().sort_index()
    rows = []
    for actor in chosen:
        ids = mentions.loc[mentions["actor"] == actor, "article_id"].unique()
        naming = outlet_of.loc[ids].value_counts().reindex(total.index, fill_value=0)
        for outlet in total.index:
            n, k = int(total[outlet]), int(naming[outlet])
            n_rest, k_rest = int(total.sum() - n), int(naming.sum() - k)
            if n_rest == 0:
                continue
            p = float(fisher_exact([[k, n - k], [k_rest, n_rest - k_rest]]).pvalue)
            low, high = _newcombe(k, n, k_rest, n_rest)
            rows.append((actor, outlet, n, k, k / n, k_rest / n_rest, k / n - k_rest / n_rest, low, high, p))
    table = pd.DataFrame(
        rows,
        columns=["actor", "outlet", "n", "naming", "share", "share_rest", "difference", "ci_low", "ci_high", "p"],
    )
    table["p_adjusted"] = false_discovery_control(table["p"]) if len(table) else []
    return table


def text_lengths(scores: Any) -> pd.DataFrame:
    """Length of texts by outlet, and how many look cut off.

    Returns
    -------
    DataFrame
        One row per outlet: ``outlet, articles, q25, median, q75`` (tokens), ``short`` (share under 100 tokens),
        ``cut`` (share that ends in an ellipsis, in words like "Weiterlesen", or without a mark that ends a
        sentence), ``cut_low, cut_high`` (Wilson, 95 %).
    """
    texts = scores.texts.set_index("article_id")["text"]
    rows = []
    for outlet, part in scores.articles.groupby("outlet", sort=True):
        ends = [texts[i][-200:] for i in part["article_id"]]
        cut = sum(bool(_CUT.search(end)) or not _WHOLE.search(end) for end in ends)
        share, low, high = wilson(cut, len(ends))
        quartiles = np.percentile(part["n_tokens"], [25, 50, 75])
        rows.append((outlet, len(part), *quartiles, float((part["n_tokens"] < SHORT).mean()), share, low, high))
    return pd.DataFrame(
        rows, columns=["outlet", "articles", "q25", "median", "q75", "short", "cut", "cut_low", "cut_high"]
    )


def _event_matrix(scores: Any) -> pd.DataFrame:
    """Whether each outlet (columns) reports each event (rows)."""
    articles = scores.articles
    if "event" not in articles or articles["event"].isna().all():
        raise UsageError(
            "no events are known", cure="find them with framing.same_event and add them with framing.with_events"
        )
    known = articles.dropna(subset=["event"])
    return pd.crosstab(known["event"], known["outlet"]).astype(bool)


def _newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    p1, l1, u1 = wilson(k1, n1)
    p2, l2, u2 = wilson(k2, n2)
    return (
        p1 - p2 - float(np.hypot(p1 - l1, u2 - p2)),
        p1 - p2 + float(np.hypot(u1 - p1, p2 - l2)),
    )
