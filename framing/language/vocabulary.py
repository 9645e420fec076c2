"""Word types and what is known of each: the cache on which the speed of the parser rests.

A corpus of five million tokens has some two hundred thousand different words. Everything that depends on the
word alone (shape, possible parts of speech, lemma, value in a lexicon) is computed once per word type and kept
in arrays; a token is then a number that indexes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from framing.language.growing import Growing

if TYPE_CHECKING:
    from framing.language.morphology import Morphology
    from framing.language.ngrams import NgramIndex
    from framing.language.tagging import TypeTagTables

IntArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]

# Shape flags, one bit each.
SPACE = 1 << 0
NEWLINE = 1 << 1
PARAGRAPH = 1 << 2
WORD = 1 << 3
NUMBER = 1 << 4
PUNCT = 1 << 5
CAPITAL = 1 << 6  # first letter is upper case
UPPER = 1 << 7  # all letters are upper case, at least two
TERMINAL = 1 << 8  # . ! ? …
OPEN_QUOTE = 1 << 9
CLOSE_QUOTE = 1 << 10
BRACKET_OPEN = 1 << 11
BRACKET_CLOSE = 1 << 12
COMMA = 1 << 13
COLON = 1 << 14
SEMICOLON = 1 << 15
DASH = 1 << 16
ABBREVIATION = 1 << 17  # a full stop after it belongs to it
DOTTED = 1 << 18  # carries its own full stop
HYPHEN_END = 1 << 19  # "Verkehrs-" of "Verkehrs- und Energiepolitik"
SINGLE_LETTER = 1 << 20
STARTER = 1 << 21  # a function word in capitals: only at the start of a sentence
QUOTE = OPEN_QUOTE | CLOSE_QUOTE


# table by its key: its rows, the code that describes words
_Tables = dict[object, tuple[Growing[Any], object]]


class _Ids(dict[str, int]):
    """A dict that gives every new string the next number."""

    def __missing__(self, key: str) -> int:
        number = len(self)
        self[key] = number
        return number


class Vocabulary:
    """All word types seen by one process, with arrays of what is known of each.

    Parameters
    ----------
    morphology
        Gives parts of speech and lemmas; loaded when first needed if not given.
    """

    def __init__(self, morphology: Morphology | None = None) -> None:
        self.ids = _Ids()
        self.strings: list[str] = []
        self.flags: IntArray = np.zeros(0, np.int32)
        self.lengths: IntArray = np.zeros(0, np.int32)
        self._uses: NDArray[np.int64] = np.zeros(0, np.int64)
        self._morphology = morphology
        self._lemma_ids = _Ids()
        self.lemmas: list[str] = []
        self._tables: _Tables = {}
        self._lemma_tables: _Tables = {}
        self.case_masks: dict[int, int] = {}
        self.tag_tables: TypeTagTables | None = None
        self.indices: dict[object, NgramIndex[Any]] = {}
        self._pair_keys: NDArray[np.int64] = np.zeros(0, np.int64)
        self._pair_lemmas: IntArray = np.zeros(0, np.int32)

    @property
    def morphology(self) -> Morphology:
        """The analyser of German word forms behind this vocabulary."""
        if self._morphology is None:
            from framing.language.morphology import Morphology

            self._morphology = Morphology()
        return self._morphology

    @morphology.setter
    def morphology(self, morphology: Morphology) -> None:
        self._morphology = morphology

    def __len__(self) -> int:
        return len(self.ids)

    def encode(self, pieces: Sequence[str]) -> IntArray:
        """Numbers of the given strings, shape ``(len(pieces),)``; new strings are added with their shape."""
        ids = np.fromiter(map(self.ids.__getitem__, pieces), np.int32, len(pieces))
        if len(self.ids) > len(self.strings):
            self._describe_new()
        return ids

    def count(self, ids: IntArray) -> None:
        """Note that words were used, so that the rarest can be given up when memory is short."""
        found = np.bincount(ids, minlength=len(self.strings))
        found[: len(self._uses)] += self._uses
        self._uses = found

    def encode_one(self, piece: str) -> int:
        """Number of one string."""
        return int(self.encode([piece])[0])

    def _describe_new(self) -> None:
        from framing.language.shapes import shape_flags

        known = len(self.strings)
        new = list(self.ids)[known:] if known else list(self.ids)
        self.strings.extend(new)
        self.flags = np.concatenate([self.flags, np.array([shape_flags(s) for s in new], np.int32)])
        self.lengths = np.concatenate([self.lengths, np.array([len(s) for s in new], np.int32)])

    def table(self, key: object, dtype: type[np.generic] | str, describe: Callable[[list[str]], object]) -> NDArray:  # type: ignore[type-arg]
        """An array over all word types, extended by ``describe(new strings)`` when words have come in.

        Parameters
        ----------
        key
            Names the table; a lexicon uses its own hash, so that two lexicons never share one.
        dtype
            Type of the array.
        describe
            Gets the list of new strings, returns one row for each.
        """
        return self._extend(self._tables, self.strings, key, dtype, describe)

    def lemma_table(
        self, key: object, dtype: type[np.generic] | str, describe: Callable[[list[str]], object]
    ) -> NDArray:  # type: ignore[type-arg]
        """As :meth:`table`, over lemmas (``vocabulary.lemmas``)."""
        return self._extend(self._lemma_tables, self.lemmas, key, dtype, describe)

    def compound_table(self, key: object, dtype: type[np.generic] | str, answer: Callable[[str], object]) -> NDArray:  # type: ignore[type-arg]
        """As :meth:`lemma_table`, by an answer for one lemma that may take it apart; all are taken apart at once."""

        def describe(new: list[str]) -> list[object]:
            self.morphology.look_up(new)
            return self.morphology.together(new, answer)

        return self._extend(self._lemma_tables, self.lemmas, key, dtype, describe, answer)

    @staticmethod
    def _extend(
        tables: _Tables,
        strings: list[str],
        key: object,
        dtype: type[np.generic] | str,
        describe: Callable[[list[str]], object],
        maker: Callable[[str], object] | None = None,
    ) -> NDArray:  # type: ignore[type-arg]
        # a key names one table: of two describers, the numbers would depend on which was asked first
        code = getattr(maker or describe, "__code__", maker or describe)
        table, known = tables.get(key, (None, code))
        if known != code:
            raise ValueError(f"two tables have the key {key!r}")
        if table is None:
            table = Growing(np.asarray(describe(strings), dtype=dtype))
            tables[key] = table, code
        elif len(table) < len(strings):
            table.add(np.asarray(describe(strings[len(table) :]), dtype=dtype))
        return table.rows

    def lemma_id(self, lemma: str) -> int:
        """Number of a lemma, given out when it is new."""
        number = self._lemma_ids[lemma]
        if number == len(self.lemmas):
            self.lemmas.append(lemma)
        return number

    def lemmatise(self, types: IntArray, tags: NDArray[np.uint8]) -> IntArray:
        """Lemma numbers of tokens from their word types and tags, each pair analysed once.

        Parameters
        ----------
        types, tags
            Shape ``(n,)``: word type and part of speech of each token.

        Returns
        -------
        ndarray
            Shape ``(n,)``, indices into ``self.lemmas``.
        """
        keys = types.astype(np.int64) * 64 + tags
        unique, inverse = np.unique(keys, return_inverse=True)
        position = np.searchsorted(self._pair_keys, unique)
        position_safe = np.minimum(position, max(len(self._pair_keys) - 1, 0))
        known = self._pair_keys[position_safe] == unique if len(self._pair_keys) else np.zeros(len(unique), bool)
        if not known.all():
            new = unique[~known]
            names = self.morphology.lemmas([(self.strings[k >> 6], k & 63) for k in new.tolist()])
            values = [self.lemma_id(name) for name in names]
            merged = np.concatenate([self._pair_keys, new])
            order = np.argsort(merged, kind="stable")
            self._pair_keys = merged[order]
            self._pair_lemmas = np.concatenate([self._pair_lemmas, np.array(values, np.int32)])[order]
            position_safe = np.searchsorted(self._pair_keys, unique)
        return self._pair_lemmas[position_safe][inverse]

    def compacted(self, size: int) -> Vocabulary:
        """A vocabulary of the words used most, with all that is known of them.

        Parameters
        ----------
        size
            Number of words to keep.
        """
        uses = np.zeros(len(self.strings), np.int64)
        uses[: len(self._uses)] = self._uses
        kept = np.sort(np.argsort(-uses, kind="stable")[:size])
        place = np.full(len(uses), -1, np.int64)
        place[kept] = np.arange(len(kept))
        of_pair = place[self._pair_keys >> 6]
        known = of_pair >= 0
        lemmas = np.unique(self._pair_lemmas[known])
        new = Vocabulary(self.morphology)
        new.strings = [self.strings[i] for i in kept.tolist()]
        new.lemmas = [self.lemmas[i] for i in lemmas.tolist()]
        for ids, words in ((new.ids, new.strings), (new._lemma_ids, new.lemmas)):
            ids.update(zip(words, range(len(words)), strict=True))
        new.flags, new.lengths, new._uses = self.flags[kept], self.lengths[kept], uses[kept]
        new._tables, new._lemma_tables = _rows(self._tables, kept), _rows(self._lemma_tables, lemmas)
        new._pair_keys = of_pair[known] << 6 | self._pair_keys[known] & 63
        new._pair_lemmas = np.searchsorted(lemmas, self._pair_lemmas[known]).astype(np.int32)
        masks = ((int(place[key >> 6]), key & 63, mask) for key, mask in self.case_masks.items())
        new.case_masks = {number << 6 | tag: mask for number, tag, mask in masks if number >= 0}
        if self.tag_tables is not None:
            new.tag_tables = self.tag_tables.of(kept)
        return new


def _rows(tables: _Tables, kept: NDArray[np.int64]) -> _Tables:
    """Tables with the rows of some words, as far as they go."""
    return {key: (table.of(kept[kept < len(table)]), code) for key, (table, code) in tables.items()}


_shared: Vocabulary | None = None
# Word types after which the rarer are given up, and how many are kept: each takes a kilobyte in all tables together.
_SHARED_LIMIT, _SHARED_KEPT = 80_000, 40_000
# Answers of the analyser that are kept beside those on disk, a fifth of a kilobyte each.
_ANSWERS = 100_000


def shared_vocabulary() -> Vocabulary:
    """The vocabulary of this process; when it has grown past 80,000 words the rarer are given up, to bound memory."""
    global _shared
    from framing.language import cache
    from framing.language.morphology import Morphology

    if _shared is None:
        morphology = Morphology()
        cache.load(morphology)
        _shared = Vocabulary(morphology)
    elif len(_shared) > _SHARED_LIMIT:
        _shared = _shared.compacted(_SHARED_KEPT)
        morphology = _shared.morphology
        if len(morphology.candidate_table) + len(morphology.lemma_table) > _ANSWERS:
            cache.save(morphology)
            _shared.morphology = Morphology()
            cache.load(_shared.morphology)
    return _shared
