"""Files -> corpus."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from framing.article import Article
from framing.corpus.cleaning import clean_line
from framing.corpus.columns import check_fields, match_columns, no_text_column
from framing.corpus.decoding import codec
from framing.corpus.folders import find_files, source_of
from framing.corpus.normalising import MAX_CHARACTERS, to_article
from framing.corpus.readers import choose_reader
from framing.corpus.records import Reject
from framing.corpus.sources import Source, shown
from framing.corpus.table import Corpus, make_corpus
from framing.errors import InputError

PathLike = str | os.PathLike[str]
_PATIENCE = 100


def read(
    sources: PathLike | Iterable[PathLike],
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    progress: bool = False,
) -> Corpus:
    """Read articles from files and folders of any known format, plain or gzip.

    A record that cannot be used becomes a reject with its reason, and reading goes on. Of records with the same id the
    first is kept. `framing.corpus.folders` says which files of a folder are read.

    Parameters
    ----------
    sources : path or iterable of paths
        Files and folders, in the order in which their articles shall stand.
    outlet : str, optional
        Outlet of articles whose data name none. Without it a text file's outlet is its folder, as is that of any file in
        a folder given as source; what is left is ``"unknown"``.
    columns : mapping of field to column, optional
        Which column holds which field, where the names do not say it (see `framing.corpus.columns`).
    encoding : str, optional
        Of all files, kept to strictly. Without it UTF-8, UTF-16 with byte order mark and Windows-1252 are recognised.
    progress : bool
        Show a progress bar if standard error is a terminal.

    Returns
    -------
    Corpus
        With at least one article.

    Raises
    ------
    InputError
        If a path is missing, a folder has no articles, the columns of a file given as source do not tell which is the text,
        or not a single article could be read.
    UsageError
        If a field of `columns` or the encoding is unknown.
    """
    from tqdm import tqdm  # type: ignore[import-untyped]

    paths = [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)
    items = stream(paths, outlet=outlet, columns=columns, encoding=encoding)
    articles: list[Article] = []
    rejects: list[Reject] = []
    for item in tqdm(items, desc="reading", unit=" articles", disable=None if progress else True):
        if isinstance(item, Article):
            articles.append(item)
        else:
            rejects.append(item)
    if not articles:
        raise _nothing_read([shown(Path(path)) for path in paths], rejects)
    return make_corpus(articles, rejects)


def stream(
    sources: Iterable[PathLike],
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> Iterator[Article | Reject]:
    """Articles and rejects one by one, as `read` collects them; only the ids are held in memory.

    Parameters and errors are those of `read`, but that a stream without articles is no error.
    """
    check_fields(columns)
    codec(b"", encoding)
    first_seen: dict[str, str] = {}
    for path in map(Path, sources):
        for item in _read_path(path, clean_line(outlet or ""), columns, encoding):
            if isinstance(item, Reject):
                yield item
                continue
            where, article = item
            earlier = first_seen.setdefault(article.article_id, ", ".join(part for part in where if part))
            if earlier is not first_seen[article.article_id] or article.article_id in _taken(first_seen):
                continue
            yield article
