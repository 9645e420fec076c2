"""Coding sheets as files: written for coders, and read again as spreadsheets save them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus.edited import read_bytes, read_csv
from framing.errors import InputError, UsageError
from framing.signature import write_atomic
from framing.validation.sampling import KEY
from framing.validation.tasks import Task, codebook, task_named

PAGE = "coding"
_MAX_CELL = 32_000  # a cell of a spreadsheet holds 32,767 characters
_KEEP = "keep the columns of the sheet"


def write_sheet(sheet: pd.DataFrame, key: pd.DataFrame, task: str, path: str | Path) -> dict[str, Path]:
    """Write what coders need and the key that they must not see.

    Parameters
    ----------
    sheet, key
        Of :func:`sample`.
    task
        Its task.
    path
        Of the sheet; ``.xlsx`` or ``.csv``, the other is written beside it.

    Returns
    -------
    dict of str to Path
        ``xlsx``, ``csv``, ``key`` (``<stem>.key.csv``), ``codebook`` (``<stem>.codebook.md``).

    Raises
    ------
    UsageError
        Where `path` ends otherwise.
    """
    from framing.report.tables import to_csv

    if Path(path).suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("a coding sheet is XLSX and CSV", file=str(path), cure="end its name in .xlsx or .csv")
    base = Path(path).with_suffix("")
    files = {
        "xlsx": base.with_suffix(".xlsx"),
        "csv": base.with_suffix(".csv"),
        "key": base.with_name(f"{base.name}.key.csv"),
        "codebook": base.with_name(f"{base.name}.codebook.md"),
    }
    found = task_named(task)
    # a byte order mark, so that spreadsheets read the file as UTF-8
    write_atomic(files["csv"], to_csv(sheet).encode("utf-8-sig"))
    write_atomic(files["key"], to_csv(key.assign(task=task)).encode("utf-8-sig"))
    write_atomic(files["codebook"], codebook(found).encode("utf-8"))
    write_atomic(files["xlsx"], _xlsx(sheet, found))
    return files


def _xlsx(sheet: pd.DataFrame, task: Task) -> bytes:
    """The sheet as XLSX: text cells only, the codes offered in a list, the codebook on a second page."""
    import io

    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page: Any = book.active
    page.title = PAGE
    widths = {"unit": 8, "actor": 18, "title": 30, "text": 90, "code": 8, "remark": 30}
    for column, name in enumerate(sheet.columns, start=1):
        page.cell(1, column, name).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = widths[name]
    for row, values in enumerate(sheet.itertuples(index=False), start=2):
        for column, value in enumerate(values, start=1):
            cell = page.cell(row, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_MAX_CELL]
            # text stays text, whatever it begins with
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    place = get_column_letter(list(sheet.columns).index("code") + 1)
    choice = DataValidation(type="list", formula1='"' + ",".join(map(str, task.codes)) + '"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(f"{place}2:{place}{len(sheet) + 1}")
    for row in range(2, len(sheet) + 2):
        page[f"{place}{row}"].value = None
    page.freeze_panes = "A2"
    notes = book.create_sheet("codebook")
    notes.column_dimensions["A"].width = 120
    for row, line in enumerate(codebook(task).splitlines(), start=1):
        cell = notes.cell(row, 1)
        cell.value, cell.data_type = line, "s"
        cell.alignment = Alignment(wrap_text=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_coding(path: str | Path, task: str) -> pd.Series:
    """Codes of one coder from a sheet, by unit; NaN where none was given.

    XLSX, or CSV as spreadsheets save it: with commas, semicolons or tabs, in UTF-8 or Windows-1252.

    Raises
    ------
    InputError
        Where the file is no such sheet, a unit stands twice or is missing beside a code, or a code is a formula or not
        of the codebook.
    """
    file, found = str(path), task_named(task)
    table = _table(Path(path))
    table = table.rename(columns={name: name.strip().lower() for name in table.columns})
    for column in ("unit", "code"):
        if column not in table:
            raise InputError(f"no column {column!r}", file=file, cure=_KEEP)
    # without the apostrophe that keeps spreadsheets from running a cell as a formula
    unit, raw = table["unit"].str.strip(), table["code"].str.strip().str.lstrip("'")
    for row in table.index[unit.eq("") & raw.ne("")]:
        raise InputError("a code without a unit", file=file, record=f"row {row + 2}", cure="give the unit's name back")
    named = unit.ne("")
    raw = pd.Series(raw[named].to_numpy(), index=pd.Index(unit[named], name="unit"), name="code", dtype="str")
    for name in raw.index[raw.index.duplicated()]:
        raise InputError("the unit stands twice", file=file, record=str(name), cure="leave one of its rows")
    for name, text in raw[raw.str.startswith("=")].items():
        raise InputError(f"the code is a formula: {text}", file=file, record=str(name), cure="write the code itself")
    codes = pd.to_numeric(raw.str.replace(",", ".").str.replace("\N{MINUS SIGN}", "-"), errors="coerce")
    for name, text in raw[raw.ne("") & ~codes.isin(list(found.codes))].items():
        allowed = ", ".join(map(str, found.codes))
        raise InputError(f"code {text!r}", file=file, record=str(name), cure=f"give one of {allowed}, or nothing")
    return codes.astype(float)


def read_codings(paths: Sequence[str | Path], task: str) -> pd.DataFrame:
    """Codes of several coders: one row per unit, one column per coder, named by file.

    Raises
    ------
    InputError
        As :func:`read_coding`, and where two sheets have no unit in common.
    UsageError
        Where a file is given twice.
    """
    columns: dict[str, pd.Series] = {}
    for at, path in enumerate(paths):
        if Path(path).resolve() in [Path(other).resolve() for other in paths[:at]]:
            raise UsageError("the sheet is given twice", file=str(path), cure="give each coder's sheet once")
        name = Path(path).stem
        while name in columns:
            name += "'"
        columns[name] = read_coding(path, task)
    table = pd.DataFrame(columns)
    if len(columns) > 1 and table.notna().sum(axis=1).max() < 2:
        raise InputError("no unit is coded twice", file=str(paths[0]), cure="give sheets of the same sample")
    return table


def read_key(path: str | Path) -> tuple[pd.DataFrame, str]:
    """Key of a sample as :func:`write_sheet` wrote it, and the task that stands in it.

    Raises
    ------
    InputError
        Where it is no key.
    """
    cure = "give the file ….key.csv that was written with the sheet"
    table = read_csv(Path(path), cure)
    missing = [c for c in (*KEY, "task") if c not in table]
    if missing or not len(table):
        what = f"no column {missing[0]!r}" if missing else "no unit in it"
        raise InputError(what, file=str(path), cure=cure)
    numbers = ["start", "end", "score", "weight"]
    try:
        table = table.assign(**{c: pd.to_numeric(table[c]) for c in numbers})
    except ValueError as error:
        raise InputError(f"no number: {error}", file=str(path), cure=cure) from None
    return table, str(table["task"].iloc[0])


def _table(file: Path) -> pd.DataFrame:
    """A sheet as text; formulas as they are written, not as they were last computed."""
    if file.suffix.lower() not in (".xlsx", ".xlsm"):
        return read_csv(file, "save it as XLSX or CSV")
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(read_bytes(file)), read_only=True)
        page = book[PAGE] if PAGE in book.sheetnames else book.worksheets[0]
        rows = [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    except InputError:
        raise
    except Exception:  # many kinds of damage
        raise InputError("not readable as XLSX", file=str(file), cure="save it as XLSX or CSV") from None
    header, *body = rows or [[]]
    width = len(header)
    return pd.DataFrame([[*row, *[""] * width][:width] for row in body], columns=header, dtype="str")
