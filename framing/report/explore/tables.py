"""What the reading room knows without the texts: articles and their values, means by outlet, actors, terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.means import means
from framing.compare.values import ACTOR_MEASURES
from framing.plots.words import measure_name, measure_unit
from framing.report.checks import found_events
from framing.report.reading import ReportScores
from framing.report.terms import NOT_TERMS
from framing.report.wording import KINDS, Wording

# Measures of the overview, in its order; those of further scorers follow.
FIRST = (
    "sentiment", "sentiment_author", "sentiment_quoted", "sentiment_title", "loaded_per_1000", "scare_quotes",
    "quoted_share",
)  # fmt: skip
# Scorer whose hits stand for a measure of actors.
OF_ACTORS = {
    "sentiment_toward": "toward", "sentiment_toward_model": "toward_model", "agency": "agency", "mentions": "actors",
}  # fmt: skip
OWN_WORDS = ("loaded_terms_author", "loaded_per_1000")
FAMILIES = {"frame_": "frames", "function_": "frame_functions"}
DIGITS = 4
PRECISION = {"year": 4, "month": 7}

Evidence = dict[str, Any]


def overview(scores: ReportScores, words: Wording, *, n_resamples: int, seed: int) -> dict[str, Any]:
    """Tables of the page, as plain data for JSON. Articles are numbered by outlet, date and id.

    Parameters
    ----------
    scores : Scores
        Their texts are read only where events must be found.
    words : Wording
        Language of names and units.
    n_resamples, seed : int
        Of the bootstrap of the means.
    """
    articles = in_order(scores.articles)
    names = sorted(articles["outlet"].astype(str).unique())
    own = _measures(articles)
    of_actors = [name for name in ACTOR_MEASURES if _is_number(scores.actors, name)]
    table = means(scores, measures=[*own, *of_actors], n_resamples=n_resamples, seed=seed)
    at = {article: i for i, article in enumerate(articles["article_id"])}
    number = {name: i for i, name in enumerate(names)}
    actors = scores.actors[scores.actors["article_id"].isin(at.keys())]
    return _events(scores, articles) | {
        "outlets": names,
        "measures": [_measure(name, words) for name in own],
        "actorMeasures": [_measure(name, words) for name in of_actors],
        "means": _means(table[table["target"] == ""], own, number),
        "method": str(table["method"].iloc[0]) if len(table) else "",
        "articles": _articles(articles, number, own),
        "actors": _actors(actors, at, of_actors, table[table["target"] != ""], number),
        "terms": _terms(scores.hits, at, words),
        "signature": scores.signature.short(),
    }


def in_order(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles by outlet, date and id: the numbers that the page calls them by."""
    columns = [name for name in ("outlet", "published", "article_id") if name in articles.columns]
    return articles.sort_values(columns, kind="stable", ignore_index=True)


def evidence(measure: str) -> Evidence | None:
    """Which hits a measure of articles is made of, as a filter; ``None`` where no hit stands for it.

    Examples
    --------
    >>> evidence("frame_conflict")
    {'scorer': 'frames', 'category': 'conflict'}
    """
    if measure in OF_ACTORS:
        return {"scorer": OF_ACTORS[measure]}
    for prefix, scorer in FAMILIES.items():
        if measure.startswith(prefix):
            return {"scorer": scorer, "category": measure.removeprefix(prefix)}
    if measure == "sentiment_title":
        return {"scorer": "sentiment", "field": "title"}
    if measure.startswith("sentiment"):
        voice = measure.removeprefix("sentiment_")
        return {"scorer": "sentiment"} | ({"voice": voice} if voice in ("author", "quoted") else {})
    if measure.startswith("loaded_"):
        return {"scorer": "loaded_terms", "not": list(NOT_TERMS)} | (
            {"voice": "author"} if measure in OWN_WORDS else {}
        )
    if measure == "scare_quotes":
        return {"scorer": "loaded_terms", "category": "scare_quote"}
    return {"scorer": "quotation"} if measure == "quoted_share" else None


def _measures(articles: pd.DataFrame) -> list[str]:
    further = [str(name) for name in articles.columns if str(name).startswith(tuple(FAMILIES))]
    return [name for name in (*FIRST, *further) if name in articles.columns and articles[name].notna().any()]


def _measure(name: str, words: Wording) -> dict[str, Any]:
    kind = KINDS.get(name, "number")
    return {
        "key": name,
        "name": measure_name(name, words.language),
        "unit": "" if kind == "percent" else measure_unit(name, words.language),
        "kind": kind,
        "group": group(name),
        "evidence": evidence(name),
    }


def group(measure: str) -> str:
    """Part of the overview that a measure stands in.

    Examples
    --------
    >>> group("frame_conflict"), group("sentiment_title"), group("quoted_share")
    ('frames', 'sentiment', 'terms_and_voices')
    """
    family = next((scorer for prefix, scorer in FAMILIES.items() if measure.startswith(prefix)), None)
    return family or ("sentiment" if measure.startswith("sentiment") else "terms_and_voices")


def _events(scores: ReportScores, articles: pd.DataFrame) -> dict[str, Any]:
    """Of each article the event that it shares with another outlet, or nothing; names of events; whence they are."""
    given = "event" in articles.columns and bool((articles["event"].fillna("") != "").any())
    if given:
        own = articles.assign(event=articles["event"].astype(object).where(articles["event"].notna(), "").astype(str))
        # events that same_event numbered and a person corrected have no names of their own
        numbered = own[own["event"].str.fullmatch(r"e\d{4,}")].sort_values("published", kind="stable")
        numbered = numbered.drop_duplicates("event")
        names = dict(zip(numbered["event"], numbered["title"].astype(str), strict=True))
    else:
        found = found_events(scores)
        if found is None:
            return {"events": None, "eventNames": {}, "eventsFound": False}
        found = found[found["outlets"] > 1]
        central = found.sort_values(["similarity", "article_id"], ascending=[False, True], kind="stable")
        first = central.drop_duplicates("event")
        names = dict(zip(first["event"], first["title"].astype(str), strict=True))
        event = articles["article_id"].map(found.set_index("article_id")["event"])
        own = articles.assign(event=event.astype(object).where(event.notna(), "").astype(str))
    outlets = own.groupby("event")["outlet"].transform("nunique")
    shared = own["event"].where((outlets > 1) & (own["event"] != ""), "")
    if not (shared != "").any():
        return {"events": None, "eventNames": {}, "eventsFound": False}
    return {"events": shared.tolist(), "eventNames": names, "eventsFound": not given}


def _means(table: pd.DataFrame, measures: list[str], outlets: dict[str, int]) -> list[list[Any]]:
    """Of each measure and outlet ``[n, estimate, low, high]``."""
    cells: list[list[Any]] = [[None] * len(outlets) for _ in measures]
    position = {name: i for i, name in enumerate(measures)}
    columns = ["measure", "group", "n", "estimate", "ci_low", "ci_high"]
    for measure, group, n, *numbers in table[columns].itertuples(index=False, name=None):
        cells[position[measure]][outlets[str(group)]] = [int(n), *plain(numbers)]
    return cells


def _articles(articles: pd.DataFrame, outlets: dict[str, int], measures: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "id": articles["article_id"].astype(str).tolist(),
        "outlet": [outlets[name] for name in articles["outlet"].astype(str)],
        "date": _dates(articles),
        "title": _strings(articles, "title"),
        "tokens": articles["n_tokens"].astype(int).tolist(),
        "values": [plain(articles[name]) for name in measures],
    }
    if "url" in articles.columns and articles["url"].notna().any():
        result["url"] = _strings(articles, "url")
    return result


def _dates(articles: pd.DataFrame) -> list[str]:
    """Dates as far as they are known: ``2025-01-31``, ``2025-01``, ``2025`` or nothing."""
    dates = pd.to_datetime(articles["published"]).dt.strftime("%Y-%m-%d").fillna("").tolist()
    if "published_precision" not in articles.columns:
        return dates
    return [date[: PRECISION.get(str(p), 10)] for date, p in zip(dates, articles["published_precision"], strict=True)]


def _actors(
    actors: pd.DataFrame, at: dict[str, int], measures: list[str], table: pd.DataFrame, outlets: dict[str, int]
) -> list[dict[str, Any]]:
    """Actors, those of most articles first, with their articles, values and means by outlet."""
    if not len(actors):
        return []
    by_actor = {str(actor): part for actor, part in table.groupby("target")}
    rows = actors.assign(at=actors["article_id"].map(at)).sort_values("at", kind="stable")
    found = []
    for actor, part in rows.groupby("actor", sort=True):
        own = by_actor.get(str(actor))
        found.append({
            "id": str(actor),
            "name": str(part["name"].iloc[0]),
            "type": str(part["type"].iloc[0]),
            "at": part["at"].tolist(),
            "values": [plain(part[name]) for name in measures],
            "means": [] if own is None else _means(own, measures, outlets),
        })  # fmt: skip
    return sorted(found, key=lambda one: (-len(one["at"]), one["id"]))


def _terms(hits: pd.DataFrame, at: dict[str, int], words: Wording) -> list[dict[str, Any]]:
    """Loaded terms, the most frequent first: their articles, and how often in all and in the outlet's own words."""
    loaded = hits[(hits["scorer"] == "loaded_terms") & ~hits["category"].isin(NOT_TERMS)]
    loaded = loaded.assign(at=loaded["article_id"].map(at), own=loaded["voice"] == "author").dropna(subset=["at"])
    counts = loaded.groupby(["term", "category", "at"], as_index=False).agg(n=("own", "size"), own=("own", "sum"))
    found = [
        {
            "term": str(term),
            "category": str(category),
            "kind": words.label(str(category)),
            "at": part["at"].astype(int).tolist(),
            "n": part["n"].tolist(),
            "own": part["own"].astype(int).tolist(),
        }
        for (term, category), part in counts.groupby(["term", "category"], sort=True)
    ]
    return sorted(found, key=lambda one: (-sum(one["n"]), one["term"], one["category"]))


def _is_number(frame: pd.DataFrame, name: str) -> bool:
    return name in frame.columns and pd.api.types.is_numeric_dtype(frame[name])


def plain(numbers: Iterable[Any]) -> list[float | int | None]:
    """Numbers for JSON, rounded, whole ones as such; missing ones as ``None``.

    Examples
    --------
    >>> plain([0.123456, 2.0, float("nan")])
    [0.1235, 2, None]
    """
    rounded = np.round(np.array([np.nan if pd.isna(x) else float(x) for x in numbers], dtype=np.float64), DIGITS)
    return [None if x != x else int(x) if x == int(x) else x for x in rounded.tolist()]


def _strings(frame: pd.DataFrame, name: str) -> list[str]:
    return frame[name].astype(object).where(frame[name].notna(), "").astype(str).tolist()
