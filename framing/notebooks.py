"""The notebooks run on a corpus of the user's: as notebook, as self-contained HTML, and as PDF.

The PDF is set by Typst, like the reports, from the cells and their outputs: no browser and no LaTeX are needed.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import InputError, UsageError
from framing.report.notebook_blocks import notebook_blocks, title_of
from framing.report.typst_render import render_pdf
from framing.signature import write_atomic

if TYPE_CHECKING:
    import pandas as pd

TIMEOUT = 3600
_CURE = "pip install 'framing[lab]'"
_NAME = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


def notebooks_folder() -> Path:
    """Folder of the notebooks: beside the package in a checkout, inside it when installed.

    Raises
    ------
    InputError
        Where neither is there.
    """
    here = Path(__file__).parent
    for folder in (here / "notebook_sources", here.parent / "notebooks"):
        if folder.is_dir():
            return folder
    raise InputError("the notebooks are missing", file=str(here.parent / "notebooks"), cure="install the package again")


def find_notebook(name: str) -> Path:
    """Text form of a notebook by its number or name.

    Raises
    ------
    UsageError
        Where there is none.
    """
    known = sorted(notebooks_folder().glob("[0-9][0-9]_*.py"))
    wanted = f"{int(name):02d}_" if name.isdigit() else name.removesuffix(".ipynb").removesuffix(".py")
    found = [path for path in known if path.stem == wanted or path.name.startswith(wanted)]
    if len(found) != 1 or not wanted:
        names = ", ".join(path.stem for path in known)
        raise UsageError(f"no notebook {name!r}", cure=f"use a number or a name of: {names}")
    return found[0]


def run_notebook(
    name: str,
    output: str | os.PathLike[str],
    *,
    corpus: str | os.PathLike[str] | None = None,
    parameters: Sequence[str] = (),
) -> dict[str, Path]:
    """Run a notebook and save it.

    Parameters
    ----------
    name : str
        Number or name, such as ``02``.
    output : path
        Folder; is made. Gets the notebook as ``.ipynb``, ``.html`` and ``.pdf``.
    corpus : path, optional
        Corpus written by ``framing read``; None: the demo corpus.
    parameters : sequence of str
        ``NAME=VALUE`` for other parameters of the notebook; the value is read as Python, else as text.

    Returns
    -------
    dict of str to Path
        ``notebook, html, pdf``.

    Raises
    ------
    UsageError
        Where there is no such notebook or parameter, a cell fails, or a package of ``framing[lab]`` is missing.
    InputError
        Where the corpus cannot be read.
    """
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
        from nbconvert import HTMLExporter

        # it has no types
        jupytext: Any = import_module("jupytext")
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed", cure=_CURE) from None
    source = find_notebook(name)
    notebook: Any = jupytext.read(source)
    values = _given(parameters)
    if corpus is not None:
        from framing.corpus import load_corpus

        # an unreadable corpus is told of here, not by a cell
        set_material(notebook, load_corpus(corpus).articles, Path(corpus).name)
        values["corpus_file"] = str(Path(corpus).resolve())
    set_parameters(notebook, values)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    with _importable():
        try:
            NotebookClient(
                notebook,
                timeout=TIMEOUT,
                kernel_name="python3",
                extra_arguments=["--log-level=ERROR"],
                record_timing=False,
                resources={"metadata": {"path": str(folder)}},
            ).execute()
        except CellExecutionError as error:
            raise UsageError(
                f"a cell of {source.stem} fails: {error.ename}: {error.evalue}", cure="check corpus and parameters"
            ) from None
    page, _ = HTMLExporter(
        template_name="lab", embed_images=True, mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="", mermaid_layout_elk_js_url="",
        jupyter_widgets_base_url="", html_manager_semver_range="",
    ).from_notebook_node(notebook)  # fmt: skip
    figures, blocks = notebook_blocks(notebook)
    for file, picture in figures.items():
        write_atomic(folder / file, picture)
    data = {
        "title": title_of(notebook), "subtitle": "", "language": "en", "keywords": ["framing"], "page_word": "Page",
        "of_word": "of", "date": [1970, 1, 1], "order": ["notebook"], "sections": {"notebook": blocks},
    }  # fmt: skip
    return {
        "notebook": write_atomic(folder / f"{source.stem}.ipynb", nbformat.writes(notebook).encode("utf-8")),
        "html": write_atomic(folder / f"{source.stem}.html", page.encode("utf-8")),
        "pdf": write_atomic(folder / f"{source.stem}.pdf", render_pdf(data, folder, "notebook")),
    }


def set_parameters(notebook: Any, values: dict[str, Any]) -> None:
    """Change values in the notebook's cell of parameters, in place.

    Raises
    ------
    UsageError
        Where the notebook has no such parameter.
    """
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    lines = cell.source.split("\n")
    at = {match[1]: i for i, line in enumerate(lines) if (match := re.match(r"(\w+) = ", line))}
    for name, value in values.items():
        if name not in at:
            raise UsageError(f"no parameter {name!r}", cure=f"use one of: {', '.join(at)}")
        lines[at[name]] = f"{name} = {value!r}"
    cell.source = "\n".join(lines)


def set_material(notebook: Any, articles: pd.DataFrame, name: str) -> None:
    """Describe the corpus where the notebook describes the demo, and leave out what holds for the demo alone, in place.

    Parameters
    ----------
    notebook : notebook
        Cells about the demo have the tag ``demo``; the first is that of the material.
    articles : pandas.DataFrame
        Of the corpus.
    name : str
        Of its file.
    """
    days = articles["published"].dropna()
    span = f", {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else ""
    shown = name.replace("`", "'")
    text = f"**Material.** {len(articles)} articles of {articles['outlet'].nunique()} outlets{span}, from `{shown}`."
    of_demo = [cell for cell in notebook.cells if "demo" in cell.metadata.get("tags", [])]
    of_demo[0].source = text
    notebook.cells = [cell for cell in notebook.cells if not any(cell is one for one in of_demo[1:])]


def _given(parameters: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in parameters:
        match = _NAME.fullmatch(one)
        if match is None:
            raise UsageError(f"no parameter in {one!r}", cure="write NAME=VALUE")
        try:
            values[match[1]] = ast.literal_eval(match[2])
        except (ValueError, SyntaxError):
            values[match[1]] = match[2]
    return values


@contextmanager
def _importable() -> Iterator[None]:
    """The kernel finds this package where it is only checked out."""
    before = os.environ.get("PYTHONPATH")
    here = str(Path(__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(part for part in (here, before) if part)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
