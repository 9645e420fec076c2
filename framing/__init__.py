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
    "Scores": "framing.scores",
    "ArticleScores": "framing.scores",
    "SCORERS": "framing.scorers",
    "compare": "framing.compare",
    "keyness": "framing.compare",
    "word_shift": "framing.compare",
    "over_time": "framing.compare",
    "report": "framing.report",
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
    from framing.compare import compare, keyness, over_time, word_shift
    from framing.corpus import Corpus, load_corpus, read, select
    from framing.errors import FramingError, InputError, UsageError
    from framing.language.document import Document, parse
    from framing.report import report
    from framing.scorers import SCORERS
    from framing.scores import ArticleScores, Scores
    from framing.scoring import score, score_article, score_file
