"""Memory and time of ``framing score`` over growing corpora and on several processes; prints one table.

Run ``python benchmarks/scale.py [--data ../shared/data] [--articles 1000 10000 100000] [--engines 4000]``. The articles of
the development data are repeated with new ids until there are enough. Each run is the command itself in a process of its own,
with one thread for linear algebra; it finds a cache of word types that a run over the same articles left, as the second
corpus of any user does. Seconds are those of the processor for one process and those on the wall where processes are
compared, so close other programs for the latter. Memory is the operating system's peak for the largest process of a run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
ARTICLES = Path("articles") / "multi_outlet.jsonl.gz"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
GROUP = 1000


@dataclass(frozen=True)
class Measured:
    """One run of ``framing score``."""

    articles: int
    how: str
    wall: float
    processor: float
    megabytes: float


def repeat(source: Path, target: Path, count: int) -> None:
    """Write a corpus of `count` articles: those of `source` over and over, with new ids, evenly mixed."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

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
        command = [sys.executable, "-W", "ignore", "-m", "framing", "score", str(corpus), "-o", f"{folder}/scores"]
        started = time.perf_counter()
        process = subprocess.Popen([*command, *options], env=environment, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"scale: framing score ended with {process.returncode}")
    megabytes = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Measured(count, how, time.perf_counter() - started, usage.ru_utime + usage.ru_stime, megabytes)


@contextmanager
def dask_cluster(cache: Path) -> Iterator[str]:
    """Address of a scheduler with two workers, each a process with one thread."""
    from distributed import LocalCluster

    os.environ |= {**dict.fromkeys(THREADS, "1"), "FRAMING_CACHE": str(cache)}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0) as cluster:
        yield cluster.scheduler_address


def measure(base: Path, folder: Path, counts: list[int], engines: int) -> Iterator[Measured]:
    """All runs, one after the other."""
    cache, corpus = folder / "cache", folder / "corpus.parquet"
    repeat(base, corpus, engines or min(counts))
    run(corpus, engines or min(counts), cache, "first")
    if engines:
        yield run(corpus, engines, cache, "1 process")
        yield run(corpus, engines, cache, "2 processes", "--workers", "2")
        with dask_cluster(cache) as address:
            yield run(corpus, engines, cache, "2 Dask workers", "--scheduler", address)
    for count in counts:
        repeat(base, corpus, count)
        yield run(corpus, count, cache, "streamed")


def show(results: list[Measured]) -> str:
    """The table."""
    lines = [f"{'articles':>10}  {'how':16}{'wall, s':>10}{'processor, s':>14}{'per 1,000':>11}{'peak, MB':>10}"]
    for r in results:
        per = 1000 * r.processor / r.articles
        lines.append(
            f"{r.articles:>10,}  {r.how:16}{r.wall:>10.1f}{r.processor:>14.1f}{per:>11.2f}{r.megabytes:>10,.0f}"
        )
    by = {r.how: r for r in results}
    lines.append("")
    if "2 processes" in by:
        lines.append(f"two processes against one: {by['1 process'].wall / by['2 processes'].wall:.2f} times as fast")
        share = by["2 processes"].wall / by["2 Dask workers"].wall
        lines.append(f"two Dask workers against two processes: {share:.2f} times as fast")
    streamed = [r for r in results if r.how == "streamed"]
    for a, b in zip(streamed, streamed[1:]):
        lines.append(
            f"{b.articles / a.articles:g} times the articles: {b.processor / a.processor:.2f} times the seconds"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("FRAMING_DATA") or REPOSITORY.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(default), help=f"folder with {ARTICLES}")
    parser.add_argument("--corpus", type=Path, help="a corpus file of `framing read` instead")
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 10_000, 100_000], metavar="N")
    parser.add_argument("--engines", type=int, default=4000, metavar="N", help="articles for the processes, 0: none")
    parser.add_argument("--folder", type=Path, help="where the corpora and scores may lie meanwhile")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    source = options.corpus or options.data / ARTICLES
    if not source.is_file():
        print(f"scale: {source}: no such file; give the folder with --data or FRAMING_DATA", file=sys.stderr)
        return 2
    results: list[Measured] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        base = source if options.corpus else _read(source, folder / "base.parquet")
        for result in measure(base, folder, options.articles, options.engines):
            print(result, file=sys.stderr)
            results.append(result)
    print(json.dumps([vars(r) for r in results]) if options.json else show(results))
    return 0


def _read(source: Path, target: Path) -> Path:
    sys.path.insert(0, str(REPOSITORY))
    from framing.corpus import read

    corpus: Any = read([source])
    corpus.articles.to_parquet(target, index=False)
    return target


if __name__ == "__main__":
    sys.exit(main())
