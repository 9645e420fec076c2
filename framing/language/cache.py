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
Candidates = tuple[list[tuple[int, float]], list[tuple[int, float]]]


@lru_cache(maxsize=1)
def _version() -> str:
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
    return folder / f"word-types-{_version()}.parquet"


def load(morphology: Morphology) -> int:
    """Fill a :class:`Morphology` from the cache; returns the number of analyses read, 0 without a readable file."""
    path = cache_file()
    if path is None or not path.is_file():
        return 0
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
    morphology.saved = len(morphology.candidate_table) + len(morphology.lemma_table)
    return len(analyses)


def save(morphology: Morphology) -> Path | None:
    """Write what a :class:`Morphology` knows, whole or not at all; nothing where little is new or the folder is read-only."""
    path = cache_file()
    size = len(morphology.candidate_table) + len(morphology.lemma_table)
    if path is None or size - morphology.saved < 1000 or len(morphology.candidate_table) > LIMIT:
        return None
    import pandas as pd

    lemmas: dict[str, list[str]] = {}
    for (word, tag), lemma in morphology.lemma_table.items():
        lemmas.setdefault(word, []).append(f"{tag}={lemma}")
    words = sorted(set(morphology.candidate_table) | set(lemmas))
    empty: Candidates = ([], [])
    table = pd.DataFrame(
        {
            "word": words,
            "inside": [_encode(morphology.candidate_table.get(w, empty)[0]) for w in words],
            "initial": [_encode(morphology.candidate_table.get(w, empty)[1]) for w in words],
            "lemmas": [lemmas.get(w, []) for w in words],
        }
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        table.to_parquet(part, index=False, compression="zstd")
        part.replace(path)
    except OSError:
        return None
    morphology.saved = size
    return path


def _encode(pairs: list[tuple[int, float]]) -> str:
    return " ".join(f"{tag}:{value}" for tag, value in pairs)


def _decode(text: str) -> list[tuple[int, float]]:
    return [(int(tag), float(value)) for tag, _, value in (pair.partition(":") for pair in text.split())]
