"""Words looked for at the starts and ends of longer ones.

Most words have none of them; that is seen by three letters, before each start and end is tried.
"""

from __future__ import annotations

from collections.abc import Iterable

LETTERS = 3


class Affixes:
    """Words in lower case, of three letters at least, that begin or end others.

    Parameters
    ----------
    words
        Shorter ones are not looked for.

    Examples
    --------
    >>> Affixes(["krise", "bank"]).ends("bankenkrise", least=3), Affixes(["bank", "banken"]).starts("bankenkrise", rest=3)
    (['krise'], ['bank', 'banken'])
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if len(word) >= LETTERS)
        self._heads = frozenset(word[:LETTERS] for word in self.words)
        self._tails = frozenset(word[-LETTERS:] for word in self.words)

    def may_start(self, word: str) -> bool:
        """Whether the first letters of a word are those of one of them."""
        return word[:LETTERS] in self._heads

    def may_end(self, word: str) -> bool:
        """Whether the last letters of a word are those of one of them."""
        return word[-LETTERS:] in self._tails

    def starts(self, word: str, rest: int) -> list[str]:
        """Those with which a word begins and that leave so many letters, the shortest first."""
        if not self.may_start(word):
            return []
        return [word[:i] for i in range(LETTERS, len(word) - rest + 1) if word[:i] in self.words]

    def ends(self, word: str, least: int) -> list[str]:
        """Those with which a word ends behind so many letters, the longest first."""
        if not self.may_end(word):
            return []
        return [word[i:] for i in range(least, len(word) - LETTERS + 1) if word[i:] in self.words]
