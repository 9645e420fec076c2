"""Everything a report shows, as tables: asked of `framing.compare`, selected and counted, nothing estimated here."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from framing.compare import compare, keyness, means, over_time, word_shift
from framing.errors import InputError, UsageError
from framing.report.checks import Checks, check
from framing.report.reading import LOADED, SENTIMENT, Part, ReportScores
from framing.report.terms import example_table, term_table
from framing.report.vocabulary import word_counts
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
# Words of fewer articles are no key words; the tables hold so many of either side.
MIN_KEY_ARTICLES, TOP_KEYS = 5, 500


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
    scores: ReportScores,
    *,
    reference: str | None = None,
    validation: pd.DataFrame | None = None,
    robustness: pd.DataFrame | None = None,
    seed: int = 0,
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
    robustness : DataFrame, optional
        Table of `framing.robustness` with further ways of measuring the sentiment.
    seed : int
        Seed of resampling and permutation.

    Raises
    ------
    InputError
        Where there are no articles, or the table of robustness is of other outlets.
    UsageError
        Where the reference is no outlet.
    """
    if not len(scores.articles):
        raise InputError("no articles to report", cure="score a corpus first")
    articles, signature = scores.articles, scores.signature
    outlets = sorted(articles["outlet"].dropna().astype(str).unique())
    if reference not in (None, REST, *outlets):
        raise UsageError(f"no outlet {reference!r}", cure=f"use one of {', '.join(outlets)}")
    against = reference or (REST if len(outlets) > 2 else None)
    actors = most_mentioned(scores.actors)
    # How often an actor is named says what the news was about; it is described, not tested.
    portrayed = _rows_of(scores.actors, actors).drop(columns="mentions", errors="ignore")
    chosen = Part(articles, signature, actors=portrayed)
    fewer = interval_resamples(len(articles))
    averages = means(chosen, n_resamples=fewer, seed=seed, min_articles=MIN_ARTICLES)
    a, b, most_loaded = _contrast(averages, outlets, reference)
    comparison, key_words = _compared(chosen, against, scores, (a, b, most_loaded), fewer, seed)
    sentiment = Part(articles, signature, scores.select("hits", SENTIMENT, scorer=["sentiment"]))
    loaded = scores.select("hits", LOADED, scorer=["loaded_terms"])
    terms = term_table(loaded, articles)
    return Results(
        corpus=_corpus_table(articles),
        comparison=comparison,
        means=averages,
        namings=naming_table(portrayed, actors),
        terms=terms,
        examples=example_table(loaded, articles, scores.texts, terms),
        keyness=key_words,
        shift=_shift_table(sentiment, a, b, fewer, seed),
        time=_time_table(chosen, outlets, seed),
        frames=_frames_table(chosen, seed),
        checks=check(
            scores, sentiment, actors, validation=validation, robustness=robustness, n_resamples=fewer, seed=seed
        ),
        signature=signature,
        reference=against or "",
    )


def interval_resamples(n_articles: int) -> int:
    """Bootstrap resamples of all intervals but those of the comparison."""
    return N_RESAMPLES if n_articles <= LARGE else FEWER


def least_key_articles(n_articles: int) -> int:
    """In how many articles a key word must stand: an eighth of a small corpus."""
    return max(1, min(MIN_KEY_ARTICLES, n_articles // 8))


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


def _corpus_table(articles: pd.DataFrame) -> pd.DataFrame:
    grouped = articles.assign(published=pd.to_datetime(articles["published"])).groupby("outlet", sort=True)
    return grouped.agg(
        articles=("article_id", "size"), first=("published", "min"), last=("published", "max"),
        words=("n_tokens", "mean"), quoted_share=("quoted_share", "mean"),
    ).reset_index()  # fmt: skip


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


def _compared(
    chosen: Part, against: str | None, scores: ReportScores, contrast: tuple[str, str, str], n_resamples: int, seed: int
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The comparison and the key words: two independent halves of most of the work, for two cores."""
    if not contrast[0]:
        return pd.DataFrame(), []
    with ThreadPoolExecutor(max_workers=1) as pool:
        counted = pool.submit(_keyness_tables, scores, *contrast, n_resamples, seed)
        comparison = compare(chosen, reference=against, n_resamples=N_RESAMPLES, seed=seed, min_articles=MIN_ARTICLES)
        return comparison, counted.result()


def _keyness_tables(
    scores: ReportScores, a: str, b: str, loaded: str, n_resamples: int, seed: int
) -> list[pd.DataFrame]:
    """The words of the largest z on either side, of two outlets and of the one with most loaded terms against the rest."""
    articles = scores.articles[["article_id", "outlet"]]
    counts = word_counts(articles, scores.texts, least_key_articles(len(articles)))
    contrasts = [(a, b)] + ([(loaded, REST)] if articles["outlet"].nunique() > 2 else [])
    tables = [keyness(counts, one, other, n_resamples=n_resamples, seed=seed) for one, other in contrasts]
    return [pd.concat([one.head(TOP_KEYS), one.iloc[TOP_KEYS:].tail(TOP_KEYS)], ignore_index=True) for one in tables]


def _shift_table(sentiment: Part, a: str, b: str, n_resamples: int, seed: int) -> pd.DataFrame:
    measured = sentiment.hits["article_id"].unique()
    with_hits = sentiment.articles.loc[sentiment.articles["article_id"].isin(measured), "outlet"]
    if not a or not {a, b} <= set(with_hits):
        return pd.DataFrame()
    return word_shift(sentiment, a, b, n_resamples=n_resamples, seed=seed)


def _time_table(scores: Part, outlets: list[str], seed: int) -> pd.DataFrame:
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


def _frames_table(scores: Part, seed: int) -> pd.DataFrame:
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
