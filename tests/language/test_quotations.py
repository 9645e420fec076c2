from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, quotation_problems

from framing import parse


@pytest.mark.parametrize("case", case_parameters("language_quotations"))
def test_case(case: dict[str, Any]) -> None:
    assert quotation_problems(parse(case["text"]), case["quotations"]) == []
