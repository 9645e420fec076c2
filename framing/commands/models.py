"""``framing models``: a measure modelled on outlets and what else differs between articles."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import article_options, json_option, plot_option

HELP = "regression of a measure on outlets, length, section, event and day: marginal means, contrasts, sentences"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("measure", help="measure, rate ('A per 1000 B') or share ('articles with A')")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--by", default="outlet", help="column whose groups are contrasted (default: outlet)")
    parser.add_argument("--target", default="", help="the actor, of a measure of actors")
    parser.add_argument("--reference", help="contrast each group with this one (default: all pairs)")
    parser.add_argument(
        "--covariate",
        action="append",
        help="column, period, or 'date' (a trend) held equal (default: topic, genre and section, if any)",
    )
    parser.add_argument(
        "--random", action="append", help="column of a random intercept (default: event and day, if any)"
    )
    parser.add_argument("--topics", type=int, metavar="N", help="find N topics in the texts and hold them equal")
    article_options(parser)
    parser.add_argument("--no-length", action="store_true", help="leave out ln(n_tokens)")
    parser.add_argument(
        "--adjust", default="bh", choices=["bh", "by"], help="false discovery: Benjamini-Hochberg or -Yekutieli"
    )
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import chosen_scores
    from framing.compare.models import models
    from framing.compare.topics import with_topics
    from framing.report.tables import write_table

    scores = chosen_scores(options)
    if options.topics is not None:
        scores = with_topics(scores, options.topics)
    table = models(
        scores, options.measure, options.by, target=options.target, reference=options.reference,
        covariates=options.covariate, random=options.random, length=not options.no_length, adjust=options.adjust,
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.plot:
        from framing import plots

        means = plots.models(table, language=options.language)
        contrasts = plots.models(table, quantity="contrast", language=options.language)
        for ax, end in ((means, ""), (contrasts, "_contrasts")):
            stem = options.plot.with_name(f"{options.plot.name}{end}")
            plots.save(ax, stem, close=True)
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
