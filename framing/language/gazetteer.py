"""Names that are known beforehand: states and organisations with all that they are called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from framing import lexicons

# How a mention names its actor.
NAME, ADJECTIVE, INHABITANT, CAPITAL, METONYM, PREFIX = "name", "adjective", "inhabitant", "capital", "metonym", "prefix"

_ENDINGS = ("e", "en", "er", "es", "em")


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of naming one actor.

    Attributes
    ----------
    actor
        Canonical id, the short German name.
    type
        ``state`` or ``organisation``, or ``place``.
    kind
        How: ``name``, ``adjective``, ``inhabitant``, ``capital`` (also a place), ``metonym``, ``prefix``.
    doubtful
        The word has another meaning as well (``Spiegel``); context must decide.
    """

    actor: str
    type: str
    kind: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Surface forms to entries.

    Attributes
    ----------
    forms
        Inflected forms as word sequences.
    prefixes
        First parts of hyphenated compounds (``US`` of ``US-Truppen``).
    """

    forms: dict[tuple[str, ...], Entry]
    prefixes: dict[str, Entry]


def genitive(word: str) -> list[str]:
    """Forms of a name: bare and genitive."""
    if word[-1:] in "sxzß":
        return [word, word + "’", word + "'"]
    return [word, word + "s"]


def _phrase_forms(phrase: str) -> list[tuple[str, ...]]:
    """Inflected forms of a name of one or more words; adjectives take all endings, the last word a genitive."""
    words = phrase.split()
    if len(words) == 1:
        return [(form,) for form in genitive(words[0])]
    options: list[list[str]] = []
    for i, word in enumerate(words):
        last = i == len(words) - 1
        inflects = not last and len(word) > 4 and word[-1] == "e" and word[0].isupper()
        if not last and word[-2:] in ("er", "es") and i == 0 and word[0].isupper() and len(word) > 5:
            inflects, word = True, word[:-1]
            word = word if word[-1] == "e" else word + "e"
        if inflects:
            options.append([word[:-1] + e for e in _ENDINGS])
        elif last:
            options.append([*genitive(word), word + "es"])
        else:
            options.append([word])
    forms: list[tuple[str, ...]] = [()]
    for choice in options:
        forms = [f + (c,) for f in forms for c in choice]
    return forms


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """States, organisations and places shipped with the package."""
    forms: dict[tuple[str, ...], Entry] = {}
    prefixes: dict[str, Entry] = {}

    def add(phrase: str, entry: Entry) -> None:
        phrase = phrase.strip()
        if phrase:
            for form in _phrase_forms(phrase):
                forms.setdefault(form, entry)

    installed = lexicons.available()
    for row in lexicons.load("states").rows:
        state = row["id"]
        for phrase in [row["name"], row["official"], *row["aliases"].split("|")]:
            add(phrase, Entry(state, "state", NAME))
        for phrase in row["metonyms"].split("|"):
            add(phrase, Entry(state, "state", METONYM))
        for phrase in dict.fromkeys([row["capital"], *row["seats"].split("|")]):
            seat = phrase in row["seats"].split("|")
            add(phrase, Entry(state if seat else phrase, "state" if seat else "place", CAPITAL))
        for word in row["adjective"].split("|"):
            if word:
                for ending in ("", *_ENDINGS):
                    forms.setdefault((word + ending,), Entry(state, "state", ADJECTIVE))
                    capital = word[:1].upper() + word[1:]
                    forms.setdefault((capital + ending,), Entry(state, "state", ADJECTIVE))
        for phrase in (row["inhabitant_m"], row["inhabitant_f"], row["inhabitants"]):
            for word in phrase.split("|"):
                for form in [word, word + "s", word + "n", word + "nen"] if word else []:
                    forms.setdefault((form,), Entry(state, "state", INHABITANT))
        for prefix in row["prefixes"].split("|"):
            if prefix:
                prefixes[prefix.rstrip("-")] = Entry(state, "state", PREFIX)
    if "organisations" in installed:
        for row in lexicons.load("organisations").rows:
            names = [row["id"], row["name"], row["short"], *row["aliases"].split("|")]
            for phrase in dict.fromkeys(n.strip() for n in names if n.strip()):
                doubtful = phrase.endswith("?")
                add(phrase.rstrip("?"), Entry(row["id"], "organisation", NAME, doubtful))
                if not doubtful and " " not in phrase:
                    prefixes.setdefault(phrase, Entry(row["id"], "organisation", PREFIX))
    if "places" in installed:
        for row in lexicons.load("places").rows:
            add(row["name"], Entry(row["name"], "place", NAME))
    return Gazetteer(forms, prefixes)
