"""From a corpus to scores: articles in partitions, each scored by the engine at hand, into four tables."""

from __future__ import annotations

import re
import shutil
import sys
import warnings
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing import storage
from framing.batches import Scorers, score_batch
from framing.engines import Died, Engine, make_engine
from framing.errors import InputError, UsageError
from framing.language import cache
from framing.language.documents import printable
from framing.language.vocabulary import shared_vocabulary
from framing.lexicons import user
from framing.partitions import MANIFEST, PARTITION, CorpusFile, Run, write_manifest
from framing.scorers import (
    SCORERS,
    SENTIMENT_METHODS,
    Actors,
    LexiconSentiment,
    LoadedTerms,
    Scorer,
    SupervisedSentiment,
    TransformerSentiment,
)
from framing.scores import KEPT, ArticleScores, Scores
from framing.signature import Signature, article_hash, combine_hashes, sign

# A method that learns from the corpus learns from at most so many articles, drawn evenly.
LEARN_FROM = 50_000
# Articles parsed together. More cost memory, a thousand bytes a token, and gain no speed.
AT_ONCE = 50
# Characters that XML, and so a figure as SVG, cannot hold; an outlet stands in every figure.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
Tables = dict[str, pd.DataFrame]


def make_scorers(
    sentiment: str | Scorer = "lexicon", loaded_terms: str | Sequence[str] = "loaded_terms", actors: str = ""
) -> Scorers:
    """The scorers by their options.

    Parameters
    ----------
    sentiment
        Name of a method (``lexicon``, ``textblob-de``, ``latent-semantic-scaling``); a lexicon added by
        ``framing lexicon add`` or a CSV file with ``term`` and ``valence``, for the lexicon method; a model written by
        ``framing train-sentiment`` (``….skops``); ``transformer:MODEL`` with a folder or a name on the hub; or a scorer.
    loaded_terms
        ``loaded_terms``, a CSV file or added list in its place, or ``+FILE`` or ``+NAME`` beside it; a list of these.
    actors
        CSV file with further actors and aliases; see :func:`framing.language.gazetteer.load_actors`.

    Raises
    ------
    UsageError
        Where there is no such method.
    """
    name, method = (type(sentiment).__name__, sentiment) if isinstance(sentiment, Scorer) else _method(sentiment)
    scorers: dict[str, Scorer] = {each: scorer() for each, scorer in SCORERS.items()}
    chosen = {"sentiment": method, "loaded_terms": LoadedTerms(loaded_terms), "actors": Actors(actors)}
    return Scorers(scorers | chosen, name)


def _method(name: str) -> tuple[str, Scorer]:
    kind, colon, model = name.partition(":")
    if colon and kind == "transformer" and model:
        return f"transformer:{Path(model).name}", TransformerSentiment(model)
    if name in SENTIMENT_METHODS:
        return name, SENTIMENT_METHODS[name]()
    suffix = Path(name).suffix.lower()
    if suffix == ".skops":
        return f"supervised:{Path(name).name}", SupervisedSentiment(name)
    if suffix == ".csv" or user.find(name) is not None:
        return name, LexiconSentiment(name)
    raise UsageError(
        f"no sentiment method {name!r}",
        cure=f"one of {', '.join([*SENTIMENT_METHODS, *user.added()])}, a CSV lexicon, a trained model (.skops) or "
        "transformer:MODEL",
    )


def score(
    corpus: Any,
    *,
    sentiment: str | Scorer = "lexicon",
    loaded_terms: str | Sequence[str] = "loaded_terms",
    actors: str = "",
    workers: int = 1,
    scheduler: str | None = None,
    seed: int = 0,
    progress: bool | None = None,
) -> Scores:
    """Score all articles of a corpus in memory; :func:`score_file` is for corpora larger than that.

    Parameters
    ----------
    corpus
        A corpus table (DataFrame with ``article_id, outlet, published, title, text``), a ``Corpus``, or the path of a
        corpus written by ``framing read``.
    sentiment, loaded_terms, actors
        See :func:`make_scorers`.
    workers
        Processes that share the work.
    scheduler
        Address of a Dask scheduler whose workers do it.
    seed
        Kept in the signature for the statistics that follow.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    Scores
        The same whatever does the work. An article that cannot be scored stands in ``rejects`` with the reason.

    Raises
    ------
    InputError, UsageError
        Where the corpus lacks a column or is empty.
    """
    articles = corpus_table(corpus)
    scorers = make_scorers(sentiment, loaded_terms, actors)
    _learn(scorers, articles["text"])
    cuts = range(0, len(articles), PARTITION)
    batches = ((number, articles.iloc[at : at + PARTITION]) for number, at in enumerate(cuts))
    engine = make_engine(workers, scheduler)
    found = dict(_outcomes(engine, Work(scorers), batches, len(articles), 0, progress))
    cache.save(shared_vocabulary().morphology)
    tables = _joined([found[number] for number in sorted(found)])
    if len(tables["rejects"]):
        warnings.warn(f"{len(tables['rejects'])} articles set aside, see scores.rejects", stacklevel=2)
    signature = _signature(scorers, seed, tables.pop("hashes")["hash"], len(articles))
    return Scores(**tables, signature=signature)


def score_file(
    corpus: str | Path,
    folder: str | Path,
    *,
    sentiment: str | Scorer = "lexicon",
    loaded_terms: str | Sequence[str] = "loaded_terms",
    actors: str = "",
    workers: int = 1,
    scheduler: str | None = None,
    seed: int = 0,
    partition: int = PARTITION,
    progress: bool | None = None,
) -> Scores:
    """Score a corpus file into a folder, a partition at a time: memory does not grow with the corpus.

    A run that was stopped goes on where it was when it is started again with the same corpus and options.

    Parameters
    ----------
    corpus
        Corpus file written by ``framing read``, or its address in a store (see :mod:`framing.storage`).
    folder
        Folder of scores to write: the tables as Parquet, ``signature.json`` and ``manifest.json``. Where it is an address, the scores are
        made in the cache folder of this machine and sent when they are whole, the manifest last.
    partition
        Articles scored and kept together.
    sentiment, loaded_terms, actors, workers, scheduler, seed, progress
        See :func:`score`.

    Returns
    -------
    Scores
        Tables are read from the folder when first used.
    """
    if partition < 1:
        raise UsageError(f"{partition} articles in a partition", cure="give 1 or more")
    source, wanted = CorpusFile.open(storage.place(corpus)), storage.place(folder)
    target = storage.staging(wanted) if storage.is_remote(wanted) else wanted
    scorers = make_scorers(sentiment, loaded_terms, actors)
    plain = _signature(scorers, seed, [], source.articles)
    run = Run(target, {"corpus": source.digest(), "partition": partition, "signature": plain.json()})
    done = run.done()
    if any(scorer.learns for scorer in scorers.by_name.values()):
        _learn(scorers, _sample(source))
    batches = ((number, corpus_table(batch)) for number, batch in source.partitions(partition, done))
    engine = make_engine(workers, scheduler)
    for number, tables in _outcomes(engine, Work(scorers), batches, source.articles, len(done) * partition, progress):
        run.keep(number, tables)
    cache.save(shared_vocabulary().morphology)
    hashes = (h for part in run.parts("hashes") for h in pd.read_parquet(part)["hash"].tolist())
    signature = _signature(scorers, seed, hashes, source.articles)
    run.put_together(KEPT)
    signature.to_json(target / "signature.json")
    files = [*(f"{name}.parquet" for name in KEPT), "signature.json"]
    write_manifest(target, files)
    if target != wanted:
        for name in (*files, MANIFEST):
            storage.send(target / name, wanted / name)
    run.remove()
    scores = Scores.load(target)
    if target != wanted:
        weakref.finalize(scores, shutil.rmtree, target, ignore_errors=True)
    return scores


@dataclass(frozen=True)
class Work:
    """What is done with one batch of articles, in whatever process.

    Attributes
    ----------
    scorers
        The scorers of the run.
    """

    scorers: Scorers

    def __call__(self, articles: pd.DataFrame) -> Tables:
        """Tables of a batch as :func:`corpus_table` gives it; articles that raise are set aside with the reason."""
        cuts = range(0, len(articles), AT_ONCE)
        tables = _joined([part for at in cuts for part in self._scored(articles.iloc[at : at + AT_ONCE])])
        tables["hashes"] = pd.DataFrame(
            {"hash": [article_hash(*row) for row in zip(*(articles[c] for c in _HASHED), strict=True)]}, dtype="str"
        )
        return tables

    def _scored(self, articles: pd.DataFrame) -> Iterator[Tables]:
        try:
            tables = score_batch(articles, self.scorers)
        except Exception as error:
            if len(articles) == 1:
                yield _set_aside(articles, f"{type(error).__name__}: {error}", self.scorers)
                return
            half = len(articles) // 2
            yield from self._scored(articles.iloc[:half])
            yield from self._scored(articles.iloc[half:])
        else:
            yield tables | {
                "texts": articles[["article_id", "title", "text"]].reset_index(drop=True),
                "rejects": _rejects([]),
            }


_HASHED = ("article_id", "outlet", "title", "text")


def _set_aside(articles: pd.DataFrame, reason: str, scorers: Scorers) -> Tables:
    """Tables of an article that could not be scored: empty but for the reason."""
    empty = score_batch(articles.assign(title="", text=""), scorers)
    tables = {name: frame.iloc[:0] for name, frame in empty.items()}
    row = (str(articles["outlet"].iloc[0]), str(articles["article_id"].iloc[0]), reason)
    return tables | {"texts": articles[["article_id", "title", "text"]].iloc[:0], "rejects": _rejects([row])}


def _rejects(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "position", "reason"]).astype("str")


def _joined(parts: list[Tables]) -> Tables:
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}


def _outcomes(
    engine: Engine,
    work: Work,
    batches: Iterable[tuple[int, pd.DataFrame]],
    total: int,
    done: int,
    progress: bool | None,
) -> Iterator[tuple[int, Tables]]:
    """Tables of each batch; where a worker died on one, its articles one by one, the deadly ones set aside."""
    from tqdm import tqdm

    show = sys.stderr.isatty() if progress is None else progress
    with tqdm(
        total=total, initial=min(done, total), unit=" articles", desc="scoring", disable=not show, delay=0.5
    ) as bar:
        for number, batch, outcome in engine.run(work, batches):
            tables = _one_by_one(engine, work, batch) if isinstance(outcome, Died) else outcome
            yield number, tables
            bar.update(len(batch))


def _one_by_one(engine: Engine, work: Work, batch: pd.DataFrame) -> Tables:
    singles = [(i, batch.iloc[i : i + 1]) for i in range(len(batch))]
    found: dict[int, Tables] = {}
    for number, single, outcome in engine.run(work, singles):
        if isinstance(outcome, Died):
            outcome = _set_aside(single, outcome.reason, work.scorers)
            outcome["hashes"] = pd.DataFrame({"hash": [article_hash(*single[list(_HASHED)].iloc[0])]}, dtype="str")
        found[number] = outcome
    return _joined([found[number] for number in sorted(found)])


def _learn(scorers: Scorers, texts: Iterable[str]) -> None:
    """Let the methods that learn from the corpus do so."""
    learners = [scorer for scorer in scorers.by_name.values() if scorer.learns]
    if learners:
        listed = list(texts)
        step = max(len(listed) / LEARN_FROM, 1.0)
        sample = [listed[int(at)] for at in np.arange(0, len(listed), step)]
        for scorer in learners:
            scorer.fit(sample)


def _sample(source: CorpusFile) -> list[str]:
    step = max(source.articles // LEARN_FROM, 1)
    texts: list[str] = []
    for number, batch in source.partitions(PARTITION):
        keep = (np.arange(len(batch)) + number * PARTITION) % step == 0
        texts += corpus_table(batch)["text"][keep].tolist()
    return texts


def _signature(scorers: Scorers, seed: int, hashes: Iterable[str], articles: int) -> Signature:
    used: list[str] = ["cues", "shifters"]
    for scorer in scorers.by_name.values():
        used += scorer.lexicons
    parameters = {name: scorer.describe() for name, scorer in scorers.by_name.items()}
    parameters["sentiment"] = {"method": scorers.method} | parameters["sentiment"]
    signature = sign(None, scorers=parameters, lexicons=dict.fromkeys(used), seed=seed)
    return replace(signature, corpus=combine_hashes(hashes), articles=articles)


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
        # an object column may hold lone surrogates, at which pandas' own strings fail
        frame[column] = [printable(str(t)) for t in frame[column].astype(object).fillna("").tolist()]
    frame["outlet"] = [_CONTROL.sub("\ufffd", outlet) for outlet in frame["outlet"].tolist()]
    if frame["article_id"].duplicated().any():
        double = frame.loc[frame["article_id"].duplicated(), "article_id"].iloc[0]
        raise InputError("the id is given twice", record=str(double), cure="make article_id unique")
    return frame.reset_index(drop=True)


def score_article(
    text: str,
    title: str = "",
    *,
    article_id: str = "article",
    outlet: str = "",
    published: Any = None,
    sentiment: str | Scorer = "lexicon",
    loaded_terms: str | Sequence[str] = "loaded_terms",
    actors: str = "",
) -> ArticleScores:
    """Score one article given as text.

    Parameters
    ----------
    text, title
        The article.
    article_id, outlet, published
        For the record only; they stand in the result's row.
    sentiment, loaded_terms, actors
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
        "article_id": printable(article_id),
        "outlet": printable(outlet),
        "published": pd.NaT if published is None else pd.Timestamp(published),
        "title": printable(title),
        "text": printable(text),
    }
    frame = corpus_table(pd.DataFrame([record]))
    title, text = frame["title"].iloc[0], frame["text"].iloc[0]
    tables = score_batch(frame, make_scorers(sentiment, loaded_terms, actors))
    article = {str(k): v for k, v in tables["articles"].iloc[0].to_dict().items()}
    return ArticleScores(article, tables["hits"], tables["actors"], tables["quotes"], title, text)
