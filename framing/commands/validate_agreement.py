"""``framing validate agreement``: how far coders agree."""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "agreement of two or more coders: Krippendorff's alpha with interval, confusion of codes"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("sheets", nargs="+", type=Path, metavar="SHEET", help="coded sheets, one per coder")
    parser.add_argument("--task", default="sentiment", help="what was coded (default: sentiment)")
    parser.add_argument("--level", choices=["nominal", "ordinal", "interval", "ratio"], help="default: by the task")
    parser.add_argument("--seed", type=int, default=0, help="seed of the bootstrap (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.errors import UsageError
    from framing.validation.agreement import agreement, by_code, confusion
    from framing.validation.sheets import read_codings
    from framing.validation.tasks import task_named

    task = task_named(options.task)
    if len(options.sheets) < 2:
        raise UsageError("one sheet is too few", cure="give the sheets of two or more coders")
    codes = read_codings(options.sheets, options.task)
    found = agreement(codes, options.level or task.level, seed=options.seed)
    each = by_code(codes)
    result = {**found, "level": options.level or task.level, "codes": each.to_dict("records")}
    lines = [
        f"Krippendorff's alpha ({result['level']}) {found['alpha']:.3f}, 95 % interval {found['ci_low']:.3f} to "
        f"{found['ci_high']:.3f}; {found['percent']:.0%} of pairs equal; {found['units']:.0f} units, "
        f"{found['coders']:.0f} coders",
        "",
        "by code (one against the rest)",
        each.round(3).to_string(index=False),
    ]  # fmt: skip
    for a, b in combinations(codes.columns, 2):
        lines += ["", f"{a} (rows) and {b} (columns)", confusion(codes, a, b).to_string()]
    say(options, result, "\n".join(lines))
    return 0
