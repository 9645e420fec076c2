from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.api import types

from framing import Document, parse

TEXT = """Gipfel in Lohra

Präsident Wladimir Putin griff die NATO an. „Das ist eine sogenannte Ordnung“, sagte er in Moskau.
Die „Reform“ wurde von der Regierung nicht verhindert."""
POS = {
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ"),
    *("SYM", "VERB", "X"),
}


@pytest.fixture(scope="module")
def document() -> Document:
    return parse(TEXT)


def test_frame_has_one_row_per_token(document: Document) -> None:
    frame = document.to_frame()
    assert frame.columns.tolist() == [
        *("start", "end", "sentence", "clause", "text", "lemma", "pos", "tag", "voice", "negated"),
    ]
    for column in ("start", "end", "sentence", "clause"):
        assert types.is_integer_dtype(frame[column]), column
    for column in ("text", "lemma", "pos", "tag", "voice"):
        assert types.is_string_dtype(frame[column]), column
    assert types.is_bool_dtype(frame["negated"])
    assert [TEXT[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()
    assert set(frame["pos"]) <= POS
    assert set(frame["voice"]) == {"author", "quoted", "distanced"}
    assert (frame["lemma"] != "").all()
    assert frame["sentence"].is_monotonic_increasing


def test_clauses_do_not_cross_sentences(document: Document) -> None:
    assert (document.to_frame().groupby("clause")["sentence"].nunique() == 1).all()


def test_roles_table(document: Document) -> None:
    roles = document.roles()
    assert roles.columns.tolist() == ["verb", "verb_start", "role", "start", "end", "passive"]
    assert set(roles["role"]) == {"agent", "patient"}
    assert types.is_bool_dtype(roles["passive"])
    for row in roles.itertuples():
        assert TEXT[row.start : row.end].strip() != ""
        assert TEXT[row.verb_start].isalpha()
    found = {(r.verb, r.role, TEXT[r.start : r.end], r.passive) for r in roles.itertuples()}
    assert ("angreifen", "patient", "die NATO", False) in found
    assert ("verhindern", "agent", "der Regierung", True) in found


@pytest.mark.xfail(strict=True, reason="a quotation mark parts the noun from its article")
def test_the_role_of_a_noun_in_marks_has_the_noun_in_it(document: Document) -> None:
    roles = document.roles()
    patients = roles[(roles["verb"] == "verhindern") & (roles["role"] == "patient")]
    assert ["Reform" in TEXT[r.start : r.end] for r in patients.itertuples()] == [True]


def test_names_table(document: Document) -> None:
    names = document.names()
    assert names.columns.tolist() == ["start", "end", "name", "type"]
    assert set(names["type"]) <= {"person", "organisation", "place", "state"}
    found = {(TEXT[r.start : r.end], r.name, r.type) for r in names.itertuples()}
    assert {("Wladimir Putin", "Wladimir Putin", "person"), ("NATO", "NATO", "organisation")} <= found
    assert ("Moskau", "Moskau", "place") in found


def test_quotations_table(document: Document) -> None:
    quotations = document.quotations()
    assert quotations.columns.tolist() == ["start", "end", "form", "speaker", "cue", "cue_class"]
    direct = quotations[quotations["form"] == "direct"]
    assert [TEXT[r.start : r.end] for r in direct.itertuples()] == ["„Das ist eine sogenannte Ordnung“"]
    assert direct[["speaker", "cue", "cue_class"]].values.tolist() == [["er", "sagte", "neutral"]]
    assert set(quotations["cue_class"]) <= {"neutral", "doubting", "affirming"}


def test_scare_quotes(document: Document) -> None:
    assert [TEXT[a:b] for a, b in document.scare_quotes()] == ["„Reform“"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "„", '"', "123"])
def test_hardly_any_text_gives_tables_with_all_columns(text: str) -> None:
    document = parse(text)
    assert document.to_frame().columns[0] == "start"
    assert document.roles().columns.tolist() == ["verb", "verb_start", "role", "start", "end", "passive"]
    assert document.names().columns.tolist() == ["start", "end", "name", "type"]
    assert document.quotations().columns.tolist() == ["start", "end", "form", "speaker", "cue", "cue_class"]
    assert document.names().empty
    assert document.quotations().empty


def test_only_strings_are_parsed() -> None:
    with pytest.raises(TypeError, match="takes a string, not NoneType"):
        parse(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not list"):
        parse(["Ein Text."])  # type: ignore[arg-type]


WORDS = st.sampled_from(
    [
        *"Putin Kim Jong-un sagte, griff an „ “ \" » « ' die NATO nicht weder noch kein ohne zu dass habe sei wurde von".split(),
        *'Moskau in laut zufolge so heißt es angeblich sogenannte . : ? ! – ( ) und Krieg Frieden verhindern Mini-NATO"-'.split(),
        *("\n\n", "Nach Angaben von", "\u0301", "ſ", "Ⅷ", "٣"),
    ]
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_parsed_and_its_spans_lie_in_it(text: str) -> None:
    document = parse(text)
    tables: list[pd.DataFrame] = [document.to_frame(), document.roles(), document.names(), document.quotations()]
    for table in tables:
        for start, end in zip(table["start"], table["end"], strict=True):
            assert 0 <= start < end <= len(text)
            assert not text[start].isspace()
            assert not text[end - 1].isspace()


@given(st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_arbitrary_characters_can_be_parsed(text: str) -> None:
    document = parse(text)
    frame = document.to_frame()
    assert [text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()
    document.roles(), document.names(), document.quotations(), document.scare_quotes()


def test_parsing_twice_gives_the_same_tables() -> None:
    def tables() -> list[Any]:
        d = parse(TEXT)
        return [
            t.astype(object).where(t.notna(), None).values.tolist()
            for t in (d.to_frame(), d.roles(), d.names(), d.quotations())
        ]

    assert tables() == tables()
