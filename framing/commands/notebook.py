"""``framing notebook``: a notebook run on a corpus of your own."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "run a notebook on your corpus and save it as notebook, HTML and PDF"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("number", metavar="NUMBER", help="number or name of the notebook, such as 02")
    parser.add_argument(
        "--corpus", type=Path, metavar="FILE", help="corpus written by framing read (default: the demo)"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="another value of a parameter"
    )
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.notebooks import run_notebook

    files = run_notebook(options.number, options.output, corpus=options.corpus, parameters=options.parameter)
    say(options, {k: str(v) for k, v in files.items()}, "\n".join(f"{k:10} {v}" for k, v in files.items()))
    return 0
