"""The highlighted article: offsets, escaping, overlap."""

from __future__ import annotations

import math
from html.parser import HTMLParser

import pandas as pd
import pytest

from framing.report.article_html import article_html, article_page

TEXT = "Das Regime schweigt.\n\n„Die Lage ist gut“, sagte Kim."
HIT = {
    "field": "text",
    "scorer": "sentiment",
    "term": "x",
    "category": "",
    "target": "",
    "value": 0.5,
    "voice": "author",
}
NO_HITS = pd.DataFrame(columns=[*HIT, "start", "end", "surface"])
NO_QUOTES = pd.DataFrame(columns=["field", "start", "end", "form", "speaker", "cue", "cue_class"])
NO_ACTORS = pd.DataFrame(columns=["actor", "name", "mentions", "sentiment_toward"])


class Reader(HTMLParser):
    """Text and marks of the first article element."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[tuple[str, str, str]] = []
        self.paragraphs: list[str] = []
        self._open: tuple[str, str] | None = None
        self._in_article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self._in_article |= tag == "article"
        if tag in ("p", "h2") and self._in_article:
            self.paragraphs.append("")
        if tag in ("mark", "span"):
            self._open = str(values.get("class")), str(values.get("title"))

    def handle_endtag(self, tag: str) -> None:
        self._in_article &= tag != "article"
        if tag in ("mark", "span"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._in_article:
            self.paragraphs[-1] += data
            if self._open:
                self.marks.append((data, *self._open))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def hits(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([HIT | row for row in rows])


def test_the_text_is_all_there_and_marks_lie_on_their_offsets() -> None:
    found = hits({"start": 4, "end": 10, "scorer": "loaded_terms", "term": "Regime", "surface": "Regime"})
    quotes = pd.DataFrame([{"field": "text", "start": 22, "end": 40, "form": "direct", "speaker": "Kim", "cue": "sagte",
                            "cue_class": "neutral"}])  # fmt: skip
    reader = read(article_html("Titel", TEXT, found, {}, quotes, NO_ACTORS))
    assert reader.paragraphs == ["Titel", "Das Regime schweigt.", "„Die Lage ist gut“, sagte Kim."]
    assert reader.marks[0][:2] == ("Regime", "fr-loaded-terms")
    assert reader.marks[1][:2] == ("„Die Lage ist gut“", "fr-quoted fr-direct")
    assert "Kim" in reader.marks[1][2]


def test_overlapping_spans_are_split_and_keep_both_notes() -> None:
    found = hits({"start": 0, "end": 10, "term": "eins"}, {"start": 4, "end": 19, "term": "zwei", "value": -0.9})
    found["note"] = "erste\nzweite Zeile"
    reader = read(article_html("", TEXT, found, {}, NO_QUOTES, NO_ACTORS))
    marks = reader.marks
    assert reader.paragraphs[1:] == TEXT.split("\n\n")
    assert [mark[0] for mark in marks] == ["Das ", "Regime", " schweigt"]
    assert "eins" in marks[1][2] and "zwei" in marks[1][2] and "</p>" not in marks[1][2]
    assert "fr-negative fr-strength-2" in marks[2][1]


def test_a_span_over_two_paragraphs_stays_in_them() -> None:
    reader = read(article_html("", TEXT, hits({"start": 11, "end": 26}), {}, NO_QUOTES, NO_ACTORS))
    assert reader.paragraphs[1:] == ["Das Regime schweigt.", "„Die Lage ist gut“, sagte Kim."]
    assert [mark[0] for mark in reader.marks] == ["schweigt.", "„Die"]


@pytest.mark.parametrize("make", [article_html, article_page])
def test_nothing_of_the_article_becomes_markup(make, hostile: str) -> None:  # type: ignore[no-untyped-def]
    bad = f'{hostile} "><img src=x onerror=alert(1)>'
    found = hits(
        {"start": 0, "end": 5, "term": bad, "category": bad, "target": bad, "voice": bad, "note": bad, "scorer": bad}
    )
    quotes = pd.DataFrame(
        [{"field": "text", "start": 2, "end": 9, "form": bad, "speaker": bad, "cue": bad, "cue_class": bad}]
    )
    actors = pd.DataFrame([{"actor": bad, "name": bad, "mentions": 1, "sentiment_toward": math.nan}])
    html = make(bad, bad, found, {bad: 1.0}, quotes, actors, "en")
    assert {"script", "img"}.isdisjoint(read(html).tags)
    assert "".join(read(html).paragraphs) == bad + bad


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 5), (9, 4), (0, len(TEXT) + 1)])
def test_a_span_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside its field"):
        article_html("", TEXT, hits({"start": start, "end": end}), {}, NO_QUOTES, NO_ACTORS)


def test_hits_and_quotes_of_the_title_do_not_reach_the_text() -> None:
    quotes = pd.DataFrame([{"field": "title", "start": 0, "end": 5, "form": "direct", "speaker": None, "cue": None,
                            "cue_class": None}])  # fmt: skip
    reader = read(article_html("Titel", TEXT, hits({"field": "title", "start": 0, "end": 3}), {}, quotes, NO_ACTORS))
    assert [mark[0] for mark in reader.marks] == ["Tit", "el"]


def test_numbers_in_the_language_and_only_numbers() -> None:
    numbers = {
        "sentiment": -0.256,
        "quoted_share": 0.31,
        "sentiment_title": math.nan,
        "n_tokens": 1234,
        "outlet": "Bote",
    }
    german = article_html("", TEXT, NO_HITS, numbers, NO_QUOTES, NO_ACTORS, "de")
    assert "−0,26" in german and "31,0\N{NO-BREAK SPACE}%" in german and "1.234" in german
    assert "Bote" not in german
    assert "−0.26" in article_html("", TEXT, NO_HITS, numbers, NO_QUOTES, NO_ACTORS, "en")


def test_empty_article_and_no_script() -> None:
    page = article_page("", "", NO_HITS, {}, NO_QUOTES, NO_ACTORS)
    assert page.startswith("<!DOCTYPE html>")
    assert "script" not in page and "http://" not in page and "https://" not in page
