"""How much a compressed file may unpack to.

Text shrinks three- to tenfold. What shrinks more than `HIGHEST_RATIO`-fold is no text but a bomb, and a ZIP with all that is
packed within it may give `MOST_BYTES` at most. Counted are the bytes as they come out, not those that a file says it holds.
"""

from __future__ import annotations

import io
from typing import IO, BinaryIO, cast

HIGHEST_RATIO = 300
MOST_BYTES = 8 * 2**30
FREE_BYTES = 2**20  # a short file may shrink as it likes
_PIECE = 2**16


class BombError(OSError):
    """More bytes come out than can be text."""


class Budget:
    """Bytes that may still be unpacked.

    Parameters
    ----------
    most
        At the beginning.
    """

    def __init__(self, most: int) -> None:
        self.most = self.left = most

    @property
    def spent(self) -> bool:
        """Whether more was asked for than there was."""
        return self.left < 0

    def take(self, count: int) -> None:
        """Take some bytes off.

        Raises
        ------
        BombError
            Where so many are not left.
        """
        self.left -= count
        if self.left < 0:
            raise BombError(f"unpacks to more than {self.most:,} bytes")


def allowed(packed: int) -> int:
    """Bytes that a file of `packed` bytes may unpack to."""
    return max(FREE_BYTES, HIGHEST_RATIO * packed)


def bounded(handle: io.BufferedIOBase | IO[bytes], packed: int, budget: Budget | None = None) -> BinaryIO:
    """An unpacking stream that raises :class:`BombError` where more comes out than `packed` bytes allow.

    Parameters
    ----------
    handle
        Stream of the unpacked bytes.
    packed
        Bytes it unpacks from.
    budget
        Bytes that may be unpacked in all, shared with others.
    """
    return cast(BinaryIO, io.BufferedReader(_Bounded(cast(io.BufferedIOBase, handle), allowed(packed), budget), _PIECE))


class _Bounded(io.RawIOBase):
    def __init__(self, handle: io.BufferedIOBase, most: int, budget: Budget | None) -> None:
        self._handle, self._most, self._budget = handle, most, budget

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._handle.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._handle.seek(offset, whence)

    def tell(self) -> int:
        return self._handle.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # one step, so that of a damaged file comes out what lies before the damage
        piece = self._handle.read1(len(buffer))
        count = len(piece)
        buffer[:count] = piece
        if self._handle.tell() > self._most:
            raise BombError(f"shrunk more than {HIGHEST_RATIO}-fold, which text is not (a bomb?)")
        if self._budget is not None:
            self._budget.take(count)
        return count

    def close(self) -> None:
        self._handle.close()
        super().close()
