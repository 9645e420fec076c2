"""Seconds by stage and peak memory of ``framing report`` over a large corpus; prints one table.

Run ``python benchmarks/report_speed.py [DIR] [--articles 41000]``. DIR is a folder of scores; without it the demo corpus is
scored. Its tables are repeated with new ids until there are enough articles: nothing is scored again, so that words and
copies are those of the smaller corpus. The report is then written twice by processes of their own, which read the scores from disk as the
command does; the two must be the same bytes. Seconds on the wall hold only where no other program runs; those of the
processor are of all threads together. Memory is the operating system's peak for the process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# stage -> the function that does it, by the module that calls it
STAGES = {
    "means": ("results", "means"),
    "comparison, keyness": ("results", "_compared"),
    "loaded terms": ("results", "term_table"),
    "examples": ("results", "example_table"),
    "namings": ("results", "naming_table"),
    "word shift": ("results", "_shift_table"),
    "over time": ("results", "_time_table"),
    "frames": ("results", "_frames_table"),
    "rows of actors": ("checks", "of_actors"),
    "copies": ("checks", "copies"),
    "description": ("checks", "describe"),
    "events": ("checks", "with_events"),
    "same event": ("checks", "over_events"),
    "portraits": ("checks", "portrait"),
    "robustness": ("checks", "robustness"),
    "demo validation": ("checks", "demo_figures"),
    "figures": ("build", "draw"),
    "tables": ("build", "_write_tables"),
    "PDF": ("build", "render_pdf"),
    "HTML": ("build", "render_html"),
}


def repeat(source: Path, target: Path, count: int) -> None:
    """Write scores of `count` articles: those of `source` over and over, with new ids."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = {
        name: pd.read_parquet(source / f"{name}.parquet") for name in ("articles", "hits", "actors", "quotes", "texts")
    }
    size = len(tables["articles"])
    for name, table in tables.items():
        schema = pa.Schema.from_pandas(table, preserve_index=False)
        with pq.ParquetWriter(target / f"{name}.parquet", schema, compression="zstd") as writer:
            for turn in range(-(-count // size)):
                kept = tables["articles"]["article_id"].iloc[: count - turn * size]
                part = table[table["article_id"].isin(kept)].copy()
                part["article_id"] = part["article_id"] + f"#{turn}"
                writer.write_table(pa.Table.from_pandas(part, schema=schema, preserve_index=False))
    (target / "signature.json").write_bytes((source / "signature.json").read_bytes())


def measured(scores: Path, target: Path, template: str) -> dict[str, Any]:
    """Write the report in this process; seconds by stage."""
    started = time.perf_counter()
    build = import_module("framing.report.build")
    from framing.scores import Scores

    seconds = {"imports": (time.perf_counter() - started, time.process_time())}
    inside: list[str] = []

    def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(*arguments: Any, **options: Any) -> Any:
            if inside:
                return function(*arguments, **options)
            inside.append(stage)
            begin = time.perf_counter(), time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                inside.clear()
                known = seconds.get(stage, (0.0, 0.0))
                seconds[stage] = (
                    known[0] + time.perf_counter() - begin[0],
                    known[1] + time.process_time() - begin[1],
                )

        return wrapper

    for stage, (module, name) in STAGES.items():
        owner = import_module(f"framing.report.{module}")
        setattr(owner, name, timed(stage, getattr(owner, name)))
    build.report(
        Scores.load(scores), target / "report.pdf", html=target / "report.html", language="en", template=template
    )
    total = time.perf_counter() - started, time.process_time()
    seconds["reading and the rest"] = (
        total[0] - sum(wall for wall, _ in seconds.values()),
        total[1] - sum(processor for _, processor in seconds.values()),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return {"seconds": seconds, "total": total, "megabytes": peak, "digest": digest(target)}


def digest(folder: Path) -> str:
    """Of all files that the report wrote."""
    found = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return found.hexdigest()


def run(scores: Path, target: Path, template: str) -> dict[str, Any]:
    """`measured` in a process of its own, which may use two cores."""
    environment = {**dict.fromkeys(THREADS, "2"), **os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (str(REPOSITORY), os.environ.get("PYTHONPATH", "")) if p)
    target.mkdir()
    command = [sys.executable, __file__, str(scores), "--inside", str(target), "--template", template]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"report_speed: the report ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def show(results: list[dict[str, Any]], count: int) -> str:
    """The table."""
    runs = range(1, len(results) + 1)
    lines = [f"{f'{count:,} articles':24}" + "".join(f"{f'run {i}: wall, s':>18}{'processor, s':>14}" for i in runs)]
    stages = sorted(results[0]["seconds"], key=lambda stage: -results[0]["seconds"][stage][1])
    rows = [(stage, [one["seconds"].get(stage, (0.0, 0.0)) for one in results]) for stage in stages]
    for name, cells in [*rows, ("total", [one["total"] for one in results])]:
        lines.append(f"{name:24}" + "".join(f"{wall:>18.1f}{processor:>14.1f}" for wall, processor in cells))
    lines.append(f"{'peak memory, MB':24}" + "".join(f"{one['megabytes']:>18,.0f}{'':14}" for one in results))
    if len(results) > 1:
        same = len({one["digest"] for one in results}) == 1
        lines.append(f"the same bytes in all runs: {'yes' if same else 'NO'}")
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "scores", nargs="?", type=Path, metavar="DIR", help="folder of scores (default: the demo corpus)"
    )
    parser.add_argument("--articles", type=int, default=41_000, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--template", default="full", help="of the report (default: full)")
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="how often (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where the scores may lie meanwhile")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measured(options.scores, options.inside, options.template)))
        return 0
    if options.scores and not (options.scores / "articles.parquet").is_file():
        print(f"report_speed: {options.scores}: no scores; make them with framing score CORPUS -o DIR", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        many = folder / "many"
        many.mkdir()
        repeat(options.scores or _demo(folder / "demo"), many, options.articles)
        results = [run(many, folder / f"run{i}", options.template) for i in range(options.runs)]
    print(json.dumps(results) if options.json else show(results, options.articles))
    return 0


def _demo(target: Path) -> Path:
    sys.path.insert(0, str(REPOSITORY))
    from framing.demo import demo_corpus
    from framing.scoring import score

    corpus = demo_corpus()
    return score(corpus.articles.drop(columns="event"), progress=False).save(target)


if __name__ == "__main__":
    sys.exit(main())
