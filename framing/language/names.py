"""Names in texts: persons, organisations, places and states, each put to its actor.

Three sources: the gazetteer (what is known beforehand), the trained tagger (:mod:`framing.language.name_tagger`) and
the pattern of persons' names (:mod:`framing.language.persons`). Where they overlap, the longer reading goes first:
``Universität Hamburg`` is an organisation, not the city. What the gazetteer knows is called by its id, whatever form
stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.gazetteer import ADJECTIVE, CAPITAL, INHABITANT, METONYM, NAME, PREFIX, Entry, Gazetteer
from framing.language.gazetteer import gazetteer as shipped
from framing.language.morphology import TAG_ID
from framing.language.name_context import acts, behind_place_preposition, is_sure, plausible, rival
from framing.language.name_tagger import CODES, NameTagger, default_name_tagger, spans_of
from framing.language.persons import by_pattern, is_genitive, link_persons
from framing.language.titles import given_names
from framing.language.titles import is_office as is_office

if TYPE_CHECKING:
    from framing.language.documents import Documents
    from framing.language.vocabulary import IntArray

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Name:
    """One name in a text.

    Attributes
    ----------
    segment
        Number of the text.
    first, last
        First token and the token after the last.
    name
        Canonical: id of the gazetteer, or the fullest form of the person's name in this article, or as written.
    type
        ``person``, ``organisation``, ``place``, ``state``, or ``group`` (only where a user's file says so).
    kind
        How it is named: ``name``, ``adjective``, ``inhabitant``, ``capital``, ``metonym``, ``prefix`` (see
        :class:`framing.language.gazetteer.Entry`); persons ``full``, ``surname`` (a part of the name), ``office``
        (``der nordkoreanische Staatschef``), ``open`` (a surname that several persons of the article have).
    """

    segment: int
    first: int
    last: int
    name: str
    type: str
    kind: str


Match = tuple[int, int, Entry]


def find_names(
    d: Documents,
    gazetteer: Gazetteer | None = None,
    group: IntArray | None = None,
    tagger: NameTagger | None = None,
) -> list[Name]:
    """Names of all texts, in text order, none overlapping.

    Parameters
    ----------
    d
        Parsed texts.
    gazetteer
        What is known beforehand; as shipped if not given. :func:`framing.language.gazetteer.load_actors` adds a
        user's actors.
    group
        Shape ``(len(d),)``: article of each text, where several texts (title and body) make one article. A surname in
        a title is then that of the person named in full in the body.
    tagger
        As shipped if not given.

    Examples
    --------
    >>> from framing.language.documents import Documents
    >>> [(n.name, n.kind) for n in find_names(Documents(["Moskau und der Kreml warnten die NATO."]))]
    [('Russland', 'capital'), ('Russland', 'metonym'), ('NATO', 'name')]
    """
    if d.n_tokens == 0:
        return []
    known = gazetteer or shipped()
    group = np.arange(len(d), dtype=np.int32) if group is None else group
    matches = list(_matches(d, known))
    pattern = by_pattern(d, _covered(d, matches))
    labels = (tagger or default_name_tagger()).labels(d, _codes(d, matches, pattern))
    tagged = plausible(d, spans_of(labels, d.tokens.sentence), group)
    names, persons = _settle(d, matches, tagged, pattern, known, group)
    taken = np.zeros(d.n_tokens, bool)
    for n in names:
        taken[n.first : n.last] = True
    names += _prefixed(d, known, taken)
    for a, b in persons:
        taken[a:b] = True
    segment = d.tokens.segment
    for a, b, person, kind in link_persons(d, persons, group, known, taken):
        taken[a:b] = True
        names.append(Name(int(segment[a]), a, b, person, "person", kind))
    names.sort(key=lambda n: n.first)
    from framing.language.coreference import find_offices

    names += find_offices(d, names, group, taken)
    names.sort(key=lambda n: n.first)
    return names


def training_codes(d: Documents) -> IntArray:
    """What the gazetteer and the pattern of persons' names say of each token: index into ``name_tagger.CODES``."""
    matches = list(_matches(d, shipped()))
    return _codes(d, matches, by_pattern(d, _covered(d, matches)))


def _matches(d: Documents, gazetteer: Gazetteer) -> Iterable[Match]:
    """Longest gazetteer forms in text order, none overlapping."""
    forms, lengths = gazetteer.forms, gazetteer.lengths
    # reading the tokens may add words to the vocabulary, so it goes before its tables
    types, sentence, strings = d.tokens.type, d.tokens.sentence, d.vocabulary.strings
    starts = d.vocabulary.table(("name starts", gazetteer.digest), np.bool_, lambda new: [w in lengths for w in new])
    given, numbers, n, reach = given_names(), types.tolist(), len(types), 0
    for i in np.flatnonzero(starts[types]).tolist():
        if i < reach:
            continue
        word = strings[numbers[i]]
        for length in lengths[word]:
            end = i + length
            if length == 1:
                entry = forms.get((word,))
            elif end > n or sentence[end - 1] != sentence[i]:
                continue
            else:
                entry = forms.get((word, *[strings[k] for k in numbers[i + 1 : end]]))
            if entry is None:
                continue
            if length == 1 and not _possible(d, i, entry, given):
                break
            yield i, end, entry
            reach = end
            break


_INHABITANT_TAGS = (TAG_ID["NN"], TAG_ID["NE"], TAG_ID["NNA"])


def _possible(d: Documents, i: int, entry: Entry, given: frozenset[str]) -> bool:
    """Whether a single word can be what the gazetteer says, by its tag and its neighbours."""
    strings, types = d.vocabulary.strings, d.tokens.type
    if entry.own and d.flags[i] & v.CAPITAL:
        return True
    if entry.type == "person":
        # a surname alone, not that of somebody else: "Melania Trump"
        return not (i > 0 and strings[types[i - 1]] in given)
    if entry.kind == INHABITANT:
        return d.tag[i] in _INHABITANT_TAGS
    if entry.kind == ADJECTIVE:
        return True
    if i + 1 < len(types) and strings[types[i]] in given and d.tag[i + 1] == TAG_ID["NE"]:
        return False  # "Olaf Scholz" is a person, whatever an office is called
    return bool(d.flags[i] & v.CAPITAL)


def _covered(d: Documents, matches: list[Match]) -> NDArray[np.bool_]:
    """Tokens of sure matches that are no persons."""
    taken = np.zeros(d.n_tokens, bool)
    for first, last, entry in matches:
        if entry.type != "person" and not (entry.doubtful and last - first == 1):
            taken[first:last] = True
    return taken


_CODE = {name: i for i, name in enumerate(CODES)}


def _codes(d: Documents, matches: list[Match], pattern: list[tuple[int, int]]) -> IntArray:
    code = np.zeros(d.n_tokens, np.int32)
    for first, last, entry in matches:
        if entry.doubtful:
            code[first:last] = _CODE["doubtful"]
        elif entry.kind in (ADJECTIVE, INHABITANT):
            code[first:last] = _CODE[entry.kind]
        elif entry.type != "person":
            kind = "capital" if entry.kind == CAPITAL else entry.type if entry.type != "group" else "organisation"
            code[first:last] = _CODE["I" + kind]
            code[first] = _CODE["B" + kind]
    for first, last in pattern:
        kind = "full" if last - first > 1 else "surname"
        code[first:last] = _CODE["I" + kind]
        code[first] = _CODE["B" + kind]
    return code


def _settle(
    d: Documents,
    matches: list[Match],
    tagged: list[tuple[int, int, str]],
    pattern: list[tuple[int, int]],
    gazetteer: Gazetteer,
    group: IntArray,
) -> tuple[list[Name], list[tuple[int, int]]]:
    """Names from all sources without overlaps, and the spans of persons."""
    segment, types = d.tokens.segment, d.tokens.type
    owner = np.full(d.n_tokens, -1, np.int32)
    for k, (a, b, _) in enumerate(tagged):
        owner[a:b] = k
    of_token, used = owner.tolist(), bytearray(d.n_tokens)
    texts = segment[[a for a, _, _ in matches]].tolist()
    sure: dict[int, set[str]] = {}
    for text, (_, _, entry) in zip(texts, matches, strict=True):
        if not entry.doubtful:
            sure.setdefault(text, set()).add(entry.actor)
    surnames = {(int(group[segment[a]]), int(types[b - 1])) for a, b in _full_names(tagged, pattern)}
    dropped: set[int] = set()
    names: list[Name] = []
    persons: set[tuple[int, int]] = set()
    nothing: set[str] = set()
    for text, (a, b, entry) in zip(texts, matches, strict=True):
        inside = set(of_token[a:b]) - {-1}
        longer = [k for k in inside if tagged[k][1] - tagged[k][0] > b - a and tagged[k][0] <= a and b <= tagged[k][1]]
        if not entry.own and longer and _gives_way(entry, tagged[longer[0]], b):
            continue
        bears = b - a == 1 and entry.type == "place" and (int(group[text]), int(types[a])) in surnames
        if entry.type == "person" or (bears and not behind_place_preposition(d, a)):
            persons.add((a, b))
        else:
            same = bool(inside) and tagged[min(inside)][:2] == (a, b) and tagged[min(inside)][2] == "organisation"
            found = _resolve(d, a, b, entry, gazetteer, same, sure.get(text, nothing))
            if found is None:
                continue
            names.append(found)
        used[a:b] = b"\1" * (b - a)
        dropped |= inside
    for k, (a, b, type_) in enumerate(tagged):
        if k in dropped or any(used[a:b]):
            continue
        used[a:b] = b"\1" * (b - a)
        if type_ == "person":
            persons.add((a, b))
        else:
            names.append(_unlisted(d, a, b, type_))
    persons |= {(a, b) for a, b in pattern if not any(used[a:b])}
    return names, sorted(persons)


def _full_names(tagged: list[tuple[int, int, str]], pattern: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans = [(a, b) for a, b, type_ in tagged if type_ == "person"] + pattern
    return [(a, b) for a, b in spans if b - a > 1]


def _gives_way(entry: Entry, span: tuple[int, int, str], end: int) -> bool:
    """Whether a match inside a longer name of the tagger is a part of it (``Universität Hamburg``)."""
    if entry.kind in (ADJECTIVE, INHABITANT):
        return span[2] == "organisation"
    return not (entry.type == "state" and span[2] == "place")


def _resolve(
    d: Documents, a: int, b: int, entry: Entry, gazetteer: Gazetteer, same: bool, sure: set[str]
) -> Name | None:
    """Name of a match; None where its word means something else here."""
    segment = int(d.tokens.segment[a])
    if entry.doubtful and not entry.own and not is_sure(d, a, b, entry, same, gazetteer):
        return None
    words = tuple(d.vocabulary.strings[x] for x in d.tokens.type[a:b].tolist())
    if words in gazetteer.rivals:
        chosen = rival(d, segment, gazetteer.rivals[words], gazetteer, sure)
        if chosen is None:
            return None
        entry = chosen
    if entry.kind == CAPITAL and not acts(d, a, b, entry, gazetteer):
        return Name(segment, a, b, _place(words, gazetteer), "place", CAPITAL)
    return Name(segment, a, b, entry.actor, entry.type, entry.kind)


def _place(words: tuple[str, ...], gazetteer: Gazetteer) -> str:
    """Name of a city as a place, without its genitive."""
    last = words[-1].rstrip("’'")
    if last.endswith("s") and (*words[:-1], last[:-1]) in gazetteer.forms:
        last = last[:-1]
    return " ".join((*words[:-1], last))


def _unlisted(d: Documents, a: int, b: int, type_: str) -> Name:
    """Name of the tagger that no list has, without the genitive of its last word."""
    words = d.surface(a, b).split()
    if is_genitive(d, a, b, d.vocabulary.strings[d.tokens.type[b - 1]]):
        words[-1] = words[-1].rstrip("’'") if words[-1][-1] in "’'" else words[-1][:-1]
    return Name(int(d.tokens.segment[a]), a, b, " ".join(words), type_, NAME)


_CURRENCIES = ("Dollar", "Cent", "Euro", "Rubel", "Pfund", "Franken", "Yen", "Yuan")


def _prefixed(d: Documents, gazetteer: Gazetteer, taken: NDArray[np.bool_]) -> list[Name]:
    """First parts of compounds: ``US-Truppen``, ``Nato-Osterweiterung``."""
    numbers, entries = gazetteer.prefix_words, list(gazetteer.prefixes.values())

    def describe(new: list[str]) -> list[int]:
        heads = (word.partition("-") for word in new)
        # the "US-Dollar" is a currency, not the country
        return [
            numbers.get(head, -1) if hyphen and len(rest) > 1 and not rest.startswith(_CURRENCIES) else -1
            for head, hyphen, rest in heads
        ]

    types = d.tokens.type
    number = d.vocabulary.table(("name prefixes", gazetteer.digest), np.int32, describe)[types]
    names = []
    for i in np.flatnonzero((number >= 0) & ~taken).tolist():
        entry = entries[number[i]]
        names.append(Name(int(d.tokens.segment[i]), i, i + 1, entry.actor, entry.type, PREFIX))
    return names


__all__ = ["METONYM", "OFFICE", "Name", "find_names", "is_office", "training_codes"]
