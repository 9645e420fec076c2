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
    after_nach
        Nouns that make ``nach … von`` a source (``Angabe``, ``Einschätzung``).
    """

    verbs: dict[str, int]
    nouns: dict[str, int]
    spoken: frozenset[str]
    noun_object: frozenset[str]
    after_nach: frozenset[str]


_AFTER_NACH = frozenset(
    "Angabe Aussage Auskunft Einschätzung Ansicht Meinung Auffassung Überzeugung Darstellung Wort Bericht Information "
    "Medienbericht Erkenntnis Schätzung Mitteilung Medienangabe Polizeiangabe Behördenangabe Zählung Untersuchung "
    "Lesart Zeugenaussage Presseberichte Agenturbericht Zeitungsbericht Darlegung Studie Umfrage".split()
)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cue lexicon shipped with the package."""
    verbs: dict[str, int] = {}
    nouns: dict[str, int] = {}
    spoken, noun_object = set(), set()
    with CUES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            term = row["term"].removeprefix("sich ")
            number = CLASSES.index(row["class"])
            if row["pos"] == "verb":
                verbs[term] = number
                if row["kind"] in ("speech", "writing"):
                    spoken.add(term)
                if "np" in row["frame"].split("|"):
                    noun_object.add(term)
            elif row["pos"] == "noun":
                nouns[term] = number
    return Cues(verbs, nouns, frozenset(spoken), frozenset(noun_object), _AFTER_NACH)
