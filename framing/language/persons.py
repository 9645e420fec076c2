"""Which words are persons' names by their pattern, and which person each name means.

A pattern is a run of proper nouns that begins with a known given name or stands behind an office or a title. A name
in parts (surname, given name) is the person of the same article whose full name has it; where two could be meant, the
form of address (``Frau``, ``Herr``) decides or nothing does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.titles import FAMILY_FIRST, NOBILITY, PARTICLES, genders, given_names, is_office, no_names

if TYPE_CHECKING:
    from framing.language.documents import Documents
    from framing.language.gazetteer import Gazetteer
    from framing.language.vocabulary import IntArray

_NE, _NN = TAG_ID["NE"], TAG_ID["NN"]
# What may stand behind the owner's name.
_OWNED = (_NN, TAG_ID["ADJ(A)"])
_PROPER = tag_mask("NE", "FM", "XY")
_NOUNISH = tag_mask("NE", "NN", "FM", "XY", "NNA", "ADJ(A)", "ADJ(D)", "VV*")
_DETERMINER = tag_mask("ART", "PPOSAT", "PDAT", "PIAT")
_GIVEN, _TITLE, _STOP, _PARTICLE, _NOBLE = 1, 2, 4, 8, 16
FULL, SURNAME, OPEN = "full", "surname", "open"


def _bits(d: Documents) -> NDArray[np.uint8]:
    given, stop = given_names(), no_names()

    def describe(new: list[str]) -> list[int]:
        return [
            (w in given or (w.endswith("s") and w[:-1] in given)) * _GIVEN | is_office(w) * _TITLE
            | (w in stop) * _STOP | (w in PARTICLES) * _PARTICLE | (w in NOBILITY) * _NOBLE
            for w in new
        ]  # fmt: skip

    found: NDArray[np.uint8] = d.vocabulary.table("person words", np.uint8, describe)[d.tokens.type]
    return found


def behind_titles(d: Documents) -> NDArray[np.bool_]:
    """Whether an office or a title stands right before each token, shape ``(n,)``."""
    # reading the lemmas may add some to the vocabulary, so it goes before their table
    lemmas = d.word_lemma
    title = d.vocabulary.lemma_table("titles", np.bool_, lambda new: [is_office(w) for w in new])[lemmas]
    title = title | ((_bits(d) & _TITLE) > 0)
    sentence = d.tokens.sentence
    found = np.zeros(len(title), bool)
    found[1:] = title[:-1] & (sentence[1:] == sentence[:-1])
    return found


def by_pattern(d: Documents, taken: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Spans of persons: two words or more that begin with a given name or stand behind a title, or one behind a title.

    Parameters
    ----------
    d
        Parsed texts.
    taken
        Tokens that belong to other names.
    """
    bits, flags, sentence = _bits(d), d.flags, d.tokens.sentence
    n = len(flags)
    capital = ((flags & v.CAPITAL) > 0) & ((flags & v.WORD) > 0)
    proper = _PROPER[d.tag] & capital & ~taken & ((bits & _STOP) == 0)
    # a given name that is also a noun ("drei Tage") needs the tagger's word for it
    given = ((bits & _GIVEN) > 0) & capital & ~taken & _NOUNISH[d.tag] & (((bits & _STOP) == 0) | (d.tag == _NE))
    initial = ((flags & v.DOTTED) > 0) & ((flags & v.CAPITAL) > 0) & (d.vocabulary.lengths[d.tokens.type] == 2)
    link = ((bits & (_PARTICLE | _NOBLE)) > 0) | initial
    strings, types = d.vocabulary.strings, d.tokens.type
    found = []
    reach = 0
    for i in np.flatnonzero(proper | given).tolist():
        if i < reach:
            continue
        end = i + 1
        while end < n and sentence[end] == sentence[i]:
            # behind a given name an unknown noun is the surname ("Vera Lind"), but not behind its genitive
            unknown = (
                capital[end] and not taken[end] and _NOUNISH[d.tag[end]] and end - i == 1
                and given[i] and strings[types[i]] in given_names()
            )  # fmt: skip
            if proper[end] or given[end] or unknown:
                end += 1
                continue
            step = end
            while step < n and link[step] and step - end < 3 and sentence[step] == sentence[i]:
                step += 1
            if step == end or step >= n or not proper[step] or sentence[step] != sentence[i]:
                break
            end = step + 1
        reach = end
        titled = bool(d.behind_titles[i])
        while end - i > 1 and bits[i] & _TITLE and not given[i]:
            # "General Kurt von Schleicher": the office is tagged as part of the name
            i, titled = i + 1, True
        if titled or (end - i > 1 and given[i]):
            found.append((i, end))
    return found


@dataclass
class _Group:
    """Persons of one article: full names, and who is called by a surname or a given name."""

    full: dict[tuple[str, ...], str] = field(default_factory=dict)
    surname: dict[str, set[str]] = field(default_factory=dict)
    given: dict[str, set[str]] = field(default_factory=dict)


def link_persons(
    d: Documents, spans: list[tuple[int, int]], group: IntArray, gazetteer: Gazetteer, taken: NDArray[np.bool_]
) -> list[tuple[int, int, str, str]]:
    """``(first, last, person, kind)`` of each span, and of surnames of persons named elsewhere in the same article.

    Parameters
    ----------
    d
        Parsed texts.
    spans
        Names of persons, not overlapping.
    group
        Shape ``(texts,)``: article of each text.
    gazetteer
        Known persons.
    taken
        Tokens of all names, those of ``spans`` included.
    """
    groups: dict[int, _Group] = {}
    of_text = group.tolist()
    segment = d.tokens.segment
    spans = _cut(d, spans, of_text)
    words = {span: _name_words(d, *span, gazetteer) for span in spans}
    parts = []
    for span in sorted(spans, key=lambda s: -len(words[s])):
        name = words[span]
        if len(name) - sum(w in PARTICLES for w in name) > 1:
            _enter(groups.setdefault(of_text[segment[span[0]]], _Group()), name, gazetteer)
        else:
            parts.append(span)
    _enter_couples(d, parts, of_text, groups)
    in_parts = set(parts)
    found = [
        (*span, groups[of_text[segment[span[0]]]].full[words[span]], FULL) for span in spans if span not in in_parts
    ]
    empty = _Group()
    for span in parts:
        here = groups.get(of_text[segment[span[0]]], empty)
        found.append((*span, *_person_of(d, span, words[span][-1], here, gazetteer)))
    for first, last, word in _surnames_alone(d, groups, group, taken):
        here = groups[of_text[segment[first]]]
        found.append((first, last, *_person_of(d, (first, last), word, here, gazetteer)))
    return found


def _cut(d: Documents, spans: list[tuple[int, int]], of_text: list[int]) -> list[tuple[int, int]]:
    """Spans cut at a name that stands elsewhere in the article.

    ``Kim Jong-uns | Gäste``, ``Sanders | Sieg``, and ``Plagiatorin | Berger`` where a given name is known.
    """
    strings, types, segment = d.vocabulary.strings, d.tokens.type, d.tokens.segment
    written = {(of_text[segment[a]], tuple(strings[x] for x in types[a:b].tolist())) for a, b in spans}
    surnames = {(g, word) for g, name in written if len(name) > 1 for word in name[1:]}
    surnames = {(g, word) for g, word in surnames if word not in PARTICLES}
    named = {(g, name[-1]) for g, name in written if len(name) > 1 and name[0] in given_names()}
    out = []
    for a, b in spans:
        here = of_text[segment[a]]
        words = tuple(strings[x] for x in types[a:b].tolist())
        for k in range(1, len(words)):
            bare = (*words[: k - 1], words[k - 1][:-1])
            whole = k > 1 and (here, words[:k]) in written
            part = (here, words[0]) in surnames or (words[0][-1] == "s" and (here, words[0][:-1]) in surnames)
            noun = k == 1 and part and d.tag[a + 1] != _NE
            if whole or noun or (words[k - 1].endswith("s") and (here, bare) in written):
                b = a + k
                break
        if b - a == 2 and d.tag[a] != _NE and words[0] not in given_names() and (here, words[1]) in named:
            a += 1
        out.append((a, b))
    return out


def _enter(group: _Group, name: tuple[str, ...], gazetteer: Gazetteer) -> None:
    """Enter a full name; it is another form of one already there where that has all its words."""
    entry = gazetteer.forms.get(name)
    person = entry.actor if entry is not None and entry.type == "person" else ""
    if not person:
        fuller = [p for n, p in group.full.items() if n[-1] == name[-1] and _same_given(name[:-1], n[:-1])]
        person = fuller[0] if len(set(fuller)) == 1 else " ".join(name)
    group.full[name] = person
    last = name[0] if name[0] in FAMILY_FIRST and name[-1] not in FAMILY_FIRST else name[-1]
    group.surname.setdefault(last, set()).add(person)
    group.given.setdefault(name[-1] if last == name[0] else name[0], set()).add(person)


def _enter_couples(d: Documents, parts: list[tuple[int, int]], of_text: list[int], groups: dict[int, _Group]) -> None:
    """Enter two persons where ``Herr und Frau Müller`` stand, so that ``Müller`` alone stays open."""
    strings, types = d.vocabulary.strings, d.tokens.type
    for a, b in parts:
        before = [d.word_at(i, a) for i in range(a - 3, a)]
        if before in (["Herr", "und", "Frau"], ["Frau", "und", "Herr"], ["Herrn", "und", "Frau"]):
            group = groups.setdefault(of_text[d.tokens.segment[a]], _Group())
            known = group.surname.setdefault(strings[types[b - 1]], set())
            taken = {_gender(p) for p in known}
            known.update(
                f"{word} {strings[types[b - 1]]}" for word in ("Herr", "Frau") if _gender(word + " ") not in taken
            )


def _gender(person: str) -> str:
    first = person.split()[0]
    return {"Herr": "m", "Frau": "f"}.get(first) or genders().get(first, "u")


def _same_given(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether given names can be one person's: each among the other's, or its initial."""
    return all(any(a == b or (a[1:] == "." and b.startswith(a[0])) for b in long) for a in short)


def _person_of(d: Documents, span: tuple[int, int], word: str, here: _Group, gazetteer: Gazetteer) -> tuple[str, str]:
    """Who is meant by a surname or given name, and the kind of the mention."""
    candidates = here.surname.get(word) or here.given.get(word) or set()
    if len(candidates) > 1:
        wanted = _address(d, span[0])
        fitting = {p for p in candidates if wanted and _gender(p) in (wanted, "u")}
        known = {gazetteer.surnames[word]} & candidates if word in gazetteer.surnames else set()
        candidates = fitting if len(fitting) == 1 else known if not wanted and known else candidates
    if len(candidates) == 1:
        return next(iter(candidates)), SURNAME
    if candidates:
        return word, OPEN
    return gazetteer.surnames.get(word, word), SURNAME


def _address(d: Documents, first: int) -> str:
    before = d.word_at(first - 1, first)
    if d.word_at(first - 2, first) == "und":
        return ""
    return "f" if before == "Frau" else "m" if before in ("Herr", "Herrn") else ""


def _surnames_alone(
    d: Documents, groups: dict[int, _Group], group: IntArray, taken: NDArray[np.bool_]
) -> list[tuple[int, int, str]]:
    """Names in parts that no pattern found, of persons whose full name is in the article."""
    ids = d.vocabulary.ids
    keys: dict[int, str] = {}
    for g, persons in groups.items():
        for word in (*persons.surname, *persons.given):
            for form in (word, word + "s", word + "’", word + "'"):
                if form in ids and len(word) > 1:
                    keys.setdefault(g << 32 | ids[form], word)
    if not keys:
        return []
    forms = np.zeros(len(d.vocabulary), bool)
    forms[[key & 0xFFFFFFFF for key in keys]] = True
    at = np.flatnonzero(forms[d.tokens.type] & ~taken)
    found = []
    for i, g, number in zip(at.tolist(), group[d.tokens.segment[at]].tolist(), d.tokens.type[at].tolist(), strict=True):
        if (g << 32 | number) not in keys:
            continue
        word = keys[g << 32 | number]
        same = d.together(i - 1, i)
        # "der Koch", "ein Schmied": the noun; and a given name needs to be tagged as one
        noun = d.tag[i] != _NE and (word in no_names() or word in given_names() or (same and _DETERMINER[d.tag[i - 1]]))
        if noun or not d.flags[i] & v.CAPITAL:
            continue
        first = i
        particles = {w for name in groups[int(group[d.tokens.segment[i]])].full if name[-1] == word for w in name[1:-1]}
        while d.word_at(first - 1, first).lower() in particles & PARTICLES:
            first -= 1
        found.append((first, i + 1, word))
    return found


def _name_words(d: Documents, first: int, last: int, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Words of a name without the genitive of the last and without titles of nobility."""
    strings = d.vocabulary.strings
    words = [strings[x] for x in d.tokens.type[first:last].tolist()]
    known = gazetteer.forms.get(tuple(words))
    if known is not None and known.type == "person" and known.actor.endswith(words[-1]):
        return tuple(words)
    if is_genitive(d, first, last, words[-1]):
        words[-1] = words[-1].rstrip("’'") if words[-1][-1] in "’'" else words[-1][:-1]
    if words[0] in ("Von", "Van", "De"):
        words[0] = words[0].lower()
    kept = [w for w in words[:-1] if w not in NOBILITY]
    return (*kept, words[-1])


def is_genitive(d: Documents, first: int, last: int, word: str) -> bool:
    """Whether the end of a name is a genitive: the bare name stands in the text too, or a noun follows it."""
    if word[-1] in "’'":
        return True
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sxzß" or word in given_names():
        return False
    bare = word[:-1]
    types, ids = d.tokens.type, d.vocabulary.ids
    text = types[d.slice(int(d.tokens.segment[first]))]
    if bare in given_names() or (bare in ids and bool((text == ids[bare]).any())):
        return True
    if int((text == ids[word]).sum()) > 1:
        return False
    follows = d.together(last, first) and d.tag[last] in _OWNED
    behind = d.together(first - 1, first) and d.tag[first - 1] == _NN
    return bool(follows or (behind and first == last - 1 and not d.behind_titles[first]))
