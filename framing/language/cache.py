"""What is known of word types, kept on disk between runs.

Analysing the forms of a corpus costs more than parsing it; the analyses never change while the analyser does not.
The cache is one Parquet file per version of the analyser and of the lexicon it reads, in the user's cache folder
(``$FRAMING_CACHE``, or ``$XDG_CACHE_HOME/framing``, or ``~/.cache/framing``). ``FRAMING_CACHE=off`` keeps none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framing import lexicons
from framing.signature import package_version

if TYPE_CHECKING:
    from framing.language.morphology import Morphology

FORMAT = 1
# Forms in one file; beyond it new ones are analysed anew in each run, so that the file stays small.
LIMIT = 2_000_000
# Forms of open text, analysed beforehand by benchmarks/build_word_types.py, so that a first run is not slow.
SHIPPED = Path(__file__).parent.parent / "models" / "word_types.parquet"
# Words whose decoded analyses are held: the names of a batch are asked for more than once.
RECENT = 20_000
Candidates = tuple[list[tuple[int, float]], list[tuple[int, float]]]


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
    setting = os.environ.get("FRAMING_CACHE", "")
    if setting.lower() == "off":
        return None
    if setting:
        folder = Path(setting)
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "framing"
    return folder / f"word-types-{version()}.parquet"


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
    morphology.candidate_table = Analyses(morphology.candidate_table, table)
    morphology.lemma_table = Lemmas(morphology.lemma_table, table)
    return len(table)


class SavedTable:
    """A table of word types as it lies on disk: found by the word's hash, decoded when asked for.

    As Python objects the analyses of a large corpus would take hundreds of megabytes; most are asked for once.
    """

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        table = pq.read_table(path, columns=["word", "inside", "initial", "lemmas"]).combine_chunks()
        words = table["word"].to_pylist()
        hashes = np.fromiter(map(hash, words), np.int64, len(words))
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._order]
        self._columns = {name: table[name] for name in table.column_names}
        self._known: dict[str, Candidates | None] = {}
        # the first and last row must be readable, else the file is damaged
        for word in words[:1] + words[-1:]:
            self.analyses(word), self.lemmas(word)

    def __len__(self) -> int:
        return len(self._hashes)

    def words(self) -> list[str]:
        """All words, in the order of the file."""
        return list(self._columns["word"].to_pylist())

    def _row(self, word: str) -> int:
        at = int(np.searchsorted(self._hashes, hash(word)))
        while at < len(self._hashes) and self._hashes[at] == hash(word):
            row = int(self._order[at])
            if self._columns["word"][row].as_py() == word:
                return row
            at += 1
        return -1

    def analyses(self, word: str) -> Candidates | None:
        """Possible tags of a word, None where they are not kept."""
        if word in self._known:
            return self._known[word]
        row = self._row(word)
        inside = self._columns["inside"][row].as_py() if row >= 0 else ""
        found = (_decode(inside), _decode(self._columns["initial"][row].as_py())) if inside else None
        if len(self._known) >= RECENT:
            self._known.clear()
        self._known[word] = found
        return found

    def lemmas(self, word: str) -> dict[int, str]:
        """Lemma of a word by tag, as far as kept."""
        row = self._row(word)
        pairs = self._columns["lemmas"][row].as_py() if row >= 0 else []
        return {int(tag): lemma for tag, _, lemma in (pair.partition("=") for pair in pairs)}


class _Layer(dict[Any, Any]):
    """A dict of new answers over a saved table and what was there before."""

    def __init__(self, below: Mapping[Any, Any], saved: SavedTable) -> None:
        super().__init__()
        self.below, self.saved = below, saved

    def lookup(self, key: Any) -> Any:
        """Answer of the saved table."""
        raise NotImplementedError

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key)
        if found is None:
            found = self.lookup(key)
        return found if found is not None else self.below.get(key, default)

    def entries(self) -> Iterator[tuple[Any, Any]]:
        """All answers: those saved, those below, the new ones."""
        yield from self.saved_entries()
        yield from _entries(self.below)
        yield from super().items()

    def saved_entries(self) -> Iterator[tuple[Any, Any]]:
        """Answers of the saved table."""
        raise NotImplementedError


class Analyses(_Layer):
    """Word to possible tags."""

    def lookup(self, key: str) -> Candidates | None:
        """See the base."""
        return self.saved.analyses(key)

    def saved_entries(self) -> Iterator[tuple[str, Candidates]]:
        """See the base."""
        for word in self.saved.words():
            found = self.saved.analyses(word)
            if found is not None:
                yield word, found


class Lemmas(_Layer):
    """Word and tag to lemma."""

    def lookup(self, key: tuple[str, int]) -> str | None:
        """See the base."""
        return self.saved.lemmas(key[0]).get(key[1])

    def saved_entries(self) -> Iterator[tuple[tuple[str, int], str]]:
        """See the base."""
        for word in self.saved.words():
            for tag, lemma in self.saved.lemmas(word).items():
                yield (word, tag), lemma


def _entries(table: Mapping[Any, Any]) -> Iterable[tuple[Any, Any]]:
    return table.entries() if isinstance(table, _Layer) else table.items()


def write_table(path: Path, morphology: Morphology) -> None:
    """Write all that a :class:`Morphology` has answered, whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lemmas: dict[str, dict[int, str]] = {}
    for (word, tag), lemma in _entries(morphology.lemma_table):
        lemmas.setdefault(word, {})[tag] = lemma
    analyses = {word: (_encode(a), _encode(b)) for word, (a, b) in _entries(morphology.candidate_table)}
    words = sorted(set(analyses) | set(lemmas))
    columns = {
        "word": words,
        "inside": [analyses.get(w, ("", ""))[0] for w in words],
        "initial": [analyses.get(w, ("", ""))[1] for w in words],
        "lemmas": [[f"{tag}={lemma}" for tag, lemma in lemmas.get(w, {}).items()] for w in words],
    }
    table = pa.table(columns).replace_schema_metadata({"framing": version()})  # type: ignore[attr-defined]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    pq.write_table(table, part, compression="zstd", compression_level=15)
    part.replace(path)


def save(morphology: Morphology) -> Path | None:
    """Keep what a :class:`Morphology` knows for the next run; nothing where little is new or the folder is read-only."""
    path = cache_file()
    if path is None or _size(morphology) - morphology.saved < 1000 or _words(morphology.candidate_table) > LIMIT:
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


def _words(table: Mapping[Any, Any]) -> int:
    return len(table) + (len(table.saved) + _words(table.below) if isinstance(table, _Layer) else 0)


def _encode(pairs: list[tuple[int, float]]) -> str:
    return " ".join(f"{tag}:{value}" for tag, value in pairs)


def _decode(text: str) -> list[tuple[int, float]]:
    return [(int(tag), float(value)) for tag, _, value in (pair.partition(":") for pair in text.split())]
