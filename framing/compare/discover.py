"""New loaded terms of a corpus: candidates for a person to judge.

A word is a candidate if an outlet uses it often enough, it is no name and the lexicon does not know it. Four signs, each
shown beside the rank that they make together:

* ``keyness``: lower end (δ − 1.96 σ) of the log-odds ratio δ of its outlet against the other outlets
  (:mod:`framing.compare.log_odds`), so that a word has to be both much more frequent there and frequent enough; ``z`` = δ/σ
  and ``log_ratio`` stand beside it; all 0 where the corpus has one outlet;
* ``scare_share``: share of its uses, in all outlets, that stand in scare quotes, in [0, 1]; two uses at the corpus' mean
  are added in the ranking, so that one use in quotation marks does not decide;
* ``novelty``, of hyphenated and compound words only (0 for others): how much more frequent than in general German,
  ``log10(f_outlet / f_general)``. General German is the optional package wordfreq, or, where it is not installed, the corpus'
  other outlets. For a word that general German does not have, 10⁻⁸ is taken as its frequency;
* ``company``: share of known loaded terms (strength 2 or 3) among the 50 nearest words in word vectors of this corpus
  (truncated SVD of neighbours, :mod:`framing.language.vectors`), in [0, 1]; NaN where the word is too rare for a vector.

``score`` is the mean of the four ranks as shares of all candidates, in [0, 1], larger is a better candidate; a sign that is
missing counts as the middle. It is an order for reading, not a probability that a word is loaded.

References: Monroe, Colaresi & Quinn (2008), Political Analysis 16(4), 372-403. Deerwester et al. (1990), JASIS 41(6), 391-407.
Speer (2022), wordfreq 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.compare._types import FloatArray, IntArray
from framing.compare.discover_counts import BATCH, EXAMPLES, Counts, count, joined
from framing.compare.keyness_measures import log_ratio
from framing.compare.log_odds import informative_prior, log_odds
from framing.errors import UsageError
from framing.language.corpus_words import articles_with_text
from framing.language.vectors import WordVectors
from framing.scorers.loaded_lexicon import LoadedLexicon, load_loaded_terms
from framing.signature import article_hash

# what the person fills in, before what helps to decide; the names are those of the lexicon
TO_FILL = ("keep", "term", "match", "category", "direction", "strength", "neutral", "target", "note")
MEASURES = ("rank", "score", "outlet", "count", "articles", "outlets", "keyness", "z", "log_ratio", "scare_share",
            "novelty", "company", "nearest")  # fmt: skip
COLUMNS = [*TO_FILL, *MEASURES, *(f"example_{i + 1}" for i in range(EXAMPLES))]
SIGNS = ("keyness", "scare_evidence", "novelty", "company")
_NEAREST, _CONTEXT, _BLOCK = 50, 70, 200
_Z = 1.96
_UNKNOWN = 1e-8
_SHORTEST = 4
# a word that is a name more often than this is taken for one
_NAME_SHARE = 0.3
_DIMENSIONS = 100
# Neighbours tell loaded terms from other words better than whole sentences do (benchmarks/loaded_terms.py --company).
_WINDOW = 3


def discover(
    corpus: Any,
    outlet: str | None = None,
    *,
    loaded_terms: str | Sequence[str] = "loaded_terms",
    top: int = 200,
    min_count: int = 5,
    min_articles: int = 3,
    seed: int = 0,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Candidates for loaded terms, best first.

    Parameters
    ----------
    corpus
        Scores, a corpus, a corpus table, or the path of one.
    outlet
        Only words of this outlet; otherwise each word is shown with the outlet in which its keyness is greatest.
    loaded_terms
        The lexicon whose terms are known, see :func:`framing.scorers.loaded_lexicon.lexicon_names`.
    top
        How many candidates to give.
    min_count, min_articles
        How often, and in how many articles, its outlet must use a word.
    seed
        Of the decomposition behind the word vectors.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`. Those of `TO_FILL` are for the person who judges: ``keep`` (``yes``), ``category``, ``neutral`` …;
        ``framing lexicon add FILE --format loaded-terms`` takes the rows that are kept.

    Raises
    ------
    UsageError
        Where the outlet is not in the corpus, or no word is frequent enough.
    """
    texts = _texts(corpus)
    number, names = pd.factorize(texts["outlet"].to_numpy(object), sort=True)
    if outlet is not None and outlet not in names:
        raise UsageError(f"no articles of outlet {outlet!r}", cure=f"outlets are {', '.join(map(str, names))}")
    number = number.astype(np.int32)
    counts = count(texts, progress)
    lexicon = load_loaded_terms(loaded_terms)
    table = _candidates(counts, number, len(names), lexicon, min_count, min_articles)
    if outlet is not None:
        table = table[table["outlet"] == list(names).index(outlet)]
    else:
        table = table.sort_values("keyness", ascending=False, kind="stable").drop_duplicates("lemma")
    if not len(table):
        raise UsageError("no word is frequent enough", cure="lower min_count or min_articles, or give more articles")
    table = _with_company(table, counts, lexicon, seed)
    table = _ranked(table).head(top).reset_index(drop=True)
    return _shown(table, counts, number, [str(n) for n in names], texts)


def _texts(corpus: Any) -> pd.DataFrame:
    """Title, text and outlet of the articles, in an order that depends on nothing but these."""
    frame = articles_with_text(corpus)[["title", "text", "outlet"]].fillna("")
    keys: list[str] = []
    for start in range(0, len(frame), BATCH):
        rows = frame.iloc[start : start + BATCH]
        columns = (rows[name].tolist() for name in ("outlet", "title", "text"))
        keys += [article_hash("", *fields) for fields in zip(*columns, strict=True)]
    return frame.iloc[np.argsort(np.array(keys), kind="stable")]


def _candidates(
    counts: Counts, outlets: IntArray, n_outlets: int, lexicon: LoadedLexicon, min_count: int, min_articles: int
) -> pd.DataFrame:
    """One row per outlet and word that it uses often enough, with the signs that need only counts."""
    voc, total = counts.vocabulary, counts.matrix.sum(axis=0)
    scare = counts.scare.sum(axis=0)
    # the vocabulary holds what this process has read before, too
    read = np.flatnonzero(total > 0)
    prior = informative_prior(total[read])
    general = _general_frequency()
    known: dict[int, bool] = {}
    name_share = counts.named / np.maximum(total, 1)
    used_by = sum((counts.matrix[outlets == o].sum(axis=0) > 0).astype(int) for o in range(n_outlets))
    mean_scare = scare.sum() / max(total.sum(), 1)
    rows: list[tuple[Any, ...]] = []
    for o in range(n_outlets):
        own = counts.matrix[outlets == o]
        y, in_articles = own.sum(axis=0), (own > 0).sum(axis=0)
        rest = total - y
        delta, z, ratio = np.zeros((3, len(y)))
        if rest.sum():
            delta[read], z[read] = log_odds(y[read], rest[read], prior)
            ratio = log_ratio(y, rest, float(y.sum()), float(rest.sum()))
        # delta / z is the standard error
        low = delta - _Z * np.divide(delta, z, out=np.zeros(len(y)), where=z != 0)
        enough = (y >= min_count) & (in_articles >= min_articles) & (name_share <= _NAME_SHARE)
        for k in np.flatnonzero(enough & counts.used(outlets == o)).tolist():
            word = voc.lemmas[k]
            if len(word) < _SHORTEST:
                continue
            if k not in known:
                known[k] = lexicon.find(word, voc) >= 0 or lexicon.is_exception(word.lower())
            if known[k]:
                continue
            novelty = 0.0
            if "-" in word.strip("-") or len(voc.morphology.parts(word)) > 1:
                usual = general(word) if general else (rest[k] + 0.5) / (rest.sum() + 1.0)
                novelty = float(np.log10(y[k] / y.sum() / max(usual, _UNKNOWN)))
            evidence = (scare[k] + 2 * mean_scare) / (total[k] + 2)
            rows.append(
                (k, o, int(y[k]), int(in_articles[k]), int(used_by[k]), low[k], z[k], ratio[k], scare[k] / total[k],
                 evidence, novelty)
            )  # fmt: skip
    columns = ["lemma", "outlet", "count", "articles", "outlets", "keyness", "z", "log_ratio", "scare_share",
               "scare_evidence", "novelty"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _general_frequency() -> Callable[[str], float] | None:
    """Frequency of a word in general German, None where wordfreq is not installed."""
    try:
        from wordfreq import word_frequency
    except ImportError:
        return None
    # its tokenizer takes hyphens for spaces and guesses the frequency of the whole from the parts
    return lambda word: 0.0 if "-" in word else float(word_frequency(word.lower(), "de"))


def _with_company(table: pd.DataFrame, counts: Counts, lexicon: LoadedLexicon, seed: int) -> pd.DataFrame:
    """Nearness of the words to known loaded terms."""
    vectors = WordVectors.of_words(
        counts.content, dimensions=_DIMENSIONS, min_count=5, context="window", window=_WINDOW, seed=seed
    )
    clear = np.zeros(len(vectors), bool)
    clear[vectors.rows([t.term for t in lexicon.terms if t.strength >= 2])] = True
    lemmas = [counts.vocabulary.lemmas[k] for k in table["lemma"]]
    company: FloatArray = np.full(len(table), np.nan)
    nearest = [""] * len(table)
    have = [i for i, w in enumerate(lemmas) if w in vectors]
    own = vectors.rows([lemmas[i] for i in have])
    k = min(_NEAREST, len(vectors) - 1)
    for start in range(0, len(have), _BLOCK):
        part = own[start : start + _BLOCK]
        near = vectors.vectors[part] @ vectors.vectors.T
        near[np.arange(len(part)), part] = -np.inf
        best = np.argpartition(-near, k - 1, axis=1)[:, :k]
        company[have[start : start + _BLOCK]] = clear[best].mean(axis=1)
        for i, row, cosines in zip(have[start : start + _BLOCK], best, near, strict=True):
            loaded = sorted(row[clear[row]].tolist(), key=lambda j: (-float(cosines[j]), j))
            nearest[i] = ", ".join(vectors.lemmas[j] for j in loaded[:3])
    return table.assign(term=lemmas, company=company, nearest=nearest)


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    shares = [table[sign].rank(pct=True, method="average").fillna(0.5) for sign in SIGNS]
    score = pd.concat(shares, axis=1).mean(axis=1)
    ordered = table.assign(score=score).sort_values(["score", "term"], ascending=[False, True], kind="stable")
    return ordered.assign(rank=np.arange(1, len(ordered) + 1))


def _shown(
    table: pd.DataFrame, counts: Counts, outlets: IntArray, names: list[str], texts: pd.DataFrame
) -> pd.DataFrame:
    """The table as a person sees it: names of outlets, empty cells to fill, examples in context."""
    places = counts.places(table["lemma"].tolist(), table["outlet"].tolist(), outlets)
    examples = [[_in_context(joined(texts, i, i + 1)[0], a, b) for i, a, b in of_word] for of_word in places]
    for i in range(EXAMPLES):
        table[f"example_{i + 1}"] = [row[i] if i < len(row) else "" for row in examples]
    table["outlet"] = [names[o] for o in table["outlet"]]
    table["match"] = "word"
    for column in TO_FILL:
        if column not in table.columns:
            table[column] = ""
    return table[COLUMNS]


def _in_context(text: str, start: int, end: int) -> str:
    """``… before [word] after …`` on one line."""
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    left, right = "… " if start > _CONTEXT else "", " …" if end + _CONTEXT < len(text) else ""
    return " ".join(f"{left}{before}[{text[start:end]}]{after}{right}".split())
