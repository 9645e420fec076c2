"""Part of speech of each token in its sentence, by a linear model over the word and its neighbours.

The score of a tag is a sum of weights that depend on the word, on each of its two neighbours to both sides and on
the verbs around it in the same stretch between commas. Each addend belongs to a word type (or to a class of
types), so that tagging a corpus is a handful of array look-ups: no search, no loop over tokens.

Trained by ``benchmarks/train_tagger.py`` on sentences tagged by HanTa's in-sentence model.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.growing import Growing
from framing.language.morphology import FINITE, TAG_ID, TAGS, tag_mask
from framing.language.tokens import Tokens
from framing.language.vocabulary import IntArray, Vocabulary

MODEL = Path(__file__).parent.parent / "models" / "tagger.npz"
BOUNDARY = "<s>"
_AUXILIARY = np.array([t.startswith(("VA", "VM")) for t in TAGS] + [False] * (64 - len(TAGS)))
N_TAGS = len(TAGS)
_INFINITIVE, _FINITE_TAG = TAG_ID["VV(INF)"], TAG_ID["VV(FIN)"]
_BLOCKS = tag_mask("PTKZU", "KOUI", "VV(IZU)", "APPR", "APPRART")
_SUBJECTS = tag_mask("PPER", "NN", "NNA", "NE")


def word_features(word: str, candidates: list[tuple[int, float]]) -> list[str]:
    """Features of the word itself."""
    lower = word.lower()
    shape = (
        "X" if word.isupper() and len(word) > 1 else "x" if word[:1].islower() else "C" if word[:1].isupper() else "0"
    )
    features = ["bias", "w=" + lower, "s2=" + lower[-2:], "s3=" + lower[-3:], "s4=" + lower[-4:], "shape=" + shape]
    features.append("len=" + str(min(len(word), 8)))
    best = candidates[0][1]
    for rank, (tag, value) in enumerate(candidates[:4]):
        gap = min(int(best - value), 6)
        features.append(f"h{rank}={TAGS[tag]}")
        features.append(f"hg={TAGS[tag]}/{gap}")
    if len(candidates) > 1:
        features.append(f"hh={TAGS[candidates[0][0]]}/{TAGS[candidates[1][0]]}/{min(int(best - candidates[1][1]), 4)}")
    if "-" in word[1:]:
        features.append("hyphen")
    if any(c.isdigit() for c in word):
        features.append("digit")
    return features


def context_features(word: str, candidates: list[tuple[int, float]], frequent: frozenset[str]) -> list[str]:
    """Features of a word as somebody's neighbour; few, so that many words share one class."""
    if word == BOUNDARY:
        return ["c=" + BOUNDARY]
    lower = word.lower()
    features = ["c1=" + TAGS[candidates[0][0]], "cap=" + str(word[:1].isupper())]
    if len(candidates) > 1 and candidates[0][1] - candidates[1][1] < 4:
        features.append("c2=" + TAGS[candidates[0][0]] + "/" + TAGS[candidates[1][0]])
    if lower in frequent:
        features.append("cw=" + lower)
    else:
        features.append("cs=" + lower[-2:])
    return features


OFFSETS = (-2, -1, 1, 2)
# Tokens whose scores are summed up together: few enough to stay in the processor's cache.
_BLOCK = 2048
# One bit each: what stands in the same stretch between punctuation marks, and where the token stands in it.


def situation(kind: NDArray[np.uint8], tokens_sentence: IntArray, break_before: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Code 0…31 of the verbs around each token.

    Parameters
    ----------
    kind
        Shape ``(n,)``, bits: 1 sure modal or ``werden``, 2 sure ``haben``/``sein``, 4 other sure finite verb,
        8 opens a verb-final clause.
    tokens_sentence
        Sentence number of each token.
    break_before
        Whether a comma or other mark stands before the token.
    """
    n = len(kind)
    stretch = np.cumsum(break_before) - 1
    count = int(stretch[-1]) + 1 if n else 0
    code = np.zeros(n, np.int64)
    for bit in (1, 2, 4):
        total = np.bincount(stretch, weights=(kind & bit) > 0, minlength=count)
        others = total[stretch] - ((kind & bit) > 0)
        code |= np.where(others > 0, bit, 0)
    opener = np.bincount(stretch, weights=(kind & 8) > 0, minlength=count)
    code |= np.where(opener[stretch] > 0, 8, 0)
    last = np.ones(n, bool)
    last[:-1] = break_before[1:] | (tokens_sentence[1:] != tokens_sentence[:-1])
    code |= np.where(last, 16, 0)
    return code


_MODAL = frozenset(
    "will wollen wollte wollten kann können konnte konnten könnte könnten muss müssen musste mussten müsste müssten "
    "soll sollen sollte sollten darf dürfen durfte durften dürfte dürften mag mögen möchte möchten könne müsse solle "
    "dürfe wolle wird werden werde würde würden wirst willst kannst musst sollst".split()
)
_HAVE_BE = frozenset(
    "hat haben habe hatte hatten hätte hätten ist sind war waren wäre wären sei seien wurde wurden bin bist habt".split()
)
_OPENERS = frozenset(
    "dass daß weil wenn ob obwohl während nachdem bevor damit indem sodass falls sobald seit solange sofern wie wo "
    "der die das dem den denen deren dessen welche welcher welches was wer".split()
)
_SURE_FINITE = frozenset(
    "sagte sagt erklärte erklärt kündigte forderte fordert warnte warnt teilte hieß heißt gibt gab ging geht kam kommt "
    "steht stand liegt lag machte macht sieht sah bleibt blieb wirft warf nannte nennt bezeichnete betonte betont".split()
)


def kind_of(word: str) -> int:
    """Bits for :func:`situation` of one word."""
    lower = word.lower()
    return (lower in _MODAL) * 1 | (lower in _HAVE_BE) * 2 | (lower in _SURE_FINITE) * 4 | (lower in _OPENERS) * 8


class Tagger:
    """Weights of the linear model. Shapes: ``(features, N_TAGS)`` each."""

    def __init__(
        self,
        word: dict[str, int],
        word_weights: NDArray[np.float32],
        context: dict[str, int],
        context_weights: NDArray[np.float32],
        situation_weights: NDArray[np.float32],
        frequent: frozenset[str],
    ) -> None:
        self.word, self.word_weights = word, word_weights
        self.context, self.context_weights = context, context_weights  # (offset, features, tags)
        self.situation_weights = situation_weights
        self.frequent = frequent
        self._classes: dict[tuple[str, ...], int] = {}
        self._class_rows: list[NDArray[np.float32]] = []
        self._class_table: NDArray[np.float32] | None = None

    @classmethod
    def load(cls, path: Path = MODEL) -> Tagger:
        """Read weights saved by :meth:`save` (NumPy arrays only, no pickle)."""
        with np.load(path, allow_pickle=False) as data:
            names = str(data["word_features"]).split("\n")
            context = str(data["context_features"]).split("\n")
            return cls(
                {f: i for i, f in enumerate(names)},
                data["word_weights"].astype(np.float32),
                {f: i for i, f in enumerate(context)},
                data["context_weights"].astype(np.float32),
                data["situation_weights"].astype(np.float32),
                frozenset(str(data["frequent"]).split("\n")),
            )

    def save(self, path: Path) -> None:
        """Write the weights as one compressed file."""
        np.savez_compressed(
            path,
            word_features=np.array("\n".join(self.word)),
            word_weights=self.word_weights.astype(np.float16),
            context_features=np.array("\n".join(self.context)),
            context_weights=self.context_weights.astype(np.float16),
            situation_weights=self.situation_weights.astype(np.float16),
            frequent=np.array("\n".join(sorted(self.frequent))),
        )

    def word_rows(self, words: list[tuple[str, list[tuple[int, float]]]]) -> NDArray[np.float32]:
        """Sum of the weights of the words' own features, shape ``(len(words), N_TAGS)``; each with its possible tags."""
        return summed(self.word, self.word_weights, (word_features(w, candidates) for w, candidates in words))

    def class_of(self, word: str, candidates: list[tuple[int, float]]) -> int:
        """Number of the word's class as a neighbour."""
        key = tuple(f for f in context_features(word, candidates, self.frequent) if f in self.context)
        number = self._classes.get(key)
        if number is None:
            number = self._classes[key] = len(self._classes)
            index = [self.context[f] for f in key]
            self._class_rows.append(self.context_weights[:, index].sum(axis=1))
        return number

    @property
    def class_table(self) -> NDArray[np.float32]:
        """Weights of neighbours, shape ``(len(OFFSETS), classes, N_TAGS)``."""
        if self._class_table is None or self._class_table.shape[1] != len(self._class_rows):
            self._class_table = np.stack(self._class_rows, axis=1)
        return self._class_table


@lru_cache(maxsize=1)
def default_tagger() -> Tagger:
    """The tagger shipped with the package."""
    return Tagger.load()


class TypeTagTables:
    """For one vocabulary: the rows of the tagger that belong to each word type."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self.boundary = tagger.class_of(BOUNDARY, [])
        self.inside = Growing(np.zeros((0, N_TAGS), np.float32))
        self.context = Growing(np.zeros(0, np.int32))
        self.kind = Growing(np.zeros(0, np.uint8))
        # rows at the start of a sentence, for words with a capital that were met there
        self._initial = Growing(np.zeros((0, N_TAGS), np.float32))
        self._initial_row = Growing(np.zeros(0, np.int32))

    def of(self, words: NDArray[np.int64]) -> TypeTagTables:
        """The rows of some words, as far as they go; their numbers rise."""
        found, known = TypeTagTables(self.tagger), words[words < len(self.context)]
        found.inside, found.context, found.kind = self.inside.of(known), self.context.of(known), self.kind.of(known)
        row = self._initial_row.rows[known]
        met = np.flatnonzero(row >= 0)
        found._initial = self._initial.of(row[met])
        row = np.full(len(known), -1, np.int32)
        row[met] = np.arange(len(met))
        found._initial_row = Growing(row)
        return found

    def update(self, vocabulary: Vocabulary) -> None:
        """Describe the word types of the vocabulary that came in since the last call."""
        done, strings = len(self.context), vocabulary.strings
        if done == len(strings):
            return
        new = strings[done:]
        flags = vocabulary.flags[done:]
        rows = np.zeros((len(new), N_TAGS), np.float32)
        context, kind = np.full(len(new), self.boundary, np.int32), np.zeros(len(new), np.uint8)
        for i in np.flatnonzero((flags & (v.PUNCT | v.NUMBER)) > 0).tolist():
            tag = _fixed_tag(new[i], int(flags[i]))
            rows[i, tag] = 1000
            context[i] = self.tagger.class_of(new[i], [(tag, 0.0)])
        at = np.flatnonzero((flags & (v.SPACE | v.PUNCT | v.NUMBER)) == 0)
        words = [new[i] for i in at.tolist()]
        morphology = vocabulary.morphology
        morphology.prepare(words)
        described = [(word, morphology.candidates(word)[0]) for word in words]
        rows[at] = self.tagger.word_rows(described)
        context[at] = [self.tagger.class_of(*each) for each in described]
        kind[at] = [kind_of(word) for word in words]
        self.inside.add(rows)
        self.context.add(context)
        self.kind.add(kind)
        self._initial_row.add(np.full(len(new), -1, np.int32))

    def initial(self, types: IntArray, vocabulary: Vocabulary) -> NDArray[np.float32]:
        """Rows of words with a capital at the start of a sentence, shape ``(len(types), N_TAGS)``."""
        row = self._initial_row.rows
        new = np.unique(types[row[types] < 0])
        if len(new):
            row[new] = len(self._initial) + np.arange(len(new))
            candidates = vocabulary.morphology.candidates
            words = (vocabulary.strings[i] for i in new.tolist())
            self._initial.add(self.tagger.word_rows([(word.lower(), candidates(word)[1]) for word in words]))
        return self._initial.rows[row[types]]


def summed(numbers: dict[str, int], weights: NDArray[np.float32], features: Iterable[list[str]]) -> NDArray[np.float32]:
    """Sum of the weights of several features for each of many things.

    Parameters
    ----------
    numbers
        Feature to its row; others count nothing.
    weights
        Shape ``(features, k)``.
    features
        Features of each thing.

    Returns
    -------
    ndarray
        Shape ``(things, k)``.
    """
    from scipy.sparse import csr_array

    index: list[int] = []
    ends = [0]
    for each in features:
        index += [number for f in each if (number := numbers.get(f, -1)) >= 0]
        ends.append(len(index))
    ones = np.ones(len(index), np.float32)
    found: NDArray[np.float32] = csr_array((ones, index, ends), shape=(len(ends) - 1, len(weights))) @ weights
    return found


def _fixed_tag(word: str, flag: int) -> int:
    if flag & v.NUMBER:
        return TAG_ID["ADJ(A)"] if flag & v.DOTTED else TAG_ID["CARD"]
    if flag & v.COMMA:
        return TAG_ID["$,"]
    if flag & (v.TERMINAL | v.COLON | v.SEMICOLON) and word not in ("…", "...", ".."):
        return TAG_ID["$."]
    return TAG_ID["$("]


def tag(tokens: Tokens, vocabulary: Vocabulary) -> NDArray[np.uint8]:
    """Tag number of each token, shape ``(n,)``."""
    n = len(tokens.type)
    if n == 0:
        return np.zeros(0, np.uint8)
    if vocabulary.tag_tables is None:
        vocabulary.tag_tables = TypeTagTables(default_tagger())
    tables = vocabulary.tag_tables
    tables.update(vocabulary)
    types = tokens.type
    flags = vocabulary.flags[types]
    first = sentence_first(tokens, flags)
    # the capital at the start of a sentence says nothing
    initial = first & ((flags & v.CAPITAL) > 0)
    context, kind = tables.context.rows[types], tables.kind.rows[types]
    table = tables.tagger.class_table
    sentence = tokens.sentence
    neighbours = []
    for offset in OFFSETS:
        neighbour = np.full(n, tables.boundary, np.int32)
        if offset < 0 and n > -offset:
            same = sentence[-offset:] == sentence[:offset]
            neighbour[-offset:] = np.where(same, context[:offset], tables.boundary)
        elif offset > 0 and n > offset:
            same = sentence[:-offset] == sentence[offset:]
            neighbour[:-offset] = np.where(same, context[offset:], tables.boundary)
        neighbours.append(neighbour)
    breaks = np.ones(n, bool)
    breaks[1:] = ((flags[:-1] & v.PUNCT) > 0) | (sentence[1:] != sentence[:-1])
    code = situation(kind, sentence, breaks)
    tags, inside = np.zeros(n, np.uint8), tables.inside.rows
    places = np.flatnonzero(initial)
    at_start = tables.initial(types[places], vocabulary)
    bounds = np.searchsorted(places, np.arange(0, n + _BLOCK, _BLOCK))
    for low, begin, end in zip(range(0, n, _BLOCK), bounds, bounds[1:], strict=False):
        here = slice(low, low + _BLOCK)
        scores = inside.take(types[here], axis=0)
        scores[places[begin:end] - low] = at_start[begin:end]
        for k, neighbour in enumerate(neighbours):
            scores += table[k].take(neighbour[here], axis=0)
        scores += tables.tagger.situation_weights.take(code[here], axis=0)
        tags[here] = scores.argmax(axis=1)
    return _finite_plurals(tags, kind, sentence, breaks)


def _finite_plurals(
    tags: NDArray[np.uint8], kind: NDArray[np.uint8], sentence: IntArray, breaks: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Tags with infinitives made finite where nothing else in their stretch is: ``„Wir gehen“``, ``Die Fahrer streiken``.

    Plural and infinitive look alike. Without another finite verb or ``zu`` in the stretch, and without a modal verb
    in the sentence, the form behind a pronoun or a noun is the verb of a clause.
    """
    candidates = np.flatnonzero(tags == _INFINITIVE)
    if len(candidates) == 0:
        return tags
    stretch = np.cumsum(breaks) - 1
    count = int(stretch[-1]) + 1
    busy = np.bincount(stretch, weights=FINITE[tags] | _BLOCKS[tags], minlength=count) > 0
    single = np.bincount(stretch[candidates], minlength=count) == 1
    modal = np.bincount(sentence, weights=(kind & 1) > 0, minlength=int(sentence[-1]) + 1) > 0
    before = np.maximum(candidates - 1, 0)
    behind = _SUBJECTS[tags[before]] & (stretch[before] == stretch[candidates]) & (before < candidates)
    ok = behind & ~busy[stretch[candidates]] & single[stretch[candidates]] & ~modal[sentence[candidates]]
    tags[candidates[ok]] = _FINITE_TAG
    return tags


def sentence_first(tokens: Tokens, flags: IntArray) -> NDArray[np.bool_]:
    """Whether a token is the first word of its sentence or follows a colon or an opening quotation mark."""
    n = len(flags)
    first = tokens.opens_sentence
    punct = (flags & v.PUNCT) > 0
    opens = first & punct
    carried = first.copy()
    for _ in range(2):
        carried[1:] |= opens[:-1]
        opens = carried & punct
    colon_quote = np.zeros(n, bool)
    colon = (flags & v.COLON) > 0
    colon_quote[1:] = colon[:-1] | ((flags[:-1] & v.OPEN_QUOTE) > 0)
    return carried | colon_quote
