"""Train the tagger of names and save it to ``framing/models/names.npz``; or cross-validate it.

Text: sentences of GermEval 2014 (CC BY 4.0), hand-labelled.

    python benchmarks/train_names.py [--data ../shared/data] [--out FILE]
    python benchmarks/train_names.py --folds 5       # F1 of the model alone, not learnt from what it is measured on
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.language.documents import Documents
from framing.language.name_tagger import (
    LABELS,
    MODEL,
    OFFSETS,
    TYPES,
    NameTagger,
    spans_of,
    token_slots,
    word_features,
)
from framing.language.names import training_codes
from framing.language.tagging import BOUNDARY

Span = tuple[int, int, str]


@dataclass
class Sentence:
    """A sentence with its labelled names: ``(start, end, label)`` in characters of the text."""

    text: str
    spans: list[Span]


def read_germeval(path: Path) -> list[Sentence]:
    """Sentences as a newspaper would set them, with outer spans (``PER``, ``LOCderiv``, ``ORGpart`` …)."""
    sentences: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) >= 3:
            words.append(cells[1])
            tags.append(cells[2])
        elif words:
            sentences.append(set_type(words, tags))
            words, tags = [], []
    return sentences


def set_type(words: list[str], tags: list[str]) -> Sentence:
    """Words joined with blanks where a newspaper has them."""
    text, spans, opened = "", [], False
    glue = True
    for word, tag in zip(words, tags, strict=True):
        closes = word in {",", ".", ";", ":", "!", "?", ")", "]", "“", "«", "...", "%"} or (word == '"' and opened)
        if text and not glue and not closes:
            text += " "
        start = len(text)
        text += word
        opened ^= word == '"'
        glue = word in {"(", "[", "„", "»"} or (word == '"' and opened)
        if tag.startswith("B-"):
            spans.append((start, len(text), tag[2:]))
        elif tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], len(text), spans[-1][2])
    return Sentence(text, spans)


def gold_labels(d: Documents, sentences: list[Sentence]) -> list[str]:
    """Label of each token."""
    labels = ["O"] * d.n_tokens
    t = d.tokens
    for k, sentence in enumerate(sentences):
        window = d.slice(k)
        for start, end, kind in sentence.spans:
            inside = [i for i in range(window.start, window.stop) if t.start[i] < end and t.end[i] > start]
            whole = kind if kind in ("PER", "ORG", "LOC", "OTH") else ""
            for rank, i in enumerate(inside):
                part = "B-" if rank == 0 else "I-"
                labels[i] = part + whole if whole else "DERIV" if kind.endswith("deriv") else "PART"
    return labels


def features(d: Documents) -> list[list[str]]:
    """Features of each token as strings."""
    types, sentence, strings = d.tokens.type.tolist(), d.tokens.sentence.tolist(), d.vocabulary.strings
    table: dict[int, dict[int, list[str]]] = {}
    for number in set(types):
        own = word_features(strings[number], d.vocabulary.morphology.candidates(strings[number])[0])
        table[number] = {o: [f"{o}|{f}" for f in own] for o in OFFSETS}
    outside = {o: [f"{o}|{BOUNDARY}"] for o in OFFSETS}
    slots = {name: values.tolist() for name, values in token_slots(d, training_codes(d)).items()}
    rows = []
    n = len(types)
    for i in range(n):
        row = [f"{name}|{values[i]}" for name, values in slots.items()]
        for o in OFFSETS:
            j = i + o
            inside = 0 <= j < n and sentence[j] == sentence[i]
            row += table[types[j]][o] if inside else outside[o]
        rows.append(row)
    return rows


def fit(rows: list[list[str]], labels: list[str], sentence: list[int], c1: float, c2: float, iterations: int):  # type: ignore[no-untyped-def]
    """Weights ``(state, transitions)`` of a conditional random field."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or sentence[i] != sentence[i - 1]:
            trainer.append(rows[start:i], labels[start:i])
            start = i
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        state, transitions = dict(info.state_features), dict(info.transitions)
        tagger.close()
    return state, transitions


def compile_model(state: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float]) -> NameTagger:
    """The weights as arrays; those below 0.005 are left out."""
    number = {label: i for i, label in enumerate(LABELS)}
    weights: dict[str, np.ndarray] = {}
    for (feature, label), value in state.items():
        if abs(value) >= 0.005:
            weights.setdefault(feature, np.zeros(len(LABELS), np.float32))[number[label]] = value
    table = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, label), value in transitions.items():
        table[number[before], number[label]] = value
    return NameTagger(weights, table)


def learn(d: Documents, rows: list[list[str]], labels: list[str], texts: np.ndarray, options) -> NameTagger:  # type: ignore[no-untyped-def]
    """A tagger from the sentences of some of the texts."""
    chosen = np.flatnonzero(np.isin(d.tokens.segment, texts)).tolist()
    sentence = d.tokens.segment[chosen].tolist()
    return compile_model(
        *fit(
            [rows[i] for i in chosen], [labels[i] for i in chosen], sentence, options.c1, options.c2, options.iterations
        )
    )


def f1(found: set, gold: set) -> tuple[float, float, float]:  # type: ignore[type-arg]
    """Precision, recall, F1."""
    right = len(found & gold)
    p, r = right / max(len(found), 1), right / max(len(gold), 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = Path(os.environ.get("FRAMING_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate instead of saving")
    parser.add_argument("--c1", type=float, default=0.1, help="weight of the L1 penalty")
    parser.add_argument("--c2", type=float, default=0.05, help="weight of the L2 penalty")
    parser.add_argument("--iterations", type=int, default=80)
    options = parser.parse_args()
    sentences = read_germeval(options.data / "names" / "germeval2014_dev.tsv")
    d = Documents([s.text for s in sentences])
    rows, labels = features(d), gold_labels(d, sentences)
    everyone = np.arange(len(sentences))
    if not options.folds:
        tagger = learn(d, rows, labels, everyone, options)
        tagger.save(options.out)
        print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {len(tagger.weights)} features")
        return
    code = training_codes(d)
    guess = np.zeros(d.n_tokens, np.uint8)
    fold = np.random.default_rng(0).permutation(len(sentences)) % options.folds
    for k in range(options.folds):
        tagger = learn(d, rows, labels, everyone[fold != k], options)
        held = fold[d.tokens.segment] == k
        guess[held] = tagger.labels(d, code)[held]
    for name in ("PER", "ORG", "LOC"):
        found, gold = (
            {s for s in spans_of(tags, d.tokens.segment) if s[2] == TYPES[name]}
            for tags in (guess, np.array([LABELS.index(x) for x in labels], np.uint8))
        )
        print(name, *(f"{x:.3f}" for x in f1(found, gold)))


if __name__ == "__main__":
    main()
