from __future__ import annotations

from pathlib import Path

import pytest

from framing.corpus.readers.json_document import read_json_document
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def found(tmp_path: Path, text: str) -> list[Record | Reject]:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    return list(read_json_document(Source(file), 1000))


def test_one_object_is_one_record(tmp_path: Path) -> None:
    assert found(tmp_path, '{\n"text": "eins"\n}\n') == [Record("record 1", {"text": "eins"})]
    assert found(tmp_path, "[ ]") == []


@pytest.mark.parametrize("rest", ['{"text": "zw', "", "oder", "[" * 100_000])
def test_of_a_damaged_array_what_comes_before_the_damage_is_read(tmp_path: Path, rest: str) -> None:
    items = found(tmp_path, '[{"text": "eins"}, ' + rest)
    assert items[0] == Record("record 1", {"text": "eins"})
    assert len(items) == 2
    assert isinstance(items[1], Reject)
    assert items[1].position == "record 2"
    assert items[1].reason.startswith("not JSON from here on")


def test_what_is_no_object_is_a_reject(tmp_path: Path) -> None:
    items = found(tmp_path, '[{"text": "eins"}, 7, {"text": "drei"}]')
    assert [type(item) for item in items] == [Record, Reject, Record]
