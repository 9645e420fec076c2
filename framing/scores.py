"""The results of scoring: of a corpus, and of one article."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import InputError
from framing.signature import Signature
from framing.storage import parquet

TABLES = ("articles", "hits", "actors", "quotes")
KEPT = (*TABLES, "texts", "rejects")
_ROWS_AT_ONCE = 50_000


class Scores:
    """Scores of a corpus: four tables and how they were made.

    Parameters
    ----------
    articles
        One row per article: ``article_id, outlet, published, title, n_tokens, n_sentences, quoted_share, sentiment,
        sentiment_author, sentiment_quoted, sentiment_title, sentiment_coverage, loaded_terms, loaded_terms_author,
        loaded_per_1000, scare_quotes``, the measures of further scorers and, if known, ``url, author, section, event``.
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
    rejects
        Articles that could not be scored: ``source`` (outlet), ``position`` (id), ``reason``.
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        hits: pd.DataFrame,
        actors: pd.DataFrame,
        quotes: pd.DataFrame,
        texts: pd.DataFrame,
        signature: Signature,
        rejects: pd.DataFrame | None = None,
    ) -> None:
        if rejects is None:
            rejects = pd.DataFrame(columns=["source", "position", "reason"], dtype="str")
        self.signature = signature
        self._folder: Path | None = None
        self._tables = {
            "articles": articles, "hits": hits, "actors": actors, "quotes": quotes, "texts": texts, "rejects": rejects
        }  # fmt: skip

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article."""
        return self._table("articles")

    @property
    def hits(self) -> pd.DataFrame:
        """One row per piece of evidence."""
        return self._table("hits")

    @property
    def actors(self) -> pd.DataFrame:
        """One row per article and actor."""
        return self._table("actors")

    @property
    def quotes(self) -> pd.DataFrame:
        """One row per quotation."""
        return self._table("quotes")

    @property
    def texts(self) -> pd.DataFrame:
        """``article_id, title, text`` as scored."""
        return self._table("texts")

    @property
    def rejects(self) -> pd.DataFrame:
        """Articles that could not be scored, with the reason."""
        return self._table("rejects")

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self._tables:
            assert self._folder is not None
            self._tables[name] = _read(self._folder / f"{name}.parquet")
        return self._tables[name]

    def __repr__(self) -> str:
        return (
            f"Scores({self.count('articles')} articles, {self._distinct('articles', 'outlet')} outlets, "
            f"{self.count('hits')} hits, {self._distinct('actors', 'actor')} actors, {self.count('quotes')} quotations)"
        )

    def count(self, name: str) -> int:
        """Number of rows of a table, without reading them where they lie in a folder."""
        if name in self._tables or self._folder is None:
            return len(self._table(name))
        import pyarrow.parquet as pq

        return int(pq.read_metadata(self._folder / f"{name}.parquet").num_rows)

    def select(self, name: str, columns: Sequence[str] | None = None, **values: Sequence[str]) -> pd.DataFrame:
        """Some rows and columns of a table, read from disk alone where the table lies in a folder and was not read yet.

        Parameters
        ----------
        name
            Name of the table.
        columns
            Its columns; ``None``: all.
        values
            Of each named column the values that a row may have, such as ``scorer=["sentiment"]``.
        """
        if name in self._tables or self._folder is None:
            table = self._table(name)
            for column, wanted in values.items():
                table = table[table[column].isin(list(wanted))]
            return table.reset_index(drop=True) if columns is None else table[list(columns)].reset_index(drop=True)
        return _read_some(self._folder / f"{name}.parquet", columns, values)

    def _distinct(self, name: str, column: str) -> int:
        if name in self._tables or self._folder is None:
            return int(self._table(name)[column].nunique())
        found: set[str] = set()
        with parquet(self._folder / f"{name}.parquet") as file:
            for batch in file.iter_batches(columns=[column]):
                found.update(batch.column(0).drop_null().unique().to_pylist())
        return len(found)

    def save(self, folder: str | Path) -> Path:
        """Write the tables as Parquet, the signature and a manifest; each file appears whole or not at all."""
        from framing.partitions import write_manifest

        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in KEPT:
            _write(self._table(name), target / f"{name}.parquet")
        self.signature.to_json(target / "signature.json")
        write_manifest(target, [*(f"{name}.parquet" for name in KEPT), "signature.json"])
        return target

    @classmethod
    def load(cls, folder: str | Path) -> Scores:
        """Scores from a folder; a table is read when it is first used.

        Raises
        ------
        InputError
            Where the run is not finished, or a table is missing or damaged.
        """
        source = Path(folder)
        if not source.is_dir():
            raise InputError(
                "no such folder of scores", file=str(source), cure="make it with: framing score CORPUS -o DIR"
            )
        for name in TABLES:
            _check(source / f"{name}.parquet")
        scores = cls.__new__(cls)
        scores.signature = Signature.from_json(source / "signature.json")
        scores._folder, scores._tables = source, {}
        return scores

    def with_articles(self, articles: pd.DataFrame) -> Scores:
        """The same scores with another table of articles, such as one with a further column."""
        copy = self.__class__.__new__(self.__class__)
        copy.signature, copy._folder = self.signature, self._folder
        copy._tables = self._tables | {"articles": articles}
        return copy

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


def _check(path: Path) -> None:
    """Whether a table is there and whole, without reading its rows."""
    import pyarrow.parquet as pq

    try:
        pq.read_schema(path)
    except FileNotFoundError:
        unfinished = (path.parent / ".run").is_dir()
        cure = "start framing score again with the same options: it goes on" if unfinished else "score the corpus again"
        raise InputError("a table is missing", file=str(path), cure=cure) from None
    except Exception as error:  # pyarrow raises many kinds for a damaged file
        raise _damaged(path, error) from None


def _read(path: Path) -> pd.DataFrame:
    _check(path)
    try:
        return pd.read_parquet(path)
    except Exception as error:
        raise _damaged(path, error) from None


def _read_some(path: Path, columns: Sequence[str] | None, values: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Rows that have one of the values in each named column; a few thousand rows at a time, so that the rest takes no memory."""
    import pyarrow as pa
    import pyarrow.compute

    # PyArrow makes its functions when it is imported, unseen by a type checker.
    is_in: Any = vars(pyarrow.compute)["is_in"]
    _check(path)
    try:
        with parquet(path) as file:
            wanted = file.schema_arrow.names if columns is None else list(columns)
            read = list(dict.fromkeys([*wanted, *values]))
            parts = []
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=read):
                for column, allowed in values.items():
                    batch = batch.filter(is_in(batch.column(column), pa.array(allowed, batch.column(column).type)))
                if len(batch):
                    parts.append(batch.select(wanted))
            schema = pa.schema([file.schema_arrow.field(c) for c in wanted], file.schema_arrow.metadata)
        return pa.Table.from_batches(parts, schema).to_pandas()
    except Exception as error:
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> InputError:
    return InputError(f"damaged table: {str(error).splitlines()[0]}", file=str(path), cure="score the corpus again")


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
