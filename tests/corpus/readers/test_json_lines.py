from __future__ import annotations

from pathlib import Path

from framing.corpus.readers.json_lines import read_json_lines
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def test_lines_that_are_no_object_are_rejects_and_reading_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"text": "eins"}\n\n{"text": "zw\n[1]\n' + "[" * 100_000 + '\n{"text": "\u2028drei"}', encoding="utf-8"
    )
    found = list(read_json_lines(Source(file), 100_000))
    assert found[0] == Record("line 1", {"text": "eins"})
    assert [item.position for item in found[1:]] == ["line 3", "line 4", "line 5", "line 6"]
    assert [item.reason[:8] for item in found if isinstance(item, Reject)] == ["not JSON", "not a JS", "not JSON"]
    assert found[-1] == Record("line 6", {"text": "\u2028drei"})


def test_a_line_far_beyond_the_limit_is_skipped_and_reading_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "' + "x" * 5_000 + '"}\n{"text": "zwei"}\n', encoding="utf-8")
    assert list(read_json_lines(Source(file), 100)) == [
        Reject(str(file), "line 1", "larger than 100 characters"),
        Record("line 2", {"text": "zwei"}),
    ]
