"""``framing robustness``: whether the ranking of outlets hangs on how sentiment was measured."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option

HELP = "the order of outlets by sentiment, measured in several ways"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--plot", type=Path, metavar="STEM", help="write the figure as STEM.png, STEM.pdf, STEM.svg")
    parser.add_argument("--by", default="outlet", help="column whose groups are ranked (default: outlet)")
    parser.add_argument(
        "--sentiment", action="append", metavar="METHOD",
        help="only this other method (may be repeated; default: lexicon, textblob-de, latent-semantic-scaling)",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="no other methods: nothing is parsed again")
    parser.add_argument("--words", type=int, default=10, metavar="N", help="words to leave out (default: 10)")
    parser.add_argument("--cluster", help="column whose articles belong together, such as event")
    parser.add_argument("--resamples", type=int, default=2000, help="bootstrap resamples (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.robustness import METHODS, robustness
    from framing.report.tables import write_table
    from framing.scores import Scores

    methods = () if options.quick else options.sentiment or METHODS
    table = robustness(
        Scores.load(options.scores), by=options.by, methods=methods, n_words=options.words, cluster=options.cluster,
        n_resamples=options.resamples, seed=options.seed,
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.robustness(table), options.plot, close=True)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
        return 0
    ranks = table.pivot(index="group", columns="variant", values="rank")[table["variant"].unique().tolist()]
    tau = table.drop_duplicates("variant").set_index("variant")["kendall_tau"].round(2)
    print(ranks.sort_values("default").to_string())
    print("Kendall's tau to the default: " + ", ".join(f"{k} {v}" for k, v in tau.items() if k != "default"))
    for variant, note in table.drop_duplicates("variant").set_index("variant")["note"].items():
        if note:
            print(f"{variant}: {note}")
    return 0
