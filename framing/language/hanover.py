"""The Hanover Tagger's model of German morphemes, decoded for many words at once.

HanTa (Wartena 2019) finds the best sequence of morphemes of a word by trying each known tag on each stretch of letters, one
word after the other. Here words of about the same length go side by side through arrays, letter by letter: the stretches that
are morphemes of the model are looked up, those that could be unknown stems are scored by their length and last letters.
The scores are the model's own, and so are the answers, whichever words stand together;
``tests/language/test_hanover.py`` holds them against HanTa's own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from HanTa.HanoverTagger import EMPTY, END_UNKNOWN, START, UNKNOWN, HanoverTagger
from numpy.typing import NDArray

from framing.language.ragged import ranges

MODEL = "morphmodel_ger.pgz"
# Stretches of this many letters and more are equally long to the model; a whole word that is one unknown stem is unlikely.
_LONGEST, _WHOLE_WORD = 24, 4.6
# States that are always followed up behind a letter, and how far behind the last of them another may lie.
_BEAM, _BEHIND = 3, 1.0
# Letters from which on a word's unknown stems have three letters at least; shorter words are decoded apart.
_LONG = 4
# Words decoded side by side: few enough for the processor's cache. Ends of words whose scores are held.
_BLOCK, _ENDS = 128, 50_000
# No word that is asked for is longer.
_MOST_LETTERS = 128
# Odd numbers of 64 bits, to hash stretches of letters; how far a hash is shifted to the number of its place.
_BASE, _MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93), np.uint64(44)
Scored = list[tuple[int, float]]
# Tag and end of each morpheme; behind them the part of speech.
Path = list[tuple[int, int]]
Allowed = frozenset[int]
_Floats = NDArray[np.float64]
_Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class _Lattice:
    """Values of words with ``n`` letters at most: shape ``(n + 1, words, states)`` behind each letter.

    Attributes
    ----------
    values
        Of the best way to each state.
    origins
        The letter where the last morpheme of that way begins.
    reached
        For each letter the values of the states, before the readings of the next stretch: ``(words, states)``.
    """

    values: _Floats
    origins: NDArray[np.int8]
    reached: list[_Floats]


class Hanover(HanoverTagger):  # type: ignore[misc]
    """The tagger with the German model; see :mod:`HanTa` for all that is not here."""

    def __init__(self) -> None:
        super().__init__(MODEL)
        self._paths: dict[tuple[str, int], Path] = {}
        self._ends: dict[str, int] = {}

    @cached_property
    def _net(self) -> _Net:
        return _Net(self)

    def parts_of_speech(self, words: Sequence[str]) -> list[Scored]:
        """Parts of speech of each word (lower case) with log probabilities, best first."""
        net, found = self._net, [[(UNKNOWN, 0.0)]] * len(words)
        for at in _blocks(words):
            block = [words[k] for k in at]
            reached = self._lattice(block, self.strict).values[[len(w) for w in block], range(len(block))]
            ways = reached[:, net.final_source] + net.final_step
            ways = np.maximum.reduceat(ways, net.final_state, axis=1)
            scores = np.logaddexp.reduceat(ways, net.final_tag, axis=1).tolist()
            for k, row in zip(at, scores, strict=True):
                pairs = [(tag, value) for tag, value in zip(net.final_tags, row, strict=True) if value > -math.inf]
                found[k] = sorted(pairs, key=lambda pair: -pair[1]) or found[k]
        return found

    def analyze_forward(self, word: str) -> Scored:
        """Parts of speech of one word, see :meth:`parts_of_speech`."""
        return self.parts_of_speech([word])[0]

    def prepare(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Find the morphemes of many words with their part of speech; the next calls for them are answered at once."""
        self._paths = self._paths_of((word.lower(), -tag) for word, tag in pairs if -tag not in self.atomic_class)

    def analyze_viterbi(self, word: str, targetpos: int) -> Path:
        """Morphemes of a word that is of the given part of speech: tag and end of each."""
        key = word, targetpos
        return self._paths[key] if key in self._paths else self._paths_of([key])[key]

    def _paths_of(self, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Path]:
        wanted = list(dict.fromkeys(pairs))
        found: dict[tuple[str, int], Path] = {}
        for strict in (True, False):
            missing = [pair for pair in wanted if pair not in found]
            for at in _blocks([word for word, _ in missing]):
                found.update(self._best_paths([missing[k] for k in at], strict))
        for word, target in wanted:
            found.setdefault((word, target), [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)])
        return found

    def _best_paths(self, pairs: list[tuple[str, int]], strict: bool) -> Iterator[tuple[tuple[str, int], Path]]:
        """Of the words that have one: of known morphemes alone, or not."""
        net = self._net
        words = [word for word, _ in pairs]
        allowed = np.stack([net.allowed(self.reachability.get(target, frozenset())) for _, target in pairs])
        lattice = self._lattice(words, strict, allowed)
        for w, (word, target) in enumerate(pairs):
            states, steps = net.before(target)
            values = lattice.values[len(word), w, states] + steps
            if len(values) and values.max() > -math.inf:
                path = net.trace(lattice, w, int(states[values.argmax()]), len(word))
                yield (word, target), [*path, (target, len(word) + 1)]

    def _lattice(self, words: Sequence[str], strict: bool, allowed: NDArray[np.bool_] | None = None) -> _Lattice:
        """All ways through words that are sorted by length, longest first.

        Parameters
        ----------
        words
            All shorter than :data:`_LONG`, or none.
        strict
            Whether only the model's own morphemes count.
        allowed
            Shape ``(words, states)``: states that a word may pass.
        """
        net, lengths = self._net, np.array([len(w) for w in words])
        longest, n_open = int(lengths[0]), net.n_open
        least = 3 if lengths[-1] >= _LONG else 1
        values = np.full((longest + 1, len(words), net.n_states + 1), -np.inf)
        values[0, :, net.start] = 0
        origins = np.zeros(values.shape, np.int8)
        if longest == 0:
            return _Lattice(values, origins, [])
        known = net.known_in(words, lengths)
        bounds = np.searchsorted(known.first, np.arange(longest + 1))
        if not strict:
            ends, rows = self._rows_of_ends(words, longest, least), self._end_scores
            guessed = np.full((len(words), net.n_states), -1)
        reached: list[_Floats] = []
        for i in range(longest):
            active = int(np.searchsorted(-lengths, -i))
            here = net.follow(values[i, :active])
            if allowed is not None:
                here[~allowed[:active]] = -np.inf
            reached.append(here)
            e = slice(bounds[i], bounds[i + 1])
            w, j, state = known.word[e], known.last[e], known.state[e]
            if not strict and i + least <= longest:
                # stems that the model does not know, behind the few states that are followed up
                at, kind = np.nonzero(here[:, :n_open] > -np.inf)
                last = np.arange(i + least, longest + 1)[:, None]
                scores = rows.take(ends[np.minimum(last - i - least, 2), last, at] * net.n_opened + net.opened[kind])
                if i == 0:
                    scores[lengths[at] - least, np.arange(len(at))] -= _WHOLE_WORD
                scores += here[at, kind]
                scores += net.lengths[np.minimum(last - i, _LONGEST), kind]
                # a stretch that the model knows with a tag is not guessed with it
                guessed[at, kind] = np.arange(len(at))
                same = guessed[w, state]
                sure = (same >= 0) & (j - i >= least)
                scores[j[sure] - i - least, same[sure]] = -np.inf
                guessed[at, kind] = -1
                place = (last * len(words) + at) * (net.n_states + 1) + kind
                better = scores > values.take(place)
                place = place[better]
                values.reshape(-1)[place] = scores[better]
                origins.reshape(-1)[place] = i
            score = here[w, state] + known.value[e]
            better = score > values[j, w, state]
            w, j, state = w[better], j[better], state[better]
            values[j, w, state] = score[better]
            origins[j, w, state] = i
        return _Lattice(values, origins, reached)

    def _rows_of_ends(self, words: Sequence[str], longest: int, least: int) -> NDArray[np.int32]:
        """Rows of the ends of stretches in :attr:`_end_scores`, shape ``(3, longest + 1, words)``; 0 where there is none.

        An unknown stem is known by its last letters, one fewer than it has and four at most; so stretches of
        `least` letters, of one more, and of all above have ends of different lengths.
        """
        if len(self._ends) > _ENDS:
            self._ends.clear()
        found = np.zeros((3, longest + 1, len(words)), np.int32)
        number, known = self._ends.setdefault, len(self._ends)
        for k, letters in enumerate(range(least - 1, least + 2)):
            for w, word in enumerate(words):
                stops = range(letters + 1, len(word) + 1)
                found[k, letters + 1 : len(word) + 1, w] = [
                    number(word[stop - letters : stop], len(self._ends) + 1) for stop in stops
                ]
        if known < len(self._ends):
            self._end_scores[known + 1 : len(self._ends) + 1] = self._net.scores_of_ends(list(self._ends)[known:])
        return found

    @cached_property
    def _end_scores(self) -> _Floats:
        """Scores of unknown stems by end and by tag, shape ``(ends, tags that unknown stems can have)``."""
        # one block of words brings less than so many new ends
        table = np.empty((_ENDS + 3 * _BLOCK * _MOST_LETTERS, self._net.n_opened))
        table[0] = -np.inf
        return table


@dataclass(frozen=True)
class _Known:
    """Stretches of words that are morphemes of the model, by the letter where they begin, once for each state they can be in."""

    word: _Numbers
    first: _Numbers
    last: _Numbers
    state: _Numbers
    value: _Floats


class _Net:
    """States of the model (the tags of the last two morphemes) and the steps between them, as arrays.

    States are numbered: first those whose tag unknown stems can have, the start last.
    """

    def __init__(self, tagger: HanoverTagger) -> None:
        steps = [((a, b), (b, tag), p) for (a, b), f in tagger.LP_trans_nonfinal.items() for tag, p in f]
        opened = [tag for tag in tagger.LP_hapax_t if tag in tagger.LP_s_t]
        states = sorted({new for _, new, _ in steps}, key=lambda s: (s[1] not in opened, s[1], s[0]))
        number = {state: i for i, state in enumerate([*states, (EMPTY, START)])}
        self.states, self.start, self.n_states = states, len(states), len(states)
        self.tags = np.array([tag for _, tag in states])
        self.n_open = sum(tag in opened for tag in self.tags.tolist())
        # steps by the state that they leave
        numbered = sorted((number[old], number[new], p) for old, new, p in steps if old in number)
        source = np.array([old for old, _, _ in numbered])
        self.target = np.array([new for _, new, _ in numbered])
        self.step = np.array([p for _, _, p in numbered])
        self.first_step = np.searchsorted(source, np.arange(len(states) + 2))
        self._into: dict[int, list[tuple[int, float]]] = {}
        for old, new, p in numbered:
            self._into.setdefault(new, []).append((old, p))
        # last steps by part of speech, and by the tag before it
        final = sorted(
            (tag, state[1], number[state], p)
            for state, followers in tagger.LP_trans_final.items()
            for tag, p in followers
            if state in number
        )
        self._final = [(tag, at, p) for tag, _, at, p in final]
        self.final_source, self.final_step = np.array([f[2] for f in final]), np.array([f[3] for f in final])
        self.final_state = _starts([f[:2] for f in final])
        tags = [final[k][0] for k in self.final_state.tolist()]
        self.final_tag = _starts(tags)
        self.final_tags = [-tags[k] for k in self.final_tag.tolist()]
        # unknown stems
        self.n_opened, self.opened = (
            len(opened),
            np.array([opened.index(tag) for tag in self.tags[: self.n_open].tolist()]),
        )
        self.lengths = np.array([tagger.LP_len_t[tag] for tag in opened])[self.opened].T
        self._seldom = [tagger.Int_t + tagger.LP_hapax_t[tag] for tag in opened]
        self._ends: dict[str, list[tuple[int, float]]] = {}
        for k, tag in enumerate(opened):
            for end, value in tagger.LP_s_t[tag].items():
                self._ends.setdefault(end, []).append((k, value))
        # morphemes
        at: dict[int, list[int]] = {}
        for i, tag in enumerate(self.tags.tolist()):
            at.setdefault(tag, []).append(i)
        readings: dict[str, list[tuple[int, float]]] = {}
        for tag, morphemes in tagger.LP_m_t.items():
            for morpheme, value in morphemes.items() if tag in at else ():
                readings.setdefault(morpheme, []).extend((state, value) for state in at[tag])
        # morphemes are found by their hash: at the place of its first bits, or one of the next
        hashes = np.zeros(len(readings), np.uint64)
        sizes = np.array([len(morpheme) for morpheme in readings])
        morphemes = list(readings)
        for size in np.unique(sizes[sizes > 0]).tolist():
            alike = np.flatnonzero(sizes == size)
            letters = _letters([morphemes[i] for i in alike.tolist()], size)
            hashes[alike] = _hashes(letters, np.array([0]), np.array([size]))[0]
        self._number = np.argsort(hashes)
        self._hashes = hashes[self._number]
        starts = np.arange(1 << 20, dtype=np.uint64) << _SHIFT
        self._place = np.searchsorted(self._hashes, starts)
        self._most = int(np.diff(np.append(self._place, len(hashes))).max())
        self.first_reading = np.cumsum([0, *map(len, readings.values())])
        self.reading_state = np.array([state for pairs in readings.values() for state, _ in pairs], np.int16)
        self.reading_value = np.array([value for pairs in readings.values() for _, value in pairs])

    @lru_cache(maxsize=256)  # noqa: B019
    def allowed(self, tags: Allowed) -> NDArray[np.bool_]:
        """States with these tags, shape ``(states,)``."""
        return np.isin(self.tags, list(tags))

    @lru_cache(maxsize=256)  # noqa: B019
    def before(self, target: int) -> tuple[_Numbers, _Floats]:
        """States behind which a word can end as a part of speech, and the values of that step."""
        found = [(at, p) for tag, at, p in self._final if tag == target]
        return np.array([at for at, _ in found], np.int64), np.array([p for _, p in found], np.float64)

    def scores_of_ends(self, ends: list[str]) -> _Floats:
        """Log probabilities of unknown stems with these last letters, shape ``(ends, n_opened)``."""
        return np.array([self._score_of_end(end) for end in ends]) + self._seldom

    @lru_cache(maxsize=5_000)  # noqa: B019
    def _score_of_end(self, end: str) -> list[float]:
        """By tag, the score of the longest end of these letters that the model has with the tag."""
        row = self._score_of_end(end[1:]).copy() if end else [0.0] * self.n_opened
        for k, value in self._ends.get(end, ()):
            row[k] = value
        return row

    def known_in(self, words: Sequence[str], lengths: _Numbers) -> _Known:
        """All stretches of words that are morphemes of the model."""
        longest = int(lengths[0])
        first, last = _stretches(longest)
        there = np.flatnonzero(last[:, None] <= lengths)
        stretch, word = there // len(words), there % len(words)
        number = self._numbers_of(_hashes(_letters(words, longest), first, last).reshape(-1)[there])
        at = np.flatnonzero(number >= 0)
        number, first, last, word = number[at], first[stretch[at]], last[stretch[at]], word[at]
        begin = self.first_reading[number]
        size = self.first_reading[number + 1] - begin
        reading, at = ranges(begin, size), np.repeat(np.arange(len(number)), size)
        return _Known(
            word[at], first[at], last[at], self.reading_state[reading].astype(np.int64), self.reading_value[reading]
        )

    def _numbers_of(self, hashes: NDArray[np.uint64]) -> _Numbers:
        """Numbers of the morphemes with these hashes, -1 where there is none."""
        place = self._place[(hashes >> _SHIFT).astype(np.int64)]
        found = np.full(len(hashes), -1)
        for step in range(self._most):
            at = np.minimum(place + step, len(self._hashes) - 1)
            same = self._hashes[at] == hashes
            found[same] = self._number[at[same]]
        return found

    def follow(self, values: _Floats) -> _Floats:
        """Values of the states that follow the best ones, ``(words, states)``, from those behind a letter.

        States more than :data:`_BEHIND` below the fourth best are given up.
        """
        word, state = np.nonzero(values > -np.inf)
        value = values[word, state]
        order = np.lexsort((-value, word))
        word, state, value = word[order], state[order], value[order]
        count = np.bincount(word, minlength=len(values))
        more = count > _BEAM
        bound = np.full(len(values), -np.inf)
        bound[more] = value[np.cumsum(count)[more] - count[more] + _BEAM] - _BEHIND
        kept = value >= bound[word]
        word, state, value = word[kept], state[kept], value[kept]
        size = self.first_step[state + 1] - self.first_step[state]
        step = ranges(self.first_step[state], size)
        found = np.full((len(values), self.n_states), -np.inf)
        place = np.repeat(word, size) * self.n_states + self.target[step]
        np.maximum.at(found.reshape(-1), place, np.repeat(value, size) + self.step[step])
        return found

    def trace(self, lattice: _Lattice, word: int, state: int, end: int) -> Path:
        """The best way to a state behind a letter: tag and end of each morpheme."""
        path: Path = []
        while end > 0:
            path.append((int(self.tags[state]), end))
            begin = int(lattice.origins[end, word, state])
            values, reached = lattice.values[begin, word], lattice.reached[begin][word, state]
            state = next(old for old, p in self._into[state] if values[old] + p == reached)
            end = begin
        return path[::-1]


def _blocks(words: Sequence[str]) -> Iterator[list[int]]:
    """Places of words of about the same length, longest first."""
    order = sorted(range(len(words)), key=lambda k: -len(words[k]))
    longer, some = (sum(len(word) >= n for word in words) for n in (_LONG, 1))
    for group in (order[:longer], order[longer:some], order[some:]):
        for low in range(0, len(group), _BLOCK):
            yield group[low : low + _BLOCK]


@lru_cache(maxsize=64)
def _stretches(letters: int) -> tuple[_Numbers, _Numbers]:
    """First letter and letter behind the last of all stretches of a word."""
    pairs = np.array([(i, j) for i in range(letters) for j in range(i + 1, letters + 1)])
    return pairs[:, 0], pairs[:, 1]


def _hashes(letters: NDArray[np.uint32], first: _Numbers, last: _Numbers) -> NDArray[np.uint64]:
    """Hashes of stretches of words, shape ``(stretches, words)``."""
    count, longest = letters.shape
    powers = np.cumprod(np.full(longest, _BASE), dtype=np.uint64)
    # hashes of beginnings; that of a stretch is a difference
    begun = np.zeros((longest + 1, count), np.uint64)
    for k in range(longest):
        begun[k + 1] = begun[k] * _BASE + letters[:, k] + np.uint64(1)
    found = begun[last] - begun[first] * powers[last - first - 1][:, None]
    # mixed, so that the first bits depend on all
    found ^= found >> np.uint64(32)
    return found * _MIX


def _letters(words: Sequence[str], longest: int) -> NDArray[np.uint32]:
    """Numbers of the letters, shape ``(words, longest)``."""
    return np.array(words, f"U{longest}").view(np.uint32).reshape(len(words), longest)


def _starts(keys: Sequence[object]) -> _Numbers:
    """Where each run of equal keys begins."""
    return np.array([i for i, key in enumerate(keys) if i == 0 or keys[i - 1] != key])


@lru_cache(maxsize=1)
def hanover() -> Hanover:
    """The tagger of this process: its model takes a third of a second to read and sixty megabytes."""
    return Hanover()
