from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from framing.article import FIELDS, Article
from framing.corpus import COLUMNS, load_corpus, make_corpus
from framing.corpus.records import Reject
from framing.errors import InputError

ARTICLES = [
    Article("a/1", "A", "Erster Text.\n\nAbsatz.", "Titel", date(2024, 5, 2), "day", "(dpa)", event="Wahl"),
    Article("=2", "B", "Zweiter „Text“.", published=date(2024, 5, 1), published_precision="month"),
    Article("../../3", "<b>C</b>", "Dritter Text 👋.", author="Ada B."),
]
REJECTS = [Reject("b.csv", "line 2", 'empty text, "really"'), Reject("c.txt", "", "NA")]


def test_columns_are_the_fields_of_an_article() -> None:
    assert set(COLUMNS) == set(FIELDS)


def test_the_table_has_types_and_only_the_optional_columns_that_are_used() -> None:
    table = make_corpus(ARTICLES).articles
    assert list(table) == [*COLUMNS[:7], "author", "event"]
    assert table["published"].dtype == "datetime64[us]"
    assert table["published"].isna().tolist() == [False, False, True]
    assert table["published"].dropna().eq(table["published"].dropna().dt.normalize()).all()
    assert table["published_precision"].tolist() == ["day", "month", ""]
    assert table["event"].isna().tolist() == [False, True, True]
    assert all(table[column].dtype == "str" for column in table if column != "published")


def test_a_round_trip_changes_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(ARTICLES, REJECTS)
    corpus.to_parquet(tmp_path / "corpus.parquet")
    loaded = load_corpus(tmp_path / "corpus.parquet")
    pd.testing.assert_frame_equal(loaded.articles, corpus.articles)
    pd.testing.assert_frame_equal(loaded.rejects, corpus.rejects)
    assert {file.name for file in tmp_path.iterdir()} == {"corpus.parquet", "corpus.rejects.csv"}
    assert repr(loaded) == "<Corpus: 3 articles, 3 outlets, 2 rejects>"


def test_a_round_trip_without_rejects_and_without_dates(tmp_path: Path) -> None:
    corpus = make_corpus([Article("1", "A", "Text.")])
    make_corpus(ARTICLES, REJECTS).to_parquet(tmp_path / "corpus.parquet")
    corpus.to_parquet(tmp_path / "corpus.parquet")
    loaded = load_corpus(tmp_path / "corpus.parquet")
    pd.testing.assert_frame_equal(loaded.articles, corpus.articles)
    assert len(loaded.rejects) == 0
    assert list(loaded.rejects) == ["source", "position", "reason"]


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_corpus(ARTICLES).to_parquet(tmp_path / "corpus.parquet")
    before = (tmp_path / "corpus.parquet").read_bytes()

    def fail(self: pd.DataFrame, path: Path, **_: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(InputError, match=r"corpus\.parquet: cannot be written: No space left on device"):
        make_corpus(ARTICLES[:1]).to_parquet(tmp_path / "corpus.parquet")
    assert (tmp_path / "corpus.parquet").read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"corpus.parquet", "corpus.rejects.csv"}


def test_writing_into_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        make_corpus(ARTICLES).to_parquet(tmp_path / "none" / "corpus.parquet")


def test_loading_what_is_no_corpus_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "corpus.parquet"
    with pytest.raises(InputError, match="no such file; make it"):
        load_corpus(file)
    file.write_bytes(b"PAR1 but no more")
    with pytest.raises(InputError, match="not readable as Parquet") as caught:
        load_corpus(file)
    assert "\n" not in str(caught.value)
    pd.DataFrame({"text": ["x"]}).to_parquet(file)
    with pytest.raises(InputError, match="no corpus table: without article_id, outlet, published"):
        load_corpus(file)
    table = make_corpus(ARTICLES).articles
    pd.concat([table, table]).to_parquet(file)
    with pytest.raises(InputError, match="article_id 'a/1' is not unique"):
        load_corpus(file)
    make_corpus(ARTICLES).to_parquet(file)
    file.write_bytes(file.read_bytes()[:400])
    with pytest.raises(InputError, match="not readable as Parquet"):
        load_corpus(file)
