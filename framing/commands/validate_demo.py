"""``framing validate demo``: agreement with the gold annotation of the demo corpus."""

from __future__ import annotations

import argparse

from framing.commands.options import json_option

HELP = "against the gold annotation of the demo corpus"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.validation.demo import demo_accuracy

    table = demo_accuracy()
    print(table.to_json(orient="records", force_ascii=False) if options.json else table.round(3).to_string(index=False))
    return 0
