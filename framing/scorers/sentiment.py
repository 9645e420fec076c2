"""Sentiment: how good or bad the words of a text sound, by the news valence lexicon.

Formula: the mean of the valences of all hits, each in [-1, 1]. A hit's valence is the lexicon's value of the word
(by lemma and part of speech; a compound by its head; a listed phrase as a whole), multiplied by

* an intensifier or diminisher right before it (``sehr``, ``etwas``), bounded to [-1, 1];
* -0.7 where it is negated (after Taboada et al. 2011, who shift rather than flip; here scaled: "not good" is
  milder than "bad");
* the factor of a verb or noun that turns its object over (``den Krieg beenden``, ``Ende des Krieges``).

Range [-1, 1], positive is good news or praise. NaN where no word is known. Sentiment of a text is no stance toward
anyone in it: a sober report of a war is negative.

References: Taboada et al. (2011), Computational Linguistics 37(2); Young & Soroka (2012), Political Communication 29(2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.language.morphology import CONTENT, TAG_ID, tag_mask
from framing.language.ngrams import NgramIndex
from framing.language.roles import PATIENT
from framing.language.vocabulary import IntArray, Vocabulary
from framing.language.voices import AUTHOR, QUOTED
from framing.scorers.base import FloatArray, Hits, Scorer, ratio, sum_by
from framing.scorers.valence import POS_OF_TAG, ValenceLexicon, load_valence

NEGATION_FACTOR = -0.7
_POS = ("noun", "verb", "adj", "adv")
_GRADABLE = tag_mask("ADJ*", "ADV", "VV(PP)")
_ADJECTIVE = tag_mask("ADJ*")
_NOUN = tag_mask("NN", "NNA", "NNI")
_POS_NUMBER = np.array([_POS.index(p) if p else 4 for p in POS_OF_TAG] + [4] * (64 - len(POS_OF_TAG)))


class LexiconSentiment(Scorer):
    """Sentiment by a valence lexicon; see the module for formula and limits.

    Parameters
    ----------
    lexicon
        ``valence`` (the package's own), or a CSV file with ``term``, ``valence`` and, if known, ``pos``.

    Examples
    --------
    >>> bool(LexiconSentiment().fit_transform(["Die Einigung ist ein großer Erfolg."])[0, 0] > 0)
    True
    """

    name = "sentiment"
    columns = ("sentiment", "sentiment_author", "sentiment_quoted", "sentiment_coverage")

    def __init__(self, lexicon: str = "valence") -> None:
        self.lexicon = lexicon

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
    voc = d.vocabulary
    lemma = d.lemma
    pos = _POS_NUMBER[d.tag]
    table = voc.lemma_table(
        ("valence", lexicon.digest), np.float64,
        lambda new: np.array([[lexicon.value(w, p, voc) for p in _POS] + [np.nan] for w in new], np.float64).reshape(-1, 5),
    )  # fmt: skip
    value = table[lemma, pos].astype(np.float64)
    _participles(d, value, lexicon)
    length = np.ones(d.n_tokens, np.int32)
    phrase_terms: dict[int, str] = {}
    index = _phrase_index(voc, lexicon)
    for first, last, (term, valence) in index.find(lemma, d.tokens.sentence):
        value[first:last] = np.nan
        value[first] = valence
        length[first] = last - first
        phrase_terms[first] = term
    at = np.flatnonzero(~np.isnan(value) & (value != 0)).astype(np.int32)
    base = value[at]
    shifted, notes = _shift(d, at, length[at], base, lexicon)
    names = voc.lemmas
    terms = [phrase_terms.get(i) or names[k] for i, k in zip(at.tolist(), lemma[at].tolist(), strict=True)]
    category = np.where(base > 0, "positive", "negative").tolist()
    return Hits(at, at + length[at], terms, category, shifted, note=notes)


def _participles(d: Documents, value: FloatArray, lexicon: ValenceLexicon) -> None:
    """Give participles whose verb has no valence that of the adjective (``Die Lage ist angespannt``), in place."""
    adjective = d.vocabulary.table(
        ("valence of participles", lexicon.digest), np.float64,
        lambda new: [lexicon.values.get((w.lower(), "adj"), np.nan) for w in new],
    )  # fmt: skip
    at = np.flatnonzero((d.tag == TAG_ID["VV(PP)"]) & np.isnan(value))
    value[at] = adjective[d.tokens.type[at]]


def _phrase_index(voc: Vocabulary, lexicon: ValenceLexicon) -> NgramIndex[tuple[str, float]]:
    key = ("valence phrases", lexicon.digest)
    index = voc.indices.get(key)
    if index is None:
        entries = [
            (tuple(voc.lemma_id(w) for w in words), (" ".join(words), v)) for words, v in lexicon.phrases.items()
        ]
        # phrases stand in the lexicon as they are written; their words are found by lemma
        d = Documents([" ".join(words) for words in lexicon.phrases], voc)
        lemma = d.lemma
        for text, (words, v) in enumerate(lexicon.phrases.items()):
            sequence = tuple(lemma[d.slice(text)].tolist())
            if len(sequence) > 1:
                entries.append((sequence, (" ".join(words), v)))
        index = voc.indices[key] = NgramIndex(entries)
    return index  # type: ignore[return-value]


def _shift(
    d: Documents, at: IntArray, length: IntArray, base: FloatArray, lexicon: ValenceLexicon
) -> tuple[FloatArray, list[str]]:
    """Values after intensifiers, negation and reversers, with a note on what was done."""
    voc, lemma = d.vocabulary, d.lemma
    value = base.copy()
    notes = [""] * len(at)
    if len(at) == 0:
        return value, notes
    degree_table = voc.lemma_table(
        ("degree", lexicon.digest), np.float64, lambda new: [_degree(w, lexicon) for w in new]
    )
    degree = degree_table[lemma]
    before = np.maximum(at - 1, 0)
    same = (d.tokens.sentence[before] == d.tokens.sentence[at]) & (before < at)
    # adverbs strengthen adjectives and adverbs, adjectives strengthen nouns
    degree_adverb = ~_ADJECTIVE[d.tag[before]] & _GRADABLE[d.tag[at]]
    degree_adjective = (d.tag[before] == TAG_ID["ADJ(A)"]) & _NOUN[d.tag[at]]
    same &= degree_adverb | degree_adjective | (_ADJECTIVE[d.tag[before]] & _GRADABLE[d.tag[at]])
    factor = np.where(same, degree[before], 1.0)
    # the intensifier must not be a hit of its own that was already counted: "massiv", "schwer" count once
    own = np.zeros(d.n_tokens, bool)
    own[at] = True
    factor = np.where(own[before] & same, 1.0, factor)
    value = np.clip(value * factor, -1, 1)
    for k in np.flatnonzero(factor != 1).tolist():
        notes[k] = f"×{factor[k]:g} {voc.strings[d.tokens.type[before[k]]]}"
    turned, by = _reversed(d, lexicon)
    for k in np.flatnonzero(turned[at] != 0).tolist():
        i = int(at[k])
        if by[i] == i or (value[k] > 0 and not by[i] >= 0):
            continue
        value[k] *= turned[i]
        notes[k] = (notes[k] + f" turned by {voc.lemmas[lemma[by[i]]]}").strip()
    negation = d.negation
    last = at + length - 1
    negated = negation.negated[at] & negation.negated[last]
    # a phrase that has its negation in it ("kein Problem") is not negated again
    inside = (negation.by[at] >= at) & (negation.by[at] <= last)
    negated &= ~inside
    value[negated] *= NEGATION_FACTOR
    for k in np.flatnonzero(negated).tolist():
        notes[k] = (notes[k] + f" negated by {voc.strings[d.tokens.type[negation.by[at[k]]]]}").strip()
    return value, notes


def _degree(lemma: str, lexicon: ValenceLexicon) -> float:
    for pos in ("adv", "adj"):
        found = lexicon.shifters.get((lemma, pos))
        if found is not None and found[0] in ("intensifier", "diminisher"):
            return found[1]
    return 1.0


def _reversed(d: Documents, lexicon: ValenceLexicon) -> tuple[NDArray[np.float64], IntArray]:
    """Factor of each token that stands in the object of a reversing verb or noun, 0 elsewhere; and by which token."""
    voc, lemma = d.vocabulary, d.lemma
    table = voc.lemma_table(
        ("reverser", lexicon.digest), np.float64,
        lambda new: np.array([[_reverser(w, "verb", lexicon), _reverser(w, "noun", lexicon)] for w in new]).reshape(-1, 2),
    )  # fmt: skip
    factor = np.zeros(d.n_tokens)
    by = np.full(d.n_tokens, -1, np.int32)
    roles = d.role_table
    verb_factor = table[lemma[roles.verb], 0]
    for k in np.flatnonzero((verb_factor != 0) & (roles.role == PATIENT)).tolist():
        factor[roles.start[k] : roles.end[k]] = verb_factor[k]
        by[roles.start[k] : roles.end[k]] = roles.verb[k]
    phrases = d.phrases
    noun_factor = np.where(d.tag == TAG_ID["NN"], table[lemma, 1], 0)
    for p in np.flatnonzero(phrases.genitive_of >= 0).tolist():
        head = int(phrases.head[phrases.genitive_of[p]])
        if noun_factor[head] != 0:
            factor[phrases.start[p] : phrases.end[p]] = noun_factor[head]
            by[phrases.start[p] : phrases.end[p]] = head
    return factor, by


def _reverser(lemma: str, pos: str, lexicon: ValenceLexicon) -> float:
    found = lexicon.shifters.get((lemma, pos))
    return found[1] if found is not None and found[0] == "reverser" else 0.0
