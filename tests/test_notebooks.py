"""The notebooks run from top to bottom, and their two forms say the same."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pandas as pd
import pytest

import framing
from framing.cli import main
from framing.demo import demo_corpus
from framing.errors import UsageError
from framing.notebooks import find_notebook, set_material, set_parameters
from framing.report.notebook_blocks import markdown_blocks, notebook_blocks

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebooks_build", FOLDER / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = _build()
SOURCES: list[Path] = BUILD.sources()
each = pytest.mark.parametrize("source", SOURCES, ids=[path.stem for path in SOURCES])


def _cells(notebook: Any) -> list[tuple[str, str, list[str]]]:
    return [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells]


def test_there_are_notebooks() -> None:
    assert [path.stem for path in SOURCES] == [
        "01_score_an_article", "02_compare_outlets", "03_validate_against_hand_coding", "04_portrait_of_an_actor",
        "05_loaded_terms_and_frames", "06_your_own_corpus",
    ]  # fmt: skip


@each
def test_runs_from_top_to_bottom_in_any_folder(source: Path, tmp_path: Path) -> None:
    notebook = BUILD.run(BUILD.read(source), tmp_path)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    # a warning of the toolkit would stand in red under a reader's cell
    assert [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"] == []
    assert list(tmp_path.iterdir()) == []


@each
def test_both_forms_agree(source: Path) -> None:
    stored = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    assert _cells(stored) == _cells(BUILD.read(source)), "run: python notebooks/build.py"


@each
def test_stored_form_is_complete_and_neutral(source: Path) -> None:
    stored = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    nbformat.validate(stored)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not [o for cell in code for o in cell.outputs if o.output_type == "error"]
    assert stored.metadata.kernelspec.name == "python3"
    assert str(FOLDER.parent) not in source.with_suffix(".ipynb").read_text("utf-8")


@each
def test_has_one_cell_of_parameters(source: Path) -> None:
    tagged = [cell for cell in BUILD.read(source).cells if "parameters" in cell.metadata.get("tags", [])]
    assert [cell.cell_type for cell in tagged] == ["code"]


def test_a_notebook_runs_on_ones_own_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = demo_corpus()
    two = corpus.articles[corpus.articles["outlet"].isin(["Bundeskurier", "Morgenblitz"])].drop(columns="event")
    two.to_parquet(tmp_path / "mine.parquet")
    out = tmp_path / "out"
    assert main(["notebook", "06", "--corpus", str(tmp_path / "mine.parquet"), "-o", str(out), "-p", "seed=3"]) == 0
    assert "06_your_own_corpus.pdf" in capsys.readouterr().out
    page = (out / "06_your_own_corpus.html").read_text("utf-8")
    assert "Morgenblitz" in page and "Gegenlicht" not in page
    assert not [tag for tag in re.findall(r"<(?:script|link|img)[^>]*>", page) if "http" in tag]
    assert (out / "06_your_own_corpus.pdf").read_bytes().startswith(b"%PDF-")
    made = nbformat.read(out / "06_your_own_corpus.ipynb", as_version=4)
    source = next(cell.source for cell in made.cells if "parameters" in cell.metadata.get("tags", []))
    assert "seed = 3" in source and "mine.parquet" in source


def test_what_holds_for_the_demo_alone_is_left_out_on_ones_own_corpus() -> None:
    articles = demo_corpus().articles.head(5)
    for source in SOURCES:
        notebook = BUILD.read(source)
        set_material(notebook, articles, "mine.parquet")
        tagged = [cell.source for cell in notebook.cells if "demo" in cell.metadata.get("tags", [])]
        assert tagged == ["**Material.** 5 articles of 1 outlets, 2025-02-12 to 2025-03-26, from `mine.parquet`."], (
            source.name
        )
        assert "planted" not in "".join(cell.source for cell in notebook.cells)


def test_wide_tables_are_parted_and_repeat_their_names() -> None:
    columns = ["measure", "group", *(f"estimate_{i:02d}" for i in range(10))]
    frame = pd.DataFrame([["sentiment", "Blatt", *range(10)]] * 3, columns=columns)
    output = nbformat.v4.new_output("execute_result", {"text/html": frame._repr_html_(), "text/plain": "x"})
    cells = [nbformat.v4.new_code_cell("", outputs=[output])]
    _, blocks = notebook_blocks(nbformat.v4.new_notebook(cells=cells))
    heads = [[str(head) for head in block["heads"]] for block in blocks]
    assert len(heads) > 1
    assert all("measure" in head[0] and "group" in head[1] for head in heads)


def test_a_highlighted_article_is_text_with_bold_marks_in_the_pdf() -> None:
    shown = framing.score_article("Das Regime <b> droht.\n\nEs regnet.", "Neues")
    output = nbformat.v4.new_output("execute_result", {"text/html": shown._repr_html_(), "text/plain": "x"})
    _, blocks = notebook_blocks(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])]))
    assert ["".join(part["text"] for part in block["content"]) for block in blocks] == [
        "Neues", "Das Regime <b> droht.", "Es regnet.",
    ]  # fmt: skip
    assert [part["text"] for part in blocks[1]["content"] if part.get("style") == "bold"] == ["Regime", "droht"]


def test_unknown_notebook_and_parameter_are_refused() -> None:
    assert find_notebook("2").stem == find_notebook("02_compare_outlets").stem == "02_compare_outlets"
    for name in ("09", "nichts", ""):
        with pytest.raises(UsageError, match="no notebook"):
            find_notebook(name)
    notebook = BUILD.read(SOURCES[0])
    with pytest.raises(UsageError, match="no parameter 'sede'; use one of: corpus_file"):
        set_parameters(notebook, {"sede": 1})


def test_text_of_a_notebook_stays_text_in_its_pdf() -> None:
    (block,) = markdown_blocks("A *b* `#c` **d** [e](http://f) <script>g</script>")
    assert [part.get("style", "") for part in block["content"] if part["text"] in ("#c", "d")] == ["code", "bold"]
    html = '<table class="dataframe"><thead><tr><th></th><th>n</th></tr></thead><tr><th>#a</th><td>1</td></tr></table>'
    output = nbformat.v4.new_output("execute_result", {"text/html": html, "text/plain": "x"})
    cells = [nbformat.v4.new_markdown_cell("# T"), nbformat.v4.new_code_cell("1", outputs=[output])]
    _, blocks = notebook_blocks(nbformat.v4.new_notebook(cells=cells))
    assert [one["kind"] for one in blocks] == ["code", "table"]
    assert blocks[1]["heads"] == ["", "n"] and blocks[1]["rows"] == [["#a", "1"]] and blocks[1]["aligns"][1] == "right"
