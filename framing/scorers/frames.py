"""The five generic news frames: conflict, human interest, responsibility, economic consequences, morality.

Semetko & Valkenburg (2000) measured them by hand with twenty questions per article. What is counted here is the
vocabulary that goes with each frame (``frames.csv``, written for this project):

* ``frame_<name>``: density, ``1000 · Σ w / n`` per 1,000 tokens, over the frame's hits with weights w (1 clear, 0.5
  weak) and the n tokens of title and text. 0 or more, larger is more of the frame; NaN without tokens;
* share: ``Σ w of the frame / Σ w of all five``, in [0, 1], the five sum to 1; NaN without a hit (:func:`frame_shares`);
* dominant frame: that of the largest share, if it leads by a margin and rests on enough hits (:func:`dominant_frame`).

Negated words count (``kein Streit`` still speaks of the matter as a matter of quarrel), and so do quoted ones: whom a
newspaper lets speak is part of its framing. Each hit has its voice, so that either can be counted alone. Densities of
different frames rest on lists of different reach: compare one frame between outlets, not frames with each other,
or set them against the mean of the corpus (``baseline``).

With ``widen=True`` the scorer learns more words from the corpus by latent semantic scaling (Watanabe 2021) from the
seeds of each frame; they weigh half and are shown in ``words_``.

References: Semetko, H. A. & Valkenburg, P. M. (2000). Framing European politics. Journal of Communication 50(2),
93-109. Watanabe, K. (2021). Latent semantic scaling. Communication Methods and Measures 15(2), 81-102.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from sklearn.exceptions import NotFittedError

from framing.errors import UsageError
from framing.language.corpus_words import read_words
from framing.language.documents import Documents
from framing.language.vectors import WordVectors
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray, Hits, Scorer, _texts
from framing.scorers.frame_lexicon import LEARNT, Entry, FrameLexicon, densities, find_entries, read_lexicon

FRAMES = ("conflict", "human_interest", "responsibility", "economic_consequences", "morality")
NO_FRAME = "none"
_LEARNT_WEIGHT = 0.5
# Polarity of a learnt word lies at least so many standard deviations above the mean of all words.
_LEARNT_FROM = 2.5


class Frames(Scorer):
    """Generic news frames; see the module.

    Parameters
    ----------
    lexicon
        ``frames`` (the package's own) or a CSV file with ``term`` and ``frame`` (and ``pos, match, weight, seed``).
    widen
        Learn further words from the corpus in :meth:`fit`.
    n_words
        Of each frame at most so many are learnt.
    min_count
        A word is learnt if it occurs at least so often.
    dimensions, seed
        Of the word vectors.

    Attributes
    ----------
    words_
        With ``widen``: ``lemma, frame, polarity, count, neighbours`` of the learnt words.

    Examples
    --------
    >>> scorer = Frames()
    >>> values = scorer.fit_transform(["Der Streit um den Haushalt eskaliert."])
    >>> dict(zip(scorer.columns, values[0].round(1)))["frame_conflict"] > 0
    np.True_
    """

    name = "frames"
    columns = tuple(f"frame_{f}" for f in FRAMES)

    def __init__(
        self,
        lexicon: str = "frames",
        widen: bool = False,
        n_words: int = 60,
        min_count: int = 20,
        dimensions: int = 100,
        seed: int = 0,
    ) -> None:
        self.lexicon = lexicon
        self.widen = widen
        self.n_words = n_words
        self.min_count = min_count
        self.dimensions = dimensions
        self.seed = seed

    @property
    def lexicons(self) -> tuple[str, ...]:
        """The lexicon, for the signature."""
        return (self.lexicon,)

    @property
    def learns(self) -> bool:  # type: ignore[override]
        """Whether :meth:`fit` must run over the corpus before scoring."""
        return self.widen

    def fit(self, X: Sequence[str] | pd.DataFrame, y: object = None) -> Frames:
        """Learn further words where ``widen`` is set; otherwise nothing is learnt."""
        super().fit(X, y)
        if self.widen:
            segments, _, _ = _texts(X)
            read = read_words(pd.DataFrame({"text": segments}), progress=False)
            vectors = WordVectors.of_words(
                read.words, dimensions=self.dimensions, min_count=self.min_count, context="window", seed=self.seed
            )
            self.words_ = learn_words(vectors, self._own(), self.n_words, read.common_lemmas())
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return not self.widen or hasattr(self, "words_")

    def _own(self) -> FrameLexicon:
        return read_lexicon(self.lexicon, FRAMES, "frame")

    def _used(self) -> FrameLexicon:
        own = self._own()
        if not self.widen:
            return own
        if not hasattr(self, "words_"):
            raise NotFittedError("a scorer of frames that widens its lexicon learns from the corpus first; call fit")
        rows = list(self.words_[["lemma", "frame"]].itertuples(index=False, name=None))
        learnt = [Entry(w, "", "word", f, _LEARNT_WEIGHT, False, LEARNT) for w, f in rows]
        return FrameLexicon.of([*own.entries, *learnt], f"{own.digest}+{hash(tuple(rows)):x}")

    def hits(self, documents: Documents) -> Hits:
        """Words of frames: ``term`` is the entry, ``category`` the frame, ``value`` the weight."""
        lexicon = self._used()
        e = lexicon.entries
        found = find_entries(documents, lexicon)
        return Hits.from_rows((a, b, e[n].term, e[n].category, e[n].weight, "", e[n].note) for a, b, n in found)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """Densities per 1,000 tokens; see the module."""
        return densities(documents, hits, group, count, FRAMES, "frame_")


def learn_words(vectors: WordVectors, lexicon: FrameLexicon, n_words: int, among: frozenset[str]) -> pd.DataFrame:
    """Words of the corpus that keep company with the seeds of one frame rather than with those of the others.

    Polarity of a word for a frame is its mean cosine to the frame's seeds less its mean cosine to the seeds of the
    other frames (latent semantic scaling, Watanabe 2021). A word is learnt for the frame for which it is highest, if it
    stands 2.5 standard deviations above the mean of all words there. Only the words ``among`` are learnt (no names), and
    none that the lexicon has. Read the table before using it: the corpus' subjects colour it.

    Returns
    -------
    pandas.DataFrame
        ``lemma, frame, polarity, count, neighbours``, by frame and falling polarity.

    Raises
    ------
    UsageError
        Where the seeds of a frame do not occur in the corpus.
    """
    seeds = {e.term: e.category for e in lexicon.entries if e.seed and " " not in e.term and e.term in vectors}
    table = pd.DataFrame(
        {f: vectors.polarity({w: 1.0 if own == f else -1.0 for w, own in seeds.items()}) for f in FRAMES}
    )
    scaled = ((table - table.mean()) / table.std(ddof=0)).to_numpy()
    polarity, best = table.to_numpy(), scaled.argmax(axis=1)
    known = lexicon.word.keys() | {e.term for e in lexicon.entries}
    fresh = np.array([w in among and w not in known and len(w) > 3 for w in vectors.lemmas], bool)
    rows = []
    for k, frame in enumerate(FRAMES):
        own = np.flatnonzero(fresh & (best == k) & (scaled[:, k] >= _LEARNT_FROM))
        for i in own[np.argsort(-scaled[own, k], kind="stable")][:n_words].tolist():
            near = ", ".join(vectors.similar(vectors.lemmas[i], 4).index)
            rows.append((vectors.lemmas[i], frame, float(polarity[i, k]), int(vectors.counts[i]), near))
    return pd.DataFrame(rows, columns=["lemma", "frame", "polarity", "count", "neighbours"])


def frame_shares(articles: pd.DataFrame) -> pd.DataFrame:
    """Share of each frame in an article's frame hits, ``density / Σ densities``.

    Parameters
    ----------
    articles
        The table of articles of scores with the columns ``frame_<name>``.

    Returns
    -------
    pandas.DataFrame
        One row per article, same index; a column per frame, in [0, 1], each row sums to 1; NaN without a hit.

    Raises
    ------
    UsageError
        Where the articles were scored without frames.

    Examples
    --------
    >>> articles = pd.DataFrame({f"frame_{f}": [d] for f, d in zip(FRAMES, [6.0, 2.0, 0.0, 0.0, 0.0])})
    >>> frame_shares(articles).iloc[0].tolist()
    [0.75, 0.25, 0.0, 0.0, 0.0]
    """
    missing = [c for c in Frames.columns if c not in articles.columns]
    if missing:
        raise UsageError(f"articles have no column {missing[0]!r}", cure="score the corpus with frames")
    density = articles[list(Frames.columns)].to_numpy(np.float64)
    total = density.sum(axis=1, keepdims=True)
    share = np.divide(density, total, out=np.full_like(density, np.nan), where=total > 0)
    return pd.DataFrame(share, index=articles.index, columns=list(FRAMES))


def dominant_frame(
    articles: pd.DataFrame,
    margin: float = 0.1,
    min_weight: float = 3.0,
    baseline: Literal["corpus"] | None = None,
) -> pd.Series:
    """The dominant frame of each article.

    The frame of the largest share, if it leads the second by at least ``margin`` and the weights of all frame hits sum
    to at least ``min_weight``; else ``"none"``.

    Parameters
    ----------
    articles
        As for :func:`frame_shares`, with ``n_tokens``.
    margin
        Difference of shares, in [0, 1].
    min_weight
        Sum of weights; three clear words by default.
    baseline
        ``"corpus"``: each share is first divided by the frame's mean share in these articles and the five are scaled
        to sum to 1. Then a frame dominates that is strong *for this corpus*, however long its word list.

    Returns
    -------
    pandas.Series
        Same index; names of frames, or ``"none"``.

    Examples
    --------
    >>> rows = [[6.0, 2.0, 0.0, 0.0, 0.0], [4.0, 4.0, 0.0, 0.0, 0.0]]
    >>> articles = pd.DataFrame(rows, columns=list(Frames.columns)).assign(n_tokens=1000)
    >>> dominant_frame(articles).tolist()
    ['conflict', 'none']
    """
    if not 0 <= margin <= 1:
        raise UsageError(f"margin {margin} is no difference of shares", cure="give a number from 0 to 1")
    if baseline not in (None, "corpus"):
        raise UsageError(f"no baseline {baseline!r}", cure="use 'corpus' or leave it out")
    share = frame_shares(articles).to_numpy()
    if baseline == "corpus":
        mean = np.nanmean(share, axis=0) if (~np.isnan(share)).any() else np.ones(len(FRAMES))
        share = np.divide(share, mean, out=np.zeros_like(share), where=mean > 0)
        total = share.sum(axis=1, keepdims=True)
        share = np.divide(share, total, out=np.full_like(share, np.nan), where=total > 0)
    weight = articles[list(Frames.columns)].sum(axis=1).to_numpy(np.float64) * articles["n_tokens"].to_numpy() / 1000
    order = np.sort(np.nan_to_num(share, nan=0.0), axis=1)
    # shares are quotients of sums: what is equal on paper must count as equal here
    clear = (order[:, -1] - order[:, -2] >= margin - 1e-9) & (weight >= min_weight - 1e-9) & (order[:, -1] > 0)
    clear &= order[:, -1] - order[:, -2] > 1e-12
    names = np.array(FRAMES, dtype=object)[np.nan_to_num(share, nan=0.0).argmax(axis=1)]
    return pd.Series(np.where(clear, names, NO_FRAME), index=articles.index, name="dominant_frame").astype("str")
