"""``framing validate sample``: a sheet for coding by hand."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "draw a stratified sample and write a coding sheet with its codebook"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="sheet to write (.xlsx; a .csv lies beside it)"
    )
    parser.add_argument(
        "--task", default="sentiment", help="what is coded: sentiment (default), toward (stance), loaded_terms"
    )
    parser.add_argument("-n", type=int, default=120, help="units to code (default: 120)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the draw (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.scores import Scores
    from framing.validation.sampling import sample
    from framing.validation.sheets import write_sheet

    sheet, key = sample(Scores.load(options.scores), options.task, options.n, seed=options.seed)
    files = write_sheet(sheet, key, options.task, options.output)
    result = {"units": len(sheet), **{name: str(path) for name, path in files.items()}}
    text = (
        f"{len(sheet)} units to code in {files['xlsx']} (or {files['csv']}), rules in {files['codebook']}\n"
        f"keep {files['key']} from the coders; then:\n"
        f"  framing validate agreement CODER1.xlsx CODER2.xlsx --task {options.task}\n"
        f"  framing validate measure {options.scores} --key {files['key']} CODER1.xlsx CODER2.xlsx"
    )
    say(options, result, text)
    return 0
