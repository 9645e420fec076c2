"""``framing power``: what differences a corpus can show."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option

HELP = "smallest difference that the scores can show, and articles that a difference needs"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--measure", action="append", required=True, help="measure, rate or share (may be repeated)")
    parser.add_argument("--by", action="append", help="column to compare by (default: outlet; may be repeated)")
    parser.add_argument("--reference", help="compare each group with this one, or with 'rest'")
    parser.add_argument("--target", action="append", help="only this actor (may be repeated)")
    parser.add_argument("--cluster", help="column or period whose articles belong together, such as event or day")
    parser.add_argument("--difference", type=float, help="difference of interest, in units of the measure")
    parser.add_argument("--alpha", type=float, default=0.05, help="level of one test (default: 0.05)")
    parser.add_argument("--power", type=float, default=0.8, help="probability of finding it (default: 0.8)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.power import power
    from framing.report.tables import write_table
    from framing.scores import Scores

    table = power(
        Scores.load(options.scores), options.measure, options.by or "outlet", options.reference,
        targets=options.target, cluster=options.cluster, difference=options.difference,
        alpha=options.alpha, power=options.power,
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        print(f"{len(table)} pairs in {options.output}")
    else:
        print(table.drop(columns="method").round(3).to_string(index=False))
    return 0
