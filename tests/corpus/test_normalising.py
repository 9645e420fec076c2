from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from framing.article import Article
from framing.corpus.columns import match_columns
from framing.corpus.normalising import MAX_CHARACTERS, to_article
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

SOURCE = Source(Path("a.jsonl"))


def make(fields: Mapping[str, object], source: Source = SOURCE, outlet: str = "") -> Article | Reject:
    return to_article(Record("line 1", fields), match_columns(fields), source, outlet)


def test_every_field_arrives_clean() -> None:
    article = make({
        "id": 7.0,
        "quelle": " See\xadblatt ",
        "datum": "3. Oktober 2023",
        "titel": "Streit\num den&nbsp;Steg",
        "volltext": "Der Steg\xa0bleibt.\r\n(dpa)",
        "link": "https://beispiel.example/7",
        "autor": ["Ada B.", "Bo C."],
        "ressort": None,
        "event": float("nan"),
        "foo": {"bar": 1},
    })  # fmt: skip
    assert article == Article(
        article_id="7",
        outlet="Seeblatt",
        published=date(2023, 10, 3),
        published_precision="day",
        title="Streit um den Steg",
        text="Der Steg bleibt.",
        boilerplate="(dpa)",
        url="https://beispiel.example/7",
        author="Ada B., Bo C.",
    )


def test_paragraphs_given_as_a_list_are_joined() -> None:
    article = make({"text": ["Eins.", None, "Zwei."]})
    assert isinstance(article, Article)
    assert article.text == "Eins.\n\nZwei."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": ""}, "empty text"),
        ({"text": None}, "empty text"),
        ({"text": " \xad\u200b\n"}, "empty text"),
        ({"text": "(dpa)"}, "empty text (nothing but boilerplate)"),
        ({"text": "Ein Text.", "date": "demnächst"}, "not a date: 'demnächst'"),
        ({"text": "Ein Text.", "date": "2023-02-31"}, "not a date: '2023-02-31'"),
        ({"text": "x" * (MAX_CHARACTERS + 1)}, "text larger than 5,000,000 characters"),
        ({"text": "Ein Text.", "title": "x" * (MAX_CHARACTERS + 1)}, "title larger than 5,000,000 characters"),
        ({"text": "Ein \udc81 Text."}, "undecodable: byte 0x81 of the text is neither UTF-8 nor Windows-1252"),
        ({"text": {"de": "Ein Text."}}, "the text is no text but of type dict"),
        ({"text": b"Ein Text."}, "the text is no text but of type bytes"),
    ],
)
def test_each_reason_to_reject(fields: Mapping[str, object], reason: str) -> None:
    assert make(fields) == Reject("a.jsonl", "line 1", reason)


def test_where_the_outlet_comes_from() -> None:
    folder = Source(Path("a.jsonl"), outlet="Ordner")

    def outlet(*args: object) -> str:
        article = make(*args)  # type: ignore[arg-type]
        assert isinstance(article, Article)
        return article.outlet

    assert outlet({"text": "x", "outlet": "Daten"}, folder, "Angabe") == "Daten"
    assert outlet({"text": "x", "outlet": " "}, folder, "Angabe") == "Angabe"
    assert outlet({"text": "x"}, folder) == "Ordner"
    assert outlet({"text": "x"}) == "unknown"


def test_made_ids_are_stable_and_differ_with_outlet_date_title_and_text() -> None:
    fields = {"text": "Ein Text.", "title": "T", "date": "2024", "outlet": "A"}
    ids = [
        article.article_id
        for change in ({}, {"text": "Kein Text."}, {"title": "U"}, {"date": "2023"}, {"outlet": "B"}, {"id": ""})
        if isinstance(article := make({**fields, **change}), Article)
    ]
    # first 12 digits of: printf 'A|2024|T|Ein Text.' | sha1sum
    assert ids[0] == ids[5] == "2e078c8fd8fe"
    assert len(set(ids)) == 5


def test_a_corpus_table_read_again_keeps_precision_and_boilerplate() -> None:
    article = make({
        "article_id": "1", "text": "Ein Text.", "published": date(2024, 5, 1), "published_precision": "month",
        "boilerplate": "Quelle: Amt",
    })  # fmt: skip
    assert isinstance(article, Article)
    assert (article.published_precision, article.boilerplate) == ("month", "Quelle: Amt")
