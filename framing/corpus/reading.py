"""Files -> corpus."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from framing.article import Article
from framing.corpus import unpacking
from framing.corpus.cleaning import clean_line
from framing.corpus.columns import check_fields, known, listed, match_columns, no_text_column
from framing.corpus.decoding import codec
from framing.corpus.folders import find_files, source_of
from framing.corpus.normalising import MAX_CHARACTERS, to_article
from framing.corpus.readers import Reader, choose_reader
from framing.corpus.records import Record, Reject, Taken
from framing.corpus.repeated import move_repeated
from framing.corpus.sources import UNKNOWN_OUTLET, Source, shown
from framing.corpus.table import Corpus, make_corpus
from framing.corpus.unpacking import BombError, Budget
from framing.corpus.zips import is_zip, unpacked
from framing.errors import InputError, UsageError
from framing.storage import address, fetched, is_remote, place

PathLike = str | os.PathLike[str]
_PATIENCE = 100
_DEEPEST_ARCHIVE = 3


def read(
    sources: PathLike | Iterable[PathLike],
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    keep_repeated: bool = False,
    on_columns: Callable[[Taken], None] | None = None,
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
    keep_repeated : bool
        Leave sentences that an outlet repeats under many articles in the text; see `framing.corpus.repeated`.
    on_columns : callable, optional
        Is told of each table which columns became which field and which were left (`framing.corpus.records.Taken`).
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
        If there is no source, or a field of `columns` or the encoding is unknown.
    """
    from tqdm import tqdm

    paths = as_paths(sources)
    items = stream(paths, outlet=outlet, columns=columns, encoding=encoding, on_columns=on_columns)
    articles: list[Article] = []
    rejects: list[Reject] = []
    for item in tqdm(items, desc="reading", unit=" articles", disable=None if progress else True):
        if isinstance(item, Article):
            articles.append(item)
        else:
            rejects.append(item)
    if not articles:
        raise nothing_read(paths, rejects)
    corpus = make_corpus(articles, rejects)
    return corpus if keep_repeated else replace(corpus, articles=move_repeated(corpus.articles)[0])


def as_paths(sources: PathLike | Iterable[PathLike]) -> list[PathLike]:
    """One source or several, as a list."""
    return [sources] if isinstance(sources, (str, os.PathLike)) else list(sources)


def stream(
    sources: Iterable[PathLike],
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_columns: Callable[[Taken], None] | None = None,
) -> Iterator[Article | Reject]:
    """Articles and rejects one by one, as `read` collects them; only the ids are held in memory.

    Parameters and errors are those of `read`, but that a stream without articles is no error.
    """
    sources = list(sources)
    if not sources:
        raise UsageError("nothing to read", cure="name at least one file or folder")
    check_fields(columns)
    codec(b"", encoding)
    outlet = clean_line(outlet or "")
    first: dict[str, str] = {}
    for source, is_given in _files(sources, encoding):
        if isinstance(source, Reject):
            yield source
            continue
        for position, item in _read_file(source, is_given, outlet, columns, on_columns):
            if isinstance(item, Article):
                if item.article_id in first:
                    reason = f"duplicate id {item.article_id!r} (first in {first[item.article_id]})"
                    item = Reject(source.label, position, reason)
                else:
                    first[item.article_id] = f"{source.label}, {position}" if position else source.label
            yield item


def _files(sources: Iterable[PathLike], encoding: str | None) -> Iterator[tuple[Source | Reject, bool]]:
    """The files to read, each with whether the user gave it by name rather than in a folder."""
    for path in map(place, sources):
        if is_remote(path):
            yield from _remote(path, encoding)
        elif path.is_dir():
            for item in _folder(path, encoding):
                if isinstance(item, Source) and is_zip(item.path):
                    yield from ((inner, False) for inner in _archive_within(item, encoding, _budget(item.path), 1))
                else:
                    yield item, False
        elif not path.is_file():
            raise InputError("no such file or folder", file=shown(path), cure="check the path")
        elif is_zip(path):
            yield from ((item, False) for item in _archive(path, shown(path), encoding, _budget(path), 1))
        else:
            yield source_of(path, encoding), True


def _remote(path: Path, encoding: str | None) -> Iterator[tuple[Source | Reject, bool]]:
    """The files at an address, which lie here as long as they are asked for, under their names there."""
    label = address(path)
    with fetched(path) as local:
        prefix = shown(local)
        for item, is_given in _files([local], encoding):
            if isinstance(item, Reject):
                yield item._replace(source=item.source.replace(prefix, label, 1)), is_given
            else:
                yield replace(item, place=item.label.replace(prefix, label, 1)), is_given


def _folder(path: Path, encoding: str | None) -> Iterator[Source | Reject]:
    found = find_files(path, encoding)
    yield from found.rejects
    yield from found.sources
    for source in (left for left in found.left_out if is_zip(left.path) or _holds_articles(left)):
        reason = "left out: records in a folder of text files; give it as a source of its own"
        yield Reject(source.label, "", reason)


def _budget(path: Path) -> Budget:
    return Budget(min(unpacking.MOST_BYTES, unpacking.allowed(path.stat().st_size)))


def _archive(path: Path, label: str, encoding: str | None, budget: Budget, depth: int) -> Iterator[Source | Reject]:
    """The files of a ZIP, which lie unpacked as long as they are asked for, under names within the archive."""
    with unpacked(path, label, budget) as (folder, rejects):
        yield from rejects
        prefix = f"{shown(folder)}{os.sep}"
        try:
            for item in _folder(folder, encoding):
                if isinstance(item, Reject):
                    yield item._replace(source=f"{label}: {item.source.removeprefix(prefix)}")
                    continue
                item = replace(item, place=f"{label}: {item.label.removeprefix(prefix)}")
                if is_zip(item.path):
                    yield from _archive_within(item, encoding, budget, depth + 1)
                else:
                    yield item
        except InputError as error:
            raise InputError(error.message, file=label, record=error.record, cure=error.cure) from None


def _archive_within(source: Source, encoding: str | None, budget: Budget, depth: int) -> Iterator[Source | Reject]:
    """The files of a ZIP that lies in a folder or in another ZIP."""
    if depth > _DEEPEST_ARCHIVE:
        yield Reject(source.label, "", f"more than {_DEEPEST_ARCHIVE} ZIPs within each other; unpack it first")
        return
    try:
        yield from _archive(source.path, source.label, encoding, budget, depth)
    except InputError as error:
        if budget.spent and depth > 1:
            raise
        yield Reject(source.label, "", _reason(error))


def _read_file(
    source: Source,
    is_given: bool,
    outlet: str,
    columns: Mapping[str, str] | None,
    on_columns: Callable[[Taken], None] | None,
) -> Iterator[tuple[str, Article | Reject]]:
    """The articles and rejects of one file, each with its position."""
    try:
        reader = _reader_for(source)
    except InputError as error:
        yield "", Reject(source.label, "", _reason(error))
        return
    if reader.one_article:
        columns = None
    else:
        source = replace(source, article_id="", outlet=UNKNOWN_OUTLET if is_given else source.outlet)
    matched: dict[tuple[str, ...], dict[str, str]] = {}
    waiting: list[Reject] = []
    try:
        for record in _records(reader, source):
            if isinstance(record, Reject):
                yield record.position, record
                continue
            names = tuple(record.fields)
            if names not in matched:
                matched[names] = match_columns(names, columns, file=source.label)
                if on_columns and not reader.one_article and "text" in matched[names]:
                    left = tuple(name for name in names if name not in matched[names].values())
                    on_columns(Taken(source.label, matched[names], left))
            if "text" in matched[names]:
                yield record.position, to_article(record, matched[names], source, outlet)
                continue
            waiting.append(Reject(source.label, record.position, f"no text column; columns found: {listed(names)}"))
            # A file none of whose first records has a text is not meant to be read so; one that has some is.
            if len(waiting) == _PATIENCE and not any("text" in fields for fields in matched.values()):
                break
        if waiting and not any("text" in fields for fields in matched.values()):
            raise no_text_column(dict.fromkeys(name for names in matched for name in names), source.label)
    except InputError as error:
        if is_given:
            raise
        waiting = [Reject(source.label, "", _reason(error))]
    for reject in waiting:
        yield reject.position, reject


def _reader_for(source: Source) -> Reader:
    try:
        return choose_reader(source)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"not readable: {getattr(error, 'strerror', None) or error}", file=source.label) from None


def _records(reader: Reader, source: Source) -> Iterator[Record | Reject]:
    """The records of a file; where it is damaged those before the damage, and a reject for the rest."""
    after = ""
    try:
        for item in reader.records(source, MAX_CHARACTERS):
            after = f"after {item.position}" if item.position else ""
            yield item
    except UnicodeDecodeError as error:
        yield Reject(source.label, after, f"undecodable as {error.encoding}; name the encoding: --encoding NAME")
    except BombError as error:
        yield Reject(source.label, after, str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield Reject(source.label, after, f"damaged: {error}")


def _holds_articles(source: Source) -> bool:
    try:
        first = next(_records(_reader_for(source), source), None)
    except InputError:
        return False
    return isinstance(first, Record) and "text" in known(first.fields)


def _reason(error: InputError) -> str:
    return f"{error.message}; {error.cure}" if error.cure else error.message


def nothing_read(paths: Iterable[PathLike], rejects: list[Reject]) -> InputError:
    """The error for sources without a single article: the one reject itself, or the commonest reason."""
    if not rejects:
        return InputError("no article in it", file=", ".join(shown(Path(path)) for path in paths))
    if len(rejects) == 1:
        return InputError(rejects[0].reason, file=rejects[0].source, record=rejects[0].position)
    reason, count = Counter(reject.reason for reject in rejects).most_common(1)[0]
    example = next(reject for reject in rejects if reject.reason == reason)
    return InputError(
        f"no article could be read: {len(rejects)} rejects, {count} of them: {reason}",
        file=example.source,
        record=example.position,
    )
