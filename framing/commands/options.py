"""Options and output that several commands share."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def json_option(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def language_option(parser: argparse.ArgumentParser) -> None:
    """``--language``."""
    parser.add_argument("--language", choices=["de", "en"], default="en", help="language of the report (default: en)")


def scorer_options(parser: argparse.ArgumentParser) -> None:
    """How to score: ``--sentiment``, ``--loaded-terms`` and ``--actors``."""
    parser.add_argument(
        "--sentiment",
        default="lexicon",
        metavar="METHOD",
        help="lexicon (default), textblob-de, latent-semantic-scaling, an added lexicon, a CSV lexicon, or a trained model",
    )
    parser.add_argument(
        "--loaded-terms",
        default="loaded_terms",
        metavar="FILE",
        help="CSV file or added list of loaded terms in place of the package's own; +FILE or +NAME beside them",
    )
    parser.add_argument(
        "--actors", default="", metavar="FILE", help="CSV file with your own actors: actor,alias,type,wikidata"
    )


def scorer_choice(options: argparse.Namespace) -> dict[str, Any]:
    """The choices of :func:`scorer_options` as arguments of the functions that score."""
    return {"sentiment": options.sentiment, "loaded_terms": options.loaded_terms, "actors": options.actors}


def say(options: argparse.Namespace, result: dict[str, Any], text: str) -> None:
    """Print the result: as JSON if asked for, else the text."""
    print(json.dumps(result, ensure_ascii=False, default=str) if options.json else text)


def scores_or_corpus(path: Path) -> Any:
    """Scores from a folder, or a corpus from a file."""
    if path.is_dir():
        from framing.scores import Scores

        return Scores.load(path)
    from framing.corpus import load_corpus

    return load_corpus(path)
