"""Seconds and memory of a whole comparison: all pairs of outlets, 20 measures of articles or actors, 50 actors.

Run ``python benchmarks/compare_speed.py [DIR] [--resamples 2000] [--cluster day]``. DIR is a folder of scores as ``framing score``
writes it; without it, 5,344 articles of 8 outlets are simulated. The process may use two cores.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from types import SimpleNamespace
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "2")

import numpy as np
import pandas as pd

from framing.compare import compare
from framing.scores import Scores

ARTICLES, OUTLETS, ACTORS = 5344, 8, 50
OF_ARTICLES = (
    "sentiment", "sentiment_author", "sentiment_quoted", "sentiment_title", "quoted_share", "loaded_per_1000",
    "scare_quotes", "loaded_terms per 1000 n_tokens", "articles with scare_quotes", "n_tokens",
)  # fmt: skip
OF_ACTORS = (
    "sentiment_toward", "agency", "mentions", "agent", "patient", "quotes", "quoted_tokens", "mentions per 1000 n_tokens",
    "articles with mentions", "speech_doubting per quotes",
)  # fmt: skip


def simulated(seed: int = 0) -> Any:
    """Scores of about the size and gaps of a real corpus."""
    rng = np.random.default_rng(seed)
    n = ARTICLES
    ids = np.arange(n).astype(str)
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "outlet": np.array([f"outlet {i}" for i in range(OUTLETS)])[rng.integers(0, OUTLETS, n)],
            "published": pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 366, n), unit="D"),
            "n_tokens": rng.lognormal(6, 0.7, n).astype(int) + 40,
            "loaded_terms": rng.poisson(3, n),
            "scare_quotes": rng.poisson(2, n),
        }
    )
    for measure in (
        "sentiment",
        "sentiment_author",
        "sentiment_quoted",
        "sentiment_title",
        "quoted_share",
        "loaded_per_1000",
    ):
        articles[measure] = rng.normal(size=n)
    articles.loc[rng.random(n) < 0.25, "sentiment_quoted"] = np.nan
    articles.loc[rng.random(n) < 0.3, "sentiment_title"] = np.nan
    parts = []
    for i in range(ACTORS):
        own = ids[rng.random(n) < 0.35 / (1 + i) ** 0.6]
        part = pd.DataFrame({"article_id": own, "actor": f"actor {i}", "mentions": rng.integers(1, 9, len(own))})
        for measure in ("agent", "patient", "quotes", "quoted_tokens", "speech_doubting"):
            part[measure] = rng.poisson(1, len(own))
        for measure, missing in (("sentiment_toward", 0.3), ("agency", 0.6)):
            part[measure] = np.where(rng.random(len(own)) < missing, np.nan, rng.normal(size=len(own)))
        parts.append(part)
    return SimpleNamespace(articles=articles, actors=pd.concat(parts, ignore_index=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scores", nargs="?", metavar="DIR")
    parser.add_argument("--resamples", type=int, default=2000)
    parser.add_argument("--cluster")
    options = parser.parse_args()
    scores = Scores.load(options.scores) if options.scores else simulated()
    actors = scores.actors.groupby("actor")["article_id"].nunique().nlargest(ACTORS).index.tolist()
    wall, processor = time.perf_counter(), time.process_time()
    table = compare(
        scores, measures=[*OF_ARTICLES, *OF_ACTORS], targets=actors, cluster=options.cluster, n_resamples=options.resamples
    )  # fmt: skip
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(
        f"{len(scores.articles)} articles, {scores.articles['outlet'].nunique()} outlets, "
        f"{len(OF_ARTICLES) + len(OF_ACTORS)} measures, {len(actors)} actors, {options.resamples} resamples: "
        f"{len(table)} comparisons in {wall:.0f} s ({processor:.0f} s of the processor), peak memory {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
