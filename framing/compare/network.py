"""Networks of actors: who is named together with whom, and who does what to whom.

``company``: an undirected edge joins two actors named in the same sentence (or article); its weight counts these
units. With n_i, n_j, n_ij the units that name either and both, and N all units, beside it stand

* ``npmi``: normalised pointwise mutual information, ``ln(n_ij N / (n_i n_j)) / -ln(n_ij / N)``, in [-1, 1]: 1 never one
  without the other, 0 as often as by chance, below 0 less often (Bouma 2009);
* ``log_likelihood``: G² of the fourfold table of units, 0 or more, large where chance is a bad explanation (Dunning
  1993). Sentences of one article depend on each other, so G² orders edges but is no test.

``action``: a directed edge leads from the agent to the patient of one verb (Sudhahar et al. 2015); the weight counts such verbs.
``verbs`` names them with counts; ``author``, ``quoted``, ``distanced`` count them by voice; ``agency`` and ``power`` are the
means of the verbs' values for the agent and lie in [-1, 1] (:mod:`framing.scorers.agency`). npmi and G² take agents
and patients of these verbs for the units. What is negated (``greift nicht an``) is counted with the rest, and
only verbs of which both sides are known actors have an edge: a small part of what an actor does.

Nodes have ``type``, ``mentions``, ``articles``, and the means over their articles of ``sentiment_toward``, ``agency`` and
``power``, without the attribute where nothing was measured.

References: Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL. Dunning, T.
(1993). Computational Linguistics 19(1), 61-74. Sudhahar, S., De Fazio, G., Franzosi, R. & Cristianini, N. (2015).
Network analysis of narrative content in large corpora. Natural Language Engineering 21(1), 81-112.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
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
_MOST_VERBS = 12


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


def network(
    scores: Scores,
    kind: Kind = "company",
    outlet: str | None = None,
    *,
    within: Within = "sentence",
    least: int = 3,
    n_actors: int = N_ACTORS,
) -> Any:
    """Network of the most named actors; see the module.

    Parameters
    ----------
    scores
        Scores of the corpus.
    kind
        ``"company"`` or ``"action"``.
    outlet
        Only its articles; ``None``: all.
    within
        Unit of company: ``"sentence"`` or ``"article"``.
    least
        Weight that an edge must have. Actors without an edge are left out.
    n_actors
        Only so many actors, those named in most articles.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        All attributes are numbers or strings, so that it can be written in any format; ``graph.graph`` holds ``kind``,
        ``within``, ``outlet``, ``n_articles``, ``n_units`` and ``least``.

    Raises
    ------
    UsageError
        Where kind, within or outlet is unknown.
    InputError
        Where no edge is left, or the hits hold no roles.

    Examples
    --------
    >>> import pandas as pd, framing
    >>> texts = ["Die NATO kritisiert Russland.", "Die NATO kritisiert Russland und China."]
    >>> corpus = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Blatt", "title": "", "text": texts})
    >>> graph = framing.network(framing.score(corpus, progress=False), "action", least=2)
    >>> [(a, b, e["weight"], e["verbs"]) for a, b, e in graph.edges(data=True)]
    [('NATO', 'Russland', 2, 'kritisieren:2')]
    """
    import networkx as nx

    found = links(scores, kind, outlet, within=within, n_actors=n_actors)
    weight = np.asarray(found.counts.sum(axis=0)).ravel().astype(np.int64)
    kept = np.flatnonzero(weight >= least)
    if not len(kept):
        raise InputError(f"no two actors are linked {least} times", cure="give a smaller least, or more articles")
    graph: Any = (nx.DiGraph if kind == "action" else nx.Graph)()
    graph.graph.update(
        kind=kind, within=within if kind == "company" else "verb", outlet=outlet or "", n_articles=len(found.articles),
        n_units=int(found.total), least=least,
    )  # fmt: skip
    ends = sorted({*found.source[kept].tolist(), *found.target[kept].tolist()})
    nodes = _nodes(scores, found)
    for k in ends:
        known = {c: v for c, v in nodes[found.actors[k]].items() if v == v}
        graph.add_node(found.actors[k], **known)
    npmi, g2 = association(
        weight[kept], found.margins[found.source[kept], 0], found.margins[found.target[kept], 1], found.total
    )
    with_articles = np.asarray((found.counts > 0).sum(axis=0)).ravel()
    deeds = _deeds(found.evidence) if kind == "action" else {}
    for k, p, g in zip(kept.tolist(), npmi.tolist(), g2.tolist(), strict=True):
        a, b = found.actors[found.source[k]], found.actors[found.target[k]]
        graph.add_edge(
            a,
            b,
            weight=int(weight[k]),
            articles=int(with_articles[k]),
            npmi=p,
            log_likelihood=g,
            **deeds.get((a, b), {}),
        )
    return graph


def association(n_ij: Any, n_i: Any, n_j: Any, total: float) -> tuple[FloatArray, FloatArray]:
    """Normalised pointwise mutual information and G² of pairs.

    Parameters
    ----------
    n_ij, n_i, n_j
        Units with both, with the first, with the second.
    total
        All units.

    Examples
    --------
    >>> npmi, g2 = association([10], [10], [10], 100)
    >>> npmi.round(2).tolist(), g2.round(1).tolist()
    ([1.0], [65.0])
    """
    both, one, other = (np.atleast_1d(np.asarray(x, dtype=np.float64)) for x in (n_ij, n_i, n_j))
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(both * total / (one * other)) / -np.log(both / total)
    npmi = np.where(both == total, 1.0, npmi)
    g2 = np.zeros(len(both))
    for seen, row, column in (
        (both, one, other), (one - both, one, total - other), (other - both, total - one, other),
        (total - one - other + both, total - one, total - other),
    ):  # fmt: skip
        with np.errstate(divide="ignore", invalid="ignore"):
            g2 += np.where(seen > 0, 2 * seen * np.log(seen * total / (row * column)), 0.0)
    return npmi, np.maximum(g2, 0.0)


def edges(graph: Any) -> pd.DataFrame:
    """Edges as a table, heaviest first: ``source, target, weight, articles, npmi, log_likelihood`` and, of actions, ``verbs``,
    counts by voice, ``agency, power``."""
    rows = [{"source": a, "target": b, **data} for a, b, data in graph.edges(data=True)]
    return pd.DataFrame(rows).sort_values(
        ["weight", "source", "target"], ascending=[False, True, True], ignore_index=True
    )


def write_network(graph: Any, path: str | os.PathLike[str]) -> Path:
    """Write a network in the format of the path's suffix: ``.graphml``, ``.gexf``, or the edges as ``.csv`` or ``.parquet``.

    The same network gives the same bytes. Tables are safe to open in a spreadsheet.

    Raises
    ------
    UsageError
        Where the suffix is another.
    """
    import networkx as nx

    from framing.report.tables import write_table
    from framing.signature import write_atomic

    target = Path(path)
    if target.suffix in (".csv", ".parquet"):
        return write_table(edges(graph), target)
    if target.suffix == ".graphml":
        lines = nx.generate_graphml(graph)
    elif target.suffix == ".gexf":
        lines = nx.generate_gexf(graph)
    else:
        raise UsageError(
            f"no network format {target.suffix!r}", file=str(target),
            cure="end the name in .graphml, .gexf, .csv or .parquet",
        )  # fmt: skip
    # the day of writing would make each day's file another
    text = re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(lines), count=1)
    return write_atomic(target, text.encode("utf-8"))


def links(
    scores: Scores, kind: Kind, outlet: str | None = None, *, within: Within = "sentence", n_actors: int = N_ACTORS
) -> Links:
    """Links counted in each article; parameters as of :func:`network`."""
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
    units = np.ones(len(articles))
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
    row = pd.Index(articles["article_id"]).get_indexer(pd.Index(found["article_id"]))
    counts = csr_array((np.ones(len(found)), (row, column)), shape=(len(articles), len(pair)))
    margins = np.column_stack([m.reindex(actors).fillna(0).to_numpy(np.float64) for m in margin])
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
    for low in range(0, len(texts), _BATCH):
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


def _nodes(scores: Scores, found: Links) -> dict[str, dict[str, Any]]:
    """Attributes of each actor."""
    own = scores.actors[scores.actors["article_id"].isin(found.articles["article_id"])]
    own = own[own["actor"].isin(found.actors)]
    table = own.groupby("actor").agg(
        type=("type", "first"), mentions=("mentions", "sum"), articles=("article_id", "nunique"),
        sentiment_toward=("sentiment_toward", "mean"), agency=("agency", "mean"), power=("power", "mean"),
    )  # fmt: skip
    return {str(row.pop("actor")): row for row in table.reset_index().to_dict("records")}


def _deeds(evidence: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    """Verbs, voices and values of each pair."""
    result: dict[tuple[str, str], dict[str, Any]] = {}
    for (a, b), own in evidence.groupby(["source", "target"]):
        verbs = own["verb"].value_counts().rename_axis("verb").reset_index(name="n")
        verbs = verbs.sort_values(["n", "verb"], ascending=[False, True]).head(_MOST_VERBS)
        voices = own["voice"].value_counts()
        result[str(a), str(b)] = {
            "verbs": "|".join(f"{verb}:{n}" for verb, n in zip(verbs["verb"], verbs["n"], strict=True)),
            **{voice: int(voices.get(voice, 0)) for voice in ("author", "quoted", "distanced")},
            "agency": float(own["agency"].mean()), "power": float(own["power"].mean()),
        }  # fmt: skip
    return result


__all__ = ["Links", "actions", "association", "edges", "links", "network", "write_network"]
