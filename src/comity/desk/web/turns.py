"""Work that pages ask for again and again until it is there: one thing at a time, first come first served.

What nobody has asked for lately is passed over: a person has gone on to another date.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from comity.words import ComityError

LATELY = 20.0
"""Seconds after which what nobody asked for again is passed over."""
AGAIN = 30.0
"""Seconds after which what failed is tried again."""


@dataclass
class _Wanted:
    work: Callable[[], object]
    asked: float


class Turns:
    """One worker, which ends when there is nothing to do."""

    def __init__(self, lately: float = LATELY) -> None:
        self._lately = lately
        self._lock = threading.Lock()
        self._wanted: dict[Hashable, _Wanted] = {}
        self._faults: dict[Hashable, tuple[float, str]] = {}
        self._goes_on = False
        self._now: Hashable = None

    def ask(self, key: Hashable, work: Callable[[], object]) -> str:
        """Sees to it that the work is done, once for all who ask; what went wrong with it lately, or nothing."""
        with self._lock:
            when, fault = self._faults.get(key, (0.0, ""))
            if fault and time.monotonic() - when < AGAIN:
                return fault
            if key == self._now:
                return ""
            known = self._wanted.get(key)
            if known is not None:
                known.asked = time.monotonic()
            else:
                self._wanted[key] = _Wanted(work, time.monotonic())
            if not self._goes_on:
                self._goes_on = True
                threading.Thread(target=self._work, name="comity-turns", daemon=True).start()
            return ""

    @property
    def waiting(self) -> int:
        """How many things wait or go on."""
        with self._lock:
            return len(self._wanted) + (self._now is not None)

    def _work(self) -> None:
        while True:
            with self._lock:
                self._now = None
                late = time.monotonic() - self._lately
                self._wanted = {k: w for k, w in self._wanted.items() if w.asked >= late}
                if not self._wanted:
                    self._goes_on = False
                    return
                key = self._now = next(iter(self._wanted))
                wanted = self._wanted.pop(key)
            fault = ""
            try:
                wanted.work()
            except ComityError as error:
                fault = str(error)
            except Exception as error:  # a fault of ours: told in one line on the page
                fault = f"{type(error).__name__}: {str(error)[:200]}"
            with self._lock:
                self._faults.pop(key, None)
                if fault:
                    self._faults[key] = (time.monotonic(), fault)
                for old in list(self._faults)[:-50]:
                    del self._faults[old]
