"""Cues of the four functions of framing (Entman 1993): problem, cause, moral judgement, remedy.

To frame is, for Entman, to select some aspects of a matter "in such a way as to promote a particular problem definition,
causal interpretation, moral evaluation, and/or treatment recommendation" (p. 52). A frame is the *combination* of such
elements over a text; no word list measures that. What is counted here are indicators: wording that usually goes with a
function (``frame_functions.csv``, written for this project), so that passages can be found and read, and outlets
compared by how much of each they print:

* ``problem_definition``: words for problem, danger, crisis (``steht vor dem Kollaps``);
* ``causal_interpretation``: ``weil``, ``wegen``, ``deshalb``, words of cause, guilt and consequence;
* ``moral_evaluation``: words that judge by right and wrong (``zu Unrecht``, ``verantwortungslos``);
* ``treatment_recommendation``: demands, remedies, and modal verbs of obligation with an infinitive in their clause:
  present and conditional ``müssen``, conditional ``sollte``. The past (``musste``), hearsay (``soll … haben``) and
  inference (``muss … gewusst haben``) do not count.

Measures: ``function_<name>``, hits per 1,000 tokens of title and text, 0 or more, larger is more; NaN without tokens.
Validity: cues of one function are no measure of a frame, and densities of different functions cannot be set against each
other. For a study of frames code the elements by hand and cluster them (Matthes & Kohring 2008).

References: Entman, R. M. (1993). Framing: toward clarification of a fractured paradigm. Journal of Communication
43(4), 51-58. Matthes, J. & Kohring, M. (2008). The content analysis of media frames. Journal of Communication 58(2),
258-279.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.language.morphology import tag_mask
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray, Hits, Scorer
from framing.scorers.frame_lexicon import densities, find_entries, read_lexicon

FUNCTIONS = ("problem_definition", "causal_interpretation", "moral_evaluation", "treatment_recommendation")
_OBLIGES = re.compile(r"m(?:uss|uß|üssen|üsst|üsste|üssten)|sollten?", re.IGNORECASE)
_INFINITIVE = tag_mask("VV(INF)", "VA(INF)", "VM(INF)", "VV(IZU)")
_PERFECT = tag_mask("VA(INF)")


class FrameFunctions(Scorer):
    """Cues of Entman's functions; see the module.

    Parameters
    ----------
    lexicon
        ``frame_functions`` (the package's own) or a CSV file with ``term`` and ``function``.

    Examples
    --------
    >>> scorer = FrameFunctions()
    >>> d = Documents(["Weil das Geld fehlt, muss der Bund handeln."])
    >>> [(t, c) for t, c in zip(scorer.hits(d).term, scorer.hits(d).category)]
    [('weil', 'causal_interpretation'), ('müssen', 'treatment_recommendation')]
    """

    name = "frame_functions"
    columns = tuple(f"function_{f}" for f in FUNCTIONS)

    def __init__(self, lexicon: str = "frame_functions") -> None:
        self.lexicon = lexicon

    @property
    def lexicons(self) -> tuple[str, ...]:
        """The lexicon, for the signature."""
        return (self.lexicon,)

    def hits(self, documents: Documents) -> Hits:
        """Cues: ``term`` is the entry, ``category`` the function, ``value`` its weight."""
        lexicon = read_lexicon(self.lexicon, FUNCTIONS, "function")
        e = lexicon.entries
        obliges = _obligation(documents)
        return Hits.from_rows(
            (a, b, e[n].term, e[n].category, e[n].weight, "", e[n].note)
            for a, b, n in find_entries(documents, lexicon)
            if e[n].pos != "modal" or obliges[a]
        )

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """Densities per 1,000 tokens; see the module."""
        return densities(documents, hits, group, count, FUNCTIONS, "function_")


def _obligation(d: Documents) -> NDArray[np.bool_]:
    """Tokens that are a modal verb of obligation: right form, an infinitive in the clause, and no infinitive perfect."""
    n = d.n_tokens
    form = d.vocabulary.table("obligation", np.bool_, lambda new: [bool(_OBLIGES.fullmatch(w)) for w in new])
    modal = form[d.tokens.type]
    if not modal.any():
        return np.zeros(n, bool)
    clause = d.clauses.of_token
    size = int(clause.max()) + 1
    infinitive = np.bincount(clause[_INFINITIVE[d.tag]], minlength=size) > 0
    names = d.vocabulary.lemma_table("haben or sein", np.bool_, lambda new: [w in ("haben", "sein") for w in new])
    perfect = _PERFECT[d.tag] & names[d.word_lemma]
    perfect[1:] &= tag_mask("VV(PP)", "VA(PP)", "VM(PP)")[d.tag[:-1]]
    inferred = np.bincount(clause[perfect], minlength=size) > 0
    result: NDArray[np.bool_] = modal & infinitive[clause] & ~inferred[clause]
    return result
