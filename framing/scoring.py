"""From a corpus table to scores: parse once, let every scorer read the parse, collect four tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing import lexicons
from framing.errors import InputError, UsageError
from framing.language import cache
from framing.language.documents import Documents, printable
from framing.language.vocabulary import shared_vocabulary
from framing.language.voices import QUOTED, VOICES
from framing.scorers import SENTIMENT_METHODS, Actors, LexiconSentiment, LoadedTerms, Scorer
from framing.scorers.actors import ACTOR_COLUMNS, as_columns, speakers
from framing.scorers.base import Hits, ratio, sum_by
from framing.scores import TABLES, ArticleScores, Scores
from framing.signature import Signature, sign

BATCH = 100
FIELDS = ("title", "text")
_OPTIONAL = ("url", "author", "section", "event")
_ARTICLE = (
    "article_id", "outlet", "published", "title", "n_tokens", "n_sentences", "quoted_share", "sentiment",
    "sentiment_author", "sentiment_quoted", "sentiment_title", "sentiment_coverage", "loaded_terms",
    "loaded_terms_author", "loaded_per_1000", "scare_quotes",
)  # fmt: skip
_HITS = (
    "article_id", "field", "scorer", "start", "end", "surface", "term", "category", "target", "value", "voice", "note"
)  # fmt: skip
_QUOTES = ("article_id", "field", "start", "end", "form", "speaker", "actor", "cue", "cue_class")


@dataclass(frozen=True)
class Scorers:
    """The scorers of one run.

    Attributes
    ----------
    sentiment, loaded_terms, actors
        The three measures of the main job.
    method
        Name of the sentiment method.
    """

    sentiment: Scorer
    loaded_terms: LoadedTerms
    actors: Actors
    method: str


def make_scorers(sentiment: str = "lexicon", loaded_terms: str = "loaded_terms") -> Scorers:
    """The scorers by their options.

    Parameters
    ----------
    sentiment
        ``lexicon``, ``textblob-de``, or a CSV file with ``term`` and ``valence`` for the lexicon method.
    loaded_terms
        ``loaded_terms`` or a CSV file.
    """
    scorer: Scorer
    if sentiment in SENTIMENT_METHODS:
        scorer = SENTIMENT_METHODS[sentiment]()
    elif Path(sentiment).suffix.lower() == ".csv":
        scorer = LexiconSentiment(sentiment)
    else:
        raise UsageError(
            f"no sentiment method {sentiment!r}", cure=f"one of {', '.join(SENTIMENT_METHODS)}, or a CSV lexicon"
        )
    return Scorers(scorer, LoadedTerms(loaded_terms), Actors(), sentiment)


def score(
    corpus: Any,
    *,
    sentiment: str = "lexicon",
    loaded_terms: str = "loaded_terms",
    seed: int = 0,
    progress: bool | None = None,
) -> Scores:
    """Score all articles of a corpus.

    Parameters
    ----------
    corpus
        A corpus table (DataFrame with ``article_id, outlet, published, title, text``), a ``Corpus``, or the path of a
        corpus written by ``framing read``.
    sentiment, loaded_terms
        See :func:`make_scorers`.
    seed
        Kept in the signature for the statistics that follow.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    Scores

    Raises
    ------
    InputError, UsageError
        Where the corpus lacks a column or is empty.
    """
    articles = corpus_table(corpus)
    scorers = make_scorers(sentiment, loaded_terms)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for batch in _batches(articles, progress):
        for name, frame in score_batch(batch, scorers).items():
            parts[name].append(frame)
    cache.save(shared_vocabulary().morphology)
    frames = {name: pd.concat(part, ignore_index=True) for name, part in parts.items()}
    texts = articles[["article_id", "title", "text"]].reset_index(drop=True)
    return Scores(**frames, texts=texts, signature=_signature(articles, scorers, seed))


def _signature(articles: pd.DataFrame, scorers: Scorers, seed: int) -> Signature:
    used = [scorers.loaded_terms.lexicon, "cues", "states", "shifters"]
    used += [scorers.sentiment.lexicon] if isinstance(scorers.sentiment, LexiconSentiment) else []
    used += [
        n
        for n in ("organisations", "given_names", "offices", "verbs", "loaded_terms_exceptions")
        if n in lexicons.available()
    ]
    parameters = {"sentiment": {"method": scorers.method}, "loaded_terms": {}, "actors": {}}
    return sign(articles, scorers=parameters, lexicons=dict.fromkeys(used), seed=seed)


def corpus_table(corpus: Any) -> pd.DataFrame:
    """The corpus as a table with the columns that scoring needs."""
    if isinstance(corpus, (str, Path)):
        from framing.corpus import load_corpus

        corpus = load_corpus(corpus)
    frame: pd.DataFrame = corpus.articles if hasattr(corpus, "articles") else corpus
    if not isinstance(frame, pd.DataFrame):
        raise UsageError(f"cannot score a {type(corpus).__name__}", cure="give a corpus table or the path of one")
    missing = [c for c in ("text",) if c not in frame.columns]
    if missing:
        raise InputError(
            f"no column {missing[0]!r} among {list(frame.columns)}", cure="read the files with framing read"
        )
    if len(frame) == 0:
        raise InputError("the corpus has no articles", cure="see the rejects for the reasons")
    frame = frame.copy()
    for column, default in (("title", ""), ("outlet", "unknown"), ("published", pd.NaT)):
        if column not in frame.columns:
            frame[column] = default
    if "article_id" not in frame.columns:
        frame["article_id"] = [f"article-{i + 1}" for i in range(len(frame))]
    for column in ("article_id", "outlet", "title", "text"):
        frame[column] = [printable(t) for t in frame[column].fillna("").astype(str).tolist()]
    if frame["article_id"].duplicated().any():
        double = frame.loc[frame["article_id"].duplicated(), "article_id"].iloc[0]
        raise InputError("the id is given twice", record=str(double), cure="make article_id unique")
    return frame.reset_index(drop=True)


def _batches(articles: pd.DataFrame, progress: bool | None) -> Iterator[pd.DataFrame]:
    from tqdm import tqdm

    show = sys.stderr.isatty() if progress is None else progress
    with tqdm(total=len(articles), unit=" articles", desc="scoring", disable=not show, delay=0.5) as bar:
        for start in range(0, len(articles), BATCH):
            batch = articles.iloc[start : start + BATCH]
            yield batch
            bar.update(len(batch))


def score_batch(articles: pd.DataFrame, scorers: Scorers) -> dict[str, pd.DataFrame]:
    """The four tables of some articles; depends on nothing but them, so that batches can run anywhere."""
    titles, texts = articles["title"].tolist(), articles["text"].tolist()
    d = Documents([s for pair in zip(titles, texts, strict=True) for s in pair])
    count = len(articles)
    group = np.repeat(np.arange(count, dtype=np.int32), 2)
    hits = {
        "sentiment": scorers.sentiment.hits(d),
        "loaded_terms": scorers.loaded_terms.hits(d),
        "actors": scorers.actors.hits(d),
    }
    ids = articles["article_id"].tolist()
    return {
        "articles": _article_table(articles, d, scorers, hits, group),
        "hits": pd.concat([_hit_table(d, h, ids, name) for name, h in hits.items()], ignore_index=True),
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
    first = np.ones(len(t.type), bool)
    first[1:] = t.sentence[1:] != t.sentence[:-1]
    frame = articles[["article_id", "outlet", "published", "title"]].reset_index(drop=True)
    frame["n_tokens"] = n_tokens.astype(int)
    frame["n_sentences"] = sum_by(of_token[first], count).astype(int)
    frame["quoted_share"] = ratio(sum_by(of_token[d.voice == QUOTED], count), n_tokens)
    sentiment = scorers.sentiment.measures(d, hits["sentiment"], group, count)
    # titles alone: every second text, the others in a group that is dropped
    title_group = np.where(np.arange(len(group)) % 2 == 0, group, count).astype(np.int32)
    if scorers.method == "textblob-de":
        title_documents = Documents(d.texts[::2])
        titles = scorers.sentiment.measures(title_documents, hits["sentiment"], group[::2], count)["sentiment"]
    else:
        titles = scorers.sentiment.measures(d, hits["sentiment"], title_group, count + 1)["sentiment"][:count]
    loaded = scorers.loaded_terms.measures(d, hits["loaded_terms"], group, count)
    for column, values in {**sentiment, "sentiment_title": titles, **loaded}.items():
        frame[column] = values
    for column in ("loaded_terms", "loaded_terms_author", "scare_quotes"):
        frame[column] = frame[column].astype(int)
    frame = frame[list(_ARTICLE)]
    for column in _OPTIONAL:
        if column in articles.columns:
            frame[column] = articles[column].to_numpy()
    return frame


def _hit_table(d: Documents, hits: Hits, ids: list[str], scorer: str) -> pd.DataFrame:
    t = d.tokens
    segment = t.segment[hits.first] if len(hits) else np.zeros(0, np.int32)
    start, end = t.start[hits.first], t.end[hits.last - 1] if len(hits) else np.zeros(0, np.int32)
    texts = d.texts
    surface = [texts[s][a:b] for s, a, b in zip(segment.tolist(), start.tolist(), end.tolist(), strict=True)]
    voices = np.array(VOICES, dtype=object)
    return pd.DataFrame(
        {
            "article_id": [ids[s // 2] for s in segment.tolist()],
            "field": [FIELDS[s % 2] for s in segment.tolist()],
            "scorer": scorer,
            "start": start.astype(np.int64),
            "end": end.astype(np.int64),
            "surface": surface,
            "term": hits.term,
            "category": hits.category,
            "target": hits.target,
            "value": hits.value,
            "voice": voices[d.voice[hits.first]] if len(hits) else [],
            "note": hits.note,
        },
        columns=list(_HITS),
    ).astype(
        dict.fromkeys(
            ("article_id", "field", "scorer", "surface", "term", "category", "target", "voice", "note"), "str"
        )
    )


def _actor_table(d: Documents, scorers: Scorers, hits: dict[str, Hits], group: Any, ids: list[str]) -> pd.DataFrame:
    rows = scorers.actors.table(d, hits["actors"], hits["sentiment"], group)
    frame = pd.DataFrame([(ids[g], *as_columns(row)) for g, row in rows], columns=["article_id", *ACTOR_COLUMNS])
    return frame.astype(dict.fromkeys(("article_id", "actor", "name", "type", "namings"), "str"))


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


def score_article(
    text: str,
    title: str = "",
    *,
    article_id: str = "article",
    outlet: str = "",
    published: Any = None,
    sentiment: str = "lexicon",
    loaded_terms: str = "loaded_terms",
) -> ArticleScores:
    """Score one article given as text.

    Parameters
    ----------
    text, title
        The article.
    article_id, outlet, published
        For the record only; they stand in the result's row.
    sentiment, loaded_terms
        See :func:`make_scorers`.

    Examples
    --------
    >>> result = score_article("Das Regime in Pjöngjang droht.", "Drohung aus Nordkorea")
    >>> sorted(result.hits.query("scorer == 'loaded_terms'").surface)
    ['Regime']
    """
    if not isinstance(text, str) or not isinstance(title, str):
        raise TypeError("text and title must be strings")
    record = {
        "article_id": article_id,
        "outlet": outlet,
        "published": pd.NaT if published is None else pd.Timestamp(published),
        "title": printable(title),
        "text": printable(text),
    }
    frame = corpus_table(pd.DataFrame([record]))
    title, text = frame["title"].iloc[0], frame["text"].iloc[0]
    tables = score_batch(frame, make_scorers(sentiment, loaded_terms))
    article = {str(k): v for k, v in tables["articles"].iloc[0].to_dict().items()}
    return ArticleScores(article, tables["hits"], tables["actors"], tables["quotes"], title, text)
