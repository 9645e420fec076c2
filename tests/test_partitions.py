from __future__ import annotations

import ast
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

from framing import score, score_file
from framing.batches import Scorers
from framing.demo import demo_corpus
from framing.engines import Died, Processes, Serial
from framing.errors import InputError, UsageError
from framing.partitions import MANIFEST, ROWS, RUN, CorpusFile, concatenate, verify
from framing.scores import KEPT, Scores
from framing.scoring import Work, make_scorers


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles of the demo corpus as a corpus file."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.parquet"
    demo_corpus().articles.iloc[::4].to_parquet(path, index=False)
    return path


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its scores, made in one partition."""
    folder = tmp_path_factory.mktemp("whole") / "scores"
    score_file(corpus, folder, partition=100, progress=False)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.mark.parametrize("size", [1, 5, 12])
def test_the_size_of_partitions_does_not_change_a_byte(corpus: Path, whole: Path, size: int, tmp_path: Path) -> None:
    score_file(corpus, tmp_path / "scores", partition=size, progress=False)
    assert contents(tmp_path / "scores") == contents(whole)


@pytest.mark.skipif(sys.platform != "linux", reason="reads this process's memory as Linux reports it")
def test_a_corpus_is_read_without_being_held(tmp_path: Path) -> None:
    """Arrow by itself would read ahead and hold the file: here 50 MB of letters at random."""

    def megabytes() -> float:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    rng, file = np.random.default_rng(0), tmp_path / "corpus.parquet"
    schema = pa.schema([("article_id", pa.string()), ("text", pa.string())])
    with pq.ParquetWriter(file, schema) as writer:
        for part in range(50):
            texts = [rng.bytes(10_000).hex() for _ in range(100)]
            writer.write_table(pa.table({"article_id": [f"{part}-{k}" for k in range(100)], "text": texts}, schema))
    assert file.stat().st_size > 50_000_000
    taken = [megabytes() for _ in CorpusFile.open(file).partitions(50)]
    assert len(taken) == 100
    assert max(taken) < taken[5] + 25, taken


def test_processes_do_not_change_a_byte(corpus: Path, whole: Path, tmp_path: Path) -> None:
    score_file(corpus, tmp_path / "scores", partition=2, workers=2, progress=False)
    assert contents(tmp_path / "scores") == contents(whole)


def test_a_dask_cluster_does_not_change_a_byte(corpus: Path, whole: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'framing[dask]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0", protocol="tcp"
    ) as cluster:
        score_file(corpus, tmp_path / "scores", partition=3, scheduler=cluster.scheduler_address, progress=False)
    assert contents(tmp_path / "scores") == contents(whole)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_cluster_of_jobs_does_not_change_a_byte(corpus: Path, whole: Path, tmp_path: Path) -> None:
    """The machinery of dask-jobqueue as SLURM gets it, with jobs started on this machine."""
    # it leaves the processes that it ends to the collector
    local = pytest.importorskip(
        "dask_jobqueue.local", reason="dask-jobqueue is not installed: pip install dask-jobqueue"
    )
    options = {"dashboard_address": ":0", "host": "tcp://127.0.0.1"}
    with local.LocalCluster(cores=1, processes=1, memory="2GB", scheduler_options=options) as cluster:
        cluster.scale(jobs=2)
        score_file(corpus, tmp_path / "scores", partition=3, scheduler=cluster.scheduler_address, progress=False)
    assert contents(tmp_path / "scores") == contents(whole)


def test_the_cluster_that_the_guide_starts_on_slurm() -> None:
    jobqueue = pytest.importorskip("dask_jobqueue", reason="dask-jobqueue is not installed: pip install dask-jobqueue")
    guide = (Path(__file__).parents[1] / "benchmarks" / "SCALE.md").read_text("utf-8")
    call = re.search(r"SLURMCluster\(.*?\)\n", guide, re.DOTALL)
    assert call
    options = ast.parse(call.group().strip(), mode="eval").body
    assert isinstance(options, ast.Call)
    given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in options.keywords}
    with jobqueue.SLURMCluster(**given, scheduler_options={"dashboard_address": ":0"}) as cluster:
        script = cluster.job_script()
    assert "#SBATCH --cpus-per-task=1" in script
    assert "#SBATCH --mem=2G" in script
    assert "export OMP_NUM_THREADS=1" in script
    assert "--nthreads 1" in script


def test_in_memory_and_on_disk_are_the_same(corpus: Path, whole: Path) -> None:
    memory, disk = score(corpus, progress=False), Scores.load(whole)
    for name in KEPT:
        assert_frame_equal(getattr(memory, name), getattr(disk, name))
    assert memory.signature == disk.signature


def test_a_stopped_run_goes_on(corpus: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scores"
    calls: list[int] = []
    real = Work.__call__

    def stops(self: Work, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
        calls.append(len(articles))
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, articles)

    monkeypatch.setattr(Work, "__call__", stops)
    with pytest.raises(KeyboardInterrupt):
        score_file(corpus, folder, partition=3, progress=False)
    assert (folder / RUN).is_dir()
    with pytest.raises(InputError, match="it goes on"):
        Scores.load(folder)
    score_file(corpus, folder, partition=3, progress=False)
    assert calls == [3, 3, 3, 3, 3]  # two kept, one stopped, two more
    assert contents(folder) == contents(whole)


def test_a_run_with_other_options_starts_anew(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scores"
    monkeypatch.setattr("framing.partitions.Run.put_together", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        score_file(corpus, folder, partition=6, progress=False)
    monkeypatch.undo()
    scores = score_file(corpus, folder, partition=6, sentiment="textblob-de", progress=False)
    assert scores.signature["scorers"]["sentiment"]["method"] == "textblob-de"
    assert (scores.hits["scorer"] == "sentiment").sum() == 0


def test_killed_at_any_point_it_gives_the_same_result(corpus: Path, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "scores"
    command = [sys.executable, "-m", "framing", "score", str(corpus), "-o", str(folder), "--partition", "1"]
    moments = random.Random(0)
    environment = os.environ | {"FRAMING_CACHE": "off", "OMP_NUM_THREADS": "1"}
    for _ in range(int(os.environ.get("FRAMING_KILLS", "3"))):
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        time.sleep(moments.uniform(0.5, 5))
        started.send_signal(signal.SIGKILL)
        started.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    assert contents(folder) == contents(whole)
    assert verify(folder) == []


def test_an_article_that_raises_is_set_aside(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from framing import scoring

    articles = pd.read_parquet(corpus)
    bad = articles["article_id"].iloc[4]
    real = scoring.score_batch

    def poisoned(batch: pd.DataFrame, scorers: Scorers) -> dict[str, pd.DataFrame]:
        if (batch["article_id"].eq(bad) & batch["text"].ne("")).any():
            raise RuntimeError("poison")
        return real(batch, scorers)

    monkeypatch.setattr(scoring, "score_batch", poisoned)
    scores = score_file(corpus, tmp_path / "scores", progress=False)
    assert scores.rejects.to_dict("records") == [
        {"source": articles["outlet"].iloc[4], "position": bad, "reason": "RuntimeError: poison"}
    ]
    assert scores.articles["article_id"].tolist() == articles["article_id"].drop(4).tolist()
    assert bad not in set(scores.texts["article_id"])
    assert scores.signature["articles"] == 12
    with pytest.warns(UserWarning, match="1 articles set aside"):
        memory = score(corpus, progress=False)
    assert_frame_equal(memory.articles, scores.articles)


def _deadly(value: int) -> int:
    if value == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return value * 2


def test_a_worker_that_dies_is_replaced() -> None:
    outcomes = {n: o for n, _, o in Processes(2).run(_deadly, ((i, i) for i in range(6)))}
    assert isinstance(outcomes.pop(3), Died)
    assert outcomes == {0: 0, 1: 2, 2: 4, 4: 8, 5: 10}


def test_a_worker_of_a_cluster_that_dies_is_replaced() -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'framing[dask]'")
    import dask

    from framing.engines import Dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 2}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
    ):
        outcomes = {n: o for n, _, o in Dask(cluster.scheduler_address).run(_deadly, ((i, i) for i in range(6)))}
    assert isinstance(outcomes.pop(3), Died)
    assert outcomes == {0: 0, 1: 2, 2: 4, 4: 8, 5: 10}


def test_workers_of_a_cluster_keep_freed_memory_while_a_run_lasts() -> None:
    """Dask's nanny has them hand it back at once, which costs a quarter of the time."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'framing[dask]'")
    from framing.dask_workers import KeepFreedMemory
    from framing.engines import Dask

    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": ":0", "protocol": "tcp"}
    with distributed.LocalCluster(n_workers=1, **options) as cluster:
        seen = [outcome for _, _, outcome in Dask(cluster.scheduler_address).run(_plugins, [(0, 0)])]
        assert KeepFreedMemory.name in seen[0]
        (worker,) = cluster.workers.values()
        assert KeepFreedMemory.name not in worker.plugins


def _plugins(_: int) -> list[str]:
    from distributed import get_worker

    return list(get_worker().plugins)


def test_a_scheduler_that_goes_is_named() -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'framing[dask]'")
    from framing.engines import Dask

    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": ":0", "protocol": "tcp"}
    with distributed.LocalCluster(n_workers=1, **options) as cluster:
        outcomes = Dask(cluster.scheduler_address).run(_slow, ((i, i) for i in range(100)))
        next(outcomes)
        cluster.close()
        with pytest.raises(UsageError, match="is gone; start it and give the same command again: it goes on"):
            list(outcomes)


def _slow(value: int) -> int:
    time.sleep(0.2)
    return value


def test_the_deadly_article_alone_is_set_aside(corpus: Path, whole: Path) -> None:
    from framing.scoring import _outcomes

    class Deadly(Serial):
        def run(self, work, batches):  # type: ignore[no-untyped-def]
            for number, batch in batches:
                died = batch["article_id"].eq(bad).any()
                yield number, batch, Died("the worker process died on it") if died else work(batch)

    articles = pd.read_parquet(corpus)
    bad = articles["article_id"].iloc[1]
    work = Work(make_scorers())
    [(_, tables)] = _outcomes(Deadly(), work, [(0, articles.iloc[:3])], 3, 0, False)
    assert tables["rejects"]["position"].tolist() == [bad]
    assert tables["articles"]["article_id"].tolist() == articles["article_id"].iloc[[0, 2]].tolist()
    wanted = Scores.load(whole).hits
    assert_frame_equal(
        tables["hits"], wanted[wanted["article_id"].isin(tables["articles"]["article_id"])].reset_index(drop=True)
    )
    assert len(tables["hashes"]) == 3


def test_damage_is_found(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "scores"
    score(corpus, progress=False).save(folder)
    assert verify(folder) == []
    hits = folder / "hits.parquet"
    data = hits.read_bytes()
    hits.write_bytes(data[:1000] + b"x" + data[1001:])
    assert verify(folder) == [f"{hits}: its content has changed"]
    hits.write_bytes(data[: len(data) // 2])
    (folder / "quotes.parquet").unlink()
    problems = verify(folder)
    assert f"{folder / 'quotes.parquet'}: missing" in problems
    assert f"{hits}: {len(data) // 2} bytes, not {len(data)}" in problems
    (folder / MANIFEST).write_text("{")
    with pytest.raises(InputError, match="no readable manifest"):
        verify(folder)


def test_a_manifest_cannot_point_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"files": {"../secret": {"bytes": 1, "sha256": ""}}}))
    assert verify(tmp_path) == [f"{tmp_path / 'secret'}: missing"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: None, "no such file"),
        (lambda p: p.write_bytes(b"PAR1 and nothing"), "not readable as Parquet"),
        (lambda p: pd.DataFrame({"text": []}).to_parquet(p), "no articles"),
        (lambda p: pd.DataFrame({"body": ["x"]}).to_parquet(p), "no column 'text'"),
        (lambda p: pd.DataFrame({"article_id": ["a", "a"], "text": ["x", "y"]}).to_parquet(p), "given twice"),
    ],
)
def test_a_corpus_that_cannot_be_scored_is_named(make: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "corpus.parquet"
    make(path)  # type: ignore[operator]
    with pytest.raises(InputError, match=message) as caught:
        CorpusFile.open(path)
    assert str(path) in str(caught.value)


def test_a_corpus_cut_in_half_is_named(corpus: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.parquet"
    data = corpus.read_bytes()
    half.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="not readable as Parquet"):
        score_file(half, tmp_path / "scores", progress=False)
    assert not (tmp_path / "scores").exists()


def test_articles_without_an_id_get_one_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "corpus.parquet"
    pd.DataFrame({"text": ["Das ist gut."] * 5}).to_parquet(path)
    scores = score_file(path, tmp_path / "scores", partition=2, progress=False)
    assert scores.articles["article_id"].tolist() == [f"article-{i}" for i in range(1, 6)]


def test_a_column_that_is_empty_in_one_part_is_put_together(tmp_path: Path) -> None:
    parts = [tmp_path / "0.parquet", tmp_path / "1.parquet"]
    pd.DataFrame({"a": ["x", None], "n": [1.5, 2.5]}).to_parquet(parts[1], index=False)
    pd.DataFrame({"a": [None, None], "n": [0.5, None]}).to_parquet(parts[0], index=False)
    concatenate(parts, tmp_path / "all.parquet")
    frame = pd.read_parquet(tmp_path / "all.parquet")
    assert frame["a"].fillna("-").tolist() == ["-", "-", "x", "-"]
    assert frame["n"].fillna(-1).tolist() == [0.5, -1, 1.5, 2.5]


def test_row_groups_do_not_depend_on_the_parts(tmp_path: Path) -> None:
    rows = pd.DataFrame({"n": range(ROWS + 7)})
    files = []
    for name, cuts in (("a", [0, ROWS + 7]), ("b", [0, 10, ROWS - 1, ROWS + 7])):
        parts = []
        for i, (low, high) in enumerate(zip(cuts[:-1], cuts[1:], strict=True)):
            parts.append(tmp_path / f"{name}{i}.parquet")
            rows.iloc[low:high].to_parquet(parts[-1], index=False)
        concatenate(parts, tmp_path / f"{name}.parquet")
        files.append((tmp_path / f"{name}.parquet").read_bytes())
    assert files[0] == files[1]


def test_wrong_numbers_are_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 articles in a partition"):
        score_file(corpus, tmp_path, partition=0)
    with pytest.raises(UsageError, match="0 workers"):
        score_file(corpus, tmp_path, workers=0)


def test_a_scheduler_that_does_not_answer_is_named(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framing.engines.CONNECT", 1)
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'framing[dask]'")
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        score_file(corpus, tmp_path, scheduler="tcp://127.0.0.1:9", progress=False)
