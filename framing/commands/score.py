"""``framing score``: a corpus into a folder of scores."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.commands.options import json_option, say, scorer_choice, scorer_options

HELP = "score a corpus: sentiment, loaded terms, actors, quotations"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="corpus file, as framing read writes it")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of scores to write")
    scorer_options(parser)
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that share the work (default: 1)"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do the work")
    parser.add_argument(
        "--partition", type=int, default=200, metavar="N", help="articles kept together on the way (default: 200)"
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of the statistics (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.scoring import score_file

    scores = score_file(
        options.corpus, options.output, **scorer_choice(options), workers=options.workers, scheduler=options.scheduler, partition=options.partition, seed=options.seed,
    )  # fmt: skip
    rejects = scores.rejects
    result = {
        "scores": str(options.output), "articles": scores.count("articles"), "signature": scores.signature.short(),
        "rejects": rejects.to_dict("records"),
    }  # fmt: skip
    going_on = f"to go on: framing report {options.output} -o report.pdf; framing explore {options.output} -o room.html"
    say(options, result, f"{scores!r}\nin {options.output}\n{scores.signature.short()}\n{going_on}")
    for row in rejects.itertuples():
        print(f"framing: set aside: article {row.position}: {row.reason}", file=sys.stderr)
    return 1 if len(rejects) else 0
