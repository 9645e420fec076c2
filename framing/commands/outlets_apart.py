"""``framing outlets-apart``: how well outlets are told apart by their words."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, language_option, say

HELP = "how well a classifier tells outlets apart, by which words, and what would have given them away"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="DIR|CORPUS", help="folder of scores, or a corpus file")
    parser.add_argument("--folds", type=int, default=5, help="folds of the cross-validation (default: 5)")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="folder for the tables")
    parser.add_argument("--plot", type=Path, metavar="STEM", help="write the confusion as STEM.png, STEM.pdf, STEM.svg")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import scores_or_corpus, write_tables
    from framing.compare.outlets_apart import outlets_apart

    found = outlets_apart(scores_or_corpus(options.corpus), folds=options.folds, seed=options.seed)
    tables = {"confusion": found.confusion.reset_index(), "words": found.words, "leaks": found.leaks}
    if options.output:
        write_tables(tables, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.confusion(found, language=options.language), options.plot, close=True)
    numbers = {
        name: getattr(found, name)
        for name in ("accuracy", "ci_low", "ci_high", "macro_f1", "majority", "accuracy_unmasked", "groups")
    }
    words = found.words.groupby("outlet")["term"].apply(lambda t: ", ".join(t.head(10)))
    say(
        options, numbers | {name: table.to_dict("records") for name, table in tables.items()},
        f"accuracy {found.accuracy:.3f} ({found.ci_low:.3f} to {found.ci_high:.3f}), macro-F1 {found.macro_f1:.3f}; "
        f"the largest outlet alone {found.majority:.3f}; with {len(found.leaks)} masked words left in "
        f"{found.accuracy_unmasked:.3f}\n\n{found.confusion.to_string()}\n\n"
        + "\n".join(f"{outlet}: {terms}" for outlet, terms in words.items()),
    )  # fmt: skip
    return 0
