from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing
from framing.cli import main
from framing.compare.means import means
from framing.errors import InputError, UsageError
from framing.report.explore import explore
from framing.report.explore.pack import compress, utf16
from framing.report.explore.page import SCRIPTS, interface, script
from framing.report.explore.tables import evidence

OUTLET = "</script><script>document.title='x'</script>"
AWKWARD = "<!-- </script> <img src=x onerror=alert(1)> \u2028 😀 Ende"


def unpacked(page: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The tables and blocks of a page, as a browser reads them."""
    found = dict(re.findall(r'<script type="text/plain" id="([\w-]+)">([^<]*)</script>', page.read_text("utf-8")))
    read = {name: json.loads(gzip.decompress(base64.b64decode(data))) for name, data in found.items()}
    return read.pop("tables"), [read[f"block-{i}"] for i in range(len(read))]


def articles_of(page: Path) -> dict[str, list[Any]]:
    tables, blocks = unpacked(page)
    return {
        name: blocks[place[0]]["articles"][place[1]]
        for name, place in zip(tables["articles"]["id"], tables["place"], strict=True)
        if place
    }


@pytest.fixture(scope="module")
def page(make_scores: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explore(make_scores(), tmp_path_factory.mktemp("explore") / "page.html", n_resamples=200)


def test_the_page_asks_for_nothing_and_names_its_script_by_hash(page: Path) -> None:
    text = page.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.findall(r"(?:src|href)=[\"'](?!#)", text.replace(script(), ""))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|fetch\(", script())


def test_the_template_is_filled_in_both_languages(make_scores: Callable[..., Any], tmp_path: Path) -> None:
    for language in ("de", "en"):
        text = explore(make_scores(3), tmp_path / f"{language}.html", language=language, n_resamples=50).read_text(
            "utf-8"
        )
        assert f'<html lang="{language}">' in text
        assert "{{" not in text.replace(script(), "")
    assert interface("de").keys() == interface("en").keys()
    used = set(re.findall(r'\bword\("(\w+)"', script()))
    assert used <= interface("en").keys()
    assert len(SCRIPTS) == len(set(SCRIPTS))


def test_means_are_those_of_the_comparison(page: Path, make_scores: Callable[..., Any]) -> None:
    tables, _ = unpacked(page)
    expected = means(make_scores(), measures=["sentiment"], n_resamples=200)
    at = [measure["key"] for measure in tables["measures"]].index("sentiment")
    for outlet, cell in zip(tables["outlets"], tables["means"][at], strict=True):
        row = expected[expected["group"] == outlet].iloc[0]
        assert cell == [row["n"], *(pytest.approx(row[c], abs=1e-4) for c in ("estimate", "ci_low", "ci_high"))]
        own = [
            v
            for v, o in zip(tables["articles"]["values"][at], tables["articles"]["outlet"])
            if tables["outlets"][o] == outlet
        ]
        assert np.mean(own) == pytest.approx(cell[1], abs=1e-4)


def test_every_hit_is_in_the_page_at_its_place(page: Path, make_scores: Callable[..., Any]) -> None:
    scores = make_scores()
    tables, blocks = unpacked(page)
    seen = []
    for name, place in zip(tables["articles"]["id"], tables["place"], strict=True):
        block = blocks[place[0]]
        title, text, hits, _ = block["articles"][place[1]]
        starts = np.cumsum(hits[0])
        for start, length, kind, value, term in zip(starts, *hits[1:5], strict=True):
            field, scorer, _, voice = tables["kinds"][kind]
            surface = (title if field == "title" else text)[start : start + length]
            seen.append((name, field, scorer, voice, surface, block["strings"][term] or surface, value / 1000))
    columns = ["article_id", "field", "scorer", "voice", "surface", "term", "value"]
    expected = [(*row[:-1], round(row[-1], 3)) for row in scores.hits[columns].itertuples(index=False, name=None)]
    assert sorted(seen) == sorted(expected)


def test_hostile_names_and_texts_stay_data(make_scores: Callable[..., Any], tmp_path: Path) -> None:
    scores = make_scores(3, (OUTLET, "B"))
    scores.texts["text"] = scores.texts["text"] + AWKWARD
    page = explore(scores, tmp_path / "page.html", n_resamples=50)
    text = page.read_text("utf-8")
    assert OUTLET not in text and "onerror" not in text and "\u2028" not in text
    assert text.count("</script>") == text.count("<script")
    tables, _ = unpacked(page)
    assert OUTLET in tables["outlets"]
    assert all(AWKWARD in article[1] for article in articles_of(page).values())


def test_a_character_that_a_browser_counts_twice_moves_what_follows(
    make_scores: Callable[..., Any], tmp_path: Path
) -> None:
    scores = make_scores(2)
    scores.texts["text"] = "😀" + scores.texts["text"]
    later = scores.hits["field"] == "text"
    scores.hits.loc[later, ["start", "end"]] += 1
    scores.quotes[["start", "end"]] += 1
    found = articles_of(explore(scores, tmp_path / "page.html", n_resamples=50))
    # the first hit is "Regime" in the title; by hand: "😀" is two units and "Das " four, so that "Regime" begins at 6
    starts = np.cumsum(found["0-00"][2][0])
    assert 6 in starts
    assert utf16("abc", np.array([1])).tolist() == [1]


def test_what_does_not_fit_is_sampled_evenly_and_numbers_stay(make_scores: Callable[..., Any], tmp_path: Path) -> None:
    scores = make_scores(40)
    rng = np.random.default_rng(1)
    noise = ["".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), 4000)) for _ in range(len(scores.texts))]
    scores.texts["text"] = scores.texts["text"] + noise
    full = explore(scores, tmp_path / "full.html", n_resamples=50)
    size = full.stat().st_size / 1e6
    part = explore(scores, tmp_path / "part.html", n_resamples=50, max_megabytes=size * 0.6)
    assert part.stat().st_size <= size * 0.6 * 1e6
    (whole, _), (tables, _) = unpacked(full), unpacked(part)
    assert tables["means"] == whole["means"]
    shown = pd.Series([o for o, place in zip(tables["articles"]["outlet"], tables["place"]) if place]).value_counts()
    assert 0 < shown.sum() < 120
    assert shown.max() - shown.min() <= 1


def test_the_same_scores_give_the_same_bytes(page: Path, make_scores: Callable[..., Any], tmp_path: Path) -> None:
    again = explore(make_scores(), tmp_path / "again.html", n_resamples=200)
    assert again.read_bytes() == page.read_bytes()
    assert compress({"a": 1}) == compress({"a": 1})


def test_dates_keep_their_precision_and_may_be_missing(make_scores: Callable[..., Any], tmp_path: Path) -> None:
    scores = make_scores(2)
    scores.articles["published_precision"] = ["day", "month", "year", "day", "day", "day"]
    scores.articles.loc[5, "published"] = pd.NaT
    tables, _ = unpacked(explore(scores, tmp_path / "page.html", n_resamples=50))
    dates = dict(zip(tables["articles"]["id"], tables["articles"]["date"], strict=True))
    assert dates["0-00"] == "2025-01-03"
    assert dates["0-01"] == "2025-02"
    assert dates["1-00"] == "2025"
    assert dates["2-01"] == ""


def test_actors_and_terms_know_their_articles(page: Path, make_scores: Callable[..., Any]) -> None:
    scores = make_scores()
    tables, _ = unpacked(page)
    assert {one["id"]: len(one["at"]) for one in tables["actors"]} == scores.actors["actor"].value_counts().to_dict()
    (term,) = tables["terms"]
    loaded = scores.hits[scores.hits["scorer"] == "loaded_terms"]
    assert (term["term"], sum(term["n"])) == ("Regime", len(loaded))


def test_each_measure_says_what_it_is_made_of() -> None:
    assert evidence("sentiment_quoted") == {"scorer": "sentiment", "field": "text", "voice": "quoted"}
    assert evidence("function_moral_evaluation") == {"scorer": "frame_functions", "category": "moral_evaluation"}
    assert evidence("n_tokens") is None


def test_errors_name_a_cure(make_scores: Callable[..., Any], tmp_path: Path) -> None:
    scores = make_scores(2)
    with pytest.raises(UsageError, match=r"end its name with \.html"):
        explore(scores, tmp_path / "page.pdf")
    with pytest.raises(UsageError, match="no report language"):
        explore(scores, tmp_path / "page.html", language="fr")
    with pytest.raises(UsageError, match="alone are larger"):
        explore(scores, tmp_path / "page.html", max_megabytes=0.001, n_resamples=50)
    scores.hits.loc[1, "end"] = 99_999
    with pytest.raises(InputError, match=r"0-00.*lies outside the text|lies outside the text.*0-00"):
        explore(scores, tmp_path / "page.html", n_resamples=50)
    scores.articles = scores.articles.iloc[:0]
    with pytest.raises(InputError, match="no articles"):
        explore(scores, tmp_path / "page.html")


def test_the_command_writes_the_page(demo_corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = framing.read(demo_corpus)
    framing.score(corpus).save(tmp_path / "scores")
    assert (
        main(["explore", str(tmp_path / "scores"), "-o", str(tmp_path / "page.html"), "--language", "de", "--json"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert told["bytes"] == (tmp_path / "page.html").stat().st_size < 1_000_000
    tables, _ = unpacked(tmp_path / "page.html")
    assert len(tables["articles"]["id"]) == 48
    assert all(place for place in tables["place"])
