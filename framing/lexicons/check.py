"""What can be wrong in a lexicon: doubles, conflicts, values out of range, spellings without their umlaut."""

from __future__ import annotations

import re
from collections import defaultdict

from framing.lexicons import Lexicon

_KEY = {"shifters": ("term", "pos"), "valence": ("term", "pos"), "cues": ("term", "pos"), "states": ("id",),
        "organisations": ("id",), "verbs": ("verb",), "given_names": ("name",), "places": ("name", "country"),
        "offices": ("term",), "loaded_terms": ("term",), "loaded_terms_exceptions": ("word", "term"),
        "name_stopwords": ("word",), "stances": ("term", "pos", "relation")}  # fmt: skip
_UMLAUT = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß", "Ae": "Ä", "Oe": "Ö", "Ue": "Ü"}
_SPELT_OUT = re.compile("|".join(_UMLAUT))
# Columns of names, whose spelling is their bearers' (``Goethe``).
_NAMES = ("name", "id", "surname")


def check(lexicon: Lexicon) -> list[str]:
    """Problems of a lexicon, one line each; empty where it is sound.

    Doubles are entries with the same key; conflicts are opposite signs of one word without a note; a missing umlaut
    is a word that German does not know as written, but does with ``ä``, ``ö``, ``ü`` or ``ß``.
    """
    key = _key(lexicon)
    problems: list[str] = []
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line, row in enumerate(lexicon.rows, start=2):
        seen[tuple(row.get(k, "") for k in key)].append(line)
        if not row.get(key[0]):
            problems.append(f"line {line}: empty {key[0]}")
        if "valence" in row:
            problems += _valence(line, row)
    problems += [
        f"{' '.join(k)}: given {len(lines)} times, lines {', '.join(map(str, lines))}"
        for k, lines in seen.items()
        if len(lines) > 1
    ]
    if key[0] not in _NAMES:
        problems += _umlauts({k[0] for k in seen})
    if "valence" in lexicon.rows[0]:
        problems += _conflicts(lexicon)
    return problems


def _key(lexicon: Lexicon) -> tuple[str, ...]:
    columns = tuple(lexicon.rows[0])
    default = tuple(c for c in ("term", "pos") if c in columns) or columns[:1]
    key = _KEY.get(lexicon.name, default)
    return key if set(key) <= set(columns) else default


def _umlauts(terms: set[str]) -> list[str]:
    problems = []
    for term in sorted(terms):
        if not _SPELT_OUT.search(term):
            continue
        proper = _proper_spelling(term)
        if proper in terms - {term}:
            problems.append(f"{term}: also listed as {proper}")
        elif proper != term:
            problems.append(f"{term}: its umlaut is missing, write {proper}")
    return problems


def _proper_spelling(term: str) -> str:
    """The term with every word that German knows only with an umlaut or ß spelt so."""
    import simplemma

    words = []
    for word in term.split():
        if _SPELT_OUT.search(word) and not simplemma.is_known(word, lang="de"):
            spelt = [word[: m.start()] + _UMLAUT[m[0]] + word[m.end() :] for m in _SPELT_OUT.finditer(word)]
            spelt.append(_SPELT_OUT.sub(lambda m: _UMLAUT[m[0]], word))
            word = next((s for s in spelt if simplemma.is_known(s, lang="de")), word)
        words.append(word)
    return " ".join(words)


def _valence(line: int, row: dict[str, str]) -> list[str]:
    try:
        value = float(row["valence"])
    except ValueError:
        return [f"line {line}: valence {row['valence']!r} is no number"]
    return [] if -1 <= value <= 1 else [f"line {line}: valence {value} outside [-1, 1]"]


def _conflicts(lexicon: Lexicon) -> list[str]:
    """The same word with opposite signs as different parts of speech, where neither row has a note."""
    signs: dict[str, dict[str, float]] = defaultdict(dict)
    noted = set()
    for row in lexicon.rows:
        if _valence(0, row):
            continue
        signs[row["term"].lower()][row.get("pos", "")] = float(row["valence"])
        if row.get("note"):
            noted.add(row["term"].lower())
    return [
        f"{term}: opposite signs {values}"
        for term, values in signs.items()
        if term not in noted and min(values.values()) < 0 < max(values.values())
    ]
