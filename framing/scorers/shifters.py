"""Which tokens shift the value of others: the rows of ``shifters.csv`` found in parsed texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language.documents import Documents
from framing.language.morphology import TAG_ID, TAGS, tag_mask
from framing.language.vocabulary import BoolArray, IntArray, Vocabulary
from framing.scorers.base import FloatArray
from framing.scorers.multiword import Found, multiword_index
from framing.scorers.valence import Shifter, ValenceLexicon

PREPOSITIONS = (
    "vor", "gegen", "von", "an", "auf", "nach", "mit", "um", "über", "aus", "zu", "gegenüber", "für", "bei",
)  # fmt: skip
_SCOPES = ("object", "subject", "dative", "genitive", "noun", "phrase", "clause", "following", "sentence")
SCOPE = {name: 1 << i for i, name in enumerate((*_SCOPES, *PREPOSITIONS))}
_CONTRACTED = {
    "vom": "von", "zum": "zu", "zur": "zu", "am": "an", "ans": "an", "ums": "um", "beim": "bei", "aufs": "auf",
    "übers": "über", "fürs": "für", "gegens": "gegen", "vors": "vor", "vorm": "vor",
}  # fmt: skip
IRREALIS = 1
_DEGREE = ("intensifier", "diminisher")
# Columns of the table of lemmas: the parts of speech to try in turn for a token of each class.
_CLASSES = (
    ("noun",), ("verb",), ("adj",), ("adv", "adj"), ("adv", "adj"), ("prep",), ("conj", "prep"), ("particle",),
    ("det", "pron", "adv"),
)  # fmt: skip
_CLASS_TAGS = (
    ("NN", "NNA", "NNI", "NE"), ("VV*", "VA*", "VM*"), ("ADJ(A)",), ("ADJ(D)",), ("ADV",), ("APPR", "APPRART", "APPO"),
    ("KOUS", "KOUI", "KON"), ("$.",), ("PIAT", "PIS"),
)  # fmt: skip
_CLASS_OF_TAG = np.full(64, len(_CLASSES), np.int8)
for _number, _tags in enumerate(_CLASS_TAGS):
    _CLASS_OF_TAG[tag_mask(*_tags)] = _number
_PARTICIPLE = TAG_ID["VV(PP)"]
# Forms listed by themselves, since their lemma has another meaning: "könnte", "würden", "hättest".
_SUBJUNCTIVE = frozenset("könnte müsste dürfte möchte sollte wollte würde hätte wäre".split())
_TAKES_ALS = ("gelten", "erweisen", "herausstellen", "ansehen", "betrachten", "bezeichnen")
_LOOSE = ("weiter", "wieder", "zusammen", "hinterher", "vorher", "umher", "herum", "mit")
_ENDINGS = ("n", "st", "t", "")
_FORM_TAGS = tag_mask(*(t for t in TAGS if t.startswith(("VA", "VM"))))


@dataclass(frozen=True, slots=True)
class ShifterTokens:
    """The shifters in some texts, as arrays over their tokens.

    Attributes
    ----------
    factor, scope, only, irrealis
        Shape ``(tokens,)``: factor (1 where there is no shifter), scopes (bits of :data:`SCOPE`), sign that it is
        confined to (0 for both), whether it is irrealis.
    degree
        Shape ``(tokens,)``: factor for the word that follows.
    wide
        Whether the degree comes from a phrase, which can bear on any word.
    term
        By token, for those whose name is not their lemma.
    """

    factor: FloatArray
    scope: IntArray
    only: NDArray[np.int8]
    irrealis: BoolArray
    degree: FloatArray
    wide: BoolArray
    term: dict[int, str]


class _Entries:
    """The shifters as arrays; number 0 stands for none."""

    def __init__(self, lexicon: ValenceLexicon) -> None:
        self.rows: list[Shifter | None] = [None, *lexicon.shifters.values()]
        self.number = {key: i for i, key in enumerate(lexicon.shifters, start=1)}
        self._terms = frozenset(term for term, _ in self.number)
        some = [s for s in self.rows if s is not None]
        degree = [s.kind in _DEGREE and "next" in s.scope for s in some]
        weight = [s.kind == "negator" and "next" in s.scope for s in some]
        self.degree = np.array(
            [1.0, *(s.factor if a or b else 1.0 for s, a, b in zip(some, degree, weight, strict=True))]
        )
        self.scope = np.array([0, *(sum(SCOPE.get(x, 0) for x in s.scope) for s in some)], np.int32)
        self.factor = np.array([1.0, *(s.factor for s in some)])
        self.only = np.array([0, *({"positive": 1, "negative": -1}.get(s.only, 0) for s in some)], np.int8)
        self.irrealis = np.array([False, *(s.kind == "irrealis" for s in some)])

    def of_lemma(self, lemma: str) -> list[int]:
        if lemma not in self._terms:
            return [0] * (len(_CLASSES) + 1)
        row = []
        for options in _CLASSES:
            numbers = (self.number.get((lemma, pos), 0) for pos in options)
            row.append(next((n for n in numbers if n), 0))
        return [*row, 0]

    def of_form(self, word: str) -> int:
        lower = word.lower()
        for ending in _ENDINGS:
            if lower.endswith(ending) and lower[: len(lower) - len(ending)] in _SUBJUNCTIVE:
                return self.number.get((lower[: len(lower) - len(ending)], "verb"), 0)
        return 0

    def of_participle(self, word: str) -> int:
        return self.number.get((word.lower(), "adj"), 0)


def _entries(lexicon: ValenceLexicon, vocabulary: Vocabulary) -> _Entries:
    known = vocabulary.indices.get(("shifters", lexicon.digest))
    if known is None:
        known = vocabulary.indices[("shifters", lexicon.digest)] = _Entries(lexicon)  # type: ignore[assignment]
    return known  # type: ignore[return-value]


def preposition_bits(d: Documents) -> IntArray:
    """Bit of :data:`SCOPE` for each token that is a preposition that shifters take, else 0."""
    table = d.vocabulary.table(
        "shifter prepositions", np.int32,
        lambda new: [SCOPE.get(_CONTRACTED.get(w.lower(), w.lower()), 0) & ~((1 << len(_SCOPES)) - 1) for w in new],
    )  # fmt: skip
    return table[d.tokens.type]


def without_adverb(d: Documents) -> IntArray:
    """Lemma of each token, that of ``sinkt … weiter`` without its particle, which says nothing of good or bad."""
    clauses, voc = d.clauses, d.vocabulary
    loose = voc.table("loose particles", np.bool_, lambda new: [w in _LOOSE for w in new])
    lemma = d.lemma
    at = clauses.particle
    fits = (at >= 0) & (clauses.finite >= 0) & loose[d.tokens.type[np.maximum(at, 0)]]
    verb = clauses.finite[fits]
    if len(verb) == 0:
        return lemma
    lemma = lemma.copy()
    lemma[verb] = d.word_lemma[verb]
    return lemma


def find_shifters(d: Documents, lexicon: ValenceLexicon) -> ShifterTokens:
    """The shifters in some texts; see :class:`ShifterTokens`."""
    voc, lemma = d.vocabulary, d.lemma
    entries = _entries(lexicon, voc)
    key = ("shifter", lexicon.digest)
    table = voc.lemma_table(
        key, np.int16, lambda new: np.array([entries.of_lemma(w) for w in new], np.int16).reshape(-1, len(_CLASSES) + 1)
    )
    kind = _CLASS_OF_TAG[d.tag]
    number = table[lemma, kind]
    # "sinkt weiter" is no verb of its own
    number = np.where(number == 0, table[without_adverb(d), kind], number)
    forms = voc.table((key, "forms"), np.int16, lambda new: [entries.of_form(w) for w in new])
    form = np.where(_FORM_TAGS[d.tag], forms[d.tokens.type], 0)
    number = np.where(form > 0, form, number)
    participles = voc.table((key, "participles"), np.int16, lambda new: [entries.of_participle(w) for w in new])
    number = np.where((d.tag == _PARTICIPLE) & (number == 0), participles[d.tokens.type], number)
    number[_standard_of_comparison(d)] = 0
    degree = entries.degree[number]
    _not_only(d, degree)
    wide = np.zeros(d.n_tokens, bool)
    term: dict[int, str] = {}
    phrases = {s.term: s for s in entries.rows if s is not None and s.pos == "phrase"}
    found = multiword_index(phrases, ("shifters", lexicon.digest), voc).find(d)
    for f in found:
        _place(f, phrases[f.term], entries, number, degree, wide, term)
    return ShifterTokens(
        entries.factor[number],
        entries.scope[number],
        entries.only[number],
        entries.irrealis[number],
        degree,
        wide,
        term,
    )


def _standard_of_comparison(d: Documents) -> BoolArray:
    """``als erwartet``: compared with, and not said of the sentence."""
    kokom = d.tag == TAG_ID["KOKOM"]
    after = np.zeros(d.n_tokens, bool)
    after[1:] = kokom[:-1]
    # "gilt als besiegt" compares nothing
    finite = d.clauses.finite[d.clauses.of_token]
    takes = np.array([d.vocabulary.lemma_id(w) for w in _TAKES_ALS], np.int32)
    predicate = (finite >= 0) & np.isin(d.lemma[np.maximum(finite, 0)], takes)
    result: BoolArray = after & (d.tag == _PARTICIPLE) & ~predicate
    return result


def _place(
    f: Found,
    s: Shifter,
    entries: _Entries,
    number: NDArray[np.int16],
    degree: FloatArray,
    wide: BoolArray,
    term: dict[int, str],
) -> None:
    """Let a phrase stand for its words: at its verb where it has one, else at its last word, in place."""
    degree[f.first : f.last] = 1
    number[f.first : f.last] = 0
    at = f.verb if f.verb >= 0 else f.last - 1
    term[at] = s.term
    if "next" in s.scope:
        degree[at] = s.factor
        wide[at] = True
    else:
        number[at] = entries.number[s.term, "phrase"]


def _not_only(d: Documents, degree: FloatArray) -> None:
    """``nur`` alone weakens, ``nicht nur`` does not; in place."""
    voc = d.vocabulary
    only = [voc.encode_one(w) for w in ("nur", "bloß", "allein", "lediglich")]
    at = np.flatnonzero(np.isin(d.tokens.type, only) & (degree != 1))
    at = at[at > 0]
    negators = [voc.encode_one(w) for w in ("nicht", "Nicht")]
    degree[at[np.isin(d.tokens.type[at - 1], negators)]] = 1
