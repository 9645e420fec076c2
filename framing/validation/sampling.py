"""A sample for coding by hand: drawn by strata of outlet and score, written as a sheet that does not give them away.

Within each outlet units are drawn in equal numbers from the strata of the measure (low, middle, high third; for a
yes-or-no measure yes and no), so that rare kinds are coded too. Each unit carries the weight N_h / n_h of its stratum
(units in it by units drawn), with which estimates hold for the corpus.

Reference: Lohr (2021), Sampling: design and analysis, chapter 3; Riffe et al. (2019), Analyzing media messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.errors import InputError, UsageError
from framing.signature import write_atomic
from framing.validation.tasks import Task, codebook, task_named

SHEET = ("unit", "actor", "title", "text", "code", "remark")
KEY = ("unit", "article_id", "outlet", "start", "end", "actor", "score", "stratum", "weight")
_MAX_CELL = 32_000  # a cell of a spreadsheet holds 32,767 characters


def sample(scores: Any, task: str, n: int = 120, *, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw a sample for a coding task.

    Parameters
    ----------
    scores
        Scores of the corpus.
    task
        ``sentiment``, ``toward`` or ``loaded_terms``; see :mod:`framing.validation.tasks`.
    n
        Units in all; fewer where the corpus has fewer.
    seed
        Of the draw.

    Returns
    -------
    sheet, key
        The sheet for the coders: ``unit, actor, title, text, code, remark``, in random order; and the key to keep from
        them: ``unit, article_id, outlet, start, end, actor, score, stratum, weight``.

    Raises
    ------
    UsageError, InputError
        Where the task is unknown, `n` is below 1, or the corpus has no such unit.
    """
    found = task_named(task)
    if n < 1:
        raise UsageError(f"a sample of {n}", cure="give 1 or more")
    units = _units(scores, found)
    if len(units) == 0:
        raise InputError(f"the corpus has no unit to code for {task}", cure="score a corpus in which it occurs")
    units["stratum"] = units["outlet"] + " / " + units.groupby("outlet")["score"].transform(_strata).astype(str)
    rng = np.random.default_rng(seed)
    taken: dict[str, int] = {}
    for outlet, size in _allocate(units["outlet"].value_counts().sort_index(), min(n, len(units))).items():
        taken |= _allocate(units.loc[units["outlet"] == outlet, "stratum"].value_counts().sort_index(), size)
    drawn = []
    for stratum, rows in units.groupby("stratum", sort=True):
        size = taken[str(stratum)]
        chosen = rows.iloc[np.sort(rng.choice(len(rows), size, replace=False))]
        drawn.append(chosen.assign(weight=len(rows) / size if size else np.nan))
    table = pd.concat(drawn).iloc[rng.permutation(sum(map(len, drawn)))].reset_index(drop=True)
    table["unit"] = [f"u{i + 1:04d}" for i in range(len(table))]
    sheet = table.assign(code="", remark="")[list(SHEET)]
    if found.unit != "mention":
        sheet = sheet.drop(columns="actor")
    return sheet, table[list(KEY)]


def _allocate(sizes: pd.Series, n: int) -> dict[str, int]:
    """Equal numbers by class as far as the classes allow; what one cannot give, the others do."""
    taken = dict.fromkeys(sizes.index, 0)
    left = n
    while left:
        open_classes = [c for c in sizes.index if taken[c] < sizes[c]]
        for name in open_classes[:left]:
            taken[name] += 1
        left -= len(open_classes[:left])
    return taken


def _strata(score: pd.Series) -> pd.Series:
    """``no`` and ``yes`` of a 0/1 score; by sign where more than a third are 0; else thirds; and ``unknown``."""
    known = score.dropna()
    if set(known.unique()) <= {0.0, 1.0}:
        return score.map({0.0: "no", 1.0: "yes"}).fillna("unknown")
    if (known == 0).mean() > 1 / 3:
        return np.sign(score).map({-1.0: "low", 0.0: "middle", 1.0: "high"}).fillna("unknown")
    rank = known.rank(method="first", pct=True)
    return (
        pd.cut(rank, [0, 1 / 3, 2 / 3, 1], labels=["low", "middle", "high"])
        .astype("str")
        .reindex(score.index)
        .fillna("unknown")
    )


def _units(scores: Any, task: Task) -> pd.DataFrame:
    from framing.compare.same_event import articles_and_texts

    articles = articles_and_texts(scores)
    if task.unit == "article":
        table = articles[["article_id", "outlet", "title", "text"]].copy()
        table["score"] = table["article_id"].map(scores.articles.set_index("article_id")[task.measure])
        return table.assign(start=0, end=table["text"].str.len(), actor="")
    sentences = _sentences(articles)
    hits = scores.hits[scores.hits["field"] == "text"]
    if task.unit == "sentence":
        loaded = hits[(hits["scorer"] == "loaded_terms") & (hits["value"] > 0) & (hits["voice"] == "author")]
        at = _sentence_of(loaded, sentences)
        return sentences.assign(score=np.isin(np.arange(len(sentences)), at).astype(float), actor="")
    mentions = hits[hits["scorer"] == "actors"]
    at = _sentence_of(mentions, sentences)
    table = sentences.iloc[at].assign(actor=mentions["term"].to_numpy())
    table = table.drop_duplicates(["article_id", "start", "actor"])
    toward = hits[hits["scorer"] == "toward"]
    place = _sentence_of(toward, sentences)
    mean = toward.assign(at=place).groupby(["at", "target"])["value"].mean()
    index = pd.MultiIndex.from_arrays([table.index, table["actor"]])
    return table.assign(score=mean.reindex(index).fillna(0.0).to_numpy()).reset_index(drop=True)


def _sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """All sentences of the texts: ``article_id, outlet, title, start, end, text``."""
    from framing.language.documents import Documents

    parts = []
    for low in range(0, len(articles), 100):
        block = articles.iloc[low : low + 100]
        tokens = Documents(block["text"].tolist()).tokens
        if len(tokens.type) == 0:
            continue
        first = np.flatnonzero(tokens.opens_sentence)
        last = np.r_[first[1:], len(tokens.type)] - 1
        segment, start, end = tokens.segment[first], tokens.start[first], tokens.end[last]
        rows = block.iloc[segment]
        texts = [t[a:b] for t, a, b in zip(rows["text"], start.tolist(), end.tolist(), strict=True)]
        parts.append(
            pd.DataFrame(
                {
                    "article_id": rows["article_id"].to_numpy(), "outlet": rows["outlet"].to_numpy(),
                    "title": rows["title"].to_numpy(), "start": start, "end": end, "text": texts,
                }
            )
        )  # fmt: skip
    if not parts:
        raise InputError("the articles have no text", cure="score a corpus with texts")
    return pd.concat(parts, ignore_index=True)


def _sentence_of(hits: pd.DataFrame, sentences: pd.DataFrame) -> Any:
    """Row of the sentence in which each hit begins."""
    order = {a: i for i, a in enumerate(sentences["article_id"].unique())}
    width = int(sentences["end"].max()) + 1 if len(sentences) else 1
    keys = sentences["article_id"].map(order).to_numpy(np.int64) * width + sentences["start"].to_numpy(np.int64)
    at = hits["article_id"].map(order).to_numpy(np.int64) * width + hits["start"].to_numpy(np.int64)
    return np.searchsorted(keys, at, side="right") - 1


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
    """
    from framing.report.tables import to_csv

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
    page.title = "coding"
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

    Raises
    ------
    InputError
        Where the file is no such sheet, a unit stands twice, or a code is not of the codebook.
    """
    file, found = Path(path), task_named(task)
    try:
        table = (
            pd.read_excel(file, dtype="str", keep_default_na=False)
            if file.suffix.lower() == ".xlsx"
            else pd.read_csv(file, dtype="str", keep_default_na=False, sep=None, engine="python", encoding="utf-8-sig")
        )
    except Exception as error:  # many kinds of damage
        raise InputError(
            f"not readable: {str(error).splitlines()[0]}", file=str(file), cure="save it as XLSX or as UTF-8 CSV"
        ) from None
    for column in ("unit", "code"):
        if column not in table:
            raise InputError(f"no column {column!r}", file=str(file), cure="keep the columns of the sheet")
    twice = table.loc[table["unit"].duplicated(), "unit"]
    if len(twice):
        raise InputError(
            "the unit stands twice", file=str(file), record=str(twice.iloc[0]), cure="leave one of its rows"
        )
    raw = table.set_index("unit")["code"].str.strip().str.lstrip("'")
    codes = pd.to_numeric(raw, errors="coerce")
    wrong = raw[raw.ne("") & ~codes.isin(list(found.codes))]
    if len(wrong):
        raise InputError(
            f"code {wrong.iloc[0]!r}", file=str(file), record=str(wrong.index[0]),
            cure=f"give one of {', '.join(map(str, found.codes))}, or nothing",
        )  # fmt: skip
    return codes.astype(float)


def read_codings(paths: Sequence[str | Path], task: str) -> pd.DataFrame:
    """Codes of several coders: one row per unit, one column per coder, named by file.

    Raises
    ------
    InputError
        As :func:`read_coding`, and where two sheets have no unit in common.
    """
    columns: dict[str, pd.Series] = {}
    for path in paths:
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
    try:
        table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values={"score": [""]})
    except (OSError, ValueError) as error:
        raise InputError(f"not readable as CSV: {error}", file=str(path), cure="give the file ….key.csv") from None
    missing = [c for c in (*KEY, "task") if c not in table]
    if missing:
        raise InputError(f"no column {missing[0]!r}", file=str(path), cure="give the file ….key.csv")
    return table, str(table["task"].iloc[0])
