"""Speed and memory on one core: the whole path, each stage, and textblob-de's sentiment alone; prints a table.

Run ``python benchmarks/speed.py [--data ../shared/data] [--articles 300]``. Three states are told apart. *Cold*: a new process
without a cache of word types on disk, so that every word is new. *Cached*: a new process that finds the cache which an
earlier run over the same articles left. *Warm*: the second pass in one process, as later batches of a large corpus are.
All rates have the same denominator, the toolkit's own count of tokens, and count the seconds of the processor, so that other
work on the machine does not change them much. What is compared is run three times in turn, and the middle counts. Lexicons and
models are loaded before the clock starts, textblob-de's as the toolkit's; how long the latter take is printed below the table.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[1]
ARTICLES = Path("articles") / "multi_outlet.jsonl.gz"
BATCH = 100
# What is scored before the clock starts: a name, a quotation and a word that no table knows have everything loaded.
FIRST = "Angela Merkel sagte: „Das ist ein guter Tag für Zimmerbrunnenwünsche.“"
PASSES = ("first", "second")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
PATH_STAGES = ("read and clean", "parse and score")
# stage -> what of the parsed texts it computes, in the order in which they need each other
LANGUAGE = (
    ("tokenise", "tokens"),
    ("tag", "tag"),
    ("lemma", "word_lemma"),
    ("clauses", "clauses"),
    ("lemma", "lemma"),
    ("phrases", "phrases"),
    ("negation", "negation"),
    ("roles", "role_table"),
    ("names", "name_list"),
    ("quotations", "quotation_list"),
    ("voices", "voice"),
)
SCORERS = ("sentiment", "loaded_terms", "actors", "frames", "frame_functions")
STAGES = (*dict.fromkeys(name for name, _ in LANGUAGE), *SCORERS, "tables")


class Clock:
    """Seconds of the processor by name, and the seconds on the wall for all of them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.wall = self.processor = 0.0

    def time(self, name: str, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Call a function and add its seconds under `name`."""
        wall, processor = time.perf_counter(), time.process_time()
        result = function(*arguments, **options)
        elapsed = time.process_time() - processor
        self.seconds[name] = self.seconds.get(name, 0.0) + elapsed
        self.processor += elapsed
        self.wall += time.perf_counter() - wall
        return result

    def report(self) -> dict[str, Any]:
        """As plain values."""
        return {"seconds": self.seconds, "share": self.processor / max(self.wall, 1e-9)}


def memory() -> float:
    """Peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def whole(file: Path) -> dict[str, Any]:
    """Files to scores, twice."""
    start = Clock()
    read, score = start.time("import", _import)
    base, passes = memory(), {}
    start.time("load", _load)
    for name in PASSES:
        clock = Clock()
        corpus = clock.time("read and clean", read, [file])
        scores = clock.time("parse and score", score, corpus, progress=False)
        passes[name] = clock.report()
    return {
        "passes": passes,
        "tokens": int(scores.articles["n_tokens"].sum()),
        "articles": len(scores.articles),
        "words": int(corpus.articles["text"].str.split().str.len().sum()),
        "import": start.seconds["import"],
        "load": start.seconds["load"],
        "memory_import": base,
        "memory": memory(),
    }


def _import() -> tuple[Callable[..., Any], Callable[..., Any]]:
    from framing.corpus import read
    from framing.scoring import score

    return read, score


def _load() -> None:
    """Have models, lexicons and the dictionary read, as is done for textblob-de."""
    from framing.scoring import score_article

    score_article(FIRST)


def stages(file: Path) -> dict[str, Any]:
    """Each stage by itself, twice."""
    from framing.corpus import read
    from framing.scoring import make_scorers

    articles = read([file]).articles
    _load()
    scorers = make_scorers()
    passes = {}
    for name in PASSES:
        clock = Clock()
        for start in range(0, len(articles), BATCH):
            _stages_of(articles.iloc[start : start + BATCH], scorers, clock)
        # the scorers ran a second time before the tables
        seconds = clock.seconds
        seconds["tables"] = max(seconds["tables"] - sum(seconds["again " + stage] for stage in SCORERS), 0.0)
        passes[name] = clock.report()
    return {"passes": passes}


def _stages_of(batch: Any, scorers: Any, clock: Clock) -> None:
    from framing.batches import score_batch
    from framing.language.documents import Documents

    segments = [s for pair in zip(batch["title"], batch["text"], strict=True) for s in pair]
    d = Documents(segments, group=np.repeat(np.arange(len(batch), dtype=np.int32), 2))
    for stage, attribute in LANGUAGE:
        clock.time(stage, getattr, d, attribute)
    for prefix in ("", "again "):
        _score(d, scorers, len(batch), clock, prefix)
    with mock.patch("framing.batches.Documents", return_value=d):
        clock.time("tables", score_batch, batch, scorers)


def _score(d: Any, scorers: Any, count: int, clock: Clock, prefix: str) -> None:
    group = np.repeat(np.arange(count, dtype=np.int32), 2)
    hits = {}
    for stage in SCORERS:
        scorer = scorers.by_name[stage]
        hits[stage] = clock.time(prefix + stage, scorer.hits, d)
        clock.time(prefix + stage, scorer.measures, d, hits[stage], group, count)
    found = clock.time(
        prefix + "actors", scorers.actors.portrayal, d, hits["actors"], hits["sentiment"], hits["loaded_terms"]
    )
    clock.time(prefix + "actors", scorers.actors.portraits, d, hits | found, group)


def textblob(file: Path) -> dict[str, Any]:
    """textblob-de's polarity of title and text of every article; its lexicon is loaded before the clock starts."""
    from framing.corpus import read
    from framing.scorers.textblob_de import polarity

    articles = read([file]).articles
    texts = [f"{title}\n{text}" for title, text in zip(articles["title"], articles["text"], strict=True)]
    polarity(FIRST)
    clock = Clock()
    for text in texts:
        clock.time("textblob-de", polarity, text)
    return {"passes": {PASSES[0]: clock.report()}, "memory": memory()}


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {"whole": whole, "stages": stages, "textblob": textblob}


def sample(data: Path, count: int, target: Path) -> None:
    """Write `count` articles at even distances as JSON Lines."""
    with gzip.open(data / ARTICLES, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    count = min(count, len(lines))
    chosen = [lines[i * len(lines) // count] for i in range(count)]
    target.write_text("".join(chosen), "utf-8")


def run(part: str, file: Path, cache: str) -> dict[str, Any]:
    """One part in a process of its own, on one core, with a folder for the cache of word types or ``off``."""
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "FRAMING_CACHE": cache}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (str(REPOSITORY), os.environ.get("PYTHONPATH", "")) if p)
    command = [sys.executable, "-W", "ignore", __file__, "--part", part, "--file", str(file)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(file: Path, folder: Path, rounds: int) -> dict[str, list[dict[str, Any]]]:
    """All parts; those that are compared several times in turn, since the speed of a machine changes while others work on it."""
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in ("textblob", "whole", "whole, cached")}
    for number in range(rounds):
        # the first run leaves the cache of word types that the next one finds
        cache = str(folder / f"cache{number}")
        results["textblob"].append(run("textblob", file, "off"))
        results["whole"].append(run("whole", file, cache))
        results["whole, cached"].append(run("whole", file, cache))
    return results | {"stages": [run("stages", file, "off")], "stages, cached": [run("stages", file, cache)]}


def help_seconds() -> float:
    """Seconds on the wall of ``framing --help``, the middle of five."""
    command = [sys.executable, "-W", "ignore", "-m", "framing", "--help"]
    taken = []
    for _ in range(5):
        before = time.perf_counter()
        subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - before)
    return median(taken)


def middle(runs: list[dict[str, Any]], number: int) -> dict[str, float]:
    """Seconds of each stage of a pass, the middle of all runs."""
    found = [one["passes"][PASSES[number]]["seconds"] for one in runs]
    return {stage: median(seconds[stage] for seconds in found) for stage in found[0]}


def show(results: dict[str, list[dict[str, Any]]], start: float) -> str:
    """The table."""
    path, blobs = results["whole"][0], results["textblob"]
    tokens = path["tokens"]
    references = [blob["passes"][PASSES[0]]["seconds"]["textblob-de"] for blob in blobs]
    reference = median(references)

    def seconds(part: str) -> tuple[dict[str, float], ...]:
        cold, cached = results[part], results[f"{part}, cached"]
        return middle(cold, 0), middle(cached, 0), middle(cached, 1)

    def row(label: str, values: list[float], share: str = "") -> str:
        return f"{label:34}" + "".join(f"{tokens / max(v, 1e-9):>13,.0f}" for v in values) + f"{share:>13}"

    totals = [sum(state.values()) for state in seconds("whole")]
    scoring = [state["parse and score"] for state in seconds("whole")]

    def times(label: str, values: list[float]) -> str:
        return f"{label:34}" + "".join(f"{reference / value:>13.1f}" for value in values)

    lines = [
        f"{path['articles']:,} articles, {path['words']:,} words between blanks, {tokens:,} tokens; one core",
        "",
        f"{'tokens per second':34}{'cold':>13}{'cached':>13}{'warm':>13}{'share, warm':>13}",
        row("whole path: files to scores", totals, "100%"),
    ]
    for part, names, indent in (("whole", PATH_STAGES, 2), ("stages", STAGES, 4)):
        states = seconds(part)
        for name in names:
            values = [state[name] for state in states]
            lines.append(row(" " * indent + name.replace("_", " "), values, f"{values[-1] / totals[-1]:.1%}"))
    lines.append(f"{'textblob-de, sentiment alone':34}{'':26}{tokens / reference:>13,.0f}")
    shares = [state["share"] for part in results.values() for one in part for state in one["passes"].values()]
    peak = max(one["memory"] for one in results["whole"])
    return "\n".join(
        [
            *lines,
            f"{'  slowest and fastest run':34}{'':26}"
            f"{tokens / max(references):>13,.0f}{tokens / min(references):>13,.0f}",
            times("whole path, times as fast", totals),
            times("parse and score, times as fast", scoring),
            "",
            f"before the clock starts: imports {path['import']:.1f} s, models and lexicons {path['load']:.1f} s; peak memory {peak:,.0f} MB, of it {path['memory_import']:,.0f} MB after the imports; "
            f"textblob-de {blobs[0]['memory']:,.0f} MB",
            f"start of framing --help: {start:.2f} s on the wall, the middle of five",
            f"processor time / wall time {min(shares):.2f} to {max(shares):.2f} (below 1: others used the core)",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("FRAMING_DATA") or REPOSITORY.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(default), help=f"folder with {ARTICLES}")
    parser.add_argument("--articles", type=int, default=300, metavar="N")
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="N", help="runs of each part that is compared; the middle counts"
    )
    parser.add_argument("--json", action="store_true", help="print seconds and sizes as JSON")
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        print(json.dumps(PARTS[options.part](options.file)))
        return 0
    if not (options.data / ARTICLES).is_file():
        print(
            f"speed: {options.data / ARTICLES}: no such file; give the folder with --data or FRAMING_DATA",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.jsonl"
        sample(options.data, options.articles, file)
        results, start = measure(file, Path(folder), options.rounds), help_seconds()
    print(json.dumps(results | {"help": start}) if options.json else show(results, start))
    return 0


if __name__ == "__main__":
    sys.exit(main())
