"""``framing packages``: framing packages found in a corpus."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.commands.options import json_option, plot_option

HELP = "framing packages found in a corpus: words, typical articles, shares by outlet, stability"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="DIR|CORPUS", help="folder of scores, or a corpus file")
    parser.add_argument("-n", type=int, default=10, help="number of packages (default: 10)")
    parser.add_argument("--choose", metavar="N,N,…", help="only report the stability for these numbers of packages")
    parser.add_argument("--seeds", type=int, default=10, help="random starts (default: 10)")
    parser.add_argument("--by", default="outlet", help="column for the shares (default: outlet)")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="folder for the tables")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing import plots
    from framing.commands.options import print_tables, scores_or_corpus, write_tables
    from framing.compare.lemma_matrix import lemma_matrix
    from framing.compare.packages import packages, packages_stability

    show = sys.stderr.isatty()
    numbers = _numbers(options.choose) if options.choose else []
    matrix = lemma_matrix(scores_or_corpus(options.corpus), progress=show)
    if numbers:
        table = packages_stability(matrix, numbers, seeds=options.seeds, seed=options.seed, progress=show)
        tables = {"stability_by_number": table}
        ax = plots.packages_stability(table, language=options.language) if options.plot else None
    else:
        found = packages(matrix, options.n, seeds=options.seeds, by=options.by, seed=options.seed, progress=show)
        tables = {k: getattr(found, k) for k in ("stability", "words", "articles", "shares")}
        ax = plots.packages(found, language=options.language) if options.plot else None
    if ax is not None:
        plots.save(ax, options.plot, close=True)
    if options.output:
        write_tables(tables, options.output)
    if options.json:
        print_tables(tables)
    elif options.output:
        print(f"{', '.join(tables)} in {options.output}")
    else:
        print("\n\n".join(t.round(3).to_string(index=False) for t in tables.values()))
    return 0


def _numbers(given: str) -> list[int]:
    """Numbers of packages from ``5,10,15``."""
    from framing.errors import UsageError

    try:
        return [int(k) for k in given.split(",")]
    except ValueError:
        raise UsageError(f"--choose {given!r} is no list of numbers", cure="write it as 5,10,15") from None
