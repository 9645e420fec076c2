"""``framing selection``: which events and actors outlets report, and how long their texts are."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import article_options, json_option, language_option

HELP = "which events and actors an outlet reports or leaves out, and lengths and cut texts"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    article_options(parser)
    parser.add_argument("--least", type=int, default=2, metavar="N", help="other outlets with an event (default: 2)")
    parser.add_argument("--actors", type=int, default=20, metavar="N", help="most named actors (default: 20)")
    parser.add_argument("--left-out-by", metavar="OUTLET", help="list the events that this outlet leaves out")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="folder for the tables and figures")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import chosen_scores, print_tables, shown, write_tables
    from framing.compare.same_event import same_event, with_events
    from framing.compare.selection import actor_coverage, event_coverage, events_left_out, text_lengths

    scores = chosen_scores(options)
    if "event" not in scores.articles or scores.articles["event"].isna().all():
        scores = with_events(scores, same_event(scores))
    tables = {
        "event_coverage": event_coverage(scores, least=options.least),
        "actor_coverage": actor_coverage(scores, actors=options.actors),
        "text_lengths": text_lengths(scores),
    }
    if options.left_out_by:
        tables["events_left_out"] = events_left_out(scores, options.left_out_by, least=options.least)
    if options.output:
        from framing import plots

        write_tables(tables, options.output)
        for name, draw in (("event_coverage", plots.event_coverage), ("text_lengths", plots.text_lengths)):
            ax = draw(tables[name], language=options.language)
            plots.save(ax, options.output / name, close=True)
        for number, outlet in enumerate(tables["event_coverage"]["outlet"], start=1):
            ax = plots.actor_coverage(tables["actor_coverage"], outlet, language=options.language)
            plots.save(ax, options.output / f"actor_coverage_{number}", close=True)
    if options.json:
        print_tables(tables)
    elif options.output:
        print(f"{', '.join(tables)} and figures in {options.output}")
    else:
        print("\n\n".join(shown(table) for table in tables.values()))
    return 0
