"""Corpora and scores at addresses: in a store of fsspec that lies in memory, and ``file://``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing import load_corpus, read, score_file, storage
from framing.cli import main
from framing.demo import demo_corpus
from framing.errors import InputError, UsageError
from framing.partitions import MANIFEST, RUN, verify
from framing.scores import KEPT, Scores

fsspec = pytest.importorskip("fsspec", reason="needs framing[cloud]")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty store in memory, and a cache folder of its own."""
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    yield memory
    memory.store.clear()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.parquet"
    demo_corpus().articles.iloc[::12].to_parquet(path, index=False)
    return path


def put(store: Any, path: str, content: str | bytes) -> None:
    store.pipe(path, content.encode() if isinstance(content, str) else content)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in KEPT}


def test_the_command_reads_and_scores_addresses(
    store: Any, tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture
) -> None:
    lines = (
        load_corpus(corpus).articles[["article_id", "outlet", "title", "text"]].to_json(orient="records", lines=True)
    )
    put(store, "/bucket/in/a.jsonl", lines)
    assert main(["read", "memory://bucket/in/a.jsonl", "-o", "memory://bucket/corpus.parquet"]) == 0
    assert main(["score", "memory://bucket/corpus.parquet", "-o", "memory://bucket/scores"]) == 0
    assert capsys.readouterr().err == ""
    here = tmp_path / "here"
    main(["read", "memory://bucket/in/a.jsonl", "-o", str(tmp_path / "here.parquet")])
    main(["score", str(tmp_path / "here.parquet"), "-o", str(here)])
    there = tmp_path / "there"
    store.get("/bucket/scores/", f"{there}/", recursive=True)
    assert contents(there) == contents(here)
    assert verify(there) == []


def test_a_folder_at_an_address_is_read_as_one_of_this_machine(store: Any) -> None:
    put(store, "/bucket/Seeblatt/01.txt", " date 2024-05-02 Steg\n\nDer Steg hält.")
    put(store, "/bucket/Bergbote/2024/01.txt", "Grat\n\nEs ist steil.")
    put(store, "/bucket/metadata.csv", "file,event\nSeeblatt/01.txt,Steg\n")
    put(store, "/bucket/Bergbote/leer.txt", "")
    corpus = read("memory://bucket")
    assert corpus.articles["article_id"].tolist() == ["Bergbote/2024/01", "Seeblatt/01"]
    assert corpus.articles["outlet"].tolist() == ["Bergbote", "Seeblatt"]
    assert corpus.rejects.values.tolist() == [["memory://bucket/Bergbote/leer.txt", "", "empty file"]]
    one = read("memory://bucket/Seeblatt/01.txt").articles.iloc[0]
    assert (one["article_id"], one["outlet"]) == ("Seeblatt/01", "Seeblatt")


def test_a_corpus_at_an_address_is_the_one_written(store: Any, corpus: Path) -> None:
    here = load_corpus(corpus)
    here.to_parquet("memory://bucket/corpus.parquet")
    there = load_corpus("memory://bucket/corpus.parquet")
    pd.testing.assert_frame_equal(there.articles, here.articles)
    assert store.isfile("/bucket/corpus.rejects.csv")


def test_a_file_address_is_the_file_of_this_machine(corpus: Path, tmp_path: Path) -> None:
    spaced = corpus.rename(tmp_path / "ein korpus.parquet")
    score_file(f"file://{tmp_path}/ein%20korpus.parquet", f"file://{tmp_path}/scores", progress=False)
    assert (tmp_path / "scores" / MANIFEST).is_file()
    assert len(read(f"file://{spaced}").articles) == len(Scores.load(tmp_path / "scores").articles)


def test_a_run_whose_sending_breaks_goes_on_without_scoring_again(
    store: Any, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, sent = storage.send, []

    def breaks(file: Path, target: Path) -> None:
        if len(sent) == 2:
            raise InputError("not reached: the line is cut", file=str(target))
        sent.append(target.name)
        real(file, target)

    monkeypatch.setattr(storage, "send", breaks)
    with pytest.raises(InputError, match="the line is cut"):
        score_file(corpus, "memory://bucket/scores", progress=False)
    assert not store.exists(f"/bucket/scores/{MANIFEST}")
    assert (storage.staging(Path("memory://bucket/scores")) / RUN).is_dir()
    monkeypatch.setattr(storage, "send", real)
    monkeypatch.setattr("framing.scoring.score_batch", lambda *_: pytest.fail("scored again"))
    scores = score_file(corpus, "memory://bucket/scores", progress=False)
    assert len(scores.articles) == 4
    assert json.loads(store.cat(f"/bucket/scores/{MANIFEST}"))["files"].keys() >= {"articles.parquet", "signature.json"}
    del scores
    assert not storage.staging(Path("memory://bucket/scores")).exists()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("memory://bucket/none.csv", r"memory://bucket/none\.csv: no such file or folder"),
        ("s3q://bucket/x", "s3q://bucket/x: not reached: Protocol not known: s3q"),
    ],
)
def test_what_is_not_there_is_one_line(store: Any, source: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(source)
    assert len(str(caught.value).splitlines()) == 1


def test_names_of_a_store_do_not_lead_out_of_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Evil:
        def isfile(self, _: str) -> bool:
            return False

        def find(self, _: str) -> list[str]:
            return ["/bucket/../../../etc/x.txt"]

    monkeypatch.setattr(storage, "_store", lambda _: (Evil(), "/bucket"))
    with pytest.raises(InputError, match="a name that leads out of its folder"):
        read("memory://bucket")


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(UsageError, match=r"memory://bucket/x needs fsspec; pip install 'framing\[cloud\]'"):
        read("memory://bucket/x")
