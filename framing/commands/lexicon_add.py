"""``framing lexicon add``: a sentiment lexicon for ``--sentiment NAME``, or terms for ``--loaded-terms +FILE``."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "add a sentiment lexicon from the files of its authors, or loaded terms that you have found"
_SHOWN = 5


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from framing.lexicons.formats import FORMATS

    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="its files, or a folder or zip of them")
    parser.add_argument(
        "--format", required=True, choices=[*FORMATS, "loaded-terms"], help="how its authors publish it"
    )
    parser.add_argument("--name", default="", help="name to keep it under (default: that of the format or file)")
    parser.add_argument("--citation", default="", help="how to cite it, for a lexicon of your own")
    parser.add_argument("--licence", default="", help="its licence, for a lexicon of your own")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.format == "loaded-terms":
        return _loaded_terms(options)
    from framing.lexicons import user

    origin, parsed = user.add_lexicon(
        options.files, options.format, options.name, citation=options.citation, licence=options.licence
    )
    lines = [f"{origin.name}: {origin.entries} entries, in {user.folder()}; use it with --sentiment {origin.name}"]
    lines.append(f"licence: {origin.licence}")
    if origin.citation:
        lines.append(f"cite: {origin.citation}")
    lines.append(f"scale: {origin.scale}")
    if parsed.rejects:
        lines.append(f"{len(parsed.rejects)} lines set aside:")
        lines += [f"  {r.file}, line {r.line}: {r.reason}" for r in parsed.rejects[:_SHOWN]]
        if len(parsed.rejects) > _SHOWN:
            lines.append(f"  and {len(parsed.rejects) - _SHOWN} more")
    rejects = [asdict(r) for r in parsed.rejects]
    say(options, {"lexicon": asdict(origin), "rejects": rejects}, "\n".join(lines))
    return 0


def _loaded_terms(options: argparse.Namespace) -> int:
    from framing.errors import UsageError
    from framing.lexicons import loaded_user

    if len(options.files) != 1:
        raise UsageError("more than one table of terms", cure="add them one by one")
    path, added = loaded_user.add_file(options.files[0], options.name or loaded_user.NAME)
    name = path.stem
    text = (
        f"{name}: {added.new} terms new, {added.replaced} replaced, {added.left} not marked to keep, in {path}\n"
        f"use them beside the package's own with --loaded-terms +{name}"
    )
    say(options, {"lexicon": str(path), **asdict(added)}, text)
    return 0
