from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from framing.corpus import read
from framing.corpus.readers import READERS, choose_reader
from framing.corpus.sources import Source
from framing.errors import InputError


def save(file: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def test_the_sheet_with_a_text_is_read_whatever_the_file_is_called(tmp_path: Path) -> None:
    file = save(tmp_path / "a.xlsx", [["Notizen"], ["x"]], [
        ["Nr", "Zeitung", "Datum", "Überschrift", "Volltext", None],
        [7, "Seeblatt", datetime.datetime(2024, 5, 2), "Größe", "Der Steg hält.", None],
        [None, None, None, None, None, None],
        [8, "Bergbote", "3. Mai 2024", "=1+1", "Er fällt.", "?"],
    ])  # fmt: skip
    file = file.rename(tmp_path / "a.csv")
    assert choose_reader(Source(file)) is READERS["spreadsheet"]
    rows = read(file).articles
    assert rows["article_id"].tolist() == ["7", "8"]
    assert rows["outlet"].tolist() == ["Seeblatt", "Bergbote"]
    assert rows["published"].dt.strftime("%Y-%m-%d").tolist() == ["2024-05-02", "2024-05-03"]
    assert rows["text"].tolist() == ["Der Steg hält.", "Er fällt."]


def test_a_sheet_without_text_and_a_workbook_without_cells(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text column; columns found: eins, zwei"):
        read(save(tmp_path / "a.xlsx", [["eins", "zwei"], [1, 2]]))
    with pytest.raises(InputError, match=r"a workbook without cells|no article in it"):
        read(save(tmp_path / "b.xlsx", []))


def test_a_bomb_and_a_damaged_workbook(tmp_path: Path) -> None:
    file = save(tmp_path / "a.xlsx", [["text"], ["Eins."]])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 20_000_000)
    with pytest.raises(InputError, match="shrunk more than 300-fold"):
        read(file)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    (tmp_path / "b.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises(InputError, match="damaged XLSX"):
        read(tmp_path / "b.xlsx")
