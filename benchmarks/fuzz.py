"""Random bytes into the readers, the lexicon loaders and the parser, for a given time; prints what broke.

Run ``python benchmarks/fuzz.py [--seconds 60] [--target readers|lexicons|parser]``; needs ``pip install atheris`` (Linux, macOS).
Coverage of the package's own code guides the choice of the next input. Allowed are results and ``FramingError``; anything
else ends the run with status 1 and leaves the input in the folder named by ``--folder``. What is found becomes a test in
``tests/test_hostile.py`` or ``tests/test_properties.py``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SUFFIXES = ("txt", "json", "jsonl", "csv", "tsv", "parquet", "gz", "html", "xml", "zip")
SEEDS = (
    b'{"id": "1", "outlet": "A", "title": "T", "text": "Der Minister lobte das gute Gesetz. Es ist ein Erfolg."}\n',
    b"outlet,title,text\nA,T,Der Minister lobte das gute Gesetz. Es ist ein Erfolg.\n",
    "„Das ist gut“, sagte Olaf Scholz. »Nein«, so Merz: ‚nicht‘ …\n\nDas 'Regime' in Moskau (3,5 %) z.B. droht.".encode(),
    b"term,valence,pos\ngut,0.5,adj\nschlecht,-0.5,\n",
    b"gut|ADJX\t0.5\tgute,guter\n",
    b"actor,alias,type,wikidata\nOlaf Muster,Muster,person,Q1\n",
    b"[[[{\"text\": [[[[", b"\xff\xfea\x00", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"PAR1",
)  # fmt: skip


def _readers(folder: Path, data: bytes) -> None:
    from framing.corpus import read

    file = folder / f"file.{SUFFIXES[data[0] % len(SUFFIXES)] if data else 'txt'}"
    file.write_bytes(data[1:])
    try:
        corpus = read([file])
        assert corpus.articles["article_id"].is_unique
    finally:
        file.unlink()


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
    from framing.scoring import score_article

    text = (
        data.decode("utf-8", "surrogatepass" if len(data) % 2 else "replace")
        if _is_text(data)
        else data.decode("latin-1")
    )
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


TARGETS: dict[str, Callable[[Path, bytes], None]] = {"readers": _readers, "lexicons": _lexicons, "parser": _parser}


def fuzz(target: str, seconds: int, folder: Path) -> None:
    """Run one target until the time is over or something breaks; does not return."""
    os.environ |= {"FRAMING_CACHE": "off", "OMP_NUM_THREADS": "1"}
    sys.path.insert(0, str(REPOSITORY))
    import warnings

    import atheris

    with atheris.instrument_imports(include=["framing"]):
        import framing.corpus
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

    corpus = folder / f"corpus-{target}"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(SEEDS):
        for first in range(4):
            (corpus / f"seed-{number}-{first}").write_bytes(bytes([first]) + seed)
    flags = [
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-rss_limit_mb=4000",
        "-timeout=30",
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
        print(f"{target:10} {'ok' if done.returncode == 0 else 'broke'}  {next(units, '?')} inputs")
        if done.returncode:
            broken += 1
            print("\n".join(f"    {line[:160]}" for line in tail[-25:]))
    print(f"inputs in {folder}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
