"""Offices and pronouns linked to persons, where only one person can be meant.

An office (``der nordkoreanische Staatschef``) is linked to the one person of the article that it, or an office of the
same rank, stood beside (``Nordkoreas Machthaber Kim Jong-un``). ``er`` and ``sie`` are linked to a person named in the
same sentence before them or in the two sentences before, if all persons named there that the pronoun's gender allows
are one and the same. Everything else is left open.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.language.morphology import TAG_ID
from framing.language.titles import genders, is_office, masculine

if TYPE_CHECKING:
    from framing.language.documents import Documents
    from framing.language.names import Name
    from framing.language.vocabulary import IntArray

BACK = 2
_GENDER_OF_PRONOUN = {"er": "m", "sie": "f"}
_PPER, _NE, _ADJ = TAG_ID["PPER"], TAG_ID["NE"], TAG_ID["ADJ(A)"]
_NOUN_TAGS = (TAG_ID["NN"], TAG_ID["NNA"], _NE)
# Words of one rank: who is called by one of them answers to the others.
_RANKS = {
    "state": "Präsident Staatspräsident Staatschef Staatsoberhaupt Machthaber Diktator Herrscher Autokrat Despot "
    "Alleinherrscher Langzeitpräsident Langzeitherrscher Monarch König",
    "government": "Kanzler Bundeskanzler Premier Premierminister Ministerpräsident Regierungschef",
    "lead": "Chef Vorsitzender Vorsitzende Parteichef Parteivorsitzender Parteivorsitzende Bundesvorsitzender",
    "foreign": "Außenminister Chefdiplomat",
}
_RANK_OF = {word: rank for rank, words in _RANKS.items() for word in words.split()}
_KREML = {"Kremlchef": "Russland", "Kremlherrscher": "Russland"}
_FORMER = ("ehemalig", "damalig", "früher", "einstig", "gewesen", "abgesetzt", "gestürzt", "verstorben", "künftig")
_DETERMINERS = frozenset("der die das dem den des dieser diese dieses diesem diesen".split())


def gender_of_person(name: str) -> str:
    """``m``, ``f`` or empty where the given name does not tell."""
    found = genders().get(name.split()[0], "") if " " in name else ""
    return found if found in ("m", "f") else ""


@lru_cache(maxsize=1)
def _no_roles() -> frozenset[str]:
    """Titles that stand before names but are no roles (``Frau``, ``Dr.``)."""
    rows = [row for row in lexicons.load("offices").rows if row["kind"] == "title"]
    return frozenset(w for row in rows for w in (row["term"], row["feminine"])) | {
        "Herr",
        "Frau",
        "Kollege",
        "Dr.",
        "Prof.",
    }


def role_of(office: str) -> tuple[str, str]:
    """Rank of an office and the actor that its word names, each empty where there is none.

    >>> role_of("Bundeskanzlerin"), role_of("Staatsoberhaupt"), role_of("Kremlchef"), role_of("Frau")
    (('government', ''), ('state', ''), ('state', 'Russland'), ('', ''))
    """
    if office in _KREML:
        return "state", _KREML[office]
    word = office.rpartition("-")[2]
    if word in _no_roles() or not is_office(office):
        return "", ""
    base = masculine().get(word, word)
    return _RANK_OF.get(base, base), ""


class _Offices:
    """Offices of one batch: where they stand, what they qualify, who holds them."""

    def __init__(self, d: Documents, names: list[Name], group: IntArray) -> None:
        self.d, self.group = d, group
        self.at: dict[int, Name] = {}
        for n in names:
            for i in range(n.first, n.last):
                self.at[i] = n
        # (article, rank) -> person -> what the office was said to be of
        self.holders: dict[tuple[int, str], dict[str, set[str]]] = {}
        for n in names:
            if n.type == "person" and n.kind in ("full", "surname"):
                self._note(n)

    def lemma(self, i: int) -> str:
        return self.d.vocabulary.lemmas[self.d.word_lemma[i]]

    def word(self, i: int) -> str:
        return self.d.vocabulary.strings[self.d.tokens.type[i]]

    def _note(self, n: Name) -> None:
        """Enter the office before a name, or in an apposition behind it (``Kim, der Machthaber Nordkoreas``)."""
        office = n.first - 1
        while self.d.together(office, n.first) and self.word(office) in _no_roles():
            office -= 1
        if not (self.d.together(office, n.first) and role_of(self.lemma(office))[0]):
            office = self._apposition(n.last)
        if office < 0:
            return
        rank, _ = role_of(self.lemma(office))
        of, former = self.qualifier(office, n.name)
        if former:
            return
        key = int(self.group[n.segment])
        ranks = {rank}
        head = self.d.vocabulary.morphology.head_noun(self.lemma(office))
        if head and rank not in _RANKS:
            ranks.add(_RANK_OF.get(head, head))
        for each in ranks:
            self.holders.setdefault((key, each), {}).setdefault(n.name, set()).add(of)

    def _apposition(self, i: int) -> int:
        if not self.d.together(i, i - 1) or self.word(i) != "," or not self.d.together(i + 1, i):
            return -1
        if self.word(i + 1) not in ("der", "die", "das", "ein", "eine") and i + 1 not in self.at:
            return -1
        for j in range(i + 1, i + 5):
            if not self.d.together(j, i) or self.word(j) == ",":
                return -1
            if role_of(self.lemma(j))[0] and self.d.tag[j] in _NOUN_TAGS:
                return j
        return -1

    def qualifier(self, office: int, person: str = "") -> tuple[str, bool]:
        """What an office is of (actor, or an adjective that names none), and whether it is a former or coming one."""
        own = role_of(self.lemma(office))[1]
        here = self.at.get(office)
        found = own or (here.name if here is not None and here.kind == "prefix" else "")
        former = self.word(office).startswith(("Ex-", "Alt", "Vize", "Noch-"))
        i = office - 1
        while self.d.together(i, office) and (self.d.tag[i] == _ADJ or i in self.at):
            name = self.at.get(i)
            former |= self.lemma(i).startswith(_FORMER) or self.word(i).lower().startswith(_FORMER)
            if name is not None and name.type != "person":
                found = found or name.name
            elif name is None and self.word(i)[:1].isalpha() and self.lemma(i).endswith("isch"):
                found = found or self.lemma(i)
            i -= 1
        # "Präsident der USA", "Machthaber Nordkoreas"
        for j in range(office + 1, office + 3):
            name = self.at.get(j) if self.d.together(j, office) else None
            if name is not None and name.type in ("state", "organisation") and not found:
                found = name.name
        return found, former

    def definite(self, office: int) -> bool:
        """Whether an office means one certain person: singular, behind a definite article or a genitive name."""
        i = office - 1
        while self.d.together(i, office) and self.d.tag[i] == _ADJ:
            i -= 1
        if not self.d.together(i, office) or self.word(office).endswith("innen"):
            return False
        form, lemma, article = self.word(office), self.lemma(office), self.word(i).lower()
        before = self.at.get(i)
        if before is not None and before.kind not in ("prefix", "office"):
            return before.type != "person" and form in (lemma, lemma + "n", lemma + "en")
        if article not in _DETERMINERS:
            return False
        if article in ("der", "dieser", "das", "die", "dieses", "diese"):
            # "der Vorsitzende" is listed as "Vorsitzender"
            return form in (lemma, lemma.removesuffix("r")) and (
                article not in ("die", "diese") or lemma in masculine() or lemma.endswith("in")
            )
        if article in ("den", "diesen"):
            prep = (
                self.d.phrases.preposition[self.d.phrases.of_token[office]]
                if self.d.phrases.of_token[office] >= 0
                else -1
            )
            dative = prep >= 0 and self.word(int(prep)).lower() in (
                "mit",
                "von",
                "zu",
                "bei",
                "nach",
                "aus",
                "seit",
                "zwischen",
            )
            return not dative
        return True

    def holder(self, office: int) -> str:
        """The one person that an office means, empty where it is open."""
        lemma = self.lemma(office)
        rank, _ = role_of(lemma)
        known = self.holders.get((int(self.group[self.d.tokens.segment[office]]), rank))
        if not known:
            return ""
        of, former = self.qualifier(office)
        if former:
            return ""
        word = lemma.rpartition("-")[2]
        # "das Staatsoberhaupt", "der Vorsitzende", "die Vorsitzende": the word does not tell
        wanted = (
            ""
            if word == "Staatsoberhaupt" or word.endswith("e")
            else "f"
            if word in masculine() or word.endswith("in")
            else "m"
        )
        fitting = {p: said for p, said in known.items() if not wanted or gender_of_person(p) in ("", wanted)}
        if of:
            exact = [p for p, said in fitting.items() if of in said]
            loose = [p for p, said in fitting.items() if said == {""}]
            found = exact or (loose if len(fitting) == 1 else [])
        else:
            found = list(fitting)
        return found[0] if len(found) == 1 else ""


def find_offices(d: Documents, names: list[Name], group: IntArray, taken: NDArray[np.bool_]) -> list[Name]:
    """Offices that mean one person of the article. A name that is the first part of such an office is removed.

    Parameters
    ----------
    d
        Parsed texts.
    names
        Names found so far, in text order; first parts of offices (``US-Präsident``) are taken out of it.
    group
        Shape ``(texts,)``: article of each text.
    taken
        Tokens of other names.
    """
    from framing.language.names import Name

    offices = _Offices(d, names, group)
    if not offices.holders:
        return []
    lemmas = d.word_lemma
    table = d.vocabulary.lemma_table("ranks", np.bool_, lambda new: [bool(role_of(w)[0]) for w in new])
    prefix = np.zeros(d.n_tokens, bool)
    prefix[[n.first for n in names if n.kind == "prefix"]] = True
    found = []
    replaced = set()
    for i in np.flatnonzero(table[lemmas] & np.isin(d.tag, _NOUN_TAGS) & (~taken | prefix)).tolist():
        behind = offices.at.get(i + 1)
        if behind is not None and behind.type == "person":
            continue
        person = offices.holder(i) if offices.definite(i) else ""
        if person:
            found.append(Name(int(d.tokens.segment[i]), i, i + 1, person, "person", "office"))
            replaced.add(i)
    if replaced:
        names[:] = [n for n in names if not (n.kind == "prefix" and n.first in replaced)]
    return found


class Linker:
    """Pronouns of one batch of parsed texts.

    Parameters
    ----------
    d
        The parsed texts.
    """

    def __init__(self, d: Documents) -> None:
        self.d = d
        self._persons = [n for n in d.name_list if n.type == "person"]
        self._first = [n.first for n in self._persons]

    def person(self, first: int, last: int) -> Name | None:
        """Person that a pronoun between two tokens stands for, None where that is open."""
        from framing.language.names import Name

        d = self.d
        if last - first != 1 or d.tag[first] != _PPER:
            return None
        gender = _GENDER_OF_PRONOUN.get(d.vocabulary.strings[d.tokens.type[first]].lower(), "")
        if not gender:
            return None
        segment, sentence = int(d.tokens.segment[first]), int(d.tokens.sentence[first])
        allowed: set[str] = set()
        for k in range(bisect_left(self._first, first) - 1, -1, -1):
            n = self._persons[k]
            if n.segment != segment or sentence - int(d.tokens.sentence[n.first]) > BACK:
                break
            if gender_of_person(n.name) in ("", gender):
                allowed.add(n.name)
        if len(allowed) != 1:
            return None
        return Name(segment, first, first + 1, next(iter(allowed)), "person", "pronoun")
