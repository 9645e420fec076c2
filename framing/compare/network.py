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
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray
from framing.compare.links import N_ACTORS, Kind, Links, Within, links
from framing.errors import InputError, UsageError

if TYPE_CHECKING:
    from framing.scores import Scores

_MOST_VERBS = 12


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


def _nodes(scores: Scores, found: Links) -> dict[str, dict[str, Any]]:
    """Attributes of each actor."""
    own = scores.actors[scores.actors["article_id"].isin(found.articles["article_id"])]
    own = own[own["actor"].isin(found.actors)]
    by_actor = own.groupby("actor")
    table = by_actor.agg(type=("type", "first"), mentions=("mentions", "sum"), articles=("article_id", "nunique"))
    # scores of an older version lack power
    measured = [c for c in ("sentiment_toward", "agency", "power") if c in own.columns]
    table = table.join(by_actor[measured].mean())
    return {str(actor): {str(k): v for k, v in row.items()} for actor, row in table.to_dict("index").items()}


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


__all__ = ["association", "edges", "network", "write_network"]
