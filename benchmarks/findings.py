"""What the measures say of real outlets, and how far to believe it.

    framing read multi_outlet.jsonl.gz -o corpus.parquet
    framing score corpus.parquet -o scores
    python benchmarks/findings.py scores [--events events.csv]

Prints the split-half reliability of each measure, which differences from the other outlets survive when only events that
both report are compared, near-duplicate shares, and how well outlets are told apart. The page of findings is FINDINGS.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from framing.compare import compare
from framing.compare.duplicates import counted_once, duplicate_shares, near_duplicates, who_copies_whom
from framing.compare.outlets_apart import outlets_apart
from framing.compare.reliability import reliability
from framing.compare.same_event import read_events, same_event, with_events
from framing.compare.selection import text_lengths
from framing.scores import Scores

MEASURES = ["sentiment", "sentiment_author", "sentiment_quoted", "sentiment_title", "loaded_per_1000",
            "scare_quotes per 1000 n_tokens", "quoted_share"]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scores", type=Path)
    parser.add_argument("--events", type=Path, help="corrected events (CSV); found anew if not given")
    parser.add_argument("--resamples", type=int, default=2000)
    parser.add_argument("--apart", action="store_true", help="also train the classifier (a minute)")
    options = parser.parse_args()
    scores = Scores.load(options.scores)
    events = read_events(options.events) if options.events else same_event(scores)
    scores = with_events(scores, events)
    show("Texts", text_lengths(scores))
    show("Split-half reliability of outlet means", reliability(scores, measures=MEASURES).drop(columns="method"))
    pairs = near_duplicates(scores)
    show(f"Near duplicates: {len(pairs)} pairs", duplicate_shares(pairs, scores.articles))
    show("Who is first", who_copies_whom(pairs).head(8))
    once = counted_once(scores, pairs)
    show("Differences from the rest: all articles, copies once, same events", survival(once, options.resamples))
    if options.apart:
        found = outlets_apart(scores)
        print(f"\nTold apart: accuracy {found.accuracy:.3f} ({found.ci_low:.3f} to {found.ci_high:.3f}), majority "
              f"{found.majority:.3f}, unmasked {found.accuracy_unmasked:.3f}")  # fmt: skip


def survival(scores: Scores, n_resamples: int) -> pd.DataFrame:
    """Differences over all articles beside those over the events that both sides report."""
    options = {"measures": MEASURES, "reference": "rest", "n_resamples": n_resamples}
    every = compare(scores, **options)
    matched = compare(scores, cluster="event", test="sign_flip", **options)
    keys = ["measure", "group_a"]
    both = every.merge(matched, on=keys, suffixes=("", "_event"))
    table = both[[*keys, "difference", "ci_low", "ci_high", "p_adjusted"]].rename(columns={"group_a": "outlet"})
    table["events"] = both["units_a_event"]
    for name in ("difference", "ci_low", "ci_high", "p_adjusted"):
        table[f"{name}_event"] = both[f"{name}_event"]
    clear, holds = both["p_adjusted"] < 0.05, both["p_adjusted_event"] < 0.05
    same_sign = np.sign(both["difference"]) == np.sign(both["difference_event"])
    # no longer clear is not refuted: few events leave wide intervals, so it matters whether they still hold the value
    inside = (both["ci_low_event"] <= both["difference"]) & (both["difference"] <= both["ci_high_event"])
    table["verdict"] = np.select(
        [~clear, holds & same_sign, holds, ~inside, same_sign],
        ["not clear", "survives", "turns round", "shrinks", "too few events"],
        "too few events, sign turned",
    )
    print(f"\n{int(clear.sum())} of {len(table)} differences clear over all articles; of these "
          + ", ".join(f"{n} {v}" for v, n in table.loc[clear, "verdict"].value_counts().items()))  # fmt: skip
    return table


def show(title: str, table: pd.DataFrame) -> None:
    print(f"\n{title}\n{table.round(3).to_string(index=False)}")


if __name__ == "__main__":
    main()
