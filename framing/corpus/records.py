"""What readers yield: records as the file has them, and rejects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Record(NamedTuple):
    """One record as a file holds it, before columns are named and text is cleaned.

    `position` says where in the file it is (``"line 12"``, ``"record 3"``, ``"row 7"``, or empty for a file that is one
    record); `fields` are its columns under the file's own names, with the file's own types.
    """

    position: str
    fields: Mapping[str, object]


class Taken(NamedTuple):
    """Which columns of a file became which field, and which became none."""

    source: str
    fields: Mapping[str, str]
    left: tuple[str, ...]


class Reject(NamedTuple):
    """A record that cannot be used: the file, where in it, and why."""

    source: str
    position: str
    reason: str
