"""One batch of articles, parsed once and read by every scorer, as tables.

The tables of a batch depend on nothing but its articles, so that batches can be scored anywhere, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.language.documents import Documents, uncollected
from framing.language.voices import QUOTED, VOICES
from framing.scorers import Actors, Scorer
from framing.scorers.actors import ACTOR_COLUMNS, as_columns, speakers
from framing.scorers.base import Hits, ratio, sum_by
from framing.scorers.textblob_de import TextBlobSentiment

FIELDS = ("title", "text")
_OPTIONAL = ("url", "author", "section", "event")
# measures of the main job in the order of the table; those of further scorers follow
_ARTICLE = (
    "article_id", "outlet", "published", "title", "n_tokens", "n_sentences", "quoted_share", "sentiment",
    "sentiment_author", "sentiment_quoted", "sentiment_title", "sentiment_coverage", "loaded_terms",
    "loaded_terms_author", "loaded_per_1000", "scare_quotes",
)  # fmt: skip
_COUNTS = ("loaded_terms", "loaded_terms_author", "scare_quotes")
_HITS = (
    "article_id", "field", "scorer", "start", "end", "surface", "term", "category", "target", "value", "voice", "note"
)  # fmt: skip
_QUOTES = ("article_id", "field", "start", "end", "form", "speaker", "actor", "cue", "cue_class")


@dataclass(frozen=True)
class Scorers:
    """The scorers of one run.

    Attributes
    ----------
    by_name
        Scorers by their names in the registry; ``sentiment``, ``loaded_terms`` and ``actors`` are always there.
    method
        Name of the sentiment method.
    """

    by_name: Mapping[str, Scorer]
    method: str

    @property
    def sentiment(self) -> Scorer:
        """The sentiment method."""
        return self.by_name["sentiment"]

    @property
    def actors(self) -> Actors:
        """The portrayal of actors."""
        actors = self.by_name["actors"]
        assert isinstance(actors, Actors)
        return actors


def score_batch(articles: pd.DataFrame, scorers: Scorers) -> dict[str, pd.DataFrame]:
    """The four tables of some articles; depends on nothing but them, so that batches can run anywhere."""
    titles, texts = articles["title"].tolist(), articles["text"].tolist()
    count = len(articles)
    group = np.repeat(np.arange(count, dtype=np.int32), 2)
    segments = [s for pair in zip(titles, texts, strict=True) for s in pair]
    with uncollected():
        d = Documents(segments, group=group, gazetteer=scorers.actors.gazetteer)
        hits = {name: scorer.hits(d) for name, scorer in scorers.by_name.items()}
        valued = hits["sentiment"] if scorers.method == "lexicon" else None
        hits |= scorers.actors.portrayal(d, hits["actors"], valued, hits["loaded_terms"])
        ids = articles["article_id"].tolist()
        return {
            "articles": _article_table(articles, d, scorers, hits, group),
            "hits": _hit_tables(d, hits, ids),
            "actors": _actor_table(d, scorers, hits, group, ids),
            "quotes": _quote_table(d, ids),
        }


def _article_table(
    articles: pd.DataFrame, d: Documents, scorers: Scorers, hits: dict[str, Hits], group: Any
) -> pd.DataFrame:
    count = len(articles)
    t = d.tokens
    of_token = group[t.segment]
    n_tokens = sum_by(of_token, count)
    frame = articles[["article_id", "outlet", "published", "title"]].reset_index(drop=True)
    frame["n_tokens"] = n_tokens.astype(int)
    frame["n_sentences"] = sum_by(of_token[t.opens_sentence], count).astype(int)
    frame["quoted_share"] = ratio(sum_by(of_token[d.voice == QUOTED], count), n_tokens)
    measures: dict[str, Any] = {"sentiment_title": _title_sentiment(d, scorers, hits["sentiment"], group, count)}
    for name, scorer in scorers.by_name.items():
        if name != "actors":
            measures |= scorer.measures(d, hits[name], group, count)
    for column, values in measures.items():
        frame[column] = values
    frame = frame.astype(dict.fromkeys(_COUNTS, int))
    frame = frame[[*_ARTICLE, *(c for c in frame.columns if c not in _ARTICLE)]]
    for column in _OPTIONAL:
        if column in articles.columns:
            frame[column] = articles[column].to_numpy()
    return frame


def _title_sentiment(d: Documents, scorers: Scorers, hits: Hits, group: Any, count: int) -> Any:
    if isinstance(scorers.sentiment, TextBlobSentiment):
        # it reads texts, not hits: give it no more than the titles
        return scorers.sentiment.measures(Documents(d.texts[::2]), hits, group[::2], count)["sentiment"]
    # titles alone: every second text, the others in a group that is dropped
    title_group = np.where(np.arange(len(group)) % 2 == 0, group, count).astype(np.int32)
    return scorers.sentiment.measures(d, hits, title_group, count + 1)["sentiment"][:count]


def _hit_tables(d: Documents, hits: Mapping[str, Hits], ids: list[str]) -> pd.DataFrame:
    """Hits article by article, so that the table does not depend on how articles were put into batches."""
    import pyarrow as pa

    t, found = d.tokens, list(hits.values())
    first, last = (np.concatenate([getattr(h, end) for h in found]).astype(np.int64) for end in ("first", "last"))
    segment = t.segment[first]
    order = np.argsort(segment // 2, kind="stable")
    first, last, segment = first[order], last[order], segment[order]
    start, end = t.start[first], t.end[last - 1]
    scorer = np.repeat(np.arange(len(found)), [len(h) for h in found])[order]

    def chosen(names: Iterable[str], number: Any) -> Any:
        return pd.array(pa.array(names, pa.large_string()).take(pa.array(number)), dtype="str")

    def text(name: str) -> Any:
        return chosen([x for h in found for x in getattr(h, name)], order)

    texts = d.texts
    surface = [texts[s][a:b] for s, a, b in zip(segment.tolist(), start.tolist(), end.tolist(), strict=True)]
    columns = {
        "article_id": chosen(ids, segment // 2),
        "field": chosen(FIELDS, segment % 2),
        "scorer": chosen(list(hits), scorer),
        "start": start.astype(np.int64),
        "end": end.astype(np.int64),
        "surface": chosen(surface, np.arange(len(surface))),
        "term": text("term"),
        "category": text("category"),
        "target": text("target"),
        "value": np.concatenate([h.value for h in found])[order],
        "voice": chosen(VOICES, d.voice[first]),
        "note": text("note"),
    }
    return pd.DataFrame(columns, columns=list(_HITS))


def _actor_table(d: Documents, scorers: Scorers, hits: dict[str, Hits], group: Any, ids: list[str]) -> pd.DataFrame:
    rows = scorers.actors.portraits(d, hits, group)
    frame = pd.DataFrame([(ids[g], *as_columns(row)) for g, row in rows], columns=["article_id", *ACTOR_COLUMNS])
    return frame.astype(dict.fromkeys(("article_id", "actor", "name", "type", "namings", "kinds"), "str"))


def _quote_table(d: Documents, ids: list[str]) -> pd.DataFrame:
    t = d.tokens
    names = [name for _, name in speakers(d)]
    rows = [
        (
            ids[q.segment // 2], FIELDS[q.segment % 2], int(t.start[q.first]), int(t.end[q.last - 1]), q.form,
            d.surface(*q.speaker) if q.speaker else None, name,
            d.surface(q.cue, q.cue + 1) if q.cue is not None else None, q.cue_class,
        )
        for q, name in zip(d.quotation_list, names, strict=True)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(_QUOTES))
    return frame.astype(dict.fromkeys(("article_id", "field", "form", "speaker", "actor", "cue", "cue_class"), "str"))
