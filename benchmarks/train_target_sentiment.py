"""Train the model of target sentiment (``framing/models/target_sentiment.npz``) on GerNTSA (CC BY 4.0).

    python benchmarks/train_target_sentiment.py [--data ../shared/data]    # writes the model
    python benchmarks/train_target_sentiment.py --folds 5                  # cross-validated figures, nothing written

Folds are stratified and grouped by snippet, so that two targets of one snippet never stand on both sides.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from framing.scorers.target_model import LABELS, LIMIT, MODEL, TargetModel
from framing.toward import span_features
from framing.validation.calibration import brier_score, expected_calibration_error, macro_f1

# Inverse strength of the regularisation, and how far labels are corrected for the prior; the order of magnitude was
# chosen by cross-validation over the development part, the steps between are flat.
STRENGTH = 0.002
SHIFT = 0.75
SEEDS = 5


def read_gerntsa(data: Path) -> pd.DataFrame:
    """Snippets as ``text, start, end, label``."""
    records = json.loads((data / "target-sentiment" / "gerntsa_dev.json").read_text("utf-8"))
    rows = [
        (r["opinion_snippet"], r["target_anchor"]["from"], r["target_anchor"]["to"], r["sentiment"]["polarity"])
        for r in records
    ]
    return pd.DataFrame(rows, columns=["text", "start", "end", "label"])


def fit(x: np.ndarray, y: np.ndarray, names: list[str]) -> TargetModel:
    """Model of some rows."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    z = np.clip((x - mean) / scale, -LIMIT, LIMIT)
    learnt = LogisticRegression(C=STRENGTH, max_iter=2000).fit(z, y)
    prior = np.bincount(y, minlength=len(LABELS)) / len(y)
    return TargetModel(names, mean, scale, learnt.coef_.T, learnt.intercept_, prior, SHIFT)


def cross_validate(
    x: np.ndarray, y: np.ndarray, names: list[str], groups: np.ndarray, folds: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and labels of each row by a model that did not see it or its snippet."""
    probabilities = np.zeros((len(y), len(LABELS)))
    labels = np.zeros(len(y), int)
    splits = StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(x, y, groups)
    for train, test in splits:
        model = fit(x[train], y[train], names)
        probabilities[test] = model.probabilities(x[test])
        labels[test] = model.labels(probabilities[test])
    return probabilities, labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    parser.add_argument("--folds", type=int, help="cross-validate instead of writing the model")
    options = parser.parse_args()
    frame = read_gerntsa(options.data)
    x, names = span_features(frame)
    y = np.array([LABELS.index(label) for label in frame["label"]])
    if options.folds is None:
        fit(x, y, names).save(MODEL)
        print(f"{MODEL.name}: {len(names)} features, {len(y)} targets, {MODEL.stat().st_size / 1024:.0f} kB")
        return
    groups = np.unique(frame["text"], return_inverse=True)[1]
    print("seed  macro-F1  accuracy   ECE  Brier")
    rows = []
    for seed in range(SEEDS):
        p, label = cross_validate(x, y, names, groups, options.folds, seed)
        row = (macro_f1(y, label), float(np.mean(y == label)), expected_calibration_error(p, y), brier_score(p, y))
        rows.append(row)
        print(f"{seed:4}  {row[0]:8.3f}  {row[1]:8.3f}  {row[2]:.3f}  {row[3]:.3f}")
    print("mean  {:8.3f}  {:8.3f}  {:.3f}  {:.3f}".format(*np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
