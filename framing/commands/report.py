"""``framing report``: scores into a PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.commands.options import json_option, language_option, say

HELP = "write a report as PDF, with figures and tables beside it"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("-o", "--output", type=Path, required=True, help="PDF file to write")
    parser.add_argument("--html", type=Path, metavar="FILE", help="also write one self-contained HTML file")
    parser.add_argument(
        "--template", default="full", metavar="NAME|FILE", help="full (default), brief, article, or your own .typ file"
    )
    parser.add_argument(
        "--validation", type=Path, metavar="TABLE", help="CSV table of framing validate measure on this corpus"
    )
    parser.add_argument(
        "--robustness", type=Path, metavar="TABLE", help="table of framing robustness -o: sentiment by other methods"
    )
    parser.add_argument("--reference", help="outlet to compare the others with")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.report import report
    from framing.report.checks import read_robustness, read_validation
    from framing.scores import Scores

    scores = Scores.load(options.scores)
    files = report(
        scores, options.output, language=options.language, reference=options.reference, seed=options.seed,
        template=options.template, html=options.html, progress=sys.stderr.isatty(),
        validation=read_validation(options.validation) if options.validation else None,
        robustness=read_robustness(options.robustness) if options.robustness else None,
    )  # fmt: skip
    found = files.places()
    say(options, {k: str(v) for k, v in found.items()}, "\n".join(f"{k:10} {v}" for k, v in found.items()))
    return 0
