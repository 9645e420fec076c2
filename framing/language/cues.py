"""Words that introduce speech: verbs, nouns and prepositions with their class, from ``lexicons/cues.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CUES_FILE = Path(__file__).parent.parent / "lexicons" / "cues.csv"
CLASSES = ("neutral", "doubting", "affirming")


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue words by lemma; values are indices into :data:`CLASSES`.

    Attributes
    ----------
    verbs, nouns
        Class by lemma.
    spoken
        Verbs that carry the speech themselves (``sagen``), not only thought or perception.
    with_als
        Verbs of naming and judging (``bezeichnen als``); ``only_als``: those that report nothing else (``feiern als``).
    with_question, with_infinitive
        Verbs whose content can be a question (``fragen, ob``); verbs and nouns with an infinitive (``drohen, … zu``).
    after_nach
        Nouns that make ``nach … von`` a source (``Angabe``, ``Einschätzung``).
    """

    verbs: dict[str, int]
    nouns: dict[str, int]
    spoken: frozenset[str]
    with_als: frozenset[str]
    only_als: frozenset[str]
    with_question: frozenset[str]
    with_infinitive: frozenset[str]
    after_nach: frozenset[str]


_AFTER_NACH = frozenset(
    "Angabe Aussage Auskunft Einschätzung Ansicht Meinung Auffassung Überzeugung Darstellung Wort Bericht Information "
    "Medienbericht Erkenntnis Schätzung Mitteilung Medienangabe Polizeiangabe Behördenangabe Zählung Untersuchung "
    "Lesart Zeugenaussage Presseberichte Agenturbericht Zeitungsbericht Darlegung Studie Umfrage Bewertung Vorstellung "
    "Bekunden Berechnung Prognose Recherche Beobachtung Schilderung Regierungsangabe Militärangabe Unternehmensangabe "
    "Analyse Kenntnis Dafürhalten Wortlaut Sicht Beurteilung Presseangabe Zeugenbericht Gefühl Eindruck".split()
)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cue lexicon shipped with the package."""
    verbs: dict[str, int] = {}
    nouns: dict[str, int] = {}
    spoken: set[str] = set()
    only_als: set[str] = set()
    by_frame: dict[str, set[str]] = {frame: set() for frame in ("als", "ob", "inf")}
    with CUES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            term = row["term"].removeprefix("sich ")
            number = CLASSES.index(row["class"])
            if row["pos"] == "verb":
                verbs[term] = number
                if row["kind"] in ("speech", "writing"):
                    spoken.add(term)
                if row["frame"] == "als":
                    only_als.add(term)
                for frame in row["frame"].split("|"):
                    if frame in by_frame:
                        by_frame[frame].add(term)
            elif row["pos"] == "noun":
                nouns[term] = number
                if "inf" in row["frame"].split("|"):
                    by_frame["inf"].add(term)
    with_als, with_question, with_infinitive = map(frozenset, by_frame.values())
    return Cues(
        verbs, nouns, frozenset(spoken), with_als, frozenset(only_als), with_question, with_infinitive, _AFTER_NACH
    )
