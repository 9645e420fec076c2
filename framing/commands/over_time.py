"""``framing over-time``: measures by day, week or month, when they change, and before and after an event."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.commands.options import article_options, json_option, language_option

if TYPE_CHECKING:
    import pandas as pd

HELP = "measures over time by outlet, with change points, and before and after an event"
# more groups than this have a panel each
_IN_ONE = 4
_FREQ = {"day": "D", "week": "W", "month": "M"}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument(
        "--measure", action="append", required=True,
        help="measure, rate ('A per 1000 B') or share ('articles with A'); may be repeated",
    )  # fmt: skip
    parser.add_argument("--target", default="", help="the actor, of measures of actors")
    parser.add_argument("--by", action="append", help="column to compare by (default: outlet; may be repeated)")
    parser.add_argument("--freq", choices=list(_FREQ), default="week", help="period (default: week)")
    parser.add_argument(
        "--date", help="first day after an event, such as 2020-03-11: also compares before and after it"
    )
    parser.add_argument("--window", type=int, metavar="DAYS", help="only so many days before and after the date")
    article_options(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="folder for the tables and figures")
    parser.add_argument("--resamples", type=int, default=2000, help="resamples and permutations (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.commands.options import chosen_scores, print_tables, shown, write_tables
    from framing.errors import UsageError

    if options.window is not None and not options.date:
        raise UsageError("--window needs a date", cure="give the day of the event with --date")
    tables = _tables(chosen_scores(options), options)
    if options.output:
        write_tables(tables, options.output)
        figures = _figures(tables, options)
    if options.json:
        print_tables(tables)
    elif options.output:
        names = ", ".join([*tables, f"{figures} figures"])
        clear = int((tables["change_points"]["p_adjusted"] < 0.05).sum())
        print(f"{names} in {options.output}, {clear} changes with adjusted p below .05")
    else:
        print("\n\n".join(shown(table) for table in tables.values()))
    return 0


def _tables(scores: Any, options: argparse.Namespace) -> dict[str, pd.DataFrame]:
    import pandas as pd

    from framing.compare.before_after import before_after
    from framing.compare.change_points import change_points
    from framing.compare.over_time import over_time

    drawn: dict[str, Any] = {"n_resamples": options.resamples, "seed": options.seed}
    by: Any = options.by or "outlet"
    freq: Any = _FREQ[options.freq]
    tables = {
        name: pd.concat(
            [function(scores, measure, by, freq, target=options.target, **drawn) for measure in options.measure],
            ignore_index=True,
        )
        for name, function in (("over_time", over_time), ("change_points", change_points))
    }
    if options.date:
        tables["before_after"] = before_after(
            scores, options.date, options.measure, by, window=options.window,
            targets=[options.target] if options.target else None, **drawn,
        )  # fmt: skip
    return tables


def _figures(tables: dict[str, pd.DataFrame], options: argparse.Namespace) -> int:
    """Draw each measure; returns the number of figures."""
    from framing import plots

    count = 0
    for number, measure in enumerate(options.measure, start=1):
        of = {name: table[table["measure"] == measure] for name, table in tables.items()}
        draw: Any = plots.over_time if of["over_time"]["group"].nunique() <= _IN_ONE else plots.over_time_panels
        drawn = {"over_time": draw(of["over_time"], event=options.date, language=options.language)}
        if of["change_points"]["p"].notna().any():
            drawn["change_points"] = plots.change_points(of["change_points"], language=options.language)
        if options.date and len(of["before_after"]):
            drawn["before_after"] = plots.before_after(
                of["before_after"], measure, options.target, date=options.date, language=options.language
            )
        for name, figure in drawn.items():
            stem = name if len(options.measure) == 1 else f"{name}_{number}"
            plots.save(figure, options.output / stem, close=True)
        count += len(drawn)
    return count
