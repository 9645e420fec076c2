"""What can be wrong in a lexicon: doubles, conflicts, values out of range, spellings without their umlaut."""

from __future__ import annotations

from collections import defaultdict

from framing.lexicons import Lexicon

_KEY = {"shifters": ("term", "pos"), "valence": ("term", "pos"), "cues": ("term", "pos"), "states": ("id",),
        "organisations": ("id",), "verbs": ("verb",), "given_names": ("name",), "places": ("name", "country"),
        "offices": ("term",), "loaded_terms": ("term",), "loaded_terms_exceptions": ("word", "term"),
        "name_stopwords": ("word",)}  # fmt: skip
_UMLAUT = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))


def check(lexicon: Lexicon) -> list[str]:
    """Problems of a lexicon, one line each; empty where it is sound."""
    key = _KEY.get(lexicon.name, tuple(lexicon.rows[0])[:1])
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
    terms = {k[0] for k in seen}
    for term in sorted(terms):
        for plain, umlaut in _UMLAUT[:3]:
            if plain in term and term.replace(plain, umlaut) in terms:
                problems.append(f"{term}: also listed as {term.replace(plain, umlaut)}")
    if lexicon.name == "valence":
        problems += _conflicts(lexicon)
    return problems


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
