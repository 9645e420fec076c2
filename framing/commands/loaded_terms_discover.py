"""``framing loaded-terms discover``: words of a corpus that may be loaded, for a person to judge."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say, scores_or_corpus

HELP = "find words of a corpus that may be loaded, for a person to judge"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="corpus, or folder of scores")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="table to write (.csv)")
    parser.add_argument("--outlet", help="only words of this outlet")
    parser.add_argument("--top", type=int, default=200, help="how many candidates (default: 200)")
    parser.add_argument("--min-count", type=int, default=5, help="how often an outlet must use a word (default: 5)")
    parser.add_argument("--loaded-terms", default="loaded_terms", metavar="FILE", help="the terms that are known")
    parser.add_argument("--seed", type=int, default=0, help="seed of the word vectors (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.discover import discover
    from framing.report.tables import write_table

    table = discover(
        scores_or_corpus(options.corpus),
        options.outlet,
        loaded_terms=options.loaded_terms,
        top=options.top,
        min_count=options.min_count,
        seed=options.seed,
    )
    path = write_table(table, options.output)
    text = (
        f"{len(table)} candidates in {path}\n"
        "Put yes into the column keep, fill in category, strength and neutral, then:\n"
        f"  framing lexicon add {path} --format loaded-terms"
    )
    say(options, {"table": str(path), "candidates": len(table)}, text)
    return 0
