"""Work in a process of its own, asked for by name: so that what takes seconds keeps nobody waiting for a page, and the
memory that it takes is not the server's."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, TypeVar, cast

from comity.desk.folding import NICER
from comity.desk.memory import settle, spare
from comity.words import CaseError

IDLE = 120.0
"""Seconds without work after which the process is let go, with its memory."""
MOST_MEMORY = 150
"""MB from which on the process is let go after its work: what it took for a whole ledger is not given back otherwise,
and the next work would come on top of it. A fresh one needs a second or two more."""

_Value = TypeVar("_Value")


class Apart:
    """One process that does one thing after the other; made when it is needed, let go when it is idle or too big."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._used = 0.0
        self._timer = threading.Timer(IDLE, self._idle)

    def run(self, work: Callable[..., _Value], *args: Any) -> _Value:
        """What `work` (a function of a module) gives for these arguments. Waits for it, after what was asked before."""
        with self._lock:
            self._timer.cancel()
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
            size = 0.0
            try:
                value, size = self._pool.submit(_weighed, work, *args).result()
                return cast(_Value, value)
            except BrokenProcessPool:
                self._pool = None
                raise CaseError("the process that works this out ended before it was done; try again") from None
            finally:
                self._used = time.monotonic()
                if size > MOST_MEMORY:
                    self._let_go()
                else:
                    self._timer = threading.Timer(IDLE, self._idle)
                    self._timer.daemon = True
                    self._timer.start()

    def _idle(self) -> None:
        with self._lock:
            if time.monotonic() - self._used >= IDLE:
                self._let_go()

    def _let_go(self) -> None:
        """Ends the process and waits until it has gone, so that no two of them have memory at one time."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown()


def _weighed(work: Callable[..., Any], *args: Any) -> tuple[Any, float]:
    """What the work gives, and the memory that this process has after it, in MB."""
    return work(*args), memory()


def memory() -> float:
    """The memory that this process has, in MB; 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    return 0.0


def _begin() -> None:
    """A process that stands back, that an interrupt of the terminal does not end, and that ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare()
    settle()
    with suppress(OSError):
        os.nice(NICER)
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=follow, daemon=True).start()
