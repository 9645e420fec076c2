from __future__ import annotations

import pytest

from framing.corpus.columns import check_fields, known, listed, match_columns, no_text_column, normalise
from framing.errors import InputError, UsageError


@pytest.mark.parametrize("name", ["Überschrift", "UEBERSCHRIFT", "uberschrift", "U\u0308berschrift", " über-schrift "])
def test_names_agree_without_case_umlauts_and_punctuation(name: str) -> None:
    assert normalise(name) == normalise("überschrift")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", ["header", "Headline", "Titel", "Überschrift", "Artikeltitel", "Titelzeile"]),
        ("outlet", ["source", "medium", "Quelle", "Medium", "Zeitung", "publisher", "Publikation"]),
        (
            "published",
            [
                "date",
                "Datum",
                "pubDate",
                "published_at",
                "publishing date",
                "Erscheinungstag",
                "Erscheinungsdatum",
                "Erschienen am",
                "Veröffentlichungsdatum",
            ],
        ),
        ("text", ["body", "content", "Artikel", "fulltext", "Volltext", "Haupttext", "Fließtext", "articleBody"]),
        ("article_id", ["id", "doc_id", "Nr", "Artikel-Nr", "Artikel-Nr.", "Artikelnummer", "Lfd. Nr.", "Dokument-ID"]),
        ("url", ["link", "URL", "Internetadresse"]),
        ("author", ["Autor", "byline", "Autor:in", "Verfasserin"]),
        ("section", ["Ressort", "category", "Sparte"]),
        ("event", ["event", "Ereignis"]),
    ],
)
def test_each_synonym_is_found(field: str, names: list[str]) -> None:
    for name in names:
        assert match_columns([name, "foo"]) == {field: name}


def test_the_fields_own_name_goes_before_synonyms() -> None:
    assert match_columns(["body", "text", "headline", "title"]) == {"text": "text", "title": "title"}


def test_a_kicker_is_the_title_only_where_there_is_no_other() -> None:
    header = ["Artikel-Nr", "Medium", "Erscheinungstag", "Ressort", "Dachzeile", "Überschrift", "Volltext"]
    assert match_columns(header) == {
        "article_id": "Artikel-Nr", "outlet": "Medium", "published": "Erscheinungstag", "section": "Ressort",
        "title": "Überschrift", "text": "Volltext",
    }  # fmt: skip
    assert match_columns(["Dachzeile", "Unterzeile", "Volltext"]) == {"title": "Dachzeile", "text": "Volltext"}


def test_what_the_user_says_goes_before_everything() -> None:
    assert match_columns(["text", "Langfassung"], {"text": "langfassung"}) == {"text": "Langfassung"}
    assert match_columns(["id", "title"], {"text": "title"}) == {"text": "title", "article_id": "id"}


def test_two_possible_texts_are_an_error_that_names_both() -> None:
    with pytest.raises(InputError) as caught:
        match_columns(["body", "content", "id"], file="a.csv")
    assert str(caught.value) == (
        "a.csv: more than one column could be the text: body, content; choose one: --map text=COLUMN"
    )
    assert match_columns(["body", "content"], {"text": "body"}) == {"text": "body"}


def test_two_possible_ids_are_none() -> None:
    assert match_columns(["nr", "doc_id", "text"])["article_id"] == "doc_id"


def test_a_column_named_by_the_user_must_be_there() -> None:
    with pytest.raises(InputError, match=r"a\.csv: no column 'Inhalt'; columns found: id, wort"):
        match_columns(["id", "wort"], {"text": "Inhalt"}, file="a.csv")


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match=r"unknown field 'body'.*article_id, outlet, text"):
        check_fields({"body": "text"})


def test_known_tells_tables_of_articles_from_others() -> None:
    assert known(["Datum", "Titel", "Volltext"]) == {"published", "title", "text"}
    assert known(["term", "valence"]) == set()


def test_messages_stay_one_line_with_a_thousand_columns() -> None:
    message = str(no_text_column([f"spalte\n{i}" * 20 for i in range(1000)], "a.csv"))
    assert "\n" not in message
    assert len(message) < 1000
    assert listed([]) == "none"
    assert listed(["a\ud800", "b"]) == "a\ufffd, b"
