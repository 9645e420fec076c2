"""The demo corpus: where it is, how it is read, and the whole job on it."""

from __future__ import annotations

import sys
from pathlib import Path

from framing.corpus import Corpus, read
from framing.errors import InputError
from framing.scoring import score

REFERENCE = "Depeschendienst Mitte"


def demo_folder() -> Path:
    """Folder of the demo corpus: beside the package in a checkout, inside it when installed.

    Raises
    ------
    InputError
        Where neither is there.
    """
    here = Path(__file__).parent
    for folder in (here / "corpus" / "demo", here.parent / "corpora" / "demo"):
        if folder.is_dir():
            return folder
    raise InputError(
        "the demo corpus is missing", file=str(here.parent / "corpora" / "demo"), cure="install the package again"
    )


def demo_corpus() -> Corpus:
    """The 48 invented articles of four invented outlets on twelve events, with the column ``event``."""
    corpus = read([demo_folder()])
    articles = corpus.articles.copy()
    # articles on one event have the same file name in each outlet's folder
    articles["event"] = articles["article_id"].str.rpartition("/")[2]
    return Corpus(articles, corpus.rejects)


def run_demo(output: Path, *, language: str = "en", seed: int = 0) -> dict[str, Path]:
    """Read, score, compare and report the demo corpus.

    Parameters
    ----------
    output
        Folder to write: ``report.pdf``, ``figures/``, ``tables/``, ``scores/``, ``signature.json``.
    language
        ``en`` or ``de``.
    seed
        Of the statistics.

    Returns
    -------
    dict of str to Path
        What was written.
    """
    from framing.report import report

    scores = score(demo_corpus(), seed=seed)
    scores.save(output / "scores")
    files = report(
        scores, output / "report.pdf", language=language, reference=REFERENCE, seed=seed, progress=sys.stderr.isatty()
    )
    return {**files.places(), "scores": output / "scores"}
