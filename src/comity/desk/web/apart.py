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
from typing import Any, TypeVar

from comity.desk.folding import NICER
from comity.words import CaseError

IDLE = 120.0
"""Seconds without work after which the process is let go, with its memory."""

_Value = TypeVar("_Value")


class Apart:
    """One process that does one thing after the other; made when it is needed, let go when it is idle."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._going = 0
        self._used = 0.0

    def run(self, work: Callable[..., _Value], *args: Any) -> _Value:
        """What `work` (a function of a module) gives for these arguments. Waits for it."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
            pool = self._pool
            self._going += 1
        try:
            return pool.submit(work, *args).result()
        except BrokenProcessPool:
            with self._lock:
                self._pool = None
            raise CaseError("the process that works this out ended before it was done; try again") from None
        finally:
            with self._lock:
                self._going -= 1
                self._used = time.monotonic()
            timer = threading.Timer(IDLE, self._let_go)
            timer.daemon = True
            timer.start()

    def _let_go(self) -> None:
        with self._lock:
            if self._pool is None or self._going or time.monotonic() - self._used < IDLE:
                return
            pool, self._pool = self._pool, None
        pool.shutdown(wait=False)


def _begin() -> None:
    """A process that stands back, that an interrupt of the terminal does not end, and that ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICER)
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=follow, daemon=True).start()
