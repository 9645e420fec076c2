"""Everything a report shows, as tables: asked of `framing.compare`, selected and counted, nothing estimated here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import pandas as pd

from framing.compare import compare, keyness_of_counts, means, over_time, word_shift
from framing.errors import InputError, UsageError
from framing.report.checks import Checks, check
from framing.report.terms import example_table, term_table
from framing.report.vocabulary import count_words
from framing.scorers.frames import FRAMES
from framing.signature import Signature

TOP_ACTORS = 12
MIN_ARTICLES = 5
MIN_VALUES = 3
N_RESAMPLES = 2000
# In a large corpus intervals hardly differ with fewer resamples; the p-values of the comparison keep them all.
LARGE, FEWER = 10_000, 500
MIN_PER_PERIOD, MAX_PERIODS = 10, 30
REST = "rest"
CORPUS_MEASURES = ("n_tokens", "quoted_share")


class ReportScores(Protocol):
    """What a report needs of `framing.Scores`."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article."""

    @property
    def hits(self) -> pd.DataFrame:
        """One row per piece of evidence."""

    @property
    def actors(self) -> pd.DataFrame:
        """One row per article and actor."""

    @property
    def quotes(self) -> pd.DataFrame:
        """One row per quotation."""

    @property
    def texts(self) -> pd.DataFrame:
        """``article_id, title, text``."""

    @property
    def signature(self) -> Signature:
        """What the scores were made with."""


@dataclass(frozen=True)
class _Selection:
    """The scores with fewer actors."""

    articles: pd.DataFrame
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame


@dataclass(frozen=True)
class Results:
    """Tables of a report.

    Attributes
    ----------
    corpus
        One row per outlet: ``outlet, articles, first, last, words, quoted_share``; `words` and `quoted_share` are
        means over articles.
    comparison
        As `framing.compare` gives it; empty where there is one outlet.
    means
        As `framing.compare.means` gives it.
    namings
        ``actor, type, naming, articles``: by how many articles each word for an actor is used.
    terms, examples
        See `framing.report.terms`.
    keyness
        Tables of `framing.keyness`, one per contrast.
    shift
        Table of `framing.compare.word_shift`; empty where sentiment has no hits.
    time
        Table of `framing.compare.over_time` of the sentiment; empty without dates.
    frames
        Means of the densities of frames, as `means`; empty where they were not scored.
    checks
        See `framing.report.checks`.
    signature
        Of the scores.
    reference
        Group of the second column of the comparison, ``"rest"``, or ``""`` for pairs.
    """

    corpus: pd.DataFrame
    comparison: pd.DataFrame
    means: pd.DataFrame
    namings: pd.DataFrame
    terms: pd.DataFrame
    examples: pd.DataFrame
    keyness: list[pd.DataFrame]
    shift: pd.DataFrame
    time: pd.DataFrame
    frames: pd.DataFrame
    checks: Checks
    signature: Signature
    reference: str

    @property
    def outlets(self) -> list[str]:
        """Names of the outlets, sorted."""
        return [str(name) for name in self.corpus["outlet"]]

    @property
    def toward(self) -> pd.DataFrame:
        """Means of `sentiment_toward` that rest on enough articles to be shown."""
        return self.means[(self.means["measure"] == "sentiment_toward") & (self.means["n"] >= MIN_VALUES)]

    @property
    def actors(self) -> list[str]:
        """Actors with such a mean in at least one outlet, most mentioned first."""
        known = set(self.toward["target"])
        return [actor for actor in dict.fromkeys(self.namings["actor"]) if actor in known]

    @property
    def measures(self) -> list[str]:
        """Measures of whole articles, in the order of the comparison."""
        of_article = self.means[(self.means["target"] == "") & ~self.means["measure"].isin(["n_tokens"])]
        return list(dict.fromkeys(of_article["measure"]))


def collect(
    scores: ReportScores, *, reference: str | None = None, validation: pd.DataFrame | None = None, seed: int = 0
) -> Results:
    """Ask for every table of the report.

    Parameters
    ----------
    scores : ReportScores
        Scores of a corpus.
    reference : str, optional
        Outlet that all others are compared with. None: each outlet with the rest, or the two there are.
    validation : DataFrame, optional
        Table of ``framing validate measure``; None: agreement in the demo corpus.
    seed : int
        Seed of resampling and permutation.

    Raises
    ------
    InputError
        Where there are no articles.
    UsageError
        Where the reference is no outlet.
    """
    if not len(scores.articles):
        raise InputError("no articles to report", cure="score a corpus first")
    outlets = sorted(scores.articles["outlet"].dropna().astype(str).unique())
    if reference not in (None, REST, *outlets):
        raise UsageError(f"no outlet {reference!r}", cure=f"use one of {', '.join(outlets)}")
    against = reference or (REST if len(outlets) > 2 else None)
    actors = most_mentioned(scores.actors)
    chosen = _Selection(scores.articles, scores.hits, _rows_of(scores.actors, actors), scores.quotes)
    fewer = interval_resamples(len(scores.articles))
    averages = means(chosen, n_resamples=fewer, seed=seed, min_articles=MIN_ARTICLES)
    comparison = pd.DataFrame()
    if len(outlets) > 1:
        comparison = compare(chosen, reference=against, n_resamples=N_RESAMPLES, seed=seed, min_articles=MIN_ARTICLES)
    terms = term_table(scores.hits, scores.articles)
    a, b, loaded = _contrast(averages, outlets, reference)
    return Results(
        corpus=_corpus_table(scores, averages),
        comparison=comparison,
        means=averages,
        namings=naming_table(chosen.actors, actors),
        terms=terms,
        examples=example_table(scores, terms),
        keyness=_keyness_tables(scores, a, b, loaded, seed),
        shift=_shift_table(scores, a, b),
        time=_time_table(scores, outlets, seed),
        frames=_frames_table(scores, seed),
        checks=check(scores, actors, validation=validation, n_resamples=fewer, seed=seed),
        signature=scores.signature,
        reference=against or "",
    )


def interval_resamples(n_articles: int) -> int:
    """Bootstrap resamples of all intervals but those of the comparison."""
    return N_RESAMPLES if n_articles <= LARGE else FEWER


def most_mentioned(actors: pd.DataFrame, top: int = TOP_ACTORS) -> list[str]:
    """Actors by the number of articles that name them, then by name."""
    counts = actors.groupby("actor")["article_id"].nunique().reset_index(name="articles")
    ordered = counts.sort_values(["articles", "actor"], ascending=[False, True], kind="stable")
    return [str(actor) for actor in ordered["actor"].head(top)]


def naming_table(actors: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """By how many articles each naming of an actor is used: ``actor, type, naming, articles``."""
    long = actors[["article_id", "actor", "type", "namings"]].copy()
    long["naming"] = long["namings"].fillna("").astype(str).str.split("|")
    long = long.explode("naming")
    long = long[long["naming"].fillna("") != ""].drop_duplicates(["article_id", "actor", "naming"])
    counts = long.groupby(["actor", "naming"], as_index=False).agg(
        type=("type", "first"), articles=("article_id", "size")
    )
    rank = {actor: i for i, actor in enumerate(order)}
    counts["rank"] = counts["actor"].map(rank)
    counts = counts.sort_values(["rank", "articles", "naming"], ascending=[True, False, True], kind="stable")
    return counts[["actor", "type", "naming", "articles"]].reset_index(drop=True)


def _rows_of(actors: pd.DataFrame, chosen: Sequence[str]) -> pd.DataFrame:
    return actors[actors["actor"].isin(list(chosen))].reset_index(drop=True)


def _corpus_table(scores: ReportScores, averages: pd.DataFrame) -> pd.DataFrame:
    published = pd.to_datetime(scores.articles["published"])
    grouped = scores.articles.assign(published=published).groupby("outlet", sort=True)
    table = grouped.agg(
        articles=("article_id", "size"), first=("published", "min"), last=("published", "max")
    ).reset_index()
    lengths = means(scores, measures=list(CORPUS_MEASURES), n_resamples=1)
    for measure, column in (("n_tokens", "words"), ("quoted_share", "quoted_share")):
        of_measure = lengths[lengths["measure"] == measure].set_index("group")["estimate"]
        table[column] = table["outlet"].map(of_measure)
    return table


def _contrast(averages: pd.DataFrame, outlets: list[str], reference: str | None) -> tuple[str, str, str]:
    """The outlets of lowest and of highest sentiment (or the reference), and the one with most loaded terms."""
    if len(outlets) < 2:
        return "", "", ""
    overall = averages[(averages["target"] == "") & averages["estimate"].notna()]
    by_sentiment = overall[overall["measure"] == "sentiment"].sort_values(["estimate", "group"])["group"].tolist()
    by_terms = overall[overall["measure"] == "loaded_per_1000"].sort_values(["estimate", "group"])["group"].tolist()
    by_sentiment = by_sentiment if len(by_sentiment) > 1 else outlets
    b = reference if reference in outlets else by_sentiment[-1]
    a = next(name for name in by_sentiment if name != b)
    return str(a), str(b), str(by_terms[-1]) if by_terms else str(a)


def _keyness_tables(scores: ReportScores, a: str, b: str, loaded: str, seed: int) -> list[pd.DataFrame]:
    if not a:
        return []
    texts = scores.articles[["article_id", "outlet"]].merge(scores.texts, on="article_id", validate="one_to_one")
    matrix, words = count_words((texts["title"].fillna("") + "\n" + texts["text"]).tolist())
    contrasts = [(a, b)] + ([(loaded, REST)] if texts["outlet"].nunique() > 2 else [])
    groups = texts["outlet"].astype(str).tolist()
    return [keyness_of_counts(matrix, words, groups, one, other, seed=seed) for one, other in contrasts]


def _shift_table(scores: ReportScores, a: str, b: str) -> pd.DataFrame:
    sentiment = scores.hits[scores.hits["scorer"] == "sentiment"]
    with_hits = scores.articles.loc[scores.articles["article_id"].isin(sentiment["article_id"]), "outlet"]
    if not a or not {a, b} <= set(with_hits):
        return pd.DataFrame()
    return word_shift(scores, a, b)


def _time_table(scores: ReportScores, outlets: list[str], seed: int) -> pd.DataFrame:
    dated = scores.articles[scores.articles["published"].notna() & scores.articles["sentiment"].notna()]
    if not len(dated):
        return pd.DataFrame()
    frequency = _frequency(dated, len(outlets))
    try:
        fewer = interval_resamples(len(scores.articles))
        return over_time(scores, "sentiment", freq=frequency, n_resamples=fewer, seed=seed)
    except UsageError:
        # Dates that name only a year cannot be drawn over time.
        return pd.DataFrame()


def _frames_table(scores: ReportScores, seed: int) -> pd.DataFrame:
    columns = [f"frame_{name}" for name in FRAMES]
    scored = [c for c in columns if c in scores.articles and scores.articles[c].notna().any()]
    fewer = interval_resamples(len(scores.articles))
    return means(scores, measures=scored, n_resamples=fewer, seed=seed) if scored else pd.DataFrame()


def _frequency(dated: pd.DataFrame, n_outlets: int) -> Literal["D", "W", "M"]:
    """The finest period in which an outlet has enough articles on average."""
    days = pd.to_datetime(dated["published"])
    span = (days.max() - days.min()).days + 1
    coarse = "published_precision" in dated and dated["published_precision"].isin(["month", "year"]).any()
    candidates: tuple[tuple[Literal["D", "W"], int], ...] = () if coarse else (("D", 1), ("W", 7))
    for frequency, length in candidates:
        periods = max(1, span / length)
        if periods <= MAX_PERIODS and len(dated) >= MIN_PER_PERIOD * n_outlets * periods:
            return frequency
    return "M"
