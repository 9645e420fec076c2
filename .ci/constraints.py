"""Print the pip versions pinned in environment.yml as a constraints file; no package needed to run it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

PIN = re.compile(r"^\s*-\s*([A-Za-z0-9_.-]+)==([^\s#]+)")


def pins(text: str) -> dict[str, str]:
    """Package to version, of the lines ``- name==version``."""
    return {m[1]: m[2] for m in map(PIN.match, text.splitlines()) if m}


if __name__ == "__main__":
    for name, version in pins(Path(sys.argv[1]).read_text("utf-8")).items():
        print(f"{name}=={version}")
