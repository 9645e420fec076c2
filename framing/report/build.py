"""A report: figures, tables, signature and PDF in one folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from framing import citing
from framing.errors import UsageError
from framing.report import check_sections, methods, sections
from framing.report.actor_section import actors
from framing.report.blocks import Block
from framing.report.figures import draw
from framing.report.html_render import cited, render_html
from framing.report.manifest import remove_old, write_manifest
from framing.report.reading import ReportScores
from framing.report.results import Results, collect
from framing.report.tables import export_table
from framing.report.typst_render import ORDERS, render_pdf
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
    html : Path or None
        The same as HTML, where asked for.
    figures, tables : tuple of Path
        Files below ``figures`` and ``tables``.
    signature : Path
        ``signature.json``.
    bibliography : Path
        ``references.bib``: what the report cites.
    manifest : Path
        ``manifest.json``: the files that the report wrote.
    """

    folder: Path
    pdf: Path
    html: Path | None
    figures: tuple[Path, ...]
    tables: tuple[Path, ...]
    signature: Path
    bibliography: Path
    manifest: Path

    def places(self) -> dict[str, Path]:
        """What to tell the user: the report, and the folders beside it."""
        return {
            "report": self.pdf,
            **({"html": self.html} if self.html else {}),
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
    template: str | os.PathLike[str] = "full",
    html: str | os.PathLike[str] | None = None,
    validation: pd.DataFrame | None = None,
    robustness: pd.DataFrame | None = None,
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
    template : {"full", "brief", "article"} or path
        What the report shows, or a Typst file of your own; see ``reports/README.md``.
    html : path, optional
        Also write the report as one self-contained HTML file.
    validation : DataFrame, optional
        Table of ``framing validate measure`` on this corpus; None: agreement in the demo corpus.
    robustness : DataFrame, optional
        Table of `framing.robustness`: other methods of sentiment, which read the whole corpus again. None: only what the
        scores allow.
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
        Where `path` does not end in ``.pdf``, the language, the template or the reference is unknown.
    InputError
        Where there are no articles, or the table of robustness is of other outlets.
    """
    target = Path(path)
    if target.suffix.lower() != ".pdf":
        raise UsageError("the report must be a PDF", file=str(path), cure="end its name with .pdf")
    words = wording(language)
    order = template_order(template)
    folder = target.parent
    with tqdm(total=STEPS, desc="report", disable=not progress, leave=False) as bar:
        results = collect(scores, reference=reference, validation=validation, robustness=robustness, seed=seed)
        results = replace(results, signature=replace(results.signature, seed=seed))
        bar.update()
        remove_old(folder)
        figures = draw(results, folder / "figures", words)
        bar.update()
        tables = _write_tables(results, folder / "tables")
        bar.update()
        shown = {name: f"figures/{file.name}" for name, file in figures.items()}
        data = report_data(results, shown, words, order)
        pdf = write_atomic(target, render_pdf(data, folder, os.fspath(template)))
        page = write_atomic(Path(html), render_html(data, folder).encode("utf-8")) if html else None
        bar.update()
    drawn = tuple(file.with_suffix(suffix) for file in figures.values() for suffix in (".pdf", ".png", ".svg"))
    return ReportFiles(
        folder=folder,
        pdf=pdf,
        html=page,
        figures=drawn,
        tables=tables,
        signature=results.signature.to_json(folder / "signature.json"),
        bibliography=write_atomic(folder / "references.bib", citing.bibliography(cited(data)).encode("utf-8")),
        manifest=write_manifest(folder, [*drawn, *tables]),
    )


def template_order(template: str | os.PathLike[str]) -> tuple[str, ...]:
    """Sections that a template shows; those of the full report for a template of the user's.

    Raises
    ------
    UsageError
        Where there is no such template.
    """
    name = os.fspath(template)
    if name not in ORDERS and not (name.endswith(".typ") and Path(name).is_file()):
        raise UsageError(f"no template {name!r}", cure=f"use {', '.join(ORDERS)}, or give a file .typ")
    return ORDERS.get(name, ORDERS["full"])


def report_data(
    results: Results, figures: Mapping[str, str], words: Wording, order: tuple[str, ...] = ORDERS["full"]
) -> dict[str, Any]:
    """The report as the data that a template reads.

    Parameters
    ----------
    results : Results
        Tables of the report.
    figures : mapping of str to str
        Name of each figure to its path below the folder of the report.
    words : Wording
        Language of the report.
    order : tuple of str
        Names of the sections to show.
    """
    first, last = results.corpus["first"].min(), results.corpus["last"].max()
    size = {
        "articles": words.number(results.corpus["articles"].sum(), 0),
        "outlets": words.number(len(results.outlets), 0),
    }
    dated = {"first": words.day(first), "last": words.day(last)}
    blocks: dict[str, list[Block]] = {
        "summary": [*sections.summary(results, words), *check_sections.in_short(results.checks, words)],
        "corpus": [*sections.corpus(results, words), *check_sections.described(results.checks, words)],
        "measures": sections.measures(results, figures, words),
        "same_event": check_sections.same_event(results.checks, figures, words),
        "actors": [*actors(results, figures, words), *check_sections.portraits(results.checks, results.outlets, words)],
        "frames": check_sections.frames(results, figures, words),
        "terms": sections.terms(results, words),
        "words": sections.words_apart(results, figures, words),
        "time": sections.over_time(results, figures, words),
        "robustness": check_sections.robust(results.checks, figures, words),
        "validation": check_sections.validation(results.checks, words),
        "overview": sections.overview_of_measures(results, figures, words),
        "actors_brief": actors(results, figures, words, brief=True),
        "signature": methods.signature(results, words),
        "limits": methods.limits(words),
        "methods": methods.methods(results, words),
        "reproduce": methods.reproduce(results, words),
    }
    undated = first != first
    latest = None if undated else pd.Timestamp(last)
    return {
        "title": words.text("title"),
        "subtitle": words.text("subtitle_undated", **size) if undated else words.text("subtitle", **size, **dated),
        "language": words.language,
        "keywords": [results.signature.short()],
        "page_word": words.label("page"),
        "of_word": words.label("of"),
        "contents_word": words.label("contents"),
        "references_word": words.label("references"),
        "figure_word": words.label("figure"),
        "table_word": words.label("table"),
        # PDF/A asks for a date; that of the youngest article is the same in every run
        "date": [latest.year, latest.month, latest.day] if latest is not None else [1970, 1, 1],
        "order": list(order),
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
        "frames": results.frames,
        "same_event": results.checks.matched,
        "robustness": results.checks.robust,
        "described": results.checks.described,
        "validation": results.checks.validation,
        **{
            f"portrait_{number}_{name}": one
            for number, person in enumerate(results.checks.portraits, start=1)
            for name, one in person.tables().items()
        },
        **{f"keyness_{number}": one for number, one in enumerate(results.keyness, start=1)},
    }
    return tuple(file for name, one in named.items() if len(one) for file in export_table(one, folder / name))
