"""Runs the cases of ``tests/cases/actors_aliases.json``: which actor a stretch of text means."""

from __future__ import annotations

import re
from typing import Any

from framing.language.documents import Documents
from framing.language.names import find_names


def actor_of(case: dict[str, Any]) -> str:
    """Actor that the stretch of the case is put to; empty where it is a place, open or no name."""
    d = Documents([case["text"]])
    found = list(re.finditer(rf"(?<![\w-]){re.escape(case['surface'])}(?![\w-])", case["text"]))
    start, end = found[case.get("occurrence", 1) - 1].span()
    t = d.tokens
    for name in find_names(d):
        low, high = int(t.start[name.first]), int(t.end[name.last - 1])
        if low < end and high > start:
            inside = (low <= start and end <= high) or (start <= low and high <= end)
            return name.name if inside and name.type != "place" and name.kind != "open" else ""
    return ""
