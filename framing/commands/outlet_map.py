"""``framing outlet-map``: outlets near those that write about the same."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, plot_option, say

HELP = "a map of outlets by the actors or loaded terms that they name (correspondence analysis)"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("--kind", default="actors", help="actors (default), loaded_terms or categories")
    parser.add_argument("--least", type=int, default=5, metavar="N", help="articles with a term (default: 5)")
    parser.add_argument("-o", "--output", type=Path, help="table of the outlets to write (.csv, .parquet or .tex)")
    parser.add_argument("--resamples", type=int, default=1000, help="bootstrap resamples (default: 1000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.outlet_map import outlet_map
    from framing.report.tables import write_table
    from framing.scores import Scores

    found = outlet_map(
        Scores.load(options.scores), options.kind, least=options.least, n_resamples=options.resamples, seed=options.seed
    )
    if options.output:
        write_table(found.outlets, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.outlet_map(found, language=options.language), options.plot, close=True)
    say(
        options,
        {
            "outlets": found.outlets.to_dict("records"),
            "terms": found.terms.to_dict("records"),
            "inertia": found.inertia,
            "total": found.total,
            "total_unmasked": found.total_unmasked,
            "leaks": found.leaks.to_dict("records"),
        },
        f"{found.outlets.round(3).to_string(index=False)}\n\n{found.terms.head(20).round(3).to_string(index=False)}\n\n"
        f"share of the differences on the two axes: {found.inertia[0]:.2f}, {found.inertia[1]:.2f}; all differences "
        f"(inertia) {found.total:.3f}, with {len(found.leaks)} masked terms left in {found.total_unmasked:.3f}"
        + "".join(f"\nmasked: {row.term} ({row.outlet}, {row.reason})" for row in found.leaks.itertuples()),
    )
    return 0
