from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing import __version__
from framing.cli import build_parser, main
from framing.scores import KEPT

COMMANDS = ["demo", "read", "score", "compare", "report", "article", "lexicon", "validate", "info"]
ARTICLE = (
    ' date 2024-03 Streit um Pakt\n\nDie Mini-NATO"-Struktur wächst. „Ein Massaker“, sagte Präsidentin Vera Korte.\n'
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demo_corpus: Path) -> Path:
    """A folder with a corpus, its scores and one article, made by the commands themselves."""
    place = tmp_path_factory.mktemp("cli")
    source = place / "articles"
    for outlet in ("Gegenlicht", "Depeschendienst Mitte"):
        (source / outlet).mkdir(parents=True)
        for path in sorted((demo_corpus / outlet).glob("*.txt"))[:6]:
            shutil.copy(path, source / outlet)
    (place / "article.txt").write_text(ARTICLE, "utf-8")
    assert main(["read", str(source), "-o", str(place / "corpus.parquet")]) == 0
    assert main(["score", str(place / "corpus.parquet"), "-o", str(place / "scores")]) == 0
    return place


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def fails(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line of a command that fails with status 2."""
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("framing: ")
    assert len(err.splitlines()) == 1
    return err


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert f"\n    {command} " in text
    assert run(capsys) == (0, build_parser().format_help(), "")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io; from framing.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): main(['--help'])\n"
        "print(sorted({'numpy', 'pandas', 'scipy', 'sklearn', 'pyarrow', 'matplotlib', 'HanTa'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"framing {command}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"framing {__version__}\n"


def test_read_says_what_it_read(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    status, out, err = run(capsys, "read", folder / "articles", "-o", folder / "again.parquet")
    assert (status, err) == (0, "")
    assert out == f"12 articles of 2 outlets in {folder / 'again.parquet'}\n"
    status, out, _ = run(
        capsys, "read", folder / "articles", "-o", folder / "one.parquet", "--only-outlet", "Gegenlicht", "--json"
    )
    result = json.loads(out)
    assert (status, result["articles"], result["outlets"]) == (0, 6, {"Gegenlicht": 6})


def test_read_maps_columns_and_counts_rejects(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "articles.csv"
    pd.DataFrame({"inhalt": ["Ein Text, der lang genug ist.", ""], "blatt": ["A", "A"]}).to_csv(source, index=False)
    arguments = ["read", source, "-o", tmp_path / "c.parquet", "--map", "text=inhalt", "--map", "outlet=blatt"]
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert "1 articles of 1 outlets" in out
    assert f"columns of {source}: text from inhalt, outlet from blatt\n" in out
    assert "1 records set aside:\n  1 × " in out
    assert run(capsys, *arguments, "--strict")[0] == 1
    _, out, _ = run(capsys, *arguments, "--json")
    taken = {"source": str(source), "fields": {"text": "inhalt", "outlet": "blatt"}, "left": []}
    assert json.loads(out)["columns"] == [taken]
    rejects = json.loads(out)["rejects"]
    assert len(rejects) == 1
    assert set(rejects[0]) == {"source", "position", "reason"}


def test_score_writes_its_tables(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert {p.stem for p in (folder / "scores").glob("*.parquet")} == {*KEPT}
    status, out, err = run(capsys, "score", folder / "corpus.parquet", "-o", folder / "more", "--seed", "7", "--json")
    result = json.loads(out)
    assert (status, err, result["articles"]) == (0, "", 12)
    assert result["signature"].startswith(f"framing:{__version__}|")
    assert result["signature"].endswith("|n:12|seed:7")


def test_compare_writes_a_table(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "differences.csv"
    status, out, err = run(capsys, "compare", folder / "scores", "-o", target, "--resamples", "199")
    table = pd.read_csv(target)
    assert (status, err) == (0, "")
    assert out.startswith(f"{len(table)} comparisons in {target}, ")
    assert {"measure", "group_a", "group_b", "difference", "ci_low", "ci_high", "p_adjusted"} <= set(table.columns)


def test_compare_prints_json(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    arguments = ["--measure", "loaded_per_1000", "--resamples", "199", "--reference", "Depeschendienst Mitte", "--json"]
    status, out, _ = run(capsys, "compare", folder / "scores", *arguments)
    rows = json.loads(out)
    assert status == 0
    assert [(r["measure"], r["group_a"], r["group_b"]) for r in rows] == [
        ("loaded_per_1000", "Gegenlicht", "Depeschendienst Mitte")
    ]
    assert rows[0]["difference"] > 0


def test_compare_prints_a_table_without_a_file(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    arguments = ["--measure", "loaded_per_1000", "--resamples", "199"]
    _, out, _ = run(capsys, "compare", folder / "scores", *arguments)
    assert "loaded_per_1000" in out
    assert "p_adjusted" in out.splitlines()[0]


def test_article_prints_its_numbers(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    status, out, err = run(capsys, "article", folder / "article.txt")
    assert (status, err) == (0, "")
    assert out.startswith("Streit um Pakt\n")
    assert "Mini-NATO  (bloc_label, author; neutral: " in out
    assert "„Ein Massaker“  — Präsidentin Vera Korte" in out
    assert "Vera Korte" in out.split("actors", 1)[1]


def test_article_prints_json(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    status, out, _ = run(capsys, "article", folder / "article.txt", "--json")
    result: dict[str, Any] = json.loads(out)
    assert status == 0
    assert list(result) == ["article", "hits", "actors", "quotes"]
    text = next(h for h in result["hits"] if h["term"] == "Mini-NATO")
    assert (text["surface"], text["voice"]) == ("Mini-NATO", "author")
    assert result["actors"][0]["actor"] == "Vera Korte"


def test_article_writes_a_page(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "article.html"
    status, out, _ = run(capsys, "article", folder / "article.txt", "--html", target)
    page = target.read_text("utf-8")
    assert status == 0
    assert out.endswith(f"highlighted article in {target}\n")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Mini-NATO" in page
    assert "<script" not in page.lower() or "src=" not in page.lower()


def test_article_takes_another_method(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    status, out, _ = run(capsys, "article", folder / "article.txt", "--sentiment", "textblob-de", "--json")
    assert status == 0
    assert not [h for h in json.loads(out)["hits"] if h["scorer"] == "sentiment"]


def test_lexicon_lists_shows_and_checks(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lexicon", "list")
    assert status == 0
    assert out.startswith("valence")
    status, out, _ = run(capsys, "lexicon", "show", "shifters", "--json")
    assert status == 0
    assert {"term", "kind", "factor"} <= set(json.loads(out)[0])
    assert run(capsys, "lexicon", "check", "states") == (0, "no problem found\n", "")
    assert "which lexicon" in fails(capsys, "lexicon", "show")
    assert "no lexicon 'absent'" in fails(capsys, "lexicon", "show", "absent")


def test_lexicon_list_takes_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("term,valence\ngut,0.5\n", "utf-8")
    status, out, _ = run(capsys, "lexicon", "list", path)
    assert status == 0
    assert "mine" in out


def test_validate_prints_the_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "validate", "demo", "--json")
    rows = {row["what"]: row for row in json.loads(out)}
    assert status == 0
    figures = {f"{figure}{end}" for figure in ("precision", "recall", "f1") for end in ("", "_low", "_high")}
    assert set(rows["direct quotations"]) == {"what", "gold", "found"} | figures


def test_info_names_versions_and_lexicons(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "info", "--json")
    result = json.loads(out)
    assert status == 0
    assert result["framing"] == __version__
    assert "valence" in result["lexicons"]
    assert out.count("\n") == run(capsys, "info", "--json")[1].count("\n")
    assert f"framing {__version__}, Python " in run(capsys, "info")[1]


def test_errors_name_file_and_cure(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    assert str(absent) in fails(capsys, "read", absent, "-o", tmp_path / "c.parquet")
    assert not (tmp_path / "c.parquet").exists()
    assert str(absent) in fails(capsys, "score", absent, "-o", tmp_path / "s")
    line = fails(capsys, "compare", absent)
    assert str(absent) in line
    assert "framing score CORPUS -o DIR" in line
    assert str(absent) in fails(capsys, "article", absent)
    assert str(absent) in fails(capsys, "report", absent, "-o", tmp_path / "r.pdf")
    empty = tmp_path / "empty.csv"
    empty.write_text("", "utf-8")
    assert "empty.csv" in fails(capsys, "read", empty, "-o", tmp_path / "c.parquet")
    (tmp_path / "no articles").mkdir()
    assert "no articles" in fails(capsys, "read", tmp_path / "no articles", "-o", tmp_path / "c.parquet")


def test_wrong_options_name_what_exists(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    corpus, scores = folder / "corpus.parquet", folder / "scores"
    target = tmp_path / "x"
    assert "is not FIELD=COLUMN; write for example" in fails(
        capsys, "read", folder / "articles", "-o", target, "--map", "text"
    )
    line = fails(capsys, "read", folder / "articles", "-o", target, "--only-outlet", "Morgenröte")
    assert "Morgenröte" in line
    assert "Gegenlicht" in line
    assert "one of lexicon, textblob-de, " in fails(capsys, "score", corpus, "-o", target, "--sentiment", "magic")
    assert "no lexicon" in fails(capsys, "score", corpus, "-o", target, "--loaded-terms", "absent.csv")
    assert "no_such_measure" in fails(capsys, "compare", scores, "--measure", "no_such_measure")
    assert "no_such_column" in fails(capsys, "compare", scores, "--by", "no_such_column")
    assert "Morgenröte" in fails(capsys, "compare", scores, "--reference", "Morgenröte")


def test_a_corpus_is_not_one_article(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    line = fails(capsys, "article", folder / "corpus.parquet")
    assert "not one article: 12 articles in it; use framing read for a corpus" in line


def test_what_is_no_file_of_articles_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.txt"
    rubbish.write_bytes(bytes(range(256)) * 20)
    assert "rubbish.txt" in fails(capsys, "article", rubbish)


def test_usage_errors_end_with_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["read"], ["nonsense"], ["article", "a.txt", "--language", "xx"]):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2
        assert "usage: framing" in capsys.readouterr().err
