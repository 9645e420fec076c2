"""framing: how German-language news frames events, measured."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# public name -> module; loaded when first used, so that the command line starts at once
_WHERE = {
    "Corpus": "framing.corpus",
    "read": "framing.corpus",
    "load_corpus": "framing.corpus",
    "select": "framing.corpus",
    "parse": "framing.language.document",
    "Document": "framing.language.document",
    "score": "framing.scoring",
    "score_file": "framing.scoring",
    "score_article": "framing.scoring",
    "sentiment_toward": "framing.toward",
    "sentiment_toward_many": "framing.toward",
    "Scores": "framing.scores",
    "ArticleScores": "framing.scores",
    "SCORERS": "framing.scorers",
    "compare": "framing.compare",
    "keyness": "framing.compare",
    "word_shift": "framing.compare",
    "over_time": "framing.compare",
    "before_after": "framing.compare",
    "change_points": "framing.compare",
    "models": "framing.compare",
    "power": "framing.compare",
    "same_event": "framing.compare.same_event",
    "with_events": "framing.compare.same_event",
    "near_duplicates": "framing.compare.duplicates",
    "robustness": "framing.compare.robustness",
    "reliability": "framing.compare.reliability",
    "outlets_apart": "framing.compare.outlets_apart",
    "outlet_map": "framing.compare.outlet_map",
    "event_coverage": "framing.compare.selection",
    "actor_coverage": "framing.compare.selection",
    "term_counts": "framing.compare.terms",
    "discover": "framing.compare.discover",
    "frame_axis": "framing.compare.frame_axis",
    "frame_axis_words": "framing.compare.frame_axis",
    "packages": "framing.compare.packages",
    "packages_stability": "framing.compare.packages",
    "frame_shares": "framing.scorers.frames",
    "dominant_frame": "framing.scorers.frames",
    "network": "framing.compare.network",
    "write_network": "framing.compare.network",
    "centralities": "framing.compare.centrality",
    "network_difference": "framing.compare.centrality",
    "portrait": "framing.compare.portrait",
    "report": "framing.report",
    "explore": "framing.report.explore",
    "FramingError": "framing.errors",
    "InputError": "framing.errors",
    "UsageError": "framing.errors",
}

__all__ = ["__version__", *_WHERE]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'framing' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


if TYPE_CHECKING:
    from framing.compare.before_after import before_after
    from framing.compare.centrality import centralities, network_difference
    from framing.compare.change_points import change_points
    from framing.compare.differences import compare
    from framing.compare.discover import discover
    from framing.compare.duplicates import near_duplicates
    from framing.compare.frame_axis import frame_axis, frame_axis_words
    from framing.compare.keyness import keyness
    from framing.compare.models import models
    from framing.compare.network import network, write_network
    from framing.compare.outlet_map import outlet_map
    from framing.compare.outlets_apart import outlets_apart
    from framing.compare.over_time import over_time
    from framing.compare.packages import packages, packages_stability
    from framing.compare.portrait import portrait
    from framing.compare.power import power
    from framing.compare.reliability import reliability
    from framing.compare.robustness import robustness
    from framing.compare.same_event import same_event, with_events
    from framing.compare.selection import actor_coverage, event_coverage
    from framing.compare.terms import term_counts
    from framing.compare.word_shift import word_shift
    from framing.corpus import Corpus, load_corpus, read, select
    from framing.errors import FramingError, InputError, UsageError
    from framing.language.document import Document, parse
    from framing.report import report
    from framing.report.explore import explore
    from framing.scorers import SCORERS
    from framing.scorers.frames import dominant_frame, frame_shares
    from framing.scores import ArticleScores, Scores
    from framing.scoring import score, score_article, score_file
    from framing.toward import sentiment_toward, sentiment_toward_many
