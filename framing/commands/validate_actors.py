"""``framing validate actors``: sentiment toward targets, by both methods, against hand coding."""

from __future__ import annotations

import argparse

from framing.commands.options import json_option

HELP = "sentiment toward actors, by rules and by the model, against hand coding"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--data", metavar="FILE", help="CSV file with text,start,end,label (default: the stances of the demo corpus)"
    )
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.validation.actors import actors_accuracy, read_coded

    table = actors_accuracy(read_coded(options.data) if options.data else None)
    print(table.to_json(orient="records", force_ascii=False) if options.json else table.round(3).to_string(index=False))
    return 0
