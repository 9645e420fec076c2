"""``framing validate measure``: a measure against hand coding, outlet by outlet."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from framing.commands.options import json_option

MOST_NAMED = 10
HELP = "compare a measure with hand coding, by outlet, with error-corrected means"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores of the whole corpus")
    parser.add_argument("sheets", nargs="+", type=Path, metavar="SHEET", help="coded sheets, one per coder")
    parser.add_argument("--key", type=Path, required=True, help="key that was written with the sheet (.key.csv)")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the permutation test (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.report.tables import write_table
    from framing.scores import Scores
    from framing.validation.measure import majority, undecided, validate_measure
    from framing.validation.sheets import read_codings, read_key

    key, task = read_key(options.key)
    codings = read_codings(options.sheets, task)
    open_units = undecided(codings)
    found = validate_measure(Scores.load(options.scores), key, majority(codings), task, seed=options.seed)
    if options.output:
        write_table(found.table, options.output)
    if options.json:
        table = json.loads(found.table.to_json(orient="records", force_ascii=False))
        result = {"task": task, "table": table, "verdicts": found.verdicts, "undecided": open_units}
        print(json.dumps(result, ensure_ascii=False))
        return 0
    verdicts = found.verdicts or ("Nothing in this sample speaks against the measure.",)
    print("\n".join([
        found.table.drop(columns="method").round(3).to_string(index=False, na_rep="–"), "",
        "codes (rows) by the measure (columns)", found.confusion.to_string(), "", *_told(open_units), *verdicts,
    ]))  # fmt: skip
    return 0


def _told(units: list[str]) -> list[str]:
    if not units:
        return []
    named = ", ".join(units[:MOST_NAMED]) + (" …" if len(units) > MOST_NAMED else "")
    return [f"Left out, as no majority of the coders gives one code (discuss them): {len(units)} units, {named}."]
