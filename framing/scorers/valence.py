"""The valence lexicon in the form that the sentiment scorer reads: values by lemma, phrases, shifters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from framing import lexicons
from framing.language.morphology import LONGEST, UPOS_OF
from framing.language.vocabulary import Vocabulary

_POS_OF_UPOS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "AUX": "verb"}
POS_OF_TAG = tuple(_POS_OF_UPOS.get(u, "") for u in UPOS_OF)


@dataclass(frozen=True)
class ValenceLexicon:
    """Values of words.

    Attributes
    ----------
    values
        ``(lemma, part of speech)`` to valence; part of speech is ``noun``, ``verb``, ``adj`` or ``adv``.
    heads
        Nouns (lower case) of clear valence that count as last part of a compound too.
    phrases
        Word sequences (lemmas) to valence.
    shifters
        Lemma to ``(kind, factor)``: ``intensifier`` and ``diminisher`` bear on the next word, ``reverser`` on the
        object of its verb or noun, ``negator`` words beyond the grammatical ones.
    digest
        Of the files, for the signature.
    """

    values: dict[tuple[str, str], float]
    heads: dict[str, float]
    phrases: dict[tuple[str, ...], float]
    shifters: dict[tuple[str, str], tuple[str, float]]
    digest: str

    def value(self, lemma: str, pos: str, vocabulary: Vocabulary) -> float:
        """Valence of a lemma, by its compound head where the whole word is not listed; NaN if unknown."""
        found = self.values.get((lemma, pos))
        if found is not None:
            return found
        if pos == "adj":
            found = self.values.get((lemma, "adv"))
        elif pos == "adv":
            found = self.values.get((lemma, "adj"))
        if found is not None:
            return found
        if pos == "noun" and 7 < len(lemma) <= LONGEST:
            # a mild head says little in a compound ("Energiekrise" yes, "Sicherheitsrat" has its own entry)
            lower = lemma.lower()
            for cut in range(3, len(lower) - 3):
                found = self.heads.get(lower[cut:])
                if found is not None:
                    parts = vocabulary.morphology.parts(lemma)
                    if parts[-1].strip("-") == lower[cut:] or "".join(parts[-2:]) == lower[cut:]:
                        return found
                    break
        return float("nan")


@lru_cache(maxsize=8)
def load_valence(name: str = "valence") -> ValenceLexicon:
    """The valence lexicon with the shifters of the package.

    Parameters
    ----------
    name
        ``valence``, or a CSV file with columns ``term``, ``valence`` and, if known, ``pos``.
    """
    from framing.errors import InputError

    lexicon = lexicons.load(name)
    if not {"term", "valence"} <= set(lexicon.rows[0]):
        raise InputError(
            "no columns term and valence", file=str(lexicon.path), cure="name the columns term,pos,valence"
        )
    values: dict[tuple[str, str], float] = {}
    phrases: dict[tuple[str, ...], float] = {}
    for number, row in enumerate(lexicon.rows, start=2):
        try:
            valence = float(row["valence"])
        except ValueError:
            raise InputError(
                f"valence {row['valence']!r} is no number",
                file=str(lexicon.path),
                record=f"line {number}",
                cure="write it as 0.5",
            ) from None
        if not -1 <= valence <= 1:
            raise InputError(f"valence {valence} outside [-1, 1]", file=str(lexicon.path), record=f"line {number}")
        words = row["term"].split()
        if len(words) > 1:
            phrases.setdefault(tuple(words), valence)
        else:
            for pos in [row.get("pos", "")] if row.get("pos") else ["noun", "verb", "adj", "adv"]:
                values.setdefault((row["term"], pos), valence)
    shifter_file = lexicons.load("shifters")
    shifters = {
        (row["term"], row["pos"]): (row["kind"], float(row["factor"]))
        for row in shifter_file.rows
        if " " not in row["term"]
    }
    heads = {term.lower(): v for (term, pos), v in values.items() if pos == "noun" and abs(v) >= 0.5 and len(term) > 3}
    return ValenceLexicon(values, heads, phrases, shifters, f"{lexicon.digest}+{shifter_file.digest}")
