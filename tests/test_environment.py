"""The lists of dependencies hold together: pyproject.toml, environment.yml and what make installs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


# Left to the user: gigabytes of a neural network, and an AGPL reader for one file format.
APART = {"transformer", "rauh"}


def requirements() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    lists = [PROJECT["dependencies"], *(extras[name] for name in extras if name not in APART)]
    return [Requirement(line) for one in lists for line in one]


def pins() -> dict[str, str]:
    """Exact versions of environment.yml by canonical name."""
    lines = next(entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict))
    exact = [Requirement(line) for line in lines if not line.startswith("-e")]
    assert all(re.fullmatch(r"==[^*,]+", str(one.specifier)) for one in exact)
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in exact}


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_every_dependency_is_pinned_to_a_version_that_fits(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    assert name in pins(), f"pin {requirement.name} in environment.yml"
    assert requirement.specifier.contains(pins()[name]), f"{requirement} does not allow {pins()[name]}"


def test_conda_installs_the_package_with_all_extras_of_the_project() -> None:
    lines = next(entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict))
    editable = [line for line in lines if line.startswith("-e")]
    assert len(editable) == 1
    extras = set(re.search(r"\[(.*)\]", editable[0])[1].split(","))  # type: ignore[index]
    assert extras <= set(PROJECT["optional-dependencies"])
    assert {"lab", "test"} <= extras


def test_python_is_one_that_the_project_allows() -> None:
    python = next(e for e in ENVIRONMENT["dependencies"] if isinstance(e, str) and e.startswith("python="))
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(python.removeprefix("python="))


def test_make_installs_the_pinned_versions() -> None:
    script = [sys.executable, str(ROOT / ".ci" / "constraints.py"), str(ROOT / "environment.yml")]
    printed = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    found = {canonicalize_name(name): version for name, version in (line.split("==") for line in printed.split())}
    assert found == pins()


def test_make_and_conda_are_told_of_the_same_files() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert ".ci/constraints.py environment.yml" in makefile
    for target in ("report", "test", "lab"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
