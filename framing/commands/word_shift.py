"""``framing word-shift``: words behind a difference in sentiment."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, plot_option

HELP = "words behind the difference in sentiment between two outlets"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("a", metavar="A", help="outlet")
    parser.add_argument("b", metavar="B", nargs="?", default="rest", help="another, or 'rest' (default)")
    parser.add_argument("--by", default="outlet", help="column that groups the articles (default: outlet)")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--resamples", type=int, default=2000, help="bootstrap resamples (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.word_shift import word_shift
    from framing.report.tables import write_table
    from framing.scores import Scores

    table = word_shift(
        Scores.load(options.scores),
        options.a,
        options.b,
        by=options.by,
        n_resamples=options.resamples,
        seed=options.seed,
    )
    if options.output:
        write_table(table, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.word_shift(table, language=options.language), options.plot, close=True)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        print(f"{len(table)} terms in {options.output}")
    else:
        print(table.head(30).drop(columns=["group_a", "group_b", "method"]).round(4).to_string(index=False))
        print(f"sum of all {len(table)} contributions: {table['contribution'].sum():.4f}")
    return 0
