"""What the sentiment methods share: a mean over hits for all words, the author's and the quoted ones; coverage."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from framing.language.documents import Documents
from framing.language.morphology import CONTENT
from framing.language.vocabulary import IntArray
from framing.language.voices import AUTHOR, QUOTED
from framing.scorers.base import FloatArray, Hits, ratio, sum_by

COLUMNS = ("sentiment", "sentiment_author", "sentiment_quoted", "sentiment_coverage")
# sums and numbers of hits per group -> sentiment of the group
Link = Callable[[FloatArray, FloatArray], FloatArray]


def by_voice(d: Documents, hits: Hits, group: IntArray, count: int, link: Link = ratio) -> dict[str, FloatArray]:
    """Sentiment of each group by voice, as :data:`COLUMNS`.

    Parameters
    ----------
    d, hits, group, count
        As in :meth:`framing.scorers.base.Scorer.measures`.
    link
        From sums of values and numbers of hits to sentiment; the mean if not given.
    """
    of_hit = group[d.tokens.segment[hits.first]]
    voice = d.voice[hits.first]
    result = {}
    for column, mask in zip(COLUMNS, (np.ones(len(hits), bool), voice == AUTHOR, voice == QUOTED), strict=False):
        result[column] = link(sum_by(of_hit[mask], count, hits.value[mask]), sum_by(of_hit[mask], count))
    result[COLUMNS[3]] = coverage(d, hits, group, count)
    return result


def coverage(d: Documents, hits: Hits, group: IntArray, count: int) -> FloatArray:
    """Share of content words that lie in a hit, NaN without content words."""
    content = CONTENT[d.tag]
    inside = np.zeros(d.n_tokens + 1, np.int32)
    np.add.at(inside, hits.first, 1)
    np.add.at(inside, hits.last, -1)
    known = content & (np.cumsum(inside[:-1]) > 0)
    segment = d.tokens.segment
    return ratio(sum_by(group[segment[known]], count), sum_by(group[segment[content]], count))
