"""Words of a corpus as numbers: which lemma, in which article and sentence, near which actor.

What the methods that learn from the whole corpus share: read once, then counted as often as needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing import lexicons
from framing.errors import UsageError
from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.morphology import CONTENT, tag_mask
from framing.language.vectors import ContentWords
from framing.language.vocabulary import IntArray, shared_vocabulary

BATCH = 100
# Names say who an article is about, not how it is framed.
_COMMON = tag_mask("NN", "NNA", "NNI", "VV*", "ADJ*")
# Verbs and adjectives that stand in any text.
_EMPTY = frozenset(
    """geben gehen kommen machen lassen stehen sagen finden bleiben liegen sehen bringen nehmen halten heißen
    tun wissen zeigen führen gelten stellen setzen erklären sprechen berichten mitteilen laut neu groß viel viele weit
    gut ganz lang klein hoch erst letzt nächst eigen ander weiter bisherig derzeitig aktuell jüngst vergangen kommend
    solch bestimmt gleich möglich wirklich wichtig Jahr Tag Woche Monat Uhr Zeit Prozent Million Milliarde Mal Fall
    Teil Ende Seite Frage Thema Beispiel Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar
    Februar März April Mai Juni Juli August September Oktober November Dezember Herr Frau Mensch Land""".split()
)


@dataclass(frozen=True)
class CorpusWords:
    """Content words of a corpus in text order.

    Attributes
    ----------
    articles
        The articles' rows (``article_id, outlet, title`` and what else there is), numbered from 0.
    words
        Lemma and sentence of each content word, as :class:`~framing.language.vectors.WordVectors` wants them.
    article
        Shape ``(words,)``: row of the article of each word.
    common
        Shape ``(words,)``: whether it is a noun, full verb or adjective that can tell how a thing is framed: no name,
        no part of a mention of an actor, none of the words that stand in any text.
    mentions
        ``actor, sentence, article`` of each sentence that mentions an actor; empty if not asked for.
    """

    articles: pd.DataFrame
    words: ContentWords = field(repr=False)
    article: IntArray = field(repr=False)
    common: NDArray[np.bool_] = field(repr=False)
    mentions: pd.DataFrame = field(repr=False)

    def common_lemmas(self) -> frozenset[str]:
        """Lemmas that are mostly such words."""
        size = len(self.words.names)
        common = np.bincount(self.words.lemma[self.common], minlength=size)
        most = np.flatnonzero(2 * common > np.bincount(self.words.lemma, minlength=size))
        return frozenset(self.words.names[i] for i in most.tolist())


def read_words(corpus: Any, *, actors: bool = False, progress: bool | None = None) -> CorpusWords:
    """Read the content words of a corpus.

    Parameters
    ----------
    corpus
        Scores, a corpus table, a ``Corpus`` or the path of one.
    actors
        Also find the sentences that mention each actor; slower.
    progress
        Show a progress bar; by default on a terminal.

    Raises
    ------
    InputError, UsageError
        Where the corpus lacks a column or is empty.
    """
    articles = articles_with_text(corpus)
    lemma, sentence, article, common = [], [], [], []
    mentions: list[pd.DataFrame] = []
    names: list[str] = []
    offset = 0
    for start, d in _parsed(articles, progress):
        t = d.tokens
        keep = CONTENT[d.tag] & ((d.flags & v.WORD) > 0) & ((d.flags & (v.SINGLE_LETTER | v.ABBREVIATION)) == 0)
        told = keep & _COMMON[d.tag]
        lemmas = d.lemma
        told &= ~d.vocabulary.lemma_table("empty words", np.bool_, _is_empty)[lemmas]
        if actors:
            found = _mentions(d, told)
            mentions.append(found.assign(sentence=found["sentence"] + offset, article=found["segment"] // 2 + start))
        lemma.append(lemmas[keep])
        sentence.append((t.sentence[keep] + offset).astype(np.int32))
        article.append((t.segment[keep] // 2 + start).astype(np.int32))
        common.append(told[keep])
        offset += int(t.sentence[-1]) + 1 if len(t.sentence) else 0
        names = d.vocabulary.lemmas
    table = (
        pd.concat(mentions, ignore_index=True) if mentions else pd.DataFrame(columns=["actor", "sentence", "article"])
    )
    return CorpusWords(
        articles.drop(columns="text"),
        ContentWords(np.concatenate(lemma), np.concatenate(sentence), names),
        np.concatenate(article),
        np.concatenate(common),
        table[["actor", "sentence", "article"]].drop_duplicates(ignore_index=True),
    )


def articles_with_text(corpus: Any) -> pd.DataFrame:
    """Articles with ``title`` and ``text``, of scores or of a corpus."""
    if hasattr(corpus, "texts") and hasattr(corpus, "articles"):
        kept = corpus.articles.drop(columns=["title", "text"], errors="ignore")
        return kept.merge(corpus.texts, on="article_id", how="left", validate="1:1")
    from framing.scoring import corpus_table

    return corpus_table(corpus)


def count_matrix(rows: NDArray[np.integer], columns: NDArray[np.integer], shape: tuple[int, int]) -> Any:
    """Counts of pairs as a sparse matrix of SciPy."""
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def chosen_actor(mentions: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Mentions of one actor.

    Raises
    ------
    UsageError
        Where the corpus does not mention it; names the most frequent ones.
    """
    own = mentions[mentions["actor"] == actor]
    if own.empty:
        often = mentions["actor"].value_counts().index[:8]
        raise UsageError(f"no mention of the actor {actor!r}", cure=f"use an id such as {', '.join(map(str, often))}")
    return own


def _is_empty(lemmas: list[str]) -> list[bool]:
    """Whether lemmas stand in any text or name a state, place or organisation, however they are tagged."""
    names = _names()
    return [w in _EMPTY or w in names for w in lemmas]


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    columns = (("states", ("id", "name", "adjective", "inhabitant_m", "inhabitant_f", "aliases")), ("places", ("name",)),
               ("organisations", ("name", "short", "aliases")))  # fmt: skip
    cells = [row.get(c, "") for name, wanted in columns for row in lexicons.load(name).rows for c in wanted]
    return frozenset(w.rstrip("?") for cell in cells for w in cell.split("|") if w)


def _parsed(articles: pd.DataFrame, progress: bool | None) -> Iterator[tuple[int, Documents]]:
    from tqdm import tqdm

    # numbers of words hold for one vocabulary, and a new one may be begun between batches
    vocabulary = shared_vocabulary()
    show = sys.stderr.isatty() if progress is None else progress
    titles, texts = articles["title"].tolist(), articles["text"].tolist()
    with tqdm(total=len(texts), unit=" articles", desc="reading words", disable=not show, delay=0.5) as bar:
        for start in range(0, len(texts), BATCH):
            pairs = zip(titles[start : start + BATCH], texts[start : start + BATCH], strict=True)
            yield start, Documents([s for pair in pairs for s in pair], vocabulary)
            bar.update(min(BATCH, len(texts) - start))


def _mentions(d: Documents, told: NDArray[np.bool_]) -> pd.DataFrame:
    """Actor, sentence and text of each mention; the words of the mention itself are struck from ``told``."""
    names = [n for n in d.name_list if n.type != "place"]
    first = np.array([n.first for n in names], np.int64)
    for n in names:
        told[n.first : n.last] = False
    t = d.tokens
    return pd.DataFrame({"actor": [n.name for n in names], "sentence": t.sentence[first], "segment": t.segment[first]})
