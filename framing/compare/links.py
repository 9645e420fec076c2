"""Links between actors, counted in each article: the same sentence or article, or agent and patient of one verb."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray
from framing.errors import InputError, UsageError

if TYPE_CHECKING:
    from framing.scores import Scores

Kind = Literal["company", "action"]
Within = Literal["sentence", "article"]
N_ACTORS = 50
_BATCH = 400


@dataclass(frozen=True)
class Links:
    """Links between actors, counted in each article.

    Attributes
    ----------
    actors
        The actors, most articles first.
    source, target
        Shape ``(pairs,)``: positions in `actors`; ``source < target`` where the links have no direction.
    counts
        Sparse, shape ``(articles, pairs)``.
    units
        Shape ``(articles,)``: sentences of each article, or 1.
    margins
        Shape ``(actors, 2)``: units that name the actor, or verbs with the actor as agent and as patient.
    total
        N: all units, or all verbs with both.
    articles
        Rows of the table of articles.
    evidence
        One row per link: ``article_id, field, start, end, source, target``, of actions also ``verb, voice, agency,
        power``.
    """

    actors: list[str]
    source: IntArray
    target: IntArray
    counts: Any = field(repr=False)
    units: FloatArray = field(repr=False)
    margins: FloatArray = field(repr=False)
    total: float
    articles: pd.DataFrame = field(repr=False)
    evidence: pd.DataFrame = field(repr=False)


def links(
    scores: Scores, kind: Kind, outlet: str | None = None, *, within: Within = "sentence", n_actors: int = N_ACTORS
) -> Links:
    """Links counted in each article; parameters as of :func:`framing.network`."""
    from scipy.sparse import csr_array

    if kind not in ("company", "action"):
        raise UsageError(f"no kind of network {kind!r}", cure="use 'company' or 'action'")
    if within not in ("sentence", "article"):
        raise UsageError(f"no unit {within!r}", cure="use 'sentence' or 'article'")
    articles = scores.articles
    if outlet is not None:
        articles = articles[articles["outlet"] == outlet]
        if articles.empty:
            known = ", ".join(sorted(map(str, scores.articles["outlet"].unique())))
            raise UsageError(f"no articles of the outlet {outlet!r}", cure=f"use one of {known}")
    articles = articles.reset_index(drop=True)
    named = scores.actors[scores.actors["article_id"].isin(articles["article_id"])]
    frequency = (
        named.groupby("actor").agg(articles=("article_id", "nunique"), mentions=("mentions", "sum")).reset_index()
    )
    order = frequency.sort_values(["articles", "mentions", "actor"], ascending=[False, False, True])
    actors = [str(a) for a in order["actor"].head(n_actors)]
    units: FloatArray = np.ones(len(articles))
    if kind == "action":
        found = actions(scores, articles)
        total, margin = float(len(found)), [found["source"].value_counts(), found["target"].value_counts()]
    else:
        if within == "sentence":
            mentions, units = _in_sentences(scores, articles)
        else:
            mentions = named[["article_id", "actor"]].assign(unit=named["article_id"], field="text", start=0, end=0)
        total, margin = float(units.sum()), [mentions["actor"].value_counts()] * 2
        found = _together(mentions[mentions["actor"].isin(actors)])
    at = {actor: k for k, actor in enumerate(actors)}
    found = found[found["source"].isin(actors) & found["target"].isin(actors)].reset_index(drop=True)
    source, target = found["source"].map(at).to_numpy(np.intp), found["target"].map(at).to_numpy(np.intp)
    if kind == "company":
        source, target = np.minimum(source, target), np.maximum(source, target)
    pair, column = np.unique(source * len(actors) + target, return_inverse=True)
    row: Any = pd.Index(articles["article_id"]).get_indexer(pd.Index(found["article_id"]))
    counts = csr_array((np.ones(len(found)), (row, column)), shape=(len(articles), len(pair)))
    margins = np.column_stack([m.reindex(actors).fillna(0) for m in margin]).astype(np.float64)
    width = max(len(actors), 1)
    return Links(actors, pair // width, pair % width, counts, units, margins, total, articles, found)


def actions(scores: Scores, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Verbs with an actor for agent and another for patient.

    Returns
    -------
    pandas.DataFrame
        ``article_id, field, start, end, source`` (agent)``, target`` (patient)``, verb, voice, agency, power``: one row per verb
        and pair, with the place and the values of the verb.

    Raises
    ------
    InputError
        Where the scores hold no roles.
    """
    hits = scores.hits
    if not (hits["scorer"] == "agency").any():
        raise InputError("the hits hold no roles of actors", cure="score the corpus again")
    place = ["article_id", "field", "start"]
    if articles is not None:
        hits = hits[hits["article_id"].isin(articles["article_id"])]
    roles = hits[hits["scorer"] == "agency"]
    power = hits[(hits["scorer"] == "power") & (hits["category"] == "agent")]
    agents = roles[roles["category"] == "agent"].merge(
        power[[*place, "target", "value"]].rename(columns={"value": "power"}), on=[*place, "target"], how="left"
    )
    agents = agents.rename(columns={"target": "source", "term": "verb", "value": "agency"})
    found = agents[[*place, "end", "source", "verb", "voice", "agency", "power"]].merge(
        roles.loc[roles["category"] == "patient", [*place, "target"]], on=place, how="inner"
    )
    columns = [*place, "end", "source", "target", "verb", "voice", "agency", "power"]
    return found.loc[found["source"] != found["target"], columns].reset_index(drop=True)


def _in_sentences(scores: Scores, articles: pd.DataFrame) -> tuple[pd.DataFrame, FloatArray]:
    """First mention of each actor in each sentence, and the number of sentences of each article."""
    from tqdm import tqdm

    from framing.language.tokens import tokenise
    from framing.language.vocabulary import Vocabulary

    hits = scores.hits
    hits = hits[hits["scorer"] == "actors"]
    at = pd.Index(articles["article_id"])
    article = at.get_indexer(pd.Index(hits["article_id"]))
    hits, article = hits[article >= 0], article[article >= 0]
    segment = 2 * article + (hits["field"] == "text").to_numpy()
    start = hits["start"].to_numpy(np.int64)
    texts = scores.texts.set_index("article_id").reindex(at)[["title", "text"]].fillna("").to_numpy().ravel().tolist()
    sentence, count = np.zeros(len(hits), np.int64), np.zeros(len(texts))
    vocabulary, before = Vocabulary(), 0
    starts = range(0, len(texts), _BATCH)
    for low in tqdm(starts, desc="sentences", unit=" batches", disable=not sys.stderr.isatty(), delay=2):
        tokens = tokenise(texts[low : low + _BATCH], vocabulary)
        if not len(tokens.start):
            continue
        own = np.flatnonzero((segment >= low) & (segment < low + _BATCH))
        span = int(max(tokens.start.max(), start[own].max(initial=0))) + 1
        keys = tokens.segment.astype(np.int64) * span + tokens.start
        token = np.searchsorted(keys, (segment[own] - low) * span + start[own], side="right") - 1
        sentence[own] = before + tokens.sentence[np.maximum(token, 0)]
        new = np.flatnonzero(np.diff(tokens.sentence, prepend=-1))
        count += np.bincount(low + tokens.segment[new], minlength=len(texts))
        before += int(tokens.sentence.max()) + 1
    table = hits[["article_id", "field", "start", "end", "target"]].rename(columns={"target": "actor"})
    table = table.assign(unit=sentence).drop_duplicates(["unit", "actor"])
    return table, count.reshape(-1, 2).sum(axis=1)


def _together(mentions: pd.DataFrame) -> pd.DataFrame:
    """Pairs of actors in one unit, the first in the alphabet first, with the place of the first mention of the pair."""
    m = mentions[["article_id", "unit", "field", "start", "end", "actor"]]
    both = m.merge(m[["unit", "actor", "start", "end"]], on="unit", suffixes=("", "_2"))
    both = both[both["actor"] < both["actor_2"]]
    return pd.DataFrame(
        {
            "article_id": both["article_id"], "field": both["field"],
            "start": both[["start", "start_2"]].min(axis=1), "end": both[["end", "end_2"]].max(axis=1),
            "source": both["actor"], "target": both["actor_2"],
        }
    )  # fmt: skip
