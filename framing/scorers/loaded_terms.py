"""Loaded terms: words that bring a judgement with the naming (``Mini-NATO``, ``Regime``, ``Asylflut``).

Measures: ``loaded_terms`` counts all hits, ``loaded_terms_author`` those in the author's own voice,
``loaded_per_1000`` the author's per 1,000 tokens, ``scare_quotes`` words in quotation marks that quote nobody.
All are counts or rates, 0 or more, larger is more loaded. A newspaper that quotes a loaded term has not used it.

A term is matched by lemma; as the last part of a compound (``head``), as its first part (``first``), or as any part
(``any``), as its entry says; ``form`` is a word that only counts uninflected (``natürlich``, not ``natürliche
Feinde``). Words on the list of exceptions never match. ``only_if`` and ``not_if`` name words that must, or must not,
stand in the same sentence. A hit's target is the actor that the text names with the term (``das Regime in Pjöngjang``:
``Nordkorea``, see :mod:`framing.scorers.loaded_targets`), else the group that the lexicon gives.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.ngrams import NgramIndex
from framing.language.vocabulary import BoolArray, IntArray, Vocabulary
from framing.language.voices import AUTHOR, distancing_tokens
from framing.language.voices import DISTANCING as DISTANCING_WORDS
from framing.scorers.base import FloatArray, Hits, Scorer, sum_by
from framing.scorers.loaded_lexicon import LoadedLexicon, Term, lexicon_names, load_loaded_terms
from framing.scorers.loaded_targets import Targets

SCARE, DISTANCING, DOUBTING_CUE = "scare_quote", "distancing", "doubting_cue"
# Words of context are sought no further away than this, however long a "sentence" is.
WINDOW = 80
_META = (SCARE, DISTANCING, DOUBTING_CUE)
_NOUNISH = tag_mask("NN", "NE", "NNA", "NNI", "FM", "XY", "TRUNC")
_COMMON = tag_mask("NN")
_ATTRIBUTIVE = TAG_ID["ADJ(A)"]
# "nicht selbstverständlich", "nicht einmal mehr": denied, words of these categories say nothing
_ADVERBIAL = frozenset({"stance_particle", "intensifying", "evaluative"})
_DENIES = frozenset("nicht keineswegs".split())


class LoadedTerms(Scorer):
    """Loaded terms, scare quotes and words of distance; see the module.

    Parameters
    ----------
    lexicon
        ``loaded_terms`` (the package's own), or a CSV file with at least a column ``term`` in its place; ``+FILE`` or a
        list of files extends it, see :func:`framing.scorers.loaded_lexicon.lexicon_names`.

    Examples
    --------
    >>> float(LoadedTerms().fit_transform(["Sie bauen eine Mini-NATO."])[0, 0])
    1.0
    """

    name = "loaded_terms"
    columns = ("loaded_terms", "loaded_terms_author", "loaded_per_1000", "scare_quotes")

    def __init__(self, lexicon: str | Sequence[str] = "loaded_terms") -> None:
        self.lexicon = lexicon

    @property
    def lexicons(self) -> tuple[str, ...]:
        """Names and files of the lexicons used, for the signature."""
        return lexicon_names(self.lexicon)

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
    table = voc.compound_table(("loaded", lexicon.digest), np.int32, lambda w: lexicon.find(w, voc))
    # a citation form that the parser takes for an inflected one: "Doppelwumms"
    as_written = voc.table(("loaded", lexicon.digest), np.int32, lambda new: [lexicon.exact(w) for w in new])
    number = table[lemma]
    number = np.where(number < 0, as_written[d.tokens.type], number)
    index = _phrase_index(voc, lexicon)
    rows: list[Row] = []
    taken = np.zeros(d.n_tokens, bool)
    found = list(index.find(lemma, d.tokens.sentence))
    for a, b, _ in found:
        taken[a:b] = True
    small, large, affirmed = _readings(d)
    found += [(i, i + 1, n) for i, n in _singles(number, ~taken)]
    targets = Targets(d)
    for first, last, n in found:
        term = lexicon.terms[n]
        if term.term in DISTANCING_WORDS:
            continue  # a hit of its own kind, see _distance
        if last - first == 1 and not (large if term.term[:1].isupper() else small)[first]:
            continue
        if term.match == "form" and d.tag[first] == _ATTRIBUTIVE:
            continue
        if term.category in _ADVERBIAL and not affirmed[first] and not term.term[:1].isupper():
            continue
        if (term.only_if or term.not_if) and not _context(d, first, last, term):
            continue
        target = targets.of(first, last, term)
        rows.append((first, last, term.term, term.category, float(term.strength), target, term.neutral))
    return rows


def _readings(d: Documents) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Where a word can stand that the lexicon writes small, one that it writes large, and an adverb of stance.

    A noun is written with a capital (``held`` in an English title is no ``Held``) and is no part of a person's name; what
    is no noun for the lexicon is none in the text (``das Elend``); ``nicht`` before a word of stance takes the stance back.
    """
    tag = d.tag
    named = np.zeros(d.n_tokens, bool)
    for name in d.name_list:
        if name.type == "person":
            named[name.first : name.last] = True
    small = ~_COMMON[tag] & ~named
    large = _NOUNISH[tag] & ((d.flags & v.CAPITAL) > 0) & ~named
    negator = d.vocabulary.table("denies adverbs", np.bool_, lambda new: [w.lower() in _DENIES for w in new])
    denied = np.zeros(d.n_tokens, bool)
    denied[1:] = negator[d.tokens.type][:-1] & (d.tokens.sentence[1:] == d.tokens.sentence[:-1])
    return small, large, ~denied


def _singles(number: IntArray, free: BoolArray) -> list[tuple[int, int]]:
    at = np.flatnonzero((number >= 0) & free)
    return list(zip(at.tolist(), number[at].tolist(), strict=True))


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


def _context(d: Documents, first: int, last: int, term: Term) -> bool:
    """Whether the words around allow the term; a compound says enough by itself to need no ``only_if``."""
    sentence = d.tokens.sentence
    number = sentence[first]
    low = max(int(np.searchsorted(sentence, number)), first - WINDOW)
    high = min(int(np.searchsorted(sentence, number, side="right")), last + WINDOW)
    lower = d.vocabulary.lemma_table(
        "loaded context", np.object_, lambda new: np.array([w.lower() for w in new], object)
    )
    around = set(lower[d.lemma[low:first]]) | set(lower[d.lemma[last:high]])
    if not around.isdisjoint(term.not_if):
        return False
    lemma, bare = (w.lower().replace("-", "") for w in (d.vocabulary.lemmas[d.lemma[first]], term.term))
    # the feminine ("Retterin") says no more than the term
    compound = last - first == 1 and lemma not in (bare, bare + "in")
    return compound or not term.only_if or not around.isdisjoint(term.only_if)


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
