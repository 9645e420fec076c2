"""What the comparison rests on, and whether it holds otherwise: description, events, portraits, robustness, validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from framing.compare import compare
from framing.compare.duplicates import near_duplicates
from framing.compare.portrait import Portrait, portrait
from framing.compare.robustness import robustness
from framing.compare.same_event import same_event
from framing.errors import InputError, UsageError

# Near copies and events are found by comparing texts, which takes minutes in a larger corpus.
MOST_COMPARED = 2000
COPY_THRESHOLD = 0.5
LEFT_OUT_WORDS = 10
TOP_PORTRAITS = 4
EVENT_MEASURES = ("sentiment_author", "sentiment", "loaded_per_1000", "quoted_share")
MIN_EVENTS = 5
VALIDATION_COLUMNS = ("outlet", "n", "precision", "recall", "f1", "pearson", "raw_mean", "corrected_mean")


@dataclass(frozen=True)
class _Tables:
    """Scores with events."""

    articles: pd.DataFrame
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame


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
    scores: Any, actors: Sequence[str], *, validation: pd.DataFrame | None, n_resamples: int, seed: int
) -> Checks:
    """All tables beside the comparison.

    Parameters
    ----------
    scores
        Scores of a corpus.
    actors
        Ids of actors, most mentioned first.
    validation
        Table of ``framing validate measure``; None: agreement in the demo corpus.
    n_resamples, seed
        Of the bootstrap.
    """
    described, near = describe(scores)
    matched, every, events = over_events(scores, n_resamples, seed)
    several = scores.articles["outlet"].nunique() > 1
    found = (scores.hits["scorer"] == "toward").any() if len(scores.hits) else False
    drawn = tuple(
        portrait(scores, actor, n_sentences=2, n_resamples=n_resamples, seed=seed)
        for actor in (actors[:TOP_PORTRAITS] if found else ())
    )
    robust = pd.DataFrame()
    if several and scores.articles["sentiment"].notna().any():
        robust = robustness(
            scores, methods=(), n_words=LEFT_OUT_WORDS, n_resamples=n_resamples, seed=seed, progress=False
        )
    own = validation is not None
    return Checks(
        described,
        near,
        matched,
        every,
        events,
        drawn,
        robust,
        demo_figures() if validation is None else validation,
        own,
    )


def describe(scores: Any) -> tuple[pd.DataFrame, bool]:
    """Lengths, missing values and copies by outlet, and whether near copies were looked for; see `Checks`."""
    articles = scores.articles
    near = len(articles) <= MOST_COMPARED
    if near:
        pairs = near_duplicates(scores, threshold=COPY_THRESHOLD)
        copies = articles["article_id"].isin({*pairs["article_a"], *pairs["article_b"]})
    else:
        text = articles["article_id"].map(scores.texts.set_index("article_id")["text"])
        copies = text.str.split().str.join(" ").duplicated(keep=False)
    facts = articles.assign(
        undated=articles["published"].isna(), untitled=articles["title"].fillna("").str.strip() == "",
        unmeasured=articles["sentiment"].isna(), copies=copies.to_numpy(),
    )  # fmt: skip
    grouped = facts.groupby("outlet", sort=True)
    lengths = grouped["n_tokens"].quantile([0.25, 0.5, 0.75]).unstack()
    lengths.columns = pd.Index(["q25", "median", "q75"])
    counts = grouped[["undated", "untitled", "unmeasured", "copies"]].sum().astype(int)
    return lengths.join(counts).reset_index(), near


def over_events(scores: Any, n_resamples: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Pairs of outlets over common events, the same pairs over all articles, and whence the events are."""
    articles = scores.articles
    none = pd.DataFrame(), pd.DataFrame(), ""
    if articles["outlet"].nunique() < 2:
        return none
    given = "event" in articles and bool((articles["event"].fillna("") != "").any())
    if not given and (len(articles) > MOST_COMPARED or articles["published"].isna().all()):
        return none
    known = scores if given else _with_found_events(scores)
    shared = known.articles.groupby("event")["outlet"].nunique()
    if (shared > 1).sum() < MIN_EVENTS:
        return none
    measures = [m for m in EVENT_MEASURES if articles[m].notna().any()]
    try:
        matched = compare(known, measures=measures, test="sign_flip", n_resamples=n_resamples, seed=seed)
    except UsageError:
        # No two outlets share an event.
        return none
    matched = matched[matched["units_a"] >= MIN_EVENTS].reset_index(drop=True)
    if not len(matched):
        return none
    every = compare(known, measures=measures, n_resamples=n_resamples, seed=seed)
    return matched, every, "given" if given else "found"


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


def _with_found_events(scores: Any) -> _Tables:
    events = same_event(scores)[["article_id", "event"]]
    articles = scores.articles.drop(columns="event", errors="ignore").merge(
        events, on="article_id", how="left", validate="one_to_one"
    )
    return _Tables(articles, scores.hits, scores.actors, scores.quotes)


@lru_cache(maxsize=1)
def _demo_figures() -> pd.DataFrame:
    from framing.validation.demo import demo_accuracy

    return demo_accuracy()


def demo_figures() -> pd.DataFrame:
    """Agreement with the annotation of the demo corpus: ``what, gold, found, precision, recall, f1``."""
    return _demo_figures().copy()
