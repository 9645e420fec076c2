"""`read` from end to end, with each bad input a user may have."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing.corpus import COLUMNS, read, stream
from framing.errors import FramingError, InputError, UsageError


def write(file: Path, content: str | bytes) -> Path:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def one_line(error: pytest.ExceptionInfo[FramingError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


GOOD = {"id": "gut", "text": "Ein guter Text."}


def test_an_empty_file(tmp_path: Path) -> None:
    file = write(tmp_path / "leer.csv", "")
    with pytest.raises(InputError) as error:
        read(file)
    assert one_line(error) == f"{file}: empty file"
    good = write(tmp_path / "gut.jsonl", lines(GOOD))
    corpus = read([good, file])
    assert corpus.rejects.values.tolist() == [[str(file), "", "empty file"]]


def test_a_folder_without_articles(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path)
    assert one_line(error).startswith(f"{tmp_path}: folder without articles (it is empty); files read: .txt")


def test_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read([tmp_path / "fehlt.csv"])
    assert one_line(error) == f"{tmp_path / 'fehlt.csv'}: no such file or folder; check the path"


def test_no_source_at_all() -> None:
    with pytest.raises(UsageError, match="nothing to read; name at least one file or folder"):
        read([])


def test_a_csv_without_a_text_column(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "nr;titel;wortlaut\n1;T;Ein Text.\n")
    with pytest.raises(InputError) as error:
        read([file])
    assert one_line(error) == (
        f"{file}: no text column; columns found: nr, titel, wortlaut; name it: --map text=COLUMN"
    )
    assert read(file, columns={"text": "Wortlaut"}).articles["text"].tolist() == ["Ein Text."]


def test_a_csv_with_two_possible_texts(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "body,content\nEins.,Zwei.\n")
    with pytest.raises(InputError, match="more than one column could be the text: body, content; choose one"):
        read(file)


def test_a_csv_with_nothing_but_its_header(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "id,text\n")
    with pytest.raises(InputError) as error:
        read(file)
    assert one_line(error) == f"{file}: no article in it"


def test_a_field_and_an_encoding_that_do_not_exist(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "id,text\n1,Eins.\n")
    with pytest.raises(UsageError, match="unknown field 'wort'"):
        read(file, columns={"wort": "text"})
    for encoding in ("utf-88", "rot13", "base64"):
        with pytest.raises(UsageError, match="unknown encoding"):
            read(file, encoding=encoding)


def test_binary_rubbish(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", os.urandom(50_000))
    with pytest.raises(InputError, match=r"a\.txt: binary file, not text"):
        read(file)
    damaged = write(tmp_path / "b.txt", b"Ein Text mit " + b"\x81\x8d" + b" darin.")
    with pytest.raises(InputError, match=r"b\.txt: undecodable: byte 0x81 of the text"):
        read(damaged)


def test_a_date_that_is_none(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.jsonl", lines(GOOD, {**GOOD, "id": 2, "date": "am Tag danach"}, {**GOOD, "id": 3, "date": ""})
    )
    corpus = read(file)
    assert corpus.articles["article_id"].tolist() == ["gut", "3"]
    assert corpus.articles["published"].isna().all()
    assert corpus.rejects.values.tolist() == [[str(file), "line 2", "not a date: 'am Tag danach'"]]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_an_article_of_50_megabytes(tmp_path: Path, name: str) -> None:
    huge = "Wort " * 10_000_000
    content = {
        "a.txt": huge,
        "a.jsonl": f'{{"text": "{huge}"}}\n{lines(GOOD)}',
        "a.csv": f"id,text\n1,{huge}\ngut,Ein guter Text.\n",
    }[name]
    write(tmp_path / name, content)
    write(tmp_path / "gut.jsonl", lines({**GOOD, "id": "noch einer"}))
    corpus = read([tmp_path / name, tmp_path / "gut.jsonl"])
    assert corpus.rejects["reason"].tolist()[0].endswith("larger than 5,000,000 characters")
    assert corpus.articles["article_id"].tolist() == (["noch einer"] if name == "a.txt" else ["gut", "noch einer"])


def test_duplicate_ids(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines(GOOD, {**GOOD, "text": "Ein anderer Text."}, GOOD))
    corpus = read(file)
    assert corpus.articles["text"].tolist() == ["Ein guter Text."]
    reason = f"duplicate id 'gut' (first in {file}, line 1)"
    assert corpus.rejects.values.tolist() == [[str(file), "line 2", reason], [str(file), "line 3", reason]]


def test_the_same_file_twice_gives_its_articles_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines({"text": "Ein Text."}))
    corpus = read([file, file])
    assert len(corpus) == len(corpus.rejects) == 1


def test_records_without_text_among_others(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines({"id": 1}, GOOD, {"id": 3, "titel": "T"}))
    corpus = read(file)
    assert len(corpus) == 1
    assert corpus.rejects["position"].tolist() == ["line 1", "line 3"]
    assert corpus.rejects["reason"].tolist() == [
        "no text column; columns found: id",
        "no text column; columns found: id, titel",
    ]
    write(file, lines(*[{"id": i} for i in range(1000)]))
    with pytest.raises(InputError, match="no text column; columns found: id; name it"):
        read(file)


def test_a_file_all_of_whose_records_are_rejected(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines({"text": ""}, {"text": " "}, {"text": "x", "date": "nie"}))
    with pytest.raises(InputError) as error:
        read(file)
    assert one_line(error) == f"{file}, line 1: no article could be read: 3 rejects, 2 of them: empty text"


def test_a_gzip_file_cut_in_half_gives_what_comes_before_the_cut(tmp_path: Path) -> None:
    content = lines(*[{"id": i, "text": f"Text {os.urandom(60).hex()}"} for i in range(2_000)]).encode()
    archive = gzip.compress(content)
    file = write(tmp_path / "a.jsonl.gz", archive[: len(archive) // 2])
    corpus = read(file)
    assert 500 < len(corpus) < 1_500
    assert corpus.rejects["reason"].tolist()[-1].startswith("damaged: ")
    write(file, archive[:10])
    with pytest.raises(InputError, match="not readable: "):
        read(file)


def test_a_parquet_file_cut_in_half(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pd.DataFrame([GOOD]).to_parquet(file)
    write(file, file.read_bytes()[:-20])
    with pytest.raises(InputError, match="damaged Parquet") as error:
        read(file)
    one_line(error)


def test_a_named_encoding_that_does_not_fit(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "id,text\n1,Größe.\n".encode("cp1252"))
    assert read(file).articles["text"].tolist() == ["Größe."]
    assert read(file, encoding="latin-1").articles["text"].tolist() == ["Größe."]
    with pytest.raises(InputError, match="undecodable as utf-8; name the encoding: --encoding"):
        read(file, encoding="utf-8")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.csv", "id,text\n1,Eins.\n")

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"a\.csv: not readable: Permission denied"):
        read(file)


def test_outlet_given_by_the_user_fills_what_the_data_leave_open(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines({**GOOD, "outlet": "Seeblatt"}, {**GOOD, "id": 2}))
    assert read(file, outlet="Bergbote").articles["outlet"].tolist() == ["Seeblatt", "Bergbote"]
    assert read(file).articles["outlet"].tolist() == ["Seeblatt", "unknown"]
    text = write(tmp_path / "a.txt", "Ein Titel\nEin Text.")
    assert read(text, outlet="Bergbote").articles["outlet"].tolist() == ["Bergbote"]
    assert read(text).articles["outlet"].tolist() == [tmp_path.name]


def test_ids_and_outlets_are_names_and_never_paths(tmp_path: Path) -> None:
    record = {"id": "../../../x", "outlet": "../<b>", "text": "Ein Text."}
    before = set(tmp_path.parent.rglob("*"))
    corpus = read(write(tmp_path / "a.jsonl", lines(record)))
    assert corpus.articles[["article_id", "outlet"]].values.tolist() == [["../../../x", "../<b>"]]
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "a.jsonl"}


def test_reading_a_corpus_table_again_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines(
        {"id": 1, "text": "Ein Text.\n\nZwei.\n(dpa)", "date": "2024-05", "event": "Wahl"},
        {"id": 2, "text": "Noch ein Text.", "titel": "T", "outlet": "Seeblatt"},
    ))  # fmt: skip
    corpus = read(file)
    corpus.to_parquet(tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(read(tmp_path / "a.parquet").articles, corpus.articles)


def test_stream_gives_what_read_collects(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines(GOOD, {"text": ""}, {**GOOD, "id": 2}))
    items = list(stream([file]))
    assert [type(item).__name__ for item in items] == ["Article", "Reject", "Article"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
       name=st.sampled_from(["a", "a.txt", "a.csv", "a.json", "a.jsonl", "a.parquet"]))  # fmt: skip
def test_any_bytes_are_articles_rejects_or_one_line(tmp_path: Path, content: bytes, name: str) -> None:
    file = write(tmp_path / name, content)
    try:
        corpus = read(file)
    except FramingError as error:
        assert "\n" not in str(error)
    else:
        assert set(corpus.articles) <= set(COLUMNS)
        assert corpus.articles["text"].str.len().gt(0).all()
        corpus.to_parquet(tmp_path / "corpus.parquet")


def test_the_articles_of_eight_outlets(shared_data: Path) -> None:
    corpus = read(shared_data / "articles" / "multi_outlet.jsonl.gz")
    assert len(corpus) == 5_344  # README of the data
    assert corpus.articles["outlet"].nunique() == 8
    assert len(corpus.rejects) == 0
    assert corpus.articles["published"].dt.year.eq(2020).all()
    assert corpus.articles["article_id"].is_unique


def test_the_article_with_a_header_line(shared_data: Path) -> None:
    article = read(shared_data / "article" / "wostotschny.txt", outlet="X").articles.iloc[0]
    assert article["published"] == pd.Timestamp("2023-09-01")
    assert article["published_precision"] == "month"
    assert article["title"].startswith("Treffen")
    assert article["boilerplate"].startswith("Mehr zum Thema - ")
    assert "Mehr zum Thema" not in article["text"]
    assert 'Mini-NATO"-Struktur' in article["text"]
    assert "\n\n" in article["text"]
