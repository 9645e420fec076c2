"""What goes wrong around a run: the disk is full, the folder read-only, a file gone, the process killed."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from framing import score, score_file, scoring
from framing.batches import Scorers
from framing.cli import main
from framing.demo import demo_corpus
from framing.errors import FramingError, InputError
from framing.partitions import RUN, Run, verify
from framing.scoring import Work


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six articles of the demo corpus as a corpus file."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.parquet"
    demo_corpus().articles.iloc[::8].to_parquet(path, index=False)
    return path


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Bytes of its scores."""
    folder = tmp_path_factory.mktemp("whole") / "scores"
    score_file(corpus, folder, progress=False)
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_ends_in_one_line_and_the_run_goes_on(
    corpus: Path,
    whole: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    folder = tmp_path / "scores"
    kept = 0
    real = Run.keep

    def keep(self: Run, number: int, tables: dict[str, pd.DataFrame]) -> None:
        nonlocal kept
        if kept == 1:
            monkeypatch.setattr("framing.partitions.pq.write_table", _full)
        kept += 1
        real(self, number, tables)

    monkeypatch.setattr(Run, "keep", keep)
    command = ["score", str(corpus), "-o", str(folder), "--partition", "2"]
    assert main(command) == 2
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    assert os.strerror(errno.ENOSPC) in error
    assert (folder / RUN / "0").is_dir()
    assert not (folder / RUN / "1").exists()
    monkeypatch.undo()
    assert main(command) == 0
    assert contents(folder) == whole


STEPS = {
    "a table of a partition": ("framing.partitions.pq.write_table", 3),
    "a partition becomes whole": ("pathlib.Path.rename", 1),
    "a table is put together": ("framing.partitions.pq.ParquetWriter.write_table", 3 * 7 + 1),
    "a table becomes whole": ("pathlib.Path.replace", 2),
    "the manifest": ("framing.scoring.write_manifest", 0),
    "what was kept is removed": ("framing.partitions.shutil.rmtree", 0),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_it_writes_it_gives_the_same_result(
    corpus: Path, whole: dict[str, bytes], tmp_path: Path, step: str
) -> None:
    """Killed by itself, as `kill -9` does, when it writes the given thing; random moments hardly ever hit these."""
    where, after = STEPS[step]
    folder = tmp_path / "scores"
    program = f"""
import os, pkgutil, signal, framing.scoring
holder, _, name = {where!r}.rpartition(".")
holder, calls = pkgutil.resolve_name(holder), []
real = getattr(holder, name)
def dying(*given, **named):
    calls.append(1)
    if len(calls) > {after}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
setattr(holder, name, dying)
framing.scoring.score_file({str(corpus)!r}, {str(folder)!r}, partition=2, progress=False)
"""
    environment = os.environ | {"FRAMING_CACHE": "off", "OMP_NUM_THREADS": "1"}
    died = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    score_file(corpus, folder, partition=2, progress=False)
    assert contents(folder) == whole
    assert verify(folder) == []


@pytest.mark.parametrize("step", ["concatenate", "write_manifest"])
def test_a_disk_that_fills_at_the_end_loses_nothing(
    corpus: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = tmp_path / "scores"
    where = "framing.partitions.concatenate" if step == "concatenate" else "framing.scoring.write_manifest"
    monkeypatch.setattr(where, _full)
    with pytest.raises((OSError, FramingError), match=os.strerror(errno.ENOSPC)):
        score_file(corpus, folder, progress=False)
    monkeypatch.undo()
    calls: list[int] = []
    monkeypatch.setattr(Work, "__call__", lambda self, articles: calls.append(1))
    score_file(corpus, folder, progress=False)
    assert calls == []  # all was kept
    assert contents(folder) == whole


def test_a_limit_on_the_size_of_files_is_named(corpus: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """The operating system refuses to write, as a quota does; afterwards the run goes on."""
    folder = tmp_path / "scores"
    command = [sys.executable, "-m", "framing", "score", str(corpus), "-o", str(folder)]

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    environment = os.environ | {"FRAMING_CACHE": "off", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, preexec_fn=limit)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    score_file(corpus, folder, progress=False)
    assert contents(folder) == whole


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder into which nobody may write."""
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        (folder / "x").touch()
    except OSError:
        yield folder
    else:
        pytest.skip("the administrator may write everywhere")
    finally:
        folder.chmod(0o700)


def test_a_read_only_folder_is_named(corpus: Path, read_only: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["score", str(corpus), "-o", str(read_only / "scores")]) == 2
    assert str(read_only) in capsys.readouterr().err


def test_a_folder_that_refuses_is_named(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert main(["score", str(corpus), "-o", str(tmp_path / "scores")]) == 2
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    assert str(tmp_path / "scores") in error


def test_a_file_in_place_of_the_folder_is_named(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "scores").write_text("no folder")
    assert main(["score", str(corpus), "-o", str(tmp_path / "scores")]) == 2
    assert str(tmp_path / "scores") in capsys.readouterr().err
    assert (tmp_path / "scores").read_text() == "no folder"


def test_a_corpus_that_vanishes_during_the_run(
    corpus: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open file is read to its end; where its bytes are gone, the error names it and the run goes on later."""
    copy = tmp_path / "corpus.parquet"
    data = corpus.read_bytes()
    copy.write_bytes(data)
    real = Work.__call__

    def vanishing(self: Work, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
        copy.unlink(missing_ok=True)
        return real(self, articles)

    monkeypatch.setattr(Work, "__call__", vanishing)
    score_file(copy, tmp_path / "scores", partition=2, progress=False)
    monkeypatch.undo()
    assert contents(tmp_path / "scores") == whole
    with pytest.raises(InputError, match="no such file"):
        score_file(copy, tmp_path / "again", progress=False)


def test_a_partition_that_vanishes_is_scored_again(
    corpus: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "scores"
    monkeypatch.setattr("framing.scoring.write_manifest", _full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        score_file(corpus, folder, partition=2, progress=False)
    monkeypatch.undo()
    (folder / RUN / "1").rename(tmp_path / "gone")
    score_file(corpus, folder, partition=2, progress=False)
    assert contents(folder) == whole
    assert verify(folder) == []


def test_an_article_that_raises_is_told_and_the_exit_status_says_so(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    bad = pd.read_parquet(corpus)["article_id"].iloc[2]
    real = scoring.score_batch

    def poisoned(batch: pd.DataFrame, scorers: Scorers) -> dict[str, pd.DataFrame]:
        if (batch["article_id"].eq(bad) & batch["text"].ne("")).any():
            raise RecursionError("poison")
        return real(batch, scorers)

    monkeypatch.setattr(scoring, "score_batch", poisoned)
    assert main(["score", str(corpus), "-o", str(tmp_path / "scores")]) == 1
    said = capsys.readouterr()
    assert said.err.strip() == f"framing: set aside: article {bad}: RecursionError: poison"
    assert "5 articles" in said.out


def test_a_cache_folder_that_refuses_is_no_obstacle(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("FRAMING_CACHE", str(blocked / "cache"))
    assert len(score(corpus, progress=False).articles) == 6
