"""``framing read``: files and folders into one corpus table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from framing.commands.options import json_option, say
from framing.errors import UsageError

if TYPE_CHECKING:
    from framing.corpus.records import Taken

MOST_TOLD = 5
HELP = "read articles from files and folders into one corpus table"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "sources",
        nargs="+",
        type=Path,
        metavar="SRC",
        help="folder, or file of any known format (see corpora/README.md); plain, gzip or ZIP",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="corpus file to write (.parquet)")
    parser.add_argument("--outlet", help="outlet of all articles whose source names none")
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="column of a field, such as text=volltext"
    )
    parser.add_argument(
        "--only-outlet", action="append", default=[], metavar="NAME", help="keep this outlet (may be repeated)"
    )
    parser.add_argument("--encoding", help="character encoding, where it is not recognised")
    parser.add_argument(
        "--keep-repeated", action="store_true", help="leave in the text what an outlet repeats under many articles"
    )
    parser.add_argument("--strict", action="store_true", help="exit with status 1 if records were set aside")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.corpus.into_file import read_into

    columns = {}
    for pair in options.map:
        field, equals, column = pair.partition("=")
        if not equals or not field or not column:
            raise UsageError(f"--map {pair!r} is not FIELD=COLUMN", cure="write for example --map text=volltext")
        columns[field] = column
    taken: list[Taken] = []
    written = read_into(
        options.sources, options.output, outlet=options.outlet, columns=columns or None, encoding=options.encoding,
        keep_repeated=options.keep_repeated, only=options.only_outlet, on_columns=taken.append,
        progress=sys.stderr.isatty(),
    )  # fmt: skip
    rejects = written.rejects
    lines = [f"{written.articles} articles of {len(written.outlets)} outlets in {options.output}", *told_columns(taken)]
    if written.changed:
        lines.append(
            f"sentences that an outlet repeats moved out of {written.changed} articles (--keep-repeated leaves them)"
        )
    if not written.dated:
        lines.append("no article has a date; if a column holds it, name it: --map published=COLUMN")
    if len(rejects):
        lines.append(f"{len(rejects)} records set aside:")
        lines += [f"  {count} × {reason}" for reason, count in rejects["reason"].value_counts().head(8).items()]
    result = {
        "corpus": str(options.output),
        "articles": written.articles,
        "outlets": written.outlets,
        "articles_with_repeated_sentences": written.changed,
        "columns": [{"source": one.source, "fields": dict(one.fields), "left": list(one.left)} for one in taken],
        "rejects": rejects.to_dict("records"),
    }
    say(options, result, "\n".join(lines))
    return 1 if options.strict and len(rejects) else 0


def told_columns(taken: Sequence[Taken]) -> list[str]:
    """Which columns were taken for which field, one line for all files with the same columns.

    Examples
    --------
    >>> from framing.corpus.records import Taken
    >>> print(*told_columns([Taken("a.csv", {"title": "Titel", "text": "Volltext"}, ("Seite",))]), sep="\\n")
    columns of a.csv: title from Titel, text from Volltext; left: Seite
    """
    from framing.corpus.columns import listed

    files: dict[tuple[tuple[tuple[str, str], ...], tuple[str, ...]], list[str]] = {}
    for one in taken:
        files.setdefault((tuple(one.fields.items()), one.left), []).append(one.source)
    lines = []
    for (fields, left), sources in list(files.items())[:MOST_TOLD]:
        where = sources[0] if len(sources) == 1 else f"{len(sources)} files"
        named = [field if field == column else f"{field} from {listed([column])}" for field, column in fields]
        lines.append(f"columns of {where}: {', '.join(named)}" + (f"; left: {listed(left)}" if left else ""))
    more = len(files) - MOST_TOLD
    return [*lines, f"and files with {more} other sets of columns"] if more > 0 else lines
