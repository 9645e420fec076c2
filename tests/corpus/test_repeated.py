from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from made_up import ADVERT, body

from framing import read
from framing.corpus.repeated import LEAST_ARTICLES, move_repeated


def table(texts: list[str], outlet: str = "A") -> pd.DataFrame:
    return pd.DataFrame({"outlet": outlet, "text": texts, "boilerplate": ""}).astype("str")


def test_an_advert_is_moved_and_the_article_stays() -> None:
    texts = [f"{body(i)} {ADVERT} {body(i + 100)}" for i in range(6)]
    moved, changed = move_repeated(table(texts))
    assert changed == 6
    assert moved["text"].tolist() == [f"{body(i)} {body(i + 100)}" for i in range(6)]
    assert set(moved["boilerplate"]) == {ADVERT}


def test_a_paragraph_of_its_own_leaves_no_gap() -> None:
    moved, _ = move_repeated(table([f"{body(i)}\n\n{ADVERT}\n\n{body(i + 100)}" for i in range(6)]))
    assert moved["text"].iloc[0] == f"{body(0)}\n\n{body(100)}"


def test_a_changed_price_does_not_hide_it() -> None:
    texts = [f"{body(i)} {ADVERT[:-1]}, für nur {i} Euro." for i in range(6)]
    moved, _ = move_repeated(table(texts))
    assert moved["text"].tolist() == [body(i) for i in range(6)]


def test_four_articles_are_too_few() -> None:
    texts = [f"{body(i)} {ADVERT}" for i in range(LEAST_ARTICLES - 1)] + [body(i) for i in range(10, 16)]
    same, changed = move_repeated(table(texts))
    assert changed == 0
    assert same["text"].tolist() == texts


def test_one_percent_of_a_large_outlet_is_needed() -> None:
    texts = [f"{body(i)} {ADVERT}" for i in range(6)] + [body(i) for i in range(10, 704)]
    assert move_repeated(table(texts))[1] == 0


def test_outlets_are_looked_at_one_by_one() -> None:
    a, b = table([f"{body(i)} {ADVERT}" for i in range(3)]), table([f"{body(i)} {ADVERT}" for i in range(3, 6)], "B")
    assert move_repeated(pd.concat([a, b], ignore_index=True))[1] == 0


def test_an_article_that_is_nothing_else_stays() -> None:
    texts = [f"{body(i)} {ADVERT}" for i in range(6)] + [ADVERT]
    moved, changed = move_repeated(table(texts))
    assert changed == 6
    assert moved["text"].iloc[-1] == ADVERT


def test_earlier_boilerplate_is_kept() -> None:
    frame = table([f"{body(i)} {ADVERT}" for i in range(6)]).assign(boilerplate="(dpa)")
    assert move_repeated(frame)[0]["boilerplate"].iloc[0] == f"(dpa)\n{ADVERT}"


def test_a_quotation_of_seven_words_is_no_repetition() -> None:
    short = "Wir haben alles im Griff, sagte er."
    assert move_repeated(table([f"{body(i)} {short} {body(i + 100)}" for i in range(8)]))[1] == 0


@pytest.mark.parametrize("keep", [False, True])
def test_read_moves_them_unless_told_otherwise(keep: bool, tmp_path: Path) -> None:
    for i in range(6):
        (tmp_path / f"{i}.txt").write_text(f"Titel {i}\n\n{body(i)}\n\n{ADVERT}\n")
    corpus = read([tmp_path], keep_repeated=keep)
    assert corpus.articles["text"].str.contains("bestellen Sie").any() == keep


def test_the_demo_corpus_has_nothing_of_the_kind(demo_corpus: Path) -> None:
    assert move_repeated(read([demo_corpus], keep_repeated=True).articles)[1] == 0


def test_real_adverts_are_found_and_news_is_left(shared_data: Path) -> None:
    articles = read([shared_data / "articles" / "multi_outlet.jsonl.gz"], keep_repeated=True).articles
    some = articles.groupby("outlet").head(250).reset_index(drop=True)
    moved, _ = move_repeated(some)
    before = some.groupby("outlet")["text"].agg(lambda t: t.str.len().sum())
    after = moved.groupby("outlet")["text"].agg(lambda t: t.str.len().sum())
    assert ((before - after) / before).max() < 0.15
    assert (moved["text"].str.len() > 0).all()
