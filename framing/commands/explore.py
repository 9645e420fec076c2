"""``framing explore``: scores into one HTML page in which every number opens its sentences."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.commands.options import article_options, json_option, language_option, say

HELP = "write the reading room: one HTML page from each number to its sentences"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("-o", "--output", type=Path, required=True, help="HTML file to write")
    article_options(parser)
    parser.add_argument(
        "--max-megabytes",
        type=float,
        default=29.5,
        metavar="MB",
        help="largest page; texts that do not fit are sampled (default: 29.5)",
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import chosen_scores
    from framing.report.explore import explore

    page = explore(
        chosen_scores(options), options.output, language=options.language, max_megabytes=options.max_megabytes,
        seed=options.seed, progress=sys.stderr.isatty(),
    )  # fmt: skip
    size = page.stat().st_size
    say(options, {"page": str(page), "bytes": size}, f"{page} ({size / 1e6:.1f} MB): open it in a browser")
    return 0
