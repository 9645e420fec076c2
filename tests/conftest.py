"""What all tests share."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


# no test reads or writes the cache and the lexicons of the user who runs it
os.environ["FRAMING_CACHE"] = "off"
os.environ["FRAMING_LEXICONS"] = str(Path(tempfile.gettempdir()) / "framing-no-lexicons")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real data for development; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("FRAMING_DATA") or REPOSITORY.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no data at {folder}: set FRAMING_DATA to the folder of the development data")
    return folder


@pytest.fixture(scope="session")
def demo_corpus() -> Path:
    """Folder of the demo corpus."""
    return REPOSITORY / "corpora" / "demo"
