"""The figures of a report, drawn by `framing.plots` from the results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing import plots
from framing.plots.frames import frames as draw_frames
from framing.report.results import Results
from framing.report.wording import Wording

OVERVIEW = ("sentiment_author", "sentiment")
KEY_TERMS, SHIFT_TERMS = 8, 16
# Fewer are a table, not a picture.
MIN_ACTORS = 3
Draw = Callable[[], Axes]


def draw(results: Results, folder: Path, words: Wording) -> dict[str, Path]:
    """Draw every figure that the results have data for.

    Parameters
    ----------
    results : Results
        Tables of the report.
    folder : Path
        Is made; gets each figure as PDF, PNG and SVG.
    words : Wording
        Language of the figures.

    Returns
    -------
    dict of str to Path
        Name of each figure to its SVG, which the report shows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {}
    for name, make in figures(results, words).items():
        drawn[name] = plots.save(make(), folder / name, close=True)[0]
    return drawn


def figures(results: Results, words: Wording) -> dict[str, Draw]:
    """What is to be drawn, by name."""
    options: Any = {"title": "", "language": words.language}
    found: dict[str, Draw] = {}
    if len(differences := overview(results.comparison)):
        found["differences"] = partial(plots.differences, differences, **options)
    for measure in results.measures:
        if _known(results.means, measure):
            found[f"bars_{measure}"] = partial(plots.bars, results.means, measure, **options)
    if len(results.actors) >= MIN_ACTORS:
        found["actors"] = partial(plots.heatmap, in_order(results.toward, results.actors), **options)
    checks = results.checks
    if len(checks.matched) and (measure := event_measure(checks.matched)):
        found["same_event"] = partial(plots.same_event, checks.every, checks.matched, measure, **options)
    if len(results.frames):
        found["frames"] = partial(draw_frames, results.frames, **options)
    if len(checks.robust):
        found["robustness"] = partial(plots.robustness, checks.robust, **options)
    for number, one in enumerate(results.keyness, start=1):
        if len(one):
            found[f"keyness_{number}"] = partial(plots.keyness, one, KEY_TERMS, **options)
    if len(results.shift):
        found["word_shift"] = partial(plots.word_shift, results.shift, SHIFT_TERMS, **options)
    if len(results.time):
        found["over_time"] = partial(plots.over_time, results.time, **options)
    return found


def overview(comparison: pd.DataFrame) -> pd.DataFrame:
    """Rows of the comparison of the outlets' own words, or of all words where the former are not measured."""
    for measure in OVERVIEW:
        if len(comparison):
            own = comparison[(comparison["measure"] == measure) & comparison["difference"].notna()]
            if len(own):
                return own.reset_index(drop=True)
    return pd.DataFrame()


def event_measure(matched: pd.DataFrame) -> str:
    """The first measure with a difference over common events; none where there is none."""
    known = matched.loc[matched["difference"].notna(), "measure"]
    return str(known.iloc[0]) if len(known) else ""


def in_order(toward: pd.DataFrame, actors: list[str]) -> pd.DataFrame:
    """Rows in the order of the actors."""
    rank = {actor: i for i, actor in enumerate(actors)}
    return (
        toward.assign(rank=toward["target"].map(rank))
        .sort_values(["rank", "group"], kind="stable")
        .drop(columns="rank")
    )


def _known(means: pd.DataFrame, measure: str) -> bool:
    return bool(means.loc[(means["measure"] == measure) & (means["target"] == ""), "estimate"].notna().any())
