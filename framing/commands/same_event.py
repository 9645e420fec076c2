"""``framing same-event``: articles by the event that they report, as a table to check and correct."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "put articles of several outlets on the same event together"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("source", type=Path, metavar="DIR", help="folder of scores, or a corpus file")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="table to write (.csv, to be corrected by hand)"
    )
    parser.add_argument("--threshold", type=float, default=0.2, help="similarity within an event (default: 0.2)")
    parser.add_argument("--window", type=int, default=2, metavar="DAYS", help="days between two articles (default: 2)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import scores_or_corpus
    from framing.compare.same_event import same_event
    from framing.report.tables import write_table

    events = same_event(scores_or_corpus(options.source), threshold=options.threshold, window=options.window)
    write_table(events, options.output)
    shared = events[events["outlets"] > 1]
    result = {
        "events": str(options.output), "articles": len(events), "shared_events": int(shared["event"].nunique()),
        "articles_in_shared_events": len(shared),
    }  # fmt: skip
    say(
        options, result,
        f"{len(shared)} of {len(events)} articles in {result['shared_events']} events of two or more outlets\n"
        f"check the headlines and correct the column event in {options.output}, then: "
        f"framing compare DIR --events {options.output} --test sign_flip",
    )  # fmt: skip
    return 0
