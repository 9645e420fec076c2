"""The reading room: scores as one HTML page in which every number opens the sentences behind it."""

from __future__ import annotations

import os
from pathlib import Path

from framing.errors import InputError, UsageError
from framing.report.explore.pack import fit_texts
from framing.report.explore.page import render
from framing.report.explore.tables import overview
from framing.report.reading import ReportScores
from framing.report.wording import wording
from framing.signature import write_atomic

__all__ = ["explore"]

MEGABYTE = 1_000_000
MAX_MEGABYTES = 29.5


def explore(
    scores: ReportScores,
    path: str | os.PathLike[str],
    *,
    language: str = "en",
    max_megabytes: float = MAX_MEGABYTES,
    n_resamples: int = 2000,
    seed: int = 0,
    progress: bool = False,
) -> Path:
    """Write the reading room: one HTML page without server and network, for a current browser.

    It shows each measure by outlet with its interval, and behind each number the articles and their sentences; actors
    and loaded terms in the same way; the article with its evidence marked by measure and voice; two outlets on one
    event side by side (column ``event``; else events found by `framing.same_event` in up to 10,000 articles; else on one
    day); a search; a filter by date. Means and intervals are those of `framing.compare.means`; with a filter by date,
    means are taken anew over its articles and have no interval.

    Parameters
    ----------
    scores : Scores
        As `framing.score` gives them.
    path : path
        The page; its folder is made.
    language : {"de", "en"}
        Language of the page. Articles stay German.
    max_megabytes : float
        Largest size of the page. Where the texts do not fit, the same share of each outlet's articles, drawn by `seed`,
        can be read, and the page says how many; numbers rest on all articles.
    n_resamples, seed : int
        Of the bootstrap. The same scores and parameters give the same bytes.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    UsageError
        Where `path` does not end in ``.html``, the language is unknown, or the numbers alone are larger than the page.
    InputError
        Where there are no articles, or hits do not lie in the texts.

    Examples
    --------
    >>> import framing, tempfile
    >>> import pandas as pd
    >>> corpus = pd.DataFrame({
    ...     "article_id": ["1", "2"], "outlet": ["A", "B"], "published": pd.to_datetime(["2025-01-01", "2025-01-02"]),
    ...     "title": ["Das Regime schweigt", "Ein Erfolg"], "text": ["Das Regime schweigt weiter.", "Ein guter Tag."]})
    >>> page = framing.explore(framing.score(corpus), f"{tempfile.mkdtemp()}/page.html")
    >>> page.read_text("utf-8").startswith("<!DOCTYPE html>")
    True
    """
    target = Path(path)
    if target.suffix.lower() not in (".html", ".htm"):
        raise UsageError("the reading room must be an HTML page", file=str(path), cure="end its name with .html")
    words = wording(language)
    if not len(scores.articles):
        raise InputError("there are no articles", cure="score a corpus that has some")
    limit = int(max_megabytes * MEGABYTE)
    tables = overview(scores, words, n_resamples=n_resamples, seed=seed)
    room = limit - len(render(tables, [], words))
    if room <= 0:
        raise UsageError(
            f"the numbers of {len(scores.articles)} articles alone are larger than {max_megabytes:g} MB",
            file=str(path),
            cure="choose part of the corpus with framing.select, or allow a larger page",
        )
    packed = fit_texts(scores, room, seed=seed, progress=progress)
    return write_atomic(target, render(tables | packed.tables, packed.blocks, words))
