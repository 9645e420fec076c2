"""Public German corpora: what they are, and downloading one with its licence accepted and its checksum kept."""

from __future__ import annotations

import hashlib
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from framing.errors import InputError, UsageError

_PIECE = 2**16
_TIMEOUT_SECONDS = 60
_SUM_SUFFIX = ".sha256"


@dataclass(frozen=True)
class PublicCorpus:
    """A corpus that others publish.

    Attributes
    ----------
    name : str
        As the commands call it.
    what : str
        What it holds, in one line.
    licence : str
        As its publisher states it.
    page : str
        Where it is described.
    urls : tuple of str
        Its files; none where it must be fetched by hand, for which `how` says how.
    how : str
        From the files to a corpus table.
    sha256 : mapping of file name to checksum
        Where the publisher states one; of other files that of the first download is kept beside them.
    """

    name: str
    what: str
    licence: str
    page: str
    urls: tuple[str, ...]
    how: str
    sha256: tuple[tuple[str, str], ...] = ()


class Checked(NamedTuple):
    """The checksum of a file, and what it was compared with.

    Attributes
    ----------
    sha256 : str
        64 hexadecimal digits.
    against : str
        ``"publisher"``, ``"first download"``, or ``"nothing"`` where this was the first download and the publisher states none: the file is
        trusted as it came, and later ones are compared with it.
    """

    sha256: str
    against: str


_GNAD = "https://raw.githubusercontent.com/tblock/10kGNAD/master"
CORPORA: dict[str, PublicCorpus] = {
    corpus.name: corpus
    for corpus in (
        PublicCorpus(
            "10kgnad",
            "10,273 articles of Der Standard (Austria) in nine sections",
            "CC BY-NC-SA 4.0",
            "https://github.com/tblock/10kGNAD",
            (f"{_GNAD}/train.csv", f"{_GNAD}/test.csv"),
            "python -c \"import pandas; pandas.concat(pandas.read_csv(f, sep=';', quotechar=\\\"'\\\", "
            "names=['section', 'text']) for f in ('train.csv', 'test.csv')).to_csv('10kgnad.csv', index=False)\" && "
            "framing read 10kgnad.csv --outlet 'Der Standard' -o 10kgnad.parquet",
        ),
        PublicCorpus(
            "fang-covid",
            "41,242 articles of 13 outlets on COVID-19, 2020 to 2021, labelled real or fake by outlet",
            "none stated; the texts are the publishers'",
            "https://github.com/justusmattern/fang-covid",
            ("https://github.com/justusmattern/fang-covid/archive/refs/heads/main.zip",),
            "unzip main.zip && framing read fang-covid-main/articles --map text=article -o fang-covid.parquet",
        ),
        PublicCorpus(
            "one-million-posts",
            "12,087 articles of Der Standard (Austria), 2015 to 2016, with a million posts of readers",
            "CC BY-NC-SA 4.0",
            "https://ofai.github.io/million-post-corpus/",
            ("https://github.com/OFAI/million-post-corpus/releases/download/v1.0.0/million_post_corpus.tar.bz2",),
            # the bodies are HTML
            'tar xjf million_post_corpus.tar.bz2 && python -c "import sqlite3, pandas; from framing.corpus.readers.press_archive '
            "import html_lines; t = pandas.read_sql('select ID_Article as id, publishingDate as published, Title as title, "
            "Body as text, Path as section from Articles', sqlite3.connect('million_post_corpus/corpus.sqlite3')); "
            "t['text'] = [chr(10).join(html_lines(body or '')) for body in t['text']]; t.to_parquet('posts-source.parquet')\" && "
            "framing read posts-source.parquet --outlet 'Der Standard' -o one-million-posts.parquet",
        ),
        PublicCorpus(
            "wikinews",
            "all articles of the German Wikinews, newest dump",
            "CC BY (2.5 or 4.0 by date of the article; see its page)",
            "https://dumps.wikimedia.org/dewikinews/",
            ("https://dumps.wikimedia.org/dewikinews/latest/dewikinews-latest-pages-articles.xml.bz2",),
            "bunzip2 dewikinews-latest-pages-articles.xml.bz2 && "
            "framing read dewikinews-latest-pages-articles.xml -o wikinews.parquet",
        ),
        PublicCorpus(
            "parlspeech",
            "speeches in the Bundestag, 1991 to 2018 (ParlSpeech V2)",
            "CC0 1.0",
            "https://doi.org/10.7910/DVN/L4OAKN",
            (),
            "download Corp_Bundestag_V2.rds from its page, then: Rscript -e "
            '\'arrow::write_parquet(readRDS("Corp_Bundestag_V2.rds"), "parlspeech-source.parquet")\' && framing read '
            "parlspeech-source.parquet --map outlet=party --map section=agenda --map author=speaker -o parlspeech.parquet",
        ),
        PublicCorpus(
            "germaparl",
            "debates of the Bundestag since 1949, in TEI",
            "CLARIN PUB+BY+NC+SA",
            "https://github.com/PolMine/GermaParlTEI",
            ("https://github.com/PolMine/GermaParlTEI/archive/refs/heads/master.zip",),
            "framing read master.zip -o germaparl.parquet",
        ),
        PublicCorpus(
            "bundestag",
            "plenary proceedings in the XML of the Bundestag's open data, since 2017",
            "official works (section 5 of the German Copyright Act)",
            "https://www.bundestag.de/services/opendata",
            (),
            "download the XML files of the sessions from its page into the folder minutes, then: framing read minutes "
            "-o bundestag.parquet",
        ),
        PublicCorpus(
            "cc-news",
            "news pages of the whole web since 2016, in WARC, all languages (Common Crawl)",
            "terms of use of Common Crawl; the texts are the publishers'",
            "https://commoncrawl.org/blog/news-dataset-available",
            (),
            "choose files from https://data.commoncrawl.org/crawl-data/CC-NEWS/2023/05/warc.paths.gz, download them "
            "(each about 1 GB), then: framing read CC-NEWS-*.warc.gz -o cc-news.parquet",
        ),
    )
}


def find_corpus(name: str) -> PublicCorpus:
    """A corpus of the list.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    if name.casefold() not in CORPORA:
        raise UsageError(f"no public corpus {name!r} in the list", cure=f"one of: {', '.join(CORPORA)}")
    return CORPORA[name.casefold()]


def get_corpus(
    corpus: PublicCorpus, folder: Path, *, accept_licence: bool, progress: Callable[[int], object] | None = None
) -> dict[Path, Checked]:
    """Download the files of a corpus.

    A file appears under its name once it is whole and its checksum is right; what was loaded before a break is kept as
    ``NAME.part`` and continued. A file that is there already is only checked.

    Parameters
    ----------
    corpus : PublicCorpus
        As from `find_corpus`.
    folder : pathlib.Path
        Made if it is not there.
    accept_licence : bool
        Whether the user accepts the licence.
    progress : callable, optional
        Called with the number of bytes of each piece.

    Returns
    -------
    dict of path to Checked
        The files.

    Raises
    ------
    UsageError
        If the licence is not accepted, or the corpus must be fetched by hand.
    InputError
        If a file cannot be loaded or is not what its checksum says.
    """
    if not corpus.urls:
        raise UsageError(f"{corpus.name} cannot be downloaded by a program", cure=corpus.how)
    if not accept_licence:
        raise UsageError(
            f"{corpus.name} has the licence: {corpus.licence}; read it at {corpus.page}",
            cure="accept it with --accept-licence",
        )
    folder.mkdir(parents=True, exist_ok=True)
    known = dict(corpus.sha256)
    return dict(_get_file(url, folder, known, progress) for url in corpus.urls)


def _get_file(
    url: str, folder: Path, known: dict[str, str], progress: Callable[[int], object] | None
) -> tuple[Path, Checked]:
    path = folder / file_name(url)
    kept = path.with_name(path.name + _SUM_SUFFIX)
    wanted, against = known.get(path.name, ""), "publisher"
    if not wanted and kept.is_file():
        wanted, against = (kept.read_text(encoding="ascii").split() or [""])[0], "first download"
    if not path.is_file():
        part = path.with_name(path.name + ".part")
        _load(url, part, progress)
        found = _sha256(part)
        if wanted and found != wanted:
            part.unlink()
            raise InputError(
                f"checksum {found} where {wanted} is expected", file=url, cure="the file has changed there"
            )
        part.replace(path)
    found = _sha256(path)
    if wanted and found != wanted:
        raise InputError(
            f"checksum {found} where {wanted} is expected", file=str(path), cure="delete it and get it again"
        )
    if not kept.is_file():
        new = kept.with_name(kept.name + ".part")
        new.write_text(f"{found}  {path.name}\n", encoding="ascii")
        new.replace(kept)
    return path, Checked(found, against if wanted else "nothing")


def file_name(url: str) -> str:
    """Name under which the file of an address is kept: its last part, never a path."""
    name = re.sub(r"[^\w.-]", "_", unquote(urlsplit(url).path).rpartition("/")[2]).lstrip(".")
    return name or "download"


def _load(url: str, part: Path, progress: Callable[[int], object] | None) -> None:
    """Load a file to its end, from where an earlier try broke off."""
    if urlsplit(url).scheme not in ("https", "http"):
        raise InputError("no address of the web", file=url)
    have = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "framing", "Accept-Encoding": "identity"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:
            goes_on = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")
            have = have if goes_on else 0
            length = answer.headers.get("Content-Length")
            with part.open("ab" if goes_on else "wb") as handle:
                while piece := answer.read(_PIECE):
                    handle.write(piece)
                    have += len(piece)
                    length = str(int(length) - len(piece)) if length else None
                    if progress:
                        progress(len(piece))
                handle.flush()
                os.fsync(handle.fileno())
    except urllib.error.HTTPError as error:
        if error.code == 416 and error.headers.get("Content-Range") == f"bytes */{have}":
            return  # all of it was there
        if error.code == 416:
            part.unlink()
            raise InputError("the file has changed there", file=url, cure="run the same command again") from None
        raise InputError(f"not loaded: {error.code} {error.reason}", file=url) from None
    except (OSError, ValueError) as error:
        raise InputError(f"not loaded: {error}", file=url, cure="run the same command again: it goes on") from None
    if length not in (None, "0"):
        raise InputError(
            f"broken off, {length} bytes are missing", file=url, cure="run the same command again: it goes on"
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
