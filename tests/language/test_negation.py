from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, text_problems

from framing import parse
from framing.language.documents import Documents


@pytest.mark.parametrize("case", case_parameters("language_text", "negated", "plain"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []


def test_the_negating_word_is_kept() -> None:
    documents = Documents(["Niemand findet das gut."])
    words = [documents.vocabulary.strings[i] for i in documents.tokens.type.tolist()]
    at = words.index("gut")
    assert documents.negation.negated[at]
    assert words[int(documents.negation.by[at])] == "Niemand"


def test_negation_stays_in_its_text() -> None:
    documents = Documents(["Er kommt nicht", "Sie gewinnt"])
    assert not documents.negation.negated[documents.slice(1)].any()
