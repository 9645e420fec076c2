"""Frames: size of the lexicons, hits read in context, matching speed, how well a corpus knows the axes, packages.

    python benchmarks/frames.py [--data ../shared/data] [--only lexicons|read|speed|axes|packages|draw] [--articles 400]

``read`` is the share of right hits among 100 that were drawn at random, 20 of each frame, and read in context by one
reader; ``frames_read.csv`` notes each with a reason. A hit is right if the word speaks, at this place, for the matter
of its frame. ``draw`` prints others with their context, as many of each frame.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from framing import lexicons
from framing.compare.axis_space import axis_vector, named_axis
from framing.compare.lemma_matrix import lemma_matrix
from framing.compare.packages import packages_stability
from framing.corpus import read
from framing.language.corpus_words import CorpusWords, read_words
from framing.language.documents import Documents
from framing.language.vectors import WordVectors
from framing.scorers.base import Scorer
from framing.scorers.frame_functions import FrameFunctions
from framing.scorers.frames import FRAMES, Frames

BATCH = 100
READ = Path(__file__).parent / "frames_read.csv"


def articles(data: Path, n: int) -> pd.DataFrame:
    """Some articles of several outlets, the same each time."""
    table = read(data / "articles" / "multi_outlet.jsonl.gz").articles
    return table.sample(min(n, len(table)), random_state=0).reset_index(drop=True)


def batches(table: pd.DataFrame) -> list[Documents]:
    """Parsed articles with what the scorers read of them."""
    result = []
    for start in range(0, len(table), BATCH):
        d = Documents(table["text"].tolist()[start : start + BATCH])
        _ = (d.lemma, d.tag, d.clauses)
        result.append(d)
    return result


def print_lexicons() -> None:
    for name, column in (("frames", "frame"), ("frame_functions", "function")):
        rows = lexicons.load(name).rows
        print(f"{name}: {len(rows)} entries, {dict(Counter(r[column] for r in rows))}")


def print_read() -> None:
    table = pd.read_csv(READ, keep_default_na=False)
    right = table["right"] == "yes"
    print(f"hits read in context: {right.mean():.2f} of {len(table)} right")
    for frame, share in right.groupby(table["frame"]).mean().items():
        print(f"  {frame:22} {share:.2f}")
    for term, reason in table.loc[~right, ["term", "reason"]].itertuples(index=False):
        print(f"    {term}: {reason}")


def print_speed(documents: list[Documents]) -> None:
    print(f"{'scorer':16}  tokens/s on a parsed corpus (second pass)")
    scorers: list[Scorer] = [Frames(), FrameFunctions()]
    for scorer in scorers:
        for _ in range(2):
            start = time.perf_counter()
            for d in documents:
                scorer.measures(d, scorer.hits(d), np.arange(len(d), dtype=np.int32), len(d))
            seconds = time.perf_counter() - start
        print(f"{scorer.name:16}  {sum(d.n_tokens for d in documents) / seconds:,.0f}")


def print_axes(words: CorpusWords) -> None:
    names = [row["axis"] for row in lexicons.load("frame_axes").rows]
    print("share of pole words on their own side when left out (axis_fit), mean over the package's axes")
    for context, window in (("sentence", 1), ("window", 3), ("window", 8)):
        for dimensions in (50, 100, 300):
            vectors = WordVectors.of_words(
                words.words, dimensions=dimensions, min_count=10, context=context, window=window
            )
            fit = [axis_vector(vectors, *named_axis(name)).fit for name in names]
            print(f"{context:8} {window if context == 'window' else '':>2} {dimensions:4}  {np.nanmean(fit):.2f}")


def print_packages(words: CorpusWords) -> None:
    table = packages_stability(lemma_matrix(words), (5, 8, 12, 16), seeds=5)
    print(table.round(3).to_string(index=False))


def print_hits(documents: list[Documents], n: int, seed: int) -> None:
    """Hits drawn at random with their context, as many of each frame."""
    rows = []
    for d in documents:
        h = Frames().hits(d)
        for a, b, term, frame in zip(h.first.tolist(), h.last.tolist(), h.term, h.category, strict=True):
            text = d.slice(int(d.tokens.segment[a]))
            low, high = max(text.start, a - 12), min(text.stop, b + 12)
            before = d.surface(low, a) if low < a else ""
            after = d.surface(b, high) if b < high else ""
            rows.append((frame, term, f"{before} [[{d.surface(a, b)}]] {after}"))
    for _, part in pd.DataFrame(rows, columns=["frame", "term", "context"]).groupby("frame"):
        drawn = part.sample(min(n // len(FRAMES), len(part)), random_state=seed)
        for frame, term, context in drawn.itertuples(index=False):
            print(f"{frame:22} {term:24} {' '.join(context.split())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    parser.add_argument("--only", choices=["lexicons", "read", "speed", "axes", "packages", "draw"])
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--hits", type=int, default=100, help="how many hits to print with --only draw")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    wanted = [options.only] if options.only else ["lexicons", "read", "speed", "axes", "packages"]
    if "lexicons" in wanted:
        print_lexicons()
    if "read" in wanted:
        print_read()
    if set(wanted) <= {"lexicons", "read"}:
        return
    table = articles(options.data, options.articles)
    print(f"{len(table)} articles of {table['outlet'].nunique()} outlets")
    if {"speed", "draw"} & set(wanted):
        documents = batches(table)
        if "speed" in wanted:
            print_speed(documents)
        if "draw" in wanted:
            print_hits(documents, options.hits, options.seed)
    if {"axes", "packages"} & set(wanted):
        words = read_words(table, progress=False)
        if "axes" in wanted:
            print_axes(words)
        if "packages" in wanted:
            print_packages(words)


if __name__ == "__main__":
    main()
