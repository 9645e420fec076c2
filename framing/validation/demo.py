"""The measures against the gold annotation of the demo corpus.

The gold was written with the texts: it shows that the tool finds what was planted, not how it does on real news.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.inference import bootstrap_weights, generator
from framing.compare.shares import wilson
from framing.demo import demo_corpus, demo_folder
from framing.language.gazetteer import gazetteer
from framing.scores import Scores
from framing.scoring import score
from framing.validation.spans import Span, overlap

RESAMPLES = 2000
STANCES = (("negative stance toward actors", -1), ("positive stance toward actors", 1))
FIGURES = ("precision", "recall", "f1")
_META = ("scare_quote", "distancing", "doubting_cue")


def load_gold() -> list[dict[str, Any]]:
    """Gold records of the demo corpus, one per article, with ``article_id``."""
    records: list[dict[str, Any]] = []
    for path in sorted((demo_folder() / "gold").glob("*.json")):
        for record in json.loads(path.read_text("utf-8")):
            record["article_id"] = record["article"].removesuffix(".txt")
            records.append(record)
    return records


def demo_accuracy(scores: Scores | None = None, seed: int = 0) -> pd.DataFrame:
    """Precision, recall and F1 of loaded terms, quotations, actors and the stance toward them in the demo corpus.

    Loaded terms and quotations agree where they share a character, actors where both name them in the article. The stance
    toward an actor in an article is the sign of `sentiment_toward`; where there is no value, no stance was found.

    Parameters
    ----------
    scores
        Scores of the demo corpus; made if not given.
    seed
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        One row per measure: ``what, gold, found`` (counts)``, precision, recall, f1`` in [0, 1], each with the bounds of its 95 %
        percentile bootstrap interval over whole articles: ``precision_low, precision_high`` and so on. A share of 0 or 1 that no
        resample changes has Wilson's interval over single cases.
    """
    scores = scores if scores is not None else score(demo_corpus(), progress=False)
    gold = load_gold()
    hits, quotes, actors = scores.hits, scores.quotes, scores.actors
    pairs: list[tuple[str, list[Span], list[Span]]] = []
    loaded = hits[(hits["scorer"] == "loaded_terms") & ~hits["category"].isin(_META)]
    pairs.append(("loaded terms", _spans(loaded), _gold_terms(gold, False)))
    pairs.append(("scare quotes", _spans(hits[hits["category"] == "scare_quote"]), _gold_terms(gold, True)))
    for form in ("direct", "indirect", "reported"):
        found = quotes[quotes["form"].eq(form) & quotes["field"].eq("text")]
        wanted: list[Span] = [
            ((g["article_id"], "text"), q["start"], q["end"])
            for g in gold
            for q in g["quotations"]
            if q["form"] == form
        ]
        pairs.append((f"{form} quotations", _spans(found), wanted))
    pairs.append(("actors", _named(actors), _gold_actors(gold, (-1, 0, 1))))
    for what, sign in STANCES:
        pairs.append((what, _named(actors[np.sign(actors["sentiment_toward"]) == sign]), _gold_actors(gold, (sign,))))
    ids = [str(i) for i in scores.articles["article_id"]]
    weights = bootstrap_weights(len(ids), RESAMPLES, generator(seed, "demo"))
    rows = []
    for what, own, coded in pairs:
        a = overlap(own, coded)
        row: dict[str, object] = {"what": what, "gold": a.gold, "found": a.found}
        counts = ((a.found_right, a.found), (a.gold_found, a.gold), None)
        drawn = _figures(weights @ _by_article(own, coded, ids))
        for name, values, count in zip(FIGURES, drawn, counts, strict=True):
            low, high = np.nanpercentile(values, (2.5, 97.5)).tolist()
            if count and low == high:
                _, low, high = wilson(*count)
            row |= {name: getattr(a, name), f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)


def _by_article(found: list[Span], gold: list[Span], ids: list[str]) -> NDArray[np.float64]:
    """Counts of `Agreement` in each article, shape ``(articles, 4)``; keys of spans are ``(article, …)``."""
    own: dict[str, tuple[list[Span], list[Span]]] = {i: ([], []) for i in ids}
    for side, spans in enumerate((found, gold)):
        for span in spans:
            own[span[0][0]][side].append(span)  # type: ignore[index]
    counts = [overlap(*own[i]) for i in ids]
    return np.array([(a.found, a.gold, a.found_right, a.gold_found) for a in counts], dtype=np.float64)


def _figures(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Precision, recall and F1 of counts of shape ``(resamples, 4)``, as `Agreement` has them."""
    found, gold, found_right, gold_found = counts.T
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = found_right / found, gold_found / gold
        f1 = np.where(precision + recall > 0, 2 * precision * recall / (precision + recall), 0.0)
    return precision, recall, f1


def _named(actors: pd.DataFrame) -> list[Span]:
    """Article and actor as spans that all share a character."""
    return [((article, actor), 0, 1) for article, actor in zip(actors["article_id"], actors["actor"], strict=True)]


def _gold_actors(gold: list[dict[str, Any]], stances: tuple[int, ...]) -> list[Span]:
    return [
        ((g["article_id"], _canonical(a["actor"])), 0, 1) for g in gold for a in g["actors"] if a["stance"] in stances
    ]


def _canonical(name: str) -> str:
    """The gazetteer's id of an actor that the gold calls by another of its names."""
    entry = gazetteer().forms.get(tuple(name.split()))
    return name if entry is None else entry.actor


def _spans(table: pd.DataFrame) -> list[Span]:
    keys = zip(table["article_id"], table["field"], strict=True)
    return list(zip(keys, table["start"].tolist(), table["end"].tolist(), strict=True))


def _gold_terms(gold: list[dict[str, Any]], scare: bool) -> list[Span]:
    return [
        ((g["article_id"], t["field"]), t["start"], t["end"])
        for g in gold
        for t in g["loaded_terms"]
        if (t["category"] == "scare_quote") == scare and t["category"] != "distancing"
    ]
