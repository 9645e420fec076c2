"""``framing score``: a corpus into a folder of scores."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say, scorer_options

HELP = "score a corpus: sentiment, loaded terms, actors, quotations"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of scores to write")
    scorer_options(parser)
    parser.add_argument("--seed", type=int, default=0, help="seed of the statistics (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.scoring import score

    scores = score(options.corpus, sentiment=options.sentiment, loaded_terms=options.loaded_terms, seed=options.seed)
    folder = scores.save(options.output)
    result = {"scores": str(folder), "articles": len(scores.articles), "signature": scores.signature.short()}
    say(options, result, f"{scores!r}\nin {folder}\n{scores.signature.short()}")
    return 0
