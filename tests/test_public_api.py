from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import framing

NAMES = [name for name in framing.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(framing, name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        assert inspect.getdoc(thing), name
        assert thing.__module__.startswith("framing"), name


def test_public_functions_say_what_they_take() -> None:
    for name in NAMES:
        thing = getattr(framing, name)
        if inspect.isfunction(thing):
            signature = inspect.signature(thing)
            assert signature.return_annotation is not inspect.Signature.empty, name
            for parameter in signature.parameters.values():
                assert parameter.annotation is not inspect.Parameter.empty, (name, parameter.name)


def test_dir_lists_the_public_names_and_nothing_else_is_there() -> None:
    assert dir(framing) == sorted(framing.__all__)
    assert len(set(framing.__all__)) == len(framing.__all__)
    with pytest.raises(AttributeError, match="no attribute 'bias_score'"):
        framing.bias_score  # noqa: B018


def test_version_is_that_of_the_package() -> None:
    parts = framing.__version__.split(".")
    assert len(parts) == 3
    assert all(part.isdigit() for part in parts)
    project = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]


def test_importing_the_package_imports_no_heavy_module() -> None:
    code = (
        "import sys, framing, framing.cli; "
        "print(sorted({'pandas', 'sklearn', 'matplotlib', 'scipy', 'HanTa', 'typst'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_modules_have_docstrings() -> None:
    folder = Path(framing.__file__).parent
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        assert not text.strip() or text.startswith(('"""', "#!")), path
