"""Headline tone by the methods that learn, on the headlines whose two label passes agree; prints a table.

    python benchmarks/sentiment_methods.py [--data ../shared/data]

Latent semantic scaling learns from the 325,955 headlines without labels. The supervised model is cross-validated (five
folds) on the labelled ones, by chance and, as a harder test, with all headlines of an outlet in one fold.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from framing.scorers import LatentSemanticScaling, SupervisedSentiment

COLUMNS = ["method", "auc", "accuracy", "macro_f1", "no_score"]
THRESHOLD = -0.1


def rows(data: Path) -> pd.DataFrame:
    """One row per method: AUC, accuracy, macro-F1, share of headlines without a score."""
    frame = pd.read_csv(data / "headlines" / "labelled.csv")
    frame = frame[frame["neg"] == frame["label_first"]].reset_index(drop=True)
    titles, negative = frame["title"].tolist(), frame["neg"].to_numpy()
    unlabelled = pd.read_csv(data / "headlines" / "unlabelled.csv.gz")["title"].fillna("").astype(str).tolist()
    result = []
    scores = LatentSemanticScaling().fit(unlabelled).transform(titles)[:, 0]
    filled = np.nan_to_num(scores)
    guess = (filled < THRESHOLD).astype(int)
    result.append(
        (
            "latent-semantic-scaling",
            roc_auc_score(negative, -filled),
            accuracy_score(negative, guess),
            f1_score(negative, guess, average="macro"),
            float(np.mean(np.isnan(scores))),
        )
    )
    labels = np.where(negative == 1, "negative", "other").tolist()
    for name, groups in (("supervised, 5 folds", None), ("supervised, outlets apart", frame["outlet"].tolist())):
        report = SupervisedSentiment().fit(titles, labels, groups).report_
        result.append((name, report["auc"], report["accuracy"], report["macro_f1"], 0.0))
    return pd.DataFrame(result, columns=COLUMNS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    print(rows(parser.parse_args().data).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
