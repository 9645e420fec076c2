"""One actor across outlets: how often named and how, what is said of it, what it does and suffers, how it is quoted.

All numbers come from the scores; every table names its unit. Means and rates have the bootstrap interval over articles of
:func:`framing.compare.means.means`; the group ``all`` holds the articles of all outlets, so that outlets with many
articles weigh more in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from framing.compare.means import means
from framing.compare.over_time import over_time
from framing.errors import UsageError

if TYPE_CHECKING:
    from framing.scores import Scores

Freq = Literal["D", "W", "M"]
ALL = "all"
MEASURES = (
    "articles with mentions", "mentions per article", "mentions per 1000 n_tokens", "sentiment_toward", "sentiment_toward_author",
    "sentiment_toward_quoted", "agency", "power", "quotes per article", "quoted_tokens per quotes",
    "speech_doubting per quotes", "speech_affirming per quotes",
)  # fmt: skip
CUES = ("neutral", "doubting", "affirming")
_LONGEST = 320
_FREQ: tuple[tuple[int, Freq], ...] = ((45, "D"), (400, "W"), (10**9, "M"))


@dataclass(frozen=True)
class Portrait:
    """Tables on one actor.

    Attributes
    ----------
    actor, name, type
        Who it is.
    n_articles, n_mentions, n_corpus
        Articles that name the actor, mentions in them, articles of the corpus.
    measures
        ``measure, group, n, estimate, ci_low, ci_high, method``, one row per measure and outlet, and for ``all``: share of
        articles that name the actor, mentions per article (of all articles), sentiment toward (all, author's, quoted
        voice), agency, power, quotations per article, quoted tokens per quotation, and the shares of quotations with a
        doubting and an affirming cue. ``n`` counts the articles that the estimate rests on.
    speech
        ``group, quotes, quoted_tokens, neutral, doubting, affirming, other``: counts by outlet; ``other`` has no cue or
        one of no class.
    namings
        ``naming, loaded, value, all`` and a column per outlet: how often each word is used for the actor. ``loaded``: the
        word judges; ``value`` in [-1, 1].
    verbs
        ``role, verb, n, articles, agency, power``: verbs of which the actor is ``agent`` or ``patient``, most frequent first;
        values are what one such verb adds to the sums behind agency and power.
    sentences
        ``kind`` (``negative, neutral, positive``)``, article_id, outlet, published, field, start, end, surface, value, rule, voice,
        sentence, sentence_start``: the strongest hits of sentiment toward the actor, one an article, and mentions
        in sentences without such a hit. Offsets are those of the hit in the field.
    over_time
        Mentions per article (of all articles) by day, week or month, as `framing.over_time` gives them.
    """

    actor: str
    name: str
    type: str
    n_articles: int
    n_mentions: int
    n_corpus: int
    measures: pd.DataFrame = field(repr=False)
    speech: pd.DataFrame = field(repr=False)
    namings: pd.DataFrame = field(repr=False)
    verbs: pd.DataFrame = field(repr=False)
    sentences: pd.DataFrame = field(repr=False)
    over_time: pd.DataFrame = field(repr=False)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        names = ("measures", "speech", "namings", "verbs", "sentences", "over_time")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class _Own:
    """The tables of scores with the rows of one actor."""

    articles: pd.DataFrame
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame


def _near(actor: str, known: pd.Series) -> str:
    """Actors whose names hold the word, those of most articles first; else those spelt most like it."""
    articles = known.astype("str").value_counts()
    word = actor.strip().casefold()
    held = articles[[word in name.casefold().split() or word == name.casefold() for name in articles.index]].head(5)
    if len(held):
        return "give one of " + ", ".join(f"{name!r} ({n} articles)" for name, n in held.items())
    near = get_close_matches(actor, list(articles.index), n=3)
    return f"near it are {', '.join(near)}" if near else "see the column 'actor' of the table of actors"


def portrait(
    scores: Scores,
    actor: str,
    *,
    n_sentences: int = 3,
    freq: Freq | None = None,
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Portrait:
    """Portrait of one actor across the outlets; see :class:`Portrait`.

    Parameters
    ----------
    scores
        Scores of the corpus.
    actor
        Id of the actor, as in the table of actors.
    n_sentences
        Typical sentences of each kind.
    freq
        Period of the mentions over time; by default days, weeks or months after the length of the corpus.
    n_resamples, seed, confidence
        Of the bootstrap over articles within outlet.

    Raises
    ------
    UsageError
        If no article names the actor.

    Examples
    --------
    >>> import pandas as pd, framing
    >>> texts = ["Russland liefert Gas.", "Das mächtige Russland lügt.", "Es regnet."]
    >>> corpus = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": "Blatt", "title": "", "text": texts})
    >>> found = framing.portrait(framing.score(corpus, progress=False), "Russland", n_resamples=100)
    >>> found.n_articles, found.n_mentions, found.verbs["verb"].tolist()
    (2, 2, ['liefern', 'lügen'])
    """
    own_actors = scores.actors[scores.actors["actor"] == actor]
    if own_actors.empty:
        raise UsageError(f"no article names the actor {actor!r}", cure=_near(actor, scores.actors["actor"]))
    hits, quotes = scores.hits, scores.quotes
    own = _Own(
        scores.articles, hits[hits["target"] == actor], own_actors, quotes[(quotes["actor"] == actor).fillna(False)]
    )
    outlet = scores.articles.set_index("article_id")["outlet"]
    return Portrait(
        actor=actor,
        name=str(own_actors["name"].iloc[0]),
        type=str(own_actors["type"].mode().iloc[0]),
        n_articles=int(own_actors["article_id"].nunique()),
        n_mentions=int(own_actors["mentions"].sum()),
        n_corpus=len(scores.articles),
        measures=_measures(own, actor, n_resamples, seed, confidence),
        speech=_speech(own, outlet),
        namings=_namings(own.hits, outlet),
        verbs=_verbs(own.hits),
        sentences=_sentences(scores, own.hits, outlet, n_sentences),
        over_time=_over_time(own, actor, freq, n_resamples, seed, confidence),
    )


def _measures(own: _Own, actor: str, n_resamples: int, seed: int, confidence: float) -> pd.DataFrame:
    together = _Own(own.articles.assign(outlet=ALL), own.hits, own.actors, own.quotes)
    parts = []
    for tables in (own, together):
        table = means(
            tables,
            measures=_known(own.actors),
            n_resamples=n_resamples,
            seed=seed,
            confidence=confidence,
            min_articles=0,
        )
        parts.append(table[table["target"] == actor])
    table = pd.concat(parts, ignore_index=True).drop(columns="target")
    place = {m: k for k, m in enumerate(MEASURES)}
    return table.sort_values("measure", key=lambda m: m.map(place), kind="stable", ignore_index=True)


def _known(actors: pd.DataFrame) -> list[str]:
    """Measures whose columns the table has: scores of an older version lack some."""
    return [m for m in MEASURES if m.split(" with ")[-1].split(" per ")[0] in actors.columns]


def _over_time(
    own: _Own, actor: str, freq: Freq | None, n_resamples: int, seed: int, confidence: float
) -> pd.DataFrame:
    """Mentions per article by period; without a row where no article has a date."""
    dates = pd.to_datetime(own.articles["published"]).dropna()
    if dates.empty:
        return pd.DataFrame(
            columns=["measure", "target", "group", "period", "n", "estimate", "ci_low", "ci_high", "method"]
        )
    if freq is None:
        days = (dates.max() - dates.min()).days
        freq = next(code for most, code in _FREQ if days <= most)
    together = _Own(own.articles.assign(outlet=ALL), own.hits, own.actors, own.quotes)
    return over_time(
        together, "mentions per article", freq=freq or "W", target=actor, n_resamples=n_resamples, seed=seed,
        confidence=confidence,
    )  # fmt: skip


def _speech(own: _Own, outlet: pd.Series) -> pd.DataFrame:
    columns = ["quotes", "quoted_tokens", *(f"speech_{c}" for c in CUES)]
    table = own.actors.assign(group=own.actors["article_id"].map(outlet)).groupby("group")[columns].sum()
    table.loc[ALL] = table.sum()
    table.columns = pd.Index(["quotes", "quoted_tokens", *CUES])
    table["other"] = table["quotes"] - table[list(CUES)].sum(axis=1)
    return table.astype(np.int64).reset_index()


def _namings(hits: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    mentions = hits[hits["scorer"] == "actors"]
    loaded = hits[(hits["scorer"] == "toward") & (hits["category"] == "naming")]
    mentions = mentions[~_holds(mentions, loaded)]
    both = pd.concat([mentions.assign(loaded=False, value=np.nan), loaded.assign(loaded=True)])
    both = both.assign(group=both["article_id"].map(outlet))
    wide = both.groupby(["surface", "loaded", "group"]).size().unstack("group", fill_value=0)
    value = both.groupby(["surface", "loaded"])["value"].mean()
    table = wide.assign(value=value, **{ALL: wide.sum(axis=1)}).reset_index().rename(columns={"surface": "naming"})
    table = table[["naming", "loaded", "value", ALL, *map(str, wide.columns)]]
    return table.sort_values([ALL, "naming"], ascending=[False, True], ignore_index=True)


def _holds(mentions: pd.DataFrame, inner: pd.DataFrame) -> Any:
    """Whether each mention holds one of the inner spans."""
    place = ["article_id", "field"]
    pairs = mentions.reset_index()[["index", *place, "start", "end"]].merge(
        inner[[*place, "start"]], on=place, suffixes=("", "_2")
    )
    inside = pairs[(pairs["start"] <= pairs["start_2"]) & (pairs["start_2"] < pairs["end"])]
    return mentions.index.isin(inside["index"])


def _verbs(hits: pd.DataFrame) -> pd.DataFrame:
    keys = ["category", "term"]
    agency, power = (hits[hits["scorer"] == name] for name in ("agency", "power"))
    table = agency.groupby(keys).agg(n=("value", "size"), articles=("article_id", "nunique"), agency=("value", "mean"))
    table = table.join(power.groupby(keys)["value"].mean().rename("power")).reset_index()
    table = table.rename(columns={"category": "role", "term": "verb"})
    return table.sort_values(["role", "n", "verb"], ascending=[True, False, True], ignore_index=True)


def _sentences(scores: Scores, hits: pd.DataFrame, outlet: pd.Series, n: int) -> pd.DataFrame:
    """The strongest hits of sentiment toward the actor with their sentences, and sentences without one."""
    order = ["article_id", "field", "start"]
    toward = hits[hits["scorer"] == "toward"].sort_values(order, kind="stable")
    down = toward[toward["value"] < 0].sort_values("value", kind="stable")
    up = toward[toward["value"] > 0].sort_values("value", ascending=False, kind="stable")
    quiet = hits[(hits["scorer"] == "actors") & ~hits["article_id"].isin(toward["article_id"])]
    if quiet.empty:
        quiet = hits[hits["scorer"] == "actors"]
    quiet = quiet.assign(value=np.nan, category="")
    date = scores.articles.set_index("article_id")["published"]
    spans = set(zip(toward["article_id"], toward["field"], toward["start"], strict=True))
    rows: list[tuple[Any, ...]] = []
    for kind, chosen in (("negative", down), ("neutral", quiet), ("positive", up)):
        chosen = chosen.drop_duplicates("article_id")
        if kind == "neutral":
            # from all over the corpus, not from its beginning
            chosen = chosen.iloc[np.argsort(np.arange(len(chosen)) % max(1, len(chosen) // n), kind="stable")]
        found: list[tuple[Any, ...]] = []
        seen: set[str] = set()
        for row in chosen.to_dict("records"):
            where = str(row["article_id"]), str(row["field"]), int(row["start"]), int(row["end"])
            text, at, _ = scores.sentence(*where)
            begin = where[2] - at
            clean = kind != "neutral" or not any(
                (where[0], where[1], begin + k) in spans for k in range(len(text) if spans else 0)
            )
            if len(text) > _LONGEST or not clean or text in seen:
                continue
            seen.add(text)
            found.append(
                (kind, where[0], outlet[where[0]], date[where[0]], *where[1:], row["surface"], row["value"], row["category"],
                 row["voice"], text, begin)
            )  # fmt: skip
            if len(found) == n:
                break
        rows += found
    columns = [
        "kind",
        "article_id",
        "outlet",
        "published",
        "field",
        "start",
        "end",
        "surface",
        "value",
        "rule",
        "voice",
        "sentence",
        "sentence_start",
    ]
    return pd.DataFrame(rows, columns=columns)


def agency_map(scores: Scores, actors: Sequence[str] | None = None, **options: Any) -> pd.DataFrame:
    """Sentiment toward actors and their agency over all outlets, for the plot of the same name.

    Parameters
    ----------
    scores
        Scores of the corpus.
    actors
        Ids; by default the fifteen that are named in most articles.
    options
        As in `framing.compare.means.means`; ``by`` defaults to all articles together.
    """
    chosen = list(actors) if actors is not None else [str(a) for a in scores.actors["actor"].value_counts().index[:15]]
    if "by" not in options:
        scores = scores.with_articles(scores.articles.assign(outlet=ALL))
    return means(scores, measures=["sentiment_toward", "agency"], targets=chosen, **options)


__all__ = ["ALL", "MEASURES", "Portrait", "agency_map", "portrait"]
