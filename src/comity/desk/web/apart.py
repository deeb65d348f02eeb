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
MOST_MEMORY = 250
"""MB from which on the process is let go after its work: the next work begins with a fresh one."""

_Value = TypeVar("_Value")


class Apart:
    """One process that does one thing after the other; made when it is needed, let go when it is idle or too big."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._going = 0
        self._used = 0.0
        self._timer = threading.Timer(IDLE, self._let_go)

    def run(self, work: Callable[..., _Value], *args: Any) -> _Value:
        """What `work` (a function of a module) gives for these arguments. Waits for it."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
            pool = self._pool
            self._going += 1
        size = 0.0
        try:
            value, size = pool.submit(_weighed, work, *args).result()
            return cast(_Value, value)
        except BrokenProcessPool:
            with self._lock:
                self._pool = None if self._pool is pool else self._pool
            raise CaseError("the process that works this out ended before it was done; try again") from None
        finally:
            with self._lock:
                self._going -= 1
                self._used = time.monotonic()
                full = size > MOST_MEMORY and not self._going
            if full:
                self._let_go(at_once=True)
            else:
                self._timer.cancel()
                self._timer = threading.Timer(IDLE, self._let_go)
                self._timer.daemon = True
                self._timer.start()

    def _let_go(self, at_once: bool = False) -> None:
        with self._lock:
            if self._pool is None or self._going or not (at_once or time.monotonic() - self._used >= IDLE):
                return
            pool, self._pool = self._pool, None
        pool.shutdown(wait=False)


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
