"""The lexicons: one CSV each, read once, known by the hash of their content."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from framing.errors import InputError

FOLDER = Path(__file__).parent

# name -> (file, what it is, licence)
CATALOGUE: dict[str, tuple[str, str]] = {
    "valence": ("valence.csv", "news valence: how a word sounds in news, -1 to 1"),
    "shifters": ("shifters.csv", "negators, reversers, intensifiers, diminishers"),
    "seeds": ("seeds.csv", "seed words of good and bad news, for latent semantic scaling"),
    "loaded_terms": ("loaded_terms.csv", "loaded terms of German political news, with neutral wordings"),
    "loaded_terms_exceptions": ("loaded_terms_exceptions.csv", "words that only look like loaded terms"),
    "frames": ("frames.csv", "words of the five generic news frames"),
    "frame_functions": ("frame_functions.csv", "cues of the four functions of framing"),
    "frame_axes": ("frame_axes.csv", "axes of meaning by two poles of words"),
    "cues": ("cues.csv", "words that introduce speech, with their class"),
    "verbs": ("verbs.csv", "verbs: agency, power and what they say of agent and theme"),
    "stances": ("stances.csv", "words of stance and what relation leads to whom they judge"),
    "states": ("states.csv", "states with adjectives, inhabitants, capitals and seats of government"),
    "organisations": ("organisations.csv", "organisations with short forms"),
    "offices": ("offices.csv", "offices and titles of persons"),
    "public_figures": ("public_figures.csv", "persons of the news with the spellings of their names"),
    "surnames": ("surnames.csv", "surnames, as a hint for the tagger of names"),
    "given_names": ("given_names.csv", "given names"),
    "places": ("places.csv", "cities, regions and other places"),
    "name_stopwords": ("name_stopwords.csv", "capitalised words that are no names"),
}
LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class Lexicon:
    """One lexicon as read.

    Attributes
    ----------
    name
        Its name in the catalogue, or the file's stem.
    path
        Where it was read.
    rows
        Its rows as dictionaries of strings.
    digest
        First 12 hexadecimal digits of the SHA-256 of the file; goes into the signature of every result.
    """

    name: str
    path: Path
    rows: list[dict[str, str]] = field(repr=False, compare=False)
    digest: str

    def __len__(self) -> int:
        return len(self.rows)


def load(name: str) -> Lexicon:
    """Lexicon by its name in the catalogue, one added by ``framing lexicon add``, or a CSV file by its path.

    Raises
    ------
    InputError
        Where there is no such lexicon or the file is not a CSV table with a header.
    """
    if name in CATALOGUE:
        return _read(FOLDER / CATALOGUE[name][0], name)
    from framing.lexicons import user

    path = user.find(name) or Path(name)
    if not path.is_file():
        names = ", ".join(sorted([*available(), *user.added()]))
        raise InputError(f"no lexicon {name!r}", cure=f"give a CSV file or one of: {names}")
    return _read(path, path.stem, path.stat().st_mtime_ns)


def available() -> list[str]:
    """Names of the lexicons that come with the package; :func:`framing.lexicons.user.added` names the user's."""
    return [name for name, (file, _) in CATALOGUE.items() if (FOLDER / file).is_file()]


@lru_cache(maxsize=64)
def _read(path: Path, name: str, _changed: int = 0) -> Lexicon:
    # the time of change is part of the key: a file of the user's can be another one under the same name
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read lexicon: {error}", file=str(path), cure="save it as UTF-8 CSV") from None
    reader = csv.DictReader(text.splitlines())
    try:
        rows = [{k: (v or "").strip() for k, v in row.items() if k is not None} for row in reader]
    except csv.Error as error:
        raise InputError(f"no table: {error}", file=str(path), cure="close its quotation marks") from None
    if not rows or reader.fieldnames is None or "," not in text.splitlines()[0]:
        raise InputError("no table with a header", file=str(path), cure="give a comma-separated file with column names")
    return Lexicon(name, path, rows, hashlib.sha256(data).hexdigest()[:12])
