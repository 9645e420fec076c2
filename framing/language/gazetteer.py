"""Names that are known beforehand: states, organisations, places and persons with all that they are called.

Users add their own by a CSV file, see :func:`load_actors`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from framing import lexicons
from framing.errors import InputError

# How a mention names its actor.
NAME, ADJECTIVE, INHABITANT, CAPITAL, METONYM, PREFIX = (
    "name",
    "adjective",
    "inhabitant",
    "capital",
    "metonym",
    "prefix",
)

# Seat of an organisation in the capital of a state that is not its own.
_SEATS = {"Brüssel": "EU"}
_ENDINGS = ("e", "en", "er", "es", "em")


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of naming one actor.

    Attributes
    ----------
    actor
        Canonical id, the short German name.
    type
        ``state``, ``organisation``, ``place``, ``person`` or ``group``.
    kind
        How: ``name``, ``adjective``, ``inhabitant``, ``capital`` (also a place), ``metonym``, ``prefix``.
    doubtful
        The word has another meaning as well (``Spiegel``); context must decide.
    field
        What sort of organisation (``party``, ``media``, ``company`` …), empty where none is given.
    own
        Added by the user; goes before everything else.
    country
        Two letters (ISO 3166) of an organisation's country, empty where none is given.
    """

    actor: str
    type: str
    kind: str
    doubtful: bool = False
    field: str = ""
    own: bool = False
    country: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Surface forms to entries.

    Attributes
    ----------
    forms
        Inflected forms as word sequences.
    prefixes
        First parts of hyphenated compounds (``US`` of ``US-Truppen``).
    rivals
        Forms that several actors share and none has for sure (``Landtag``), with all of them.
    wikidata
        Actor to Wikidata id, where known.
    digest
        Hash of what was added by the user, empty for the gazetteer as shipped; goes into the signature of a result.
    """

    forms: dict[tuple[str, ...], Entry]
    prefixes: dict[str, Entry]
    rivals: dict[tuple[str, ...], tuple[Entry, ...]] = field(default_factory=dict)
    wikidata: dict[str, str] = field(default_factory=dict)
    digest: str = ""

    @cached_property
    def lengths(self) -> dict[str, list[int]]:
        """First word of a form to the lengths of the forms that begin with it, longest first."""
        found: dict[str, set[int]] = {}
        for form in self.forms:
            found.setdefault(form[0], set()).add(len(form))
        return {word: sorted(options, reverse=True) for word, options in found.items()}

    @cached_property
    def prefix_words(self) -> dict[str, int]:
        """Number of each prefix in the order of :attr:`prefixes`."""
        return {word: i for i, word in enumerate(self.prefixes)}

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of states in one word, genitives included, to their two letters (ISO 3166)."""
        letters = {row["id"]: row["iso2"] for row in lexicons.load("states").rows}
        return {
            form[0]: letters[entry.actor]
            for form, entry in self.forms.items()
            if len(form) == 1 and entry.type == "state" and entry.actor in letters and not entry.doubtful
        }

    @cached_property
    def surnames(self) -> dict[str, str]:
        """Last word of a known person's name, where it stands alone for them, to the person."""
        return {
            form[-1]: entry.actor
            for form, entry in self.forms.items()
            if entry.type == "person" and not entry.doubtful and all(w[0].islower() for w in form[:-1])
        }


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


def _words(cell: str) -> list[str]:
    return [w.strip() for w in cell.split("|") if w.strip()]


class _Builder:
    """Collects forms; a sure name goes before one that context must decide, and what came first before what came later."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, ...], Entry] = {}
        self.prefixes: dict[str, Entry] = {}
        self.claims: dict[tuple[str, ...], dict[str, Entry]] = {}
        self.wikidata: dict[str, str] = {}

    def add(self, forms: Iterable[tuple[str, ...]], entry: Entry) -> None:
        for form in forms:
            known = self.forms.get(form)
            if known is None or (known.doubtful and not entry.doubtful):
                self.forms[form] = entry
            if entry.doubtful:
                self.claims.setdefault(form, {})[entry.actor] = entry

    def phrase(self, phrase: str, actor: str, type_: str, kind: str = NAME, field: str = "", country: str = "") -> None:
        """A name; a question mark after it says that it has another meaning as well."""
        bare = phrase.rstrip("?")
        if bare:
            self.add(_phrase_forms(bare), Entry(actor, type_, kind, phrase.endswith("?"), field, False, country))

    def build(self) -> Gazetteer:
        rivals = {
            form: tuple(claims.values())
            for form, claims in self.claims.items()
            if len(claims) > 1 and self.forms[form].doubtful
        }
        return Gazetteer(self.forms, self.prefixes, rivals, self.wikidata)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """States, organisations, persons and places shipped with the package."""
    b = _Builder()
    for row in lexicons.load("states").rows:
        _add_state(b, row)
    for row in lexicons.load("organisations").rows:
        _add_organisation(b, row)
    for row in lexicons.load("public_figures").rows:
        _add_person(b, row)
    for row in lexicons.load("places").rows:
        b.phrase(row["name"], row["name"].rstrip("?"), "place")
    return b.build()


def _add_state(b: _Builder, row: dict[str, str]) -> None:
    state = row["id"]
    b.wikidata[state] = row["qid"]
    for phrase in [row["name"], row["official"], *_words(row["aliases"])]:
        b.phrase(phrase, state, "state")
    for phrase in _words(row["metonyms"]):
        b.phrase(phrase, state, "state", METONYM)
    seats = _words(row["seats"])
    for phrase in dict.fromkeys([*_words(row["capital"]), *seats]):
        if phrase in seats:
            b.phrase(phrase, state, "state", CAPITAL)
        elif phrase in _SEATS:
            b.phrase(phrase, _SEATS[phrase], "organisation", CAPITAL)
        else:
            b.phrase(phrase, phrase.rstrip("?"), "place", CAPITAL)
    for word in _words(row["adjective"]):
        stem, entry = word.rstrip("?"), Entry(state, "state", ADJECTIVE, word.endswith("?"))
        for form in (stem, stem[:1].upper() + stem[1:]):
            b.add([(form + ending,) for ending in ("", *_ENDINGS)], entry)
    for cell in (row["inhabitant_m"], row["inhabitant_f"], row["inhabitants"]):
        for word in _words(cell):
            stem, entry = word.rstrip("?"), Entry(state, "state", INHABITANT, word.endswith("?"))
            b.add([(form,) for form in (stem, stem + "s", stem + "n", stem + "nen")], entry)
    for prefix in _words(row["prefixes"]):
        b.prefixes[prefix.rstrip("?").rstrip("-")] = Entry(state, "state", PREFIX, prefix.endswith("?"))


def _add_organisation(b: _Builder, row: dict[str, str]) -> None:
    actor = row["id"]
    if row["qid"]:
        b.wikidata[actor] = row["qid"]
    aliases = _words(row["aliases"])
    doubtful = frozenset(a.rstrip("?") for a in aliases if a.endswith("?"))
    # an id with a note in brackets ("Standard (Zeitung)") is not how it is called
    own = [] if "(" in actor else [actor]
    for phrase in dict.fromkeys([*own, row["name"], row["short"], *aliases]):
        bare = phrase.rstrip("?")
        if not bare:
            continue
        phrase = bare + "?" if bare in doubtful else bare
        b.phrase(phrase, actor, "organisation", NAME, row["type"], row["country"])
        if " " not in bare and bare not in doubtful:
            b.prefixes.setdefault(bare, Entry(actor, "organisation", PREFIX))


def _add_person(b: _Builder, row: dict[str, str]) -> None:
    actor = row["id"]
    if row["qid"]:
        b.wikidata[actor] = row["qid"]
    for phrase in dict.fromkeys([actor, *_words(row["aliases"])]):
        b.phrase(phrase, actor, "person")
        if phrase[0].islower():
            b.phrase(phrase[0].upper() + phrase[1:], actor, "person")


_COLUMNS = ("actor", "alias", "type", "wikidata")
_TYPES = ("person", "state", "organisation", "group", "place")


def load_actors(path: str | Path) -> Gazetteer:
    """The shipped gazetteer with actors and aliases of a CSV file, which go before those shipped.

    Parameters
    ----------
    path
        CSV file with the columns ``actor`` (canonical name), ``alias`` (another name of it, empty where there is none),
        ``type`` (``person``, ``state``, ``organisation``, ``group``, ``place``; may be left empty for an actor that
        is known) and ``wikidata`` (id such as ``Q7184``, may be empty). One row per alias. An alias that ends in a
        hyphen (``Musterpartei-``) is the first part of compounds. An alias keeps its meaning wherever it stands.

    Returns
    -------
    Gazetteer
        To be given to :func:`framing.language.names.find_names`.

    Raises
    ------
    InputError
        Where the file cannot be read, lacks a column, or a row has no actor, an unknown type, a malformed Wikidata
        id, or an alias that an earlier row gives to another actor. Names file, line and cure.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read actors: {error}", file=str(path), cure="save it as UTF-8 CSV") from None
    reader = csv.DictReader(text.splitlines())
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(f"no table: {error}", file=str(path), cure="close its quotation marks") from None
    missing = [c for c in _COLUMNS[:2] if c not in (reader.fieldnames or [])]
    if missing:
        cure = f"give the columns {', '.join(_COLUMNS)}, separated by commas"
        raise InputError(f"no column {missing[0]!r}", file=str(path), record="line 1", cure=cure)
    base = gazetteer()
    forms, prefixes, wikidata = dict(base.forms), dict(base.prefixes), dict(base.wikidata)
    types = {entry.actor: entry.type for entry in base.forms.values() if entry.kind == NAME}
    given: dict[str, str] = {}
    for line, row in rows:
        cells = {c: (row.get(c) or "").strip() for c in _COLUMNS}
        actor, type_ = _checked(cells, types, str(path), f"line {line}")
        if cells["wikidata"]:
            wikidata[actor] = cells["wikidata"]
        for phrase in dict.fromkeys([actor, cells["alias"]]):
            if not phrase:
                continue
            if given.setdefault(phrase, actor) != actor:
                cure = "give each alias to one actor"
                message = f"alias {phrase!r} is already that of {given[phrase]!r}"
                raise InputError(message, file=str(path), record=f"line {line}", cure=cure)
            if phrase.endswith("-"):
                prefixes[phrase.rstrip("-")] = Entry(actor, type_, PREFIX, own=True)
            else:
                forms.update(dict.fromkeys(_phrase_forms(phrase), Entry(actor, type_, NAME, own=True)))
    rivals = {form: found for form, found in base.rivals.items() if not forms[form].own}
    return Gazetteer(forms, prefixes, rivals, wikidata, hashlib.sha256(data).hexdigest()[:12])


def _checked(cells: dict[str, str], types: dict[str, str], file: str, line: str) -> tuple[str, str]:
    """Actor and type of one row of a user's file; the type is noted in ``types``."""
    actor, type_, qid = cells["actor"], cells["type"].lower(), cells["wikidata"]
    if not actor:
        raise InputError("no actor", file=file, record=line, cure="fill the column 'actor'")
    if not type_ and actor not in types:
        raise InputError(f"no type for {actor!r}", file=file, record=line, cure=f"one of {', '.join(_TYPES)}")
    if type_ and type_ not in _TYPES:
        raise InputError(f"no type {type_!r}", file=file, record=line, cure=f"one of {', '.join(_TYPES)}")
    if qid and not (qid[0] == "Q" and qid[1:].isdigit()):
        raise InputError(
            f"no Wikidata id: {qid!r}", file=file, record=line, cure="write it like Q7184 or leave it empty"
        )
    types[actor] = type_ or types[actor]
    return actor, types[actor]
