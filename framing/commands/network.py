"""``framing network``: who is named with whom, or who does what to whom."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, plot_option

HELP = "network of actors: company or actions, centralities, difference of two outlets"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("--kind", choices=["company", "action"], default="company", help="(default: company)")
    parser.add_argument("--outlet", help="only articles of this outlet")
    parser.add_argument(
        "--versus", metavar="OUTLET", help="edges of --outlet minus those of this one, in place of the network"
    )
    parser.add_argument(
        "--within", choices=["sentence", "article"], default="sentence", help="unit of company (default: sentence)"
    )
    parser.add_argument("--least", type=int, default=3, metavar="N", help="weight that an edge must have (default: 3)")
    parser.add_argument("--actors", type=int, default=50, metavar="N", help="only so many actors (default: 50)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=".graphml, .gexf, .csv or .parquet")
    parser.add_argument(
        "--centralities", type=Path, metavar="FILE", help="write degree, strength and betweenness as a table"
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.centrality import centralities, network_difference
    from framing.compare.network import edges, network, write_network
    from framing.errors import UsageError
    from framing.report.tables import write_table
    from framing.scores import Scores

    scores = Scores.load(options.scores)
    chosen = {"within": options.within, "least": options.least, "n_actors": options.actors}
    if options.versus:
        if not options.outlet:
            raise UsageError("--versus needs two outlets", cure="name the other with --outlet")
        if options.plot or options.centralities:
            raise UsageError("--versus gives a table of edges", cure="leave out --plot and --centralities")
        table = network_difference(scores, options.outlet, options.versus, options.kind, seed=options.seed, **chosen)
        if options.output:
            write_table(table, options.output)
    else:
        graph = network(scores, options.kind, options.outlet, **chosen)
        table = edges(graph)
        if options.output:
            write_network(graph, options.output)
        if options.centralities:
            ranks = centralities(scores, options.kind, options.outlet, seed=options.seed, **chosen)
            write_table(ranks, options.centralities)
        if options.plot:
            from framing.plots import style
            from framing.plots.network import network as draw

            style.save(draw(graph, language=options.language), options.plot, close=True)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    else:
        print(table.drop(columns="method", errors="ignore").round(3).head(40).to_string(index=False))
    return 0
