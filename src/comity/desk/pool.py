"""Many documents read at once: a pool of processes, results in the order of the documents.

A few short texts are read in this process, as starting others takes longer than reading. A reader that fails on one
document fails on that document only.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from comity.words import Agenda, Document, InputError, Reading

if TYPE_CHECKING:  # they take a second to load: not before something is read
    from comity.record import Failure

WORTH_A_POOL = 150_000
"""Characters of text from which other processes are started."""

Read = Callable[[Document, Agenda | None], Reading]
Tick = Callable[[int, int], None]
"""Called after each document with how many are done and how many there are."""


def read_all(
    documents: Sequence[Document],
    agenda: Agenda | None,
    *,
    progress: Tick | None = None,
    workers: int | None = None,
    reader: Read | None = None,
) -> Iterator[Reading | Failure]:
    """The reading of each document, or why there is none, in the order given.

    `workers` is the number of processes: by default one for each processor that this process may use, and none beside
    this one if the texts are short. Whatever the number, the readings are the same. `reader` is by default
    `comity.reading.read`.
    """
    if reader is None:
        from comity.reading import read

        reader = read
    count = workers if workers is not None else _processors()
    alone = count < 2 or len(documents) < 2
    if workers is None and sum(len(d.text) for d in documents) < WORTH_A_POOL:
        alone = True
    made = _one_by_one(documents, agenda, reader) if alone else _in_pool(documents, agenda, reader, count)
    for done, result in enumerate(made, start=1):
        yield result
        if progress:
            progress(done, len(documents))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one_by_one(documents: Sequence[Document], agenda: Agenda | None, reader: Read) -> Iterator[Reading | Failure]:
    for document in documents:
        yield _read_one(document, agenda, reader)


def _read_one(document: Document, agenda: Agenda | None, reader: Read) -> Reading | Failure:
    from comity.record import Failure

    try:
        return reader(document, agenda)
    except InputError as error:
        return Failure(document.name or document.id, error)
    except Exception as error:  # a fault of ours with one text must not cost the batch
        what = f"the reader failed: {type(error).__name__}: {str(error)[:160]}"
        return Failure(document.name or document.id, InputError(what, file=document.name or document.id))


def _in_pool(
    documents: Sequence[Document], agenda: Agenda | None, reader: Read, workers: int
) -> Iterator[Reading | Failure]:
    """Keeps a few documents for each worker in flight, so that ten thousand are not copied at once.

    New processes, not forks: a fork copies locks that another thread may hold.
    """
    pool = ProcessPoolExecutor(min(workers, len(documents)), get_context("spawn"), _begin)
    flying: deque[tuple[Document, Future[Reading | Failure]]] = deque()
    try:
        for document in documents:
            with _interrupts_wait():
                flight = pool.submit(_read_one, document, agenda, reader)
            flying.append((document, flight))
            if len(flying) >= 4 * workers:
                yield _landed(*flying.popleft())
        while flying:
            yield _landed(*flying.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _landed(document: Document, flight: Future[Reading | Failure]) -> Reading | Failure:
    try:
        return flight.result()
    except BrokenProcessPool:
        what = "a process that was reading ended at once (out of memory?)"
        raise InputError(
            what, file=document.name or document.id, hint="leave this document out, or free memory"
        ) from None


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl-C waits while a process may be started: the new one inherits that and is never hit while it starts."""
    if not hasattr(signal, "pthread_sigmask"):  # not on this system
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What each new process does first.

    Ctrl-C goes to the whole group of processes; the parent alone decides what it means. A parent that was killed can
    tell nobody, so each watches it and leaves with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
