"""The measures against the gold annotation of the demo corpus.

The gold was written with the texts: it shows that the tool finds what was planted, not how it does on real news.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from framing.demo import demo_corpus, demo_folder
from framing.language.gazetteer import gazetteer
from framing.scores import Scores
from framing.scoring import score
from framing.validation.spans import Agreement, Span, overlap

_META = ("scare_quote", "distancing", "doubting_cue")


def load_gold() -> list[dict[str, Any]]:
    """Gold records of the demo corpus, one per article, with ``article_id``."""
    records: list[dict[str, Any]] = []
    for path in sorted((demo_folder() / "gold").glob("*.json")):
        for record in json.loads(path.read_text("utf-8")):
            record["article_id"] = record["article"].removesuffix(".txt")
            records.append(record)
    return records


def demo_accuracy(scores: Scores | None = None) -> pd.DataFrame:
    """Precision, recall and F1 of loaded terms, quotations, speakers and actors in the demo corpus.

    Parameters
    ----------
    scores
        Scores of the demo corpus; made if not given.
    """
    scores = scores if scores is not None else score(demo_corpus(), progress=False)
    gold = load_gold()
    hits, quotes = scores.hits, scores.quotes
    rows: list[tuple[str, Agreement]] = []
    loaded = hits[(hits["scorer"] == "loaded_terms") & ~hits["category"].isin(_META)]
    rows.append(("loaded terms", overlap(_spans(loaded), _gold_terms(gold, False))))
    scare = hits[hits["category"] == "scare_quote"]
    rows.append(("scare quotes", overlap(_spans(scare), _gold_terms(gold, True))))
    for form in ("direct", "indirect", "reported"):
        found = quotes[(quotes["form"] == form) & (quotes["field"] == "text")]
        wanted = [(g["article_id"], q["start"], q["end"]) for g in gold for q in g["quotations"] if q["form"] == form]
        rows.append((f"{form} quotations", overlap(_triples(found["article_id"], found), wanted)))
    pairs = {(r.article_id, r.actor) for r in scores.actors.itertuples()}
    wanted_pairs = {(g["article_id"], _canonical(a["actor"])) for g in gold for a in g["actors"]}
    both = len(pairs & wanted_pairs)
    rows.append(("actors", Agreement(len(pairs), len(wanted_pairs), both, both)))
    table = pd.DataFrame(
        [(name, a.gold, a.found, a.precision, a.recall, a.f1) for name, a in rows],
        columns=["what", "gold", "found", "precision", "recall", "f1"],
    )
    return table


def _canonical(name: str) -> str:
    """The gazetteer's id of an actor that the gold calls by another of its names."""
    entry = gazetteer().forms.get(tuple(name.split()))
    return name if entry is None else entry.actor


def _spans(hits: pd.DataFrame) -> list[tuple[Any, int, int]]:
    return _triples(zip(hits["article_id"], hits["field"], strict=True), hits)


def _triples(keys: Iterable[Hashable], frame: pd.DataFrame) -> list[Span]:
    return list(zip(keys, frame["start"].tolist(), frame["end"].tolist(), strict=True))


def _gold_terms(gold: list[dict[str, Any]], scare: bool) -> list[tuple[Any, int, int]]:
    return [
        ((g["article_id"], t["field"]), t["start"], t["end"])
        for g in gold
        for t in g["loaded_terms"]
        if (t["category"] == "scare_quote") == scare and t["category"] != "distancing"
    ]
