"""Accuracy of names, of the actors they are put to, and of sentiment toward actors; prints a table.

    python benchmarks/actors.py [--data ../shared/data] [--only names|aliases|target]

Names: GermEval 2014, development part, F1 of outer spans with their type, five-fold cross-validation by sentence: no
sentence is tagged by a model that has seen it. Parts and derivations (``US-Truppen``, ``russisch``) are not counted,
neither in the gold standard nor as found.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from train_names import f1, features, gold_labels, learn, read_germeval

from framing.language.documents import Documents
from framing.language.names import Name, find_names

ROOT = Path(__file__).resolve().parents[1]
Row = tuple[str, str, str, str]
# what is no name by itself in the gold standard either
_PARTS = ("adjective", "inhabitant", "prefix", "office")
_TYPE = {"person": "PER", "organisation": "ORG", "group": "ORG", "place": "LOC", "state": "LOC"}
_WHAT = {
    "PER": ("persons", ".75", ".88"),
    "ORG": ("organisations", ".50", ".70"),
    "LOC": ("places and states", ".75", ".88"),
}


def names(data: Path, folds: int = 5) -> list[Row]:
    """F1 of each kind of name, cross-validated."""
    sentences = read_germeval(data / "names" / "germeval2014_dev.tsv")
    d = Documents([s.text for s in sentences])
    rows, labels = features(d), gold_labels(d, sentences)
    fold = np.random.default_rng(0).permutation(len(sentences)) % folds
    options = SimpleNamespace(c1=0.1, c2=0.05, iterations=80)
    found: set[tuple[int, int, int, str]] = set()
    for k in range(folds):
        tagger = learn(d, rows, labels, np.flatnonzero(fold != k), options)
        held = np.flatnonzero(fold == k).tolist()
        part = Documents([sentences[i].text for i in held])
        for name in find_names(part, tagger=tagger):
            if name.kind not in _PARTS:
                found.add((held[name.segment], *_offsets(part, name), _TYPE[name.type]))
    gold = {(i, *span) for i, s in enumerate(sentences) for span in s.spans}
    table = []
    for kind, (what, floor, goal) in _WHAT.items():
        p, r, f = f1({x for x in found if x[3] == kind}, {x for x in gold if x[3] == kind})
        table.append((f"{what}, F1 of outer spans", f"{f:.3f} (P {p:.3f} R {r:.3f})", floor, goal))
    return table


def _offsets(d: Documents, name: Name) -> tuple[int, int]:
    return int(d.tokens.start[name.first]), int(d.tokens.end[name.last - 1])


def aliases() -> list[Row]:
    """Share of the alias cases that are put to the right actor."""
    sys.path.insert(0, str(ROOT / "tests"))
    from alias_cases import actor_of

    cases = json.loads((ROOT / "tests" / "cases" / "actors_aliases.json").read_text("utf-8"))
    right = sum(actor_of(case) == case["actor"] for case in cases)
    return [
        (f"aliases put to the right actor, {len(cases)} cases", f"{right / len(cases):.3f} ({right})", ".90", ".98")
    ]


def target(data: Path) -> None:
    """Sentiment toward the target, printed by ``actors_target.py``."""
    import actors_target

    actors_target.target(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = Path(os.environ.get("FRAMING_DATA") or ROOT.parent / "shared" / "data")
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--only", choices=["names", "aliases", "target"], default="")
    o = parser.parse_args()
    rows: list[Row] = []
    if o.only in ("", "names"):
        rows += names(o.data)
    if o.only in ("", "aliases"):
        rows += aliases()
    if rows:
        print_table(rows)
    if o.only in ("", "target"):
        target(o.data)


def print_table(rows: list[Row]) -> None:
    """Print figures beside their floor and goal."""
    width = max(len(r[0]) for r in rows)
    print(f"{'what':{width}}  {'measured':24}  {'floor':6}  goal")
    for what, value, floor, goal in rows:
        print(f"{what:{width}}  {value:24}  {floor:6}  {goal}")


if __name__ == "__main__":
    main()
