from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, text_problems

from framing import parse


@pytest.mark.parametrize("case", case_parameters("language_text", "voices", "scare"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []
