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
    from framing.validation.demo import FIGURES, demo_accuracy

    table = demo_accuracy()
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
        return 0
    shown = table[["what", "gold", "found"]].copy()
    for name in FIGURES:
        columns = (table[name], table[f"{name}_low"], table[f"{name}_high"])
        shown[name] = [f"{value:.2f} [{low:.2f}, {high:.2f}]" for value, low, high in zip(*columns, strict=True)]
    print(shown.to_string(index=False))
    print("in brackets: 95% bootstrap interval over articles; of 0 and 1 Wilson's")
    return 0
