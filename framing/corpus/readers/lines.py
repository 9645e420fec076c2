"""Lines of exported documents: blocks between blank lines, and lines that were broken at a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# Exports as TXT break lines at 80 characters or less; a paragraph that is not broken is nearly always longer.
NARROWEST, WIDEST = 60, 90


def blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The runs of lines between blank lines.

    Examples
    --------
    >>> list(blocks(["a", "b", "", "", "c"]))
    [['a', 'b'], ['c']]
    """
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def unbroken(lines: Sequence[str]) -> list[str]:
    """Lines of a text, with those joined that were broken at a width.

    The width is the length of the longest line, if that is between `NARROWEST` and `WIDEST` characters. A line was broken where the
    first word of the next would not have fitted.

    Examples
    --------
    >>> unbroken(["Ein Absatz, der nach siebzig bis achtzig Zeichen in eine neue Zeile umbrochen", "wurde.", "", "Noch einer."])
    ['Ein Absatz, der nach siebzig bis achtzig Zeichen in eine neue Zeile umbrochen wurde.', '', 'Noch einer.']
    >>> unbroken(["Erste Zeile.", "Zweite Zeile.", "", "Dritte."])
    ['Erste Zeile.', 'Zweite Zeile.', '', 'Dritte.']
    """
    width = max(map(len, lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return list(lines)
    result: list[str] = []
    before = ""
    for line in lines:
        if before and line and len(before) + 1 + len(line.partition(" ")[0]) > width:
            result[-1] += f" {line}"
        else:
            result.append(line)
        before = line
    return result
