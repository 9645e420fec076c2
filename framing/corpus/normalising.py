"""A record as a file has it -> an article, or a reject with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import cast

from framing.article import FIELDS, OPTIONAL_FIELDS, Article, Precision
from framing.corpus.cleaning import clean, clean_line
from framing.corpus.dates import parse_date
from framing.corpus.decoding import undecodable
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source

MAX_CHARACTERS = 5_000_000
_ID_LENGTH = 12


def to_article(record: Record, columns: Mapping[str, str], source: Source, outlet: str = "") -> Article | Reject:
    """Make an article of a record.

    The outlet is the record's own, else `outlet`, else the one the file's place gives (`Source.outlet`). The id is the
    record's own, else the file's (`Source.article_id`), else the first 12 hexadecimal digits of the SHA-1 of outlet,
    date, title and text as the file has them.

    Parameters
    ----------
    record : Record
        Its fields under the file's names.
    columns : mapping of field to column
        As from `match_columns`.
    source : Source
        Its metadata go before the record's fields.
    outlet : str
        Outlet of records that name none.

    Returns
    -------
    Article or Reject
        A reject if the text is empty, larger than five million characters, undecodable or no text at all, or if there
        is a date that is none.
    """
    values: dict[str, object] = {field: record.fields[column] for field, column in columns.items()}
    values.update(source.metadata)
    try:
        raw = {field: _as_text(field, values.get(field)) for field in FIELDS}
        _check(raw)
        published, precision = parse_date(values.get("published"))
        cleaned = clean(raw["text"])
        if not cleaned.text:
            raise ValueError("empty text (nothing but boilerplate)" if cleaned.boilerplate else "empty text")
    except ValueError as error:
        return Reject(source.label, record.position, str(error))
    if published and raw["published_precision"] in ("day", "month", "year"):
        precision = cast(Precision, raw["published_precision"])
    outlet = clean_line(raw["outlet"]) or outlet or source.outlet
    return Article(
        article_id=clean_line(raw["article_id"]) or source.article_id or _make_id(outlet, raw),
        outlet=outlet,
        text=cleaned.text,
        title=clean_line(raw["title"]),
        published=published,
        published_precision=precision,
        boilerplate="\n".join(part for part in (cleaned.boilerplate, *clean(raw["boilerplate"])) if part),
        **{field: clean_line(raw[field]) or None for field in OPTIONAL_FIELDS},
    )


def _as_text(field: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:  # only NaN and NaT differ from themselves
        return ""
    if isinstance(value, (list, tuple)):
        parts = (_as_text(field, part) for part in value)
        return ("\n\n" if field == "text" else ", ").join(part for part in parts if part)
    if isinstance(value, (dict, bytes, bool)) and field in ("text", "title", "outlet"):
        raise ValueError(f"the {field} is no text but of type {type(value).__name__}")
    if isinstance(value, float) and value.is_integer():  # an id in a column with gaps
        value = int(value)
    return str(value)


def _check(raw: Mapping[str, str]) -> None:
    for field, value in raw.items():
        if len(value) > MAX_CHARACTERS:
            raise ValueError(f"{field} larger than {MAX_CHARACTERS:,} characters")
    for field in ("text", "title", "outlet"):
        if byte := undecodable(raw[field]):
            raise ValueError(f"undecodable: byte {byte} of the {field} is neither UTF-8 nor Windows-1252")


def _make_id(outlet: str, raw: Mapping[str, str]) -> str:
    content = "|".join((outlet, raw["published"], raw["title"], raw["text"]))
    digest = hashlib.sha1(content.encode("utf-8", "replace"), usedforsecurity=False)
    return digest.hexdigest()[:_ID_LENGTH]
