"""What the comparison rests on, and whether it holds otherwise: description, events, portraits, robustness, validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import pandas as pd

from framing.compare import compare
from framing.compare.duplicates import first_copies, near_duplicates
from framing.compare.portrait import Portrait, portrait
from framing.compare.robustness import COLUMNS as ROBUSTNESS_COLUMNS
from framing.compare.robustness import robustness
from framing.compare.same_event import same_event
from framing.errors import InputError, UsageError
from framing.report.reading import Part, ReportScores, of_actors

# Near copies and events are found by comparing texts, which takes minutes in a larger corpus.
MOST_COMPARED = 10_000
COPY_THRESHOLD = 0.5
LEFT_OUT_WORDS = 10
TOP_PORTRAITS = 4
EVENT_MEASURES = ("sentiment_author", "sentiment", "loaded_per_1000", "quoted_share")
MIN_EVENTS = 5
VALIDATION_COLUMNS = ("outlet", "n", "precision", "recall", "f1", "pearson", "raw_mean", "corrected_mean")


@dataclass(frozen=True)
class Checks:
    """Tables beside the comparison.

    Attributes
    ----------
    described
        ``outlet, q25, median, q75`` (tokens)``, undated, untitled, unmeasured, copies``: articles without date, title,
        sentiment; articles whose text is a copy.
    near
        Whether near copies count as copies; else only texts that agree word for word.
    matched, every
        Pairs of outlets over common events, and over all articles; empty where there are none.
    events
        Whether events were ``"given"``, ``"found"``, or neither (``""``).
    portraits
        Of the most mentioned actors.
    robust
        As `framing.robustness` gives it; empty with one outlet.
    validation
        The user's table of `framing validate measure`, or agreement in the demo corpus.
    own
        Whether the validation is the user's.
    """

    described: pd.DataFrame
    near: bool
    matched: pd.DataFrame
    every: pd.DataFrame
    events: str
    portraits: tuple[Portrait, ...]
    robust: pd.DataFrame
    validation: pd.DataFrame
    own: bool


def check(
    scores: ReportScores,
    sentiment: Part,
    actors: Sequence[str],
    *,
    validation: pd.DataFrame | None,
    robustness: pd.DataFrame | None,
    n_resamples: int,
    seed: int,
) -> Checks:
    """All tables beside the comparison.

    Parameters
    ----------
    scores
        Scores of a corpus.
    sentiment
        The same with the hits of the sentiment.
    actors
        Ids of actors, most mentioned first.
    validation
        Table of ``framing validate measure``; None: agreement in the demo corpus.
    robustness
        Table of `framing.robustness` with further ways of measuring the sentiment.
    n_resamples, seed
        Of the bootstrap.
    """
    articles, whence = with_events(scores)
    copied = copies(scores)
    matched, every = over_events(Part(articles, scores.signature, actors=scores.actors.iloc[:0]), n_resamples, seed)
    return Checks(
        *describe(scores, copied),
        matched,
        every,
        whence if len(matched) else "",
        _portraits(scores, actors[:TOP_PORTRAITS], n_resamples, seed),
        _robust(Part(articles, scores.signature, sentiment.hits), copied, robustness, n_resamples, seed),
        demo_figures() if validation is None else validation,
        validation is not None,
    )


@dataclass(frozen=True)
class Copies:
    """Articles whose text another article has too.

    Attributes
    ----------
    any
        Shape ``(articles,)``: whether there is a copy of the article.
    later
        Ids of all but the first of each set of copies.
    near
        Whether near copies were looked for; else only texts that agree word for word.
    """

    any: pd.Series
    later: tuple[str, ...]
    near: bool


def copies(scores: ReportScores) -> Copies:
    """Near copies; in a larger corpus texts that agree word for word, however they are spaced."""
    articles = scores.articles
    if near := len(articles) <= MOST_COMPARED:
        pairs = near_duplicates(scores, threshold=COPY_THRESHOLD)
        found = articles["article_id"].isin({*pairs["article_a"], *pairs["article_b"]})
        first = first_copies(pairs, articles)
    else:
        texts = scores.texts
        digest = pd.Series([hash_of(text) for text in texts["text"].fillna("")], index=texts["article_id"])
        own = articles["article_id"].map(digest)
        found = own.duplicated(keep=False)
        order = articles.assign(own=own).sort_values(["published", "article_id"], kind="stable")
        first = ~order["own"].duplicated().reindex(articles.index)
    return Copies(found, tuple(articles.loc[~first, "article_id"]), near)


def hash_of(text: str) -> bytes:
    """Digest of the words of a text."""
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def describe(scores: ReportScores, copied: Copies | None = None) -> tuple[pd.DataFrame, bool]:
    """Lengths, missing values and copies by outlet, and whether near copies were looked for; see `Checks`."""
    articles = scores.articles
    copied = copied or copies(scores)
    facts = articles.assign(
        undated=articles["published"].isna(), untitled=articles["title"].fillna("").str.strip() == "",
        unmeasured=articles["sentiment"].isna(), copies=copied.any.to_numpy(),
    )  # fmt: skip
    grouped = facts.groupby("outlet", sort=True)
    lengths = pd.DataFrame({
        name: grouped["n_tokens"].quantile(share) for name, share in (("q25", 0.25), ("median", 0.5), ("q75", 0.75))
    })  # fmt: skip
    counts = grouped[["undated", "untitled", "unmeasured", "copies"]].sum().astype(int)
    return lengths.join(counts).reset_index(), copied.near


def with_events(scores: ReportScores) -> tuple[pd.DataFrame, str]:
    """The articles with their events, and whether these were ``"given"``, ``"found"`` or neither (``""``)."""
    articles = scores.articles
    if articles["outlet"].nunique() < 2:
        return articles, ""
    if "event" in articles and bool((articles["event"].fillna("") != "").any()):
        return articles, "given"
    bare = articles.drop(columns="event", errors="ignore")
    found = found_events(scores)
    if found is None:
        return bare, ""
    events = found[["article_id", "event"]]
    return bare.merge(events, on="article_id", how="left", validate="one_to_one"), "found"


def found_events(scores: ReportScores) -> pd.DataFrame | None:
    """Events found by wording, as `framing.same_event` gives them; None where articles are too many or have no dates or words."""
    articles = scores.articles
    if len(articles) > MOST_COMPARED or articles["outlet"].nunique() < 2 or articles["published"].isna().all():
        return None
    try:
        return same_event(scores)
    except InputError:
        # texts too few or too short to be compared
        return None


def over_events(scores: Part, n_resamples: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs of outlets over common events, and the same pairs over all articles; empty where there are too few events."""
    articles = scores.articles
    none = pd.DataFrame(), pd.DataFrame()
    if "event" not in articles or (articles.groupby("event")["outlet"].nunique() > 1).sum() < MIN_EVENTS:
        return none
    measures = [m for m in EVENT_MEASURES if articles[m].notna().any()]
    try:
        matched = compare(scores, measures=measures, test="sign_flip", n_resamples=n_resamples, seed=seed)
    except UsageError:
        # No two outlets share an event.
        return none
    matched = matched[matched["units_a"] >= MIN_EVENTS].reset_index(drop=True)
    if not len(matched):
        return none
    return matched, compare(scores, measures=measures, n_resamples=n_resamples, seed=seed)


def _portraits(scores: ReportScores, actors: Sequence[str], n_resamples: int, seed: int) -> tuple[Portrait, ...]:
    own = of_actors(scores, actors)
    if not len(own.hits) or not (own.hits["scorer"] == "toward").any():
        return ()
    return tuple(portrait(own, actor, n_sentences=2, n_resamples=n_resamples, seed=seed) for actor in actors)


def _robust(sentiment: Part, copied: Copies, further: pd.DataFrame | None, n_resamples: int, seed: int) -> pd.DataFrame:
    articles = sentiment.articles
    if articles["outlet"].nunique() < 2 or not articles["sentiment"].notna().any():
        return pd.DataFrame()
    own = robustness(
        sentiment, methods=(), n_words=LEFT_OUT_WORDS, copies=copied.later, n_resamples=n_resamples, seed=seed,
        progress=False,
    )  # fmt: skip
    if further is None:
        return own
    unknown = sorted(set(further["group"].astype(str)) ^ set(own["group"].astype(str)))
    if unknown:
        raise InputError(
            f"the table of robustness is of other outlets: {unknown[0]!r}",
            cure="make it with framing robustness of the same scores",
        )
    new = further[~further["variant"].isin(own["variant"])]
    return pd.concat([own, new[own.columns]], ignore_index=True)


def read_robustness(path: Path) -> pd.DataFrame:
    """Table that ``framing robustness -o`` wrote as CSV or Parquet.

    Raises
    ------
    InputError
        Where it is no such table.
    """
    cure = "give the table that framing robustness -o wrote"
    try:
        table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise InputError(f"not readable: {str(error).splitlines()[0]}", file=str(path), cure=cure) from None
    missing = [c for c in ROBUSTNESS_COLUMNS if c not in table]
    if missing:
        raise InputError(f"no column {missing[0]!r}", file=str(path), cure=cure)
    table["rank"] = table["rank"].astype("Int64")
    return table


def read_validation(path: Path) -> pd.DataFrame:
    """Table that ``framing validate measure -o`` wrote.

    Raises
    ------
    InputError
        Where it is no CSV table or lacks a column.
    """
    cure = "give the CSV table that framing validate measure -o wrote"
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise InputError(f"not readable as CSV: {error}", file=str(path), cure=cure) from None
    missing = [c for c in VALIDATION_COLUMNS if c not in table]
    if missing:
        raise InputError(f"no column {missing[0]!r}", file=str(path), cure=cure)
    return table


@lru_cache(maxsize=1)
def _demo_figures() -> pd.DataFrame:
    from framing.validation.demo import demo_accuracy

    return demo_accuracy()


def demo_figures() -> pd.DataFrame:
    """Agreement with the annotation of the demo corpus: ``what, gold, found, precision, recall, f1``."""
    return _demo_figures().copy()
