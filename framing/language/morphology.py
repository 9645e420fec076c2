"""German word forms: possible parts of speech, lemma, compound parts. One answer per word type.

Built on the Hanover Tagger (Wartena 2019), whose hidden Markov model over morphemes knows separable prefixes,
umlaut and linking elements, with simplemma (Barbaresi 2021) where its dictionary is the better guide. Tags are
those of the Stuttgart-Tübingen tagset (STTS, Schiller et al. 1999), finiteness written as in ``VV(FIN)``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from framing.language.titles import given_names

if TYPE_CHECKING:
    from framing.language.cache import SavedTable
    from framing.language.hanover import Hanover

TAGS: tuple[str, ...] = (
    "$(", "$,", "$.", "ADJ(A)", "ADJ(D)", "ADV", "APPO", "APPR", "APPRART", "APZR", "ART", "CARD", "FM", "ITJ",
    "KOKOM", "KON", "KOUI", "KOUS", "NE", "NN", "NNA", "NNI", "PDAT", "PDS", "PIAT", "PIS", "PPER", "PPOSAT",
    "PPOSS", "PRELAT", "PRELS", "PRF", "PROAV", "PTKA", "PTKANT", "PTKNEG", "PTKVZ", "PTKZU", "PWAT", "PWAV", "PWS",
    "TRUNC", "VA(FIN)", "VA(IMP)", "VA(INF)", "VA(PP)", "VM(FIN)", "VM(INF)", "VM(PP)", "VV(FIN)", "VV(IMP)",
    "VV(INF)", "VV(IZU)", "VV(PP)", "XY",
)  # fmt: skip
# No German word is longer; what is, is no word, and is not taken apart.
LONGEST = 80
TAG_ID = {tag: i for i, tag in enumerate(TAGS)}

UPOS: dict[str, str] = {
    "$(": "PUNCT", "$,": "PUNCT", "$.": "PUNCT", "ADJ(A)": "ADJ", "ADJ(D)": "ADJ", "ADV": "ADV", "APPO": "ADP",
    "APPR": "ADP", "APPRART": "ADP", "APZR": "ADP", "ART": "DET", "CARD": "NUM", "FM": "X", "ITJ": "INTJ",
    "KOKOM": "CCONJ", "KON": "CCONJ", "KOUI": "SCONJ", "KOUS": "SCONJ", "NE": "PROPN", "NN": "NOUN", "NNA": "NOUN",
    "NNI": "NOUN", "PDAT": "DET", "PDS": "PRON", "PIAT": "DET", "PIS": "PRON", "PPER": "PRON", "PPOSAT": "DET",
    "PPOSS": "PRON", "PRELAT": "DET", "PRELS": "PRON", "PRF": "PRON", "PROAV": "ADV", "PTKA": "PART",
    "PTKANT": "PART", "PTKNEG": "PART", "PTKVZ": "ADP", "PTKZU": "PART", "PWAT": "DET", "PWAV": "ADV", "PWS": "PRON",
    "TRUNC": "X", "VA(FIN)": "AUX", "VA(IMP)": "AUX", "VA(INF)": "AUX", "VA(PP)": "AUX", "VM(FIN)": "AUX",
    "VM(INF)": "AUX", "VM(PP)": "AUX", "VV(FIN)": "VERB", "VV(IMP)": "VERB", "VV(INF)": "VERB", "VV(IZU)": "VERB",
    "VV(PP)": "VERB", "XY": "X",
}  # fmt: skip
UPOS_OF = tuple(UPOS[t] for t in TAGS)


Item = TypeVar("Item")
Answer = TypeVar("Answer")
# What is kept of a word beside its lemmas by tag: the head of a compound, and its parts.
HEAD, PARTS = -1, -2
Candidates = tuple[list[tuple[int, float]], list[tuple[int, float]]]
# Words whose analyses are held as objects: the new ones of a batch are asked for more than once.
RECENT = 20_000


def encode(candidates: Candidates) -> str:
    """Possible tags of a word as one line, which takes a tenth of the objects' memory.

    >>> encode(([(19, -1.5), (18, -2.0)], [(18, -2.0)]))
    '19:-1.5 18:-2.0|18:-2.0'
    """
    return "|".join(" ".join(f"{tag}:{value}" for tag, value in pairs) for pairs in candidates)


def decode(line: str) -> Candidates:
    """The reverse of :func:`encode`."""
    inside, _, initial = line.partition("|")
    first = _pairs(inside)
    return first, first if initial == inside else _pairs(initial)


def _pairs(text: str) -> list[tuple[int, float]]:
    return [(int(tag), float(value)) for tag, _, value in (pair.partition(":") for pair in text.split())]


def tag_mask(*names: str) -> NDArray[np.bool_]:
    """Boolean array over :data:`TAGS`; a name is a tag, a prefix ending in ``*``, or else a UPOS class."""
    mask = np.zeros(64, bool)
    for i, tag in enumerate(TAGS):
        mask[i] = any(
            tag == n or (n.endswith("*") and tag.startswith(n[:-1])) or (UPOS[tag] == n and n not in TAG_ID)
            for n in names
        )
    return mask


FINITE = tag_mask("VV(FIN)", "VA(FIN)", "VM(FIN)", "VV(IMP)", "VA(IMP)")
VERBAL = tag_mask("VERB", "AUX")
NOMINAL = tag_mask("NN", "NE", "NNA", "NNI", "FM", "XY", "CARD", "TRUNC")
NOUN = tag_mask("NN", "NE", "NNA", "NNI", "FM")
CONTENT = tag_mask("NN", "NNA", "NNI", "NE", "VV*", "ADJ*", "ADV", "PTKVZ")

_ARTICLE_LEMMAS = {
    "der": "der", "die": "der", "das": "der", "dem": "der", "den": "der", "des": "der", "deren": "der",
    "dessen": "der", "denen": "der", "ein": "ein", "eine": "ein", "einen": "ein", "einem": "ein", "einer": "ein",
    "eines": "ein",
}  # fmt: skip
# Infinitives that have ß although their past has ss ("biss", "beschoss").
_SHARP_S = re.compile(r"(bei|schie|schlie|flie|gie|rei|nie|hei|sto|grü|bü|wei|spie|schlei|schmei)ss(en)\Z")
_GENDER_ENDING = re.compile(r"(?:[*:_·/]-?in(?:nen)?|Innen)\Z")


class Morphology:
    """What each word form can be. Pure: the same word always gets the same answer.

    The model files of HanTa and simplemma are read when first needed (0.1 s and 1 s).

    Attributes
    ----------
    candidate_table, lemma_table
        Answers already given, by word (see :func:`encode`) and by word and tag, with :data:`HEAD` and :data:`PARTS` for
        tags; :mod:`framing.language.cache` keeps them on disk.
    tables
        Those on disk that stand below them.
    saved
        How many of them are on disk.
    """

    def __init__(self) -> None:
        self._nouns = _lexicon_nouns()
        self.candidate_table: dict[str, str] = {}
        self.lemma_table: dict[tuple[str, int], str] = {}
        self.tables: list[SavedTable] = []
        self.saved = 0
        self._recent: dict[str, Candidates] = {}
        # words with their part of speech whose morphemes are asked for, while questions are noted
        self._asked: list[tuple[str, int]] = []
        self._noting = False

    @cached_property
    def _tagger(self) -> Hanover:
        from framing.language.hanover import hanover

        return hanover()

    def candidates(self, word: str) -> Candidates:
        """Possible tags of a word, inside a sentence and as its first word.

        Returns
        -------
        tuple of two lists
            ``(tag, log probability)`` pairs, best first, within 8 of the best; the second list does not count
            the capital letter, which at the start of a sentence says nothing.
        """
        found = self._recent.get(word)
        if found is None:
            line = self.candidate_table.get(word)
            if line is None:
                self._analyse([word])
                return self._recent[word]
            found = self._remember(word, decode(line))
        return found

    def _remember(self, word: str, found: Candidates) -> Candidates:
        if len(self._recent) >= RECENT:
            self._recent.clear()
        self._recent[word] = found
        return found

    def _analyse(self, words: list[str]) -> None:
        """Find the possible tags of new words."""
        tagger = self._tagger
        forms = [self._form(word) for word in words]
        unknown = [form for form in dict.fromkeys(forms) if form and form not in tagger.cache]
        scored = dict(zip(unknown, tagger.parts_of_speech(unknown), strict=True))
        for word, form in zip(words, forms, strict=True):
            raw = scored.get(form) or tagger.cache.get(form)
            found = _UNKNOWN_NAME if raw is None else self._candidates(word, raw)
            self.candidate_table[word] = encode(found)
            self._remember(word, found)

    def _form(self, word: str) -> str:
        """What the model is asked for to learn of a word, empty for a name that no dictionary knows."""
        form: str = self._tagger.normalize(word)
        if form in self._tagger.cache:
            return form
        head = self._head_noun(word) if word[0].isupper() else ""
        if head:
            return head.lower()
        return "" if _looks_like_name(word) else self._known_end(form) or form[:40]

    def _candidates(self, word: str, scored: list[tuple[int, float]]) -> Candidates:
        upper = word[0].isupper()
        case_table, names = self._tagger.LP_case_t, self._tagger.int2tag
        inside: list[tuple[int, float]] = []
        initial: list[tuple[int, float]] = []
        for number, value in scored:
            tag = TAG_ID.get(names.get(number, ""))
            if tag is None:
                continue
            initial.append((tag, float(value)))
            inside.append((tag, float(value) + case_table[number][upper]))
        return _best(inside), _best(initial)

    def _known_end(self, form: str) -> str:
        """Longest end of a lower-case word that the model knows by heart (``sicherheitspolitisch`` → ``politisch``).

        Empty where there is none, or where a ``zu`` inside could make it an infinitive of another kind.
        """
        if not 10 <= len(form) <= LONGEST or not form.isalpha() or "zu" in form[1:9]:
            return ""
        cache = self._tagger.cache
        for cut in range(3, len(form) - 5):
            if form[cut:] in cache:
                return form[cut:]
        return ""

    def head_noun(self, word: str) -> str:
        """Last part of a compound noun where the dictionary knows it, inflected as written; empty where it does not.

        ``Sicherheitsbeziehungen`` gives ``Beziehungen``, ``US-Truppen`` gives ``Truppen``. The longest known part
        counts that leaves at least three letters before it.
        """
        return self._kept(word, HEAD, self._head_noun)

    def _kept(self, word: str, tag: int, answer: Callable[[str], str]) -> str:
        found = self.lemma_table.get((word, tag))
        if found is None:
            asked = len(self._asked)
            found = answer(word)
            if len(self._asked) == asked:
                self.lemma_table[word, tag] = found
        return found

    def _head_noun(self, word: str) -> str:
        start = word.rfind("-") + 1
        if start and len(word) - start > 3:
            last = word[start].upper() + word[start + 1 :]
            return self._head_noun(last) or last
        if not 8 <= len(word) <= LONGEST:
            return ""
        for cut in range(3, len(word) - 3):
            part = word[cut].upper() + word[cut + 1 :]
            known = _simplemma_strict(part)
            if (
                known is not None
                and known[:1].isupper()
                and (len(part) > 4 or known in _SHORT_HEADS)
                and part not in _ENDINGS
            ):
                return part
        return ""

    def look_up(self, words: list[str]) -> None:
        """Find many words at once in what is kept on disk, which is faster than one by one."""
        for table in self.tables:
            table.prepare(words)

    def prepare(self, words: list[str]) -> None:
        """Find the possible tags of many words at once, which is faster than one by one."""
        self.look_up(words)
        new = [w for w in words if w not in self._recent and self.candidate_table.get(w) is None]
        if new:
            self._analyse(new)

    def together(self, items: Sequence[Item], answer: Callable[[Item], Answer]) -> list[Answer]:
        """Answers about many things, with all morphemes that they take found at once.

        Each answer that asks for morphemes is sought twice: once to learn what it asks for.
        """
        found: list[Answer] = []
        again: list[int] = []
        self._noting = True
        try:
            for i, item in enumerate(items):
                asked = len(self._asked)
                found.append(answer(item))
                if len(self._asked) > asked:
                    again.append(i)
            if again:
                self._tagger.prepare(self._asked)
        finally:
            self._noting, self._asked = False, []
        for i in again:
            found[i] = answer(items[i])
        return found

    def _morphemes(self, word: str, number: int, level: int) -> Any:
        """HanTa's analysis, None while questions are noted."""
        if self._noting:
            self._asked.append((word, number))
            return None
        return self._tagger._analyze(word, number, level)

    def lemmas(self, pairs: Sequence[tuple[str, int]]) -> list[str]:
        """Lemma of each word under a tag, see :meth:`lemma`."""
        return self.together(pairs, lambda pair: self.lemma(*pair))

    def lemma(self, word: str, tag: int) -> str:
        """Lemma of a word form under a tag: nouns capitalised, separable verbs with their particle glued."""
        return self._kept(word, tag, lambda form: self._lemma(form, TAGS[tag]))

    def _lemma(self, word: str, tag: str) -> str:
        if tag[0] == "$" or (tag in ("CARD", "XY", "FM", "TRUNC", "NE") and not word.isalpha()):
            return _name_lemma(word) if tag == "NE" else word
        upos = UPOS[tag]
        if upos in ("DET", "PRON"):
            return _ARTICLE_LEMMAS.get(word.lower()) or self._by_hanta(word, tag).lower()
        if tag == "NE":
            return _name_lemma(word)
        if upos in ("ADV", "ADP", "PART", "CCONJ", "SCONJ", "INTJ"):
            return word.lower() if upos != "INTJ" else word
        if tag in ("NN", "NNA", "NNI"):
            return self._noun_lemma(word, tag)
        if upos in ("VERB", "AUX"):
            return self._verb_lemma(word, tag)
        return self._adjective_lemma(word, tag)

    def _noun_lemma(self, word: str, tag: str) -> str:
        base = _GENDER_ENDING.sub("", word) if len(word) > 5 else word
        if base != word:
            word = base
        head, hyphen, last = word.rpartition("-")
        if hyphen and len(last) > 1 and head:
            return head + hyphen + self._noun_lemma(last[0].upper() + last[1:] if last[0].islower() else last, tag)
        if word.isupper() or word in self._nouns:
            return word
        guess = self._by_simplemma(word)
        if guess is not None and guess[:1].isupper():
            return _modern(guess, word)
        head = self._head_noun(word)
        if head:
            lemma = head if head in self._nouns else _modern(_simplemma_strict(head) or head, head)
            return word[: len(word) - len(head)] + lemma.lower()
        lemma = self._by_hanta(word, tag)
        return lemma[:1].upper() + lemma[1:]

    def _verb_lemma(self, word: str, tag: str) -> str:
        lower = word.lower()
        guess = self._by_simplemma(lower)
        if tag in ("VV(INF)", "VA(INF)", "VM(INF)"):
            return lower if lower[-1:] == "n" else guess or lower
        if guess is not None and guess[-1:] == "n" and guess.islower() and guess != lower:
            return _SHARP_S.sub("\\1ß\\2", guess)
        # the dictionary knows irregular forms, the model prefixes
        return _SHARP_S.sub("\\1ß\\2", self._by_hanta(word, tag).lower())

    def _adjective_lemma(self, word: str, tag: str) -> str:
        lower = word.lower() if not word.isupper() else word
        guess = self._by_simplemma(lower)
        if tag == "ADJ(D)":
            # uninflected but for degree: "besser", "am besten"
            graded = guess is not None and lower[-2:] in ("er", "en") and guess.islower() and guess[-1:] != "n"
            return str(guess) if graded else lower
        if guess is not None and guess[-1:] != "n" and guess[:1].islower() == lower[:1].islower():
            return guess
        if lower[-2:] == "er" and word[:1].isupper():
            return word  # "Berliner", "Dubliner": never inflected, always capitalised
        return self._by_hanta(word, tag)

    def _by_hanta(self, word: str, tag: str) -> str:
        tagger = self._tagger
        number = tagger.tag2int.get(tag)
        if number is None or len(word) > 40:
            return word
        found = self._morphemes(word, number, 1)
        return str(found[0]) if found else word

    @staticmethod
    def _by_simplemma(word: str) -> str | None:
        return _simplemma_strict(word)

    def parts(self, word: str) -> tuple[str, ...]:
        """Parts of a compound noun, last one the head: ``Asylflut`` gives ``("asyl", "flut")``; a simple word one part."""
        return tuple(self._kept(word, PARTS, lambda form: " ".join(self._parts(form))).split(" "))

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) > 45:
            return (word.lower(),)
        found = self._morphemes(word, self._tagger.tag2int["NN"], 3)
        morphemes = found[1] if found else ()
        parts: list[str] = []
        glue = False
        for morpheme, kind in morphemes:
            if kind.startswith(("SUF", "FUGE", "PREF", "PTK")) or kind == "HYPHEN":
                if parts and not kind.startswith(("SUF_NN", "HYPHEN", "SUF_NE")):
                    parts[-1] += morpheme
                glue = kind.startswith("PREF")
                continue
            if glue and parts:
                parts[-1] += morpheme
                glue = False
            else:
                parts.append(morpheme)
        return tuple(parts) or (word.lower(),)


def _best(pairs: list[tuple[int, float]]) -> list[tuple[int, float]]:
    pairs.sort(key=lambda p: -p[1])
    if not pairs:
        return [(TAG_ID["XY"], 0.0)]
    floor = pairs[0][1] - 8
    return [(t, round(p, 3)) for t, p in pairs if p >= floor and not math.isinf(p)][:5]


# A capitalised word that no dictionary knows is a name, or else a noun; the sentence decides.
_NAME_OR_NOUN = [(TAG_ID["NE"], -10.0), (TAG_ID["NN"], -11.5)]
_UNKNOWN_NAME: Candidates = (_NAME_OR_NOUN, _NAME_OR_NOUN)
_NOUN_ENDING = re.compile(r"(ung|heit|keit|schaft|ion|tät|ismus|ment|enz|anz|ling|chen|nis|tum)(s|es|e|en|er|ern|n)?\Z")


def _looks_like_name(word: str) -> bool:
    """Whether a capitalised word is unknown in any spelling and does not end like a noun."""
    if not word[0].isupper() or not word.isalpha() or _NOUN_ENDING.search(word):
        return False
    return _simplemma_strict(word) is None and _simplemma_strict(word.lower()) is None


def _modern(lemma: str, word: str) -> str:
    """Lemma in today's spelling, nominalised adjectives in the form of the lexicons (``Toten`` → ``Tote``)."""
    if "ß" in lemma and "ss" in word:
        lemma = lemma.replace("ß", "ss")
    if lemma[-2:] == "er" and word in (lemma[:-1], lemma[:-2] + "en", lemma[:-2] + "em"):
        return lemma[:-1]
    return lemma


def _name_lemma(word: str) -> str:
    """A name without its genitive ``s`` where the form allows one: ``Putins`` → ``Putin``, but ``Paris`` stays."""
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "sxzuioßa" and not word.isupper():
        return word if word in given_names() else word[:-1]
    return word


@lru_cache(maxsize=50_000)
def _simplemma_strict(word: str) -> str | None:
    from simplemma.strategies import DictionaryLookupStrategy

    global _lookup
    if _lookup is None:
        _lookup = DictionaryLookupStrategy()
    found: str | None = _lookup.get_lemma(word, "de")  # type: ignore[attr-defined]
    return found


_lookup: object | None = None
# Rare nouns that are far more often the end of a foreign word ("Existenz").
_ENDINGS = frozenset("Stenz Tenz Renz Ratur Kation".split())
# Four-letter nouns that end many compounds; other short words are too often the end of something else.
_SHORT_HEADS = frozenset(
    (
        "Amt Art Bau Chef Dorf Fall Flut Form Gang Geld Haus Hof Jahr Kind Lage Land Mann Mord Not Plan Rat "
        "Rede Rohr Ruf Sohn Stab Tag Teil Tier Tod Tor Wahl Wald Wand Weg Welt Werk Wert Wort Zahl Zeit Ziel "
        "Zone Zug Zoll Hass Hilfe Boot Bank Bund Burg Club Dienst Druck Film Frau Führer Kopf Kurs Kurve Last "
        "Lohn Lust Macht Mark Markt Not Ofen Ort Pass Post Raum Recht Rest Rolle Ruhe Saal Satz See Sieg Sinn "
        "Stoff Sucht Text Ware Wehr Zorn Streit"
    ).split()
)


def _lexicon_nouns() -> frozenset[str]:
    """Nouns that our own lexicon lists as lemmas; the dictionary takes some for forms of others (``Falle``)."""
    from framing import lexicons

    rows = lexicons.load("valence").rows
    return frozenset(row["term"] for row in rows if row["pos"] == "noun" and " " not in row["term"])
