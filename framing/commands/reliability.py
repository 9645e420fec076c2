"""``framing reliability``: do two halves of the articles put the outlets in the same order?"""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import article_options, json_option

HELP = "split-half reliability of each measure's outlet means"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("--by", default="outlet", help="column that groups the articles (default: outlet)")
    parser.add_argument("--measure", action="append", help="only this measure, rate or share (may be repeated)")
    parser.add_argument("--target", action="append", help="also the measures of this actor (may be repeated)")
    parser.add_argument("--cluster", help="column whose articles stay in one half, such as event")
    article_options(parser)
    parser.add_argument("--splits", type=int, default=500, help="random splits (default: 500)")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import chosen_scores
    from framing.compare.reliability import reliability
    from framing.report.tables import write_table

    table = reliability(
        chosen_scores(options), by=options.by, measures=options.measure, targets=options.target or (),
        cluster=options.cluster, n_splits=options.splits, seed=options.seed,
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    else:
        print(table.drop(columns="method").round(3).to_string(index=False))
        print(table["method"].iloc[0] if len(table) else "")
    return 0
