"""Reading into a file gives what reading into memory gives, in bounded memory."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from made_up import ADVERT, body

from framing.corpus import Reject, into_file, load_corpus, read, read_into, shared_runs
from framing.corpus.repeated import move_repeated
from framing.corpus.shared_runs import SharedRuns
from framing.errors import InputError, UsageError


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Three outlets, one of which advertises; a duplicate, an empty text, a date here and there."""
    rows = [
        {
            "id": f"{outlet}{i}",
            "outlet": outlet,
            "title": f"Titel {i}",
            "published": f"2023-09-{i % 28 + 1:02}" if i % 3 else None,
            "url": f"https://example.org/{i}" if outlet == "B" else None,
            "text": f"{body(i)} {ADVERT} {body(i + 100)}" if outlet == "A" and i % 4 == 0 else body(i) + body(i + 500),
        }
        for i in range(40)
        for outlet in "ABC"
    ]
    rows.insert(7, {**rows[0]})
    rows.insert(9, {**rows[1], "id": "leer", "text": " "})
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def same(a: Path, b: Path) -> None:
    one, two = load_corpus(a), load_corpus(b)
    pd.testing.assert_frame_equal(one.articles, two.articles)
    pd.testing.assert_frame_equal(one.rejects, two.rejects)
    assert pq.read_schema(a).equals(pq.read_schema(b))


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize(("group", "held"), [(1000, shared_runs.HELD), (7, 100)])
def test_a_file_holds_what_memory_would(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: bool, group: int, held: int
) -> None:
    corpus = read([records], keep_repeated=keep)
    corpus.to_parquet(tmp_path / "memory.parquet")
    monkeypatch.setattr(into_file, "GROUP", group)
    monkeypatch.setattr(shared_runs, "HELD", held)
    written = read_into([records], tmp_path / "file.parquet", keep_repeated=keep)
    same(tmp_path / "memory.parquet", tmp_path / "file.parquet")
    assert written.articles == len(corpus) == 120
    assert written.outlets == {"A": 40, "B": 40, "C": 40}
    assert written.dated == corpus.articles["published"].notna().sum()
    assert written.changed == (0 if keep else 10)
    assert len(written.rejects) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "articles.jsonl", "file.parquet", "file.rejects.csv", "memory.parquet", "memory.rejects.csv",
    ]  # fmt: skip


def test_one_outlet_alone(records: Path, tmp_path: Path) -> None:
    written = read_into(records, tmp_path / "b.parquet", only=["B"])
    assert (written.articles, written.outlets) == (40, {"B": 40})
    assert set(load_corpus(tmp_path / "b.parquet").articles["outlet"]) == {"B"}
    with pytest.raises(UsageError, match=r"no outlet 'b' in the corpus; did you mean B\?"):
        read_into(records, tmp_path / "c.parquet", only=["b"])
    assert not (tmp_path / "c.parquet").exists()


def test_nothing_is_left_where_nothing_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": ""}\n', "utf-8")
    with pytest.raises(InputError):
        read_into(tmp_path / "a.jsonl", tmp_path / "a.parquet")
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
    with pytest.raises(UsageError, match="nothing to read"):
        read_into([], tmp_path / "a.parquet")


def test_a_folder_that_is_not_there_is_named(records: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        read_into(records, tmp_path / "none" / "a.parquet")


def test_what_fails_on_the_disk_is_told_of_the_file_and_a_source_of_itself(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def unreadable(*_: object, **__: object) -> Iterator[Reject]:
        raise PermissionError(errno.EACCES, "Permission denied", str(records))
        yield

    with monkeypatch.context() as patch, pytest.raises(InputError, match=r"a\.parquet: cannot be written: No space"):
        patch.setattr(into_file.Repeated, "add", full)
        read_into(records, tmp_path / "a.parquet")
    monkeypatch.setattr(into_file, "stream", unreadable)
    with pytest.raises(PermissionError, match=r"articles\.jsonl"):
        read_into(records, tmp_path / "a.parquet")
    assert [p.name for p in tmp_path.iterdir()] == ["articles.jsonl"]


def test_runs_in_files_are_counted_as_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    texts = [(f"o{k % 3}", rng.integers(0, 2**64, 30, np.uint64) & np.uint64(0xFF00000000000003)) for k in range(200)]

    def counted() -> dict[str, list[int]]:
        with SharedRuns() as runs:
            for each in texts:
                runs.add(*each)
            return {outlet: values.tolist() for outlet, values in runs.common(2, 0.02).items()}

    whole = counted()
    monkeypatch.setattr(shared_runs, "HELD", 150)
    assert counted() == whole
    assert all(whole.values()) and set(whole) == {"o0", "o1", "o2"}
    expected = [
        run
        for run in sorted({int(x) for outlet, values in texts if outlet == "o1" for x in values})
        if sum(run in set(values.tolist()) for outlet, values in texts if outlet == "o1") >= 2
    ]
    assert whole["o1"] == expected


def test_a_table_may_have_any_index() -> None:
    table = pd.DataFrame({"outlet": "A", "text": [f"{body(i)} {ADVERT}" for i in range(8)], "boilerplate": ""})
    moved, changed = move_repeated(table.set_index(np.arange(8) * 5))
    assert changed == 8
    assert moved.index.tolist() == list(range(0, 40, 5))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak as Linux reports it")
def test_memory_does_not_grow_with_the_articles(tmp_path: Path) -> None:
    """Ten times the articles take about the same memory: their texts alone would be 100 MB more."""
    code = (
        "import sys, resource; from framing.corpus import read_into;"
        "read_into(sys.argv[1], sys.argv[2]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for count in (2_000, 20_000):
        source = tmp_path / f"{count}.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for i in range(count):
                text = " ".join(body(i * 40 + k) for k in range(15))
                file.write(json.dumps({"id": str(i), "outlet": f"o{i % 5}", "text": text}) + "\n")
        done = subprocess.run(
            [sys.executable, "-c", code, str(source), str(tmp_path / f"{count}.parquet")],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] < peaks[0] + 80, peaks
