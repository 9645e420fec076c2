"""``framing gallery``: every plot on one page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "one HTML page with every plot of the demo corpus and the call that made it"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    import matplotlib

    matplotlib.use("Agg")
    from framing.demo import demo_corpus
    from framing.plots.gallery import ENTRIES, gallery
    from framing.scoring import score

    page = gallery(score(demo_corpus()), options.output, progress=sys.stderr.isatty())
    say(options, {"page": str(page), "plots": len(ENTRIES)}, f"{len(ENTRIES)} plots in {page}")
    return 0
