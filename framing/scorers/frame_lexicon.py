"""Lexicons of frames: words and phrases that each belong to one category, and how they are found in parsed texts.

Shared by the generic news frames and the framing functions. A word is matched by lemma and part of speech; a noun also
as the last part of a compound (``match`` ``head``: ``Streit`` in ``Haushaltsstreit``) or as its first or last
(``any``: ``Inflation`` in ``Inflationsrate``). Phrases are matched lemma by lemma, the longest first, and take their
words. Entries of the category ``none`` are exceptions: they are found, and nothing is counted (``Filmkritik``,
``am Steuer``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.errors import InputError
from framing.language.documents import Documents
from framing.language.morphology import LONGEST, tag_mask
from framing.language.ngrams import NgramIndex
from framing.language.vocabulary import IntArray, Vocabulary
from framing.scorers.affixes import Affixes
from framing.scorers.base import FloatArray, Hits, sum_by

NONE = "none"
LEARNT = "learnt from the corpus"
# part of speech of an entry -> tags that a token of it may have; participles stand between verb and adjective
_TAGS = {
    "noun": tag_mask("NN", "NE", "NNA", "NNI", "FM"),
    "verb": tag_mask("VERB"),
    "adj": tag_mask("ADJ*", "ADV", "VV(PP)", "VV(FIN)"),
    "adv": tag_mask("ADV", "PROAV", "ADJ(D)", "PWAV"),
    "conj": tag_mask("KOUS"),
    "prep": tag_mask("APPR", "APPRART", "APPO", "APZR"),
    "modal": tag_mask("VM(FIN)"),
    "": np.ones(64, bool),
}
_MATCHES = ("word", "head", "any")
_LINKS = ("", "s", "es", "n", "en", "e", "er")
_ADJECTIVAL = re.compile(r"(?:nd|[tn]|ig|ich)e\Z")
_MIN_COMPOUND = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``term``, its part of speech ``pos``, how it is matched, its category and weight, whether it is a seed."""

    term: str
    pos: str
    match: str
    category: str
    weight: float
    seed: bool
    note: str = ""


@dataclass(frozen=True)
class FrameLexicon:
    """Entries by how they are matched.

    Attributes
    ----------
    entries
        All entries; the tables hold indices into them.
    word, head, first
        Single words: by lemma, as last part and as first part of a compound (lower case).
    phrases
        Word sequences.
    digest
        Of what it was made from; names its tables over the vocabulary.
    """

    entries: list[Entry]
    word: dict[str, int]
    head: dict[str, int]
    first: dict[str, int]
    phrases: dict[str, int]
    digest: str

    @classmethod
    def of(cls, entries: list[Entry], digest: str) -> FrameLexicon:
        """From a list of entries; of two with one term the first counts."""
        word: dict[str, int] = {}
        head: dict[str, int] = {}
        first: dict[str, int] = {}
        phrases: dict[str, int] = {}
        for n, e in enumerate(entries):
            if " " in e.term:
                phrases.setdefault(e.term, n)
                continue
            word.setdefault(e.term, n)
            if e.match in ("head", "any"):
                head.setdefault(e.term.lower(), n)
            if e.match == "any":
                first.setdefault(e.term.lower(), n)
        for n, e in enumerate(entries):
            if e.pos == "noun" and _ADJECTIVAL.search(e.term):
                word.setdefault(e.term + "r", n)  # the strong form: ein Überlebender
        return cls(entries, word, head, first, phrases, digest)

    def find(self, lemma: str, voc: Vocabulary) -> int:
        """Entry of a single word by its lemma, -1 without one."""
        n = self.word.get(lemma, -1)
        if n < 0 and lemma.endswith("erin"):
            n = self.word.get(lemma[:-2], -1)
        if n >= 0 or not lemma[:1].isupper() or not _MIN_COMPOUND <= len(lemma) <= LONGEST:
            return n
        lower = lemma.lower().removesuffix("in") if lemma.endswith("erin") else lemma.lower()
        ends, starts = self._ends.ends(lower, least=2), self._starts.starts(lower, rest=3)
        if not ends and not starts:
            return -1
        return self._compound(lemma, ends, starts, voc)

    @cached_property
    def _ends(self) -> Affixes:
        return Affixes(self.head)

    @cached_property
    def _starts(self) -> Affixes:
        return Affixes(self.first)

    def form(self, word: str) -> int:
        """Entry of an uninflected adjective as written, -1 without one: a participle's lemma is that of its verb."""
        n = self.word.get(word.lower(), -1)
        return n if n >= 0 and self.entries[n].pos == "adj" else -1

    def _compound(self, lemma: str, ends: list[str], starts: list[str], voc: Vocabulary) -> int:
        """The entry at the end of a compound, else at its start, where the parts that the analyser finds agree."""
        parts = [p.strip("-") for p in voc.morphology.parts(lemma)]
        tails = {"".join(parts[i:]) for i in range(1, len(parts))}
        heads = {"".join(parts[:i]) for i in range(1, len(parts))}
        for x in ends:
            # an exception holds for longer compounds too: Stadtteilkirche as Kirche
            if x in tails or x + "in" in tails:
                return self.head[x]
        for x in reversed(starts):
            if any(x + link in heads for link in _LINKS):
                return self.first[x]
        return -1


def read_lexicon(name: str, categories: tuple[str, ...], column: str) -> FrameLexicon:
    """A lexicon of the package or a CSV file with ``term`` and the column of the category.

    Parameters
    ----------
    name
        Name in the catalogue or path of a CSV file; ``pos``, ``match`` (``word``, ``head``, ``any``), ``weight``
        (above 0, default 1), ``seed`` (``yes``, ``no``) and ``note`` are optional columns.
    categories
        The categories that exist.
    column
        Name of their column.

    Raises
    ------
    InputError
        With file, line and cure, where a column is missing or a value is not allowed.
    """
    return _read(name, categories, column, lexicons.load(name).digest)


@lru_cache(maxsize=8)
def _read(name: str, categories: tuple[str, ...], column: str, digest: str) -> FrameLexicon:
    lexicon = lexicons.load(name)
    file = str(lexicon.path)
    for wanted in ("term", column):
        if wanted not in lexicon.rows[0]:
            raise InputError(
                f"no column {wanted!r}", file=file, cure=f"name the columns term,pos,{column},match,weight,seed"
            )
    entries = []
    for line, row in enumerate(lexicon.rows, start=2):
        for key, value, allowed in (
            (column, row[column], (*categories, NONE)),
            ("pos", row.get("pos", ""), (*_TAGS, "phrase")),
            ("match", row.get("match") or "word", _MATCHES),
        ):
            if value not in allowed:
                raise InputError(
                    f"{key} {value!r} is not known", file=file, record=f"line {line}", cure=f"use {', '.join(a for a in allowed if a)}"
                )  # fmt: skip
        try:
            weight = float(row.get("weight") or 1)
        except ValueError:
            weight = -1.0
        if not row["term"] or weight < 0 or not np.isfinite(weight):
            raise InputError("no term or no weight of 0 or more", file=file, record=f"line {line}", cure="fill both")
        entries.append(
            Entry(
                row["term"], row.get("pos", ""), row.get("match") or "word", row[column], weight,
                row.get("seed", "") == "yes", row.get("note", ""),
            )
        )  # fmt: skip
    return FrameLexicon.of(entries, f"{column}:{digest}")


def find_entries(d: Documents, lexicon: FrameLexicon) -> list[tuple[int, int, int]]:
    """Entries in parsed texts, exceptions left out: ``(first token, token after the last, entry)`` in text order."""
    voc, lemma = d.vocabulary, d.lemma
    table = voc.compound_table(("frames", lexicon.digest), np.int32, lambda w: lexicon.find(w, voc))
    form = voc.table(("frame forms", lexicon.digest), np.int32, lambda new: [lexicon.form(w) for w in new])
    number = np.where(table[lemma] >= 0, table[lemma], form[d.tokens.type])
    pos = np.array([list(_TAGS).index(e.pos) if e.pos in _TAGS else 0 for e in lexicon.entries] or [0], np.int32)
    masks: NDArray[np.bool_] = np.stack(list(_TAGS.values()))
    single = (number >= 0) & masks[pos[np.maximum(number, 0)], d.tag]
    found = list(_phrases(voc, lexicon).find(lemma, d.tokens.sentence))
    for first, last, _ in found:
        single[first:last] = False
    found += [(i, i + 1, int(number[i])) for i in np.flatnonzero(single).tolist()]
    entries = lexicon.entries
    return sorted(row for row in found if entries[row[2]].category != NONE)


def densities(
    documents: Documents, hits: Hits, group: IntArray, count: int, categories: tuple[str, ...], prefix: str
) -> dict[str, FloatArray]:
    """``1000 · Σ value / tokens`` of each category and group; NaN where a group has no tokens."""
    segment = documents.tokens.segment
    tokens = sum_by(group[segment], count)
    of_hit = group[segment[hits.first]]
    category = np.array(hits.category, dtype=object)
    result = {}
    for name in categories:
        own = category == name if len(hits) else np.zeros(0, bool)
        total = sum_by(of_hit[own], count, hits.value[own])
        result[prefix + name] = np.where(tokens > 0, total / np.maximum(tokens, 1) * 1000, np.nan)
    return result


def _phrases(voc: Vocabulary, lexicon: FrameLexicon) -> NgramIndex[int]:
    """Phrases as lemma sequences: as written in the lexicon, and as the parser lemmatises them."""
    key = ("frame phrases", lexicon.digest)
    index: NgramIndex[int] | None = voc.indices.get(key)
    if index is None:
        numbers = list(lexicon.phrases.values())
        entries = [(tuple(voc.lemma_id(w) for w in p.split()), n) for p, n in lexicon.phrases.items()]
        # by itself and inside a sentence: its first word may be read as another one at the beginning
        for before in ("", "so "):
            d = Documents([before + p for p in lexicon.phrases], voc)
            for lemma in (d.lemma, d.word_lemma):
                for text, n in enumerate(numbers):
                    sequence = tuple(lemma[d.slice(text)].tolist())[bool(before) :]
                    if len(sequence) > 1:
                        entries.append((sequence, n))
        index = voc.indices[key] = NgramIndex(entries)
    return index
