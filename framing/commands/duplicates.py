"""``framing duplicates``: wire copy and other near duplicates."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, plot_option, say

HELP = "find near duplicates (wire copy), their share by outlet, and who was first"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("source", type=Path, metavar="DIR", help="folder of scores, or a corpus file")
    parser.add_argument("-o", "--output", type=Path, help="table of the pairs to write (.csv, .parquet or .tex)")
    parser.add_argument("--threshold", type=float, default=0.5, help="least Jaccard similarity (default: 0.5)")
    plot_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import scores_or_corpus
    from framing.compare.duplicates import duplicate_shares, near_duplicates, who_copies_whom
    from framing.compare.same_event import articles_and_texts
    from framing.report.tables import write_table

    source = scores_or_corpus(options.source)
    pairs = near_duplicates(source, threshold=options.threshold)
    shares = duplicate_shares(pairs, articles_and_texts(source))
    order = who_copies_whom(pairs)
    if options.output:
        write_table(pairs, options.output)
    if options.plot:
        from framing import plots

        plots.save(plots.duplicates(order, language=options.language), options.plot, close=True)
    result = {"pairs": len(pairs), "shares": shares.to_dict("records"), "order": order.to_dict("records")}
    parts = [f"{len(pairs)} pairs of near duplicates", shares.round(3).to_string(index=False)]
    if len(order):
        parts.append(order.to_string(index=False))
    say(options, result, "\n\n".join(parts))
    return 0
