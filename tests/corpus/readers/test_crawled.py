"""Objects as fundus and news-please write them; the articles are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from framing.corpus import read
from framing.corpus.readers.crawled import article_fields

FUNDUS = {
    "title": "Steg gesperrt",
    "authors": ["Ada Brandt", "Eva Fels"],
    "publishing_date": "2023-05-03 10:00:00+02:00",
    "topics": ["Steg"],
    "free_access": True,
    "body": {
        "summary": ["Der Steg ist zu."],
        "sections": [
            {"headline": [], "paragraphs": ["Er ist morsch.", "Niemand darf ihn betreten."]},
            {"headline": ["Was nun?"], "paragraphs": ["Die Gemeinde sucht Geld."]},
        ],
    },
    "html": {"requested_url": "https://www.seeblatt.example/steg", "source_info": {"publisher": "Seeblatt"}},
}
NEWS_PLEASE = {
    "authors": ["Ada Brandt"],
    "date_download": "2023-06-01 00:00:00",
    "date_modify": None,
    "date_publish": "2023-05-03 10:00:00",
    "description": "Der Steg ist zu.",
    "filename": "a.json",
    "language": "de",
    "maintext": "Er ist morsch.",
    "source_domain": "seeblatt.example",
    "text": None,
    "title": "Steg gesperrt",
    "title_page": None,
    "url": "https://www.seeblatt.example/steg",
}


@pytest.mark.parametrize("indent", [None, 2])
def test_fundus(tmp_path: Path, indent: int | None) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([FUNDUS] if indent else FUNDUS, indent=indent), encoding="utf-8")
    row = read(file).articles.iloc[0]
    assert row["text"] == (
        "Der Steg ist zu.\n\nEr ist morsch.\n\nNiemand darf ihn betreten.\n\nWas nun?\n\nDie Gemeinde sucht Geld."
    )
    assert row[["outlet", "title", "author", "url"]].tolist() == [
        "Seeblatt", "Steg gesperrt", "Ada Brandt, Eva Fels", "https://www.seeblatt.example/steg",
    ]  # fmt: skip
    assert str(row["published"])[:10] == "2023-05-03"


def test_fundus_without_a_publisher_is_named_by_its_address(tmp_path: Path) -> None:
    html = {"requested_url": "https://www.seeblatt.example/steg"}
    assert article_fields({**FUNDUS, "html": html})["outlet"] == "seeblatt.example"
    assert article_fields({**FUNDUS, "html": None})["outlet"] == ""


def test_news_please(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(NEWS_PLEASE, indent=4), encoding="utf-8")
    row = read(file).articles.iloc[0]
    assert row[["outlet", "title", "text", "author"]].tolist() == [
        "seeblatt.example", "Steg gesperrt", "Er ist morsch.", "Ada Brandt",
    ]  # fmt: skip
    assert str(row["published"])[:10] == "2023-05-03"


def test_other_objects_stay_as_they_are() -> None:
    for fields in ({"text": "x", "body": "y"}, {"body": {"sections": "z"}}, {}):
        assert article_fields(fields) is fields
