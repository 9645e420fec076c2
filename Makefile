# Every target makes its own environment in .venv from PyPI with the versions of environment.yml.
PYTHON ?= python3.11
PYTHON := $(shell command -v $(PYTHON) 2>/dev/null || command -v python3)
BIN := .venv/bin

.PHONY: report test lab notebooks docs clean

report: .venv/base.done
	$(BIN)/framing demo

test: .venv/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check framing tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest

lab: .venv/lab.done
	$(BIN)/jupyter lab notebooks

.venv/pip.done: environment.yml .ci/constraints.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "framing needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python .ci/constraints.py environment.yml > .venv/constraints.txt
	touch $@

.venv/base.done: .venv/pip.done pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c .venv/constraints.txt -e .
	touch $@

.venv/test.done: .venv/pip.done pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c .venv/constraints.txt -e '.[test]'
	touch $@ .venv/base.done

.venv/lab.done: .venv/pip.done pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c .venv/constraints.txt -e '.[lab]'
	touch $@

notebooks: .venv/lab.done
	$(BIN)/python notebooks/build.py

# pages of the guide, the commands and the API in site/index.html; needs no network once the packages are there
docs: .venv/docs.done
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going -b html reports/docs site

.venv/docs.done: .venv/pip.done pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c .venv/constraints.txt -e '.[docs]'
	touch $@

clean:
	rm -rf .venv build dist site *.egg-info
