"""Memory and time of ``framing score`` over growing corpora and on several processes; prints tables.

Run ``python benchmarks/scale.py [--data ../shared/data] [--articles 1000 10000 100000] [--engines 4000] [--results FILE]``. The
articles of the development data are repeated with new ids until there are enough. Each run is the command itself in a process of
its own, with one thread for linear algebra; it finds a cache of word types that a run over the same articles left, as the second
corpus of any user does. Seconds are those of the processor for one process and those on the wall where processes are
compared, so close other programs for the latter. Memory is the operating system's peak for the largest process of a run.

With ``--results FILE`` each run is written down as soon as it is done, and runs that stand there are not repeated: a benchmark that was
stopped goes on when it is started again. ``--plan`` prints what 100 million articles would take, by the slopes measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

REPOSITORY = Path(__file__).resolve().parents[1]
ARTICLES = Path("articles") / "multi_outlet.jsonl.gz"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
GROUP = 1000
MEASURE = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
wall, used = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, wall, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
ENGINES = ("1 process", "2 processes", "2 Dask workers")
PLANNED, CORES = 100_000_000, 200
# In the unit of a provider: a core-hour, a gigabyte for a month.
PRICE, STORAGE = 0.05, 0.02


@dataclass(frozen=True)
class Measured:
    """One run of ``framing score``.

    Attributes
    ----------
    articles, how
        What was run.
    wall, processor
        Seconds.
    megabytes
        Peak of memory of its largest process.
    corpus, scores
        Bytes on disk.
    hits
        Rows of the table of hits.
    """

    articles: int
    how: str
    wall: float
    processor: float
    megabytes: float
    corpus: int
    scores: int
    hits: int


def repeat(source: Path, target: Path, count: int) -> None:
    """Write a corpus of `count` articles: those of `source` over and over, with new ids, evenly mixed."""
    base = pd.read_parquet(source, columns=["article_id", "outlet", "published", "title", "text"])
    order = np.random.default_rng(0).permutation(len(base))
    schema = pa.Schema.from_pandas(base, preserve_index=False)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for low in range(0, count, GROUP):
            at = np.arange(low, min(low + GROUP, count))
            part = base.iloc[order[at % len(base)]].copy()
            part["article_id"] = [f"{name}#{number}" for name, number in zip(part["article_id"], at // len(base))]
            writer.write_table(pa.Table.from_pandas(part, schema=schema, preserve_index=False))


def run(corpus: Path, count: int, cache: Path, how: str, *options: str) -> Measured:
    """Score a corpus by the command; the scores are thrown away."""
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "FRAMING_CACHE": str(cache)}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (str(REPOSITORY), os.environ.get("PYTHONPATH", "")) if p)
    with tempfile.TemporaryDirectory(dir=corpus.parent) as folder:
        scores = Path(folder, "scores")
        command = [sys.executable, "-W", "ignore", "-m", "framing", "score", str(corpus), "-o", str(scores)]
        # by a process between: a child's peak of memory begins with the memory of the one that started it
        measured = [sys.executable, "-c", MEASURE, *command, *options]
        done = subprocess.run(measured, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        status, wall, seconds, kilobytes = json.loads(done.stdout)
        if status:
            raise SystemExit(f"scale: framing score ended with {status}")
        written = sum(file.stat().st_size for file in scores.iterdir())
        hits = pq.read_metadata(scores / "hits.parquet").num_rows
    megabytes = kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Measured(count, how, wall, seconds, megabytes, corpus.stat().st_size, written, hits)


@contextmanager
def dask_cluster(cache: Path) -> Iterator[str]:
    """Address of a scheduler with two workers, each a process with one thread."""
    from distributed import LocalCluster

    os.environ |= {**dict.fromkeys(THREADS, "1"), "FRAMING_CACHE": str(cache)}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", memory_limit=0) as cluster:
        yield cluster.scheduler_address


def measure(source: Path, folder: Path, counts: list[int], engines: int, done: list[Measured]) -> Iterator[Measured]:
    """The runs that are not done, one after the other."""
    known = {(r.articles, r.how) for r in done}
    compared = [(engines, how) for how in ENGINES] if engines else []
    wanted = [one for one in (*compared, *((count, "streamed") for count in counts)) if one not in known]
    if not wanted:
        return
    cache, corpus, held = folder / "cache", folder / "corpus.parquet", engines or min(counts)
    base = source if source.suffix == ".parquet" else _read(source, folder / "base.parquet")
    repeat(base, corpus, held)
    run(corpus, held, cache, "first")
    for count, how in wanted:
        if count != held:
            repeat(base, corpus, held := count)
        if how == "2 Dask workers":
            with dask_cluster(cache) as address:
                yield run(corpus, count, cache, how, "--scheduler", address)
        else:
            yield run(corpus, count, cache, how, *(("--workers", "2") if how == "2 processes" else ()))


def show(results: list[Measured]) -> str:
    """The table."""
    lines = [f"{'articles':>10}  {'how':16}{'wall, s':>10}{'processor, s':>14}{'per 1,000':>11}{'peak, MB':>10}"]
    for r in results:
        per = 1000 * r.processor / r.articles
        lines.append(
            f"{r.articles:>10,}  {r.how:16}{r.wall:>10.1f}{r.processor:>14.1f}{per:>11.2f}{r.megabytes:>10,.0f}"
        )
    return "\n".join([*lines, "", *_against_targets(results)])


def _against_targets(results: list[Measured]) -> list[str]:
    """The rows of the targets: what was measured, the least that is asked and what is wished for."""
    by = {r.how: r for r in results}
    lines = [f"{'what':44}{'measured':>10}{'floor':>8}{'goal':>8}"]
    if set(ENGINES) <= by.keys():
        one, two, dask = (by[how].wall for how in ENGINES)
        lines.append(f"{'two processes against one, times as fast':44}{one / two:>10.2f}{1.7:>8}{1.95:>8}")
        lines.append(f"{'two Dask workers against two processes':44}{two / dask:>10.2f}{0.85:>8}{0.95:>8}")
    streamed = sorted((r for r in results if r.how == "streamed"), key=lambda r: r.articles)
    for a, b in zip(streamed, streamed[1:]):
        times = b.articles / a.articles
        what = f"seconds for {times:g} times the articles ({b.articles:,})"
        lines.append(f"{what:44}{b.processor / a.processor:>10.2f}{1.05 * times:>8.4g}{times:>8.4g}")
    if streamed:
        what = f"peak memory, MB, {streamed[-1].articles:,} articles"
        lines.append(f"{what:44}{streamed[-1].megabytes:>10,.0f}{1000:>8}{500:>8}")
    return lines


def plan(results: list[Measured], articles: int = PLANNED) -> str:
    """What so many articles would take, by the slope between the two largest runs, as a table in Markdown."""
    streamed = sorted((r for r in results if r.how == "streamed"), key=lambda r: r.articles)
    if len(streamed) < 2:
        raise SystemExit("scale: a plan needs two sizes: --articles 1000 10000")
    a, b = streamed[-2:]
    step = b.articles - a.articles
    seconds = (b.processor - a.processor) / step
    corpus, scores, hits = ((getattr(b, name) - getattr(a, name)) / step for name in ("corpus", "scores", "hits"))
    hours, gigabytes = articles * seconds / 3600, articles * (corpus + scores) / 1e9
    rows = [
        ("seconds of one core", f"{seconds:.4f} s", f"{hours:,.0f} core-hours; {hours / CORES:,.1f} hours on {CORES} cores"),
        ("corpus, Parquet", f"{corpus / 1e3:.1f} kB", f"{articles * corpus / 1e9:,.0f} GB"),
        ("scores with texts, Parquet", f"{scores / 1e3:.1f} kB", f"{articles * scores / 1e9:,.0f} GB"),
        ("hits", f"{hits:,.0f} rows", f"{articles * hits / 1e9:,.1f} billion rows"),
        ("memory of the largest process", f"{(b.megabytes - a.megabytes) * 1e3 / step:.3f} kB", f"{b.megabytes:,.0f} MB at {b.articles:,} articles"),
        (f"computing at {PRICE} a core-hour", "", f"{hours * PRICE:,.0f} units"),
        (f"storing at {STORAGE} a gigabyte and month", "", f"{gigabytes * STORAGE:,.0f} units a month"),
    ]  # fmt: skip
    head = [
        f"| for each article | slope, {a.articles:,} to {b.articles:,} | for {articles / 1e6:,.0f} million |",
        "| --- | --- | --- |",
    ]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("FRAMING_DATA") or REPOSITORY.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(default), help=f"folder with {ARTICLES}")
    parser.add_argument("--corpus", type=Path, help="a corpus file of `framing read` instead")
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 10_000, 100_000], metavar="N")
    parser.add_argument("--engines", type=int, default=4000, metavar="N", help="articles for the processes, 0: none")
    parser.add_argument("--folder", type=Path, help="where the corpora and scores may lie meanwhile")
    parser.add_argument("--results", type=Path, help="file of runs (JSON Lines): those in it are not repeated")
    parser.add_argument("--plan", action="store_true", help="print what 100 million articles would take")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    source = options.corpus or options.data / ARTICLES
    if not source.is_file():
        print(f"scale: {source}: no such file; give the folder with --data or FRAMING_DATA", file=sys.stderr)
        return 2
    results = _known(options.results)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        for result in measure(source, Path(name), options.articles, options.engines, results):
            print(result, file=sys.stderr)
            results.append(result)
            if options.results:
                with options.results.open("a", encoding="utf-8") as written:
                    written.write(json.dumps(vars(result)) + "\n")
    print(json.dumps([vars(r) for r in results]) if options.json else show(results))
    if options.plan:
        print(f"\n{plan(results)}")
    return 0


def _known(file: Path | None) -> list[Measured]:
    if file is None or not file.is_file():
        return []
    return [Measured(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def _read(source: Path, target: Path) -> Path:
    sys.path.insert(0, str(REPOSITORY))
    from framing.corpus import read

    corpus: Any = read([source])
    corpus.articles.to_parquet(target, index=False)
    return target


if __name__ == "__main__":
    sys.exit(main())
