"""The guide in ``reports/docs``: every code block runs, in the order of its page, and prints what the page says.

A block of ``text`` is the output of the block before it (``...`` stands for anything). ``% file: NAME`` before a block
says that it is a file, ``% fails`` that the command after it ends with status 2. Blocks of ``console`` set up a machine; they
cannot run here, but the targets of ``make`` and the commands in them must exist.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from framing.cli import build_parser, main

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "reports" / "docs"
PAGES = [path.stem for path in sorted(DOCS.glob("*.md")) if "```" in path.read_text("utf-8") and path.stem != "api"]
BLOCK = re.compile(r"(?:^% (?P<mark>[^\n]+)\n)?^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
SHOWN = {"{toctree}", "{commands}", "{api}"}


@dataclass(frozen=True)
class Block:
    page: str
    line: int
    kind: str
    mark: str
    body: str


def blocks(page: str, folder: Path = DOCS) -> list[Block]:
    text = (folder / f"{page}.md").read_text("utf-8")
    return [
        Block(page, text.count("\n", 0, m.start("kind")) + 1, m["kind"].strip(), m["mark"] or "", m["body"])
        for m in BLOCK.finditer(text)
    ]


def run_shell(block: Block) -> str:
    """Run the commands of a block; returns what they print, or their line of error where the page says that they fail."""
    printed, errors = io.StringIO(), io.StringIO()
    for line in block.body.strip().splitlines():
        words = shlex.split(line)
        assert words[0] == "framing", f"{block.page}.md, line {block.line}: not a command of framing: {line}"
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors):
            status = main(words[1:])
        assert status == (2 if block.mark == "fails" else 0), f"{block.page}.md, line {block.line}: {errors.getvalue()}"
    return errors.getvalue() if block.mark == "fails" else printed.getvalue()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, demo_corpus: Path) -> Path:
    """A folder as `index.md` describes it, made by the first block of the first steps."""
    place = tmp_path_factory.mktemp("docs")
    shutil.copytree(demo_corpus, place / "corpora" / "demo")
    with contextlib.chdir(place):
        run_shell(blocks("first_steps")[0])
    return place


def run_python(block: Block, names: dict[str, Any]) -> str:
    printed = io.StringIO()
    code = compile("\n" * block.line + block.body, str(DOCS / f"{block.page}.md"), "exec")
    with contextlib.redirect_stdout(printed):
        exec(code, names)
    return printed.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_the_blocks_of_a_page_run(
    page: str, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / page
    shutil.copytree(prepared, place)
    names: dict[str, Any] = {"__name__": "__main__"}
    printed = ""
    with contextlib.chdir(place):
        # the first block of the first steps has made the folder
        for block in blocks(page)[page == "first_steps" :]:
            if block.mark.startswith("file: "):
                Path(block.mark.removeprefix("file: ")).write_text(block.body, "utf-8")
            elif block.kind == "sh":
                printed = run_shell(block)
            elif block.kind == "python":
                printed = run_python(block, names)
            elif block.kind == "text":
                options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
                assert doctest.OutputChecker().check_output(block.body, printed, options), (
                    f"line {block.line}: {printed}"
                )
            else:
                assert block.kind in SHOWN | {"console"}, f"{page}.md, line {block.line}: no way to run {block.kind!r}"


def test_the_python_of_the_readme_runs(prepared: Path, tmp_path: Path) -> None:
    place = tmp_path / "readme"
    shutil.copytree(prepared, place)
    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.chdir(place):
        for block in blocks("README", ROOT):
            if block.kind == "python":
                run_python(block, names)
        assert names["sentence"][names["start"] : names["end"]] == names["hit"]["surface"]
        assert (place / "my_report" / "report.pdf").is_file()


def test_the_commands_of_the_readme_are_understood() -> None:
    parser = build_parser()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    lines = [line for block in blocks("README", ROOT) if block.kind == "sh" for line in block.body.splitlines()]
    commands = [words for line in lines if (words := shlex.split(line, comments=True))]
    for program, *arguments in commands:
        if program == "make":
            assert set(arguments) <= targets
        else:
            assert program == "framing"
            parser.parse_args(arguments)
    assert len(commands) > 20


def test_the_blocks_that_set_up_a_machine_name_what_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = next(a.choices for a in build_parser()._actions if isinstance(a.choices, dict))
    for line in (x for page in PAGES for b in blocks(page) if b.kind == "console" for x in b.body.splitlines()):
        assert line.startswith("$ "), line
        assert set(re.findall(r"\bmake ([a-z]+)", line)) <= targets, line
        assert set(re.findall(r"\bframing ([a-z-]+) [a-z]", line)) <= set(commands), line


def test_every_command_that_a_page_names_exists() -> None:
    commands = next(a.choices for a in build_parser()._actions if isinstance(a.choices, dict))
    for path in [*DOCS.glob("*.md"), ROOT / "README.md"]:
        for name in re.findall(r"`framing ([a-z][a-z-]*)", path.read_text("utf-8")):
            assert name in commands, f"{path.name}: framing {name}"


def test_links_between_pages_lead_somewhere() -> None:
    for path in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (DOCS / target).is_file(), f"{path.name}: {target}"


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = set(re.findall(r"^([a-z_]+)$", (DOCS / "index.md").read_text("utf-8"), re.MULTILINE))
    assert listed == {path.stem for path in DOCS.glob("*.md")} - {"index"}


def test_the_api_reference_has_every_public_name() -> None:
    pytest.importorskip("sphinx", reason="the pages are built with the extra docs: make docs")
    import importlib.util

    import framing

    spec = importlib.util.spec_from_file_location("docs_conf", DOCS / "conf.py")
    assert spec is not None and spec.loader is not None
    conf = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conf)
    shown = {where.rpartition(".")[2] for names in conf.public_names().values() for _, where in names}
    assert set(framing.__all__) - {"__version__"} <= shown
    for module in conf.PACKAGES:
        assert set(getattr(importlib.import_module(module), "__all__", ())) <= shown, module
