"""The Hanover Tagger's model of German morphemes, decoded faster.

HanTa (Wartena 2019) finds the best sequence of morphemes of a word by trying each known tag on each stretch of letters. Here
the tags that a stretch can have are looked up instead: those of the morpheme where the model has it, and those that its
unknown stems can have by their length and last letters, which many words share. The scores are the model's own, and so
are the answers; ``tests/language/test_hanover.py`` holds them against HanTa's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from HanTa.HanoverTagger import EMPTY, END_UNKNOWN, START, UNKNOWN, HanoverTagger

MODEL = "morphmodel_ger.pgz"
# Stretches of this many letters and more are equally long to the model.
_LONGEST = 24
_WHOLE_WORD = 4.6
_BEAM = 3
# Ends of words whose readings are held, and sets of states whose steps are.
_ENDS, _SETS = 20_000, 4_000
Scored = list[tuple[int, float]]
# Tag of a morpheme, its log probability, and what its length adds to it.
Readings = list[tuple[int, float, list[float]]]
_NONE: Readings = []
_ANY_LENGTH = [0.0] * (_LONGEST + 1)
State = tuple[int, int]
Steps = dict[int, list[tuple[State, State, float]]]
_START: State = (EMPTY, START)


class Hanover(HanoverTagger):  # type: ignore[misc]
    """The tagger with the German model; see :mod:`HanTa` for all that is not here."""

    def __init__(self) -> None:
        super().__init__(MODEL)
        self._guesses: dict[str, Readings] = {}
        self._merged: dict[tuple[frozenset[int] | None, tuple[State, ...]], Steps] = {}

    @cached_property
    def _known(self) -> dict[str, Readings]:
        """Tags of each morpheme of the model with their log probabilities."""
        found: dict[str, Readings] = {}
        for tag, morphemes in self.LP_m_t.items():
            if tag > 0:
                for morpheme, value in morphemes.items():
                    found.setdefault(morpheme, []).append((tag, value, _ANY_LENGTH))
        return found

    @cached_property
    def _open(self) -> list[tuple[int, float, dict[str, float], list[float]]]:
        """Tags whose morphemes the model does not know all: how seldom, by last letters, by length."""
        return [
            (tag, self.Int_t + seldom, self.LP_s_t[tag], self.LP_len_t[tag])
            for tag, seldom in self.LP_hapax_t.items()
            if tag in self.LP_s_t
        ]

    def _guessed(self, end: str) -> Readings:
        """Tags that an unknown morpheme with these last letters can have."""
        found = self._guesses.get(end)
        if found is None:
            if len(self._guesses) > _ENDS:
                self._guesses.clear()
            found = self._guesses[end] = []
            for tag, seldom, ends, lengths in self._open:
                value = next(ends[end[k:]] for k in range(len(end) + 1) if end[k:] in ends)
                if value > -math.inf:
                    found.append((tag, seldom + value, lengths))
        return found

    def _readings(self, word: str, i: int, j: int, strict: bool) -> Readings:
        """Tags of the stretch of a word between two letters."""
        sure, n = self._known.get(word[i:j]), j - i
        if strict or n < (3 if len(word) >= 4 else 1):
            return sure or _NONE
        # the end of an unknown morpheme has at least one letter less than the morpheme
        guessed = self._guessed(word[j - 4 if n > 4 else i + 1 : j])
        if n == len(word):
            guessed = [(tag, value - _WHOLE_WORD, lengths) for tag, value, lengths in guessed]
        if sure is None:
            return guessed
        listed = {tag for tag, _, _ in sure}
        return sure + [reading for reading in guessed if reading[0] not in listed]

    def _steps(self, states: tuple[State, ...], allowed: frozenset[int] | None) -> Steps:
        """Tags that follow the given states, and are among those allowed: which state, the new one, the step's value."""
        key = allowed, states
        found = self._merged.get(key)
        if found is None:
            if len(self._merged) > _SETS:
                self._merged.clear()
            found = self._merged[key] = {}
            for state in states:
                for tag, value in self.LP_trans_nonfinal.get(state, []):
                    if allowed is None or tag in allowed:
                        found.setdefault(tag, []).append((state, (state[1], tag), value))
        return found

    def _lattice(
        self, word: str, strict: bool, allowed: frozenset[int] | None = None
    ) -> tuple[list[dict[State, float]], list[dict[State, tuple[State, int]]]]:
        """Best value of each state behind each letter, and the state and letter from which it was reached."""
        letters = len(word)
        values: list[dict[State, float]] = [{_START: 0.0}, *({} for _ in range(letters))]
        origins: list[dict[State, tuple[State, int]]] = [{} for _ in range(letters + 1)]
        for i in range(letters):
            here = values[i]
            if not here:
                continue
            bound = sorted(here.values(), reverse=True)[_BEAM] - 1 if len(here) > _BEAM else -math.inf
            states = tuple([state for state, value in here.items() if value >= bound])
            steps = self._steps(states, allowed)
            for j in range(i + 1, letters + 1):
                reached, origin, n = values[j], origins[j], min(j - i, _LONGEST)
                for tag, value, lengths in self._readings(word, i, j, strict):
                    for state, new, step in steps.get(tag, ()):
                        total = here[state] + step + value + lengths[n]
                        if total > reached.get(new, -1e6):
                            reached[new] = total
                            origin[new] = state, i
        return values, origins

    def analyze_forward(self, word: str) -> Scored:
        """Parts of speech of a word with log probabilities, best first."""
        ends: dict[State, float] = {}
        for state, value in self._lattice(word, self.strict)[0][-1].items():
            for tag, step in self.LP_trans_final.get(state, []):
                new = (state[1], tag)
                if value + step > ends.get(new, -1e6):
                    ends[new] = value + step
        found: dict[int, float] = {}
        for (_, tag), value in ends.items():
            found[-tag] = float(np.logaddexp(found[-tag], value)) if -tag in found else value
        return sorted(found.items(), key=lambda pair: -pair[1]) or [(UNKNOWN, 0)]

    def analyze_viterbi(self, word: str, targetpos: int) -> Sequence[tuple[int, int]]:
        """Morphemes of a word that is of the given part of speech: tag and end of each."""
        allowed: frozenset[int] = self.reachability.get(targetpos, frozenset())
        for strict in (True, False):
            values, origins = self._lattice(word, strict, allowed)
            best: tuple[float, State] | None = None
            for state, value in values[-1].items():
                step = next((p for tag, p in self.LP_trans_final.get(state, []) if tag == targetpos), None)
                if step is not None and value + step > max(-1e6, best[0] if best else -math.inf):
                    best = value + step, state
            if best is not None:
                return self._path(best[1], targetpos, origins)
        return [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)]

    @staticmethod
    def _path(state: State, last: int, origins: list[dict[State, tuple[State, int]]]) -> list[tuple[int, int]]:
        at = len(origins) - 1
        path: list[tuple[int, int]] = [(last, at + 1)]
        while at > 0:
            path.append((state[1], at))
            state, at = origins[at][state]
        return path[::-1]
