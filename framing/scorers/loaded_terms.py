"""Loaded terms: words that bring a judgement with the naming (``Mini-NATO``, ``Regime``, ``Asylflut``).

Measures: ``loaded_terms`` counts all hits, ``loaded_terms_author`` those in the author's own voice,
``loaded_per_1000`` the author's per 1,000 tokens, ``scare_quotes`` words in quotation marks that quote nobody.
All are counts or rates, 0 or more, larger is more loaded. A newspaper that quotes a loaded term has not used it.

A term is matched by lemma; as the last part of a compound (``head``), as its first part (``first``), or as any part
(``any``), as its entry says; ``form`` is a word that only counts uninflected (``natürlich``, not ``natürliche Feinde``). Words on the list of exceptions never match. ``only_if`` and ``not_if`` name words that
must, or must not, stand in the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from framing import lexicons
from framing.language.documents import Documents
from framing.language.morphology import LONGEST, TAG_ID, tag_mask
from framing.language.ngrams import NgramIndex
from framing.language.vocabulary import IntArray, Vocabulary
from framing.language.voices import AUTHOR, distancing_tokens
from framing.language.voices import DISTANCING as DISTANCING_WORDS
from framing.scorers.base import FloatArray, Hits, Scorer, sum_by

SCARE, DISTANCING, DOUBTING_CUE = "scare_quote", "distancing", "doubting_cue"
# Words of context are sought no further away than this, however long a "sentence" is.
WINDOW = 80
_META = (SCARE, DISTANCING, DOUBTING_CUE)
_NOUNISH = tag_mask("NN", "NE", "NNA", "NNI", "FM", "XY", "TRUNC")
_ATTRIBUTIVE = TAG_ID["ADJ(A)"]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the lexicon."""

    term: str
    match: str
    category: str
    direction: str
    strength: int
    neutral: str
    target: str
    only_if: frozenset[str]
    not_if: frozenset[str]


@dataclass(frozen=True)
class LoadedLexicon:
    """Entries by how they are matched.

    Attributes
    ----------
    terms
        All entries; the tables hold indices into them.
    word, head, first, any
        Lower-case lemma to index.
    phrase
        Word sequences (lemmas) to index.
    exceptions
        Words (lower case) that never match.
    digest
        Of the files.
    """

    terms: list[Term]
    word: dict[str, int]
    head: dict[str, int]
    first: dict[str, int]
    any: dict[str, int]
    phrase: dict[tuple[str, ...], int]
    exceptions: frozenset[str]
    digest: str

    def find(self, lemma: str, voc: Vocabulary) -> int:
        """Entry of a single word by its lemma, -1 without one. Hyphens do not count: ``Putin-Versteher``."""
        if len(lemma) > LONGEST:
            return -1
        lower = lemma.lower()
        plain = lower.replace("-", "")
        if self._is_exception(lower):
            return -1
        for key in (lower, plain, plain.removesuffix("in") if plain.endswith("erin") else plain):
            for table in (self.word, self.head, self.first, self.any):
                if key in table:
                    return table[key]
        if not lemma[:1].isupper() and "-" not in lemma:
            return -1
        hyphens = [p for p in lower.split("-") if p]
        if len(hyphens) < 2:
            return self._compound(lemma, voc, head_only=False)
        first_two, last_two = hyphens[0] + hyphens[1], hyphens[-2] + hyphens[-1]
        for table, parts in (
            (self.first, (first_two, hyphens[0])),
            (self.head, (last_two, hyphens[-1])),
            (self.any, (first_two, last_two, *hyphens)),
        ):
            for part in parts:
                if part in table:
                    return table[part]
        last = hyphens[-1]
        return self._compound(last[:1].upper() + last[1:], voc, head_only=True)

    def _is_exception(self, lower: str) -> bool:
        """Whether a word, or the compound's last part, is on the list of exceptions."""
        return any(lower[i:] in self.exceptions for i in range(max(len(lower) - 4, 1)))

    def _compound(self, lemma: str, voc: Vocabulary, head_only: bool) -> int:
        lower = lemma.lower()
        if len(lower) < 6 or self._is_exception(lower):
            return -1
        ends = [lower[i:] for i in range(2, len(lower) - 2) if lower[i:] in self.head or lower[i:] in self.any]
        starts = (
            []
            if head_only
            else [lower[:i] for i in range(3, len(lower) - 2) if lower[:i] in self.first or lower[:i] in self.any]
        )
        if not ends and not starts:
            return -1
        parts = [p.strip("-") for p in voc.morphology.parts(lemma)]
        tail = parts[-1]
        for x in sorted(ends, key=len, reverse=True):
            if tail == x or (len(parts) > 1 and "".join(parts[-2:]) == x):
                return self.head.get(x, self.any.get(x, -1))
        for x in sorted(starts, key=len, reverse=True):
            if parts[0] in (x, x + "s", x + "n", x + "en", x + "es") and len(parts) > 1:
                return self.first.get(x, self.any.get(x, -1))
        return -1


def _words(cell: str) -> frozenset[str]:
    return frozenset(w.strip() for w in cell.split("|") if w.strip())


@lru_cache(maxsize=8)
def load_loaded_terms(name: str = "loaded_terms") -> LoadedLexicon:
    """The lexicon of loaded terms, or a CSV file of the same columns (``term`` is enough)."""
    from framing.errors import InputError

    lexicon = lexicons.load(name)
    if "term" not in lexicon.rows[0]:
        raise InputError("no column term", file=str(lexicon.path), cure="name the columns term,match,category,…")
    terms: list[Term] = []
    tables: dict[str, dict[str, int]] = {"word": {}, "head": {}, "first": {}, "any": {}}
    phrase: dict[tuple[str, ...], int] = {}
    for row in lexicon.rows:
        number = len(terms)
        match = row.get("match") or ("phrase" if " " in row["term"] else "word")
        terms.append(
            Term(
                row["term"], match, row.get("category") or "other", row.get("direction", ""),
                int(row.get("strength") or 1), row.get("neutral", ""), row.get("target", ""),
                _words(row.get("only_if", "")), _words(row.get("not_if", "")),
            )
        )  # fmt: skip
        if " " in row["term"]:
            phrase.setdefault(tuple(row["term"].split()), number)
        else:
            tables[match if match in tables else "word"].setdefault(row["term"].lower().replace("-", ""), number)
    digest = lexicon.digest
    exceptions: frozenset[str] = frozenset()
    if "loaded_terms_exceptions" in lexicons.available():
        except_file = lexicons.load("loaded_terms_exceptions")
        exceptions = frozenset(r["word"].lower() for r in except_file.rows)
        digest += "+" + except_file.digest
    return LoadedLexicon(
        terms, tables["word"], tables["head"], tables["first"], tables["any"], phrase, exceptions, digest
    )


class LoadedTerms(Scorer):
    """Loaded terms, scare quotes and words of distance; see the module.

    Parameters
    ----------
    lexicon
        ``loaded_terms`` (the package's own) or a CSV file with at least a column ``term``.

    Examples
    --------
    >>> float(LoadedTerms().fit_transform(["Sie bauen eine Mini-NATO."])[0, 0])
    1.0
    """

    name = "loaded_terms"
    columns = ("loaded_terms", "loaded_terms_author", "loaded_per_1000", "scare_quotes")

    def __init__(self, lexicon: str = "loaded_terms") -> None:
        self.lexicon = lexicon

    def hits(self, documents: Documents) -> Hits:
        """Loaded terms with their category and strength (1 to 3); scare quotes and distancing words with value 0."""
        lexicon = load_loaded_terms(self.lexicon)
        rows = [*_terms(documents, lexicon), *_scare_quotes(documents), *_distance(documents)]
        return Hits.from_rows(rows)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """Counts and rate; see the module."""
        of_hit = group[documents.tokens.segment[hits.first]]
        author = documents.voice[hits.first] == AUTHOR
        category = np.array(hits.category, dtype=object)
        loaded = ~np.isin(category, _META) if len(hits) else np.zeros(0, bool)
        tokens = sum_by(group[documents.tokens.segment], count)
        by_author = sum_by(of_hit[loaded & author], count)
        rate = np.where(tokens > 0, by_author / np.maximum(tokens, 1) * 1000, np.nan)
        return {
            "loaded_terms": sum_by(of_hit[loaded], count),
            "loaded_terms_author": by_author,
            "loaded_per_1000": rate,
            "scare_quotes": sum_by(of_hit[category == SCARE], count) if len(hits) else np.zeros(count),
        }


Row = tuple[int, int, str, str, float, str, str]


def _terms(d: Documents, lexicon: LoadedLexicon) -> list[Row]:
    voc, lemma = d.vocabulary, d.lemma
    table = voc.lemma_table(("loaded", lexicon.digest), np.int32, lambda new: [lexicon.find(w, voc) for w in new])
    number = table[lemma]
    index = _phrase_index(voc, lexicon)
    rows: list[Row] = []
    taken = np.zeros(d.n_tokens, bool)
    found = [(a, b, n) for a, b, n in index.find(lemma, d.tokens.sentence)]
    for a, b, _ in found:
        taken[a:b] = True
    noun = _NOUNISH[d.tag]
    found += [(i, i + 1, int(number[i])) for i in np.flatnonzero((number >= 0) & ~taken).tolist()]
    for first, last, n in found:
        term = lexicon.terms[n]
        if term.term in DISTANCING_WORDS:
            continue  # a hit of its own kind, see _distance
        if last - first == 1 and term.term[:1].isupper() != bool(noun[first]) and term.term[:1].isupper():
            continue
        if term.match == "form" and d.tag[first] == _ATTRIBUTIVE:
            continue
        if (term.only_if or term.not_if) and not _context(d, first, term, voc.lemmas[lemma[first]] != term.term):
            continue
        rows.append((first, last, term.term, term.category, float(term.strength), term.target, term.neutral))
    return rows


def _phrase_index(voc: Vocabulary, lexicon: LoadedLexicon) -> NgramIndex[int]:
    """Phrases as lemma sequences: as written in the lexicon, and as the parser lemmatises them."""
    key = ("loaded phrases", lexicon.digest)
    index: NgramIndex[int] | None = voc.indices.get(key)
    if index is None:
        entries = [(tuple(voc.lemma_id(w) for w in words), n) for words, n in lexicon.phrase.items()]
        d = Documents([" ".join(words) for words in lexicon.phrase], voc)
        lemma = d.lemma
        for text, n in enumerate(lexicon.phrase.values()):
            sequence = tuple(lemma[d.slice(text)].tolist())
            if len(sequence) > 1:
                entries.append((sequence, n))
        index = voc.indices[key] = NgramIndex(entries)
    return index


def _context(d: Documents, first: int, term: Term, compound: bool) -> bool:
    """Whether the words around allow the term; a compound says enough by itself to need no ``only_if``."""
    sentence = d.tokens.sentence
    number = sentence[first]
    low = max(int(np.searchsorted(sentence, number)), first - WINDOW)
    high = min(int(np.searchsorted(sentence, number, side="right")), first + WINDOW)
    around = {d.vocabulary.lemmas[k] for i, k in enumerate(d.lemma[low:high].tolist(), start=low) if i != first}
    around |= {w.lower() for w in around}
    if term.not_if and any(w in around or w.lower() in around for w in term.not_if):
        return False
    return compound or not term.only_if or any(w in around or w.lower() in around for w in term.only_if)


def _scare_quotes(d: Documents) -> list[Row]:
    at = np.flatnonzero(d.scare >= 0)
    if len(at) == 0:
        return []
    number = d.scare[at]
    starts = at[np.r_[True, (number[1:] != number[:-1]) | (at[1:] != at[:-1] + 1)]]
    rows: list[Row] = []
    for first in starts.tolist():
        last = first
        while last < d.n_tokens and d.scare[last] == d.scare[first]:
            last += 1
        rows.append((first, last, d.surface(first + 1, last - 1) if last - first > 2 else "", SCARE, 0.0, "", ""))
    return rows


def _distance(d: Documents) -> list[Row]:
    names, lemma = d.vocabulary.lemmas, d.word_lemma
    rows: list[Row] = [(i, i + 1, names[lemma[i]], DISTANCING, 0.0, "", "") for i in distancing_tokens(d).tolist()]
    for q in d.quotation_list:
        if q.cue is not None and q.cue_class == "doubting":
            rows.append((q.cue, q.cue + 1, names[d.lemma[q.cue]], DOUBTING_CUE, 0.0, "", ""))
    return rows
