"""The valence lexicon in the form that the sentiment scorer reads: values of words, phrases, shifters.

What depends on a word alone is settled here, once per word: its entry, the head of a compound, what the parts of a
compound say together (``Kriegsende``, ``Riesenerfolg``, ``gewaltfrei``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from framing import lexicons
from framing.errors import InputError
from framing.language.morphology import LONGEST, UPOS_OF
from framing.language.vocabulary import Vocabulary
from framing.lexicons import Lexicon
from framing.scorers.affixes import Affixes

_POS_OF_UPOS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "AUX": "verb"}
POS_OF_TAG = tuple(_POS_OF_UPOS.get(u, "") for u in UPOS_OF)
WORD_POS = ("noun", "verb", "adj", "adv")
# What stands between the parts of a compound (``Krieg-s-ende``); longest first.
_LINKS = ("es", "en", "er", "s-", "s", "n", "e", "-", "")
# Second parts of adjectives that say that the first is absent.
_WITHOUT = ("frei", "los", "arm")
# Second parts that hold out against the first.
_AGAINST = ("fest", "sicher", "resistent")
ABSENT = -0.7


@dataclass(frozen=True, slots=True)
class Shifter:
    """A word or phrase that changes the value of others.

    Attributes
    ----------
    term, pos
        As in ``shifters.csv``.
    kind
        ``intensifier``, ``diminisher``, ``reverser``, ``negator`` or ``irrealis``.
    factor
        What the value is multiplied by.
    scope
        Whom it reaches, see ``SOURCES.md``: ``next``, ``object``, ``subject``, ``dative``, ``genitive``, ``noun``,
        ``phrase``, ``clause``, ``following``, ``sentence``, ``grammar``, or prepositions.
    only
        ``positive`` or ``negative`` where it bears on values of that sign only, else empty.
    """

    term: str
    pos: str
    kind: str
    factor: float
    scope: frozenset[str]
    only: str


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
        Phrases as written to valence.
    shifters
        ``(term, part of speech)`` to :class:`Shifter`.
    digest
        Of the files, for the signature.
    """

    values: dict[tuple[str, str], float]
    heads: dict[str, float]
    phrases: dict[str, float]
    shifters: dict[tuple[str, str], Shifter]
    digest: str
    _prefixes: dict[str, float] = field(init=False, repr=False)
    _turning: dict[str, float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        prefixes = {term: s.factor for (term, pos), s in self.shifters.items() if pos == "prefix"}
        turning = {
            term.lower(): s.factor
            for (term, pos), s in self.shifters.items()
            if pos == "noun" and s.kind in ("reverser", "negator") and not s.only
        }
        object.__setattr__(self, "_prefixes", prefixes)
        object.__setattr__(self, "_turning", turning)

    @cached_property
    def _heads(self) -> Affixes:
        return Affixes(self.heads)

    @cached_property
    def _begins(self) -> Affixes:
        return Affixes(self._prefixes)

    @cached_property
    def _turns(self) -> Affixes:
        return Affixes(self._turning)

    def lemma_values(self, lemma: str, vocabulary: Vocabulary) -> list[float]:
        """Valence of a lemma by part of speech, in the order of :data:`WORD_POS`; NaN where it is unknown.

        Where the whole word is not listed, the parts of a compound speak for it.
        """
        found = [self._listed(lemma, pos) for pos in WORD_POS]
        if 5 < len(lemma) <= LONGEST:
            noun, _, adjective, adverb = found
            if noun is None:
                found[0] = self._noun(lemma, vocabulary)
            if adjective is None or adverb is None:
                by_parts = self._adjective(lemma)
                found[2:] = [by_parts if value is None else value for value in (adjective, adverb)]
        return [math.nan if value is None else value for value in found]

    def form_values(self, form: str) -> list[float]:
        """Valence of a form as it is written, by part of speech; for lexicons that list forms, and for participles."""
        lower = form.lower()
        get = self.values.get
        return [get((form, "noun"), math.nan), *(get((lower, pos), math.nan) for pos in WORD_POS[1:])]

    def _listed(self, lemma: str, pos: str) -> float | None:
        found = self.values.get((lemma, pos))
        if found is None and pos == "adj":
            found = self.values.get((lemma, "adv"))
        elif found is None and pos == "adv":
            found = self.values.get((lemma, "adj"))
        return found

    def _noun(self, lemma: str, vocabulary: Vocabulary) -> float | None:
        if "-" in lemma:
            # "Corona-Krise": a hyphen shows where the last part begins
            return self._listed(lemma.rsplit("-", 1)[1], "noun")
        lower = lemma.lower()
        turned = self._begins.may_start(lower) or self._turns.may_end(lower)
        for cut in range(3, len(lower) - 2) if turned else ():
            factor = self._prefixes.get(lower[:cut])
            if factor is not None:
                value = self._first(lower[cut:], ("",))
                if value is not None and abs(value) >= 0.25:
                    return max(-1.0, min(1.0, value * factor))
            # "Kriegsende", "Armutsbekämpfung": the last part turns the first
            factor = self._turning.get(lower[cut:])
            if factor is not None:
                value = self._first(lower[:cut], _LINKS)
                if value is not None and abs(value) >= 0.5:
                    return value * factor
        if len(lower) <= 7:
            return None
        # a mild head says little in a compound ("Energiekrise" yes, "Sicherheitsrat" has its own entry)
        head = next(iter(self._heads.ends(lower, least=3)), "")
        parts = vocabulary.morphology.parts(lemma) if head else ("",)
        return self.heads.get(head) if head in (parts[-1].strip("-"), "".join(parts[-2:])) else None

    def _adjective(self, lemma: str) -> float | None:
        """Of ``gewaltfrei``, ``bitterarm``, ``unzufrieden``, ``lebenswerter``: by what stands before or after."""
        lower = lemma.lower()
        for ending in _WITHOUT + _AGAINST:
            if lower.endswith(ending) and len(lower) > len(ending) + 3:
                value = self._first(lower[: -len(ending)], _LINKS)
                if value is not None and (value < 0 or ending not in _AGAINST):
                    return value * ABSENT
        if lower.startswith("un"):
            value = self._listed(lower[2:], "adj")
            if value:
                return value * ABSENT
        prefixed = self._begins.may_start(lower) or "-" in lower
        for cut in range(3, len(lower) - 2) if prefixed else ():
            factor = self._prefixes.get(lower[:cut].rstrip("-"))
            value = self._listed(lower[cut:], "adj") if factor is not None else None
            if value and factor is not None:
                return max(-1.0, min(1.0, value * factor))
        return self._listed(lower[:-2], "adj") if lower.endswith("er") else None

    def _first(self, part: str, links: tuple[str, ...]) -> float | None:
        """Value of the noun that is the first part of a compound, whatever links it."""
        for link in links:
            if part.endswith(link) and len(part) - len(link) > 2:
                value = self.values.get((part[: len(part) - len(link)].capitalize(), "noun"))
                if value is not None:
                    return value
        return None


def load_valence(name: str = "valence") -> ValenceLexicon:
    """The valence lexicon with the shifters of the package.

    Parameters
    ----------
    name
        ``valence``, a lexicon added by ``framing lexicon add``, or a CSV file with columns ``term``, ``valence`` and,
        if known, ``pos``.

    Raises
    ------
    InputError
        Where a column is missing or a valence is no number from -1 to 1.
    """
    return _built(lexicons.load(name), lexicons.load("shifters"))


@lru_cache(maxsize=8)
def _built(lexicon: Lexicon, shifter_file: Lexicon) -> ValenceLexicon:
    file = str(lexicon.path)
    if not {"term", "valence"} <= set(lexicon.rows[0]):
        raise InputError("no columns term and valence", file=file, cure="name the columns term,pos,valence")
    values: dict[tuple[str, str], float] = {}
    phrases: dict[str, float] = {}
    for number, row in enumerate(lexicon.rows, start=2):
        try:
            valence = float(row["valence"])
        except ValueError:
            raise InputError(
                f"valence {row['valence']!r} is no number", file=file, record=f"line {number}", cure="write it as 0.5"
            ) from None
        if not -1 <= valence <= 1:
            raise InputError(
                f"valence {valence} outside [-1, 1]", file=file, record=f"line {number}", cure="scale the values"
            )
        term, pos = row["term"], row.get("pos", "")
        if " " in term:
            phrases.setdefault(" ".join(term.split()), valence)
        else:
            for each in [pos] if pos in WORD_POS else WORD_POS:
                values.setdefault((term, each), valence)
            if pos not in WORD_POS and term.islower():
                # a list without parts of speech, all in small letters, has its nouns in them too
                values.setdefault((term.capitalize(), "noun"), valence)
    shifters = {
        (r["term"], r["pos"]): Shifter(
            r["term"], r["pos"], r["kind"], float(r["factor"]), frozenset(r["scope"].split("|")), r["only"]
        )
        for r in shifter_file.rows
    }
    heads = {term.lower(): v for (term, pos), v in values.items() if pos == "noun" and abs(v) >= 0.5 and len(term) > 3}
    return ValenceLexicon(values, heads, phrases, shifters, f"{lexicon.digest}+{shifter_file.digest}")
