"""Random bytes into the readers, the lexicon loaders and the parser, for a given time; prints what broke.

Run ``python benchmarks/fuzz.py [--seconds 60] [--target NAME]``; needs ``pip install atheris`` (Linux, macOS) and
``framing[formats]``. A target ``readers`` gets the bytes as they are; one for each container wraps them, so that what is fuzzed
is the content and not the checksum around it. Coverage of the package's own code guides the choice of the next input. Allowed are
results and ``FramingError``; anything else, 60 seconds for one input, or 2 GB of memory end the run with status 1 and leave the
input in the folder named by ``--folder``. What is found becomes a test in ``tests/test_hostile.py`` or ``tests/corpus/readers``.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SUFFIXES = ("txt", "json", "jsonl", "csv", "tsv", "parquet", "gz", "html", "xml", "zip")
ROOTS = ("rss", "feed", "TEI", "dbtplenarprotokoll", "mediawiki")
LINE = "Der Minister lobte das gute Gesetz. Es ist ein Erfolg."
SEEDS = (
    b'{"id": "1", "outlet": "A", "title": "T", "text": "Der Minister lobte das gute Gesetz. Es ist ein Erfolg."}\n',
    b"outlet,title,text\nA,T,Der Minister lobte das gute Gesetz. Es ist ein Erfolg.\n",
    "„Das ist gut“, sagte Olaf Scholz. »Nein«, so Merz: ‚nicht‘ …\n\nDas 'Regime' in Moskau (3,5 %) z.B. droht.".encode(),
    b"term,valence,pos\ngut,0.5,adj\nschlecht,-0.5,\n",
    b"gut|ADJX\t0.5\tgute,guter\n",
    b"actor,alias,type,wikidata\nOlaf Muster,Muster,person,Q1\n",
    b"1 of 2 DOCUMENTS\n\nA\n\n3. Mai 2023\n\nT\n\nAUTOR: B\n\nLENGTH: 3 words\n\nEin Text.\n\nLOAD-DATE: May 3, 2023\n",
    b"T\nA\nMay 3, 2023\nSection: P; S. 1\nLength: 3 words\nBody\n\nEin Text.\n\nEnd of Document\n",
    b"HD T\nWC 3 words\nPD 3 May 2023\nSN A\nLP\nEin Text.\n\nAN Document AAAA000020230503ej530000a\n",
    b"A vom 03.05.2023, S. 4\n\nT\n\nEin Text.\n\nQuelle: A vom 03.05.2023\nDokumentnummer: 1\n",
    b"<channel><title>A</title><item><title>T</title><description>Ein &lt;b&gt;Text&lt;/b&gt;.</description></item></channel>",
    b"<text><body><div><sp who='A'><p>Ein Text.</p></sp><u who='#B'><seg>Noch einer.</seg></u></div></body></text>",
    b"<sitzungsverlauf><rede id='1'><p klasse='redner'><redner id='2'/></p><p>Ein Text.</p></rede></sitzungsverlauf>",
    b"<page><title>T</title><ns>0</ns><id>1</id><revision><text>'''Ein''' [[Text]]. {{Datum|3. Mai 2023}}</text></revision></page>",
    b"<article><h1>T</h1><p>Der Steg am Nordufer ist morsch, und niemand darf ihn betreten.</p></article>",
    b"\\b Titel\\b0\\par Ein Text mit \\u252? und \\'fc.\\par}",
    b"<w:p><w:r><w:t>Titel</w:t></w:r></w:p><w:p><w:r><w:t>Ein Text.</w:t></w:r></w:p>",
    b"<row><c t='inlineStr'><is><t>text</t></is></c></row><row><c t='inlineStr'><is><t>Ein Text.</t></is></c></row>",
    b'[{"text": "Eins."}, {"text": "Zwei."}]', b"[[[{\"text\": [[[[", b"\xff\xfea\x00", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"PAR1",
)  # fmt: skip


def _read(folder: Path, name: str, content: bytes) -> None:
    from framing.corpus import read

    file = folder / name
    file.write_bytes(content)
    try:
        corpus = read([file])
        assert corpus.articles["article_id"].is_unique
        assert corpus.articles["text"].str.len().gt(0).all()
    finally:
        file.unlink()


def _readers(folder: Path, data: bytes) -> None:
    _read(folder, f"file.{SUFFIXES[data[0] % len(SUFFIXES)] if data else 'txt'}", data[1:])


def _xml(folder: Path, data: bytes) -> None:
    root = ROOTS[data[0] % len(ROOTS)] if data else ROOTS[0]
    _read(folder, "file", f"<?xml version='1.0'?><{root}>".encode() + data[1:] + f"</{root}>".encode())


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _docx(folder: Path, data: bytes) -> None:
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    _read(folder, "file", _zip({"word/document.xml": start + data + b"</w:body></w:document>"}))


@cache
def _workbook() -> dict[str, bytes]:
    from openpyxl import Workbook

    buffer = io.BytesIO()
    Workbook().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _xlsx(folder: Path, data: bytes) -> None:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet = {"xl/worksheets/sheet1.xml": start + data + b"</sheetData></worksheet>"}
    _read(folder, "file", _zip(_workbook() | sheet))


def _archive(folder: Path, data: bytes) -> None:
    name, _, content = data.partition(b"\n")
    members = {"a.txt": content, (name.decode("utf-8", "replace").replace("\0", "") or "b.txt")[:200]: content[::-1]}
    _read(folder, "file", _zip(members))


def _warc(folder: Path, data: bytes) -> None:
    body = data[1:] if data[:1] > b"\x80" else b"<html><body><article>" + data[1:] + b"</article></body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {len(http)}\r\n"
    _read(
        folder, "file", head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + http + b"\r\n\r\n"
    )


def _gzip(folder: Path, data: bytes) -> None:
    _read(folder, "file", gzip.compress(data[1:], 1)[: -(data[0] % 16) or None] if data else b"\x1f\x8b")


def _lexicons(folder: Path, data: bytes) -> None:
    from framing.language.gazetteer import load_actors
    from framing.lexicons.formats import FORMATS, read_lexicon
    from framing.scorers.loaded_lexicon import load_loaded_terms

    file = folder / "lexicon.csv"
    file.write_bytes(data[1:])
    chosen = data[0] % (len(FORMATS) + 2) if data else 0
    if chosen < len(FORMATS):
        parsed = read_lexicon([file], list(FORMATS)[chosen])
        assert all(-1 <= value <= 1 for _, _, value in parsed.entries)
    elif chosen == len(FORMATS):
        load_loaded_terms(str(file))
    else:
        load_actors(file)


def _parser(_: Path, data: bytes) -> None:
    from framing import parse
    from framing.scoring import score_article

    text = data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")
    document = parse(text)
    spans = [document.to_frame(), document.names(), document.roles(), document.quotations(), document.mentions()]
    for table in spans:
        assert (table["start"] < table["end"]).all() and (table["end"] <= len(text)).all()
    result = score_article(text)
    for row in result.hits.itertuples():
        assert result.text[row.start : row.end] == row.surface
    for row in result.quotes.itertuples():
        assert 0 <= row.start < row.end <= len(result.text)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


TARGETS: dict[str, Callable[[Path, bytes], None]] = {
    "readers": _readers,
    "gzip": _gzip,
    "xml": _xml,
    "page": lambda folder, data: _read(folder, "file", b"<html><body>" + data),
    "rtf": lambda folder, data: _read(folder, "file", b"{\\rtf1\\ansi " + data),
    "docx": _docx,
    "xlsx": _xlsx,
    "zip": _archive,
    "warc": _warc,
    "lexicons": _lexicons,
    "parser": _parser,
}


def fuzz(target: str, seconds: int, folder: Path) -> None:
    """Run one target until the time is over or something breaks; does not return."""
    os.environ |= {"FRAMING_CACHE": "off", "OMP_NUM_THREADS": "1"}
    sys.path.insert(0, str(REPOSITORY))
    import warnings

    import atheris

    with atheris.instrument_imports(include=["framing"]):
        import framing.corpus
        import framing.language.document
        import framing.language.gazetteer
        import framing.lexicons.formats
        import framing.scorers.loaded_lexicon
        import framing.scoring  # noqa: F401
    from framing.errors import FramingError

    warnings.simplefilter("ignore")
    work = TARGETS[target]
    scratch = Path(tempfile.mkdtemp(dir=folder))

    def once(data: bytes) -> None:
        try:
            work(scratch, data)
        except FramingError as error:
            assert len(str(error).splitlines()) == 1, str(error)

    once(SEEDS[0])  # loads lexicons and models, which is not to count for the first input
    corpus = folder / f"corpus-{target}"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(SEEDS):
        for first in range(len(ROOTS)):
            (corpus / f"seed-{number}-{first}").write_bytes(bytes([first]) + seed)
        (corpus / f"seed-{number}").write_bytes(seed)
    flags = [
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-rss_limit_mb=2000",
        "-timeout=60",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={folder}/{target}-", str(corpus)], once)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default: 60)")
    parser.add_argument("--target", choices=list(TARGETS), help="only this one")
    parser.add_argument("--folder", type=Path, help="where inputs are kept (default: a new folder)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = (options.folder or Path(tempfile.mkdtemp(prefix="fuzz-"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if options.inside:
        fuzz(options.target, options.seconds, folder)
    broken = 0
    for target in [options.target] if options.target else TARGETS:
        command = [sys.executable, __file__, "--inside", "--target", target, "--folder", str(folder)]
        done = subprocess.run([*command, "--seconds", str(options.seconds)], capture_output=True, text=True)
        tail = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        units = (line.split()[-1] for line in tail if line.startswith("stat::number_of_executed_units"))
        print(f"{target:10} {'ok' if done.returncode == 0 else 'broke'}  {next(units, '?')} inputs", flush=True)
        if done.returncode:
            broken += 1
            print("\n".join(f"    {line[:160]}" for line in tail[-25:]), flush=True)
    print(f"inputs in {folder}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
