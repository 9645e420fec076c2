"""The results of scoring: of a corpus, and of one article."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import InputError
from framing.signature import Signature

TABLES = ("articles", "hits", "actors", "quotes")


@dataclass
class Scores:
    """Scores of a corpus: four tables and how they were made.

    Attributes
    ----------
    articles
        One row per article: ``article_id, outlet, published, title, n_tokens, n_sentences, quoted_share, sentiment,
        sentiment_author, sentiment_quoted, sentiment_title, sentiment_coverage, loaded_terms, loaded_terms_author,
        loaded_per_1000, scare_quotes`` and, if known, ``url, author, section, event``.
    hits
        One row per piece of evidence. ``start`` and ``end`` count characters of the ``field`` (``title`` or ``text``).
    actors
        One row per article and actor.
    quotes
        One row per quotation.
    texts
        ``article_id, title, text`` as scored, so that every hit can be read in its context.
    signature
        Versions, lexicons, corpus and seed behind the numbers.
    """

    articles: pd.DataFrame
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame
    texts: pd.DataFrame = field(repr=False)
    signature: Signature = field(repr=False)

    def __repr__(self) -> str:
        return (
            f"Scores({len(self.articles)} articles, {self.articles['outlet'].nunique()} outlets, {len(self.hits)} hits, "
            f"{self.actors['actor'].nunique()} actors, {len(self.quotes)} quotations)"
        )

    def save(self, folder: str | Path) -> Path:
        """Write the tables as Parquet and the signature as JSON; each file appears whole or not at all."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in (*TABLES, "texts"):
            _write(getattr(self, name), target / f"{name}.parquet")
        self.signature.to_json(target / "signature.json")
        return target

    @classmethod
    def load(cls, folder: str | Path) -> Scores:
        """Read what :meth:`save` wrote.

        Raises
        ------
        InputError
            Where a table is missing or damaged.
        """
        source = Path(folder)
        if not source.is_dir():
            raise InputError(
                "no such folder of scores", file=str(source), cure="make it with: framing score CORPUS -o DIR"
            )
        frames: dict[str, Any] = {}
        for name in (*TABLES, "texts"):
            path = source / f"{name}.parquet"
            try:
                frames[name] = pd.read_parquet(path)
            except FileNotFoundError:
                raise InputError("a table is missing", file=str(path), cure="score the corpus again") from None
            except Exception as error:  # pyarrow raises many kinds for a damaged file
                raise InputError(
                    f"damaged table: {str(error).splitlines()[0]}", file=str(path), cure="score the corpus again"
                ) from None
        return cls(**frames, signature=Signature.from_json(source / "signature.json"))

    def sentence(self, article_id: str, field_name: str, start: int, end: int) -> tuple[str, int, int]:
        """The sentence around a span and the span's offsets in it."""
        row = self._texts_by_id.loc[article_id]
        text = str(row[field_name])
        low = max(text.rfind(mark, 0, start) for mark in ("\n", ". ", "! ", "? "))
        low = 0 if low < 0 else low + 1
        ends = [p for p in (text.find(mark, end) for mark in ("\n", ". ", "! ", "? ")) if p >= 0]
        high = min(ends) + 1 if ends else len(text)
        while low < start and text[low].isspace():
            low += 1
        return text[low:high].rstrip(), start - low, end - low

    @property
    def _texts_by_id(self) -> pd.DataFrame:
        indexed = self.__dict__.get("_indexed")
        if indexed is None:
            indexed = self.__dict__["_indexed"] = self.texts.set_index("article_id")
        return indexed


def _write(frame: pd.DataFrame, path: Path) -> None:
    part = path.with_name(path.name + ".part")
    frame.to_parquet(part, index=False)
    part.replace(path)


@dataclass
class ArticleScores:
    """Scores of one article; in JupyterLab it shows itself as the highlighted article with its numbers.

    Attributes
    ----------
    article
        The article's row as a dictionary.
    hits, actors, quotes
        As in :class:`Scores`.
    title, text
        As scored.
    """

    article: dict[str, Any]
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame
    title: str = field(repr=False)
    text: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self, *, page: bool = False, language: str = "en") -> str:
        """The highlighted article as an HTML fragment, or as a page of its own."""
        from framing.report.article_html import article_html, article_page

        make = article_page if page else article_html
        return make(self.title, self.text, self.hits, self.article, self.quotes, self.actors, language)

    def to_dict(self) -> dict[str, Any]:
        """``{"article": {…}, "hits": […], "actors": […], "quotes": […]}``, values fit for JSON (NaN as None)."""
        return {
            "article": _plain(pd.DataFrame([self.article]))[0],
            "hits": _plain(self.hits),
            "actors": _plain(self.actors),
            "quotes": _plain(self.quotes),
        }


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return list(json.loads(frame.to_json(orient="records", date_format="iso", force_ascii=False)))
