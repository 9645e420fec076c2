"""A corpus cut into partitions, and the tables of scored partitions put together again.

While a corpus is scored, each partition's tables lie in a folder of their own under ``.run/`` in the folder of the
scores. A folder appears whole or not at all, so that a run that was stopped at any point goes on with the partitions
that are missing. At the end the tables are written as one file each, in row groups of a fixed size: the bytes do not
depend on how the corpus was cut or in which order its parts were done.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing.errors import InputError
from framing.signature import write_atomic
from framing.storage import is_file, opened, parquet

PARTITION = 200
ROWS = 50_000
# Rows in a group of the table of texts, each as large as an article.
TEXT_ROWS = 500
RUN = ".run"
MANIFEST = "manifest.json"
_READ = ("article_id", "outlet", "published", "title", "text", "url", "author", "section", "event")


@dataclass(frozen=True)
class CorpusFile:
    """A corpus on disk, read a partition at a time.

    Attributes
    ----------
    path
        Parquet file written by ``framing read``, or its address in a store.
    articles
        Number of articles.
    """

    path: Path
    articles: int

    @classmethod
    def open(cls, path: Path) -> CorpusFile:
        """Check a corpus file without reading its texts.

        Raises
        ------
        InputError
            Where it is missing, damaged, empty, without text, or an id is given twice.
        """
        if not is_file(path):
            raise InputError("no such file", file=str(path), cure="make it: framing read SOURCE -o FILE.parquet")
        try:
            with opened(path) as handle:
                file = parquet(handle)
                names, count = file.schema_arrow.names, file.metadata.num_rows
                columns = [name for name in ("article_id",) if name in names]
                ids = pd.Series(
                    file.read(columns)["article_id"].to_pandas().astype(str) if columns else [], dtype="str"
                )
            if "text" not in names:
                raise InputError(
                    f"no column 'text' among {names}", file=str(path), cure="read the files with framing read"
                )
            if count == 0:
                raise InputError("the corpus has no articles", file=str(path), cure="see the rejects for the reasons")
            double = ids[ids.duplicated()]
            if len(double):
                raise InputError(
                    "the id is given twice", file=str(path), record=str(double.iloc[0]), cure="make article_id unique"
                )
        except (OSError, pa.ArrowException) as error:
            raise InputError(
                f"not readable as Parquet: {str(error).splitlines()[0]}", file=str(path), cure="read the sources again"
            ) from None
        return cls(path, count)

    def digest(self) -> str:
        """SHA-256 of the file."""
        return file_digest(self.path)

    def partitions(self, size: int, done: frozenset[int] = frozenset()) -> Iterator[tuple[int, pd.DataFrame]]:
        """``(number, articles)`` of the partitions that are not done, in order.

        Parameters
        ----------
        size
            Articles in a partition.
        done
            Numbers to pass over.

        Raises
        ------
        InputError
            Where the file is damaged further on or vanishes.
        """
        try:
            with opened(self.path) as handle:
                file = parquet(handle)
                columns = [c for c in _READ if c in file.schema_arrow.names]
                for number, batch in enumerate(file.iter_batches(batch_size=size, columns=columns, use_threads=False)):
                    if number in done:
                        continue
                    frame = batch.to_pandas()
                    if "article_id" not in frame:
                        frame["article_id"] = [f"article-{number * size + i + 1}" for i in range(len(frame))]
                    yield number, frame
        except (OSError, pa.ArrowException) as error:
            raise InputError(
                f"not readable further: {str(error).splitlines()[0]}",
                file=str(self.path),
                cure="read the sources again",
            ) from None


def file_digest(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    with opened(path) as stream:
        return hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()


class Run:
    """The partitions done so far, kept in a folder until they are put together.

    Parameters
    ----------
    folder
        Folder of the scores.
    key
        What decides the result: corpus, scorers, size of the partitions. What was kept under another key is discarded.
    """

    def __init__(self, folder: Path, key: dict[str, Any]) -> None:
        self.folder = folder / RUN
        text = json.dumps(key, sort_keys=True, ensure_ascii=False, indent=1)
        known = self.folder / "run.json"
        if self.folder.exists() and not (known.is_file() and known.read_text("utf-8") == text):
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        if not known.is_file():
            write_atomic(known, text.encode("utf-8"))

    def done(self) -> frozenset[int]:
        """Numbers of the partitions that are complete."""
        return frozenset(int(p.name) for p in self.folder.iterdir() if p.name.isdigit())

    def keep(self, number: int, tables: dict[str, pd.DataFrame]) -> None:
        """Keep the tables of a partition, all or none."""
        draft = self.folder / f"draft-{number}"
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir()
        for name, frame in tables.items():
            pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), draft / f"{name}.parquet")
        draft.rename(self.folder / str(number))

    def parts(self, name: str) -> list[Path]:
        """Files of a table in the order of the corpus."""
        return [self.folder / str(number) / f"{name}.parquet" for number in sorted(self.done())]

    def put_together(self, names: Iterable[str]) -> None:
        """Write each table as one file into the folder of the scores."""
        for name in names:
            rows = TEXT_ROWS if name == "texts" else ROWS
            concatenate(self.parts(name), self.folder.parent / f"{name}.parquet", rows)

    def remove(self) -> None:
        """Remove what was kept for a restart."""
        shutil.rmtree(self.folder)


def concatenate(parts: list[Path], target: Path, rows: int = ROWS) -> None:
    """Write tables one after the other as one Parquet file with row groups of a fixed size.

    Memory holds no more than one row group; the bytes depend on the rows alone, not on how they were cut.
    """
    schema = _without_pandas_index(pq.read_schema(parts[0]))
    for part in parts[1:]:
        schema = pa.unify_schemas([schema, pq.read_schema(part)], promote_options="permissive")
    draft = target.with_name(f".{target.name}.part")
    try:
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            held: list[pa.Table] = []
            count = 0
            for part in parts:
                # a reader with threads would hold a hundred megabytes more
                with parquet(part) as file:
                    table = file.read(use_threads=False)
                table = pa.concat_tables([schema.empty_table(), table], promote_options="permissive").cast(schema)
                held.append(table)
                count += len(table)
                while count >= rows:
                    joined = pa.concat_tables(held)
                    writer.write_table(joined.slice(0, rows).combine_chunks(), row_group_size=rows)
                    held, count = [joined.slice(rows)], count - rows
            writer.write_table(pa.concat_tables(held).combine_chunks(), row_group_size=rows)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _without_pandas_index(schema: pa.Schema) -> pa.Schema:
    """The schema with the notes of pandas on the types of its columns, without the number of rows of one part."""
    notes = json.loads((schema.metadata or {}).get(b"pandas", b"{}"))
    if not notes:
        return schema
    notes["index_columns"] = []
    return schema.with_metadata({"pandas": json.dumps(notes)})


def write_manifest(folder: Path, names: Iterable[str]) -> None:
    """Write ``manifest.json``: size and SHA-256 of each file."""
    entries = {name: {"bytes": (folder / name).stat().st_size, "sha256": file_digest(folder / name)} for name in names}
    write_atomic(folder / MANIFEST, (json.dumps({"files": entries}, indent=1, sort_keys=True) + "\n").encode())


def verify(folder: str | Path) -> list[str]:
    """What differs between a folder of scores and its manifest; empty where nothing does.

    Parameters
    ----------
    folder
        Written by ``framing score``.

    Raises
    ------
    InputError
        Where there is no manifest to compare with.
    """
    source = Path(folder)
    path = source / MANIFEST
    try:
        entries = json.loads(path.read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"no readable manifest ({type(error).__name__})", file=str(path), cure="score the corpus again"
        ) from None
    problems = []
    for name, entry in sorted(entries.items()):
        file = source / Path(name).name
        if not file.is_file():
            problems.append(f"{file}: missing")
        elif file.stat().st_size != entry["bytes"]:
            problems.append(f"{file}: {file.stat().st_size} bytes, not {entry['bytes']}")
        elif file_digest(file) != entry["sha256"]:
            problems.append(f"{file}: its content has changed")
    return problems
