"""What the lexicon of verbs says of each lemma, as one array over all lemmas.

Values are those of ``lexicons/verbs.csv``, after the connotation frames of Rashkin et al. (2016) and Sap et al. (2017);
they are 0 for verbs that are not listed.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.language.vocabulary import Vocabulary

_VALUES = ("agency", "power", "agent_sentiment", "theme_sentiment", "agent_effect", "theme_effect")
# columns of the table: the values, whether it is listed, whether its usual object is a dative, whether prepositional
AGENCY, POWER, AGENT_SENTIMENT, THEME_SENTIMENT, AGENT_EFFECT, THEME_EFFECT, LISTED, DATIVE, PREPOSITIONAL = range(9)


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[float, ...]]:
    out = {}
    for row in lexicons.load("verbs").rows:
        dative = row["objects"].split("|")[0] == "dat"
        out[row["verb"]] = (
            *(float(row[c]) for c in _VALUES), 1.0, float(dative), float(bool(prepositions_of(row["verb"])))
        )  # fmt: skip
    return out


def verb_table(vocabulary: Vocabulary) -> NDArray[np.float32]:
    """Shape ``(lemmas, 9)``: what is known of each lemma; see the constants of the module."""
    rows, zero = _rows(), (0.0,) * 9
    table: NDArray[np.float32] = vocabulary.lemma_table(
        "verb values", np.float32, lambda new: np.array([rows.get(w, zero) for w in new], np.float32).reshape(-1, 9)
    )
    return table


def prepositions_of(verb: str) -> frozenset[str]:
    """Prepositions of a verb's theme (``auf`` of ``hoffen``); none where it takes an accusative or dative."""
    return _prepositions().get(verb, frozenset())


@lru_cache(maxsize=1)
def _prepositions() -> dict[str, frozenset[str]]:
    out = {}
    for row in lexicons.load("verbs").rows:
        objects = row["objects"].split("|")
        if "akk" not in objects and "dat" not in objects:
            out[row["verb"]] = frozenset(o[5:].partition("+")[0] for o in objects if o.startswith("präp:"))
    return out
