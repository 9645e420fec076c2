"""Other free tools on the same data, beside ours in one run: sentence boundaries and lemmas.

    python benchmarks/language.py --alternatives [--data ../shared/data]

What is not installed is skipped with a line: ``pip install SoMaJo sentencex`` for all. SoMaJo is under the GPL: it is
measured here where somebody has installed it, and is no part of the package.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np
from train_roles import Word, read_conllu

from framing.language.documents import Documents
from framing.language.vocabulary import Vocabulary

Splitter = Callable[[str], set[int]]
Lemmatiser = Callable[[list[tuple[str, list[Word]]]], list[list[str]]]


def visible(text: str) -> int:
    """Number of characters that are no blanks: a position that tokenisation does not move."""
    return sum(not c.isspace() for c in text)


def starts_of(pieces: list[str]) -> set[int]:
    """Where each sentence begins, in visible characters."""
    return set(np.cumsum([0, *map(visible, pieces)])[:-1].tolist())


def our_splitter() -> Splitter:
    vocabulary = Vocabulary()

    def split(text: str) -> set[int]:
        t = Documents([text], vocabulary).tokens
        first = np.r_[True, t.sentence[1:] != t.sentence[:-1]]
        return starts_of([text[a:b] for a, b in _spans(t.start[first].tolist(), len(text))])

    return split


def _spans(starts: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def somajo() -> Splitter:
    tokenizer = import_module("somajo").SoMaJo("de_CMC", split_camel_case=False, split_sentences=True)
    return lambda text: starts_of(["".join(t.text for t in s) for s in tokenizer.tokenize_text([text])])


def sentencex() -> Splitter:
    segment = import_module("sentencex").segment
    return lambda text: starts_of(list(segment("de", text)))


def textblob_sentences() -> Splitter:
    textblob_de = import_module("textblob_de")
    tokenizer = textblob_de.PatternTokenizer()
    return lambda text: starts_of([str(s) for s in textblob_de.TextBlobDE(text, tokenizer=tokenizer).sentences])


def our_lemmatiser(vocabulary: Vocabulary | None = None) -> Lemmatiser:
    def lemmatise(rows: list[tuple[str, list[Word]]]) -> list[list[str]]:
        voc = Vocabulary() if vocabulary is None else vocabulary
        d = Documents([text for text, _ in rows], voc)
        bounds, starts = d.tokens.segment_start.tolist(), d.tokens.start.tolist()
        lemmas = d.word_lemma.tolist()
        out = []
        for (_, words), low, high in zip(rows, bounds, bounds[1:], strict=False):
            at = dict(zip(starts[low:high], lemmas[low:high], strict=True))
            out.append([voc.lemmas[at[w.start]] if w.start in at else "" for w in words])
        return out

    return lemmatise


def simplemma() -> Lemmatiser:
    lemmatize = import_module("simplemma").lemmatize
    return lambda rows: [[lemmatize(w.form, lang="de") for w in words] for _, words in rows]


def hanta() -> Lemmatiser:
    tagger = import_module("HanTa.HanoverTagger").HanoverTagger("morphmodel_ger.pgz")
    return lambda rows: [[x[1] for x in tagger.tag_sent([w.form for w in words])] for _, words in rows]


def textblob_lemmas() -> Lemmatiser:
    parse = import_module("textblob_de.packages").pattern_de.parse

    def lemmatise(rows: list[tuple[str, list[Word]]]) -> list[list[str]]:
        text = "\n".join(" ".join(w.form for w in words) for _, words in rows)
        parsed = parse(text, tokenize=False, chunks=False, lemmata=True).split("\n")
        return [[token.rsplit("/", 1)[1] for token in sentence.split(" ")] for sentence in parsed]

    return lemmatise


SPLITTERS: dict[str, Callable[[], Splitter]] = {
    "framing": our_splitter,
    "SoMaJo": somajo,
    "sentencex": sentencex,
    "textblob-de, pattern tokenizer": textblob_sentences,
}
LEMMATISERS: dict[str, Callable[[], Lemmatiser]] = {
    "framing, word types cached": lambda: our_lemmatiser(Vocabulary()),
    "framing, all word types new": our_lemmatiser,
    "HanTa, in sentence": hanta,
    "simplemma": simplemma,
    "textblob-de, pattern parser": textblob_lemmas,
}


def best_time(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs; models and caches are warm from the first."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def boundary_f1(split: Splitter, rows: list[tuple[str, list[Word]]]) -> float:
    found, gold = split(" ".join(text for text, _ in rows)), starts_of([text for text, _ in rows])
    return 2 * len(found & gold) / (len(found) + len(gold))


def lemma_accuracy(lemmatise: Lemmatiser, rows: list[tuple[str, list[Word]]]) -> float:
    """Share of nouns, verbs and adjectives with the right lemma, letter case ignored: pattern's are all lower case."""
    right = [
        answer.lower() == word.lemma.lower()
        for (_, words), answers in zip(rows, lemmatise(rows), strict=True)
        for word, answer in zip(words, answers, strict=True)
        if word.upos in ("NOUN", "VERB", "ADJ")
    ]
    return sum(right) / len(right)


def print_alternatives(data: Path) -> None:
    """Accuracy and speed of each tool on UD GSD dev, and the same as ratios to ours."""
    rows = read_conllu(data / "syntax" / "de_gsd-ud-dev.conllu")
    n = sum(len(words) for _, words in rows)
    joined = " ".join(text for text, _ in rows)
    print(f"\n{'sentence boundaries':30}  F1     ratio  tokens/s    ratio")
    _print_tools(SPLITTERS, n, lambda tool: boundary_f1(tool, rows), lambda tool: tool(joined))
    print(f"\n{'lemmas, letter case ignored':30}  right  ratio  tokens/s    ratio")
    _print_tools(LEMMATISERS, n, lambda tool: lemma_accuracy(tool, rows), lambda tool: tool(rows))


def _print_tools(tools: dict, n: int, accuracy: Callable, run: Callable) -> None:
    ours: tuple[float, float] | None = None
    for name, make in tools.items():
        try:
            tool = make()
        except ImportError as error:
            print(f"{name:30}  skipped: {error.name} is not installed")
            continue
        right = accuracy(tool)
        speed = n / best_time(lambda tool=tool: run(tool))
        ours = ours or (right, speed)
        print(f"{name:30}  {right:.3f}  {right / ours[0]:.2f}  {speed:>9,.0f}  {speed / ours[1]:>8.4f}")
