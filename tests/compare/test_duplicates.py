from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing import load_corpus, near_duplicates
from framing.compare.duplicates import duplicate_shares, first_copies, shingles, who_copies_whom
from framing.errors import UsageError

WORDS = [f"wort{i}" for i in range(400)]


def corpus(texts: dict[str, tuple[str, str, str]]) -> pd.DataFrame:
    rows = [(i, outlet, pd.Timestamp(day), "", text) for i, (outlet, day, text) in texts.items()]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "published", "title", "text"])


@pytest.fixture
def copies() -> pd.DataFrame:
    """A wire text, a copy a day later with its first 40 words gone, a copy of that on the same day, and two others."""
    return corpus(
        {
            "late": ("B", "2023-05-02", " ".join(WORDS[40:200])),
            "wire": ("A", "2023-05-01", " ".join(WORDS[:200])),
            "same": ("C", "2023-05-02", " ".join(WORDS[40:200])),
            "other": ("A", "2023-05-01", " ".join(WORDS[200:400])),
            "empty": ("B", "2023-05-01", ""),
        }
    )


def test_jaccard_and_containment_are_exact(copies: pd.DataFrame) -> None:
    pairs = near_duplicates(copies).set_index(["article_a", "article_b"])
    # 200 words have 196 runs of five, 160 have 156, all of which are in the longer text
    assert pairs.loc[("wire", "late"), "jaccard"] == pytest.approx(156 / 196)
    assert pairs.loc[("wire", "late"), "containment"] == 1
    assert pairs.loc[("late", "same"), "jaccard"] == 1
    assert len(pairs) == 3
    assert set(pairs["copy_group"]) == {1}


def test_the_order_of_the_corpus_does_not_matter(copies: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(near_duplicates(copies), near_duplicates(copies.iloc[::-1]))


def test_a_higher_threshold_keeps_less(copies: pd.DataFrame) -> None:
    assert len(near_duplicates(copies, threshold=0.9)) == 1
    with pytest.raises(UsageError, match="threshold 0"):
        near_duplicates(copies, threshold=0)


def test_shares_by_outlet(copies: pd.DataFrame) -> None:
    shares = duplicate_shares(near_duplicates(copies), copies).set_index("outlet")
    assert shares["copied"].to_dict() == {"A": 1, "B": 1, "C": 1}
    assert shares["share"].to_dict() == {"A": 0.5, "B": 0.5, "C": 1.0}
    # Wilson interval of 1 in 2, by hand: centre .5, half width 1.96*sqrt(.25/2+1.96²/16)/(1+1.96²/2) = .4056
    assert shares.loc["A", "ci_low"] == pytest.approx(0.0945, abs=1e-3)
    assert (shares["within"] == 0).all()


def test_who_was_first(copies: pd.DataFrame) -> None:
    order = who_copies_whom(near_duplicates(copies)).set_index(["earlier", "later"])
    assert order.loc[("A", "B")].tolist() == [1, 0]
    assert order.loc[("A", "C")].tolist() == [1, 0]
    assert order.loc[("B", "C")].tolist() == [0, 1]
    assert order.loc[("C", "B")].tolist() == [0, 1]


def test_each_text_counts_once(copies: pd.DataFrame) -> None:
    keep = first_copies(near_duplicates(copies), copies)
    assert copies.loc[keep, "article_id"].tolist() == ["wire", "other", "empty"]


def test_no_pair_at_all() -> None:
    one = corpus({"a": ("A", "2023-05-01", "Nur ein Text.")})
    pairs = near_duplicates(one)
    assert len(pairs) == 0
    assert duplicate_shares(pairs, one)["share"].tolist() == [0]
    assert len(who_copies_whom(pairs)) == 0
    assert first_copies(pairs, one).all()


def test_shingles_do_not_depend_on_the_process() -> None:
    # crc32 and a fixed polynomial, unlike Python's hash of strings
    assert (
        shingles(["eins zwei drei vier fünf sechs"])[0].tolist()
        == shingles(["Eins zwei drei, vier fünf sechs!"])[0].tolist()
    )
    assert len(shingles(["eins zwei"])[0]) == 1
    assert shingles([""])[0].dtype == np.uint32


def test_real_copies_are_found(shared_data: Path) -> None:
    from framing import read

    articles = read([shared_data / "articles" / "multi_outlet.jsonl.gz"], progress=False).articles
    pairs = near_duplicates(articles.groupby("outlet").head(150), threshold=0.5)
    assert (pairs["jaccard"] >= 0.5).all()
    assert (pairs["containment"] >= pairs["jaccard"]).all()


def test_a_corpus_file_and_scores_are_read_alike(copies: pd.DataFrame, tmp_path: Path) -> None:
    from framing import Corpus

    path = tmp_path / "corpus.parquet"
    table = copies.assign(published_precision="day", boilerplate="")
    Corpus(table, pd.DataFrame(columns=["source", "position", "reason"])).to_parquet(path)
    pd.testing.assert_frame_equal(near_duplicates(load_corpus(path)), near_duplicates(copies), check_dtype=False)
