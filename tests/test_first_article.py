"""The article that the project was begun for; expectations in our own words, the article itself is not in the project."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from framing import read, score_article
from framing.scoring import ArticleScores

# begin and end of each direct quotation, as the first issue of the project lists them
QUOTATIONS = [
    ("Unsere Länder kooperieren", "werden sollten."),
    ("unseren Nachbarn", "darunter Nordkorea"),
    ("Warnungen aus Washington", "Warnungen aus Washington"),
    ("sehr selten", "sehr selten"),
    ("völligen Entnuklearisierung", "völligen Entnuklearisierung"),
]


@pytest.fixture(scope="module")
def article(shared_data: Path) -> ArticleScores:
    path = shared_data / "article" / "wostotschny.txt"
    if not path.is_file():
        pytest.skip(f"no article at {path}: set FRAMING_DATA to the folder of the development data")
    row = read([path]).articles.iloc[0]
    return score_article(row["text"], row["title"])


@pytest.fixture(scope="module")
def actors(article: ArticleScores) -> pd.DataFrame:
    return article.actors.set_index("actor")


def test_title_and_boilerplate_are_not_in_the_text(article: ArticleScores) -> None:
    assert article.title.startswith("Treffen auf Wostotschny")
    assert not article.title.startswith("date")
    assert "Mehr zum Thema" not in article.text


def test_mini_nato_is_a_hit_although_its_mark_is_unbalanced(article: ArticleScores) -> None:
    loaded = article.hits[article.hits["term"] == "Mini-NATO"]
    assert loaded[["surface", "category", "voice"]].values.tolist() == [["Mini-NATO", "bloc_label", "author"]]


def test_exactly_five_direct_quotations(article: ArticleScores) -> None:
    direct = article.quotes[article.quotes["form"] == "direct"]
    surfaces = [article.text[q.start : q.end].strip('"') for q in direct.itertuples()]
    assert len(surfaces) == 5
    for surface, (begin, end) in zip(surfaces, QUOTATIONS, strict=True):
        assert surface.startswith(begin)
        assert surface.endswith(end)


def test_the_stray_mark_does_not_turn_the_article_inside_out(article: ArticleScores) -> None:
    assert 0 < article.article["quoted_share"] < 0.1
    assert article.article["scare_quotes"] == 0


def test_peskow_speaks(article: ArticleScores, actors: pd.DataFrame) -> None:
    first = article.quotes[article.quotes["form"] == "direct"].iloc[0]
    assert first["actor"] == "Dmitri Peskow"
    assert first["cue"] == "geantwortet"
    assert first["cue_class"] == "neutral"
    assert actors.loc["Dmitri Peskow", "quotes"] >= 1
    assert actors.loc["Dmitri Peskow", "type"] == "person"


def test_kim_jong_un_is_one_actor(article: ArticleScores, actors: pd.DataFrame) -> None:
    forms = [name for name in actors.index if "Kim" in name.split() or "Jong" in name]
    assert forms == ["Kim Jong-un"]
    # by name, and once by his office ("das nordkoreanische Staatsoberhaupt")
    assert actors.loc["Kim Jong-un", "mentions"] == article.text.count("Jong-un") + 1
    assert "Staatsoberhaupt" in actors.loc["Kim Jong-un", "namings"].split("|")


@pytest.mark.parametrize(
    "person",
    ["Wladimir Putin", "Kim Jong-un", "Sergei Schoigu", "Dmitri Peskow", "Donald Trump", "Fyodor Tertitskiy"],
)
def test_persons_are_found(actors: pd.DataFrame, person: str) -> None:
    assert actors.loc[person, "type"] == "person"


@pytest.mark.parametrize(
    "state", ["Russland", "Nordkorea", "Südkorea", "USA", "Japan", "China", "Frankreich", "Ukraine"]
)
def test_states_are_found(actors: pd.DataFrame, state: str) -> None:
    assert actors.loc[state, "type"] == "state"


@pytest.mark.parametrize("organisation", ["NATO", "Al Jazeera"])
def test_organisations_are_found(actors: pd.DataFrame, organisation: str) -> None:
    assert actors.loc[organisation, "type"] == "organisation"


def test_nobody_else_is_taken_for_a_person(actors: pd.DataFrame) -> None:
    # the six whom the article names
    assert (actors["type"] == "person").sum() == 6


def test_putin_is_one_actor(actors: pd.DataFrame) -> None:
    assert [name for name in actors.index if "Putin" in name] == ["Wladimir Putin"]


def test_paris_stands_for_france(actors: pd.DataFrame) -> None:
    assert actors.loc["Frankreich", "namings"] == "Paris"


def test_pyongyang_and_seoul_are_places_here(article: ArticleScores, actors: pd.DataFrame) -> None:
    names = set("|".join(actors["namings"]).split("|"))
    assert "Pjöngjang" in article.text
    assert "Seoul" in article.text
    assert not names & {"Pjöngjang", "Seoul"}


def test_moscow_and_washington_are_governments_here(actors: pd.DataFrame) -> None:
    assert {"Moskau", "Moskaus", "Kreml", "Kremlführung"} <= set(actors.loc["Russland", "namings"].split("|"))
    assert "Pekings" in actors.loc["China", "namings"].split("|")
    assert "Washington" in actors.loc["USA", "namings"].split("|")


def test_indirect_speech_has_its_speakers(article: ArticleScores) -> None:
    indirect = article.quotes[article.quotes["form"] == "indirect"]
    assert len(indirect) >= 4
    speakers = " ".join(indirect["speaker"].dropna())
    assert "Peskow" in speakers
    assert "Kremlführung" in speakers


@pytest.mark.parametrize(
    "speaker",
    [
        "Beobachter",
        "Experten",
    ],
)
def test_so_behind_a_clause_names_its_speaker(article: ArticleScores, speaker: str) -> None:
    assert article.quotes["speaker"].str.contains(speaker).fillna(False).any()


def test_every_hit_slices_to_its_surface(article: ArticleScores) -> None:
    texts = {"title": article.title, "text": article.text}
    assert all(texts[h.field][h.start : h.end] == h.surface for h in article.hits.itertuples())
    assert len(article.hits) > 40
