from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from framing import Scores, score
from framing.cli import main
from framing.demo import demo_corpus
from framing.errors import InputError, UsageError
from framing.validation.measure import validate_measure
from framing.validation.sampling import sample
from framing.validation.sheets import read_coding, read_codings, read_key, write_sheet
from framing.validation.tasks import TASKS


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(demo_corpus().articles.iloc[::2], progress=False)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_a_sample_says_nothing_of_outlet_and_score(scores: Scores, task: str) -> None:
    sheet, key = sample(scores, task, 40, seed=1)
    assert not {"outlet", "score", "article_id", "published"} & set(sheet)
    assert sheet["unit"].tolist() == key["unit"].tolist()
    assert (sheet["code"] == "").all()
    assert len(sheet) == min(40, len(sheet))
    assert ("actor" in sheet) == (task == "toward")


@pytest.mark.parametrize("task", ["sentiment", "loaded_terms"])
def test_weights_add_up_to_the_corpus(scores: Scores, task: str) -> None:
    _, key = sample(scores, task, 16, seed=1)
    _, every = sample(scores, task, 10**6, seed=1)
    assert (every["weight"] == 1).all()
    strata = every["stratum"].value_counts()
    assert key["weight"].sum() == pytest.approx(strata[strata.index.isin(key["stratum"])].sum())


def test_every_outlet_is_drawn_alike(scores: Scores) -> None:
    _, key = sample(scores, "loaded_terms", 80, seed=1)
    counts = key["outlet"].value_counts()
    assert set(counts) == {20}
    yes = key.groupby("outlet")["score"].mean()
    # rare sentences with a loaded term are drawn as often as the others, as far as the outlet has any
    assert yes.drop("Depeschendienst Mitte").between(0.4, 0.6).all()


def test_units_are_pieces_of_their_article(scores: Scores) -> None:
    sheet, key = sample(scores, "toward", 30)
    texts = scores.texts.set_index("article_id")["text"]
    for text, row in zip(sheet["text"], key.itertuples(), strict=True):
        assert texts[row.article_id][row.start : row.end] == text


def test_the_draw_depends_on_the_seed_alone(scores: Scores) -> None:
    a, b, c = (sample(scores, "sentiment", 12, seed=s)[1] for s in (1, 1, 2))
    pd.testing.assert_frame_equal(a, b)
    assert not a.equals(c)


def test_a_sheet_is_written_and_read_again(scores: Scores, tmp_path: Path) -> None:
    sheet, key = sample(scores, "sentiment", 8)
    sheet.loc[0, "text"] = "=1+1\x00 und mehr"
    files = write_sheet(sheet, key, "sentiment", tmp_path / "sheet.xlsx")
    assert {p.name for p in tmp_path.iterdir()} == {
        "sheet.xlsx", "sheet.csv", "sheet.key.csv", "sheet.codebook.md"
    }  # fmt: skip
    assert read_coding(files["xlsx"], "sentiment").isna().all()
    from openpyxl import load_workbook

    page = load_workbook(files["xlsx"])["coding"]
    cell = next(c for c in page[2] if str(c.value).startswith("=1+1"))
    assert cell.data_type != "f"
    assert "'=1+1" in files["csv"].read_text("utf-8-sig")
    read, task = read_key(files["key"])
    assert task == "sentiment"
    pd.testing.assert_frame_equal(read[list(key)], key, check_dtype=False)
    assert "Codebook: sentiment" in files["codebook"].read_text("utf-8")


def test_codes_are_read_from_csv_and_xlsx(scores: Scores, tmp_path: Path) -> None:
    sheet, key = sample(scores, "sentiment", 6)
    sheet["code"] = ["-1", "0", "1", "", "1", "0"]
    files = write_sheet(sheet, key, "sentiment", tmp_path / "sheet.csv")
    codes = read_coding(files["csv"], "sentiment")
    assert codes.fillna(9).tolist() == [-1, 0, 1, 9, 1, 0]
    # as a German spreadsheet saves it
    other = tmp_path / "coder2.csv"
    sheet.to_csv(other, sep=";", index=False)
    both = read_codings([files["csv"], other], "sentiment")
    assert both.columns.tolist() == ["sheet", "coder2"]
    assert both["sheet"].equals(both["coder2"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit,code\nu1,2\n", "code '2'"),
        ("unit,code\nu1,x\n", "code 'x'"),
        ("unit,code\nu1,=1-2\n", "the code is a formula: =1-2"),
        ("unit,code\n,1\n", "row 2: a code without a unit"),
        ("unit,code\nu1,1\nu1,1\n", "stands twice"),
        ("id,code\nu1,1\n", "no column 'unit'"),
        ("", "the file is empty"),
    ],
)
def test_a_broken_sheet_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        read_coding(path, "sentiment")
    assert str(path) in str(caught.value)


def test_wrong_requests_are_refused(scores: Scores, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no coding task"):
        sample(scores, "mood")
    with pytest.raises(UsageError, match="sample of 0"):
        sample(scores, "sentiment", 0)
    with pytest.raises(InputError, match="no column 'unit'"):
        path = tmp_path / "x.key.csv"
        path.write_text("a,b\n1,2\n")
        read_key(path)
    (tmp_path / "a.csv").write_text("unit,code\nu1,1\n")
    (tmp_path / "b.csv").write_text("unit,code\nu2,1\n")
    with pytest.raises(InputError, match="coded twice"):
        read_codings([tmp_path / "a.csv", tmp_path / "b.csv"], "sentiment")


def test_the_widget_saves_each_code(scores: Scores, tmp_path: Path) -> None:
    pytest.importorskip("ipywidgets", reason="ipywidgets is not installed: pip install 'framing[lab]'")
    from framing.validation.widget import CodingWidget

    sheet, _ = sample(scores, "sentiment", 3)
    sheet.loc[0, "title"] = "<script>alert(1)</script>"
    path = tmp_path / "codes.csv"
    widget = CodingWidget(sheet, "sentiment", path)
    assert "<script>" not in widget.body.value
    widget.buttons[2].click()
    widget.skip.click()
    widget.buttons[0].click()
    assert read_coding(path, "sentiment").fillna(9).tolist() == [1, 9, -1]
    again = CodingWidget(sheet, "sentiment", path)
    assert again.at == 1
    again.buttons[1].click()
    assert "All units are coded" in again.body.value
    assert np.array_equal(read_coding(path, "sentiment"), [1, 0, -1])


def test_a_sheet_is_read_as_spreadsheets_save_it(scores: Scores, tmp_path: Path) -> None:
    sheet, key = sample(scores, "sentiment", 4)
    files = write_sheet(sheet, key, "sentiment", tmp_path / "sheet.xlsx")
    expected = [-1, 0, 1, np.nan]
    # as a German spreadsheet does
    german = sheet.rename(columns={"code": "Code", "unit": "Unit"}).assign(Code=["-1", "0,0", "1", ""])
    (tmp_path / "german.csv").write_bytes(german.to_csv(sep=";", index=False).encode("cp1252", "replace"))
    assert np.array_equal(read_coding(tmp_path / "german.csv", "sentiment"), expected, equal_nan=True)
    book = openpyxl.load_workbook(files["xlsx"])
    page = book["coding"]
    place = [cell.value for cell in page[1]].index("code") + 1
    for row, code in enumerate(["\N{MINUS SIGN}1", 0, 1.0], start=2):
        page.cell(row, place).value = code
    # another page in front does not matter
    book.move_sheet("codebook", -1)
    book.save(tmp_path / "other.xlsx")
    assert np.array_equal(read_coding(tmp_path / "other.xlsx", "sentiment"), expected, equal_nan=True)
    page.cell(2, place).value = "=1-2"
    book.save(tmp_path / "formula.xlsx")
    with pytest.raises(InputError, match="the code is a formula: =1-2"):
        read_coding(tmp_path / "formula.xlsx", "sentiment")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError, match="not readable as XLSX; save it as XLSX or CSV"):
        read_coding(tmp_path / "damaged.xlsx", "sentiment")


def test_no_sheet_is_taken_for_another_samples(scores: Scores, tmp_path: Path) -> None:
    first, key = sample(scores, "sentiment", 6, seed=1)
    other, _ = sample(scores, "sentiment", 6, seed=2)
    again, _ = sample(scores, "sentiment", 6, seed=1)
    assert first["unit"].tolist() == again["unit"].tolist()
    assert not set(first["unit"]) & set(other["unit"])
    with pytest.raises(InputError, match="the unit is not in the key; give the sheets and the key of one sample"):
        validate_measure(scores, key, pd.Series(1.0, index=other["unit"]), "sentiment")
    elsewhere = key.assign(article_id="nowhere")
    with pytest.raises(InputError, match="nowhere: an article of the key is not in the scores"):
        validate_measure(scores, elsewhere, pd.Series(1.0, index=first["unit"]), "sentiment")
    with pytest.raises(UsageError, match=r"end its name in \.xlsx or \.csv"):
        write_sheet(first, key, "sentiment", tmp_path / "sheet.docx")


def test_the_commands_tell_what_coders_left_open(
    scores: Scores, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores.save(tmp_path / "scores")
    sheet, key = sample(scores, "sentiment", 48)
    files = write_sheet(sheet, key, "sentiment", tmp_path / "sheet.xlsx")
    for name, first in (("anna", "1"), ("ben", "-1")):
        sheet.assign(code=[first, *["0"] * (len(sheet) - 1)]).to_csv(tmp_path / f"{name}.csv", index=False)
    sheets = [str(tmp_path / "anna.csv"), str(tmp_path / "ben.csv")]
    assert main(["validate", "measure", str(tmp_path / "scores"), "--key", str(files["key"]), *sheets]) == 0
    told = capsys.readouterr()
    assert f"(discuss them): 1 units, {sheet['unit'].iloc[0]}." in told.out
    assert told.err == ""
    assert main(["validate", "agreement", *sheets]) == 0
    assert "Krippendorff's alpha (ordinal)" in capsys.readouterr().out
    assert main(["validate", "agreement", sheets[0], sheets[0]]) == 2
    assert "the sheet is given twice" in capsys.readouterr().err
