"""Phrases of a lexicon in running text, by lemma, wherever German word order puts their verb.

``in Kritik geraten`` is found in ``Die Firma gerät wegen des Lecks in Kritik``: the fixed part stands together, the
verb anywhere in its clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.language.morphology import tag_mask
from framing.language.vocabulary import IntArray, Vocabulary

# What a phrase means is in its words; how they are inflected depends on where it stands. So each is read in a few
# surroundings, the last of which shows whether it ends in a verb.
_SURROUNDINGS = (("Es gibt hier", "heute."), ("Das ist", "."), ("Sie werden", "."))
_INFINITIVE = tag_mask("VV(INF)", "VV(IZU)", "VV(PP)", "VA(INF)", "VM(INF)")
_ARTICLES = ("ein", "der")
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text: ``first`` and ``last`` bound its fixed part, ``verb`` is its verb elsewhere, or -1."""

    first: int
    last: int
    verb: int
    term: str


class Multiword:
    """Finds the phrases of a lexicon.

    Sequences of lemmas are compared as 64-bit hashes, all places at once, so that the time does not depend on the
    number of phrases.

    Parameters
    ----------
    terms
        Phrases as they are written, verbs last and in the infinitive.
    vocabulary
        That of the texts to search.
    """

    def __init__(self, terms: list[str], vocabulary: Vocabulary) -> None:
        entries = _lemma_sequences(terms, vocabulary)
        fixed = sorted({sequence for sequence, _ in entries})
        number = {sequence: i for i, sequence in enumerate(fixed)}
        codes = {_code(number[sequence], verb): term for (sequence, verb), term in entries.items()}
        self._codes = np.array(sorted(codes), np.int64)
        self._terms = [codes[c] for c in sorted(codes)]
        self._first = np.array(sorted({s[0] for s in fixed}), np.int32)
        pairs = np.array([s[:2] for s in fixed if len(s) > 1], np.int32).reshape(-1, 2)
        self._pairs = np.unique(_hashes(pairs.T))
        self._lengths: dict[int, tuple[NDArray[np.uint64], NDArray[np.int64]]] = {}
        for length in sorted({len(s) for s in fixed}):
            some = np.array([s for s in fixed if len(s) == length], np.int32)
            hashes = _hashes(some.T)
            order = np.argsort(hashes)
            numbers = np.array([number[tuple(s)] for s in some.tolist()], np.int64)
            self._lengths[length] = (hashes[order], numbers[order])

    def find(self, d: Documents) -> list[Found]:
        """Phrases in text order, none overlapping, the longest at each place."""
        lemma, clauses, sentence = d.lemma, d.clauses, d.tokens.sentence
        n = len(lemma)
        if n == 0 or len(self._codes) == 0:
            return []
        starts = np.zeros(max(int(lemma.max()), int(self._first.max())) + 1, bool)
        starts[self._first] = True
        candidates = np.flatnonzero(starts[lemma])
        following = lemma[np.minimum(candidates + 1, n - 1)]
        pairs = candidates[_member(_hashes([lemma[candidates], following]), self._pairs)]
        matches: list[tuple[int, int, int, str]] = []
        for length, (hashes, numbers) in self._lengths.items():
            at = candidates if length == 1 else pairs
            at = at[at + length <= n]
            at = at[sentence[at + length - 1] == sentence[at]]
            wanted = _hashes([lemma[at + k] for k in range(length)])
            place = np.minimum(np.searchsorted(hashes, wanted), len(hashes) - 1)
            same = hashes[place] == wanted
            at, number = at[same], numbers[place[same]]
            clause = clauses.of_token[at]
            for verb in (clauses.verb[clause], clauses.finite[clause], np.full(len(at), -1)):
                apart = (verb >= 0) & ((verb < at) | (verb >= at + length))
                lemma_of = np.where(apart, lemma[np.maximum(verb, 0)], -1)
                code = _code(number, lemma_of)
                slot = np.minimum(np.searchsorted(self._codes, code), len(self._codes) - 1)
                hit = (self._codes[slot] == code) & (apart | (verb < 0))
                for i, v, k in zip(at[hit].tolist(), verb[hit].tolist(), slot[hit].tolist(), strict=True):
                    matches.append((i, -length, -v, self._terms[k]))
        result = []
        reach = 0
        # the longest first, of equally long ones that with its verb
        for first, length, verb, term in sorted(matches):
            if first >= reach:
                result.append(Found(first, first - length, -verb, term))
                reach = first - length
        return result


def _lemma_sequences(terms: list[str], vocabulary: Vocabulary) -> dict[tuple[tuple[int, ...], int], str]:
    """Fixed part and verb (-1 for none) of each phrase as lemma numbers, in all surroundings."""
    entries: dict[tuple[tuple[int, ...], int], str] = {}
    articles = {vocabulary.lemma_id(a) for a in _ARTICLES}
    for before, after in _SURROUNDINGS:
        d = Documents([f"{before} {term} {after}" for term in terms], vocabulary)
        offset, skip = len(before.split()), len(after.replace(".", " .").split())
        for number, term in enumerate(terms):
            bounds = d.slice(number)
            span = slice(bounds.start + offset, bounds.stop - skip)
            lemmas = tuple(d.lemma[span].tolist())
            if len(lemmas) < 2:
                continue
            entries.setdefault((lemmas, -1), term)
            if _INFINITIVE[d.tag[span.stop - 1]]:
                # the infinitive is its own lemma; "geraten" could be read as a participle
                fixed, verb = lemmas[:-1], vocabulary.lemma_id(term.split()[-1])
                entries.setdefault((fixed, verb), term)
                if len(fixed) > 1 and fixed[0] in articles:
                    entries.setdefault((fixed[1:], verb), term)
    return entries


def _hashes(columns: Iterable[IntArray]) -> NDArray[np.uint64]:
    total: NDArray[np.uint64] | None = None
    for column in columns:
        new = column.astype(np.uint64) + np.uint64(1)
        total = new if total is None else total * _BASE + new
    assert total is not None
    return total


def _member(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if len(known) == 0:
        return np.zeros(len(hashes), bool)
    result: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes
    return result


def _code(fixed: NDArray[np.int64] | int, verb: NDArray[np.int64] | int):  # type: ignore[no-untyped-def]
    return fixed * (1 << 32) + verb + 1


def multiword_index(terms: Iterable[str], key: object, vocabulary: Vocabulary) -> Multiword:
    """The index of some phrases, made once per vocabulary."""
    known = vocabulary.indices.get(("multiword", key))
    if known is None:
        known = vocabulary.indices[("multiword", key)] = Multiword(list(terms), vocabulary)  # type: ignore[assignment]
    return known  # type: ignore[return-value]
