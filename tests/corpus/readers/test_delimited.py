from __future__ import annotations

import csv
from pathlib import Path

from framing.corpus.readers.delimited import read_delimited
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def rows(tmp_path: Path, text: str, limit: int = 10_000) -> list[Record | Reject]:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return list(read_delimited(Source(file), limit))


def test_positions_are_the_lines_at_which_records_begin(tmp_path: Path) -> None:
    found = rows(tmp_path, 'id,text\n1,"eins\nzwei"\n\n2,drei\n')
    assert found == [
        Record("line 2", {"id": "1", "text": "eins\nzwei"}),
        Record("line 5", {"id": "2", "text": "drei"}),
    ]


def test_a_row_with_other_cells_than_the_header_is_a_reject(tmp_path: Path) -> None:
    found = rows(tmp_path, "id,text\n1,eins,zwei\n2\n3,drei\n")
    assert [type(item) for item in found] == [Reject, Reject, Record]
    assert found[0] == Reject(
        str(tmp_path / "a.csv"), "line 2", "3 cells where the header has 2 (a quotation mark left open?)"
    )


def test_an_open_quotation_mark_is_not_taken_for_an_article(tmp_path: Path) -> None:
    found = rows(tmp_path, 'text,id\n"eins,1\nzwei,2\ndrei,3\n')
    assert [item.position for item in found] == ["line 2"]
    assert isinstance(found[0], Reject)


def test_a_large_field_is_read_and_the_limit_of_the_csv_module_restored(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (record,) = rows(tmp_path, f"id,text\n1,{'wort ' * 100_000}\n", 1_000_000)
    assert isinstance(record, Record)
    assert len(str(record.fields["text"])) == 500_000
    assert csv.field_size_limit() == before


def test_the_delimiter_is_the_one_that_gives_known_names(tmp_path: Path) -> None:
    (record,) = rows(tmp_path, "text;id, alt, neu;titel\nEins, zwei, drei.;7;T\n")
    assert record == Record("line 2", {"text": "Eins, zwei, drei.", "id, alt, neu": "7", "titel": "T"})
