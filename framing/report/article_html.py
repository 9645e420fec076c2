"""One article as HTML: its text with the evidence marked in place, and its numbers beside it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from numbers import Real

import pandas as pd

from framing.report.terms import NOT_TERMS
from framing.report.wording import Wording, wording

STRENGTHS = (0.25, 0.6)


@dataclass(frozen=True)
class Layer:
    """A stretch of text and how it is marked: ``[start, end)``, CSS classes, and what the tooltip says."""

    start: int
    end: int
    classes: tuple[str, ...]
    note: str
    is_hit: bool


def article_html(
    title: str,
    text: str,
    hits: pd.DataFrame,
    numbers: Mapping[str, object],
    quotes: pd.DataFrame,
    actors: pd.DataFrame,
    language: str = "de",
) -> str:
    """Highlighted article as a self-contained HTML fragment, without script, for light and dark pages.

    Sentiment hits are underlined by sign (solid and dotted, orange and blue) and strength, loaded terms have a
    background, actors an outline, quoted passages a tint; a tooltip names each. Overlapping hits are split at
    their boundaries, so that no mark hides another. Everything that comes from the article is escaped.

    Parameters
    ----------
    title, text : str
        As cleaned; the offsets of `hits` and `quotes` count their characters.
    hits : DataFrame
        Table ``hits``: ``field, scorer, start, end, surface, term, category, target, value, voice``.
    numbers : mapping
        Measure to value, such as a row of the table ``articles``; what is no number is left out, NaN is a dash.
    quotes : DataFrame
        Table ``quotes``: ``start, end, form, speaker, cue, cue_class``.
    actors : DataFrame
        Table ``actors``: ``name, type, mentions, sentiment_toward``.
    language : {"de", "en"}
        Language of labels and tooltips.

    Raises
    ------
    ValueError
        Where a hit or quotation lies outside its field, or the language is unknown.
    """
    words = wording(language)
    headline = _marked(title, _layers(hits, quotes, "title", words, len(title)))
    body = _marked(text, _layers(hits, quotes, "text", words, len(text)))
    paragraphs = "".join(f"<p>{part}</p>" for part in _paragraphs(body))
    return (
        f'<div class="framing-article"><style>{stylesheet()}</style>'
        f'<article lang="de"><h2>{headline}</h2>{paragraphs}</article>'
        f'<aside lang="{escape(language)}">{_legend(words)}{_numbers_table(numbers, words)}'
        f"{_actors_table(actors, words)}</aside></div>"
    )


def article_page(
    title: str,
    text: str,
    hits: pd.DataFrame,
    numbers: Mapping[str, object],
    quotes: pd.DataFrame,
    actors: pd.DataFrame,
    language: str = "de",
) -> str:
    """The fragment of `article_html` as a whole HTML page; parameters and errors are the same."""
    fragment = article_html(title, text, hits, numbers, quotes, actors, language)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title) or 'framing'}</title>"
        "<style>:root{color-scheme:light dark}body{margin:2rem auto;max-width:72rem;padding:0 1rem}</style>"
        f"</head><body>{fragment}</body></html>\n"
    )


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style of the fragment, as it is inlined."""
    return " ".join(files("framing.report").joinpath("templates/article.css").read_text("utf-8").split())


def _layers(hits: pd.DataFrame, quotes: pd.DataFrame, field: str, words: Wording, length: int) -> list[Layer]:
    of_field = [frame[frame["field"] == field] for frame in (quotes, hits)]
    return _quote_layers(of_field[0], words, length) + _hit_layers(of_field[1], words, length)


def _hit_layers(hits: pd.DataFrame, words: Wording, length: int) -> list[Layer]:
    layers = []
    for hit in hits.to_dict("records"):
        scorer, voice = str(hit["scorer"]), _text(hit.get("voice"))
        category, value = _text(hit.get("category")), hit.get("value")
        classes = [f"fr-{_slug(scorer)}"] if category not in NOT_TERMS else []
        if scorer == "sentiment":
            classes += _valence_classes(value)
        if voice == "distanced" or category in NOT_TERMS:
            classes.append("fr-distanced")
        term, target = _text(hit.get("term")) or _text(hit.get("surface")), _text(hit.get("target"))
        note = f"{words.label(scorer)}: {term}"
        if category:
            note += f" ({words.label(category)})"
        if target and target != term:
            note += f" → {target}"
        if scorer == "sentiment" and not _missing(value):
            note += f", {words.label('value')} {words.signed(value)}"
        if remark := _text(hit.get("note")):
            note += f", {remark}"
        if voice:
            note += f", {words.label('voice')}: {words.label(voice)}"
        layers.append(_layer(hit, tuple(classes), note, length, is_hit=True))
    return layers


def _quote_layers(quotes: pd.DataFrame, words: Wording, length: int) -> list[Layer]:
    layers = []
    for quote in quotes.to_dict("records"):
        form, cue_class = _text(quote.get("form")), _text(quote.get("cue_class"))
        note = f"{words.label('quotation')} ({words.label(form)})"
        if speaker := _text(quote.get("speaker")):
            note += f", {words.label('speaker')}: {speaker}"
        if cue := _text(quote.get("cue")):
            note += f", {words.label('cue')}: {cue}" + (f" ({words.label(cue_class)})" if cue_class else "")
        # the tint says whose words they are: reported speech is the author's own wording
        tint = {"direct": ("fr-quoted",), "indirect": ("fr-distanced",)}.get(form, ())
        layers.append(_layer(quote, (*tint, f"fr-{_slug(form)}"), note, length, is_hit=False))
    return layers


def _layer(row: Mapping[Hashable, object], classes: tuple[str, ...], note: str, length: int, *, is_hit: bool) -> Layer:
    start, end = int(str(row["start"])), int(str(row["end"]))
    if not 0 <= start < end <= length:
        raise ValueError(f"span [{start}, {end}) lies outside its field of {length} characters; score the same text")
    return Layer(start, end, classes, note, is_hit)


def _marked(text: str, layers: list[Layer]) -> str:
    return "".join(_piece(text[start:end], active) for start, end, active in _segments(len(text), layers))


def _segments(length: int, layers: list[Layer]) -> Iterator[tuple[int, int, list[Layer]]]:
    """Stretches between two boundaries with the layers that cover them, in the order of the text."""
    bounds = sorted({0, length, *(layer.start for layer in layers), *(layer.end for layer in layers)})
    waiting = sorted(layers, key=lambda layer: (layer.start, -layer.end), reverse=True)
    active: list[Layer] = []
    for start, end in pairwise(bounds):
        active = [layer for layer in active if layer.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        yield start, end, active


def _piece(text: str, active: list[Layer]) -> str:
    if not active:
        return escape(text)
    tag = "mark" if any(layer.is_hit for layer in active) else "span"
    classes = " ".join(dict.fromkeys(name for layer in active for name in layer.classes))
    # The narrowest layer first: it is what the reader points at.
    notes = "\n".join(layer.note for layer in sorted(active, key=lambda layer: layer.end - layer.start))
    # Line ends of the tooltip are written out: those of the text are what paragraphs are split at.
    tooltip = escape(notes).replace("\r", "").replace("\n", "&#10;")
    opening = f'<{tag} class="{escape(classes)}" title="{tooltip}">'
    # A line break inside a mark must stay one, or the mark would reach over two paragraphs.
    return "\n".join(f"{opening}{escape(line)}</{tag}>" if line else "" for line in text.split("\n"))


def _paragraphs(body: str) -> list[str]:
    lines = body.replace("\r\n", "\n").split("\n")
    return [line for line in lines if line.strip()]


def _valence_classes(value: object) -> list[str]:
    if _missing(value) or float(str(value)) == 0:
        return ["fr-neutral"]
    number = float(str(value))
    return ["fr-positive" if number > 0 else "fr-negative", f"fr-strength-{sum(abs(number) >= s for s in STRENGTHS)}"]


def _legend(words: Wording) -> str:
    items = (
        ("mark", "fr-sentiment fr-negative fr-strength-1", "negative"),
        ("mark", "fr-sentiment fr-positive fr-strength-1", "positive"),
        ("mark", "fr-loaded-terms", "loaded_terms"),
        ("mark", "fr-actors", "actor"),
        ("span", "fr-quoted", "quoted"),
        ("mark", "fr-distanced", "distanced"),
    )
    shown = " ".join(f'<{tag} class="{css}">{escape(words.label(key))}</{tag}>' for tag, css, key in items)
    return f'<p class="fr-legend">{shown}</p>'


def _numbers_table(numbers: Mapping[str, object], words: Wording) -> str:
    shown = {name: value for name, value in numbers.items() if isinstance(value, Real) and not isinstance(value, bool)}
    if not shown:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(words.label(name))}</th><td>{escape(words.measure(name, value))}</td></tr>'
        for name, value in shown.items()
    )
    return f"<table><caption>{escape(words.label('numbers'))}</caption><tbody>{rows}</tbody></table>"


def _actors_table(actors: pd.DataFrame, words: Wording) -> str:
    if not len(actors):
        return ""
    head = "".join(
        f'<th scope="col">{escape(words.label(key))}</th>' for key in ("actor", "mentions", "sentiment_toward")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(_text(row.get("name")) or _text(row.get("actor")))}</th>'
        f"<td>{escape(words.measure('mentions', row.get('mentions')))}</td>"
        f"<td>{escape(words.measure('sentiment_toward', row.get('sentiment_toward')))}</td></tr>"
        for row in actors.to_dict("records")
    )
    caption = escape(words.label("actors"))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _text(value: object) -> str:
    return "" if _missing(value) else str(value)


def _slug(name: str) -> str:
    return "".join(character if character.isalnum() else "-" for character in name.lower())
