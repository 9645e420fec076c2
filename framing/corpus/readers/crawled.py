"""JSON of the crawlers fundus and news-please: their fields under the names that articles have."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

_NEWS_PLEASE = {"maintext", "source_domain", "date_publish"}


def article_fields(fields: Mapping[str, object]) -> Mapping[str, object]:
    """The fields of a crawler's object as those of an article; any other object as it is.

    Fundus parts a text in summary, sections and paragraphs; the sections' headlines are paragraphs of the text.
    News-please names its outlet by domain.
    """
    body = fields.get("body")
    if isinstance(body, Mapping) and isinstance(body.get("sections"), list):
        return _of_fundus(fields, body)
    if fields.keys() >= _NEWS_PLEASE:
        return {
            "outlet": fields["source_domain"], "published": fields["date_publish"], "title": fields.get("title"),
            "text": fields["maintext"], "url": fields.get("url"), "author": fields.get("authors"),
        }  # fmt: skip
    return fields


def _of_fundus(fields: Mapping[str, object], body: Mapping[str, object]) -> Mapping[str, object]:
    parts = _strings(body.get("summary"))
    sections = body.get("sections")
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, Mapping):
            parts += _strings(section.get("headline")) + _strings(section.get("paragraphs"))
    html = fields.get("html")
    html = html if isinstance(html, Mapping) else {}
    about = html.get("source_info")
    about = about if isinstance(about, Mapping) else {}
    url = fields.get("url") or html.get("responded_url") or html.get("requested_url")
    host = urlsplit(url).hostname if isinstance(url, str) else None
    return {
        "outlet": fields.get("publisher") or about.get("publisher") or (host or "").removeprefix("www."),
        "published": fields.get("publishing_date"), "title": fields.get("title"), "text": "\n\n".join(parts),
        "url": url, "author": fields.get("authors"), "section": fields.get("section"),
    }  # fmt: skip


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [part for part in value if isinstance(part, str) and part] if isinstance(value, list) else []
