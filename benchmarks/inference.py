"""Do the intervals cover and do the tests keep their level? Simulated corpora, whose truth is known; prints a table.

Run ``python benchmarks/inference.py [--corpora 1000] [--resamples 499]``. Each corpus has 4 outlets that report on the same
40 events; an outlet has none, one or several articles on an event. Articles on one event resemble each other, and their
lengths differ (log-normal). Three measures: a mean (sentiment), a rate (loaded terms per 1,000 tokens) and a share (articles
with scare quotes). Two truths: no outlet differs, and outlets differ. The naive tests take every token, or every article, as
independent of all others.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from itertools import combinations

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np
import pandas as pd
from scipy.special import ndtr
from tqdm import tqdm

from framing.compare import adjust, compare

OUTLETS = ("A", "B", "C", "D")
EVENTS = 40
MEASURES = ["sentiment", "loaded_terms per 1000 n_tokens", "articles with scare_quotes"]
# what each outlet adds where outlets differ
SHIFT = {
    "sentiment": np.array([0.0, 0.03, -0.05, 0.1]),
    "loaded": np.array([4.0, 4.5, 6.0, 8.0]),
    "scare": np.array([0.35, 0.3, 0.4, 0.6]),
}
NONE = {key: np.full(4, values[0]) for key, values in SHIFT.items()}
HITS_PER_TOKEN, SD_HIT = 0.06, 0.5


@dataclass
class Corpus:
    """A simulated corpus as `compare` reads it, with the sums over hits that the naive test needs."""

    articles: pd.DataFrame
    actors: pd.DataFrame
    hits: pd.DataFrame
    quotes: pd.DataFrame


def simulate(rng: np.random.Generator, truth: dict[str, np.ndarray]) -> Corpus:
    """One corpus."""
    counts = rng.negative_binomial(1.5, 0.55, size=(len(OUTLETS), EVENTS))
    outlet, event = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
    n = len(outlet)
    tokens = np.maximum(40, rng.lognormal(np.log(350), 0.7, n).astype(int))
    hits = np.maximum(1, rng.poisson(HITS_PER_TOKEN * tokens))
    mean = truth["sentiment"][outlet] + rng.normal(0, 0.12, EVENTS)[event] + rng.normal(0, 0.15, n)
    sentiment = mean + rng.normal(0, SD_HIT, n) / np.sqrt(hits)
    # Both factors have mean 1, so that the expected rate is that of the outlet.
    factor = rng.gamma(8, 1 / 8, EVENTS)[event] * rng.gamma(2, 1 / 2, n)
    loaded = rng.poisson(truth["loaded"][outlet] * factor * tokens / 1000)
    scare = rng.random(n) < truth["scare"][outlet] + rng.uniform(-0.2, 0.2, EVENTS)[event]
    articles = pd.DataFrame(
        {
            "article_id": np.arange(n).astype(str), "outlet": np.array(OUTLETS)[outlet], "event": event.astype(str),
            "n_tokens": tokens, "sentiment": sentiment, "loaded_terms": loaded, "scare_quotes": scare.astype(float),
            "n_hits": hits,
        }
    )  # fmt: skip
    none = pd.DataFrame({"article_id": [], "actor": []})
    return Corpus(articles, none, none, none)


def true_difference(truth: dict[str, np.ndarray], a: str, b: str) -> np.ndarray:
    """Of the three measures."""
    i, j = OUTLETS.index(a), OUTLETS.index(b)
    return np.array([truth[key][i] - truth[key][j] for key in ("sentiment", "loaded", "scare")])


def naive_p(articles: pd.DataFrame) -> np.ndarray:
    """p of the usual tests over tokens: z of mean valence over hits, and of loaded terms among tokens, of all pairs."""
    groups = [articles[articles["outlet"] == name] for name in OUTLETS]
    result = []
    for a, b in combinations(groups, 2):
        hits = np.array([a["n_hits"].sum(), b["n_hits"].sum()])
        means = [float((g["sentiment"] * g["n_hits"]).sum() / g["n_hits"].sum()) for g in (a, b)]
        # Variance between articles is part of that of the hits.
        spread = SD_HIT**2 + articles["sentiment"].var()
        result.append((means[0] - means[1]) / np.sqrt(spread * (1 / hits).sum()))
        tokens = np.array([a["n_tokens"].sum(), b["n_tokens"].sum()])
        terms = np.array([a["loaded_terms"].sum(), b["loaded_terms"].sum()])
        pooled = terms.sum() / tokens.sum()
        rates = terms / tokens
        result.append((rates[0] - rates[1]) / np.sqrt(pooled * (1 - pooled) * (1 / tokens).sum()))
    return 2 * ndtr(-np.abs(np.array(result)))


def run(n_corpora: int, n_resamples: int, seed: int, progress: bool = False) -> pd.DataFrame:
    """Shares over the corpora, one row per method and truth."""
    rng = np.random.default_rng(seed)
    found: dict[tuple[str, str], dict[str, list[float]]] = {}

    def note(truth: str, method: str, **values: float) -> None:
        for name, value in values.items():
            found.setdefault((truth, method), {}).setdefault(name, []).append(value)

    for i in tqdm(range(n_corpora), disable=None if progress else True, desc="corpora"):
        for label, truth in (("none differs", NONE), ("they differ", SHIFT)):
            corpus = simulate(rng, truth)
            for method, cluster in (("events", "event"), ("articles", None)):
                # The comparison that ignores events needs fewer corpora to be seen failing.
                if cluster is None and i % 5:
                    continue
                table = compare(corpus, measures=MEASURES, cluster=cluster, n_resamples=n_resamples, seed=i)
                true = np.array([true_difference(truth, a, b) for a, b in zip(table["group_a"], table["group_b"])])
                true = true[np.arange(len(table)), [MEASURES.index(m) for m in table["measure"]]]
                inside = (table["ci_low"] <= true) & (true <= table["ci_high"])
                clear = table["p_adjusted"] < 0.05
                note(
                    label,
                    method,
                    **{f"cover {m.split()[0]}": float(inside[table["measure"] == m].mean()) for m in MEASURES},
                )
                note(label, method, coverage=float(inside.mean()), p05=float((table["p"] < 0.05).mean()))
                note(label, method, discovery=float(clear.any()), found=float(clear[true != 0].mean()))
            if truth is NONE:
                p = naive_p(corpus.articles)
                note(label, "tokens (naive)", p05=float((p < 0.05).mean()), discovery=float((adjust(p) < 0.05).any()))
    rows = [
        {"truth": truth, "unit": method, "corpora": max(map(len, values.values())),
         **{name: float(np.nanmean(x)) for name, x in values.items() if not np.isnan(x).all()}}
        for (truth, method), values in found.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=1000)
    parser.add_argument("--resamples", type=int, default=499)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.process_time()
    table = run(options.corpora, options.resamples, options.seed, progress=True)
    seconds = time.process_time() - start
    print((table.set_index(["truth", "unit"]).round(3)).T.to_string(na_rep=""))
    clustered = table[table["unit"] == "events"].set_index("truth")
    naive = table[table["unit"] == "tokens (naive)"].iloc[0]
    print(
        f"\n95 % intervals over events cover {clustered['coverage'].min():.1%} to {clustered['coverage'].max():.1%}. "
        f"Where no outlet differs, {clustered.loc['none differs', 'discovery']:.1%} of corpora have a false discovery, "
        f"{naive['discovery']:.1%} with the naive test over tokens; single tests reject "
        f"{clustered.loc['none differs', 'p05']:.1%} and {naive['p05']:.1%} at .05. {seconds:.0f} s of one core."
    )


if __name__ == "__main__":
    main()
