"""Which cases a noun phrase can stand in: determiner, adjective ending and noun each leave some open.

A phrase is described by a 16-bit mask over case x gender-or-number; the masks of its words are intersected.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from framing.language.morphology import TAG_ID, TAGS

CASES = ("nom", "acc", "dat", "gen")
GENDERS = ("m", "f", "n", "p")
ALL = 0xFFFF
GENDER_FILE = Path(__file__).parent.parent / "models" / "noun_gender.csv"


def bits(spec: str) -> int:
    """Mask from a note such as ``"nom:mf acc:n"``; ``*`` stands for all four of a kind."""
    mask = 0
    for part in spec.split():
        case, _, genders = part.partition(":")
        for c in CASES if case == "*" else [case]:
            for g in GENDERS if genders in ("*", "") else genders:
                mask |= 1 << (CASES.index(c) * 4 + GENDERS.index(g))
    return mask


CASE_MASK = {c: bits(f"{c}:*") for c in CASES}
GENDER_MASK = {g: bits(f"*:{g}") for g in GENDERS}

_STRONG = {
    "er": "nom:m gen:fp dat:f", "e": "nom:fp acc:fp", "es": "nom:n acc:n gen:mn", "en": "acc:m dat:p",
    "em": "dat:mn", "": "nom:mn acc:n",
}  # fmt: skip
_ARTICLE = {
    "der": "nom:m gen:fp dat:f", "die": "nom:fp acc:fp", "das": "nom:n acc:n", "den": "acc:m dat:p",
    "dem": "dat:mn", "des": "gen:mn", "ein": "nom:mn acc:n", "kein": "nom:mn acc:n",
}  # fmt: skip
_PRONOUN = {
    "ich": "nom:mf", "du": "nom:mf", "er": "nom:m", "es": "nom:n acc:n", "wir": "nom:p", "ihr": "nom:p dat:f",
    "sie": "nom:fp acc:fp", "man": "nom:m", "mich": "acc:*", "dich": "acc:*", "ihn": "acc:m", "uns": "acc:* dat:*",
    "euch": "acc:* dat:*", "mir": "dat:*", "dir": "dat:*", "ihm": "dat:mn", "ihnen": "dat:p", "sich": "acc:* dat:*",
    "wer": "nom:m", "wen": "acc:m", "wem": "dat:m", "was": "nom:n acc:n", "dies": "nom:n acc:n",
    "jemand": "nom:m acc:m", "niemand": "nom:m acc:m", "jeder": "nom:m", "alle": "nom:p acc:p", "denen": "dat:p",
    "dessen": "gen:mn", "deren": "gen:fp", "etwas": "nom:n acc:n dat:n", "nichts": "nom:n acc:n dat:n",
}  # fmt: skip
_STEMS = ("dies", "jen", "jed", "welch", "manch", "solch", "all", "viel", "wenig", "mehrer", "einig", "beid")
_POSSESSIVE = ("mein", "dein", "sein", "ihr", "unser", "euer", "eur", "kein", "ein")
_DETERMINER_TAGS = {TAG_ID[t] for t in ("ART", "PDAT", "PIAT", "PPOSAT", "PWAT", "APPRART")}
_PRONOUN_TAGS = {TAG_ID[t] for t in ("PPER", "PIS", "PDS", "PRELS", "PWS", "PRF", "PPOSS")}
_NOUN_TAGS = {TAG_ID[t] for t in ("NN", "NNA", "NNI", "NE", "FM")}
_ADJECTIVE = TAG_ID["ADJ(A)"]


@lru_cache(maxsize=1)
def noun_genders() -> dict[str, str]:
    """Gender of German nouns by lemma in lower case, learnt by ``benchmarks/train_roles.py`` from open text."""
    if not GENDER_FILE.exists():
        return {}
    rows = GENDER_FILE.read_text("utf-8").splitlines()[1:]
    return dict(r.split(",")[:2] for r in rows)  # type: ignore[arg-type]


_SUFFIX_GENDER = (
    ("ungs", ""), ("ung", "f"), ("heit", "f"), ("keit", "f"), ("schaft", "f"), ("ion", "f"), ("tät", "f"), ("enz", "f"),
    ("anz", "f"), ("ik", "f"), ("ur", "f"), ("ei", "f"), ("ie", "f"), ("chen", "n"), ("lein", "n"), ("ment", "n"),
    ("tum", "n"), ("ling", "m"), ("ismus", "m"), ("ist", "m"), ("or", "m"), ("eur", "m"), ("iker", "m"), ("ant", "m"),
    ("ent", "m"), ("innen", "f"), ("in", "f"), ("er", "m"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def gender_of(lemma: str) -> str:
    """``m``, ``f``, ``n`` or empty where nothing is known; a compound has the gender of its last part."""
    table = noun_genders()
    word = lemma.rpartition("-")[2].lower() or lemma.lower()
    for start in range(0, max(len(word) - 3, 1)):
        found = table.get(word[start:])
        if found is not None and (start == 0 or len(word) - start >= 4):
            return found
    for suffix, gender in _SUFFIX_GENDER:
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            return gender
    return ""


@lru_cache(maxsize=200_000)
def case_mask(word: str, tag: int, lemma: str) -> int:
    """Mask of what a word under a tag leaves open; :data:`ALL` for words that say nothing of case."""
    lower = word.lower()
    if tag in _DETERMINER_TAGS:
        return _determiner(lower)
    if tag == _ADJECTIVE:
        return _adjective(lower)
    if tag in _PRONOUN_TAGS:
        found = _PRONOUN.get(lower)
        return bits(found) if found else _determiner(lower)
    if tag in _NOUN_TAGS:
        return _noun(word, lemma, TAGS[tag])
    return ALL


def _determiner(lower: str) -> int:
    if lower in _ARTICLE:
        return bits(_ARTICLE[lower])
    contracted = {"m": "dat:mn", "r": "dat:f", "s": "acc:n"}
    if lower in ("im", "am", "vom", "zum", "beim", "zur", "ins", "ans", "aufs", "durchs", "fürs", "ums"):
        return bits(contracted[lower[-1]])
    for stem in _POSSESSIVE:
        if lower.startswith(stem) and lower[len(stem) :] in _STRONG:
            return bits(_STRONG[lower[len(stem) :]])
    for stem in _STEMS:
        if lower.startswith(stem) and lower[len(stem) :] in _STRONG:
            return bits(_STRONG[lower[len(stem) :]]) if lower != stem else ALL
    return ALL


def _adjective(lower: str) -> int:
    # weak and strong endings together; "-en" says least
    if lower.endswith("em"):
        return bits("dat:mn")
    if lower.endswith("en"):
        return bits("acc:mp nom:p dat:* gen:*")
    if lower.endswith("er"):
        return bits("nom:m gen:fp dat:f")
    if lower.endswith("es"):
        return bits("nom:n acc:n")
    if lower.endswith("e"):
        return bits("nom:* acc:fnp")
    return ALL


def _noun(word: str, lemma: str, tag: str) -> int:
    if tag in ("NE", "FM"):
        if lemma != word and word.endswith("s"):
            return bits("gen:*")
        return bits("nom:* acc:* dat:* gen:*")
    if tag == "NNA":
        if word.endswith("en"):
            return bits("acc:mp nom:p dat:* gen:*")
        return bits("nom:* acc:fnp") if word.endswith("e") else bits("nom:m gen:fp dat:f")
    gender = gender_of(lemma)
    singular = GENDER_MASK[gender] if gender else GENDER_MASK["m"] | GENDER_MASK["f"] | GENDER_MASK["n"]
    plural = GENDER_MASK["p"]
    if word == lemma:
        same = word.endswith(("er", "en", "el", "chen", "lein")) and gender in ("m", "n", "")
        mask = singular & ~(CASE_MASK["gen"] & (GENDER_MASK["m"] | GENDER_MASK["n"]))
        return mask | (plural & ~CASE_MASK["dat"] if same else 0)
    if word in (lemma + "s", lemma + "es") and gender in ("m", "n", ""):
        return bits("gen:mn") | (plural if word == lemma + "s" else 0)
    if word in (lemma + "en", lemma + "n") and gender == "m":
        return bits("acc:m dat:m gen:m") | plural
    return plural if word.endswith(("n", "s")) else plural & ~CASE_MASK["dat"]


def number_of_verb(word: str, lemma: str) -> int:
    """1 singular, 2 plural, 3 either, by the ending of a finite verb (third person)."""
    lower = word.lower()
    if lower in ("ist", "war", "sei", "wäre", "hat", "hatte", "wird", "wurde", "kann", "muss", "soll", "will", "darf"):
        return 1
    if lower in ("sind", "waren", "seien", "wären"):
        return 2
    if lower.endswith(("en", "ern", "eln")):
        return 2
    return 1
