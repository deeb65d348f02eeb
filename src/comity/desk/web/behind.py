"""Work that goes on behind the pages: one thing at a time, each thing once, with how far it has got."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from typing import Any, TypeVar

from comity.desk.pool import Tick

_Value = TypeVar("_Value")


class Busy(Exception):
    """Raised where something is asked for that takes longer than a person should wait, and nothing older is there.
    `stage` says what goes on; `done` of `all` are done in it."""

    def __init__(self, stage: str, done: int = 0, all_: int = 0) -> None:
        super().__init__(stage)
        self.stage, self.done, self.all = stage, done, all_


class Behind:
    """One worker. Work that needs other work does it at once, in the worker's own thread."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, "comity-behind")
        self._here = threading.local()
        self._lock = threading.Lock()
        self._going: dict[Hashable, Future[Any]] = {}
        self._unasked: set[Hashable] = set()
        self._stage = ("Folding", 0, 0)

    @property
    def working(self) -> bool:
        """True while there is something to do."""
        with self._lock:
            return bool(self._going.keys() - self._unasked)

    def start(self, key: Hashable, work: Callable[[], _Value], asked: bool = True) -> Future[_Value]:
        """Begins the work, unless it is going on already: then that. With `asked` False nobody waits for it."""
        if getattr(self._here, "inside", False):
            done: Future[_Value] = Future()
            done.set_result(work())
            return done
        with self._lock:
            if asked:
                self._unasked.discard(key)
            elif key not in self._going:
                self._unasked.add(key)
            if key not in self._going:
                self._going[key] = self._worker.submit(self._do, key, work)
            return self._going[key]

    def _do(self, key: Hashable, work: Callable[[], _Value]) -> _Value:
        self._here.inside = True
        try:
            return work()
        finally:
            with self._lock:
                self._going.pop(key, None)
                self._unasked.discard(key)
                self._stage = ("Folding", 0, 0)

    def wait(self, work: Future[_Value], patience: float, older: _Value | None) -> _Value:
        """What the work gives; after `patience` seconds what is older. Raises Busy if nothing is."""
        try:
            return work.result(patience if older is None else min(patience, patience / 4))
        except NotYet:
            if older is None:
                raise Busy(*self._stage) from None
            return older

    @contextmanager
    def shows(self, what: str) -> Iterator[Tick]:
        """For `comity.desk.flow`: takes note of how far reading has got."""

        def tick(done: int, all_: int) -> None:
            self._stage = (what, done, all_)

        self._stage = (what, 0, 0)
        yield tick
