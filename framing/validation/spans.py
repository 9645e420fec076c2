"""Agreement of two sets of spans: precision, recall and F1 by overlap."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

Span = tuple[Hashable, int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of a comparison with hand coding.

    Attributes
    ----------
    found, gold
        Number of spans that the measure gave and that the coding has.
    found_right, gold_found
        How many of each have a partner.
    """

    found: int
    gold: int
    found_right: int
    gold_found: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right, NaN if nothing was found."""
        return self.found_right / self.found if self.found else float("nan")

    @property
    def recall(self) -> float:
        """Share of the coding that was found, NaN if the coding is empty."""
        return self.gold_found / self.gold if self.gold else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r > 0 else 0.0


def overlap(found: Iterable[Span], gold: Iterable[Span]) -> Agreement:
    """Compare spans ``(key, start, end)``; two match where they have the same key and share a character.

    Examples
    --------
    >>> overlap([("a", 0, 5), ("a", 9, 12)], [("a", 3, 8)]).precision
    0.5
    """
    found_list, gold_list = list(found), list(gold)
    by_key: dict[Hashable, list[tuple[int, int, int]]] = {}
    for i, (key, start, end) in enumerate(gold_list):
        by_key.setdefault(key, []).append((start, end, i))
    hit: set[int] = set()
    right = 0
    for key, start, end in found_list:
        partners = [i for a, b, i in by_key.get(key, []) if a < end and start < b]
        right += bool(partners)
        hit.update(partners)
    return Agreement(len(found_list), len(gold_list), right, len(hit))
