"""Dates of publication as German news data writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from framing.article import Precision

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan jän january",
            "februar feber feb february",
            "märz maerz mär mrz mar march",
            "april apr",
            "mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "dezember dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ABSENT = {"", "nan", "nat", "none", "null", "n/a", "<na>"}
_FIRST_YEAR, _LAST_YEAR = 1600, 2100
_SECONDS, _MILLISECONDS = (10**8, 10**10), (10**11, 10**13)

_TIME = r"(?:[T\s,]+(?:um\s+)?\d{1,2}[:.]\d{2}.*)?"
_ZONE = r"(?:Z|[+-]\d{2}:?\d{2})?"
_ISO = re.compile(rf"(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}})(?:{_ZONE}|{_TIME}))?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}|\d{{2}}){_TIME}")
_SLASHED = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})/(\d{{1,2}})/(\d{{1,2}}){_TIME}")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")
_NAMED = re.compile(rf"(?:(\d{{1,2}})\.?\s*)?([^\W\d_]+)\.?\s+(\d{{4}}){_TIME}")
_RFC_2822 = re.compile(r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{2,4} .*")
_WEEKDAY = re.compile(
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so)\b[.,]*\s*(?:,|den\b)?\s*",
    re.IGNORECASE,
)


def parse_date(value: object) -> tuple[date | None, Precision]:
    """Read a date of publication.

    Understood are ISO 8601 (``2023``, ``2023-10``, ``2023-10-03``, with or without time), German dates
    (``3. Oktober 2023``, ``Dienstag, 03.10.2023, 14:30 Uhr``, ``3.10.23``, ``Oktober 2023``, ``10/2023``),
    RFC 2822, seconds or milliseconds since 1970, and Python's own dates. Two-digit years are 1969 to 2068. The date
    is taken as written, in its own time zone; seconds since 1970 count in UTC. ``03/04/2023`` could be April or
    March and is therefore none.

    Parameters
    ----------
    value : object
        A string, number, `datetime.date` or `datetime.datetime`, or nothing (None, NaN, NaT, an empty string).

    Returns
    -------
    tuple of (datetime.date or None, {"day", "month", "year", ""})
        The date, the first day of a month or year that is given without day, and how much of it is given.

    Raises
    ------
    ValueError
        If there is a value, and it is no date, or not between 1600 and 2100.

    Examples
    --------
    >>> parse_date("3. Oktober 2023")
    (datetime.date(2023, 10, 3), 'day')
    >>> parse_date("2023-09")
    (datetime.date(2023, 9, 1), 'month')
    """
    if value is None or value != value:  # only NaN and NaT differ from themselves
        return None, ""
    if isinstance(value, datetime):
        return _plausible(value.date(), value), "day"
    if isinstance(value, date):
        return _plausible(value, value), "day"
    if isinstance(value, float) and value.is_integer():  # a year in a column with gaps
        value = int(value)
    text = " ".join(str(value).split())
    if text.casefold() in _ABSENT:
        return None, ""
    try:
        day, precision = _read(text)
    except (ValueError, OverflowError):
        raise ValueError(f"not a date: {text[:40]!r}") from None
    return _plausible(day, text), precision


def _plausible(day: date, value: object) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"not a date between {_FIRST_YEAR} and {_LAST_YEAR}: {str(value)[:40]!r}")
    return day


def _read(text: str) -> tuple[date, Precision]:
    if found := _COMPACT.fullmatch(text):
        return date(*map(int, found.groups())), "day"
    if re.fullmatch(r"-?\d{5,}(?:\.\d+)?", text):
        return _since_1970(float(text)), "day"
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if found := _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _partial(*found.groups())
    if found := _DOTTED.fullmatch(text):
        return date(_full_year(found.group(3)), int(found.group(2)), int(found.group(1))), "day"
    if found := _SLASHED.fullmatch(text):
        return _told_apart(*map(int, found.groups())), "day"
    if found := _MONTH_YEAR.fullmatch(text):
        return _partial(found.group(2), found.group(1), None)
    if found := _NAMED.fullmatch(text):
        day_of_month, name, year = found.groups()
        month_number = _MONTHS.get(name.casefold())
        if month_number is None:
            raise ValueError("no month")
        return _partial(year, str(month_number), day_of_month)
    if _RFC_2822.fullmatch(text):
        return parsedate_to_datetime(text).date(), "day"
    raise ValueError("no known way to write a date")


def _partial(year: str, month: str | None, day: str | None) -> tuple[date, Precision]:
    precision: Precision = "day" if day else "month" if month else "year"
    return date(int(year), int(month or 1), int(day or 1)), precision


def _told_apart(first: int, second: int, year: int) -> date:
    if max(first, second) <= 12 and first != second:
        raise ValueError("day and month cannot be told apart")
    return date(year, first, second) if second > 12 else date(year, second, first)


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= 68 else 1900)


def _since_1970(number: float) -> date:
    if _SECONDS[0] <= number < _SECONDS[1]:
        return datetime.fromtimestamp(number, UTC).date()
    if _MILLISECONDS[0] <= number < _MILLISECONDS[1]:
        return datetime.fromtimestamp(number / 1000, UTC).date()
    raise ValueError("neither seconds nor milliseconds since 1970")
