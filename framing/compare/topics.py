"""Topics of articles, so that outlets can be compared on articles of the same subject.

The topic of an article is its strongest framing package (:mod:`framing.compare.packages`), found in the texts themselves.
Packages are made of the same words as the measures: where a topic is told in one outlet's words only, holding it equal
takes away a part of what the outlet does. Give the result with topics beside the one without.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from framing.compare.packages import packages
from framing.errors import UsageError

_SEEDS = 2


def with_topics(scores: Any, n: int = 10, *, seed: int = 0, progress: bool | None = None) -> Any:
    """Scores with the column ``topic`` in their articles: the four strongest lemmas of each article's strongest package.

    Parameters
    ----------
    scores
        Scores of the corpus.
    n
        Number of topics, at least 2.
    seed
        Of the random starts.
    progress
        Show a progress bar; by default on a terminal.

    Returns
    -------
    Scores
        An article without a word that counts has no topic.

    Raises
    ------
    UsageError
        Where `n` is out of range or the corpus is too small.
    """
    if n < 2:
        raise UsageError(f"{n} topics", cure="ask for 2 or more")
    found = packages(scores, n, seeds=_SEEDS, n_resamples=1, seed=seed, progress=progress)
    label = found.stability["label"].to_numpy(dtype=object)
    share = found.of_articles.to_numpy()
    topic = np.where(share.max(axis=1) > 0, label[share.argmax(axis=1)], None)
    of = dict(zip(found.of_articles.index, topic, strict=True))
    return scores.with_articles(scores.articles.assign(topic=scores.articles["article_id"].map(of)))
