"""``framing verify``: damage in a folder of scores."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "check a folder of scores against its manifest"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of scores")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.partitions import verify

    problems = verify(options.folder)
    say(options, {"problems": problems}, "\n".join(problems) or "whole: every file is as it was written")
    return 2 if problems else 0
