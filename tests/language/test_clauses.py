from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, text_problems

from framing import parse
from framing.language.documents import Documents


@pytest.mark.parametrize("case", case_parameters("language_text", "same_clause", "other_clause"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []


def verbs(text: str) -> list[tuple[str, bool, bool]]:
    """Lemma of the verb, passive, subordinate of each clause."""
    documents = Documents([text])
    clauses, lemmas = documents.clauses, documents.vocabulary.lemmas
    return [
        (lemmas[documents.lemma[v]] if v >= 0 else "", bool(passive), bool(subordinate))
        for v, passive, subordinate in zip(clauses.verb, clauses.passive, clauses.subordinate, strict=True)
    ]


def test_the_verb_of_a_clause_carries_the_meaning() -> None:
    assert verbs("Die Stadt wurde gestern angegriffen.") == [("angreifen", True, False)]
    assert verbs("Die Armee hat die Stadt angegriffen.") == [("angreifen", False, False)]
    assert verbs("Die Armee griff die Stadt an.") == [("angreifen", False, False)]
    assert verbs("Die Stadt wird wachsen.") == [("wachsen", False, False)]


def test_subordinate_clauses_are_marked() -> None:
    assert verbs("Sie hofft, dass der Regen kommt.") == [("hoffen", False, False), ("kommen", False, True)]


def test_a_text_without_a_verb_is_one_clause_without_one() -> None:
    assert verbs("Ruhe vor dem Sturm") == [("", False, False)]
