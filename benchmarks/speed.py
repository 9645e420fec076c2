"""Speed and memory on one core: the whole path, each stage, and textblob-de's sentiment alone; prints a table.

Run ``python benchmarks/speed.py [--data ../shared/data] [--articles 300]``. Every part runs in a process of its own, so that
*cold* means: no word seen, no model loaded, nothing cached. *Warm* is the second pass over the same articles in the same
process, as later batches of a large corpus are. All rates have the same denominator: the toolkit's own count of tokens.
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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
ARTICLES = Path("articles") / "multi_outlet.jsonl.gz"
BATCH = 100
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_DEFAULT_MEMORY_POOL_THREADS")
PATH_STAGES = ("read and clean", "parse and score")
STAGES = (
    "tokenise",
    "tag",
    "lemma",
    "clauses",
    "phrases",
    "negation",
    "roles",
    "names",
    "quotations",
    "voices",
    "sentiment",
    "loaded terms",
    "actors",
    "tables",
)


class Clock:
    """Seconds by name, on the wall and on the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.wall = self.processor = 0.0

    def time(self, name: str, function: Callable[[], Any]) -> Any:
        """Call a function and add its seconds under `name`."""
        wall, processor = time.perf_counter(), time.process_time()
        result = function()
        elapsed = time.perf_counter() - wall
        self.seconds[name] = self.seconds.get(name, 0.0) + elapsed
        self.wall += elapsed
        self.processor += time.process_time() - processor
        return result

    def report(self) -> dict[str, Any]:
        """As plain values."""
        return {"seconds": self.seconds, "share": self.processor / max(self.wall, 1e-9)}


def memory() -> float:
    """Peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def whole(file: Path) -> dict[str, Any]:
    """Files to scores, twice: cold and warm."""
    begin = time.perf_counter()
    import framing

    framing.score, framing.read  # noqa: B018 — they are imported when first named
    passes, imported, base = {}, time.perf_counter() - begin, memory()
    for name in ("cold", "warm"):
        clock = Clock()
        corpus = clock.time(PATH_STAGES[0], lambda: framing.read([file]))
        scores = clock.time(PATH_STAGES[1], lambda corpus=corpus: framing.score(corpus, progress=False))
        passes[name] = clock.report()
    tokens, articles = int(scores.articles["n_tokens"].sum()), len(scores.articles)
    words = int(corpus.articles["text"].str.split().str.len().sum())
    return {
        "passes": passes, "tokens": tokens, "articles": articles, "words": words,
        "import": imported, "memory_import": base, "memory": memory(),
    }  # fmt: skip


def stages(file: Path) -> dict[str, Any]:
    """Each stage by itself, in the order in which they need each other, twice."""
    import numpy as np

    import framing
    from framing.language.documents import Documents
    from framing.scoring import make_scorers, score_batch

    articles = framing.read([file]).articles
    scorers = make_scorers()
    passes = {}
    for name in ("cold", "warm"):
        clock = Clock()
        for start in range(0, len(articles), BATCH):
            batch = articles.iloc[start : start + BATCH]
            texts = [s for pair in zip(batch["title"], batch["text"], strict=True) for s in pair]
            d = Documents(texts)
            group = np.repeat(np.arange(len(batch), dtype=np.int32), 2)
            for stage, step in _language(d):
                clock.time(stage, step)
            found = {}
            for stage in ("sentiment", "loaded_terms", "actors"):
                scorer = getattr(scorers, stage)
                found[stage] = clock.time(stage.replace("_", " "), lambda scorer=scorer, d=d: scorer.hits(d))
                measure = lambda scorer=scorer, d=d, h=found[stage], g=group, n=len(batch): scorer.measures(d, h, g, n)  # noqa: E731
                clock.time(stage.replace("_", " "), measure)
            table = lambda d=d, f=found, g=group: scorers.actors.table(d, f["actors"], f["sentiment"], g)  # noqa: E731
            clock.time("actors", table)
        passes[name] = clock.report()
        whole_pass = Clock()
        for start in range(0, len(articles), BATCH):
            batch = articles.iloc[start : start + BATCH]
            whole_pass.time("all", lambda batch=batch: score_batch(batch, scorers))
        # what score_batch does beyond the stages: offsets, surfaces, DataFrames; measured warm only
        if name == "warm":
            rest = whole_pass.seconds["all"] - sum(clock.seconds.values())
            passes[name]["seconds"]["tables"] = max(rest, 0.0)
    return {"passes": passes}


def _language(d: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "tokenise", lambda: d.tokens
    yield "tag", lambda: d.tag
    yield "lemma", lambda: d.word_lemma
    yield "clauses", lambda: d.clauses
    yield "lemma", lambda: d.lemma
    yield "phrases", lambda: d.phrases
    yield "negation", lambda: d.negation
    yield "roles", lambda: d.role_table
    yield "names", lambda: d.name_list
    yield "quotations", lambda: d.quotation_list
    yield "voices", lambda: d.voice


def textblob(file: Path) -> dict[str, Any]:
    """textblob-de's polarity of title and text of every article; its lexicon is loaded before the clock starts."""
    import framing
    from framing.scorers.textblob_de import polarity

    articles = framing.read([file]).articles
    texts = [f"{title}\n{text}" for title, text in zip(articles["title"], articles["text"], strict=True)]
    polarity("Ein guter Tag.")
    clock = Clock()
    clock.time("textblob-de", lambda: [polarity(text) for text in texts])
    return {"passes": {"warm": clock.report()}, "memory": memory()}


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {"whole": whole, "stages": stages, "textblob": textblob}


def sample(data: Path, count: int, target: Path) -> None:
    """Write `count` articles at even distances as JSON Lines."""
    with gzip.open(data / ARTICLES, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    count = min(count, len(lines))
    chosen = [lines[i * len(lines) // count] for i in range(count)]
    target.write_text("".join(chosen), "utf-8")


def run(part: str, file: Path) -> dict[str, Any]:
    """One part in a process of its own, on one core."""
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in (str(REPOSITORY), os.environ.get("PYTHONPATH", "")) if p)
    command = [sys.executable, "-W", "ignore", __file__, "--part", part, "--file", str(file)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def show(results: dict[str, dict[str, Any]]) -> str:
    """The table."""
    path, parts, blob = results["whole"], results["stages"], results["textblob"]
    tokens = path["tokens"]
    lines = [f"{path['articles']:,} articles, {path['words']:,} words between blanks, {tokens:,} tokens; one core", ""]
    lines.append(f"{'tokens per second':34}{'cold':>12}{'warm':>12}{'share, warm':>14}")

    def rate(seconds: float | None) -> str:
        return f"{tokens / seconds:,.0f}" if seconds else "–"

    totals = {name: sum(path["passes"][name]["seconds"].values()) for name in ("cold", "warm")}
    lines.append(f"{'whole path: files to scores':34}{rate(totals['cold']):>12}{rate(totals['warm']):>12}{1:>14.0%}")
    for title, result, names in (("", path, PATH_STAGES), ("", parts, STAGES)):
        cold, warm = result["passes"]["cold"]["seconds"], result["passes"]["warm"]["seconds"]
        for name in names:
            share = warm.get(name, 0.0) / totals["warm"]
            lines.append(f"{title}  {name:32}{rate(cold.get(name)):>12}{rate(warm.get(name)):>12}{share:>14.1%}")
    reference = blob["passes"]["warm"]["seconds"]["textblob-de"]
    lines.append(f"{'textblob-de, sentiment alone':34}{'':>12}{rate(reference):>12}")
    lines.append("")
    for name, seconds in totals.items():
        lines.append(f"whole path, {name}: {reference / seconds:.1f} times as fast per token as textblob-de's sentiment alone")
    lines.append(f"imports: {path['import']:.1f} s; peak memory: {path['memory']:,.0f} MB ({path['memory_import']:,.0f} MB after the imports);")
    lines.append(f"textblob-de: {blob['memory']:,.0f} MB")
    shares = [p["share"] for r in results.values() for p in r["passes"].values()]
    lines.append(f"processor time / wall time: {min(shares):.2f} to {max(shares):.2f} (below 1: the core was shared, rates are too low)")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("FRAMING_DATA") or REPOSITORY.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(default), help="folder with %s" % ARTICLES)
    parser.add_argument("--articles", type=int, default=300, metavar="N")
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
        print(f"speed: {options.data / ARTICLES}: no such file; give the folder with --data or FRAMING_DATA", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.jsonl"
        sample(options.data, options.articles, file)
        results = {part: run(part, file) for part in PARTS}
    print(json.dumps(results) if options.json else show(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
