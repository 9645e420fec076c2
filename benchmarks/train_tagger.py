"""Train the part-of-speech tagger and save it to ``framing/models/tagger.npz``.

Text: Bundestag speeches (public domain), GerNTSA snippets and GermEval 2014 sentences (both CC BY 4.0), tagged by
HanTa's in-sentence model, which is the teacher; the linear model learns to give its answers at array speed.

    python benchmarks/train_tagger.py --silver FILE.jsonl   # lines of [source, [words], [tags]]
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse

from framing.language.morphology import TAG_ID, Morphology
from framing.language.tagging import (
    BOUNDARY,
    MODEL,
    N_TAGS,
    OFFSETS,
    Tagger,
    context_features,
    kind_of,
    situation,
    word_features,
)  # fmt: skip


def read(path: Path) -> list[tuple[list[str], list[int]]]:
    """Sentences with tag numbers."""
    sentences = []
    for line in path.open(encoding="utf-8"):
        _, words, tags = json.loads(line)
        sentences.append((words, [TAG_ID.get(t, TAG_ID["XY"]) for t in tags]))
    return sentences


def build(sentences, morphology, word_index, context_index, frequent, grow):  # type: ignore[no-untyped-def]
    """Sparse design matrices: own features, neighbours' features per offset, situation codes, tags."""
    cache: dict[tuple[str, bool], list[str]] = {}
    context_cache: dict[str, list[str]] = {}
    candidates: dict[str, tuple[list, list]] = {}

    def analyse(word: str):  # type: ignore[no-untyped-def]
        if word not in candidates:
            candidates[word] = morphology.candidates(word)
        return candidates[word]

    def index_of(features: list[str], index: dict[str, int]) -> list[int]:
        if grow:
            return [index.setdefault(f, len(index)) for f in features]
        return [index[f] for f in features if f in index]

    own_i, own_p = [], [0]
    ctx_i = [[] for _ in OFFSETS]
    ctx_p = [[0] for _ in OFFSETS]
    codes, target = [], []
    boundary = index_of(context_features(BOUNDARY, [], frequent), context_index)
    for words, tags in sentences:
        contexts = []
        for word in words:
            if word not in context_cache:
                context_cache[word] = index_of(context_features(word, analyse(word)[0], frequent), context_index)
            contexts.append(context_cache[word])
        breaks = np.array([True] + [not w[0].isalnum() for w in words[:-1]])
        kinds = np.array([kind_of(w) for w in words], np.uint8)
        codes.append(situation(kinds, np.zeros(len(words), np.int32), breaks))
        for i, word in enumerate(words):
            initial = i == 0 and word[0].isupper()
            key = (word, initial)
            if key not in cache:
                within, first = analyse(word)
                cache[key] = index_of(
                    word_features(word.lower() if initial else word, first if initial else within), word_index
                )
            own_i += cache[key]
            own_p.append(len(own_i))
            for k, offset in enumerate(OFFSETS):
                j = i + offset
                ctx_i[k] += contexts[j] if 0 <= j < len(words) else boundary
                ctx_p[k].append(len(ctx_i[k]))
        target += tags
    own = sparse.csr_matrix((np.ones(len(own_i), np.float32), own_i, own_p), shape=(len(target), len(word_index)))
    ctx = [
        sparse.csr_matrix((np.ones(len(x), np.float32), x, p), shape=(len(target), len(context_index)))
        for x, p in zip(ctx_i, ctx_p, strict=True)
    ]
    situ = sparse.csr_matrix(
        (np.ones(len(target), np.float32), np.concatenate(codes), np.arange(len(target) + 1)), shape=(len(target), 32)
    )
    return sparse.hstack([own, *ctx, situ]).tocsr(), np.array(target)


def train(x, y, epochs=6, rate=0.5, decay=1e-6, batch=4096, seed=1):  # type: ignore[no-untyped-def]
    """Softmax regression by AdaGrad over minibatches; returns weights ``(features, N_TAGS)``."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((x.shape[1], N_TAGS), np.float32)
    square = np.full((x.shape[1], N_TAGS), 1e-4, np.float32)
    for epoch in range(epochs):
        order = rng.permutation(len(y))
        right = 0
        for start in range(0, len(y), batch):
            rows = order[start : start + batch]
            part = x[rows]
            columns = np.unique(part.indices)
            part = part[:, columns]
            scores = part @ weights[columns]
            scores -= scores.max(axis=1, keepdims=True)
            p = np.exp(scores)
            p /= p.sum(axis=1, keepdims=True)
            right += int((p.argmax(axis=1) == y[rows]).sum())
            p[np.arange(len(rows)), y[rows]] -= 1
            gradient = (part.T @ p) / len(rows) * 20 + decay * weights[columns]
            square[columns] += gradient**2
            weights[columns] -= rate * gradient / np.sqrt(square[columns])
        print(f"epoch {epoch + 1}: agreement on the training part {right / len(y):.4f}", flush=True)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--silver", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10**9, help="sentences at most")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    sentences = read(options.silver)
    random.Random(1).shuffle(sentences)
    sentences = sentences[: options.limit]
    held = max(len(sentences) // 20, 1)
    counts = Counter(w.lower() for words, _ in sentences for w in words)
    frequent = frozenset(w for w, c in counts.most_common(1500))
    morphology = Morphology()
    word_index: dict[str, int] = {}
    context_index: dict[str, int] = {}
    x, y = build(sentences[held:], morphology, word_index, context_index, frequent, True)
    # features seen less than four times say little and cost space
    seen = np.asarray((x != 0).sum(axis=0)).ravel()
    keep = seen >= 4
    n_word, n_context = len(word_index), len(context_index)
    x = x[:, np.flatnonzero(keep)]
    weights = np.zeros((len(keep), N_TAGS), np.float32)
    weights[keep] = train(x, y)
    tagger_words = {f: i for f, i in word_index.items() if keep[i]}
    order = list(tagger_words.values())
    context_weights = np.stack(
        [weights[n_word + k * n_context : n_word + (k + 1) * n_context] for k in range(len(OFFSETS))]
    )
    tagger = Tagger(
        {f: i for i, f in enumerate(tagger_words)},
        weights[order],
        context_index,
        context_weights,
        weights[-32:],
        frequent,
    )
    tagger.save(options.out)
    x_test, y_test = build(sentences[:held], morphology, word_index, context_index, frequent, False)
    guess = (x_test @ weights).argmax(axis=1)
    print(f"agreement with the teacher on held-out sentences {np.mean(guess == y_test):.4f} ({len(y_test)} tokens)")
    print(
        f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {len(order)} word features, {n_context} context features"
    )


if __name__ == "__main__":
    main()
