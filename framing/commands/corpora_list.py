"""``framing corpora list``: public German corpora."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from framing.commands.options import json_option, say

HELP = "list public German corpora with licence and how to read each"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.corpus.get import CORPORA

    lines = []
    for corpus in CORPORA.values():
        lines += [f"{corpus.name:18} {corpus.what}", f"{'':18} licence: {corpus.licence}"]
        lines += [f"{'':18} {corpus.page}", f"{'':18} read: {corpus.how}"]
    say(options, {"corpora": [asdict(corpus) for corpus in CORPORA.values()]}, "\n".join(lines))
    return 0
