"""Sentiment: how good or bad the words of a text sound, by the news valence lexicon.

Formula: the mean over all hits of

    value = clip(valence · degree) · reach · irrealis · negation

* ``valence``: the lexicon's value of the word, by lemma and part of speech; of a compound, by its parts
  (``Energiekrise``, ``Kriegsende``, ``gewaltfrei``); of a listed phrase as a whole, its verb wherever it stands.
  ``zu`` with an adjective of no value (``zu spät``) has -0.25.
* ``degree``: factor of an intensifier, a diminisher or ``weniger`` right before (``sehr``, ``etwas``); after ``zu``
  -0.5 for good words and 1.3 for bad ones. The product is bounded to [-1, 1].
* ``reach``: factors of the words that govern its phrase, multiplied: the verb of which it is object or subject
  (``den Krieg beenden``, ``die Armut sinkt``; in the passive too), the noun of which it is genitive or complement
  (``Ende des Krieges``, ``Schutz vor Gewalt``), the preposition (``gegen Rassismus``, ``statt Lob``, ``trotz``), the
  adjective beside it or said of it (``mangelnde Sicherheit``, ``die Sorge war unbegründet``). Reversers and negators
  are below 0. Those of harm (``zerstören``, ``verlieren``) bear on good things only.
* ``irrealis``: the smallest factor of what makes the clause only possible or asked (``könnte``, ``angeblich``, ``?``).
* ``negation``: -0.7 in the scope of a negation (-0.5 of ``kaum``): "not good" is milder than "bad" (after Taboada et
  al. 2011, who shift; here scaled). ``nicht ohne`` negates nothing; ``nie`` and ``kein`` before a comparative neither
  (``nie war die Luft besser``).

A word that turns another is no hit of its own where it speaks against what it does: the ``Kampf`` of ``Kampf gegen
Armut``. Factors are those of ``shifters.csv``. The note of each hit says what was done.

Range [-1, 1], positive is good news or praise. NaN where no word is known; 0 is measured as balanced.

What tone by wording is not. It is no stance: a sober report of a war is negative, whoever is to blame, and praise for
a harsh measure may be negative too; what a text says *of someone* is measured by ``sentiment_toward``. It is no judgement
of events, no reader's emotion and no truth value; irony is taken at its word. One headline has one or two hits: read
it as a rough sign, and means over many as the measure.

References: Taboada et al. (2011), Computational Linguistics 37(2), 267-307; Polanyi & Zaenen (2006), Contextual valence
shifters; Young & Soroka (2012), Political Communication 29(2), 205-231.
"""

from __future__ import annotations

import numpy as np

from framing.language.documents import Documents
from framing.language.morphology import CONTENT, TAG_ID
from framing.language.vocabulary import IntArray
from framing.language.voices import AUTHOR, QUOTED
from framing.scorers.base import FloatArray, Hits, Scorer, ratio, sum_by
from framing.scorers.multiword import multiword_index
from framing.scorers.negating import NEGATION_FACTOR as NEGATION_FACTOR
from framing.scorers.shifters import without_adverb
from framing.scorers.shifting import shift
from framing.scorers.valence import POS_OF_TAG, WORD_POS, ValenceLexicon, load_valence

EXCESS = -0.25
_POS_NUMBER = np.array([WORD_POS.index(p) if p else 4 for p in POS_OF_TAG] + [4] * (64 - len(POS_OF_TAG)))
_FORM_POS_NUMBER = _POS_NUMBER.copy()
_FORM_POS_NUMBER[TAG_ID["VV(PP)"]] = WORD_POS.index("adj")


class LexiconSentiment(Scorer):
    """Sentiment by a valence lexicon; see the module for formula and limits.

    Parameters
    ----------
    lexicon
        ``valence`` (the package's own), one added by ``framing lexicon add``, or a CSV file with ``term``, ``valence``
        and, if known, ``pos``.

    Examples
    --------
    >>> bool(LexiconSentiment().fit_transform(["Die Einigung ist ein großer Erfolg."])[0, 0] > 0)
    True
    """

    name = "sentiment"
    columns = ("sentiment", "sentiment_author", "sentiment_quoted", "sentiment_coverage")

    def __init__(self, lexicon: str = "valence") -> None:
        self.lexicon = lexicon

    @property
    def lexicons(self) -> tuple[str, ...]:
        """The lexicon and the shifters."""
        return (self.lexicon, "shifters")

    def hits(self, documents: Documents) -> Hits:
        """Words and phrases with a valence; ``value`` has negation and shifters in it."""
        lexicon = load_valence(self.lexicon)
        return _find(documents, lexicon)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """``sentiment`` and its parts by voice, and ``sentiment_coverage``: share of content words known."""
        of_hit = group[documents.tokens.segment[hits.first]]
        voice = documents.voice[hits.first]
        mean = {}
        for key, mask in (("", np.ones(len(hits), bool)), ("_author", voice == AUTHOR), ("_quoted", voice == QUOTED)):
            total = sum_by(of_hit[mask], count, hits.value[mask])
            mean["sentiment" + key] = ratio(total, sum_by(of_hit[mask], count))
        content = CONTENT[documents.tag]
        words = sum_by(group[documents.tokens.segment[content]], count)
        covered = np.zeros(documents.n_tokens, bool)
        covered[hits.first] = True
        known = sum_by(group[documents.tokens.segment[covered & content]], count)
        mean["sentiment_coverage"] = ratio(known, words)
        return mean


def _find(d: Documents, lexicon: ValenceLexicon) -> Hits:
    value = _word_values(d, lexicon)
    length = np.ones(d.n_tokens, np.int32)
    verb = np.full(d.n_tokens, -1, np.int32)
    terms: dict[int, str] = {}
    index = multiword_index(lexicon.phrases, ("valence", lexicon.digest), d.vocabulary)
    for found in index.find(d):
        value[found.first : found.last] = np.nan
        value[found.first] = lexicon.phrases[found.term]
        length[found.first] = found.last - found.first
        terms[found.first] = found.term
        if found.verb >= 0:
            value[found.verb] = np.nan
            verb[found.first] = found.verb
    _excess(d, value, length, terms)
    at = np.flatnonzero(~np.isnan(value) & (value != 0)).astype(np.int32)
    last = at + length[at]
    shifted = shift(d, at, last, verb[at], value[at], value, lexicon)
    names = d.vocabulary.lemmas
    term = [terms.get(i) or names[k] for i, k in zip(at.tolist(), d.lemma[at].tolist(), strict=True)]
    category = np.where(value[at] > 0, "positive", "negative").tolist()
    keep = np.flatnonzero(shifted.keep)
    kept = keep.tolist()
    return Hits(
        at[keep],
        last[keep],
        [term[k] for k in kept],
        [category[k] for k in kept],
        shifted.value[keep],
        note=[shifted.note[k] for k in kept],
    )


def _word_values(d: Documents, lexicon: ValenceLexicon) -> FloatArray:
    """Valence of each token by its lemma, else by its form (a participle as the adjective that it is), else NaN."""
    voc, lemma = d.vocabulary, d.lemma
    lemmas = voc.compound_table(("valence", lexicon.digest), "5f8", lambda w: (*lexicon.lemma_values(w, voc), np.nan))
    forms = voc.table(
        ("valence of forms", lexicon.digest), np.float64,
        lambda new: np.array([[*lexicon.form_values(w), np.nan] for w in new]).reshape(-1, 5),
    )  # fmt: skip
    value: FloatArray = lemmas[lemma, _POS_NUMBER[d.tag]].astype(np.float64)
    value = np.where(np.isnan(value), lemmas[without_adverb(d), _POS_NUMBER[d.tag]], value)
    unknown = np.flatnonzero(np.isnan(value))
    value[unknown] = forms[d.tokens.type[unknown], _FORM_POS_NUMBER[d.tag[unknown]]]
    return value


def _excess(d: Documents, value: FloatArray, length: IntArray, terms: dict[int, str]) -> None:
    """``zu spät``, ``zu klein``: too much of what is neither good nor bad is slightly bad; in place."""
    voc = d.vocabulary
    at = np.flatnonzero((d.tag == TAG_ID["PTKA"]) & (d.tokens.type == voc.encode_one("zu")) & np.isnan(value))
    at = at[at + 1 < d.n_tokens]
    at = at[np.isnan(value[at + 1]) & (d.tag[at + 1] == TAG_ID["ADJ(D)"])]
    at = at[d.tokens.sentence[at] == d.tokens.sentence[at + 1]]
    value[at] = EXCESS
    length[at] = 2
    for i in at.tolist():
        terms[i] = f"zu {voc.lemmas[d.lemma[i + 1]]}"
