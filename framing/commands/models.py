"""``framing models``: a measure modelled on outlets and what else differs between articles."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, language_option

HELP = "regression of a measure on outlets, length, section, event and day: marginal means, contrasts, sentences"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("measure", help="measure, rate ('A per 1000 B') or share ('articles with A')")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--by", default="outlet", help="column whose groups are contrasted (default: outlet)")
    parser.add_argument("--target", default="", help="the actor, of a measure of actors")
    parser.add_argument("--reference", help="contrast each group with this one (default: all pairs)")
    parser.add_argument("--covariate", action="append", help="column held equal (default: genre and section, if any)")
    parser.add_argument(
        "--random", action="append", help="column of a random intercept (default: event and day, if any)"
    )
    parser.add_argument("--no-length", action="store_true", help="leave out ln(n_tokens)")
    parser.add_argument(
        "--adjust", default="bh", choices=["bh", "by"], help="false discovery: Benjamini-Hochberg or -Yekutieli"
    )
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.models import models
    from framing.report.tables import write_table
    from framing.scores import Scores

    table = models(
        Scores.load(options.scores), options.measure, options.by, target=options.target, reference=options.reference,
        covariates=options.covariate, random=options.random, length=not options.no_length, adjust=options.adjust,
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
        return 0
    for sentence in table[f"sentence_{options.language}"]:
        if sentence:
            print(sentence)
    print(f"\n{table['method'].iloc[0]}")
    if table["note"].iloc[0]:
        print(table["note"].iloc[0])
    return 0
