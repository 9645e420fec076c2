"""Headline tone and signs of sentences by the lexicon methods; prints tables.

    python benchmarks/sentiment.py [--data ../shared/data] [--missing]

Headlines: those whose two label passes agree. Accuracy and macro-F1 at a fixed threshold: a headline is negative where
its sentiment is below -0.1; one without a known word counts as not negative. The threshold is no fit to the labels: it
lies below half of the smallest step of the lexicon (0.25), so that one weakened word of the smallest step still counts
(0.25 · 0.5) and a balance of opposite words does not. Other lexicons have other steps: their threshold is 0. Other
lexicons are read as published where they are found, and scored with the same parser, negation and shifters.

Sentences: ``tests/cases/sentiment.json``, written and worked on with the scorer, and ``sentiment_heldout.json``,
written before and not looked at since. A sign is right where the score lies beyond ±0.1 on its side, for ``neutral``
within. Irony is counted apart.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from framing.language.documents import Documents
from framing.lexicons import user
from framing.scorers import LexiconSentiment, TextBlobSentiment
from framing.scorers.base import Scorer

THRESHOLD = -0.1
CASES = Path(__file__).parent.parent / "tests" / "cases"
# format -> where its files lie in the folder of lexicons
PUBLISHED = {
    "sentiws": "sentiws", "gpc": "gpc", "sentimerge": "sentimerge", "rauh": "Rauh_SentDictionaryGerman.Rdata",
}  # fmt: skip


def headlines(data: Path) -> pd.DataFrame:
    """Headlines with the label that both passes gave."""
    frame = pd.read_csv(data / "headlines" / "labelled.csv")
    return frame[frame["neg"] == frame["label_first"]].reset_index(drop=True)


def measure(scores: np.ndarray, negative: np.ndarray, threshold: float) -> tuple[float, float, float, float]:
    """AUC, accuracy, macro-F1 and share of headlines without a score (NaN or 0)."""
    filled = np.nan_to_num(scores)
    guess = (filled < threshold).astype(int)
    return (
        roc_auc_score(negative, -filled),
        accuracy_score(negative, guess),
        f1_score(negative, guess, average="macro"),
        float(np.mean(filled == 0)),
    )


def signs(scorer: Scorer, name: str) -> tuple[float, float, int, int]:
    """Share of right signs without irony and of irony alone, with the number of sentences of each."""
    cases = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    scores = np.nan_to_num(scorer.transform([case["text"] for case in cases])[:, 0])
    found = np.select([scores > -THRESHOLD, scores < THRESHOLD], ["positive", "negative"], "neutral")
    right = found == np.array([case["sign"] for case in cases])
    irony = np.array([case["label"].startswith("irony") for case in cases])
    return float(right[~irony].mean()), float(right[irony].mean()), int((~irony).sum()), int(irony.sum())


def published(folder: Path) -> dict[str, Scorer]:
    """Scorers of the lexicons that are there, read into a folder that is thrown away."""
    scorers: dict[str, Scorer] = {}
    for name, file in PUBLISHED.items():
        if (folder / file).exists():
            user.add_lexicon([folder / file], name)
            scorers[name] = LexiconSentiment(name)
    return scorers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    parser.add_argument("--missing", action="store_true", help="also print hits that speak against the labels")
    options = parser.parse_args()
    own: dict[str, Scorer] = {"lexicon": LexiconSentiment(), "textblob-de": TextBlobSentiment()}
    for name in ("sentiment", "sentiment_heldout"):
        for method, scorer in own.items():
            right, irony, n, m = signs(scorer, name)
            print(f"{name:18} {method:12} {right:5.1%} of {n}, irony {irony:5.1%} of {m}")
    if not (options.data / "headlines").is_dir():
        print(f"no headlines at {options.data}")
        return
    frame = headlines(options.data)
    titles, negative = frame["title"].tolist(), frame["neg"].to_numpy()
    print(f"\n{len(frame)} headlines, {negative.mean():.1%} negative by wording")
    print(f"{'method':14}  {'AUC':>5}  {'acc':>5}  {'F1':>5}  no score")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FRAMING_LEXICONS"] = folder
        for name, scorer in {**own, **published(options.data / "lexicons")}.items():
            threshold = THRESHOLD if name in own else 0.0
            scores = scorer.transform(titles)[:, 0]
            print(f"{name:14}  " + "  ".join(f"{x:5.3f}" for x in measure(scores, negative, threshold)))
    if options.missing:
        print_missing(titles, negative)


def print_missing(titles: list[str], negative: np.ndarray) -> None:
    """Terms whose hits speak against the labels, to see what kinds of words are missing or doubtful."""
    d = Documents(titles)
    hits = LexiconSentiment().hits(d)
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
