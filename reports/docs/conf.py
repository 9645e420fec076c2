"""How the documentation is built: MyST pages, API from the docstrings, help of every command; no network."""

from __future__ import annotations

import argparse
import importlib
import inspect
import os
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from pygments.lexers.special import TextLexer

import framing
from framing.cli import build_parser

# help texts are wrapped to the terminal's width: always the same one here
os.environ["COLUMNS"] = "100"
os.environ["NO_COLOR"] = "1"

project = "framing"
author = "The framing developers"
version = release = framing.__version__
html_title = f"framing {release}"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
myst_heading_anchors = 3
exclude_patterns = ["README.md"]
suppress_warnings = ["ref.python"]
html_theme = "furo"
html_show_sourcelink = False
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
autodoc_typehints = "none"
autodoc_member_order = "bysource"


# what scikit-learn adds to its estimators is left to its own pages
MEMBERS = "\n   :members:\n   :exclude-members: set_fit_request, set_score_request, set_transform_request"
SAME_NAME = {"framing.compare": "framing.compare.differences", "framing.report": "framing.report.build"}
# what a reader looks for -> by the second part of a module's name
PARTS = {
    "corpus": "Corpus",
    "language": "Language",
    "scoring": "Scoring",
    "scores": "Scoring",
    "scorers": "Scoring",
    "toward": "Scoring",
    "compare": "Comparing",
    "report": "Reports",
    "errors": "Errors",
}
# packages with public names of their own -> the part that these stand in
PACKAGES = {
    "framing.scorers": "Scorers",
    "framing.compare": "Comparing",
    "framing.report": "Reports",
    "framing.lexicons": "Lexicons",
    "framing.plots": "Plots",
    "framing.validation": "Validation by hand",
}
# of packages without __all__
NAMES = {
    "framing.lexicons": ["load", "available", "Lexicon"],
    "framing.validation": [
        "sampling.sample",
        "sheets.write_sheet",
        "sheets.read_codings",
        "sheets.read_key",
        "agreement.krippendorff_alpha",
        "agreement.agreement",
        "measure.majority",
        "measure.undecided",
        "measure.validate_measure",
        "correction.prediction_powered_mean",
        "correction.rogan_gladen",
        "agreement.by_code",
        "agreement.confusion",
        "widget.CodingWidget",
    ],
}


class Commands(Directive):
    """Directive ``commands``: a section with the help of every command."""

    def run(self) -> list[nodes.Node]:
        """See the base."""
        return [_section(name, parser) for name, parser in commands(build_parser())]


class Api(Directive):
    """Directive ``api``: every public name of the package, by part, with its docstring."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """See the base."""
        found: list[nodes.Node] = []
        for title, names in public_names().items():
            section = nodes.section(ids=[nodes.make_id(f"api {title}")], names=[title])
            section += nodes.title(text=title)
            calls = [_call(kind, where) for kind, where in names]
            block = ["```{eval-rst}", *"\n\n".join(calls).splitlines(), "```"]
            self.state.nested_parse(StringList(block, source=title), 0, section)
            found.append(section)
        return found


def public_names() -> dict[str, list[tuple[str, str]]]:
    """Part of the package -> its public names, each as class, function or data and where it is defined."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for name in framing.__all__[1:]:
        parts.setdefault(PARTS[(framing._WHERE[name].split(".") + [""])[1]], []).append(
            _place(getattr(framing, name), name)
        )
    for module, title in PACKAGES.items():
        exported = NAMES.get(module) or importlib.import_module(module).__all__
        known = [place for places in parts.values() for place in places]
        places = [_place(_named(module, name), name, module) for name in exported]
        parts.setdefault(title, []).extend(place for place in places if place not in known)
    return parts


def _call(kind: str, where: str) -> str:
    if kind == "data":
        # autodoc would print what documents a dict
        return f".. py:data:: {where}\n\n   A dictionary: name to class or description."
    return f".. auto{kind}:: {where}" + MEMBERS * (kind == "class")


def _named(module: str, name: str) -> Any:
    where, _, last = f"{module}.{name}".rpartition(".")
    return getattr(importlib.import_module(where), last)


def _place(thing: Any, name: str, module: str = "framing") -> tuple[str, str]:
    """Where a name is defined: a package that is also a function leads to the function."""
    if inspect.ismodule(thing):
        thing = inspect.unwrap(getattr(importlib.import_module(SAME_NAME[thing.__name__]), name))
    if inspect.isclass(thing) or callable(thing):
        return "class" if inspect.isclass(thing) else "function", f"{thing.__module__}.{thing.__name__}"
    return "data", f"{framing._WHERE.get(name, module)}.{name}"


def commands(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser, those of a group each on its own."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        return [(parser.prog, parser)]
    return [found for name in inner[0].choices.values() for found in commands(name)]


def _section(name: str, parser: argparse.ArgumentParser) -> nodes.section:
    section = nodes.section(ids=[nodes.make_id(name)], names=[name])
    text = parser.format_help()
    section += nodes.title(text=name)
    section += nodes.literal_block(text, text, language="text")
    return section


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("commands", Commands)
    app.add_directive("api", Api)
    app.add_lexer("csv", TextLexer)
