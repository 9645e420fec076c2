from __future__ import annotations

import gzip
import os
from pathlib import Path

from framing.corpus.sources import Source, shown


def test_gzip_is_recognised_by_content_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress("Größe".encode()))
    (tmp_path / "b.txt.gz").write_bytes("Größe".encode())
    for name in ("a.txt", "b.txt.gz"):
        source = Source(tmp_path / name)
        with source.open_text() as handle:
            assert handle.read() == source.head_text == "Größe"


def test_the_head_of_a_cut_archive_is_what_comes_before_the_cut(tmp_path: Path) -> None:
    content = os.urandom(30_000).hex().encode()
    file = tmp_path / "a.gz"
    file.write_bytes(gzip.compress(content)[:10_000])
    head = Source(file).head
    assert len(head) > 1_000
    assert content.startswith(head)


def test_paths_are_shown_composed_and_without_broken_bytes() -> None:
    assert shown(Path("Gro\u0308ße")) == "Größe"
    assert shown(Path(os.fsdecode(b"a\xff"))) == "a\ufffd"
