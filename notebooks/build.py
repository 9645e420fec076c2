"""Run the notebooks from their text form and store them with their outputs.

All of them: ``python notebooks/build.py``; some: ``python notebooks/build.py 01 02``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent
TIMEOUT = 300


def sources(chosen: list[str] | None = None) -> list[Path]:
    """Text forms of the notebooks, in order of their numbers; with `chosen` those whose names begin so."""
    found = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
    return [path for path in found if not chosen or path.name.startswith(tuple(chosen))]


def read(path: Path) -> Any:
    """Notebook without outputs; its cells have numbers as ids, so that two builds give the same file."""
    notebook = jupytext.read(path)
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:02}"
    return notebook


def run(notebook: Any, folder: Path) -> Any:
    """The notebook run from top to bottom in `folder`, with outputs; raises where a cell fails."""
    # a checkout that is not installed must be importable in the kernel too
    paths = [str(FOLDER.parent), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in paths if p)}
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env=environment)
    # the version of the kernel's Python would change the file from machine to machine
    notebook.metadata.get("language_info", {}).pop("version", None)
    return notebook


def main() -> int:
    """Build the notebooks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="such as 01; all if none is given")
    chosen = sources(parser.parse_args().numbers)
    if not chosen:
        print("no such notebook", file=sys.stderr)
        return 2
    for path in chosen:
        target = path.with_suffix(".ipynb")
        nbformat.write(run(read(path), FOLDER), target)
        print(target.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
