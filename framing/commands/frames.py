"""``framing frames``: the five generic news frames by outlet."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, plot_option

HELP = "news frames by outlet: densities with intervals, and dominant frames"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--by", default="outlet", help="column to group by (default: outlet)")
    parser.add_argument("--functions", action="store_true", help="Entman's four functions in place of the five frames")
    parser.add_argument("--margin", type=float, default=0.1, help="lead in share of a dominant frame (default: 0.1)")
    parser.add_argument("--resamples", type=int, default=2000, help="bootstrap resamples (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.means import means
    from framing.errors import InputError
    from framing.report.tables import write_table
    from framing.scorers.frame_functions import FrameFunctions
    from framing.scorers.frames import Frames, dominant_frame
    from framing.scores import Scores

    scores = Scores.load(options.scores)
    measures = list(FrameFunctions.columns if options.functions else Frames.columns)
    if measures[0] not in scores.articles.columns:
        raise InputError(
            f"articles have no column {measures[0]!r}", file=str(options.scores), cure="score the corpus again"
        )
    table = means(scores, options.by, measures, n_resamples=options.resamples, seed=options.seed)
    if options.output:
        write_table(table, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.frames(table, language=options.language), options.plot, close=True)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        print(f"{len(table)} rows in {options.output}")
    else:
        wide = table.pivot(index="group", columns="measure", values="estimate")[measures]
        if not options.functions:
            dominant = dominant_frame(scores.articles, options.margin)
            share = dominant.groupby(scores.articles[options.by]).value_counts(normalize=True).unstack(fill_value=0)
            print(wide.round(2).to_string(), "\n\nshare of articles by dominant frame\n", share.round(2).to_string())
        else:
            print(wide.round(2).to_string())
    return 0
