"""Which column of a file is which field of an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from framing.article import FIELDS
from framing.corpus.cleaning import clean_line
from framing.errors import InputError, UsageError

# In order of preference: the first that a file has is taken. Fields in _MUST_BE_CLEAR are never chosen by preference.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "article_id": ("id", "doc_id", "docid", "artikel_id", "article_nr", "artikel_nr", "artikelnummer", "article_number",
                   "beitrag_id", "dokument_id", "dokumentnummer", "nr", "nummer", "lfd_nr", "laufende_nummer",
                   "guid", "uuid"),
    "outlet": ("source", "medium", "quelle", "zeitung", "publisher", "newspaper", "verlag", "media", "medienname",
               "medientitel", "zeitungstitel", "publikation"),
    "published": ("date", "datum", "pubdate", "published_at", "published_on", "publish_date", "publishing_date",
                  "date_publish", "date_published", "publication_date", "publikationsdatum", "artikeldatum",
                  "veröffentlicht", "veröffentlicht_am", "veröffentlichungsdatum", "veröffentlichungstag",
                  "erschienen", "erschienen_am", "erscheinungsdatum", "erscheinungstag"),
    "title": ("header", "headline", "titel", "überschrift", "heading", "schlagzeile", "hauptüberschrift",
              "artikeltitel", "article_title", "titelzeile"),
    "text": ("body", "content", "artikel", "fulltext", "volltext", "maintext", "plain_text", "article_body",
             "artikeltext", "article_text", "beitragstext", "haupttext", "fließtext", "langtext", "inhalt"),
    "url": ("link", "href", "source_url", "webadresse", "internetadresse", "artikel_url", "permalink"),
    "author": ("autor", "authors", "autoren", "autorin", "autorinnen", "byline", "verfasser", "verfasserin", "journalist"),
    "section": ("ressort", "resort", "category", "kategorie", "rubrik", "sparte"),
    "event": ("ereignis", "event_id", "ereignis_id"),
}  # fmt: skip
# A line above or below the headline: the title only of a file that has no other.
_LAST_RESORT = {"title": ("dachzeile", "kicker", "oberzeile", "unterzeile", "untertitel")}
_MUST_BE_CLEAR = ("text", "outlet", "published", "title")


def normalise(name: str) -> str:
    """Column name without case, umlauts, blanks and punctuation: ``Überschrift``, ``UEBERSCHRIFT`` are one name."""
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("ß", "ss")
    letters = "".join(c for c in plain if c.isalnum())
    return re.sub(r"([aou])e", r"\1", letters)


_FIELD_OF = {normalise(name): field for field in FIELDS for name in (field, *SYNONYMS.get(field, ()))}


def known(columns: Iterable[str]) -> set[str]:
    """The fields that some of the columns are a name of."""
    return {_FIELD_OF[name] for name in map(normalise, columns) if name in _FIELD_OF}


def check_fields(columns: Mapping[str, str] | None) -> None:
    """Refuse a mapping whose keys are no fields of an article."""
    for field in columns or ():
        if field not in FIELDS:
            raise UsageError(f"unknown field {field!r}", cure=f"--map takes FIELD=COLUMN; fields: {', '.join(FIELDS)}")


def match_columns(found: Iterable[str], columns: Mapping[str, str] | None = None, *, file: str = "") -> dict[str, str]:
    """Say which column holds which field.

    A column named by `columns` comes first, then one with the field's own name, then one with a synonym of it, without
    regard to case, umlauts and punctuation; last, a kicker for a title that there is not.

    Parameters
    ----------
    found : iterable of str
        The columns the file has.
    columns : mapping of field to column, optional
        What the user has said.
    file : str
        For messages.

    Returns
    -------
    dict of field to column
        Without the fields that no column holds; ``text`` may be among those.

    Raises
    ------
    InputError
        If two columns could be the text (or outlet, date, title), or a column named by the user is not there.
    """
    found = [name for name in found if isinstance(name, str)]
    by_name: dict[str, list[str]] = {}
    for name in found:
        by_name.setdefault(normalise(name), []).append(name)
    result: dict[str, str] = {}
    for field, wanted in (columns or {}).items():
        matches = [wanted] if wanted in found else by_name.get(normalise(wanted), [])
        if not matches:
            raise InputError(f"no column {wanted!r}", file=file, cure=f"columns found: {listed(found)}")
        result[field] = matches[0]
    taken = set(result.values())
    for field in FIELDS:
        if field in result:
            continue
        named = [
            list(dict.fromkeys(name for one in names for name in by_name.get(normalise(one), []) if name not in taken))
            for names in ((field,), SYNONYMS.get(field, ()), _LAST_RESORT.get(field, ()))
        ]
        candidates = named[0][:1] or named[1] or named[2][:1]
        if len(candidates) > 1 and field in _MUST_BE_CLEAR:
            raise InputError(
                f"more than one column could be the {field}: {listed(candidates)}",
                file=file,
                cure=f"choose one: --map {field}=COLUMN",
            )
        if candidates:
            result[field] = candidates[0]
            taken.add(candidates[0])
    return result


def no_text_column(found: Iterable[str], file: str) -> InputError:
    """The error for a file whose text column cannot be told."""
    return InputError(f"no text column; columns found: {listed(found)}", file=file, cure="name it: --map text=COLUMN")


def listed(names: Iterable[str]) -> str:
    """Names for a message, shortened so that a line stays a line."""
    shown = [name if len(name) <= 30 else name[:29] + "…" for name in map(clean_line, names)]
    more = len(shown) - 20
    return ", ".join(shown[:20]) + (f" and {more} more" if more > 0 else "") if shown else "none"
