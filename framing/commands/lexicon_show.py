"""``framing lexicon show``: the entries of a lexicon."""

from __future__ import annotations

import argparse
import json

from framing.commands.options import json_option
from framing.errors import UsageError

HELP = "show the entries of a lexicon"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", nargs="?", help="lexicon by name, or a CSV file")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing import lexicons

    if not options.name:
        raise UsageError("which lexicon?", cure="framing lexicon show NAME; names: framing lexicon list")
    entries = lexicons.load(options.name).rows
    if options.json:
        print(json.dumps(entries, ensure_ascii=False))
    else:
        print("\n".join("  ".join(v for v in row.values() if v) for row in entries))
    return 0
