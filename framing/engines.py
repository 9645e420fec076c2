"""Where partitions are scored: in this process, in processes of this machine, or on a Dask cluster.

An engine takes numbered batches of articles and gives numbered outcomes back in any order. The work on a batch is the
same function everywhere, so that the results do not depend on the engine. A batch on which a worker dies comes back
as :class:`Died`; a replacement has then taken the worker's place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from framing.errors import UsageError

Batch = TypeVar("Batch")
Result = TypeVar("Result")
# Batches under way for each worker: one that runs and one that waits, so that no worker idles and memory stays flat.
AHEAD = 2
# Seconds to wait for the answer of a scheduler.
CONNECT = 20
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Died:
    """The worker died on a batch."""

    reason: str


class Engine(Protocol):
    """What runs batches."""

    def run(
        self, work: Callable[[Batch], Result], batches: Iterable[tuple[int, Batch]]
    ) -> Iterator[tuple[int, Batch, Result | Died]]:
        """``(number, batch, outcome)`` of each batch, in any order."""


class Serial:
    """This process, one batch after the other."""

    def run(
        self, work: Callable[[Batch], Result], batches: Iterable[tuple[int, Batch]]
    ) -> Iterator[tuple[int, Batch, Result | Died]]:
        """See :class:`Engine`."""
        for number, batch in batches:
            yield number, batch, work(batch)


@dataclass(frozen=True)
class Processes:
    """Processes of this machine.

    Attributes
    ----------
    workers
        Number of processes.
    """

    workers: int

    def run(
        self, work: Callable[[Batch], Result], batches: Iterable[tuple[int, Batch]]
    ) -> Iterator[tuple[int, Batch, Result | Died]]:
        """See :class:`Engine`. The batches of a dead pool are tried again, one at a time, in a new one."""
        suspects: list[tuple[int, Batch]] = []
        waiting = iter(batches)
        exhausted = False
        while not exhausted:
            exhausted = bool((yield from self._pool(work, waiting, suspects)))
        for number, batch in suspects:
            alone: list[tuple[int, Batch]] = []
            yield from Processes(1)._pool(work, iter([(number, batch)]), alone)
            if alone:
                yield number, batch, Died("the worker process died on it")

    def _pool(
        self, work: Callable[[Batch], Result], batches: Iterator[tuple[int, Batch]], lost: list[tuple[int, Batch]]
    ) -> Generator[tuple[int, Batch, Result | Died], None, bool]:
        """Run batches in one pool until they end (returns True) or the pool breaks (False; what it held is lost)."""
        under_way: dict[Future[Result], tuple[int, Batch]] = {}
        with _one_thread(), ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=_prepare, initargs=(work,)
        ) as pool:  # fmt: skip
            exhausted = broken = False
            while (not exhausted and not broken) or under_way:
                while not exhausted and not broken and len(under_way) < self.workers * AHEAD:
                    try:
                        number, batch = next(batches)
                    except StopIteration:
                        exhausted = True
                        break
                    try:
                        under_way[pool.submit(_call, batch)] = number, batch
                    except BrokenProcessPool:
                        lost.append((number, batch))
                        broken = True
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    number, batch = under_way.pop(future)
                    try:
                        outcome = future.result()
                    except BrokenProcessPool:
                        lost.append((number, batch))
                        broken = True
                        continue
                    yield number, batch, outcome
        return exhausted


_work: Callable[[Any], Any] | None = None


def _prepare(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _call(batch: Any) -> Any:
    assert _work is not None
    return _work(batch)


class _one_thread:  # noqa: N801
    """Environment in which a new process uses one thread for linear algebra: the processes share the cores."""

    def __enter__(self) -> None:
        self.before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(dict.fromkeys(_THREADS, "1"))

    def __exit__(self, *error: object) -> None:
        for name, value in self.before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@dataclass(frozen=True)
class Dask:
    """Workers of a Dask cluster.

    Attributes
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.1:8786``.
    """

    address: str

    def run(
        self, work: Callable[[Batch], Result], batches: Iterable[tuple[int, Batch]]
    ) -> Iterator[tuple[int, Batch, Result | Died]]:
        """See :class:`Engine`.

        Raises
        ------
        UsageError
            Where Dask is not installed, or the scheduler does not answer or is gone.
        """
        try:
            from distributed import Client, as_completed

            from framing.dask_workers import KeepFreedMemory
        except ImportError:
            raise UsageError("Dask is not installed", cure="pip install 'framing[dask]'") from None
        try:
            # results come from the workers themselves where they can be reached, else by the scheduler
            client = Client(self.address, timeout=CONNECT, set_as_default=False, direct_to_workers=True)
        except OSError as error:
            raise UsageError(
                f"no Dask scheduler answers at {self.address}: {error}", cure="start one: dask scheduler"
            ) from None
        with client, _plugged(client, KeepFreedMemory()):
            waiting = iter(batches)
            held: dict[Any, tuple[int, Batch]] = {}
            suspects: list[tuple[int, Batch]] = []
            completed = as_completed(loop=client.loop)

            def submit() -> None:
                for number, batch in waiting:
                    # the work goes with each batch: it is small, and nothing waits on the worker that had it first
                    future = client.submit(work, batch, pure=False, retries=0)
                    held[future] = number, batch
                    completed.add(future)
                    return

            for _ in range(max(len(client.scheduler_info(n_workers=-1)["workers"]), 1) * AHEAD):
                submit()
            for future in completed:
                number, batch = held.pop(future)
                outcome = self._outcome(future)
                future.release()
                submit()
                if isinstance(outcome, Died):
                    suspects.append((number, batch))
                else:
                    yield number, batch, outcome
            # a worker that dies takes along what waited on it: only what kills one alone is to blame
            for number, batch in suspects:
                future = client.submit(work, batch, pure=False, retries=0)
                yield number, batch, self._outcome(future)
                future.release()

    def _outcome(self, future: Any) -> Any:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            return Died("the worker process died on it")
        except CancelledError as error:
            if getattr(error, "reason", "") != "scheduler-connection-lost":
                return Died("it was lost with its worker")
            raise UsageError(
                f"the Dask scheduler at {self.address} is gone",
                cure="start it and give the same command again: it goes on",
            ) from None


@contextmanager
def _plugged(client: Any, plugin: Any) -> Iterator[None]:
    """All workers with a plugin, and those that join meanwhile."""
    client.register_plugin(plugin)
    try:
        yield
    finally:
        if client.status == "running":
            client.unregister_worker_plugin(plugin.name)


def make_engine(workers: int = 1, scheduler: str | None = None) -> Engine:
    """Engine by the options of the command line.

    Parameters
    ----------
    workers
        Processes of this machine, 1 for none beside this one.
    scheduler
        Address of a Dask scheduler; goes before `workers`.

    Raises
    ------
    UsageError
        Where the number of workers is no positive number.
    """
    if scheduler:
        return Dask(scheduler)
    if workers < 1:
        raise UsageError(f"{workers} workers", cure="give 1 or more")
    return Serial() if workers == 1 else Processes(workers)
