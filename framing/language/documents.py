"""Texts parsed together: arrays over all their tokens, and what is found in them.

A batch of texts is parsed at once, since array operations cost the same for one headline as for a hundred
articles. Each step is computed when first asked for and kept.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.language import vocabulary as v
from framing.language.clauses import Clauses, find_clauses
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.phrases import Phrases, find_phrases
from framing.language.tagging import tag
from framing.language.tokens import Tokens, tokenise
from framing.language.vocabulary import IntArray, Vocabulary, shared_vocabulary

if TYPE_CHECKING:
    from framing.language.gazetteer import Gazetteer
    from framing.language.names import Name
    from framing.language.negation import Negation
    from framing.language.quotations import Quotation
    from framing.language.roles import Roles
    from framing.language.spacy_backend import Backend

_VVPP_OR_INF = [TAG_ID[t] for t in ("VV(PP)", "VV(INF)", "VV(IZU)")]


_ADJECTIVE_OR_ADVERB = tag_mask("ADJ(D)", "ADV", "PTKVZ")


@lru_cache(maxsize=1)
def separable_verbs() -> frozenset[str]:
    """Infinitives of separable verbs in the lexicon of verbs (``klarstellen``)."""
    return frozenset(row["verb"] for row in lexicons.load("verbs").rows if row["particle"])


@lru_cache(maxsize=1)
def separable_words() -> frozenset[str]:
    """Particles of those verbs (``an``, ``klar``)."""
    return frozenset(row["particle"] for row in lexicons.load("verbs").rows if row["particle"])


@contextmanager
def uncollected() -> Iterator[None]:
    """No passes of the garbage collector: parsing makes many small objects and no cycles, and a pass visits all that is known.

    They take a sixth of the time of a parse.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, replaced by U+FFFD; offsets stay."""
    return _LONE_SURROGATE.sub("\ufffd", text) if not text.isascii() else text


class Documents:
    """Parsed texts.

    Parameters
    ----------
    texts
        The texts. All offsets are characters of their own text.
    vocabulary
        Word types are added to it; that of the process if not given.
    backend
        A spaCy pipeline, its name or its folder; sets the steps that it has components for
        (see :mod:`framing.language.spacy_backend`).
    """

    def __init__(
        self,
        texts: Sequence[str],
        vocabulary: Vocabulary | None = None,
        backend: Backend | None = None,
        *,
        group: IntArray | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self.texts = [printable(t) for t in texts]
        self.group = group
        self.gazetteer = gazetteer
        self._capitals: dict[int, frozenset[str]] = {}
        # countries that each text names, by gazetteer and text, as far as asked for
        self.countries: dict[tuple[str, int], frozenset[str]] = {}
        self.vocabulary = vocabulary if vocabulary is not None else shared_vocabulary()
        if backend is not None:
            from framing.language.spacy_backend import annotate

            annotate(self, backend)

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens and sentences."""
        return tokenise(self.texts, self.vocabulary)

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def n_tokens(self) -> int:
        """Number of tokens of all texts, punctuation included."""
        return len(self.tokens.type)

    @cached_property
    def flags(self) -> IntArray:
        """Shape flags of each token."""
        # first the tokens: reading them may bring new words into the vocabulary
        types = self.tokens.type
        return self.vocabulary.flags[types]

    @cached_property
    def tag(self) -> NDArray[np.uint8]:
        """Part-of-speech number of each token, index into :data:`framing.language.morphology.TAGS`."""
        return tag(self.tokens, self.vocabulary)

    @cached_property
    def word_lemma(self) -> IntArray:
        """Lemma number of each token by itself, particles not yet joined."""
        return self.vocabulary.lemmatise(self.tokens.type, self.tag)

    @cached_property
    def lemma(self) -> IntArray:
        """Lemma number of each token; a verb whose particle stands apart has the joined lemma (``angreifen``)."""
        clauses = self.clauses
        self._join_adjectives()
        at = np.flatnonzero((clauses.particle >= 0) & (clauses.finite >= 0))
        at = at[clauses.finite[at] < clauses.particle[at]]
        # the particle belongs to the finite verb, unless an infinitive or participle took it
        lemma = self.word_lemma.copy()
        if len(at) == 0:
            return lemma
        finite, particle = clauses.finite[at], clauses.particle[at]
        keys = self.tokens.type[particle].astype(np.int64) << 32 | lemma[finite]
        unique, inverse = np.unique(keys, return_inverse=True)
        names, strings = self.vocabulary.lemmas, self.vocabulary.strings
        verbs = (names[int(k) & 0xFFFFFFFF] for k in unique)
        # "fällt … aus": of the two verbs that "fällt" can be, the one that takes particles
        joined = [
            self.vocabulary.lemma_id(strings[int(k) >> 32].lower() + ("fallen" if verb == "fällen" else verb))
            for k, verb in zip(unique, verbs, strict=True)
        ]
        lemma[finite] = np.array(joined, np.int32)[inverse]
        return lemma

    def _join_adjectives(self) -> None:
        """Take an adjective or adverb at the end of a clause for a particle where the verb with it is listed (``stellte klar``)."""
        clauses, lemma = self.clauses, self.word_lemma
        could_be = self.vocabulary.table(
            "adjective particles", np.bool_, lambda new: [w in separable_words() for w in new]
        )
        last = self.clause_end - 1
        at = np.flatnonzero((clauses.particle < 0) & (clauses.finite >= 0))
        if len(at) == 0:
            return
        finite = clauses.finite[at]
        end = last[finite].copy()
        for _ in range(2):
            end -= ((self.flags[end] & v.PUNCT) > 0) & (end > finite)
        fits = could_be[self.tokens.type[end]] & _ADJECTIVE_OR_ADVERB[self.tag[end]] & (end > finite)
        names, strings = self.vocabulary.lemmas, self.vocabulary.strings
        for clause, verb, particle in zip(at[fits].tolist(), finite[fits].tolist(), end[fits].tolist(), strict=True):
            if strings[self.tokens.type[particle]] + names[lemma[verb]] in separable_verbs():
                clauses.particle[clause] = particle

    @cached_property
    def clauses(self) -> Clauses:
        """Clauses and their verbs."""
        return find_clauses(self.tag, self.tokens.type, self.word_lemma, self.tokens.sentence, self.vocabulary)

    @cached_property
    def clause_end(self) -> IntArray:
        """For each token the token after the last of the unbroken stretch of its clause."""
        clause = self.clauses.of_token
        n = len(clause)
        change = np.flatnonzero(np.r_[clause[1:] != clause[:-1], True]) + 1 if n else np.zeros(0, np.int64)
        return change[np.searchsorted(change, np.arange(n), side="right")].astype(np.int32)

    @cached_property
    def phrases(self) -> Phrases:
        """Noun phrases."""
        return find_phrases(self.tag, self.tokens.type, self.word_lemma, self.tokens.sentence, self.vocabulary)

    @cached_property
    def negation(self) -> Negation:
        """Which tokens are negated, and by what."""
        from framing.language.negation import find_negation

        return find_negation(self)

    @cached_property
    def role_table(self) -> Roles:
        """Agents and patients of verbs."""
        from framing.language.roles import find_roles

        return find_roles(self)

    @cached_property
    def _speech(self) -> tuple[list[Quotation], NDArray[np.uint8], NDArray[np.int32]]:
        from framing.language.quotations import find_quotations

        return find_quotations(self)

    @cached_property
    def name_list(self) -> list[Name]:
        """Names of all texts, in text order."""
        from framing.language.names import find_names

        return find_names(self, self.gazetteer, self.group)

    @cached_property
    def behind_titles(self) -> NDArray[np.bool_]:
        """Whether an office or a title stands right before each token."""
        from framing.language.persons import behind_titles

        return behind_titles(self)

    @cached_property
    def actor_at(self) -> dict[int, Name]:
        """Name at each token that names someone who can act."""
        from framing.language.attribution import head_names

        return head_names(self)

    @cached_property
    def speaker_names(self) -> list[Name | None]:
        """Actor of each quotation's speaker, None where it is open; in the order of :attr:`quotation_list`."""
        from framing.language.attribution import find_speakers

        return find_speakers(self)

    @property
    def quotation_list(self) -> list[Quotation]:
        """Quotations of all texts, in text order."""
        return self._speech[0]

    @property
    def scare(self) -> NDArray[np.int32]:
        """Number of the scare-quoted span of each token, -1 outside."""
        return self._speech[2]

    @cached_property
    def voice(self) -> NDArray[np.uint8]:
        """Voice of each token: 0 author, 1 quoted, 2 distanced (see :mod:`framing.language.voices`)."""
        from framing.language.voices import find_voices

        return find_voices(self, self._speech[1])

    def analyse(self) -> Documents:
        """Take all steps of the parse at once; else each is taken when it is first asked for."""
        with uncollected():
            _ = self.lemma, self.negation, self.role_table, self.name_list, self.voice
        return self

    def slice(self, text: int) -> slice:
        """Tokens of one text."""
        bounds = self.tokens.segment_start
        return slice(int(bounds[text]), int(bounds[text + 1]))

    def capitals(self, text: int) -> frozenset[str]:
        """Capitalised words of one text."""
        found = self._capitals.get(text)
        if found is None:
            types = self.tokens.type[self.slice(text)]
            capital = types[(self.vocabulary.flags[types] & v.CAPITAL) > 0]
            strings = self.vocabulary.strings
            found = self._capitals[text] = frozenset([strings[x] for x in set(capital.tolist())])
        return found

    def together(self, token: int, other: int) -> bool:
        """Whether two places are tokens of one sentence; a place before the first or behind the last token is none."""
        sentence = self.tokens.sentence
        return 0 <= token < len(sentence) and 0 <= other < len(sentence) and bool(sentence[token] == sentence[other])

    def word_at(self, token: int, beside: int) -> str:
        """The word at a token, empty where it is in another sentence (or text) than the token ``beside`` it."""
        return self.vocabulary.strings[self.tokens.type[token]] if self.together(token, beside) else ""

    def surface(self, first: int, last: int) -> str:
        """The text from token ``first`` to the token before ``last``."""
        t = self.tokens
        return self.texts[int(t.segment[first])][int(t.start[first]) : int(t.end[last - 1])]
