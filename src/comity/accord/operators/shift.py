"""PREVIOUS and NEXT: the table of the neighbouring time-point, if the time between lies in the interval."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator

from comity.accord.formula import Interval
from comity.accord.operators.base import EMPTY, Events, Operator, Table, keep


class Previous(Operator):
    def __init__(self, child: Operator, interval: Interval) -> None:
        self.child, self.columns, self.interval = child, child.columns, interval
        self.prompt, self.delay = child.prompt, child.delay
        self.times: deque[float] = deque()
        self.tables: deque[Table] = deque()

    def table(self, tp: int, time: float, events: Events) -> Table:
        found = EMPTY
        if self.tables:
            table = self.tables.popleft()
            if table and time - self.times.popleft() in self.interval:
                found = table
        self.times.clear()
        self.times.append(time)
        self.tables.append(keep(self.child.table(tp, time, events)))
        return found

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        if not tp:
            yield EMPTY
        self.times.append(time)
        self.tables.extend(map(keep, self.child.step(tp, time, events)))
        while self.tables and len(self.times) > 1:
            then = self.times.popleft()
            table = self.tables.popleft()
            yield table if self.times[0] - then in self.interval else EMPTY


class Next(Operator):
    prompt = False

    def __init__(self, child: Operator, interval: Interval) -> None:
        self.child, self.columns, self.interval = child, child.columns, interval
        self.delay = math.inf
        self.times: deque[float] = deque()
        self.started = False

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        self.times.append(time)
        for table in self.child.step(tp, time, events):
            if self.started:
                then = self.times.popleft()
                yield table if self.times[0] - then in self.interval else EMPTY
            self.started = True
