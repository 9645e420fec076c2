"""``framing demo``: the main job on the demo corpus."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, language_option, say

HELP = "score and report the demo corpus"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("-o", "--output", type=Path, default=Path("reports/demo"), help="folder (default: %(default)s)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.demo import run_demo

    files = run_demo(options.output, language=options.language)
    say(options, {k: str(v) for k, v in files.items()}, "\n".join(f"{k:10} {v}" for k, v in files.items()))
    return 0
