"""What is found in an article never depends on the articles that are scored with it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pandas as pd
import pytest

from framing.batches import score_batch
from framing.corpus import read
from framing.scoring import corpus_table, make_scorers

# Titles and texts that begin or end where a neighbour could be taken for a part of them.
TRICKY = [
    ("Der Minister warnt, dass", "Der Minister Karl Beck sagte am Montag: „Wir warten nicht länger“"),
    ("„Wir gehen nicht“", "„Das ist falsch“"),
    ("„mutige“ Tat", "Wie geht es weiter? fragte der Bürgermeister und lobte die mutigen Helfer"),
    ("Weiter Streit um Henry Lohmanns", "Die Rede war von Henry Lohmanns"),
    ("Reise", "Große Pläne hat die Regierung. Sie sei zuversichtlich, hieß es"),
    ("Russland wird im Herbst mit Prüfungen beginnen", "China droht mit Sanktionen, und"),
    ("Herr und Frau", "Müller, der Präsident von"),
    ("Sanders", "Nach Angaben von"),
    ("Der Kanzler, ein Mann der Tat,", "Er habe gelogen. So"),
    ("Angeblich", "Die sogenannte"),
    ("als", "Die Nato verurteilt den Angriff nicht"),
    ("in", "Berlin und Moskau streiten (mit"),
    ("", "Laut"),
]


@pytest.fixture(scope="module")
def scorers():
    return make_scorers()


def tables(articles: pd.DataFrame, scorers) -> dict[str, dict[str, list[tuple[object, ...]]]]:
    """Rows of each table by article."""
    found: dict[str, dict[str, list[tuple[object, ...]]]] = {}
    for name, table in score_batch(articles, scorers).items():
        rows = found.setdefault(name, {i: [] for i in articles["article_id"]})
        for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
            rows[row.article_id].append(tuple(row))
    return found


def test_tricky_neighbours_change_nothing(scorers) -> None:
    articles = corpus_table(pd.DataFrame(TRICKY, columns=["title", "text"]))
    alone = [tables(articles.iloc[[i]].reset_index(drop=True), scorers) for i in range(len(articles))]
    for step in (1, 4, 6, 12):
        order = [(k * step) % len(articles) for k in range(len(articles))]
        together = tables(articles.iloc[order].reset_index(drop=True), scorers)
        for name, i in itertools.product(together, range(len(articles))):
            article = f"article-{i + 1}"
            assert together[name][article] == alone[i][name][article], (name, TRICKY[i], step)


def test_real_neighbours_change_nothing(scorers, shared_data: Path) -> None:
    articles = corpus_table(read([shared_data / "articles" / "multi_outlet.jsonl.gz"]).articles.iloc[::211])
    together = tables(articles, scorers)
    turned = articles.iloc[::-1].reset_index(drop=True)
    apart = [tables(turned.iloc[at : at + 3].reset_index(drop=True), scorers) for at in range(0, len(turned), 3)]
    for name, of_article in together.items():
        for part in apart:
            for article, rows in part[name].items():
                assert rows == of_article[article], (name, article)
