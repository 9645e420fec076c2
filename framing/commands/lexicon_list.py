"""``framing lexicon list``: the lexicons that are there."""

from __future__ import annotations

import argparse

from framing.commands.options import json_option, say

HELP = "list the lexicons with their size, digest and licence"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", nargs="?", help="only this one: by name, or a CSV file")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing import lexicons
    from framing.lexicons import user

    rows = []
    for name in [options.name] if options.name else [*lexicons.available(), *user.added()]:
        lexicon = lexicons.load(name)
        row = {"name": name, "entries": len(lexicon), "digest": lexicon.digest}
        origin = user.origin(name)
        if name in lexicons.CATALOGUE:
            row |= {"licence": lexicons.LICENCE, "what": lexicons.CATALOGUE[name][1], "citation": ""}
        elif origin is not None:
            row |= {"licence": origin.licence, "what": f"added, format {origin.format}", "citation": origin.citation}
        else:
            row |= {"licence": "not given", "what": str(lexicon.path), "citation": ""}
        rows.append(row)
    lines = []
    for row in rows:
        lines.append(f"{row['name']:24} {row['entries']:6}  {row['digest']}  {row['licence']}; {row['what']}")
        if row["citation"]:
            lines.append(f"{'':24} cite: {row['citation']}")
    say(options, {"lexicons": rows}, "\n".join(lines))
    return 0
