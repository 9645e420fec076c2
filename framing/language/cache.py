"""What is known of word types, kept on disk between runs.

Analysing the forms of a corpus costs more than parsing it; the analyses never change while the analyser does not.
The cache is one Parquet file per version of the analyser and of the lexicon it reads, in the user's cache folder
(``$FRAMING_CACHE``, or ``$XDG_CACHE_HOME/framing``, or ``~/.cache/framing``). ``FRAMING_CACHE=off`` keeps none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from framing import lexicons
from framing.language.morphology import RECENT
from framing.signature import package_version
from framing.storage import cache_folder, parquet

if TYPE_CHECKING:
    from framing.language.morphology import Morphology

FORMAT = 2
# Forms in one file; beyond it new ones are analysed anew in each run, so that the file stays small.
LIMIT = 1_000_000
# Forms of open text, analysed beforehand by benchmarks/build_word_types.py, so that a first run is not slow.
SHIPPED = Path(__file__).parent.parent / "models" / "word_types.parquet"
_COLUMNS = ("word", "inside", "initial", "lemmas")


@lru_cache(maxsize=1)
def version() -> str:
    """Digest of all that the analyses depend on."""
    parts = [str(FORMAT), package_version("framing"), package_version("HanTa"), package_version("simplemma")]
    parts.append(lexicons.load("valence").digest)
    # the analyser's own code: what it answers may change with any line of it
    parts.append(hashlib.sha256(Path(__file__).with_name("morphology.py").read_bytes()).hexdigest())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def cache_file() -> Path | None:
    """Where the cache of this version lies, None where it is switched off."""
    folder = cache_folder()
    return None if folder is None else folder / f"word-types-{version()}.parquet"


def load(morphology: Morphology) -> int:
    """Fill a :class:`Morphology` from the table shipped with the package and from the user's cache.

    Returns
    -------
    int
        Number of words read; 0 where neither file is readable and of this version.
    """
    shipped = read_table(SHIPPED, morphology) if version_of(SHIPPED) == version() else 0
    path = cache_file()
    own = read_table(path, morphology) if path is not None and path.is_file() else 0
    morphology.saved = _size(morphology)
    return shipped + own


def version_of(path: Path) -> str:
    """Version that a table was written by, empty where it is missing or damaged."""
    import pyarrow.parquet as pq

    try:
        return (pq.read_schema(path).metadata or {}).get(b"framing", b"").decode()
    except Exception:
        return ""


def read_table(path: Path, morphology: Morphology) -> int:
    """Read one table of word types into a :class:`Morphology`; returns the number of words, 0 if it is damaged."""
    try:
        table = SavedTable(path)
    except Exception:
        # a damaged cache is no cache: it is written anew
        return 0
    morphology.candidate_table = _Layer(morphology.candidate_table, table.analyses)
    morphology.lemma_table = _Layer(morphology.lemma_table, table.lemma)
    morphology.tables.append(table)
    return len(table)


_Row = tuple[str, str, dict[int, str]]
_NO_ROW: tuple[str, dict[int, str]] = ("", {})


def _rows(columns: dict[str, list[Any]]) -> Iterator[_Row]:
    """Rows of a saved table: word, possible tags, lemmas by tag."""
    for word, inside, initial, lemmas in zip(*(columns[name] for name in _COLUMNS), strict=True):
        pairs = (pair.partition("=") for pair in lemmas)
        yield word, f"{inside}|{initial}" if inside else "", {int(tag): lemma for tag, _, lemma in pairs}


class SavedTable:
    """A table of word types as it lies on disk: found by the word's hash, decoded when asked for.

    As Python objects the analyses of a large corpus would take hundreds of megabytes; most are asked for once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with parquet(path) as file:
            table = file.read(columns=list(_COLUMNS), use_threads=False).combine_chunks()
        hashes = np.empty(len(table), np.int64)
        for at in range(0, len(table), RECENT):
            words = table["word"].slice(at, RECENT).to_pylist()
            hashes[at : at + len(words)] = list(map(hash, words))
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._order]
        self._table = table
        self._found: dict[str, tuple[str, dict[int, str]]] = {}
        # the first and last row must be readable, else the file is damaged
        self.prepare([table["word"][i].as_py() for i in (0, -1)[: len(table)]])

    def __len__(self) -> int:
        return len(self._hashes)

    def words(self) -> list[str]:
        """All words, in the order of the file."""
        return list(self._table["word"].to_pylist())

    def prepare(self, words: list[str]) -> None:
        """Look up many words; what was found before is let go where it is too much to hold."""
        new = [w for w in words if w not in self._found]
        if not new:
            return
        if len(self._found) + len(new) > RECENT:
            self._found.clear()
            new = words
        hashes = np.fromiter(map(hash, new), np.int64, len(new))
        # two words in the file may share a hash
        low, high = np.searchsorted(self._hashes, hashes), np.searchsorted(self._hashes, hashes, side="right")
        self._found.update(dict.fromkeys(new, _NO_ROW))
        for step in range(int((high - low).max())):
            at = np.flatnonzero(low + step < high)
            rows = self._at(self._order[low[at] + step])
            self._found.update((row[0], row[1:]) for i, row in zip(at.tolist(), rows, strict=True) if new[i] == row[0])

    def _at(self, places: NDArray[np.int32]) -> Iterator[_Row]:
        if len(places) > 1:
            return _rows(self._table.take(places).to_pydict())
        # of one row the cells come sooner by themselves
        return _rows({name: [self._table[name][i].as_py() for i in places.tolist()] for name in _COLUMNS})

    def without(self, words: list[str]) -> Any:
        """The rows of all other words, as an Arrow table."""
        import pyarrow as pa
        import pyarrow.compute as pc

        listed = pc.is_in(self._table["word"], value_set=pa.array(words, pa.string()))  # type: ignore[attr-defined]
        return self._table.filter(pc.invert(listed))  # type: ignore[attr-defined]

    def _row(self, word: str) -> tuple[str, dict[int, str]]:
        if word not in self._found:
            self.prepare([word])
        return self._found[word]

    def analyses(self, word: str) -> str | None:
        """Possible tags of a word (see :func:`framing.language.morphology.encode`), None where they are not kept."""
        return self._row(word)[0] or None

    def lemmas(self, word: str) -> dict[int, str]:
        """Lemma of a word by tag, as far as kept."""
        return self._row(word)[1]

    def lemma(self, pair: tuple[str, int]) -> str | None:
        """Lemma of a word under a tag, None where it is not kept."""
        return self.lemmas(pair[0]).get(pair[1])


class _Layer(dict[Any, Any]):
    """A dict of new answers over a saved table, asked by ``look_up``, and what was there before."""

    def __init__(self, below: Mapping[Any, Any], look_up: Callable[[Any], Any]) -> None:
        super().__init__()
        self.below, self.look_up = below, look_up

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key)
        if found is None:
            found = self.look_up(key)
        return found if found is not None else self.below.get(key, default)


_NONE = ["", ""]


def write_table(path: Path, morphology: Morphology, level: int = 3) -> None:
    """Write the table at a path anew with what a :class:`Morphology` has answered since; whole or not at all.

    What stands there stays as it is, in Arrow's memory: as objects it would take ten times the room.

    Parameters
    ----------
    path
        The file, which `morphology` may have read.
    morphology
        Its new answers are added.
    level
        Of the compression.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    lemmas: dict[str, dict[int, str]] = {}
    for (word, tag), lemma in morphology.lemma_table.items():
        lemmas.setdefault(word, {})[tag] = lemma
    analyses = {word: line.split("|") for word, line in morphology.candidate_table.items()}
    words = sorted({*analyses, *lemmas})
    old = next((table for table in morphology.tables if table.path == path), None)
    if old is not None:
        for at in range(0, len(words), RECENT):
            some = words[at : at + RECENT]
            old.prepare(some)
            for word in some:
                line, known = old.analyses(word), old.lemmas(word)
                if line:
                    analyses.setdefault(word, line.split("|"))
                if known:
                    lemmas[word] = known | lemmas.get(word, {})
    columns = {
        "word": words,
        "inside": [analyses.get(w, _NONE)[0] for w in words],
        "initial": [analyses.get(w, _NONE)[1] for w in words],
        "lemmas": [[f"{tag}={lemma}" for tag, lemma in lemmas.get(w, {}).items()] for w in words],
    }
    table = pa.table(columns, pa.schema([(c, pa.string()) for c in _COLUMNS[:3]] + [("lemmas", pa.list_(pa.string()))]))
    if old is not None:
        table = pa.concat_tables([old.without(words).cast(table.schema), table]).sort_by("word")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    table = table.replace_schema_metadata({"framing": version()})  # type: ignore[attr-defined]
    pq.write_table(table, part, compression="zstd", compression_level=level)
    part.replace(path)


def save(morphology: Morphology) -> Path | None:
    """Keep what a :class:`Morphology` knows for the next run; nothing where little is new or the folder is read-only."""
    path = cache_file()
    if path is None or _size(morphology) - morphology.saved < 1000 or _words(morphology) > LIMIT:
        return None
    try:
        write_table(path, morphology)
    except OSError:
        return None
    morphology.saved = _size(morphology)
    return path


def _size(morphology: Morphology) -> int:
    """Number of new answers."""
    return len(morphology.candidate_table) + len(morphology.lemma_table)


def _words(morphology: Morphology) -> int:
    """Number of words saved and new."""
    return len(morphology.candidate_table) + sum(map(len, morphology.tables))
