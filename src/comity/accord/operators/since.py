"""SINCE and ONCE: a window over the past, keyed by binding."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator

from comity.accord.formula import Interval
from comity.accord.operators.base import Events, Index, Listener, Operator, Row, Table, Witness, identity, projector
from comity.accord.operators.guards import Absent, Guard, Waiting, delays


class Since(Operator):
    """``guards SINCE[interval] right``; without guards, ``ONCE``.

    `ready` maps a binding to its newest witness that is old enough to count. `young` holds what is not old enough yet,
    `old` what will leave at the far end, both by time-point. So a row costs a constant, however long the window.
    """

    def __init__(self, right: Operator, guards: tuple[Guard, ...], interval: Interval) -> None:
        self.right, self.guards, self.interval = right, guards, interval
        self.columns = right.columns
        self.prompt, self.delay = delays(right, guards)
        self.delayed = bool(interval.low or interval.open_low)
        self.high = math.inf if interval.high is None else interval.high
        self.ready: Table = {}
        self.young: deque[tuple[float, int, Table]] = deque()
        self.old: deque[tuple[float, int, list[Row]]] = deque()
        self.listeners = list[Listener]()
        self.indices: dict[tuple[str, ...], Index] = {}
        self.bindings = {
            id(guard): self._index(guard) for guard in guards if isinstance(guard, Absent) and guard.key is not identity
        }
        self.waiting = Waiting(right, guards)

    def _index(self, guard: Guard) -> Index:
        index = Index(guard.key)
        self.listeners.append(index)
        return index

    def index(self, key: tuple[str, ...]) -> Index:
        if key not in self.indices:
            self.indices[key] = Index(projector(self.columns, key))
            self.listeners.append(self.indices[key])
        return self.indices[key]

    def table(self, tp: int, time: float, events: Events) -> Table:
        right = self.right.table(tp, time, events)
        if not self.guards:
            return self.advance(tp, time, [], right)
        return self.advance(tp, time, [guard.operator.table(tp, time, events) for guard in self.guards], right)

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        if self.prompt:
            yield self.table(tp, time, events)
            return
        for then, at, lefts, right in self.waiting.step(tp, time, events):
            yield self.advance(then, at, lefts, right)

    def advance(self, tp: int, time: float, lefts: list[Table], right: Table) -> Table:
        old, young = self.old, self.young
        for guard, left in zip(self.guards, lefts, strict=True) if lefts else ():
            self._enforce(guard, left)
            if self.delayed:
                guard.update(tp, left)
                guard.forget(young[0][1] if young else tp)
        if old and time - old[0][0] >= self.high:
            self._expire(time)
        if self.delayed:
            if right:
                young.append((time, tp, dict(right)))
            while young and not self.interval.below(time - young[0][0]):
                then, at, rows = young.popleft()
                if not self.interval.above(time - then):
                    self._admit(then, at, {row: w for row, w in rows.items() if self._unbroken(row, at)})
        elif right:
            self._admit(time, tp, right)
        return self.ready

    def _unbroken(self, row: Row, at: int) -> bool:
        return all(guard.since(row) <= at + 1 for guard in self.guards)

    def _admit(self, time: float, tp: int, rows: Table) -> None:
        ready, listeners = self.ready, self.listeners
        for row, w in rows.items():
            witness: Witness = w if w[1] == tp else (time, tp, (w,))
            if listeners:
                new = row not in ready
                for listener in listeners:
                    listener.added(row, witness, new=new)
            ready[row] = witness
        if self.interval.high is not None:
            self.old.append((time, tp, list(rows)))

    def _expire(self, time: float) -> None:
        old, ready, listeners, above = self.old, self.ready, self.listeners, self.interval.above
        while old and above(time - old[0][0]):
            _, at, rows = old.popleft()
            for row in rows:
                witness = ready.get(row)
                if witness is not None and witness[1] == at:
                    del ready[row]
                    for listener in listeners:
                        listener.removed(row)

    def _drop(self, row: Row) -> None:
        del self.ready[row]
        for listener in self.listeners:
            listener.removed(row)

    def _enforce(self, guard: Guard, left: Table) -> None:
        """Drop the bindings for which the guard does not hold now."""
        ready = self.ready
        if not isinstance(guard, Absent):
            key = guard.key
            for row in [row for row in ready if key(row) not in left]:
                self._drop(row)
        elif left and ready:
            index = self.bindings.get(id(guard))
            for found in left:
                if index is not None:
                    for row in list(index.rows.get(found, ())):
                        self._drop(row)
                elif found in ready:
                    self._drop(found)
