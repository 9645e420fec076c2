"""Word vectors learnt from a corpus: what company each lemma keeps.

Nothing comes from outside: two lemmas are near each other if *this* corpus uses them alike. A matrix of lemmas by
contexts is reduced by truncated singular value decomposition (latent semantic analysis):

* ``context="sentence"``: contexts are sentences; a cell is 1 where the lemma occurs in the sentence, times the
  lemma's inverse document frequency ``ln(S / s_w)`` and divided by the sentence's length (Euclid), so that long
  sentences weigh no more than short ones;
* ``context="window"``: contexts are the lemmas up to ``window`` content words away in the same sentence, nearer ones
  counting more (1/distance); a cell is the positive pointwise mutual information
  ``max(0, ln(n_wc · n / (n_w · n_c^0.75 …)))`` with smoothed contexts (Levy, Goldberg & Dagan 2015).

Only content words count: nouns, names, full verbs, adjectives, adverbs.

References: Deerwester et al. (1990), JASIS 41(6), 391-407. Levy, Goldberg & Dagan (2015), TACL 3, 211-225.
Watanabe (2021), Communication Methods and Measures 15(2), 81-102.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.errors import InputError, UsageError
from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.morphology import CONTENT
from framing.language.vocabulary import IntArray, shared_vocabulary

Context = Literal["sentence", "window"]
BATCH = 400
_SMOOTHING = 0.75
_POWER_ITERATIONS = 4


@dataclass(frozen=True)
class WordVectors:
    """Vectors of the lemmas of a corpus.

    Attributes
    ----------
    lemmas
        The lemmas that occur often enough, most frequent first.
    counts
        Shape ``(lemmas,)``: how often each occurs as a content word.
    vectors
        Shape ``(lemmas, dimensions)``, rows of length 1, so that a product of two is their cosine in [-1, 1].

    Examples
    --------
    >>> texts = ["Krieg bringt Tod.", "Krieg und Tod.", "Frieden bringt Glück.", "Frieden und Glück."] * 3
    >>> vectors = WordVectors.fit(texts, dimensions=2, min_count=2)
    >>> vectors.similar("Krieg", 1).index[0]
    'Tod'
    >>> bool(vectors.polarity({"Glück": 1, "Tod": -1})["Frieden"] > 0)
    True
    """

    lemmas: list[str]
    counts: IntArray
    vectors: NDArray[np.float32] = field(repr=False)

    @classmethod
    def fit(
        cls,
        texts: Sequence[str] | Documents,
        *,
        dimensions: int = 300,
        min_count: int = 5,
        context: Context = "sentence",
        window: int = 5,
        seed: int = 0,
        progress: bool | None = None,
    ) -> WordVectors:
        """Learn the vectors.

        Parameters
        ----------
        texts
            The corpus, or its parse.
        dimensions
            Number of dimensions kept; fewer where the corpus has fewer lemmas or contexts.
        min_count
            A lemma has a vector if it occurs at least so often.
        context, window
            See the module; ``window`` counts content words to each side.
        seed
            Of the randomised decomposition. The same corpus, options and seed give the same vectors.
        progress
            Show a progress bar; by default on a terminal.

        Raises
        ------
        InputError
            Where no two lemmas occur often enough.
        UsageError
            Where an option is out of range.
        """
        return cls.of_words(
            content_words(texts, progress),
            dimensions=dimensions,
            min_count=min_count,
            context=context,
            window=window,
            seed=seed,
        )

    @classmethod
    def of_words(
        cls, words: ContentWords, *, dimensions: int, min_count: int, context: Context, window: int = 5, seed: int = 0
    ) -> WordVectors:
        """As :meth:`fit`, from content words already taken from the corpus."""
        if dimensions < 1 or min_count < 1 or window < 1:
            raise UsageError("dimensions, min_count and window must be at least 1", cure="leave them at their defaults")
        if context not in ("sentence", "window"):
            raise UsageError(f"no context {context!r}", cure="use 'sentence' or 'window'")
        totals = np.bincount(words.lemma, minlength=len(words.names))
        # most frequent first, equal ones by name: the order must not depend on what the process read before
        often = np.flatnonzero(totals >= min_count).tolist()
        often.sort(key=lambda k: (-int(totals[k]), words.names[k]))
        if len(often) < 2:
            raise InputError(
                f"{len(often)} lemmas occur {min_count} times or more", cure="give more text or a lower min_count"
            )
        row_of = np.full(len(words.names), -1, np.int32)
        row_of[often] = np.arange(len(often), dtype=np.int32)
        row = row_of[words.lemma]
        kept = row >= 0
        row, sentence = row[kept], words.sentence[kept]
        matrix = (
            _sentences(row, sentence, len(often)) if context == "sentence" else _ppmi(row, sentence, len(often), window)
        )
        vectors = _reduce(matrix, dimensions, seed)
        return cls([words.names[k] for k in often], totals[often].astype(np.int32), vectors)

    def __len__(self) -> int:
        return len(self.lemmas)

    def __contains__(self, lemma: object) -> bool:
        return lemma in self._row

    def __getitem__(self, lemma: str) -> NDArray[np.float32]:
        return self.vectors[self._row[lemma]]

    @property
    def _row(self) -> dict[str, int]:
        rows: dict[str, int] | None = self.__dict__.get("_rows")
        if rows is None:
            rows = self.__dict__["_rows"] = {lemma: i for i, lemma in enumerate(self.lemmas)}
        return rows

    def rows(self, lemmas: Sequence[str]) -> IntArray:
        """Rows of those of the lemmas that have a vector, in the given order."""
        return np.array([self._row[w] for w in lemmas if w in self._row], np.int32)

    def similar(self, lemma: str, n: int = 20) -> pd.Series:
        """The lemmas nearest to one, by cosine in [-1, 1], nearest first.

        Raises
        ------
        UsageError
            Where the lemma has no vector.
        """
        if lemma not in self._row:
            raise UsageError(f"no vector of {lemma!r}", cure="give a lemma that the corpus has often enough")
        cosine = self.vectors @ self[lemma]
        cosine[self._row[lemma]] = -np.inf
        near = np.argsort(-cosine, kind="stable")[: max(0, min(n, len(self) - 1))]
        return pd.Series(cosine[near].astype(np.float64), index=[self.lemmas[i] for i in near], name="cosine")

    def polarity(self, seeds: Mapping[str, float], *, sharpness: float = 0.0) -> pd.Series:
        """Polarity of every lemma by its nearness to seed words.

        With ``sharpness=0`` the sum of cosines ``g_w = Σ_s p_s cos(w, s)`` (Watanabe 2021); the values p of the positive
        seeds are scaled to sum to 1 and those of the negative ones to -1, so that a pole with more words does not pull
        harder. Range [-2, 2], in practice within ±0.5. With ``sharpness=κ > 0`` the weighted mean
        ``Σ_s p_s e^(κ cos(w, s)) / Σ_s |p_s| e^(κ cos(w, s))`` in [-1, 1], in which near seeds count more. Only
        differences and order mean something.

        Parameters
        ----------
        seeds
            Lemma to value, positive for one pole and negative for the other; those without a vector are left out.
        sharpness
            How much more near seeds count than far ones.

        Raises
        ------
        UsageError
            Where a pole has no seed with a vector.
        """
        known = {w: float(p) for w, p in seeds.items() if w in self._row and p != 0}
        weights = np.array(list(known.values()))
        for sign, name in ((1, "positive"), (-1, "negative")):
            own = weights * sign > 0
            if not own.any():
                raise UsageError(
                    f"no {name} seed occurs often enough in the corpus", cure="give other seeds or a lower min_count"
                )
            weights[own] /= np.abs(weights[own]).sum()
        of_seeds = self.vectors[self.rows(list(known))].astype(np.float64)
        if sharpness == 0:
            values = self.vectors @ (weights @ of_seeds)
        else:
            near = np.exp(sharpness * (self.vectors @ of_seeds.T))
            values = near @ weights / (near @ np.abs(weights))
        return pd.Series(values, index=self.lemmas, name="polarity")


@dataclass(frozen=True)
class ContentWords:
    """Content words of a corpus, in order: number of the lemma (index into ``names``) and of the sentence."""

    lemma: IntArray
    sentence: IntArray
    names: list[str] = field(repr=False)


def content_words(texts: Sequence[str] | Documents, progress: bool | None = None) -> ContentWords:
    """Take the content words out of a corpus, batch by batch."""
    lemmas, sentences, offset = [], [], 0
    names: list[str] = []
    for d in _parsed(texts, progress):
        t = d.tokens
        keep = CONTENT[d.tag] & ((d.flags & v.WORD) > 0) & ((d.flags & (v.SINGLE_LETTER | v.ABBREVIATION)) == 0)
        lemmas.append(d.lemma[keep])
        sentences.append((t.sentence[keep] + offset).astype(np.int32))
        offset += int(t.sentence[-1]) + 1 if len(t.sentence) else 0
        names = d.vocabulary.lemmas
    empty = [np.zeros(0, np.int32)]
    return ContentWords(np.concatenate(lemmas or empty), np.concatenate(sentences or empty), names)


def _parsed(texts: Sequence[str] | Documents, progress: bool | None) -> Iterator[Documents]:
    if isinstance(texts, Documents):
        yield texts
        return
    from tqdm import tqdm

    show = sys.stderr.isatty() if progress is None else progress
    vocabulary = shared_vocabulary()
    with tqdm(total=len(texts), unit=" texts", desc="reading words", disable=not show, delay=0.5) as bar:
        for start in range(0, len(texts), BATCH):
            batch = list(texts[start : start + BATCH])
            yield Documents(batch, vocabulary)
            bar.update(len(batch))


def _sentences(row: IntArray, sentence: IntArray, n: int) -> sparse.csr_matrix:
    """Lemmas by sentences."""
    _, column = np.unique(sentence, return_inverse=True)
    width = int(column.max()) + 1
    m = sparse.csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=(n, width))
    m.data[:] = 1
    occurs = np.diff(m.indptr)
    # a lemma in every sentence tells nothing, but must keep a length
    idf = np.log((1 + width) / occurs).astype(np.float32)
    m = sparse.diags(idf).dot(m)
    length = np.sqrt(np.asarray(m.multiply(m).sum(axis=0)).ravel())
    return m.dot(sparse.diags((1 / np.maximum(length, 1e-12)).astype(np.float32))).tocsr()


def _ppmi(row: IntArray, sentence: IntArray, n: int, window: int) -> sparse.csr_matrix:
    """Lemmas by neighbouring lemmas, positive pointwise mutual information."""
    total: Any = sparse.csr_matrix((n, n), dtype=np.float32)
    for distance in range(1, window + 1):
        same = sentence[:-distance] == sentence[distance:]
        left, right = row[:-distance][same], row[distance:][same]
        weight = np.full(len(left), 1 / distance, np.float32)
        total = total + sparse.csr_matrix((weight, (left, right)), shape=(n, n))
    total = (total + total.T).tocoo()
    of_word = np.asarray(total.sum(axis=1), np.float64).ravel()
    of_context = of_word**_SMOOTHING
    of_context /= max(of_context.sum(), 1e-12)
    information = np.log(total.data / (of_word[total.row] * of_context[total.col]))
    keep = information > 0
    cells = (information[keep].astype(np.float32), (total.row[keep], total.col[keep]))
    return sparse.csr_matrix(cells, shape=(n, n))


def _reduce(matrix: sparse.csr_matrix, dimensions: int, seed: int) -> NDArray[np.float32]:
    """Left singular vectors, rows scaled to length 1; signs are fixed, so that they do not change from run to run."""
    from sklearn.utils.extmath import randomized_svd

    k = min(dimensions, *(side - 1 for side in matrix.shape))
    if k < 1:
        raise InputError("too little text for word vectors", cure="give more text")
    left, values, _ = randomized_svd(
        matrix, n_components=k, n_iter=_POWER_ITERATIONS, random_state=seed, flip_sign=True
    )
    vectors = left * np.sqrt(values)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1)).astype(np.float32)
