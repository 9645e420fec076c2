"""A report: figures, tables, signature and PDF in one folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from framing.errors import UsageError
from framing.report import methods, sections
from framing.report.actor_section import actors
from framing.report.blocks import Block
from framing.report.figures import draw
from framing.report.results import ReportScores, Results, collect
from framing.report.tables import export_table
from framing.report.typst_render import TEMPLATES, render_pdf
from framing.report.wording import Wording, wording
from framing.signature import write_atomic

STEPS = 4


@dataclass(frozen=True)
class ReportFiles:
    """Where the parts of a report lie.

    Attributes
    ----------
    folder : Path
        Folder of the report.
    pdf : Path
        The report.
    figures, tables : tuple of Path
        Files below ``figures`` and ``tables``.
    signature : Path
        ``signature.json``.
    bibliography : Path
        ``references.bib``.
    """

    folder: Path
    pdf: Path
    figures: tuple[Path, ...]
    tables: tuple[Path, ...]
    signature: Path
    bibliography: Path

    def places(self) -> dict[str, Path]:
        """What to tell the user: the report, and the folders beside it."""
        return {
            "report": self.pdf,
            "figures": self.folder / "figures",
            "tables": self.folder / "tables",
            "signature": self.signature,
            "references": self.bibliography,
        }


def report(
    scores: ReportScores,
    path: str | os.PathLike[str],
    *,
    language: str = "de",
    reference: str | None = None,
    seed: int = 0,
    progress: bool = False,
) -> ReportFiles:
    """Write the report of a scored corpus.

    Parameters
    ----------
    scores : Scores
        As `framing.score` gives them.
    path : path
        The PDF. Figures, tables, signature and references go into its folder, which is made.
    language : {"de", "en"}
        Language of the report.
    reference : str, optional
        Outlet that all others are compared with. None: each outlet with the rest.
    seed : int
        Seed of resampling and permutation. The same scores and seed give the same bytes.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    ReportFiles

    Raises
    ------
    UsageError
        Where `path` does not end in ``.pdf``, the language or the reference is unknown.
    InputError
        Where there are no articles.
    """
    target = Path(path)
    if target.suffix.lower() != ".pdf":
        raise UsageError("the report must be a PDF", file=str(path), cure="end its name with .pdf")
    words = wording(language)
    folder = target.parent
    with tqdm(total=STEPS, desc="report", disable=not progress, leave=False) as bar:
        results = collect(scores, reference=reference, seed=seed)
        results = replace(results, signature=replace(results.signature, seed=seed))
        bar.update()
        figures = draw(results, folder / "figures", words)
        bar.update()
        tables = _write_tables(results, folder / "tables")
        bar.update()
        shown = {name: f"figures/{file.name}" for name, file in figures.items()}
        pdf = write_atomic(target, render_pdf(report_data(results, shown, words), folder))
        bar.update()
    return ReportFiles(
        folder=folder,
        pdf=pdf,
        figures=tuple(file.with_suffix(suffix) for file in figures.values() for suffix in (".pdf", ".png", ".svg")),
        tables=tables,
        signature=results.signature.to_json(folder / "signature.json"),
        bibliography=write_atomic(folder / "references.bib", TEMPLATES.joinpath("references.bib").read_bytes()),
    )


def report_data(results: Results, figures: Mapping[str, str], words: Wording) -> dict[str, Any]:
    """The report as the data that a template reads.

    Parameters
    ----------
    results : Results
        Tables of the report.
    figures : mapping of str to str
        Name of each figure to its path below the folder of the report.
    words : Wording
        Language of the report.
    """
    first, last = results.corpus["first"].min(), results.corpus["last"].max()
    size = {
        "articles": words.number(results.corpus["articles"].sum(), 0),
        "outlets": words.number(len(results.outlets), 0),
    }
    dated = {"first": words.day(first), "last": words.day(last)}
    blocks: dict[str, list[Block]] = {
        "summary": sections.summary(results, words),
        "corpus": sections.corpus(results, words),
        "measures": sections.measures(results, figures, words),
        "actors": actors(results, figures, words),
        "terms": sections.terms(results, words),
        "words": sections.words_apart(results, figures, words),
        "time": sections.over_time(figures, words),
        "limits": methods.limits(words),
        "methods": methods.methods(results, words),
        "reproduce": methods.reproduce(results, words),
    }
    undated = first != first
    return {
        "title": words.text("title"),
        "subtitle": words.text("subtitle_undated", **size) if undated else words.text("subtitle", **size, **dated),
        "language": words.language,
        "keywords": [results.signature.short()],
        "page_word": words.label("page"),
        "of_word": words.label("of"),
        "contents_word": words.label("contents"),
        "references_word": words.label("references"),
        "sections": blocks,
    }


def _write_tables(results: Results, folder: Path) -> tuple[Path, ...]:
    named = {
        "corpus": results.corpus,
        "comparison": results.comparison,
        "means": results.means,
        "actor_namings": results.namings,
        "loaded_terms": results.terms,
        "loaded_terms_examples": results.examples,
        "word_shift": results.shift,
        "over_time": results.time,
        **{f"keyness_{number}": one for number, one in enumerate(results.keyness, start=1)},
    }
    return tuple(file for name, one in named.items() if len(one) for file in export_table(one, folder / name))
