from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.dates import parse_date

THIRD_OF_OCTOBER = date(2023, 10, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2023-10-03",
        "2023-10-3",
        "2023-10-03T23:59:00+02:00",
        "2023-10-03 14:30:12",
        "2023-10-03T14:30:12.123Z",
        "2023-10-03Z",
        "2023-10-03+02:00",
        "2023/10/03",
        "20231003",
        "3. Oktober 2023",
        "3.Oktober 2023",
        "3. Okt. 2023",
        "3 October 2023",
        "03.10.2023",
        "3.10.23",
        "3. 10. 2023",
        "03.10.2023, 14:30 Uhr",
        "03.10.2023 um 14.30 Uhr",
        "Dienstag, 3. Oktober 2023",
        "Dienstag, den 3. Oktober 2023",
        "Di, 03.10.2023",
        "  3.\u00a0Oktober  2023 ",
        "Tue, 03 Oct 2023 14:30:00 +0200",
        "3 Oct 2023 14:30:00 +0200",
        datetime(2023, 10, 3, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
        date(2023, 10, 3),
        pd.Timestamp("2023-10-03 12:00"),
        int(datetime(2023, 10, 3, 12, tzinfo=UTC).timestamp()),
        str(int(datetime(2023, 10, 3, 12, tzinfo=UTC).timestamp())),
        datetime(2023, 10, 3, 12, tzinfo=UTC).timestamp() * 1000,
    ],
)
def test_a_day_however_it_is_written(written: object) -> None:
    assert parse_date(written) == (THIRD_OF_OCTOBER, "day")


@pytest.mark.parametrize("written", ["2023-10", "Oktober 2023", "Okt. 2023", "10/2023", "10.2023", "October 2023"])
def test_a_month_is_its_first_day(written: str) -> None:
    assert parse_date(written) == (date(2023, 10, 1), "month")


@pytest.mark.parametrize("written", ["2023", 2023, 2023.0])
def test_a_year_is_its_first_day(written: object) -> None:
    assert parse_date(written) == (date(2023, 1, 1), "year")


@pytest.mark.parametrize("nothing", [None, "", "  ", float("nan"), pd.NaT, "NaN", "null", "None"])
def test_an_absent_date_is_no_error(nothing: object) -> None:
    assert parse_date(nothing) == (None, "")


@pytest.mark.parametrize(
    "rubbish",
    [
        "gestern",
        "2023-13-01",
        "2023-02-30",
        "29.02.2023",
        "0000-00-00",
        "32. Oktober 2023",
        "3. Brumaire 2023",
        "03/04/2023",  # March or April
        "9999-12-31",
        "1066-10-14",
        "12345",
        "٣",
        "-",
        "2023-10-03-04",
        float("inf"),
        True,
    ],
)
def test_a_date_that_is_none_is_refused_with_its_wording(rubbish: object) -> None:
    with pytest.raises(ValueError, match="not a date") as caught:
        parse_date(rubbish)
    assert str(rubbish)[:40] in str(caught.value)


def test_a_slashed_date_is_taken_where_only_one_reading_exists() -> None:
    assert parse_date("25/12/2023") == parse_date("12/25/2023") == (date(2023, 12, 25), "day")
    assert parse_date("04/04/2023") == (date(2023, 4, 4), "day")


@pytest.mark.parametrize(("written", "year"), [("1.1.68", 2068), ("1.1.69", 1969)])
def test_two_digit_years_turn_at_69_as_in_posix(written: str, year: int) -> None:
    assert parse_date(written)[0] == date(year, 1, 1)


@given(st.dates(date(1600, 1, 1), date(2100, 12, 31)))
def test_iso_and_german_wording_agree(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day.day}.{day.month}.{day.year:04}") == (day, "day")


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    try:
        day, precision = parse_date(text)
    except ValueError as error:
        assert "\n" not in str(error)
    else:
        assert (day is None) == (precision == "")
