"""What a run asks of the workers of a Dask cluster while it lasts."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

from distributed.diagnostics.plugin import WorkerPlugin

# mallopt(3) of the GNU C library: parameters, and the most that it would set them to by itself.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT, _MAPPED = 64 << 20, 32 << 20
# Its values at the start of a process, where the environment does not say otherwise.
_START = 128 << 10


class KeepFreedMemory(WorkerPlugin):  # type: ignore[misc]
    """Let workers use memory that was freed again, up to 64 MB, instead of handing it back to the system at once.

    Dask's nanny starts workers with ``MALLOC_TRIM_THRESHOLD_=65536``, which also keeps the C library from learning what sizes a
    program uses: each array above 128 kB is then new pages from the system, and a run here takes a quarter longer. The
    old values are put back when the run is over. Elsewhere than on Linux with the GNU C library it does nothing.
    """

    name = "framing-keep-freed-memory"

    def setup(self, worker: Any) -> None:
        """At the start of a run, or of a worker that joins it."""
        _set(_KEPT, _MAPPED)

    def teardown(self, worker: Any) -> None:
        """At the end of the run."""
        _set(*(int(os.environ.get(f"MALLOC_{name}_THRESHOLD_", _START)) for name in ("TRIM", "MMAP")))


def _set(kept: int, mapped: int) -> None:
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return  # another C library
    mallopt(_TRIM_THRESHOLD, kept)
    mallopt(_MMAP_THRESHOLD, mapped)
