"""Actors: who appears, how the text stands toward them, what they do and what is done to them, who speaks.

Per article and actor:

* ``mentions``: how often named, by any form (``Russland``, ``Moskau``, ``russisch``, ``Kreml``);
* ``sentiment_toward``: mean valence of the author's words in the clauses that name the actor, in [-1, 1], NaN
  without any; words inside quotations do not count. It is near the actor, not proven to be about them;
* ``agent``, ``patient``: how often the actor is agent or patient of a verb; ``agency`` = (agent - patient) /
  (agent + patient), in [-1, 1], NaN without any;
* ``quotes``, ``quoted_tokens``: quotations whose speaker the actor is, and their length; ``speech_neutral``,
  ``speech_doubting``, ``speech_affirming``: the same by class of the cue;
* ``namings``: the words used, most frequent first.

References: Sap et al. (2017), EMNLP; Antoniak et al. (2023), Riveter, ACL; Hamborg & Donnay (2021), EACL.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language.attribution import named_in
from framing.language.documents import Documents
from framing.language.roles import AGENT
from framing.language.vocabulary import IntArray
from framing.language.voices import AUTHOR
from framing.scorers.base import FloatArray, Hits, Scorer, sum_by

ACTOR_COLUMNS = (
    "actor", "name", "type", "mentions", "sentiment_toward", "agent", "patient", "agency", "quotes", "quoted_tokens",
    "speech_neutral", "speech_doubting", "speech_affirming", "namings",
)  # fmt: skip


@dataclass(slots=True)
class ActorRow:
    """Counts of one actor in one group of texts."""

    actor: str
    type: str
    mentions: int = 0
    values: float = 0.0
    n_values: int = 0
    agent: int = 0
    patient: int = 0
    quotes: int = 0
    quoted_tokens: int = 0
    cues: tuple[int, int, int] = (0, 0, 0)
    namings: Counter[str] | None = None


class Actors(Scorer):
    """Actors and their portrayal; see the module."""

    name = "actors"
    columns = ("actors", "actor_mentions", "actors_speaking")

    def hits(self, documents: Documents) -> Hits:
        """Mentions: ``term`` is the actor, ``category`` its type, ``value`` 1, ``note`` how it is named."""
        rows = [
            (n.first, n.last, n.name, n.type, 1.0, n.name, n.kind) for n in documents.name_list if n.type != "place"
        ]
        return Hits.from_rows(rows)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """Number of actors, of mentions, and of quotations with a known speaker."""
        of_hit = group[documents.tokens.segment[hits.first]]
        pairs = set(zip(of_hit.tolist(), hits.term, strict=True))
        distinct = np.bincount(np.array([p[0] for p in pairs], np.int64), minlength=count).astype(float)
        speaking = np.zeros(count)
        for q, name in speakers(documents):
            speaking[group[q]] += name is not None
        return {"actors": distinct, "actor_mentions": sum_by(of_hit, count), "actors_speaking": speaking}

    def table(self, documents: Documents, hits: Hits, sentiment: Hits, group: IntArray) -> list[tuple[int, ActorRow]]:
        """One row per group and actor, in order of group and first mention.

        Parameters
        ----------
        documents, hits
            Parsed texts and the mentions in them.
        sentiment
            Hits of the sentiment scorer in the same texts.
        group
            Group (article) of each text.
        """
        rows: dict[tuple[int, str], ActorRow] = {}
        clause_sum, clause_count = _clause_valence(documents, sentiment)
        segment = documents.tokens.segment
        clause = documents.clauses.of_token
        seen: set[tuple[int, str, int]] = set()
        strings = documents.vocabulary.strings
        for first, last, actor, kind in zip(
            hits.first.tolist(), hits.last.tolist(), hits.term, hits.category, strict=True
        ):
            g = int(group[segment[first]])
            row = rows.get((g, actor))
            if row is None:
                row = rows[g, actor] = ActorRow(actor, kind, namings=Counter())
            row.mentions += 1
            words = strings[documents.tokens.type[first]] if last - first == 1 else documents.surface(first, last)
            assert row.namings is not None
            row.namings[words] += 1
            c = int(clause[first])
            if (g, actor, c) not in seen:
                seen.add((g, actor, c))
                row.values += float(clause_sum[c])
                row.n_values += int(clause_count[c])
        for actor, g, role in _roles(documents, group):
            found = rows.get((g, actor))
            if found is not None:
                if role == AGENT:
                    found.agent += 1
                else:
                    found.patient += 1
        for q, name in zip(documents.quotation_list, documents.speaker_names, strict=True):
            if name is None:
                continue
            found = rows.get((int(group[q.segment]), name.name))
            if found is None:
                continue
            found.quotes += 1
            if q.form == "direct":
                found.quoted_tokens += q.last - q.first
            n, m, a = found.cues
            found.cues = (
                n + (q.cue_class == "neutral"), m + (q.cue_class == "doubting"), a + (q.cue_class == "affirming")
            )  # fmt: skip
        return sorted(((g, row) for (g, _), row in rows.items()), key=lambda item: item[0])


def as_columns(row: ActorRow) -> tuple[object, ...]:
    """Values in the order of :data:`ACTOR_COLUMNS`."""
    total = row.agent + row.patient
    namings = "|".join(w for w, _ in sorted((row.namings or Counter()).items(), key=lambda x: (-x[1], x[0]))[:12])
    return (
        row.actor, row.actor, row.type, row.mentions, row.values / row.n_values if row.n_values else float("nan"),
        row.agent, row.patient, (row.agent - row.patient) / total if total else float("nan"), row.quotes,
        row.quoted_tokens, *row.cues, namings,
    )  # fmt: skip


def _clause_valence(d: Documents, sentiment: Hits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum and number of the author's sentiment hits per clause."""
    count = len(d.clauses.verb)
    author = d.voice[sentiment.first] == AUTHOR
    clause = d.clauses.of_token[sentiment.first[author]]
    return (
        np.bincount(clause, weights=sentiment.value[author], minlength=count).astype(float),
        np.bincount(clause, minlength=count).astype(float),
    )


def _roles(d: Documents, group: IntArray) -> list[tuple[str, int, int]]:
    names = d.actor_at
    r = d.role_table
    out: list[tuple[str, int, int]] = []
    segment = d.tokens.segment
    starts = set(names)
    for first, last, phrase, role in zip(
        r.start.tolist(), r.end.tolist(), r.phrase.tolist(), r.role.tolist(), strict=True
    ):
        if not any(i in starts for i in range(first, last)):
            continue
        for name in named_in(d, names, first, last, phrase):
            out.append((name.name, int(group[segment[first]]), role))
    return out


def speakers(d: Documents) -> list[tuple[int, str | None]]:
    """``(text, actor or None)`` of each quotation."""
    return [
        (q.segment, n.name if n is not None else None) for q, n in zip(d.quotation_list, d.speaker_names, strict=True)
    ]


__all__ = ["ACTOR_COLUMNS", "ActorRow", "Actors", "as_columns", "speakers"]
