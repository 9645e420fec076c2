"""``framing cite``: how to cite the package, a lexicon or a method."""

from __future__ import annotations

import argparse
import json

from framing.commands.options import json_option

HELP = "how to cite the package, a lexicon or a method, as text and BibTeX"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="*", metavar="WHAT", help="framing (default), lexicons and methods; see --list")
    parser.add_argument("--list", action="store_true", help="name all that can be cited")
    parser.add_argument("--bibtex", action="store_true", help="print BibTeX only, to be appended to a .bib file")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.citing import METHODS, PACKAGE, citable, cite
    from framing.lexicons import CATALOGUE

    if options.list:
        known = citable()
        about = {PACKAGE: "the package", **{n: what for n, (what, _) in METHODS.items()}}
        lines = [
            f"{name:25} {CATALOGUE[name][1] if group == 'lexicons' else about[name]}"
            for group, names in known.items()
            for name in names
        ]
        print(json.dumps(known) if options.json else "\n".join(lines))
        return 0
    found = {one.key: one for what in options.what or [PACKAGE] for one in cite(what)}
    if options.json:
        print(json.dumps([{"key": one.key, "text": one.text, "bibtex": one.bibtex} for one in found.values()]))
    elif options.bibtex:
        print("\n".join(one.bibtex for one in found.values()), end="")
    else:
        print("\n\n".join(one.text for one in found.values()), "", *(one.bibtex for one in found.values()), sep="\n")
    return 0
