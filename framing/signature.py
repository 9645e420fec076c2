"""The signature of a result: what it was made with, in one line for a paper and in full for a repeat."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing import __version__
from framing import lexicons as lexicon_files
from framing.errors import InputError

PACKAGES = ("numpy", "pandas", "scikit-learn", "HanTa", "simplemma", "textblob-de")
HASHED_COLUMNS = ("article_id", "outlet", "title", "text")
SHORT_DIGITS = 12
# Hashes joined at once.
_AT_ONCE = 100_000


@dataclass(frozen=True, eq=True)
class Signature(Mapping[str, Any]):
    """What a result was made with. Holds no time and no path: the same inputs give the same bytes.

    Attributes
    ----------
    framing : str
        Version of this package.
    python : str
        Version of Python.
    packages : dict of str to str
        Versions of the packages that a number can depend on; ``"absent"`` where one is not installed.
    scorers : dict of str to dict
        Each scorer with its parameters.
    lexicons : dict of str to str
        Each lexicon with the first 12 hexadecimal digits of the SHA-256 of its file.
    corpus : str
        SHA-256 of the corpus as 64 hexadecimal digits, see `corpus_hash`; empty where no corpus is known.
    articles : int
        Number of articles.
    seed : int
        Seed of everything that draws at random.

    Examples
    --------
    >>> corpus = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "title": ["T"], "text": ["Ein Text."]})
    >>> signature = sign(corpus, scorers={"sentiment": {"method": "lexicon"}}, lexicons=[], seed=7)
    >>> signature["articles"], signature["seed"]
    (1, 7)
    >>> signature.short().split("|")[1]
    'sentiment:lexicon'
    """

    framing: str
    python: str
    packages: Mapping[str, str]
    scorers: Mapping[str, Mapping[str, Any]]
    lexicons: Mapping[str, str]
    corpus: str
    articles: int
    seed: int

    def __getitem__(self, key: str) -> Any:
        return asdict(self)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(asdict(self))

    def __len__(self) -> int:
        return len(asdict(self))

    def __hash__(self) -> int:
        return hash(self.json())

    def __str__(self) -> str:
        return self.short()

    def short(self) -> str:
        """One line without spaces, to be pasted into a paper."""
        parts = [f"framing:{self.framing}"]
        parts += [_scorer_part(name, self.scorers[name]) for name in self.scorers]
        parts += [f"lex:{name}-{digest}" for name, digest in self.lexicons.items()]
        parts += [f"corpus:{self.corpus[:SHORT_DIGITS] or 'none'}", f"n:{self.articles}", f"seed:{self.seed}"]
        return "|".join("".join(part.replace("|", "/").split()) for part in parts)

    def json(self) -> str:
        """The whole signature as JSON with sorted keys."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n"

    def to_json(self, path: str | os.PathLike[str]) -> Path:
        """Write the signature to a file, whole or not at all."""
        return write_atomic(path, self.json().encode("utf-8"))

    @classmethod
    def from_json(cls, path: str | os.PathLike[str]) -> Signature:
        """Read what `to_json` wrote.

        Raises
        ------
        InputError
            Where the file is missing or is no signature.
        """
        try:
            data = json.loads(Path(path).read_text("utf-8"))
            return cls(**{entry.name: data[entry.name] for entry in fields(cls)})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"no readable signature ({type(error).__name__})", file=str(path), cure="score the corpus again"
            ) from None


def sign(
    corpus: pd.DataFrame | None,
    *,
    scorers: Mapping[str, Mapping[str, Any]],
    lexicons: Iterable[str],
    seed: int = 0,
) -> Signature:
    """Signature of a run.

    Parameters
    ----------
    corpus : DataFrame or None
        Corpus table with at least ``article_id, outlet, title, text``; None where it is not at hand.
    scorers : mapping of str to mapping
        Name of each scorer, and its parameters as plain values. Of a CSV file only the name is kept: where it lies
        on one machine says nothing, what is in it says its digest under `lexicons`.
    lexicons : iterable of str
        Names or paths of the lexicons used, as `framing.lexicons.load` takes them.
    seed : int
        Seed of the run.

    Raises
    ------
    InputError
        Where a lexicon cannot be read.
    """
    read = [lexicon_files.load(name) for name in lexicons]
    return Signature(
        framing=__version__,
        python=platform.python_version(),
        packages={name: package_version(name) for name in PACKAGES},
        scorers={
            name: {key: _without_folder(value) for key, value in sorted(parameters.items())}
            for name, parameters in sorted(scorers.items())
        },
        lexicons={lexicon.name: lexicon.digest for lexicon in sorted(read, key=lambda one: one.name)},
        corpus="" if corpus is None else corpus_hash(corpus),
        articles=0 if corpus is None else len(corpus),
        seed=seed,
    )


def corpus_hash(corpus: pd.DataFrame) -> str:
    """SHA-256 of a corpus that does not depend on the order of its articles.

    Each article's id, outlet, title and text are hashed as one JSON list (so that no field can run into the next);
    the sorted hashes are hashed again. A missing title counts as an empty one.
    """
    columns = [
        corpus[name].astype(object).where(corpus[name].notna(), "") if name in corpus else [""] * len(corpus)
        for name in HASHED_COLUMNS
    ]
    return combine_hashes(article_hash(*map(str, fields)) for fields in zip(*columns, strict=True))


def article_hash(article_id: str, outlet: str, title: str, text: str) -> str:
    """SHA-256 of one article, 64 hexadecimal digits."""
    record = json.dumps([article_id, outlet, title, text], ensure_ascii=True)
    return hashlib.sha256(record.encode("ascii")).hexdigest()


def combine_hashes(hashes: Iterable[str]) -> str:
    """Hash of a set of article hashes, whatever their order; lets a corpus be hashed in batches."""
    # as one array a million of them take 64 MB, as strings four times that
    ordered = np.fromiter((h.encode("ascii") for h in hashes), "S64")
    ordered.sort()
    digest = hashlib.sha256()
    for at in range(0, len(ordered), _AT_ONCE):
        digest.update(b"\n" * (at > 0) + b"\n".join(ordered[at : at + _AT_ONCE].tolist()))
    return digest.hexdigest()


def package_version(name: str) -> str:
    """Version of an installed package, ``"absent"`` where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def write_atomic(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write a file so that a reader sees the old or the new one, never half of it."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        draft.chmod(0o644)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return target


def _scorer_part(name: str, parameters: Mapping[str, Any]) -> str:
    if not parameters:
        return name
    if set(parameters) == {"method"}:
        return f"{name}:{parameters['method']}"
    return f"{name}:" + ",".join(f"{key}={value}" for key, value in sorted(parameters.items()))


def _without_folder(value: Any) -> Any:
    is_file = isinstance(value, Path) or (isinstance(value, str) and value.lower().endswith(".csv"))
    return Path(value).name if is_file else value
