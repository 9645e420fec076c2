"""Analyse common word forms beforehand and ship the answers (``framing/models/word_types.parquet``).

Forms come from open text: Bundestag speeches (public domain), GerNTSA and GermEval 2014 (CC BY 4.0), the demo corpus.

    python benchmarks/build_word_types.py                     # the forms of the present file, analysed anew
    python benchmarks/build_word_types.py --data ../shared/data  # forms collected from the texts
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from framing.demo import demo_corpus
from framing.language.cache import SHIPPED, write_table
from framing.language.documents import Documents
from framing.language.morphology import Morphology
from framing.language.vocabulary import Vocabulary

LEAST = 2


def texts(data: Path) -> list[str]:
    """Open texts with German words."""
    with gzip.open(data / "speeches" / "speeches_sample.jsonl.gz", "rt", encoding="utf-8") as file:
        found = [json.loads(line)["text"] for line in file]
    snippets = json.loads((data / "target-sentiment" / "gerntsa_dev.json").read_text("utf-8"))
    found += [x["opinion_snippet"] for x in snippets]
    words = [
        line.split("\t")[1]
        for line in (data / "names" / "germeval2014_dev.tsv").read_text("utf-8").splitlines()
        if "\t" in line and not line.startswith("#")
    ]
    return [*found, " ".join(words), *demo_corpus().articles["text"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    morphology = Morphology()
    if options.data:
        voc = Vocabulary(morphology)
        counts: Counter[int] = Counter()
        all_texts = texts(options.data)
        for start in range(0, len(all_texts), 200):
            counts.update(Documents(all_texts[start : start + 200], voc).tokens.type.tolist())
        common = {t for t, n in counts.items() if n >= LEAST}
        for start in range(0, len(all_texts), 200):
            # the pairs of word and tag that occur are those worth keeping
            _ = Documents(all_texts[start : start + 200], voc).word_lemma
        words = {voc.strings[t] for t in common}
        morphology.candidate_table = {w: c for w, c in morphology.candidate_table.items() if w in words}
        morphology.lemma_table = {k: v for k, v in morphology.lemma_table.items() if k[0] in words}
    else:
        import pyarrow.parquet as pq

        for row in pq.read_table(SHIPPED).to_pylist():
            if row["inside"]:
                morphology.candidates(row["word"])
            for pair in row["lemmas"]:
                tag = int(pair.partition("=")[0])
                if tag >= 0:
                    morphology.lemma(row["word"], tag)
    write_table(SHIPPED, morphology, level=15)
    print(f"{SHIPPED}: {len(morphology.candidate_table)} forms, {SHIPPED.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
