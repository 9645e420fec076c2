"""``framing lexicon check``: doubles, conflicts and missing forms."""

from __future__ import annotations

import argparse

from framing.commands.options import json_option, say

HELP = "find doubles, conflicts and missing umlaut forms"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", nargs="?", help="lexicon by name, or a CSV file (default: all)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing import lexicons
    from framing.lexicons import user
    from framing.lexicons.check import check

    names = [options.name] if options.name else [*lexicons.available(), *user.added()]
    problems = {name: check(lexicons.load(name)) for name in names}
    text = "\n".join(f"{name}: {problem}" for name, found in problems.items() for problem in found)
    say(options, {"problems": problems}, text or "no problem found")
    return 2 if text else 0
