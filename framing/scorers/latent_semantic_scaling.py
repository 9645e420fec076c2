"""Latent semantic scaling: polarity of words learnt from the user's own corpus, from a list of seed words.

Words are vectors learnt from the corpus (:mod:`framing.language.vectors`). A word's polarity is the mean of the seeds'
values, each weighted by how near the seed is:

    g_w = Σ_s p_s e^(κ cos(w, s)) / Σ_s |p_s| e^(κ cos(w, s))

with the seeds' values p scaled to sum to 1 and -1 over the two poles. With κ = 0 the form is Watanabe's own, the sum
``Σ_s p_s cos(w, s)`` without a denominator; with κ > 0 near seeds count more than far ones, which keeps fields of
topics (police, sport) from colouring their words. Polarity is then centred on its mean over the corpus and divided by
its 99th percentile, cut at ±1. A text's sentiment is the mean over its content words except names, each times -0.7 where
it is negated by its clause.

Range [-1, 1], positive as the positive seeds; zero is the mean of the corpus it learnt from, not neutrality. NaN where no
word is known. It measures the company that words keep: what is often told beside bad news is low, meant so or not.
Values compare within one corpus only.

Reference: Watanabe (2021), Latent semantic scaling, Communication Methods and Measures 15(2), 81-102.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from sklearn.exceptions import NotFittedError

from framing import lexicons
from framing.errors import InputError
from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.morphology import CONTENT, LONGEST, tag_mask
from framing.language.vectors import Context, WordVectors
from framing.language.vocabulary import IntArray, Vocabulary
from framing.scorers.base import FloatArray, Hits, Scorer, _texts
from framing.scorers.by_voice import COLUMNS, by_voice

NEGATION_FACTOR = -0.7
_SCALE_QUANTILE = 0.99
_COUNTED = CONTENT & ~tag_mask("NE")
_SHOWN, _NEIGHBOURS = 200, 5
_SHORTEST_HEAD = 4


class LatentSemanticScaling(Scorer):
    """Sentiment learnt from the corpus by seed words; see the module for formula and limits.

    Parameters
    ----------
    seeds
        ``seeds`` (the package's own), or a CSV file with ``term`` and ``valence``: positive for one pole and negative
        for the other. Any pair of poles will do.
    dimensions, min_count, context, window
        Of the word vectors.
    sharpness
        κ of the formula; 0 is Watanabe's own form.
    seed
        Of the randomised decomposition.

    Attributes
    ----------
    words_
        What was learnt: ``lemma, polarity, count, neighbours``, lowest polarity first; neighbours (nearest five
        lemmas) for the two hundred words at each end.
    seeds_
        The seed words that occur often enough, with their values.

    Examples
    --------
    >>> texts = ["Ein Erfolg, die Rettung gelingt.", "Ein Anschlag, die Opfer sterben."] * 5
    >>> scorer = LatentSemanticScaling(dimensions=3).fit(texts)
    >>> (scorer.transform(["Die Rettung.", "Die Opfer."])[:, 0] > 0).tolist()
    [True, False]
    """

    name = "sentiment"
    columns = COLUMNS
    learns = True

    def __init__(
        self,
        seeds: str = "seeds",
        dimensions: int = 300,
        min_count: int = 5,
        context: Context = "window",
        window: int = 10,
        sharpness: float = 6.0,
        seed: int = 0,
    ) -> None:
        self.seeds = seeds
        self.dimensions = dimensions
        self.min_count = min_count
        self.context = context
        self.window = window
        self.sharpness = sharpness
        self.seed = seed

    @property
    def lexicons(self) -> tuple[str, ...]:
        """The seed words."""
        return (self.seeds,)

    def fit(self, X: Sequence[str] | pd.DataFrame, y: object = None) -> LatentSemanticScaling:
        """Learn the polarity of words from texts; no labels are needed.

        Raises
        ------
        InputError
            Where the seed words cannot be read, or the corpus has too few words.
        UsageError
            Where no seed of a pole occurs often enough.
        """
        texts, _, _ = _texts(X)
        vectors = WordVectors.fit(
            texts, dimensions=self.dimensions, min_count=self.min_count, context=self.context, window=self.window,
            seed=self.seed,
        )  # fmt: skip
        seeds = load_seeds(self.seeds)
        raw = vectors.polarity(seeds, sharpness=self.sharpness).to_numpy()
        centred = raw - np.average(raw, weights=vectors.counts)
        scale = float(np.quantile(np.abs(centred), _SCALE_QUANTILE))
        polarity = np.clip(centred / scale, -1, 1) if scale > 0 else centred
        order = np.argsort(centred, kind="stable")
        ends = {*order[:_SHOWN].tolist(), *order[-_SHOWN:].tolist()}
        near = {i: ", ".join(vectors.similar(vectors.lemmas[i], _NEIGHBOURS).index) for i in ends}
        self.words_ = pd.DataFrame(
            {
                "lemma": [vectors.lemmas[i] for i in order.tolist()],
                "polarity": polarity[order],
                "count": vectors.counts[order],
                "neighbours": [near.get(i, "") for i in order.tolist()],
            }
        )
        self.seeds_ = {w: p for w, p in seeds.items() if w in vectors}
        self.n_features_in_ = 1
        known = self.words_[["lemma", "polarity"]].sort_values("lemma").to_csv(index=False, float_format="%.6g")
        self._digest = hashlib.sha256(known.encode()).hexdigest()[:12]
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "words_")

    def describe(self) -> dict[str, str]:
        """Digest of the learnt words; empty before there are any."""
        return {"digest": self._digest} if hasattr(self, "_digest") else {}

    def hits(self, documents: Documents) -> Hits:
        """Content words with a learnt polarity; ``value`` has negation in it."""
        if not self.__sklearn_is_fitted__():
            raise NotFittedError("latent semantic scaling learns from the corpus first: call fit(texts)")
        d, voc = documents, documents.vocabulary
        lemma = d.lemma  # first: it may bring new lemmas, which the table must know
        table = voc.compound_table(("latent semantic scaling", self._digest), np.float64, self._valued(voc))
        counted = _COUNTED[d.tag] & ((d.flags & v.WORD) > 0) & ((d.flags & (v.SINGLE_LETTER | v.ABBREVIATION)) == 0)
        value = np.where(counted, table[lemma], np.nan)
        at = np.flatnonzero(~np.isnan(value)).astype(np.int32)
        base, negated = value[at], d.negation.negated[at]
        by = d.negation.by[at]
        names, strings = voc.lemmas, voc.strings
        notes = [""] * len(at)
        for k in np.flatnonzero(negated).tolist():
            notes[k] = f"negated by {strings[d.tokens.type[by[k]]]}"
        terms = [names[k] for k in lemma[at].tolist()]
        category = np.where(base > 0, "positive", "negative").tolist()
        return Hits(at, at + 1, terms, category, np.where(negated, NEGATION_FACTOR * base, base), note=notes)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """``sentiment`` and its parts by voice, and ``sentiment_coverage``: share of content words known."""
        return by_voice(documents, hits, group, count)

    def _valued(self, vocabulary: Vocabulary) -> Callable[[str], float]:
        """Gives the polarity of a lemma; a compound that is not known has that of its head."""
        known: dict[str, float] = dict(zip(self.words_["lemma"], self.words_["polarity"], strict=True))
        heads = {lemma.lower(): p for lemma, p in known.items() if lemma[:1].isupper() and len(lemma) >= _SHORTEST_HEAD}

        def value(lemma: str) -> float:
            found = known.get(lemma)
            if found is None and lemma[:1].isupper() and 2 * _SHORTEST_HEAD <= len(lemma) <= LONGEST:
                # taking a word apart is slow: only where it ends in a known one
                lower = lemma.lower()
                if any(lower[cut:] in heads for cut in range(3, len(lower) - _SHORTEST_HEAD + 1)):
                    parts = vocabulary.morphology.parts(lemma)
                    found = heads.get(parts[-1].strip("-").lower()) if len(parts) > 1 else None
            return float("nan") if found is None else found

        return value


def load_seeds(name: str = "seeds") -> dict[str, float]:
    """Seed words with their values.

    Parameters
    ----------
    name
        ``seeds``, or a CSV file with columns ``term`` and ``valence``.

    Raises
    ------
    InputError
        Where a column is missing or a value is no number.
    """
    lexicon = lexicons.load(name)
    if not {"term", "valence"} <= set(lexicon.rows[0]):
        raise InputError("no columns term and valence", file=str(lexicon.path), cure="name the columns term,valence")
    seeds = {}
    for number, row in enumerate(lexicon.rows, start=2):
        try:
            seeds[row["term"]] = float(row["valence"])
        except ValueError:
            raise InputError(
                f"valence {row['valence']!r} is no number", file=str(lexicon.path), record=f"line {number}",
                cure="write it as 1 or -1",
            ) from None  # fmt: skip
    return seeds
