"""A page with every plot, in English and German, each beside the call that made it.

The functions below are the page: what stands in their body is run and shown.
"""

from __future__ import annotations

import base64
import inspect
import io
import textwrap
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import framing
from framing import plots
from framing.compare import before_after, change_points, compare, keyness, means, models, over_time, word_shift
from framing.compare.duplicates import near_duplicates, who_copies_whom
from framing.compare.frame_axis import frame_axis
from framing.compare.network import network
from framing.compare.outlet_map import outlet_map
from framing.compare.outlets_apart import outlets_apart
from framing.compare.packages import packages, packages_stability
from framing.compare.portrait import agency_map, portrait
from framing.compare.robustness import robustness
from framing.compare.selection import actor_coverage, event_coverage, text_lengths
from framing.errors import FramingError
from framing.plots.words import Language

Entry = Callable[[Any, Language], Axes | Figure]


def _bars(scores: Any, language: Language) -> Axes:
    table = means(scores)
    return plots.bars(table, "sentiment", language=language)


def _heatmap(scores: Any, language: Language) -> Axes:
    table = means(scores, measures=["sentiment_toward"])
    often = scores.actors["actor"].value_counts().index[:8]
    return plots.heatmap(table[table["target"].isin(often)], language=language)


def _differences(scores: Any, language: Language) -> Axes:
    table = compare(scores, measures=["loaded_per_1000"], reference="rest")
    return plots.differences(table, language=language)


def _same_event(scores: Any, language: Language) -> Axes:
    every = compare(scores, measures=["sentiment"], reference="rest")
    matched = compare(scores, measures=["sentiment"], reference="rest", cluster="event", test="sign_flip")
    return plots.same_event(every, matched, language=language)


def _models(scores: Any, language: Language) -> Axes:
    table = models(scores, "sentiment")
    return plots.models(table, language=language)


def _keyness(scores: Any, language: Language) -> Axes:
    table = keyness(scores, "Gegenlicht", unit="lemma", of="author")
    return plots.keyness(table, 10, language=language)


def _word_shift(scores: Any, language: Language) -> Axes:
    table = word_shift(scores, "Gegenlicht", "Depeschendienst Mitte")
    return plots.word_shift(table, language=language)


def _over_time(scores: Any, language: Language) -> Axes:
    table = over_time(scores, "sentiment", freq="M")
    return plots.over_time(table, language=language)


def _over_time_panels(scores: Any, language: Language) -> Figure:
    table = over_time(scores, "loaded_per_1000", freq="M")
    return plots.over_time_panels(table, event="2025-04-01", language=language)


def _change_points(scores: Any, language: Language) -> Axes:
    table = change_points(scores, "sentiment", freq="W")
    return plots.change_points(table, language=language)


def _before_after(scores: Any, language: Language) -> Axes:
    table = before_after(scores, "2025-04-01", ["sentiment"])
    return plots.before_after(table, date="2025-04-01", language=language)


def _frame_axis(scores: Any, language: Language) -> Axes:
    table = frame_axis(scores, "Frieden–Krieg", min_count=3, dimensions=20)  # a small corpus: few words, few dimensions
    return plots.frame_axis(table, language=language)


def _packages(scores: Any, language: Language) -> Axes:
    found = packages(scores, 5, min_articles=3)
    return plots.packages(found, language=language)


def _packages_stability(scores: Any, language: Language) -> Axes:
    table = packages_stability(scores, [3, 5, 8], min_articles=3)
    return plots.packages_stability(table, language=language)


def _network(scores: Any, language: Language) -> Axes:
    graph = network(scores, least=2)
    return plots.network(graph, language=language)


def _agency_map(scores: Any, language: Language) -> Axes:
    table = agency_map(scores)
    return plots.agency_map(table, language=language)


def _portrait(scores: Any, language: Language) -> Figure:
    found = portrait(scores, "USA")
    return plots.portrait(found, language=language)


def _outlet_map(scores: Any, language: Language) -> Axes:
    found = outlet_map(scores, least=3)
    return plots.outlet_map(found, language=language)


def _confusion(scores: Any, language: Language) -> Axes:
    found = outlets_apart(scores)
    return plots.confusion(found, language=language)


def _event_coverage(scores: Any, language: Language) -> Axes:
    table = event_coverage(scores)
    return plots.event_coverage(table, language=language)


def _actor_coverage(scores: Any, language: Language) -> Axes:
    table = actor_coverage(scores)
    return plots.actor_coverage(table, "Gegenlicht", language=language)


def _text_lengths(scores: Any, language: Language) -> Axes:
    table = text_lengths(scores)
    return plots.text_lengths(table, language=language)


def _duplicates(scores: Any, language: Language) -> Axes:
    pairs = near_duplicates(scores, threshold=0.01)  # far too low: the demo corpus copies nothing
    order = who_copies_whom(pairs)
    return plots.duplicates(order, language=language)


def _robustness(scores: Any, language: Language) -> Axes:
    table = robustness(scores, methods=(), n_resamples=200)
    return plots.robustness(table, language=language)


def _frames(scores: Any, language: Language) -> Axes:
    measures = [name for name in scores.articles.columns if name.startswith("frame_")]
    table = means(scores, measures=measures)
    return plots.frames(table, language=language)


ENTRIES: tuple[Entry, ...] = (
    _bars, _heatmap, _differences, _same_event, _models, _keyness, _word_shift, _over_time, _over_time_panels, _change_points,
    _before_after, _outlet_map, _confusion, _event_coverage, _actor_coverage, _text_lengths, _duplicates, _robustness, _frames, _frame_axis, _packages,
    _packages_stability, _network, _agency_map, _portrait,
)  # fmt: skip
_LANGUAGES: tuple[Language, ...] = ("en", "de")
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>framing: gallery of plots</title>
<style>
body {{ font: 15px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #222; background: #fff; max-width: 88rem;
  margin: 2rem auto; padding: 0 1rem }}
h1 {{ font-size: 1.4rem }} h2 {{ font-size: 1.05rem; margin: 2.5rem 0 .5rem }}
pre {{ background: #f4f4f2; padding: .6rem .8rem; overflow-x: auto; font-size: .8rem }}
div {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.5rem; align-items: start }}
img {{ max-width: 100%; height: auto }} p {{ color: #5c5c5c }}
</style></head><body>
<h1>Gallery of plots</h1>
<p>The demo corpus: invented articles of invented outlets. English at the left, German at the right. framing {version}.</p>
{sections}
</body></html>
"""


def gallery(scores: Any, folder: str | Path, *, entries: tuple[Entry, ...] = ENTRIES, progress: bool = False) -> Path:
    """Draw every plot in both languages and put them on one page.

    Parameters
    ----------
    scores
        Scores of the demo corpus, with events.
    folder
        Is made; gets ``index.html`` (self-contained) and each figure as PNG, PDF and SVG.
    entries
        Functions from scores and language to axes or a figure.
    progress
        Show a progress bar.

    Returns
    -------
    Path
        The page.
    """
    from tqdm import tqdm

    from framing.signature import write_atomic

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    sections = []
    for entry in tqdm(entries, desc="drawing", disable=not progress):
        name = entry.__name__.strip("_")
        pictures = []
        for language in _LANGUAGES:
            try:
                pictures.append(_picture(entry(scores, language), target / f"{name}_{language}", f"{name}, {language}"))
            except FramingError as error:
                pictures.append(f"<p>{escape(str(error))}</p>")
        body = escape(_body(entry))
        sections.append(f'<h2 id="{name}">{name}</h2>\n<pre>{body}</pre>\n<div>{"".join(pictures)}</div>')
    page = _PAGE.format(version=framing.__version__, sections="\n".join(sections))
    return write_atomic(target / "index.html", page.encode("utf-8"))


def _picture(drawn: Axes | Figure, stem: Path, alt: str) -> str:
    figure = plots.style.figure_of(drawn)
    plots.save(figure, stem)
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=110, metadata={"Software": None})
    plt.close(figure)
    return f'<img alt="{escape(alt)}" src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">'


def _body(entry: Entry) -> str:
    """Lines of the function's body."""
    return textwrap.dedent("\n".join(inspect.getsource(entry).splitlines()[1:]))
