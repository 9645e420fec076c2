"""``framing validate measure``: a measure against hand coding, outlet by outlet."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from framing.commands.options import json_option

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
    from framing.validation.measure import majority, validate_measure
    from framing.validation.sampling import read_codings, read_key

    key, task = read_key(options.key)
    codes = majority(read_codings(options.sheets, task))
    found = validate_measure(Scores.load(options.scores), key, codes, task, seed=options.seed)
    if options.output:
        write_table(found.table, options.output)
    if options.json:
        table = json.loads(found.table.to_json(orient="records", force_ascii=False))
        print(json.dumps({"task": task, "table": table, "verdicts": found.verdicts}, ensure_ascii=False))
        return 0
    verdicts = found.verdicts or ("Nothing in this sample speaks against the measure.",)
    print("\n".join([
        found.table.drop(columns="method").round(3).to_string(index=False, na_rep="–"), "",
        "codes (rows) by the measure (columns)", found.confusion.to_string(), "", *verdicts,
    ]))  # fmt: skip
    return 0
