"""Names that are known beforehand: states and organisations with all that they are called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from framing import lexicons

# How a mention names its actor.
NAME, ADJECTIVE, INHABITANT, CAPITAL, METONYM, PREFIX = (
    "name",
    "adjective",
    "inhabitant",
    "capital",
    "metonym",
    "prefix",
)

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
        forms = [(*f, c) for f in forms for c in choice]
    return forms


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """States, organisations and places shipped with the package."""
    forms: dict[tuple[str, ...], Entry] = {}
    prefixes: dict[str, Entry] = {}

    def add(phrase: str, actor: str, type_: str, kind: str, doubtful: frozenset[str] = frozenset()) -> None:
        bare = phrase.strip().rstrip("?")
        if bare:
            entry = Entry(actor, type_, kind, phrase.strip().endswith("?") or bare in doubtful)
            for form in _phrase_forms(bare):
                # a sure name goes before one that context must decide
                if form not in forms or (forms[form].doubtful and not entry.doubtful):
                    forms[form] = entry

    def words(cell: str) -> list[str]:
        return [w for w in cell.split("|") if w]

    installed = lexicons.available()
    for row in lexicons.load("states").rows:
        state = row["id"]
        for phrase in [row["name"], row["official"], *words(row["aliases"])]:
            add(phrase, state, "state", NAME)
        for phrase in words(row["metonyms"]):
            add(phrase, state, "state", METONYM)
        seats = words(row["seats"])
        for phrase in dict.fromkeys([row["capital"], *seats]):
            seat = phrase in seats
            add(phrase, state if seat else phrase.rstrip("?"), "state" if seat else "place", CAPITAL)
        for word in words(row["adjective"]):
            stem, entry = word.rstrip("?"), Entry(state, "state", ADJECTIVE, word.endswith("?"))
            for ending in ("", *_ENDINGS):
                forms.setdefault((stem + ending,), entry)
                forms.setdefault((stem[:1].upper() + stem[1:] + ending,), entry)
        for cell in (row["inhabitant_m"], row["inhabitant_f"], row["inhabitants"]):
            for word in words(cell):
                stem, entry = word.rstrip("?"), Entry(state, "state", INHABITANT, word.endswith("?"))
                for form in (stem, stem + "s", stem + "n", stem + "nen"):
                    forms.setdefault((form,), entry)
        for prefix in words(row["prefixes"]):
            prefixes[prefix.rstrip("?").rstrip("-")] = Entry(state, "state", PREFIX, prefix.endswith("?"))
    if "organisations" in installed:
        for row in lexicons.load("organisations").rows:
            aliases = words(row["aliases"])
            doubtful = frozenset(a.rstrip("?") for a in aliases if a.endswith("?"))
            own = [] if "(" in row["id"] else [row["id"]]
            for phrase in dict.fromkeys([*own, row["name"], row["short"], *aliases]):
                add(phrase, row["id"], "organisation", NAME, doubtful)
                bare = phrase.rstrip("?")
                if bare and " " not in bare and bare == phrase and bare not in doubtful:
                    prefixes.setdefault(bare, Entry(row["id"], "organisation", PREFIX))
    if "places" in installed:
        for row in lexicons.load("places").rows:
            add(row["name"], row["name"].rstrip("?"), "place", NAME)
    return Gazetteer(forms, prefixes)
