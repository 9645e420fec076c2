"""Sentiment toward targets, and speed of actor scoring; called by ``benchmarks/actors.py``, or by itself:

    python benchmarks/actors_target.py [--data ../shared/data] [--only target|speed]

``target``: macro-F1 on GerNTSA dev, the model cross-validated in five folds grouped by snippet, rules as they are (no
weight of theirs is learnt). ``speed``: the whole scoring of actors on parsed texts of multi_outlet, one core: mentions,
sentiment toward, agency and power, speech, the table. "Parsed" means that tokens, tags, lemmas, clauses, phrases, roles,
negation, names, quotations with their speakers and voices are there, and the hits of sentiment and loaded terms, which the
scoring of an article has made before; seconds of processor time, best of three passes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from train_target_sentiment import SEEDS, cross_validate, read_gerntsa

from framing.language.documents import Documents
from framing.scorers import Actors, LexiconSentiment, LoadedTerms
from framing.scorers.actors import as_columns
from framing.scorers.target_model import LABELS
from framing.toward import sentiment_toward_many, span_features
from framing.validation.calibration import brier_score, expected_calibration_error, macro_f1

ARTICLES = 400
PASSES = 3


def target(data: Path) -> None:
    """Macro-F1 and accuracy of both methods."""
    frame = read_gerntsa(data)
    y = np.array([LABELS.index(label) for label in frame["label"]])
    rules = np.array([LABELS.index(label) for label in sentiment_toward_many(frame, "rules", False)["label"]])
    print(f"sentiment toward targets, GerNTSA dev, {len(y)} targets")
    print(
        f"  always neutral                 macro-F1 {macro_f1(y, np.ones(len(y), int)):.3f}  accuracy {np.mean(y == 1):.3f}"
    )
    print(f"  rules                          macro-F1 {macro_f1(y, rules):.3f}  accuracy {np.mean(y == rules):.3f}")
    x, names = span_features(frame)
    groups = np.unique(frame["text"], return_inverse=True)[1]
    rows = []
    for seed in range(SEEDS):
        p, label = cross_validate(x, y, names, groups, 5, seed)
        rows.append(
            (macro_f1(y, label), np.mean(y == label), expected_calibration_error(p, y), brier_score(p, y))
        )  # fmt: skip
    f1, accuracy, ece, brier = np.mean(rows, axis=0)
    print(
        f"  model, 5 folds, {SEEDS} divisions   macro-F1 {f1:.3f}  accuracy {accuracy:.3f}  "
        f"calibration error {ece:.3f}  Brier {brier:.3f}"
    )


def speed(data: Path) -> None:
    """Tokens per second of actor scoring."""
    with gzip.open(data / "articles" / "multi_outlet.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    chosen = records[:: max(len(records) // ARTICLES, 1)][:ARTICLES]
    texts = [part for r in chosen for part in (r["title"] or "", r["text"])]
    group = np.repeat(np.arange(len(chosen), dtype=np.int32), 2)
    d = Documents(texts)
    scorer = Actors()
    sentiment, loaded = LexiconSentiment().hits(d), LoadedTerms().hits(d)
    _ = d.name_list, d.speaker_names, d.voice, d.negation, d.role_table
    seconds = []
    for _ in range(PASSES):
        start = time.process_time()
        mentions = scorer.hits(d)
        hits = {"actors": mentions, **scorer.portrayal(d, mentions, sentiment, loaded)}
        scorer.measures(d, mentions, group, len(chosen))
        rows = [as_columns(row) for _, row in scorer.portraits(d, hits, group)]
        seconds.append(time.process_time() - start)
    print(
        f"actor scoring on parsed text: {d.n_tokens / min(seconds):,.0f} tokens/s "
        f"({d.n_tokens:,} tokens, {len(mentions):,} mentions, {len(rows):,} rows)"
    )


PARTS = {"target": target, "speed": speed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    parser.add_argument("--only", choices=sorted(PARTS))
    options = parser.parse_args()
    for name, part in PARTS.items():
        if options.only in (None, name):
            part(options.data)


if __name__ == "__main__":
    main()
