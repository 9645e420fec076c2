"""Names in texts: states, organisations and places by gazetteer, persons by the pattern of their names.

A person is a run of proper nouns that begins with a known given name or stands behind an office or a title
(``Präsident``, ``Frau``, ``Dr.``), and afterwards the surname alone. Where neither holds, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from framing import lexicons
from framing.language import vocabulary as v
from framing.language.gazetteer import ADJECTIVE, CAPITAL, INHABITANT, PREFIX, Entry, gazetteer
from framing.language.morphology import TAG_ID, tag_mask

if TYPE_CHECKING:
    from framing.language.documents import Documents

_NE = TAG_ID["NE"]
_PROPER = tag_mask("NE", "FM", "XY")
_NOUNISH = tag_mask("NE", "NN", "FM", "XY", "NNA", "ADJ(A)", "ADJ(D)", "VV*")
_PARTICLES = frozenset("von van de der den zu bin al ibn da di du la le del dos vom zur und’".split())
_OFFICES = frozenset(
    """
    Präsident Präsidentin Staatschef Staatschefin Staatsoberhaupt Kanzler Kanzlerin Bundeskanzler Bundeskanzlerin
    Minister Ministerin Ministerpräsident Ministerpräsidentin Premier Premierminister Premierministerin Sprecher
    Sprecherin Chef Chefin König Königin Papst Bischof Kardinal General Generalin Oberst Admiral Botschafter
    Botschafterin Senator Senatorin Gouverneur Gouverneurin Bürgermeister Bürgermeisterin Oberbürgermeister Präfekt
    Herr Herrn Frau Dr. Prof. Professor Professorin Doktor Experte Expertin Forscher Forscherin Historiker Historikerin
    Politologe Politologin Ökonom Ökonomin Virologe Virologin Anwalt Anwältin Richter Richterin Kommissar Kommissarin
    Abgeordneter Abgeordnete Vorsitzender Vorsitzende Parteichef Parteichefin Fraktionschef Fraktionschefin Trainer
    Diktator Machthaber Autokrat Oligarch Journalist Journalistin Autor Autorin Schriftsteller Politiker Politikerin
    Generalsekretär Generalsekretärin Direktor Direktorin Leiter Leiterin Vize Kollege Kollegin Kandidat Kandidatin
    """.split()
)


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
        Canonical: id of the gazetteer, or the fullest form of the person's name in this text.
    type
        ``person``, ``organisation``, ``place`` or ``state``.
    kind
        How it is named: see :class:`framing.language.gazetteer.Entry`; ``full`` or ``surname`` for persons.
    """

    segment: int
    first: int
    last: int
    name: str
    type: str
    kind: str


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names of the lexicon, empty where it is not installed."""
    if "given_names" not in lexicons.available():
        return frozenset()
    return frozenset(row["name"] for row in lexicons.load("given_names").rows)


@lru_cache(maxsize=1)
def offices() -> frozenset[str]:
    """Offices and titles that stand before a name, both genders."""
    words = set(_OFFICES)
    if "offices" in lexicons.available():
        for row in lexicons.load("offices").rows:
            words.update(w for w in (row["term"], row["feminine"]) if w)
    return frozenset(words)


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    if "name_stopwords" not in lexicons.available():
        return frozenset()
    return frozenset(row["word"] for row in lexicons.load("name_stopwords").rows)


@lru_cache(maxsize=1)
def _lengths() -> dict[str, list[int]]:
    """First word of a form to the lengths of the forms that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for form in gazetteer().forms:
        lengths.setdefault(form[0], set()).add(len(form))
    return {word: sorted(options, reverse=True) for word, options in lengths.items()}


def _known_names(d: Documents) -> Iterator[tuple[int, int, Entry]]:
    """Longest gazetteer forms in text order, none overlapping."""
    forms, lengths = gazetteer().forms, _lengths()
    starts = d.vocabulary.table("name starts", np.bool_, lambda new: [w in lengths for w in new])
    types, sentence, strings = d.tokens.type, d.tokens.sentence, d.vocabulary.strings
    n, reach = len(types), 0
    for i in np.flatnonzero(starts[types]).tolist():
        if i < reach:
            continue
        for length in lengths[strings[types[i]]]:
            end = i + length
            if end > n or (length > 1 and sentence[end - 1] != sentence[i]):
                continue
            entry = forms.get(tuple(strings[k] for k in types[i:end].tolist()))
            if entry is not None:
                yield i, end, entry
                reach = end
                break


def find_names(d: Documents) -> list[Name]:
    """Names of all texts, in text order, none overlapping."""
    t = d.tokens
    if len(t.type) == 0:
        return []
    found: list[Name] = []
    taken = np.zeros(len(t.type), bool)
    given, words = given_names(), d.vocabulary.strings
    for first, last, entry in _known_names(d):
        kind = entry.kind
        if last - first == 1 and last < len(t.type) and words[t.type[first]] in given and d.tag[last] == _NE:
            continue  # "Olaf Scholz" is a person, whatever an office is called
        if entry.doubtful and not _sure(d, first, last):
            continue
        if kind == INHABITANT and d.tag[first] not in (TAG_ID["NN"], TAG_ID["NE"], TAG_ID["NNA"]):
            continue
        if kind not in (ADJECTIVE, INHABITANT) and last - first == 1 and not d.flags[first] & v.CAPITAL:
            continue
        name, type_ = entry.actor, entry.type
        if kind == CAPITAL and not _acts(d, first, last):
            name, type_ = _capital_name(d, first, last), "place"
        found.append(Name(int(t.segment[first]), first, last, name, type_, kind))
        taken[first:last] = True
    found.extend(_prefixed(d, taken))
    found.extend(_persons(d, taken))
    found.sort(key=lambda n: (n.first, n.last))
    return found


def _capital_name(d: Documents, first: int, last: int) -> str:
    surface = " ".join(d.vocabulary.strings[x] for x in d.tokens.type[first:last].tolist())
    form = tuple(surface.split())
    if len(form) == 1 and form[0].endswith("s") and (form[0][:-1],) in gazetteer().forms:
        return form[0][:-1]
    return surface


def _sure(d: Documents, first: int, last: int) -> bool:
    """Whether a doubtful name stands in quotation marks or behind a word of its kind."""
    flags = d.flags
    quoted = first > 0 and last < len(flags) and flags[first - 1] & v.QUOTE and flags[last] & v.QUOTE
    return bool(quoted) or bool(d.tag[first] == _NE and last - first == 1 and d.tag[max(first - 1, 0)] != TAG_ID["ART"])


def _acts(d: Documents, first: int, last: int) -> bool:
    """Whether a capital stands for its government: subject or object of a verb or a genitive, not behind ``in``."""
    p = d.phrases
    phrase = int(p.of_token[first])
    if phrase < 0:
        return False
    prep = int(p.preposition[phrase])
    strings, types = d.vocabulary.strings, d.tokens.type
    if prep >= 0:
        # relations of governments take "zu", "mit", "gegen", "aus" ("Warnungen aus Washington"); places "in", "nach"
        word = strings[types[prep]].lower()
        if word in ("mit", "gegen", "zwischen", "durch", "von", "gegenüber", "für"):
            return True
        if word in ("zu", "aus", "an"):
            before = prep - 1
            return before >= 0 and bool(d.tag[before] in (TAG_ID["NN"], TAG_ID["NNI"]))
        return False
    start = int(p.start[phrase])
    if first > start:
        before = d.vocabulary.lemmas[d.word_lemma[first - 1]]
        # "Südkoreas Hauptstadt Seoul", "die Stadt Kiew"
        return not before.lower().endswith(
            ("stadt", "hauptstadt", "metropole", "raum", "region", "flughafen", "bezirk")
        )
    return True


def _prefixed(d: Documents, taken: np.ndarray) -> list[Name]:  # type: ignore[type-arg]
    """First parts of compounds: ``US-Truppen``, ``Nato-Osterweiterung``."""
    prefixes = gazetteer().prefixes
    numbers, known = d.vocabulary.prefix_numbers, d.vocabulary.prefix_entries

    def describe(new: list[str]) -> list[int]:
        out = []
        for word in new:
            head, hyphen, rest = word.partition("-")
            entry = prefixes.get(head) if hyphen and len(rest) > 1 else None
            if entry is not None and head not in numbers:
                numbers[head] = len(known)
                known.append(entry)
            out.append(-1 if entry is None else numbers[head])
        return out

    table = d.vocabulary.table("name prefixes", np.int32, describe)
    number = table[d.tokens.type]
    at = np.flatnonzero((number >= 0) & ~taken)
    names = []
    for i in at.tolist():
        entry = known[number[i]]
        names.append(Name(int(d.tokens.segment[i]), i, i + 1, entry.actor, entry.type, PREFIX))
    return names


def _persons(d: Documents, taken: np.ndarray) -> list[Name]:  # type: ignore[type-arg]
    t, voc = d.tokens, d.vocabulary
    n = len(t.type)
    given, titles, stop = given_names(), offices(), _stopwords()
    bits = voc.table(
        "person words", np.uint8,
        lambda new: [
            (w in given or (w.endswith("s") and w[:-1] in given)) * 1
            | (w in titles or w.rpartition("-")[2] in titles) * 2 | (w in stop) * 4
            | (w in _PARTICLES) * 8
            for w in new
        ],
    )[t.type]  # fmt: skip
    word_lemma = d.word_lemma
    lemma_bits = voc.lemma_table("titles", np.bool_, lambda new: [_is_title(w, titles) for w in new])
    flags = d.flags
    capital = ((flags & v.CAPITAL) > 0) & ((flags & v.WORD) > 0)
    proper = _PROPER[d.tag] & capital & ~taken & ((bits & 4) == 0)
    # a given name that is also a noun ("drei Tage") needs the tagger's word for it
    first_name = ((bits & 1) > 0) & capital & ~taken & _NOUNISH[d.tag] & (((bits & 4) == 0) | (d.tag == _NE))
    sentence = t.sentence
    surname_of: dict[tuple[int, str], tuple[str, ...]] = {}
    names: list[Name] = []
    singles: list[tuple[int, int, list[str]]] = []
    candidates = np.flatnonzero(proper | first_name)
    reach = 0
    strings, types = voc.strings, t.type
    for i in candidates.tolist():
        if i < reach:
            continue
        end = i + 1
        while end < n and sentence[end] == sentence[i]:
            if (proper[end] or (first_name[end])) or (
                capital[end] and first_name[end - 1] and not taken[end] and _NOUNISH[d.tag[end]] and end - i == 1
            ):
                end += 1
            elif (bits[end] & 8 and end + 1 < n and proper[end + 1] and sentence[end + 1] == sentence[i]) or (
                flags[end] & v.DOTTED
                and flags[end] & v.CAPITAL
                and end + 1 < n
                and proper[end + 1]
                and len(strings[types[end]]) == 2
            ):
                end += 2
            else:
                break
        reach = end
        title_before = (
            i > 0 and sentence[i - 1] == sentence[i] and bool(bits[i - 1] & 2 or lemma_bits[word_lemma[i - 1]])
        )
        words = [strings[x] for x in types[i:end].tolist()]
        if len(words) > 2 and bits[i] & 2 and not first_name[i]:
            # "General Kurt von Schleicher": the office is tagged as part of the name
            i, words, title_before = i + 1, words[1:], True
        if words[-1].endswith("s") and len(words[-1]) > 3 and _is_genitive(d, i, end, words[-1]):
            words[-1] = words[-1][:-1]
        segment = int(t.segment[i])
        if len(words) >= 2 and (first_name[i] or title_before):
            key = tuple(words)
            surname_of.setdefault((segment, words[-1]), key)
            if words[0] in _FAMILY_FIRST:
                surname_of.setdefault((segment, words[0]), key)
            names.append(Name(segment, i, end, " ".join(words), "person", "full"))
        elif len(words) == 1 and title_before and not first_name[i]:
            names.append(Name(segment, i, end, words[0], "person", "surname"))
        else:
            singles.append((i, end, words))
    # surnames alone, before or behind their full form in the same text
    resolved: list[Name] = []
    for name in names:
        if name.kind == "surname" and (name.segment, name.name) in surname_of:
            name = Name(
                name.segment, name.first, name.last, " ".join(surname_of[name.segment, name.name]), "person", "surname"
            )
        resolved.append(name)
    known = {(x.segment, x.name.split()[-1]): x.name for x in resolved}
    for segment_word, key in surname_of.items():
        known.setdefault(segment_word, " ".join(key))
    for i, end, words in singles:
        segment = int(t.segment[i])
        full = known.get((segment, words[-1])) or known.get((segment, words[-1].removesuffix("s")))
        if full is not None and (len(words) == 1 or set(words) <= set(full.split())):
            kind = "surname" if len(words) == 1 else "full"
            resolved.append(Name(segment, i, end, full, "person", kind))
    return resolved


_PERSON_SUFFIXES = (
    "minister", "ministerin", "sprecher", "sprecherin", "präsident", "präsidentin", "kanzler", "kanzlerin", "chef",
    "chefin", "führer", "führerin", "sekretär", "sekretärin", "politiker", "politikerin", "vorsitzender", "vorsitzende",
    "experte", "expertin", "forscher", "forscherin", "leiter", "leiterin", "beauftragter", "beauftragte", "kandidat",
)  # fmt: skip


def _is_genitive(d: Documents, first: int, end: int, word: str) -> bool:
    """Whether the final ``s`` of a name is a genitive: the bare name stands in the texts too, or a noun follows it."""
    if word[-2] in "sxzß" or word in given_names():
        return False
    bare = word[:-1]
    if bare in given_names():
        return True
    number = d.vocabulary.ids.get(bare)
    if number is not None and (d.tokens.type[d.slice(int(d.tokens.segment[first]))] == number).any():
        return True
    own = d.vocabulary.ids.get(word, -1)
    if (d.tokens.type[d.slice(int(d.tokens.segment[first]))] == own).sum() > 1:
        return False
    follows = end < len(d.tag) and bool(d.tag[end] in (TAG_ID["NN"], TAG_ID["ADJ(A)"]))
    before = first > 0 and bool(d.tag[first - 1] in (TAG_ID["NN"],)) and first == end - 1
    return follows or before


def is_office(lemma: str) -> bool:
    """Whether a noun names an office, a title or a profession that stands before names."""
    return _is_title(lemma, offices())


def _is_title(lemma: str, titles: frozenset[str]) -> bool:
    return (
        lemma in titles
        or lemma.rpartition("-")[2] in titles
        or (lemma[:1].isupper() and lemma.lower().endswith(_PERSON_SUFFIXES))
    )


_FAMILY_FIRST = frozenset("Kim Xi Li Wang Moon Yoon Park Lee Han Ri Mao Guo Hu Wen Deng Chiang Choe Pak Jang".split())
