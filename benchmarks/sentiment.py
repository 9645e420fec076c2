"""Headline tone by the methods of the package, on the headlines whose two label passes agree; prints a table.

    python benchmarks/sentiment.py [--data ../shared/data] [--missing]

Accuracy and macro-F1 at a fixed threshold: a headline is negative where its sentiment is below -0.1; a headline without
a known word counts as not negative.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from framing.language.documents import Documents
from framing.scorers import SENTIMENT_METHODS

THRESHOLD = -0.1


def headlines(data: Path) -> pd.DataFrame:
    """Headlines with the label that both passes gave."""
    frame = pd.read_csv(data / "headlines" / "labelled.csv")
    return frame[frame["neg"] == frame["label_first"]].reset_index(drop=True)


def measure(scores: np.ndarray, negative: np.ndarray) -> tuple[float, float, float, float]:
    """AUC, accuracy, macro-F1 and share of headlines without a score (NaN or 0)."""
    filled = np.nan_to_num(scores)
    guess = (filled < THRESHOLD).astype(int)
    return (
        roc_auc_score(negative, -filled),
        accuracy_score(negative, guess),
        f1_score(negative, guess, average="macro"),
        float(np.mean(filled == 0)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    parser.add_argument("--missing", action="store_true", help="also print hits that speak against the labels")
    options = parser.parse_args()
    frame = headlines(options.data)
    titles, negative = frame["title"].tolist(), frame["neg"].to_numpy()
    print(f"{len(frame)} headlines, {negative.mean():.1%} negative by wording")
    print(f"{'method':14}  {'AUC':>5}  {'acc':>5}  {'F1':>5}  no score")
    for name, method in SENTIMENT_METHODS.items():
        scores = method().transform(titles)[:, 0]
        print(f"{name:14}  " + "  ".join(f"{x:5.3f}" for x in measure(scores, negative)))
    if options.missing:
        scorer = SENTIMENT_METHODS["lexicon"]()
        d = Documents(titles)
        hits = scorer.hits(d)
        table: dict[tuple[str, str], list[int]] = defaultdict(list)
        for first, term, category in zip(hits.first.tolist(), hits.term, hits.category, strict=True):
            table[term, category].append(int(negative[d.tokens.segment[first]]))
        base = negative.mean()
        worst = sorted(
            table.items(),
            key=lambda x: -abs(sum(y - base for y in x[1])) * ((np.mean(x[1]) > base) == (x[0][1] == "positive")),
        )
        for (term, category), labels in worst[:60]:
            print(f"  {term} ({category}): {len(labels)} hits, {np.mean(labels):.0%} negative")


if __name__ == "__main__":
    main()
