"""``framing lexicon list``: the lexicons that are there."""

from __future__ import annotations

import argparse

from framing.commands.options import json_option, say

HELP = "list the lexicons with their size and digest"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", nargs="?", help="only this one: by name, or a CSV file")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing import lexicons

    rows = []
    for name in [options.name] if options.name else lexicons.available():
        lexicon = lexicons.load(name)
        what = lexicons.CATALOGUE[name][1] if name in lexicons.CATALOGUE else str(lexicon.path)
        rows.append({"name": name, "entries": len(lexicon), "digest": lexicon.digest, "what": what})
    lines = [f"{r['name']:24} {r['entries']:6}  {r['digest']}  {r['what']}" for r in rows]
    say(options, {"lexicons": rows}, "\n".join(lines))
    return 0
