"""``framing corpora get``: download a public corpus."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "download a public corpus; shows its licence first"

_AGAINST = {
    "publisher": "as its publisher states it",
    "first download": "as at the first download",
    "nothing": "first download, compared with nothing: trusted as it came, kept for the next time",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", help="as in `framing corpora list`")
    parser.add_argument("-o", "--output", type=Path, help="folder (default: one of the corpus's name)")
    parser.add_argument("--accept-licence", action="store_true", help="say that you have read and accept its licence")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from tqdm import tqdm

    from framing.corpus.get import find_corpus, get_corpus

    corpus = find_corpus(options.name)
    print(f"{corpus.name}: {corpus.what}\nlicence: {corpus.licence}\n{corpus.page}", file=sys.stderr)
    folder = options.output or Path(corpus.name)
    with tqdm(desc=corpus.name, unit="B", unit_scale=True, disable=None) as bar:
        files = get_corpus(corpus, folder, accept_licence=options.accept_licence, progress=bar.update)
    lines = [f"{path}  sha256 {one.sha256}  {_AGAINST[one.against]}" for path, one in files.items()]
    result = {
        "name": corpus.name, "licence": corpus.licence, "read": corpus.how,
        "files": [{"file": str(path), **one._asdict()} for path, one in files.items()],
    }  # fmt: skip
    say(options, result, "\n".join([*lines, f"in {folder}, read it with: {corpus.how}"]))
    return 0
