"""Counts of terms by article: words, lemmas, n-grams or heads of compounds, of one voice or around one actor.

The corpus is parsed in batches and only the counts are kept. The last few results stay in memory, so that several
contrasts of one corpus parse it once.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.compare._types import FloatArray
from framing.errors import InputError, UsageError
from framing.language import vocabulary as v
from framing.language.corpus_words import BATCH, articles_with_text
from framing.language.documents import Documents
from framing.language.morphology import tag_mask
from framing.language.vocabulary import BoolArray, Vocabulary, shared_vocabulary
from framing.language.voices import AUTHOR, QUOTED

Unit = Literal["word", "lemma", "ngram", "head"]
Of = Literal["all", "author", "quoted"]
UNITS, VOICES = ("word", "lemma", "ngram", "head"), ("all", "author", "quoted")
_NOUN = tag_mask("NN", "NNA", "NNI")
# An ending of nouns with a linking s shows the joint of a compound without a look at the dictionary.
_JOINT = re.compile(r"[a-zäöü](?:heit|keit|ung|ion|schaft|tät)s([a-zäöüß]{4,})\Z")
_ENDINGS = frozenset({"schaft", "schaften", "ismus", "nahme"})
_KEPT_RESULTS = 4
_cache: OrderedDict[str, TermCounts] = OrderedDict()
# odd, so that multiplying loses nothing
_MIX = np.uint64(0x9E3779B97F4A7C15)
_csr: Any = sparse.csr_array


@dataclass(frozen=True)
class TermCounts:
    """How often each article has each term.

    Attributes
    ----------
    matrix
        Sparse, shape ``(articles, terms)``.
    terms
        Name of each column, sorted.
    articles
        The articles' rows without their text.
    sizes
        Shape ``(articles,)``: terms counted in each article, also those too rare for a column.
    counted
        What was counted, in words.
    """

    matrix: Any = field(repr=False)
    terms: list[str] = field(repr=False)
    articles: pd.DataFrame = field(repr=False)
    sizes: FloatArray = field(repr=False)
    counted: str


def term_counts(
    corpus: Any,
    *,
    unit: Unit = "word",
    of: Of = "all",
    around: str | None = None,
    window: int | None = None,
    n: int = 2,
    min_articles: int = 2,
    progress: bool | None = None,
) -> TermCounts:
    """Count the terms of titles and texts.

    Parameters
    ----------
    corpus
        Scores, a corpus table, a ``Corpus`` or the path of one.
    unit
        ``"word"``: as written, but function words at the start of a sentence in lower case; ``"lemma"``; ``"ngram"``: runs
        of `n` words within a sentence, no punctuation between; ``"head"``: nouns, a compound counted as its last part
        (``Asylflut`` as ``Flut``) where the dictionary knows it. Numbers and punctuation are no terms.
    of
        ``"all"``, ``"author"`` (not within quotations, reported speech or words of distance) or ``"quoted"``.
    around
        Id of an actor: only terms near its mentions, which themselves do not count.
    window
        How near in tokens, within the sentence; ``None``: the whole sentence.
    n
        Length of n-grams, 2 to 5.
    min_articles
        Terms of fewer articles have no column; they count in `sizes`.
    progress
        Show a progress bar; by default on a terminal.

    Raises
    ------
    UsageError, InputError
        If an option is unknown, no article names the actor, or nothing is left to count.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["A", "B"], "title": ["", ""],
    ...                        "text": ["Die Asylflut steigt.", "Die Flut fällt."]})
    >>> term_counts(corpus, unit="head").terms
    ['Flut']
    """
    if unit not in UNITS:
        raise UsageError(f"no unit {unit!r}", cure=f"use one of {', '.join(UNITS)}")
    if of not in VOICES:
        raise UsageError(f"no voice {of!r}", cure=f"use one of {', '.join(VOICES)}")
    if not 2 <= n <= 5 or min_articles < 1 or (window is not None and window < 1):
        raise UsageError("n must be 2 to 5, min_articles and window at least 1", cure="leave them at their defaults")
    articles = articles_with_text(corpus)
    key = _key(articles, (unit, of, around, window, n, min_articles))
    if key in _cache:
        _cache.move_to_end(key)
        return _cache[key]
    result = _count(articles, unit, of, around, window, n, min_articles, progress)
    _cache[key] = result
    if len(_cache) > _KEPT_RESULTS:
        _cache.popitem(last=False)
    return result


def _count(
    articles: pd.DataFrame,
    unit: Unit,
    of: Of,
    around: str | None,
    window: int | None,
    n: int,
    min_articles: int,
    progress: bool | None,
) -> TermCounts:
    rows, codes, counts = [], [], []
    grams: dict[str, list[NDArray[Any]]] = {"code": [], "ids": []}
    numbers = _Numbers(unit)
    mentions = 0
    for start, d in _parsed(articles, progress):
        segment = d.tokens.segment
        keep = ((d.flags & v.WORD) > 0) & ((d.flags & (v.NUMBER | v.SINGLE_LETTER)) == 0)
        if of != "all":
            keep &= d.voice == (AUTHOR if of == "author" else QUOTED)
        if around is not None:
            near, found = _near(d, around, window)
            keep &= near
            mentions += found
        ids = numbers.of(d)
        keep &= ids >= 0
        article = segment // 2 + start
        if unit == "ngram":
            at = _runs(keep, d.tokens.sentence, segment, n)
            code, parts = _codes(ids, at, n)
            unique, first = np.unique(code, return_index=True)
            grams["code"].append(unique)
            grams["ids"].append(parts[first])
        else:
            at = np.flatnonzero(keep)
            code = ids[at].astype(np.uint64)
        pairs, count = np.unique(np.column_stack([article[at].astype(np.uint64), code]), axis=0, return_counts=True)
        rows.append(pairs[:, 0].astype(np.int32))
        codes.append(pairs[:, 1])
        counts.append(count.astype(np.int32))
    if around is not None and mentions == 0:
        raise UsageError(f"no mention of the actor {around!r}", cure="use an id of the column actor of the scores")
    names = numbers.names()
    every = np.concatenate(codes)
    if len(every) == 0:
        raise InputError("no terms to count", cure="give articles with text, or choose another voice or actor")
    if unit == "ngram":
        kept_codes, first = np.unique(np.concatenate(grams["code"]), return_index=True)
        parts = np.concatenate(grams["ids"])[first]
    else:
        kept_codes = np.unique(every)
        parts = kept_codes.astype(np.int32)[:, None]
    column = np.searchsorted(kept_codes, every)
    matrix = _csr(
        (np.concatenate(counts), (np.concatenate(rows), column)), shape=(len(articles), len(kept_codes)), dtype=np.int32
    )
    sizes = np.asarray(matrix.sum(axis=1)).ravel().astype(np.float64)
    often = np.flatnonzero(np.bincount(column, minlength=len(kept_codes)) >= min_articles)
    terms = [" ".join(names[int(i)] for i in row) for row in parts[often].tolist()]
    order = sorted(range(len(terms)), key=terms.__getitem__)
    return TermCounts(
        matrix[:, often[order]].tocsr(), [terms[i] for i in order], articles.drop(columns="text"), sizes,
        _described(unit, of, around, window, n),
    )  # fmt: skip


class _Numbers:
    """Number of the term of each token, and the terms' names; -1 where a token is none."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.vocabulary: Vocabulary | None = None
        self.map = np.zeros(0, np.int32)

    def of(self, d: Documents) -> NDArray[np.int32]:
        self.vocabulary = voc = d.vocabulary
        if self.unit == "lemma":
            return d.lemma
        nouns = self.unit == "head"
        own = d.lemma if nouns else d.tokens.type
        wanted = own[_NOUN[d.tag]] if nouns else own
        size = int(own.max(initial=-1)) + 1
        if size > len(self.map):
            self.map = np.concatenate([self.map, np.full(size - len(self.map), -1, np.int32)])
        for number in np.unique(wanted[self.map[wanted] < 0]).tolist():
            if nouns:
                self.map[number] = voc.lemma_id(_head(voc, voc.lemmas[number]))
            else:
                form = voc.strings[number]
                self.map[number] = voc.encode_one(form.lower()) if voc.flags[number] & v.STARTER else number
        return np.where(_NOUN[d.tag], self.map[own], -1).astype(np.int32) if nouns else self.map[own]

    def names(self) -> list[str]:
        if self.vocabulary is None:
            return []
        return self.vocabulary.strings if self.unit in ("word", "ngram") else self.vocabulary.lemmas


def _head(voc: Vocabulary, lemma: str) -> str:
    """Last part of a compound where dictionary and analyser agree on it, so that ``Existenz`` does not end in a part."""
    last = lemma.rpartition("-")[2]
    if last != lemma:
        return _head(voc, last[:1].upper() + last[1:]) if len(last) > 2 else lemma
    if not lemma[:1].isupper():
        return lemma
    joint = _JOINT.search(lemma)
    if joint:
        return joint[1][0].upper() + joint[1][1:]
    known = voc.morphology.head_noun(lemma)
    if not known or known.lower() in _ENDINGS:
        return lemma
    parts = voc.morphology.parts(lemma)
    agree = len(parts) > 1 and (known.lower().endswith(parts[-1]) or parts[-1].endswith(known.lower()))
    return known[0].upper() + known[1:] if agree else lemma


def _near(d: Documents, actor: str, window: int | None) -> tuple[BoolArray, int]:
    """Tokens near mentions of the actor, without the mentions; number of mentions."""
    own = [name for name in d.name_list if name.name == actor]
    near = np.zeros(d.n_tokens, bool)
    sentence = d.tokens.sentence
    for name in own:
        low, high = np.searchsorted(sentence, [sentence[name.first], sentence[name.first] + 1])
        if window is not None:
            low, high = max(low, name.first - window), min(high, name.last + window)
        near[low:high] = True
    for name in own:
        near[name.first : name.last] = False
    return near, len(own)


def _runs(keep: BoolArray, sentence: NDArray[Any], segment: NDArray[Any], n: int) -> NDArray[np.intp]:
    """Where n tokens in a row are kept and of one sentence."""
    length = max(len(keep) - n + 1, 0)
    good = np.ones(length, bool)
    for k in range(n):
        good &= keep[k : k + length]
    good &= sentence[:length] == sentence[n - 1 : n - 1 + length]
    good &= segment[:length] == segment[n - 1 : n - 1 + length]
    return np.flatnonzero(good)


def _codes(ids: NDArray[np.int32], at: NDArray[np.intp], n: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """A 64-bit hash of each n-gram, and its words; two n-grams of one corpus sharing a hash is improbable (1e-7)."""
    parts = np.column_stack([ids[at + k] for k in range(n)])
    code = np.zeros(len(at), np.uint64)
    for k in range(n):
        code = (code ^ (parts[:, k].astype(np.uint64) + np.uint64(1))) * _MIX
        code ^= code >> np.uint64(29)
    return code, parts


def _parsed(articles: pd.DataFrame, progress: bool | None) -> Iterator[tuple[int, Documents]]:
    from tqdm import tqdm

    # numbers of words hold for one vocabulary, and a new one may be begun between batches
    vocabulary = shared_vocabulary()
    show = sys.stderr.isatty() if progress is None else progress
    titles, texts = articles["title"].fillna("").tolist(), articles["text"].tolist()
    with tqdm(total=len(texts), unit=" articles", desc="counting terms", disable=not show, delay=1.0) as bar:
        for start in range(0, len(texts), BATCH):
            pairs = zip(titles[start : start + BATCH], texts[start : start + BATCH], strict=True)
            yield start, Documents([s for pair in pairs for s in pair], vocabulary)
            bar.update(min(BATCH, len(texts) - start))


def _described(unit: Unit, of: Of, around: str | None, window: int | None, n: int) -> str:
    what = {"word": "words", "lemma": "lemmas", "ngram": f"{n}-grams", "head": "nouns by the head of compounds"}[unit]
    voice = {"all": "", "author": ", author's voice", "quoted": ", quoted voice"}[of]
    where = "sentence" if window is None else f"{window} tokens"
    return what + voice + (f", around {around} ({where})" if around is not None else "")


def _key(articles: pd.DataFrame, options: tuple[object, ...]) -> str:
    digest = hashlib.blake2b(repr(options).encode(), digest_size=16)
    for column in ("article_id", "outlet", "title", "text"):
        digest.update("\0".join(articles[column].fillna("").astype(str)).encode("utf-8", "surrogatepass"))
    rest = articles.drop(columns=["title", "text"])
    digest.update(pd.util.hash_pandas_object(rest.astype("str"), index=False).to_numpy().tobytes())
    return digest.hexdigest()
