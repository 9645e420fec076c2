"""Other free tools on the same data, beside ours in one run: sentence boundaries and lemmas.

    python benchmarks/language.py --alternatives [--data ../shared/data]

Speed is the best of three runs, caches warm. For lemmas the others get the treebank's tokens; we cut the text ourselves.
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

Splitter = Callable[[list[str]], list[list[str]]]
Lemmatiser = Callable[[list[tuple[str, list[Word]]]], list[list[str]]]


def starts_of(pieces: list[str], text: str) -> set[int]:
    """Where each sentence begins, in characters that are no blanks: tokenisation does not move these.

    A tool may lose a character on the way, so each beginning is looked for near where it is due.
    """
    whole, due, starts = "".join(text.split()), 0, set()
    for piece in pieces:
        bare = "".join(piece.split())
        low = max(due - 4, 0)
        found = whole.find(bare[:8], low, due + 20)
        begin = found if found >= 0 else due
        starts.add(begin)
        due = begin + len(bare)
    return starts


def our_splitter() -> Splitter:
    vocabulary = Vocabulary()

    def split(texts: list[str]) -> list[list[str]]:
        t = Documents(texts, vocabulary).tokens
        first = np.r_[True, t.sentence[1:] != t.sentence[:-1]]
        starts: list[list[int]] = [[] for _ in texts]
        for text, start in zip(t.segment[first].tolist(), t.start[first].tolist(), strict=True):
            starts[text].append(start)
        return [
            [text[a:b] for a, b in zip(at, [*at[1:], len(text)], strict=True)]
            for text, at in zip(texts, starts, strict=True)
        ]

    return split


def somajo() -> Splitter:
    tokenizer = import_module("somajo").SoMaJo("de_CMC", split_camel_case=False, split_sentences=True)
    return lambda texts: [["".join(t.text for t in s) for s in tokenizer.tokenize_text([text])] for text in texts]


def sentencex() -> Splitter:
    segment = import_module("sentencex").segment
    return lambda texts: [list(segment("de", text)) for text in texts]


def textblob_sentences() -> Splitter:
    textblob_de = import_module("textblob_de")
    tokenizer = textblob_de.PatternTokenizer()
    return lambda texts: [[str(s) for s in textblob_de.TextBlobDE(t, tokenizer=tokenizer).sentences] for t in texts]


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


def boundary_f1(split: Splitter, paragraphs: list[list[str]]) -> float:
    texts = [" ".join(sentences) for sentences in paragraphs]
    right = found = gold = 0
    for text, answer, sentences in zip(texts, split(texts), paragraphs, strict=True):
        a, b = starts_of(answer, text), starts_of(sentences, text)
        right, found, gold = right + len(a & b), found + len(a), gold + len(b)
    return 2 * right / (found + gold)


def shared_words(rows: list[tuple[str, list[Word]]]) -> list[list[bool]]:
    """Whether each word is a noun, verb or adjective, and one token to us: the treebank cuts at hyphens, we do not."""
    d = Documents([text for text, _ in rows], Vocabulary())
    t = d.tokens
    ours = set(zip(t.segment.tolist(), t.start.tolist(), t.end.tolist(), strict=True))
    return [
        [word.upos in ("NOUN", "VERB", "ADJ") and (k, word.start, word.end) in ours for word in words]
        for k, (_, words) in enumerate(rows)
    ]


def lemma_accuracy(lemmatise: Lemmatiser, rows: list[tuple[str, list[Word]]], counts: list[list[bool]]) -> float:
    """Share of the words that count with the right lemma, letter case ignored: pattern's are all lower case."""
    right = [
        answer.lower() == word.lemma.lower()
        for (_, words), answers, of_row in zip(rows, lemmatise(rows), counts, strict=True)
        for word, answer, count in zip(words, answers, of_row, strict=True)
        if count
    ]
    return sum(right) / len(right)


def print_alternatives(data: Path) -> None:
    """Accuracy and speed of each tool on UD GSD dev, and the same as ratios to ours."""
    rows = read_conllu(data / "syntax" / "de_gsd-ud-dev.conllu")
    n = sum(len(words) for _, words in rows)
    # some tools take a stray quotation mark to the end of the text: paragraphs keep the harm small
    paragraphs = [[text for text, _ in rows[i : i + 10]] for i in range(0, len(rows), 10)]
    texts = [" ".join(sentences) for sentences in paragraphs]
    counts = shared_words(rows)
    print(f"\nSentence boundaries, ten sentences a paragraph\n{'':30}  F1     ratio  tokens/s    ratio")
    _print_tools(SPLITTERS, n, lambda tool: boundary_f1(tool, paragraphs), lambda tool: tool(texts))
    words = sum(map(sum, counts))
    print(f"\nLemmas of {words:,} nouns, verbs, adjectives, case ignored\n{'':30}  right  ratio  tokens/s    ratio")
    _print_tools(LEMMATISERS, n, lambda tool: lemma_accuracy(tool, rows, counts), lambda tool: tool(rows))


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
