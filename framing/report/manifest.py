"""Which figures and tables a report wrote, so that those of an earlier one do not stay behind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from framing.signature import write_atomic

MANIFEST = "manifest.json"
FOLDERS = ("figures", "tables")


def write_manifest(folder: Path, files: Sequence[Path]) -> Path:
    """Write the names of the files below the folder."""
    names = sorted(file.relative_to(folder).as_posix() for file in files)
    return write_atomic(folder / MANIFEST, (json.dumps({"files": names}, indent=2) + "\n").encode("utf-8"))


def remove_old(folder: Path) -> None:
    """Remove the figures and tables that the folder's manifest names; nothing else, and nothing outside the folder."""
    try:
        names = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name in names if isinstance(names, list) else ():
        parts = Path(str(name)).parts
        if len(parts) == 2 and parts[0] in FOLDERS and parts[1] != "..":
            (folder / parts[0] / parts[1]).unlink(missing_ok=True)
