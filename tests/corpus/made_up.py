"""Texts for the tests of what outlets repeat."""

from __future__ import annotations

ADVERT = (
    "Wenn Ihnen dieser Beitrag gefallen hat, dann bestellen Sie heute noch unser Buch über die wahren Herren der Welt."
)
NUMBERS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()


def body(n: int) -> str:
    """Two sentences that no other article has."""
    words = [f"{w}{n}" for w in NUMBERS]
    return f"Der {' '.join(words)}. Die {' '.join(reversed(words))}."
