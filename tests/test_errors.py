from __future__ import annotations

import copy

import pytest

from framing.errors import FramingError, InputError, UsageError


def test_an_error_is_one_line_with_file_record_and_cure() -> None:
    error = InputError("not\na date", file="a.csv", record="line 3", cure="correct it")
    assert str(error) == "a.csv, line 3: not a date; correct it"
    assert str(FramingError("nothing known")) == "nothing known"
    assert isinstance(error, FramingError)
    assert isinstance(error, ValueError)
    with pytest.raises(ValueError, match="no such outlet"):
        raise UsageError("no such outlet")


def test_an_error_survives_the_way_from_another_process() -> None:
    error = InputError("empty", file="a.csv", record="line 3", cure="fill it")
    assert str(copy.copy(error)) == str(error)
