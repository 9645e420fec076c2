"""Which tokens are names of persons, organisations and places: a linear-chain model over word types and tags.

The score of a labelling is the sum of one weight per token and label (from the word, its neighbours, their parts of
speech and what the gazetteer says of them) and one per pair of neighbouring labels; the best labelling of every
sentence is found at once by the Viterbi recursion over all sentences in step (Lafferty, McCallum & Pereira 2001).
Everything that depends on a word alone is summed up once per word type.

Trained by ``benchmarks/train_names.py``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.language import vocabulary as v
from framing.language.gazetteer import gazetteer
from framing.language.morphology import TAG_ID, TAGS
from framing.language.tagging import BOUNDARY, sentence_first, summed
from framing.language.vocabulary import IntArray

if TYPE_CHECKING:
    from framing.language.documents import Documents
    from framing.language.vocabulary import Vocabulary

MODEL = Path(__file__).parent.parent / "models" / "names.npz"
# B- begins a name, I- goes on with it; OTH (works, events, products), DERIV and PART are learnt so as not to be taken
# for the others.
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-OTH", "I-OTH", "DERIV", "PART")
TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}
OFFSETS = (-2, -1, 0, 1, 2)
N_TAGS = 64
FloatArray = NDArray[np.float32]

_ORGANISATION = (
    "verein", "verband", "partei", "bank", "gesellschaft", "universität", "institut", "ministerium", "gericht",
    "gewerkschaft", "zeitung", "konzern", "stiftung", "kammer", "akademie", "orchester", "hochschule", "bund",
    "behörde", "klinik", "klinikum", "museum", "theater", "werke", "kasse", "fraktion", "rat", "agentur", "union",
)  # fmt: skip
_PLACE = (
    "straße", "platz", "allee", "brücke", "gasse", "kirche", "schloss", "schloß", "burg", "see", "berg", "tal", "insel",
    "stadt", "dorf", "hafen", "bahnhof", "flughafen", "park", "viertel", "kreis", "gebirge", "wald", "turm",
)  # fmt: skip
_DIGITS = re.compile(r"\d+")


def shape(word: str) -> str:
    """Letters as X and x, digits as 0, repeats once: ``Jong-un`` is ``Xx-x``.

    >>> shape("Jong-un"), shape("GmbH"), shape("2014")
    ('Xx-x', 'XxX', '0')
    """
    if word.isalpha() and word[1:].islower():
        # as most words are
        return "Xx" if word[0].isupper() else "x"
    out: list[str] = []
    for c in word:
        s = "X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c
        if not out or out[-1] != s:
            out.append(s)
            if len(out) == 8:
                break
    return "".join(out)


@lru_cache(maxsize=1)
def _word_lists() -> dict[str, frozenset[str]]:
    """Words of the lexicons of names, by kind."""
    by_type: dict[str, set[str]] = {"state": set(), "organisation": set(), "place": set()}
    for form, entry in gazetteer().forms.items():
        key = entry.type if len(form) == 1 else entry.type + "+"
        by_type.setdefault(key, set()).update(w for w in form if w[0].isupper())
    found = {kind: frozenset(words) for kind, words in by_type.items()}
    for name, column in (
        ("given_names", "name"),
        ("surnames", "name"),
        ("offices", "term"),
        ("name_stopwords", "word"),
    ):
        found[name] = frozenset(row[column] for row in lexicons.load(name).rows)
    return found


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """Words of all these lexicons."""
    return frozenset().union(*_word_lists().values())


def word_features(word: str, candidates: list[tuple[int, float]]) -> list[str]:
    """What a word says of its label by itself and to its neighbours.

    Parameters
    ----------
    word
        As written.
    candidates
        Its possible tags, best first, see :meth:`framing.language.morphology.Morphology.candidates`.
    """
    lower = word.lower() if word.isalpha() else _DIGITS.sub("0", word.lower())
    found = ["w=" + lower, "shape=" + shape(word)]
    if not word[:1].isalpha():
        return found
    found += [f"s{k}={lower[-k:]}" for k in (2, 3, 4) if len(lower) > k]
    if not word[0].isupper():
        return found
    found += [f"p{k}={lower[:k]}" for k in (2, 3, 4) if len(lower) > k]
    found += ["s5=" + lower[-5:], "len=" + str(min(len(word), 10))]
    if candidates:
        best = candidates[0][1]
        gap = next((int(best - value) for tag, value in candidates if tag == TAG_ID["NE"]), 9)
        found += ["tag=" + TAGS[candidates[0][0]], f"ne={min(gap, 9)}"]
    bare = word[:-1] if word.endswith("s") else word
    if word in _listed() or bare in _listed():
        found += [f"in={name}" for name, words in _word_lists().items() if word in words or bare in words]
    found += ["end=org"] if lower.endswith(_ORGANISATION) else []
    found += ["end=loc"] if lower.endswith(_PLACE) else []
    head, hyphen, last = word.partition("-")
    if hyphen:
        found += ["head=" + head.lower(), "last=" + last.rpartition("-")[2].lower()]
        found += [f"headin={name}" for name, words in _word_lists().items() if head in words]
    return found


# What the gazetteer and the rules say of a token.
CODES = tuple(
    ["-", "adjective", "inhabitant", "prefix", "doubtful"]
    + [f"{part}{kind}" for kind in ("state", "organisation", "place", "capital", "full", "surname") for part in "BI"]
)
_CODE = {name: i for i, name in enumerate(CODES)}


def situation(d: Documents) -> IntArray:
    """Code of a token's place: first of its sentence, in quotation marks, behind a blank, behind an article."""
    flags = d.flags
    first = sentence_first(d.tokens, flags)
    n = len(flags)
    quoted = np.zeros(n, bool)
    quoted[1:] = (flags[:-1] & v.QUOTE) > 0
    bracket = np.zeros(n, bool)
    bracket[1:] = (flags[:-1] & v.BRACKET_OPEN) > 0
    capital = (flags & v.CAPITAL) > 0
    return (first * 1 + quoted * 2 + bracket * 4 + capital * 8).astype(np.int32)


def shifted(values: IntArray, sentence: IntArray, offset: int, outside: int) -> IntArray:
    """Value of the token ``offset`` away in the same sentence, ``outside`` where there is none."""
    out = np.full(len(values), outside, np.int32)
    if offset == 0:
        return values.astype(np.int32)
    if len(values) <= abs(offset):
        return out
    if offset < 0:
        same = sentence[-offset:] == sentence[:offset]
        out[-offset:] = np.where(same, values[:offset], outside)
    else:
        same = sentence[:-offset] == sentence[offset:]
        out[:-offset] = np.where(same, values[offset:], outside)
    return out


def token_slots(d: Documents, code: IntArray) -> dict[str, IntArray]:
    """Categories of each token that do not depend on its word alone, by the name of the slot.

    Parameters
    ----------
    d
        Parsed texts.
    code
        Shape ``(n,)``: index into :data:`CODES`.
    """
    sentence, tag = d.tokens.sentence, d.tag.astype(np.int32)
    outside = N_TAGS - 1
    found = {"where": situation(d)}
    tags = {o: shifted(tag, sentence, o, outside) for o in OFFSETS}
    for o in OFFSETS:
        found[f"t{o}"] = tags[o]
    found["t-10"] = tags[-1] * N_TAGS + tags[0]
    found["t01"] = tags[0] * N_TAGS + tags[1]
    found["t-11"] = tags[-1] * N_TAGS + tags[1]
    codes = {o: shifted(code, sentence, o, 0) for o in OFFSETS}
    for o in OFFSETS:
        found[f"g{o}"] = codes[o]
    found["gt"] = codes[0] * N_TAGS + tags[0]
    found["g-10"] = codes[-1] * N_TAGS + codes[0]
    found["g01"] = codes[0] * N_TAGS + codes[1]
    return found


SLOT_SIZES = {
    "where": 16, "t-10": N_TAGS**2, "t01": N_TAGS**2, "t-11": N_TAGS**2, "gt": N_TAGS**2, "g-10": N_TAGS**2,
    "g01": N_TAGS**2, **{f"t{o}": N_TAGS for o in OFFSETS}, **{f"g{o}": N_TAGS for o in OFFSETS},
}  # fmt: skip


_NUMBERS = itertools.count()
# Tokens whose scores are summed up together: few enough to stay in the processor's cache.
_BLOCK = 8192

# Lead of "O" from which a token is no part of a name. Names could make up for more in theory (up to 17); in news two in a
# hundred tokens of names change, F1 by .006 at most, for half the time.
MARGIN = 6.0


class NameTagger:
    """Weights of the model.

    Parameters
    ----------
    weights
        Feature (``offset|word feature`` or ``slot|number``) to its weights of the labels, shape ``(len(LABELS),)``.
    transitions
        Shape ``(len(LABELS), len(LABELS))``: weight of a label (column) behind another (row).
    """

    def __init__(self, weights: dict[str, FloatArray], transitions: FloatArray) -> None:
        self.weights, self.transitions = weights, transitions
        # names its tables in the vocabulary
        self.number = next(_NUMBERS)
        self.slots = {name: np.zeros((size, len(LABELS)), np.float32) for name, size in SLOT_SIZES.items()}
        # words' features have a weight for each offset at which the word may stand
        split = [(*feature.partition("|")[::2], row) for feature, row in weights.items()]
        names = dict.fromkeys(rest for slot, rest, _ in split if slot not in self.slots)
        self.word_features = {feature: i for i, feature in enumerate(names)}
        by_offset = np.zeros((len(names), len(OFFSETS), len(LABELS)), np.float32)
        for slot, rest, row in split:
            if slot in self.slots:
                self.slots[slot][int(rest)] = row
            else:
                by_offset[self.word_features[rest], OFFSETS.index(int(slot))] = row
        self.word_weights = by_offset.reshape(len(names), -1)

    @classmethod
    def load(cls, path: Path = MODEL) -> NameTagger:
        """Read weights saved by :meth:`save` (NumPy arrays only, no pickle)."""
        with np.load(path, allow_pickle=False) as data:
            names = str(data["features"]).split("\n")
            return cls(dict(zip(names, data["weights"].astype(np.float32), strict=True)), data["transitions"])

    def save(self, path: Path = MODEL) -> None:
        """Write the weights as one compressed file."""
        np.savez_compressed(
            path,
            features=np.array("\n".join(self.weights)),
            weights=np.stack(list(self.weights.values())).astype(np.float16),
            transitions=self.transitions,
        )

    def word_rows(self, words: Iterable[list[str]]) -> FloatArray:
        """Sum of the weights of each word's features at each offset, shape ``(words, len(OFFSETS) * len(LABELS))``."""
        return summed(self.word_features, self.word_weights, words)

    def word_table(self, vocabulary: Vocabulary) -> FloatArray:
        """Rows of all word types, shape ``(types * len(OFFSETS), len(LABELS))``; a word's offsets stand together."""
        candidates = vocabulary.morphology.candidates

        def features(word: str) -> list[str]:
            if word == BOUNDARY:
                return [BOUNDARY]
            # blanks stand in the vocabulary too; what is no word with a capital needs no tags
            return [] if word.isspace() else word_features(word, candidates(word)[0] if word[0].isupper() else [])

        def describe(new: list[str]) -> FloatArray:
            return self.word_rows(map(features, new))

        return vocabulary.table(("name tagger", self.number), np.float32, describe).reshape(-1, len(LABELS))

    def scores(self, d: Documents, code: IntArray) -> FloatArray:
        """Weight of each label at each token, shape ``(n, len(LABELS))``."""
        n = d.n_tokens
        outside = d.vocabulary.encode_one(BOUNDARY)
        table = self.word_table(d.vocabulary)
        total = np.empty((n, len(LABELS)), np.float32)
        sources = [
            (table, shifted(d.tokens.type, d.tokens.sentence, offset, outside) * len(OFFSETS) + k)
            for k, offset in enumerate(OFFSETS)
        ]
        sources += [(self.slots[name], values) for name, values in token_slots(d, code).items()]
        for low in range(0, n, _BLOCK):
            here = slice(low, low + _BLOCK)
            block = np.zeros((len(total[here]), len(LABELS)), np.float32)
            for weights, values in sources:
                block += weights.take(values[here], axis=0)
            total[here] = block
        return total

    def labels(self, d: Documents, code: IntArray) -> NDArray[np.uint8]:
        """Number of the best label of each token, shape ``(n,)``."""
        return best_path(self.scores(d, code), d.tokens.sentence, self.transitions, MARGIN)


def best_path(
    scores: FloatArray, sentence: IntArray, transitions: FloatArray, margin: float = np.inf
) -> NDArray[np.uint8]:
    """Best sequence of labels of each sentence (Viterbi), label 0 being ``O``.

    Tokens at which ``O`` leads by more than ``margin`` keep it; they cut the sentences into short stretches, which are
    solved side by side.

    Parameters
    ----------
    scores
        Shape ``(n, labels)``.
    sentence
        Sentence number of each token, rising.
    transitions
        Shape ``(labels, labels)``.
    margin
        See above.
    """
    n = len(scores)
    out = np.zeros(n, np.uint8)
    towards = np.ascontiguousarray(transitions.T)
    at = np.flatnonzero(scores[:, 0] - scores[:, 1:].max(axis=1) <= margin)
    if len(at) == 0:
        return out
    same = np.zeros(len(at), bool)
    same[1:] = (at[1:] == at[:-1] + 1) & (sentence[at[1:]] == sentence[at[:-1]])
    first = np.flatnonzero(~same)
    length = np.diff(np.r_[first, len(at)])
    order = np.argsort(-length, kind="stable")
    start, length = at[first[order]], length[order]
    # beside a stretch stands an O or the border of its sentence
    left = (start > 0) & (sentence[np.maximum(start - 1, 0)] == sentence[start])
    stop = np.minimum(start + length, n - 1)
    right = (start + length < n) & (sentence[stop] == sentence[start])
    value = scores[start] + np.where(left[:, None], transitions[0], 0)
    # how many stretches go on at each step; most are short and a few very long
    going_on = len(start) - np.searchsorted(length[::-1], np.arange(int(length[0])), side="right")
    back: list[NDArray[np.uint8]] = []
    for step, active in enumerate(going_on[1:].tolist(), start=1):
        reach = value[:active, None, :] + towards
        best = reach.argmax(axis=2)
        back.append(best.astype(np.uint8))
        value[:active] = np.take_along_axis(reach, best[:, :, None], axis=2)[:, :, 0] + scores[start[:active] + step]
    label = (value + np.where(right[:, None], transitions[:, 0], 0)).argmax(axis=1)
    rows = np.arange(len(start))
    for step in range(int(length[0]) - 1, -1, -1):
        active = int(going_on[step])
        out[start[:active] + step] = label[:active]
        if step:
            label[:active] = back[step - 1][rows[:active], label[:active]]
    return out


def spans_of(labels: NDArray[np.uint8], sentence: IntArray) -> list[tuple[int, int, str]]:
    """``(first, last, type)`` of each name of a person, organisation or place."""
    names = [label[2:] for label in LABELS]
    wanted = np.array([name in TYPES for name in names])[labels]
    begins = np.array([label.startswith("B-") for label in LABELS])[labels]
    kind = np.array([sorted(set(names)).index(name) for name in names])[labels]
    goes_on = np.zeros(len(labels), bool)
    goes_on[1:] = wanted[1:] & ~begins[1:] & (kind[1:] == kind[:-1]) & (sentence[1:] == sentence[:-1])
    first = np.flatnonzero(wanted & ~goes_on)
    ends = np.flatnonzero(~goes_on)
    last = np.r_[ends, len(labels)][np.searchsorted(ends, first, side="right")] if len(first) else first
    types = [TYPES.get(name, "") for name in names]
    return [
        (a, b, types[label]) for a, b, label in zip(first.tolist(), last.tolist(), labels[first].tolist(), strict=True)
    ]


@lru_cache(maxsize=1)
def default_name_tagger() -> NameTagger:
    """The tagger shipped with the package."""
    return NameTagger.load()
