"""``framing compare``: groups of articles compared."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from framing.commands.options import article_options, json_option, plot_option

if TYPE_CHECKING:
    import pandas as pd

_MOST_ROWS = 60

HELP = "compare outlets: differences with intervals and adjusted p values"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--by", action="append", help="column to compare by (default: outlet; may be repeated)")
    parser.add_argument("--reference", help="compare each group with this one, or with 'rest'")
    parser.add_argument("--pair", action="append", nargs=2, metavar=("A", "B"), help="only this pair (may be repeated)")
    parser.add_argument(
        "--measure", action="append", help="only this measure, rate ('A per 1000 B') or share ('articles with A')"
    )
    parser.add_argument("--target", action="append", help="only this actor (may be repeated)")
    parser.add_argument("--cluster", help="column or period whose articles belong together, such as event or day")
    article_options(parser)
    parser.add_argument("--method", default="bootstrap", help="interval: bootstrap (default), bca or percentile")
    parser.add_argument("--test", default="permutation", help="permutation (default) or sign_flip, over common events")
    parser.add_argument("--adjust", default="bh", help="bh (Benjamini-Hochberg, default) or by (Benjamini-Yekutieli)")
    parser.add_argument("--family", action="append", help="a family of tests for each value of this column")
    parser.add_argument("--resamples", type=int, default=2000, help="bootstrap resamples (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import chosen_scores
    from framing.compare import compare
    from framing.report.tables import write_table

    table = compare(
        chosen_scores(options), by=options.by or "outlet", measures=options.measure, reference=options.reference,
        targets=options.target, pairs=options.pair, cluster=options.cluster, method=options.method, test=options.test,
        adjust=options.adjust, family=options.family, n_resamples=options.resamples, seed=options.seed,
        progress=sys.stderr.isatty(),
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.plot:
        _draw(table, options)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        clear = int((table["p_adjusted"] < 0.05).sum())
        print(f"{len(table)} comparisons in {options.output}, {clear} with adjusted p below .05")
    else:
        print(table.drop(columns=["method", "family"]).round(3).to_string(index=False))
    return 0


def _draw(table: pd.DataFrame, options: argparse.Namespace) -> None:
    """One figure per measure, numbered where there are several."""
    from framing import plots
    from framing.errors import UsageError

    measures = table["measure"].unique().tolist()
    for number, measure in enumerate(measures, start=1):
        own = table[table["measure"] == measure]
        if len(own) > _MOST_ROWS:
            raise UsageError(
                f"{len(own)} rows of {measure!r} are too many for a figure",
                cure="give --reference, --pair, --target or --measure",
            )
        stem = options.plot if len(measures) == 1 else options.plot.with_name(f"{options.plot.name}_{number}")
        plots.save(plots.differences(own, language=options.language), stem, close=True)
