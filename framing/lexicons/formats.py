"""Sentiment lexicons of others, read as their authors publish them.

Each reader turns the lines of one file into entries ``(term, part of speech, valence)`` in [-1, 1]; what cannot be used
is set aside with its line and the reason. None of these lexicons comes with this package: their licences are their
authors' (see :data:`FORMATS`), and a result made with one has to cite it.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from framing.errors import InputError, UsageError

Entry = tuple[str, str, float]
# Bytes that a file in an archive may unpack to.
LARGEST = 100_000_000
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\Z")
_SENTIWS = re.compile(r"([^|\t]+)\|(\w+)\t(\S+)(?:\t(.*))?\Z")
_WORDLIKE = re.compile(r"[^\W\d_]")
_POS = {
    "NN": "noun", "NE": "noun", "N": "noun", "VV": "verb", "VVINF": "verb", "V": "verb", "ADJX": "adj", "AD": "adj",
    "AJ": "adj", "ADJA": "adj", "ADJD": "adj", "AV": "adv", "ADV": "adv",
}  # fmt: skip
_CLASS = {"positive": 1.0, "negative": -1.0, "neutral": 0.0}


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that could not be used."""

    file: str
    line: int
    reason: str


@dataclass(slots=True)
class Parsed:
    """What was read: entries, each ``(term, pos)`` once, where each stood, and the lines set aside."""

    entries: list[Entry] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, place: tuple[str, int], term: str, pos: str, value: float) -> None:
        """Add an entry."""
        self.entries.append((term, pos, value))
        self.places.append(place)


@dataclass(frozen=True, slots=True)
class Format:
    """How a lexicon is published.

    Attributes
    ----------
    name
        Its usual name, under which it is kept if no other is given.
    suffixes
        Of its files inside a folder or a zip archive.
    pattern
        What the names of its files match there; other files are passed over.
    read
        ``(file name, content)`` to entries and rejects.
    citation, licence, url
        As its authors wish.
    scale
        What its values mean and how they were brought to [-1, 1].
    two_sided
        Whether positive and negative words come in separate files, both of which are needed.
    """

    name: str
    suffixes: tuple[str, ...]
    pattern: str
    read: Callable[[str, bytes], Parsed]
    citation: str
    licence: str
    url: str
    scale: str
    two_sided: bool = False


def read_lexicon(paths: Sequence[Path], format_name: str) -> Parsed:
    """Read a lexicon from its files, a folder or a zip archive.

    Parameters
    ----------
    paths
        One or more files, folders or zip archives.
    format_name
        Key of :data:`FORMATS`.

    Raises
    ------
    UsageError
        Where there is no such format.
    InputError
        Where a file is missing or most of its lines cannot be used.
    """
    if format_name not in FORMATS:
        raise UsageError(f"no lexicon format {format_name!r}", cure=f"one of {', '.join(FORMATS)}")
    how = FORMATS[format_name]
    parsed = Parsed()
    for path in paths:
        for label, data in _contents(path, how):
            try:
                part = how.read(label, data)
            except csv.Error as error:
                raise InputError(f"no table: {error}", file=label, cure="close its quotation marks") from None
            parsed.entries += part.entries
            parsed.places += part.places
            parsed.rejects += part.rejects
    first = str(paths[0])
    if not parsed.entries or len(parsed.rejects) > len(parsed.entries):
        worst = parsed.rejects[0] if parsed.rejects else Reject(first, 1, "no entries")
        raise InputError(
            f"{worst.reason}; {len(parsed.rejects)} lines are no entries of the format {format_name}",
            file=worst.file, record=f"line {worst.line}", cure=f"is it another format? One of {', '.join(FORMATS)}",
        )  # fmt: skip
    if how.two_sided and len({value > 0 for _, _, value in parsed.entries}) < 2:
        raise InputError(
            "only one half of the lexicon", file=first, cure="give the positive and the negative file, or their folder"
        )
    return _unique(parsed)


def _unique(parsed: Parsed) -> Parsed:
    """Each (term, pos) once; where two values differ, the first counts and the other is set aside."""
    seen: dict[tuple[str, str], tuple[float, tuple[str, int]]] = {}
    for (term, pos, value), place in zip(parsed.entries, parsed.places, strict=True):
        known, _ = seen.setdefault((term, pos), (value, place))
        if known != value:
            parsed.rejects.append(Reject(*place, f"{term!r} was given another value before"))
    largest = max(1.0, max(abs(value) for value, _ in seen.values()))
    entries = [(term, pos, value / largest) for (term, pos), (value, _) in seen.items()]
    return Parsed(entries, [place for _, place in seen.values()], parsed.rejects)


def _contents(path: Path, how: Format) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if _belongs(p.name, how))
            if not files:
                raise InputError(
                    "no file of this format in it", file=str(path), cure=f"it has files {' or '.join(how.suffixes)}"
                )
            for file in files:
                yield str(file), file.read_bytes()
        elif zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    if not info.is_dir() and _belongs(Path(info.filename).name, how):
                        if info.file_size > LARGEST:
                            raise InputError(
                                f"{info.filename} unpacks to {info.file_size:,} bytes", file=str(path),
                                cure="a lexicon has a few million; unpack it yourself if you trust it",
                            )  # fmt: skip
                        yield f"{path}:{info.filename}", archive.read(info)
        else:
            yield str(path), path.read_bytes()
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"cannot read it: {error}", file=str(path), cure="check the path") from None


def _belongs(name: str, how: Format) -> bool:
    return name.lower().endswith(how.suffixes) and re.search(how.pattern, name, re.IGNORECASE) is not None


def _lines(file: str, data: bytes) -> list[str]:
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", file=file, cure="save it as UTF-8") from None


def _value(text: str) -> float | None:
    value = float(text.replace(",", ".")) if _NUMBER.match(text) else None
    return value if value is not None and math.isfinite(value) else None


def read_sentiws(file: str, data: bytes) -> Parsed:
    """SentiWS: ``word|POS <tab> weight <tab> form,form,…``; the inflected forms become entries too."""
    parsed = Parsed()
    for number, line in enumerate(_lines(file, data), start=1):
        if not line.strip():
            continue
        match = _SENTIWS.match(line.rstrip())
        value = _value(match[3]) if match else None
        if match is None or value is None:
            parsed.rejects.append(Reject(file, number, "not word|POS, tab, weight"))
            continue
        pos = _POS.get(match[2], "")
        forms = [match[1], *(f.strip() for f in (match[4] or "").split(","))]
        for form in filter(None, dict.fromkeys(forms)):
            parsed.add((file, number), form, pos, value)
    return parsed


def read_polarity_clues(file: str, data: bytes) -> Parsed:
    """GermanPolarityClues: ``form, lemma, POS, class, weights, origin``, tabs between; the class is the value."""
    parsed = Parsed()
    for number, line in enumerate(_lines(file, data), start=1):
        cells = [c.strip() for c in line.split("\t")]
        if not line.strip():
            continue
        if len(cells) < 4 or cells[3] not in _CLASS:
            parsed.rejects.append(Reject(file, number, "not form, lemma, POS, class"))
        elif _WORDLIKE.search(cells[0]):
            parsed.add((file, number), cells[0], _POS.get(cells[2], ""), _CLASS[cells[3]])
    return parsed


def read_sentimerge(file: str, data: bytes) -> Parsed:
    """SentiMerge: ``lemma, PoS, sentiment, weight``, tabs between, all in lower case; nouns get their capital."""
    parsed = Parsed()
    for number, line in enumerate(_lines(file, data), start=1):
        cells = line.split("\t")
        value = _value(cells[2]) if len(cells) >= 3 else None
        if not line.strip() or cells[:3] == ["lemma", "PoS", "sentiment"]:
            continue
        if value is None or not cells[0].strip():
            parsed.rejects.append(Reject(file, number, "not lemma, PoS, sentiment"))
            continue
        pos = _POS.get(cells[1], "")
        term = cells[0].strip()
        parsed.add((file, number), term[:1].upper() + term[1:] if pos == "noun" else term, pos, value)
    return parsed


def read_rauh(file: str, data: bytes) -> Parsed:
    """Rauh's dictionary: an R workspace with a table of ``feature`` and ``sentiment``; needs pyreadr."""
    try:
        import pyreadr
    except ImportError:
        raise UsageError("reading .Rdata needs pyreadr", file=file, cure="pip install pyreadr") from None
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "lexicon.Rdata"
        copy.write_bytes(data)
        try:
            tables = pyreadr.read_r(str(copy))
        except Exception as error:
            raise InputError(f"no R workspace: {error}", file=file, cure="give the .Rdata file as published") from None
    # the table of negations repeats the words behind "nicht"; negation is the parser's business here
    fitting = [t for t in tables.values() if {"feature", "sentiment"} <= set(t.columns) and "pattern" not in t.columns]
    if not fitting:
        raise InputError(
            "no table with feature and sentiment",
            file=file,
            cure="give the file SentDictionaryGerman, not its negations",
        )
    parsed = Parsed()
    for number, (term, text) in enumerate(zip(fitting[0]["feature"], fitting[0]["sentiment"], strict=True), start=1):
        value = _value(str(text).strip())
        if value is None or not str(term).strip():
            parsed.rejects.append(Reject(file, number, "no feature or no sentiment"))
        else:
            parsed.add((file, number), str(term).strip(), "", value)
    return parsed


def read_csv(file: str, data: bytes) -> Parsed:
    """A table with columns ``term``, ``valence`` and, if known, ``pos``; comma, semicolon or tab between."""
    lines = _lines(file, data)
    header = lines[0] if lines else ""
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    if not {"term", "valence"} <= set(reader.fieldnames or ()):
        raise InputError(
            f"no columns term and valence among {reader.fieldnames}", file=file, record="line 1", cure="name them so"
        )
    parsed = Parsed()
    for row in reader:
        term, value = (row["term"] or "").strip(), _value((row["valence"] or "").strip())
        if not term or value is None:
            parsed.rejects.append(Reject(file, reader.line_num, "no term or no number as valence"))
        elif not -1 <= value <= 1:
            parsed.rejects.append(Reject(file, reader.line_num, f"valence {value:g} outside [-1, 1]"))
        else:
            pos = (row.get("pos") or "").strip().lower()
            parsed.add((file, reader.line_num), " ".join(term.split()), pos, value)
    return parsed


FORMATS: dict[str, Format] = {
    "sentiws": Format(
        "sentiws", (".txt",), r"SentiWS_.*(positive|negative)", read_sentiws,
        "Remus, R., Quasthoff, U. & Heyer, G. (2010): SentiWS - a Publicly Available German-language Resource for "
        "Sentiment Analysis. Proceedings of LREC 2010",
        "CC BY-NC-SA 3.0", "https://wortschatz.uni-leipzig.de/download/",
        "weights in [-1, 1] from co-occurrence (pointwise mutual information), many near 0: ±0.1 is not small", True,
    ),
    "rauh": Format(
        "rauh", (".rdata", ".rda"), r"SentDictionaryGerman(?!_Negation)", read_rauh,
        "Rauh, C. (2018): Validating a sentiment dictionary for German political language - a workbench note. Journal "
        "of Information Technology & Politics 15(4), 319-343",
        "see Harvard Dataverse, doi:10.7910/DVN/BKBXWD", "https://doi.org/10.7910/DVN/BKBXWD",
        "-1 or 1; forms in lower case without part of speech",
    ),
    "gpc": Format(
        "gpc", (".tsv",), r"GermanPolarityClues-(Positive|Negative|Neutral)-\d", read_polarity_clues,
        "Waltinger, U. (2010): GermanPolarityClues: A Lexical Resource for German Sentiment Analysis. Proceedings of "
        "LREC 2010",
        "CC BY-NC-SA 3.0", "http://www.ulliwaltinger.de/sentiment/",
        "the class: 1 positive, -1 negative, 0 neutral; its probabilities, given for few words, are not used", True,
    ),
    "sentimerge": Format(
        "sentimerge", (".txt",), r"sentimerge", read_sentimerge,
        "Emerson, G. & Declerck, T. (2014): SentiMerge: Combining Sentiment Lexicons in a Bayesian Framework. "
        "Proceedings of the Workshop on Lexical and Grammatical Resources for Language Processing",
        "see its repository", "https://github.com/guyemerson/SentiMerge",
        "posterior mean of four lexicons, divided by the largest absolute value so that it lies in [-1, 1]",
    ),
    "csv": Format("", (".csv", ".tsv"), "", read_csv, "", "", "", "as given, in [-1, 1]"),
}  # fmt: skip
