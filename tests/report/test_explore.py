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
from framing.lexicons import load
from framing.report.explore import explore
from framing.report.explore.pack import compress, utf16
from framing.report.explore.page import SCRIPTS, interface, script
from framing.report.explore.tables import evidence
from framing.report.wording import wording
from framing.scorers.frames import FRAMES
from framing.scorers.toward_rules import RULES

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


def test_every_kind_of_hit_has_a_name_in_both_languages() -> None:
    kinds = {row["category"] for row in load("loaded_terms").rows}
    kinds |= {*RULES, *FRAMES, "toward", "toward_model", "frames", "frame_functions", "agency", "agent", "patient"}
    german, english = wording("de"), wording("en")
    assert not [kind for kind in kinds if "_" in german.label(kind) + english.label(kind)]
    # what is written alike in both languages is not said twice by chance
    alike = {kind for kind in kinds if german.label(kind) == english.label(kind)}
    assert not alike, alike


@pytest.fixture(scope="module")
def demo_scores(demo_corpus: Path) -> framing.Scores:
    return framing.score(framing.read(demo_corpus))


def test_events_that_outlets_share_are_found_where_none_are_given(demo_corpus: Path, tmp_path: Path) -> None:
    scores = framing.score(framing.read(demo_corpus))
    tables, _ = unpacked(explore(scores, tmp_path / "found.html", n_resamples=50))
    # the demo corpus has twelve events, each reported by all four outlets
    assert tables["eventsFound"]
    assert sorted(pd.Series(tables["events"]).value_counts()) == [4] * 12
    assert tables["eventNames"].keys() == set(tables["events"])
    scores.articles["event"] = ["Gipfel", "allein", *[None] * 10] + ["Gipfel", *[None] * 35]
    tables, _ = unpacked(explore(scores, tmp_path / "given.html", n_resamples=50))
    assert not tables["eventsFound"]
    assert pd.Series(tables["events"]).value_counts().to_dict() == {"Gipfel": 2, "": 46}
    assert tables["eventNames"] == {}
    scores.articles["event"] = scores.articles["event"].replace("Gipfel", "e0001")
    tables, _ = unpacked(explore(scores, tmp_path / "numbered.html", n_resamples=50))
    assert tables["eventNames"]["e0001"] in scores.articles["title"].tolist()


def test_each_measure_says_what_it_is_made_of() -> None:
    assert evidence("sentiment_quoted") == {"scorer": "sentiment", "voice": "quoted"}
    assert evidence("function_moral_evaluation") == {"scorer": "frame_functions", "category": "moral_evaluation"}
    assert evidence("n_tokens") is None


@pytest.mark.parametrize(
    "measure",
    ["sentiment", "sentiment_author", "sentiment_quoted", "sentiment_title", "loaded_per_1000", "scare_quotes", "frame_conflict",
     "function_causal_interpretation"],
)  # fmt: skip
def test_the_hits_that_a_number_opens_give_the_number(demo_scores: framing.Scores, measure: str) -> None:
    articles = demo_scores.articles.set_index("article_id")
    filters = evidence(measure)
    assert filters is not None
    hits = demo_scores.hits[demo_scores.hits["scorer"] == filters["scorer"]]
    for column in {"field", "voice", "category"} & filters.keys():
        hits = hits[hits[column] == filters[column]]
    values = hits[~hits["category"].isin(filters.get("not", []))].groupby("article_id")["value"]
    if measure.startswith("sentiment"):
        found = values.mean().reindex(articles.index)
    elif measure.startswith("frame_"):
        found = 1000 * values.sum().reindex(articles.index, fill_value=0) / articles["n_tokens"]
    else:
        found = values.size().reindex(articles.index, fill_value=0).astype(float)
        found = found if measure == "scare_quotes" else 1000 * found / articles["n_tokens"]
    pd.testing.assert_series_equal(found, articles[measure], check_names=False, check_dtype=False)


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
