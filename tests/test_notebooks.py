"""The notebooks run from top to bottom, and their two forms say the same."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

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
    assert [path.stem for path in SOURCES][:2] == ["01_score_an_article", "02_compare_outlets"]


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
