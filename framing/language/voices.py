"""Whose words each token is: the author's, quoted, or kept at a distance by the author.

Quoted is what stands in direct speech. Distanced is what the author marks as not their own without quoting it
word for word: scare quotes, indirect speech in the Konjunktiv I or with a source, and what ``sogenannt``,
``angeblich``, ``mutmaßlich``, ``vermeintlich`` and the like modify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language.morphology import TAG_ID, tag_mask

if TYPE_CHECKING:
    from framing.language.documents import Documents

VOICES = ("author", "quoted", "distanced")
AUTHOR, QUOTED, DISTANCED = 0, 1, 2
DISTANCING = frozenset(
    "sogenannt angeblich vermeintlich mutmaßlich selbsternannt vorgeblich sog. so-genannt selbsterklärt".split()
)
_NOUNS = tag_mask("NN", "NE", "NNA", "NNI", "FM", "XY")
_ADJECTIVE = TAG_ID["ADJ(A)"]


def find_voices(d: Documents, speech: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Voice of each token, from the voices of speech and the words of distance.

    Parameters
    ----------
    speech
        Shape ``(tokens,)``: 0 none, 1 quoted, 2 reported, 3 scare quotes.
    """
    voice = np.where(speech == 1, QUOTED, np.where(speech >= 2, DISTANCED, AUTHOR)).astype(np.uint8)
    at = distancing_tokens(d)
    phrase = d.phrases.of_token
    clause_end = d.clause_end
    for i in at.tolist():
        if voice[i] == QUOTED:
            continue
        p = int(phrase[i])
        if d.tag[i] == _ADJECTIVE and p >= 0:
            # "der angebliche Angriff": what stands behind it in its phrase
            end = int(d.phrases.end[p])
            voice[i:end] = DISTANCED
        else:
            # "angeblich": its clause from there on
            end = int(clause_end[i])
            voice[i:end] = np.where(voice[i:end] == QUOTED, QUOTED, DISTANCED)
    return voice


def distancing_tokens(d: Documents) -> NDArray[np.int64]:
    """Tokens of words of distance (``sogenannt``, ``angeblich``), in any inflection."""
    table = d.vocabulary.lemma_table(
        "distancing", np.bool_, lambda new: [x.lower().rstrip("er") in _STEMS or x.lower() in DISTANCING for x in new]
    )
    result: NDArray[np.int64] = np.flatnonzero(table[d.word_lemma] & ~_NOUNS[d.tag])
    return result


_STEMS = frozenset(x.rstrip("er") for x in DISTANCING)
