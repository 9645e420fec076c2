"""``framing keyness``: words, lemmas, n-grams or heads of compounds that tell an outlet from others."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, plot_option

HELP = "words that tell an outlet from others, with intervals"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="DIR|CORPUS", help="folder of scores, or a corpus file")
    parser.add_argument("a", metavar="A", help="outlet")
    parser.add_argument("b", metavar="B", nargs="?", default="rest", help="another, 'rest' (default) or 'reference'")
    parser.add_argument("--by", default="outlet", help="column that groups the articles (default: outlet)")
    parser.add_argument("--unit", default="word", help="word (default), lemma, ngram, or head of compounds")
    parser.add_argument("-n", type=int, default=2, help="length of n-grams (default: 2)")
    parser.add_argument("--of", default="all", help="voice: all (default), author or quoted")
    parser.add_argument("--around", metavar="ACTOR", help="only in sentences that name this actor")
    parser.add_argument("--window", type=int, metavar="TOKENS", help="only so near to the actor")
    parser.add_argument(
        "--reference", type=Path, metavar="DIR|CORPUS", help="reference corpus, counted in the same way"
    )
    parser.add_argument("--min-articles", type=int, default=2, metavar="N", help="articles with a term (default: 2)")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--resamples", type=int, default=500, help="bootstrap resamples (default: 500)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import scores_or_corpus
    from framing.compare.keyness import keyness
    from framing.report.tables import write_table

    table = keyness(
        scores_or_corpus(options.corpus), options.a, options.b, by=options.by, unit=options.unit, of=options.of,
        around=options.around, window=options.window, n=options.n, min_articles=options.min_articles,
        reference=None if options.reference is None else scores_or_corpus(options.reference),
        n_resamples=options.resamples, seed=options.seed,
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.keyness(table, language=options.language), options.plot, close=True)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        print(f"{len(table)} terms in {options.output}")
    else:
        shown = table.drop(columns=["group_a", "group_b", "dp_a", "dp_b", "method"]).round(2)
        print(f"{options.a}:\n{shown.head(20).to_string(index=False)}\n\n{options.b}:")
        print(shown.tail(20).iloc[::-1].to_string(index=False))
        print(table["method"].iloc[0] if len(table) else "")
    return 0
