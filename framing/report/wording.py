"""Labels, sentences and numbers as a reader of German or English expects them."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import pandas as pd

from framing.errors import UsageError
from framing.plots.words import Language, measure_name

LANGUAGES: tuple[Language, ...] = ("de", "en")
MINUS, DASH, THIN = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{NARROW NO-BREAK SPACE}"
GERMAN_MARKS = str.maketrans(",.", ".,")

Kind = Literal["signed", "percent", "count", "rate", "number"]
KINDS: dict[str, Kind] = {
    "sentiment": "signed", "sentiment_author": "signed", "sentiment_quoted": "signed", "sentiment_title": "signed",
    "sentiment_toward": "signed", "sentiment_toward_author": "signed", "sentiment_toward_quoted": "signed",
    "sentiment_toward_model": "signed", "agency": "signed", "power": "signed", "articles with mentions": "percent", "sentiment_coverage": "percent", "quoted_share": "percent",
    "n_tokens": "count", "n_sentences": "count", "mentions": "count", "articles": "count", "quotes": "count",
    "loaded_terms": "count", "loaded_terms_author": "count", "scare_quotes": "count",
}  # fmt: skip
Segment = dict[str, str]
_CITATION = re.compile(r"\[@([\w:;@ -]+)\]")


@dataclass(frozen=True)
class Wording:
    """The words of one language.

    Attributes
    ----------
    language : {"de", "en"}
        The language.
    labels : dict of str to str
        Names of measures, columns, categories.
    sentences : dict of str to str
        Sentences with ``{placeholders}`` and citations ``[@key]``.
    """

    language: Language
    labels: dict[str, str]
    sentences: dict[str, str]

    def label(self, key: str) -> str:
        """Name of a measure (as the plots write it), column or category; the key, readable, where there is none."""
        return self.labels.get(key) or measure_name(key, self.language).replace("_", " ")

    def mean_label(self, measure: str) -> str:
        """Name of the mean of a measure over articles, which says per what a count is."""
        return self.labels.get(f"mean {measure}") or self.label(measure)

    def text(self, key: str, **values: str) -> str:
        """Sentence with its placeholders filled."""
        return self.sentences[key].format(**values)

    def segments(self, key: str, **values: str) -> list[Segment]:
        """Sentence as pieces of text and citations. Values are filled in last, so that they can cite nothing."""
        out: list[Segment] = []
        for i, part in enumerate(_CITATION.split(self.sentences[key])):
            if i % 2:
                out.extend({"cite": key.strip(" @")} for key in part.split(";"))
            elif part:
                for j, piece in enumerate(part.split("`")):
                    style = {"style": "code"} if j % 2 else {}
                    out += [{"text": piece.format(**values), **style}] if piece else []
        return out

    def number(self, value: object, digits: int = 2) -> str:
        """Number with a decimal comma in German; a dash where it is undefined."""
        number = as_float(value)
        if math.isnan(number):
            return DASH
        text = f"{abs(number):,.{digits}f}"
        shown = text.translate(GERMAN_MARKS) if self.language == "de" else text
        # What rounds to zero has no sign.
        return f"{MINUS}{shown}" if number < 0 and any(c in "123456789" for c in text) else shown

    def signed(self, value: object, digits: int = 2) -> str:
        """Number with its sign, also where it is positive."""
        shown = self.number(value, digits)
        positive = as_float(value) > 0 and any(c in "123456789" for c in shown)
        return f"+{shown}" if positive else shown

    def percent(self, value: object, digits: int = 0) -> str:
        """Share in [0, 1] as a percentage."""
        number = as_float(value)
        if math.isnan(number):
            return DASH
        return self.number(100 * number, digits) + ("\N{NO-BREAK SPACE}%" if self.language == "de" else "%")

    def _interval(self, bounds: tuple[float, float], digits: int, *, signed: bool) -> str:
        if any(math.isnan(bound) for bound in bounds):
            return DASH
        separator = (";" if self.language == "de" else ",") + "\N{NO-BREAK SPACE}"
        return "[" + separator.join((self.signed if signed else self.number)(bound, digits) for bound in bounds) + "]"

    def p_value(self, value: object) -> str:
        """P-value with three digits, ``< 0.001`` below."""
        number = as_float(value)
        if math.isnan(number):
            return DASH
        return f"<\N{NO-BREAK SPACE}{self.number(0.001, 3)}" if number < 0.001 else self.number(number, 3)

    def p_relation(self, value: object) -> str:
        """P-value as it follows the letter p: ``= 0.012`` or ``< 0.001``."""
        shown = self.p_value(value)
        return shown if shown.startswith("<") else f"=\N{NO-BREAK SPACE}{shown}"

    def measure(self, name: str, value: object) -> str:
        """Value of a measure, written as its kind is; a mean of counts keeps its decimals."""
        kind = KINDS.get(name, "number")
        if kind == "signed":
            return self.signed(value)
        if kind == "percent":
            return self.percent(value, 1)
        whole = kind == "count" and as_float(value).is_integer()
        return self.number(value, 0 if whole else 2)

    def difference(self, name: str, value: object) -> str:
        """Difference of two values of a measure; of shares, in percentage points."""
        return self.signed(as_float(value) * 100, 1) if self.is_share(name) else self.signed(value)

    def difference_interval(self, name: str, low: object, high: object) -> str:
        """Interval of a difference, in the unit of `difference`."""
        scale, digits = (100, 1) if self.is_share(name) else (1, 2)
        return self._interval((as_float(low) * scale, as_float(high) * scale), digits, signed=True)

    def measure_interval(self, name: str, low: object, high: object) -> str:
        """Interval of a measure in square brackets, in the unit of `measure`; a dash where a bound is undefined."""
        scale, digits = (100, 1) if self.is_share(name) else (1, 2)
        signed = KINDS.get(name) == "signed"
        return self._interval((as_float(low) * scale, as_float(high) * scale), digits, signed=signed)

    def is_share(self, name: str) -> bool:
        """Whether the measure is a share that is shown in per cent."""
        return KINDS.get(name) == "percent"

    def day(self, value: object) -> str:
        """Day of a date, as the language writes it; a dash where there is none."""
        if value is None or value is pd.NaT or pd.isna(value):  # type: ignore[call-overload]
            return DASH
        one: date = pd.Timestamp(value).date()  # type: ignore[arg-type]
        return f"{one.day}.{THIN}{one.month}.{THIN}{one.year}" if self.language == "de" else one.isoformat()


@lru_cache(maxsize=4)
def wording(language: str) -> Wording:
    """Words of a language.

    Raises
    ------
    UsageError
        Where the language is neither ``"de"`` nor ``"en"``.

    Examples
    --------
    >>> wording("de").number(-1234.5, 1), wording("en").percent(0.25)
    ('−1.234,5', '25%')
    """
    known = next((one for one in LANGUAGES if one == language), None)
    if known is None:
        raise UsageError(f"no report language {language!r}", cure="use de or en")
    data: dict[str, Any] = json.loads(files("framing.report").joinpath(f"texts/{language}.json").read_text("utf-8"))
    return Wording(known, data["labels"], data["sentences"])


def as_float(value: object) -> float:
    """Any scalar as float, missing as NaN."""
    if value is None or value is pd.NA or value is pd.NaT:
        return math.nan
    return float(value)  # type: ignore[arg-type]
