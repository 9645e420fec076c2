"""One article: its fields and what each means."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", ""]


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned and ready to be scored.

    Attributes
    ----------
    article_id : str
        Unique within a corpus. A name, never a path.
    outlet : str
        Who published it, as the data spells it; ``"unknown"`` where nothing says.
    text : str
        The cleaned text without title and without boilerplate. All offsets of the package count its characters
        (Python ``str`` positions), half open ``[start, end)``. Never empty.
    title : str
        The headline, on one line; empty where there is none.
    published : datetime.date or None
        Day of publication as the source writes it, in the source's own time zone. A month or a year without a day is
        kept as its first day. None where the source gives no date.
    published_precision : {"day", "month", "year", ""}
        How much of `published` the source states; empty where there is no date.
    boilerplate : str
        Trailing lines that are not part of the article (cross references, agency marks, newsletter and rights notes),
        kept, but not scored. Empty where there are none.
    url, author, section, event : str or None
        As the data gives them; None where unknown. Articles that share an `event` report the same occurrence.
    """

    article_id: str
    outlet: str
    text: str
    title: str = ""
    published: date | None = None
    published_precision: Precision = ""
    boilerplate: str = ""
    url: str | None = None
    author: str | None = None
    section: str | None = None
    event: str | None = None


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Article))
OPTIONAL_FIELDS: tuple[str, ...] = ("url", "author", "section", "event")
