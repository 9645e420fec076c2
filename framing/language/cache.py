"""What is known of word types, kept on disk between runs.

Analysing the forms of a corpus costs more than parsing it; the analyses never change while the analyser does not.
The cache is one Parquet file per version of the analyser and of the lexicon it reads, in the user's cache folder
(``$FRAMING_CACHE``, or ``$XDG_CACHE_HOME/framing``, or ``~/.cache/framing``). ``FRAMING_CACHE=off`` keeps none.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from framing import lexicons
from framing.signature import package_version

if TYPE_CHECKING:
    from framing.language.morphology import Morphology

FORMAT = 1
# Forms in one file; beyond it new ones are analysed anew in each run, so that the file stays small.
LIMIT = 2_000_000
# Forms of open text, analysed beforehand by benchmarks/build_word_types.py, so that a first run is not slow.
SHIPPED = Path(__file__).parent.parent / "models" / "word_types.parquet"
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
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path).to_pydict()
        analyses = {
            word: (_decode(a), _decode(b))
            for word, a, b in zip(table["word"], table["inside"], table["initial"], strict=True)
            if a
        }
        lemmas = {
            (word, int(tag)): lemma
            for word, pairs in zip(table["word"], table["lemmas"], strict=True)
            for tag, _, lemma in (pair.partition("=") for pair in pairs)
        }
    except Exception:
        # a damaged cache is no cache: it is written anew
        return 0
    morphology.candidate_table.update(analyses)
    morphology.lemma_table.update(lemmas)
    return len(table["word"])


def write_table(path: Path, morphology: Morphology) -> None:
    """Write all that a :class:`Morphology` has answered, whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    lemmas: dict[str, list[str]] = {}
    for (word, tag), lemma in morphology.lemma_table.items():
        lemmas.setdefault(word, []).append(f"{tag}={lemma}")
    words = sorted(set(morphology.candidate_table) | set(lemmas))
    empty: Candidates = ([], [])
    columns = {
        "word": words,
        "inside": [_encode(morphology.candidate_table.get(w, empty)[0]) for w in words],
        "initial": [_encode(morphology.candidate_table.get(w, empty)[1]) for w in words],
        "lemmas": [lemmas.get(w, []) for w in words],
    }
    table = pa.table(columns).replace_schema_metadata({"framing": version()})  # type: ignore[attr-defined]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    pq.write_table(table, part, compression="zstd", compression_level=15)
    part.replace(path)


def save(morphology: Morphology) -> Path | None:
    """Keep what a :class:`Morphology` knows for the next run; nothing where little is new or the folder is read-only."""
    path = cache_file()
    if path is None or _size(morphology) - morphology.saved < 1000 or len(morphology.candidate_table) > LIMIT:
        return None
    try:
        write_table(path, morphology)
    except OSError:
        return None
    morphology.saved = _size(morphology)
    return path


def _size(morphology: Morphology) -> int:
    return len(morphology.candidate_table) + len(morphology.lemma_table)


def _encode(pairs: list[tuple[int, float]]) -> str:
    return " ".join(f"{tag}:{value}" for tag, value in pairs)


def _decode(text: str) -> list[tuple[int, float]]:
    return [(int(tag), float(value)) for tag, _, value in (pair.partition(":") for pair in text.split())]
