"""Loaded terms: agreement with annotated words, hits read in context, false hits, speed; prints a table.

    python benchmarks/loaded_terms.py [--data ../shared/data] [--articles 600] [--halves] [--company] [--draw SEED]

Annotated words: 15 articles in which readers listed the words and phrases that they found loaded. A listed word is any
place of its article where it stands as a whole word; it is found if a hit overlaps one of its places, and a hit is right
if it overlaps a place of any listed word. Rows: *loaded terms* are the entries of the lexicon; *all hits* adds what the
scorer marks besides, scare quotes, ``sogenannt`` and the like, and doubting verbs of speech. The list of the readers
has function words too (``noch``, ``so``, ``kaum``), which no lexicon of loaded terms should have. ``--halves`` gives the
figures of two fixed halves beside them: every second article by file name, from the first, was looked at to learn which
kinds of words were missed; the words of the others were not, so that theirs are the honest figures.

Read hits: 200 hits of loaded terms drawn at random from articles of eight outlets and read in context; the file
``loaded_terms_read.csv`` notes each with a reason. ``--draw SEED`` prints 200 others with their context.

``--company`` says how well the company of a word tells known loaded terms from other words, as area under the curve, for
word vectors of sentences and of neighbours; ``framing loaded-terms discover`` takes the neighbours.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from framing.language.corpus_words import read_words
from framing.language.documents import Documents
from framing.language.vectors import WordVectors
from framing.scorers import LoadedTerms
from framing.scorers.loaded_lexicon import load_loaded_terms
from framing.scorers.loaded_terms import DISTANCING, DOUBTING_CUE, SCARE

HERE = Path(__file__).parent
READ = HERE / "loaded_terms_read.csv"
UNRELATED = HERE.parent / "tests" / "cases" / "loaded_terms_unrelated.json"
BESIDES = {SCARE, DISTANCING, DOUBTING_CUE}
BATCH = 100
SAMPLE = 200
Place = tuple[int, int]


def places(text: str, word: str) -> list[Place]:
    """Where a word or phrase stands as a whole."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def hit_table(d: Documents) -> pd.DataFrame:
    """Hits with their text and offsets."""
    hits, t = LoadedTerms().hits(d), d.tokens
    return pd.DataFrame(
        {
            "segment": t.segment[hits.first],
            "start": t.start[hits.first],
            "end": t.end[hits.last - 1],
            "term": hits.term,
            "category": hits.category,
            "target": hits.target,
            "voice": d.voice[hits.first],
        }
    )


def annotated(data: Path, halves: bool) -> None:
    """Precision and recall against the words that readers listed."""
    articles = json.loads((data / "loaded-words" / "articles_dev.json").read_text("utf-8"))
    articles.sort(key=lambda article: article["file"])
    agreement("annotated words", articles)
    if halves:
        agreement("of these, looked at", articles[::2])
        agreement("of these, not looked at", articles[1::2])


def agreement(name: str, articles: list[dict[str, Any]]) -> None:
    """Precision and recall in some articles, of the lexicon and of all hits."""
    wanted = [
        (i, found)
        for i, article in enumerate(articles)
        for word in dict.fromkeys(article["bias_terms"])
        if (found := places(article["text"], word))
    ]
    table = hit_table(Documents([article["text"] for article in articles]))
    print(f"{name}: {len(wanted)} in {len(articles)} articles")
    besides = table["category"].isin(BESIDES)
    for rows, part in (("loaded terms", table[~besides]), ("all hits", table)):
        spans = list(zip(part["segment"].tolist(), part["start"].tolist(), part["end"].tolist(), strict=True))
        marked = [(i, a, b) for i, found in wanted for a, b in found]
        right = sum(any(i == j and a < y and x < b for j, x, y in marked) for i, a, b in spans)
        recalled = sum(any(i == j and a < y and x < b for j, a, b in spans for x, y in found) for i, found in wanted)
        print(
            f"  {rows:14} {len(spans):5d} hits  precision {right / len(spans):.3f}  recall {recalled / len(wanted):.3f}"
        )


def unrelated() -> None:
    """False hits of the words that only look like loaded terms."""
    cases = json.loads(UNRELATED.read_text("utf-8"))
    table = hit_table(Documents([case["text"] for case in cases]))
    wrong = sum(len(table[(table["segment"] == i) & ~table["category"].isin(BESIDES)]) for i in range(len(cases)))
    print(f"unrelated words: {wrong} false hits in {len(cases)} cases")


def batches(corpus: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, Documents]]:
    """Parsed batches, title and text of each article."""
    for start in range(0, len(corpus), BATCH):
        part = corpus.iloc[start : start + BATCH]
        titles, texts = part["title"].fillna("").tolist(), part["text"].tolist()
        yield part, Documents([s for pair in zip(titles, texts, strict=True) for s in pair])


def speed(corpus: pd.DataFrame) -> None:
    """Tokens per second of the scorer on parsed texts: the first pass meets every word for the first time."""
    scorer = LoadedTerms()
    for name in ("first pass", "second pass"):
        tokens, seconds = 0, 0.0
        for part, d in batches(corpus):
            _ = d.lemma, d.voice, d.scare, d.name_list, d.phrases
            group = np.repeat(np.arange(len(part), dtype=np.int32), 2)
            start = time.process_time()
            scorer.measures(d, scorer.hits(d), group, len(part))
            seconds += time.process_time() - start
            tokens += d.n_tokens
        print(f"speed, {name}: {tokens / seconds / 1e6:.1f} M tokens/s on {tokens:,} parsed tokens")


def read() -> None:
    """Share of the read hits that are right in context."""
    if not READ.is_file():
        return
    table = pd.read_csv(READ, keep_default_na=False)
    right = table["right"] == "yes"
    print(f"hits read in context: {right.mean():.3f} of {len(table)} right")
    for reason, n in table.loc[~right, "reason"].value_counts().items():
        print(f"  {n:3d}  {reason}")


def draw(corpus: pd.DataFrame, seed: int) -> None:
    """Random hits of loaded terms with their context, to be read."""
    rows = []
    for part, d in batches(corpus):
        table = hit_table(d)
        for row in table[~table["category"].isin(BESIDES)].itertuples(index=False):
            text, article = d.texts[row.segment], part.iloc[row.segment // 2]
            context = text[max(0, row.start - 160) : row.start] + "[[" + text[row.start : row.end] + "]]"
            context += text[row.end : row.end + 110]
            field = ("title", "text")[row.segment % 2]
            surface = text[row.start : row.end]
            rows.append((article["article_id"], article["outlet"], field, row.start, row.end, row.term, row.category,
                         ("author", "quoted", "distanced")[row.voice], row.target, surface, context))  # fmt: skip
    rng = np.random.default_rng(seed)
    for i, k in enumerate(np.sort(rng.choice(len(rows), SAMPLE, replace=False)).tolist(), start=1):
        *head, context = rows[k]
        print(i, *head, " ".join(context.split()), sep="\t")


def company(corpus: pd.DataFrame) -> None:
    """Area under the curve of the share of loaded terms among the 50 nearest words, the word itself left out."""
    words = read_words(corpus, progress=False).words
    terms = [t.term for t in load_loaded_terms().terms if t.strength >= 2]
    for context, window in (("sentence", 1), ("window", 3), ("window", 8)):
        vectors = WordVectors.of_words(words, dimensions=100, min_count=5, context=context, window=window)
        clear = np.zeros(len(vectors), bool)
        clear[vectors.rows(terms)] = True
        share = np.empty(len(vectors))
        for i, vector in enumerate(vectors.vectors):
            near = vectors.vectors @ vector
            near[i] = -np.inf
            share[i] = clear[np.argpartition(-near, 49)[:50]].mean()
        print(
            f"company, {context} {window}: AUC {roc_auc_score(clear, share):.2f} ({clear.sum()} of {len(clear)} words)"
        )


def load(data: Path, count: int) -> pd.DataFrame:
    """Articles of all outlets, drawn at random."""
    frame = pd.read_json(data / "articles" / "multi_outlet.jsonl.gz", lines=True)
    frame = frame.rename(columns={"id": "article_id"})
    return frame.sample(min(count, len(frame)), random_state=0).sort_values("outlet", kind="stable")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRAMING_DATA", "../shared/data")))
    parser.add_argument("--articles", type=int, default=600, help="how many articles to measure speed on, or draw from")
    parser.add_argument("--halves", action="store_true", help="the agreement in the two halves of the articles too")
    parser.add_argument(
        "--company", action="store_true", help="print how well a word's company tells loaded terms instead"
    )
    parser.add_argument("--draw", type=int, metavar="SEED", help="print random hits with their context instead")
    options = parser.parse_args()
    if options.draw is not None:
        draw(load(options.data, options.articles), options.draw)
        return
    if options.company:
        company(load(options.data, options.articles))
        return
    annotated(options.data, options.halves)
    unrelated()
    read()
    speed(load(options.data, options.articles))


if __name__ == "__main__":
    main()
