"""What a report reads of scores: only the rows and columns that it shows, so that a large corpus takes little memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from framing.scores import Scores
from framing.signature import Signature

SENTIMENT = ("article_id", "field", "scorer", "term", "value")
LOADED = ("article_id", "field", "scorer", "start", "end", "surface", "term", "category", "voice")
OF_ACTORS = ("actors", "toward", "agency", "power")


class ReportScores(Protocol):
    """What a report needs of `framing.Scores`."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article."""

    @property
    def hits(self) -> pd.DataFrame:
        """One row per piece of evidence."""

    @property
    def actors(self) -> pd.DataFrame:
        """One row per article and actor."""

    @property
    def quotes(self) -> pd.DataFrame:
        """One row per quotation."""

    @property
    def texts(self) -> pd.DataFrame:
        """``article_id, title, text``."""

    @property
    def signature(self) -> Signature:
        """What the scores were made with."""

    def select(self, name: str, columns: Sequence[str] | None = None, **values: Sequence[str]) -> pd.DataFrame:
        """Some rows and columns of a table."""


@dataclass(frozen=True)
class Part:
    """Scores with some of their rows."""

    articles: pd.DataFrame
    signature: Signature
    hits: pd.DataFrame = field(default_factory=pd.DataFrame)
    actors: pd.DataFrame = field(default_factory=pd.DataFrame)
    quotes: pd.DataFrame = field(default_factory=pd.DataFrame)


def of_actors(scores: ReportScores, actors: Sequence[str]) -> Scores:
    """The scores with the rows of some actors, to draw their portraits."""
    return Scores(
        scores.articles,
        scores.select("hits", scorer=OF_ACTORS, target=actors),
        scores.select("actors", actor=actors),
        scores.select("quotes", actor=actors),
        scores.texts,
        scores.signature,
    )
