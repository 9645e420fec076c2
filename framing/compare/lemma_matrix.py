"""Articles by lemmas, weighted by TF-IDF: what topics are found in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from framing.errors import UsageError
from framing.language.corpus_words import CorpusWords, count_matrix, read_words


@dataclass(frozen=True)
class LemmaMatrix:
    """TF-IDF of the lemmas of a corpus: ``matrix`` of shape ``(articles, terms)``, the terms and the articles' rows."""

    matrix: Any = field(repr=False)
    terms: list[str] = field(repr=False)
    articles: pd.DataFrame = field(repr=False)


def lemma_matrix(
    corpus: Any, min_articles: int = 5, max_share: float = 0.5, progress: bool | None = None
) -> LemmaMatrix:
    """TF-IDF of a corpus, to be read once for several calls of :func:`packages`."""
    if min_articles < 1 or not 0 < max_share <= 1:
        raise UsageError("min_articles must be at least 1 and max_share in (0, 1]", cure="leave them at their defaults")
    read = corpus if isinstance(corpus, CorpusWords) else read_words(corpus, progress=progress)
    lemma, article = read.words.lemma[read.common], read.article[read.common]
    counts = count_matrix(article, lemma, (len(read.articles), len(read.words.names)))
    counts.sum_duplicates()
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    often = np.flatnonzero((df >= min_articles) & (df <= max_share * counts.shape[0])).tolist()
    often.sort(key=lambda i: read.words.names[i])
    if len(often) < 2:
        raise UsageError(f"{len(often)} lemmas stand in {min_articles} articles or more", cure="give more articles")
    m = counts[:, often].tocsr()
    m.data = 1 + np.log(m.data)
    m = m.multiply(np.log((1 + m.shape[0]) / (1 + df[often])) + 1).tocsr()
    length = np.sqrt(np.asarray(m.multiply(m).sum(axis=1)).ravel())
    m = m.multiply(1 / np.where(length > 0, length, 1)[:, None]).tocsr()
    return LemmaMatrix(m, [read.words.names[i] for i in often], read.articles)
