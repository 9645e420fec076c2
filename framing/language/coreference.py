"""Pronouns and offices linked to persons, where only one person can be meant.

``er`` and ``sie`` are linked to a person named in the same sentence before them or in the two sentences before, if all
persons named there that the pronoun's gender allows are one and the same. ``der Minister`` is linked to the one person
of the text before whose name that office stood (``Außenminister Jonas Brückner``). Everything else is left open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from framing import lexicons
from framing.language.morphology import TAG_ID
from framing.language.names import Name, is_office

if TYPE_CHECKING:
    from framing.language.documents import Documents

BACK = 2
_GENDER_OF_PRONOUN = {"er": "m", "sie": "f"}
_PPER = TAG_ID["PPER"]


@lru_cache(maxsize=1)
def _genders() -> dict[str, str]:
    if "given_names" not in lexicons.available():
        return {}
    return {row["name"]: row["gender"] for row in lexicons.load("given_names").rows}


def gender_of_person(name: str) -> str:
    """``m``, ``f`` or empty where the given name does not tell."""
    found = _genders().get(name.split()[0], "") if " " in name else ""
    return found if found in ("m", "f") else ""


class Linker:
    """Answers for one batch of parsed texts.

    Parameters
    ----------
    d
        The parsed texts.
    """

    def __init__(self, d: Documents) -> None:
        self.d = d
        self._persons = [n for n in d.name_list if n.type == "person"]
        self._offices = self._titles()

    def _titles(self) -> dict[tuple[int, str], set[str]]:
        """Office before a name, by text: who holds it. ``Außenminister`` also answers to ``Minister``."""
        d = self.d
        found: dict[tuple[int, str], set[str]] = {}
        for n in self._persons:
            before = n.first - 1
            if before < 0 or d.tokens.sentence[before] != d.tokens.sentence[n.first]:
                continue
            office = d.vocabulary.lemmas[d.word_lemma[before]]
            if not is_office(office):
                continue
            found.setdefault((n.segment, office), set()).add(n.name)
            head = d.vocabulary.morphology.head_noun(office)
            if head:
                found.setdefault((n.segment, head), set()).add(n.name)
        return found

    def person(self, first: int, last: int) -> Name | None:
        """Person that a pronoun or an office between two tokens stands for, None where that is open."""
        d = self.d
        segment = int(d.tokens.segment[first])
        if last - first == 1 and d.tag[first] == _PPER:
            return self._pronoun(first, segment)
        head = int(d.phrases.head[d.phrases.of_token[first]]) if d.phrases.of_token[first] >= 0 else last - 1
        holders = self._offices.get((segment, d.vocabulary.lemmas[d.word_lemma[head]]), set())
        if len(holders) != 1:
            return None
        name = next(iter(holders))
        return Name(segment, first, last, name, "person", "office")

    def _pronoun(self, at: int, segment: int) -> Name | None:
        d = self.d
        gender = _GENDER_OF_PRONOUN.get(d.vocabulary.strings[d.tokens.type[at]].lower(), "")
        if not gender:
            return None
        sentence = int(d.tokens.sentence[at])
        allowed: set[str] = set()
        for n in self._persons:
            if n.segment != segment or n.first >= at:
                continue
            if sentence - int(d.tokens.sentence[n.first]) > BACK:
                continue
            if gender_of_person(n.name) in ("", gender):
                allowed.add(n.name)
        if len(allowed) != 1:
            return None
        return Name(segment, at, at + 1, next(iter(allowed)), "person", "pronoun")
