"""``framing validate sentiment``: all methods of sentiment beside hand coding."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option

HELP = "sentiment methods side by side on coded texts"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="CSV with text,label[,group] (default: sentences of the demo corpus)"
    )
    parser.add_argument(
        "--sentiment", action="append", metavar="METHOD", help="only this method, lexicon or model (may be repeated)"
    )
    parser.add_argument("--corpus", type=Path, help="corpus that latent semantic scaling learns from")
    parser.add_argument("--resamples", type=int, default=2000, help="bootstrap resamples (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.validation.sentiment import METHODS, read_coded, sentiment_accuracy

    coded = read_coded(options.data) if options.data else None
    learn_from = None
    if options.corpus:
        from framing.scoring import corpus_table

        learn_from = corpus_table(options.corpus)["text"].tolist()
    table = sentiment_accuracy(
        coded,
        methods=options.sentiment or METHODS,
        learn_from=learn_from,
        n_resamples=options.resamples,
        seed=options.seed,
    )
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
        return 0
    print(table.to_string(index=False, float_format=lambda x: f"{x:.3f}", na_rep="-"))
    if not options.data:
        print("\nlabels: stance toward an actor marked in the demo corpus, not tone; give --data FILE for your own")
    return 0
