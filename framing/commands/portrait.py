"""``framing portrait``: one actor across outlets, on one page."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, language_option

HELP = "portrait of one actor across outlets: mentions, stance, agency, speech, namings, sentences"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scores", type=Path, metavar="DIR", help="folder of scores")
    parser.add_argument(
        "actor",
        metavar="ACTOR",
        help="name of the actor, as in the table of actors; a part of it lists those that have it",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE.pdf", help="write the page as PDF and as PNG beside it"
    )
    parser.add_argument("--tables", type=Path, metavar="DIR", help="folder for the tables, as CSV")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.portrait import portrait
    from framing.report.tables import write_table
    from framing.scores import Scores

    found = portrait(Scores.load(options.scores), options.actor, seed=options.seed)
    written = []
    if options.output:
        written += _page(found, options.output, options.language)
    if options.tables:
        options.tables.mkdir(parents=True, exist_ok=True)
        written += [write_table(table, options.tables / f"{name}.csv") for name, table in found.tables().items()]
    if options.json:
        tables = found.tables().items()
        parts = (f'"{k}": {t.to_json(orient="records", date_format="iso", force_ascii=False)}' for k, t in tables)
        print("{" + ", ".join(parts) + "}")
    elif written:
        print("\n".join(map(str, written)))
    else:
        print(
            f"{found.name} ({found.type}): {found.n_mentions} mentions in {found.n_articles} of {found.n_corpus} articles\n"
        )
        print(found.measures.drop(columns="method").round(3).to_string(index=False))
    return 0


def _page(found: object, output: Path, language: str) -> list[Path]:
    """Write the page as PDF and PNG."""
    from typing import Any, cast

    from framing.errors import UsageError
    from framing.plots import style
    from framing.plots.portrait import portrait

    if output.suffix not in (".pdf", ".png"):
        raise UsageError(f"no page format {output.suffix!r}", file=str(output), cure="end the name in .pdf or .png")
    output.parent.mkdir(parents=True, exist_ok=True)
    return list(
        style.save(portrait(cast(Any, found), language=cast(Any, language)), output.with_suffix(""), close=True)
    )
