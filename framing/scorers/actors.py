"""Actors: who appears, how they are named, what they do and what is done to them, who speaks, what is said of them.

Per article and actor:

* ``mentions``: how often named, by any form (``Russland``, ``Moskau``, ``russisch``, ``Kreml``); ``kinds``: the same by
  kind of naming (``name:3|capital:1``); ``namings``: the words used, most frequent first; ``loaded_namings``: how
  often named by a loaded term that judges (``Machthaber``, ``Regime``);
* ``sentiment_toward``: mean of what is said of the actor, in [-1, 1], and its parts ``sentiment_toward_author`` (the
  author's own words) and ``sentiment_toward_quoted``; see :mod:`framing.scorers.toward`;
* ``agent``, ``patient``: how often the actor is agent or patient of a verb; ``agency``, ``power``: what these verbs say,
  in [-1, 1]; see :mod:`framing.scorers.agency`;
* ``quotes``, ``quoted_tokens``: quotations whose speaker the actor is, and their length; ``speech_neutral``,
  ``speech_doubting``, ``speech_affirming``: the same by class of the cue.

Means are NaN where nothing could be measured. Each number opens: its hits have the actor as ``target``.

References: Sap et al. (2017), EMNLP; Antoniak et al. (2023), Riveter, ACL; Hamborg & Donnay (2021), EACL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from framing.language.documents import Documents
from framing.language.gazetteer import Gazetteer, load_actors
from framing.language.vocabulary import IntArray
from framing.language.voices import AUTHOR, QUOTED
from framing.scorers.agency import agency_hits
from framing.scorers.base import FloatArray, Hits, Scorer, sum_by
from framing.scorers.loaded_terms import LoadedTerms
from framing.scorers.sentiment import LexiconSentiment
from framing.scorers.toward import mention_targets, toward_hits
from framing.scorers.toward_model import toward_model_hits
from framing.scorers.toward_rules import NAMING, RULES
from framing.scorers.valued_words import valued_words

ACTOR_COLUMNS = (
    "actor", "name", "type", "mentions", "sentiment_toward", "agent", "patient", "agency", "quotes", "quoted_tokens",
    "speech_neutral", "speech_doubting", "speech_affirming", "namings", "sentiment_toward_author",
    "sentiment_toward_quoted", "power", "loaded_namings", "kinds", "sentiment_toward_model",
)  # fmt: skip
PORTRAYAL = ("toward", "toward_model", "agency", "power")
_CUE = {"neutral": 0, "doubting": 1, "affirming": 2}


@dataclass(slots=True)
class ActorRow:
    """Counts and sums of one actor in one group of texts."""

    actor: str
    type: str
    mentions: int = 0
    values: list[float] = field(default_factory=list)
    author: list[float] = field(default_factory=list)
    quoted: list[float] = field(default_factory=list)
    by_model: list[float] = field(default_factory=list)
    agent: int = 0
    patient: int = 0
    agency: float = 0.0
    power: float = 0.0
    loaded_namings: int = 0
    quotes: int = 0
    quoted_tokens: int = 0
    cues: list[int] = field(default_factory=lambda: [0, 0, 0])
    namings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


class Actors(Scorer):
    """Actors and their portrayal; see the module.

    Parameters
    ----------
    actors
        CSV file with further actors and aliases; see :func:`framing.language.gazetteer.load_actors`.

    Examples
    --------
    >>> Actors().fit_transform(["Die NATO tagt. Russland liefert Gas. Die NATO baut."])[0].tolist()
    [2.0, 3.0, 0.0]
    """

    name = "actors"
    columns = ("actors", "actor_mentions", "actors_speaking")

    def __init__(self, actors: str = "") -> None:
        self.actors = actors

    @property
    def lexicons(self) -> tuple[str, ...]:
        """What decides who is found and how verbs are read."""
        own = (self.actors,) if self.actors else ()
        return (
            "states", "organisations", "offices", "given_names", "surnames", "public_figures", "places", "name_stopwords",
            "verbs", "stances", *own,
        )  # fmt: skip

    @property
    def gazetteer(self) -> Gazetteer | None:
        """The shipped gazetteer with the user's actors, None without any."""
        return _with_actors(self.actors) if self.actors else None

    def hits(self, documents: Documents) -> Hits:
        """Mentions: ``term`` is the actor, ``category`` its type, ``value`` 1, ``note`` how it is named."""
        if self.actors and documents.gazetteer is None:
            documents.gazetteer = self.gazetteer
        rows = [
            (n.first, n.last, n.name, n.type, 1.0, n.name, n.kind) for n in documents.name_list if n.type != "place"
        ]
        return Hits.from_rows(rows)

    def portrayal(
        self, documents: Documents, mentions: Hits, sentiment: Hits | None = None, loaded: Hits | None = None
    ) -> dict[str, Hits]:
        """Hits behind the table, by the names in :data:`PORTRAYAL`.

        Parameters
        ----------
        documents, mentions
            Parsed texts and the mentions in them.
        sentiment, loaded
            Hits of the lexicon sentiment and of the loaded terms in the same texts; found here if not given.
        """
        sentiment = LexiconSentiment().hits(documents) if sentiment is None else sentiment
        loaded = LoadedTerms().hits(documents) if loaded is None else loaded
        words = valued_words(documents, sentiment, loaded)
        targets = mention_targets(documents, mentions)
        agency, power = agency_hits(documents, mentions, targets)
        return {
            "toward": toward_hits(documents, mentions, targets, loaded, words),
            "toward_model": toward_model_hits(documents, mentions, words),
            "agency": agency,
            "power": power,
        }

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """Number of actors, of mentions, and of quotations with a known speaker."""
        of_hit = group[documents.tokens.segment[hits.first]]
        pairs = set(zip(of_hit.tolist(), hits.term, strict=True))
        distinct = np.bincount(np.array([p[0] for p in pairs], np.int64), minlength=count).astype(float)
        speaking = np.zeros(count)
        for q, name in speakers(documents):
            speaking[group[q]] += name is not None
        return {"actors": distinct, "actor_mentions": sum_by(of_hit, count), "actors_speaking": speaking}

    def portraits(self, documents: Documents, hits: Mapping[str, Hits], group: IntArray) -> list[tuple[int, ActorRow]]:
        """One row per group and actor, in order of group and first mention.

        Parameters
        ----------
        documents
            Parsed texts.
        hits
            ``actors``: the mentions; and the hits of :meth:`portrayal`.
        group
            Group (article) of each text.
        """
        rows: dict[tuple[int, str], ActorRow] = {}
        _count_mentions(documents, hits["actors"], group, rows)
        _add_toward(documents, hits["toward"], group, rows)
        _add_toward_model(documents, hits["toward_model"], group, rows)
        _add_roles(documents, hits["agency"], hits["power"], group, rows)
        _add_speech(documents, group, rows)
        return sorted(((g, row) for (g, _), row in rows.items()), key=lambda item: item[0])


@lru_cache(maxsize=4)
def _with_actors(path: str) -> Gazetteer:
    return load_actors(path)


Rows = dict[tuple[int, str], ActorRow]


def _count_mentions(d: Documents, hits: Hits, group: IntArray, rows: Rows) -> None:
    strings, types = d.vocabulary.strings, d.tokens.type
    of_hit = group[d.tokens.segment[hits.first]].tolist()
    for g, first, last, actor, type_, kind in zip(
        of_hit, hits.first.tolist(), hits.last.tolist(), hits.term, hits.category, hits.note, strict=True
    ):
        row = rows.get((g, actor))
        if row is None:
            row = rows[g, actor] = ActorRow(actor, type_)
        row.mentions += 1
        row.namings[strings[types[first]] if last - first == 1 else d.surface(first, last)] += 1
        row.kinds[kind] += 1


def _add_toward(d: Documents, hits: Hits, group: IntArray, rows: Rows) -> None:
    of_hit = group[d.tokens.segment[hits.first]].tolist()
    naming = RULES[NAMING]
    for g, actor, rule, value, voice in zip(
        of_hit, hits.target, hits.category, hits.value.tolist(), d.voice[hits.first].tolist(), strict=True
    ):
        row = rows[g, actor]
        row.values.append(value)
        if voice == AUTHOR:
            row.author.append(value)
        elif voice == QUOTED:
            row.quoted.append(value)
        row.loaded_namings += rule == naming


def _add_toward_model(d: Documents, hits: Hits, group: IntArray, rows: Rows) -> None:
    of_hit = group[d.tokens.segment[hits.first]].tolist()
    for g, actor, value in zip(of_hit, hits.target, hits.value.tolist(), strict=True):
        rows[g, actor].by_model.append(value)


def _add_roles(d: Documents, agency: Hits, power: Hits, group: IntArray, rows: Rows) -> None:
    of_hit = group[d.tokens.segment[agency.first]].tolist()
    for g, actor, role, a, p in zip(
        of_hit, agency.target, agency.category, agency.value.tolist(), power.value.tolist(), strict=True
    ):
        row = rows[g, actor]
        row.agent += role == "agent"
        row.patient += role == "patient"
        row.agency += a
        row.power += p


def _add_speech(d: Documents, group: IntArray, rows: Rows) -> None:
    for q, name in zip(d.quotation_list, d.speaker_names, strict=True):
        row = rows.get((int(group[q.segment]), name.name)) if name is not None else None
        if row is None:
            continue
        row.quotes += 1
        if q.form == "direct":
            row.quoted_tokens += q.last - q.first
        if q.cue_class in _CUE:
            row.cues[_CUE[q.cue_class]] += 1


def as_columns(row: ActorRow) -> tuple[object, ...]:
    """Values in the order of :data:`ACTOR_COLUMNS`."""
    total = row.agent + row.patient
    return (
        row.actor, row.actor, row.type, row.mentions, _mean(row.values), row.agent, row.patient,
        row.agency / total if total else float("nan"), row.quotes, row.quoted_tokens, *row.cues,
        "|".join(w for w, _ in _ranked(row.namings)[:12]), _mean(row.author), _mean(row.quoted),
        row.power / total if total else float("nan"), row.loaded_namings,
        "|".join(f"{kind}:{n}" for kind, n in _ranked(row.kinds)), _mean(row.by_model),
    )  # fmt: skip


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def speakers(d: Documents) -> list[tuple[int, str | None]]:
    """``(text, actor or None)`` of each quotation."""
    return [
        (q.segment, n.name if n is not None else None) for q, n in zip(d.quotation_list, d.speaker_names, strict=True)
    ]


__all__ = ["ACTOR_COLUMNS", "PORTRAYAL", "ActorRow", "Actors", "as_columns", "speakers"]
