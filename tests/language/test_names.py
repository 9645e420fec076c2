from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, text_problems

from framing import parse
from framing.language.documents import Documents


@pytest.mark.parametrize("case", case_parameters("language_text", "names"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []


def test_the_forms_of_one_person_are_one_name() -> None:
    text = "Staatschef Kim Jong-un reiste ab. Kim lächelte. Jong-uns hochriskanter Plan blieb geheim. Kim Jong-uns Gäste blieben."
    names = parse(text).names()
    persons = names[names["type"] == "person"]
    assert set(persons["name"]) == {"Kim Jong-un"}
    assert [text[r.start : r.end] for r in persons.itertuples()] == ["Kim Jong-un", "Kim", "Jong-uns", "Kim Jong-uns"]


def test_names_do_not_overlap_and_come_in_text_order() -> None:
    names = parse(
        "Der US-Präsident Joe Biden traf Frankreichs Staatschef Emmanuel Macron bei der NATO in Brüssel."
    ).names()
    spans = list(zip(names["start"], names["end"], strict=True))
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert {"Joe Biden", "Emmanuel Macron", "NATO", "USA", "Frankreich", "Brüssel"} <= set(names["name"])


def test_a_surname_in_one_text_says_nothing_of_another() -> None:
    documents = Documents(["Präsident Wladimir Putin sprach.", "Putin schwieg."])
    assert [n.name for n in documents.name_list if n.segment == 0] == ["Wladimir Putin"]
    assert all(n.name != "Wladimir Putin" for n in documents.name_list if n.segment == 1)
