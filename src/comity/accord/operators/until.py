"""UNTIL and EVENTUALLY: a bounded window over the future."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from comity.accord.formula import Interval
from comity.accord.operators.base import Events, Operator, Row, Table, Witness
from comity.accord.operators.guards import Guard, Waiting, delays


class Until(Operator):
    """``guards UNTIL[interval] right``; without guards, ``EVENTUALLY``.

    A witness at time-point j serves all i from `low` to `high`: those within the interval from which on the guards
    held without a gap. It is entered once, at `low`, and leaves after `high`; so each costs a constant.
    """

    prompt = False

    def __init__(self, right: Operator, guards: tuple[Guard, ...], interval: Interval) -> None:
        self.guards, self.interval, self.columns = guards, interval, right.columns
        self.immediate, delay = delays(right, guards)
        self.delay = delay + (interval.high or 0)
        self.right, self.waiting = right, Waiting(right, guards)
        self.high = interval.high or 0
        self.open: deque[tuple[int, float]] = deque()
        self.eligible = 0  # how many of `open` are old enough for a witness now
        self.starts: defaultdict[int, list[tuple[Row, int, Witness]]] = defaultdict(list)
        self.ends: defaultdict[int, list[Row]] = defaultdict(list)
        self.active: Table = {}
        self.last: dict[Row, int] = {}
        self.before = -1  # the time-point closed last: what ends with it leaves before the next

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        open_ = self.open
        if self.immediate:
            lefts = [guard.operator.table(tp, time, events) for guard in self.guards] if self.guards else []
            right = self.right.table(tp, time, events)
            while open_ and time - open_[0][1] >= self.high and self.interval.above(time - open_[0][1]):
                yield self._closed()
            self._witness(tp, time, lefts, right)
            return
        # The clock closes time-points even while the operands are still undecided for later ones.
        for then, at, lefts, right in self.waiting.step(tp, time, events):
            while open_ and self.interval.above(at - open_[0][1]):
                yield self._closed()
            self._witness(then, at, lefts, right)
        if self.waiting.times:
            now = self.waiting.times[0][1]
            while open_ and self.interval.above(now - open_[0][1]):
                yield self._closed()

    def _closed(self) -> Table:
        """The table of the first open time-point, which nothing can change any more."""
        active, last, before = self.active, self.last, self.before
        if before in self.ends:
            for row in self.ends.pop(before):
                if last[row] == before:
                    del active[row], last[row]
        i, _ = self.open.popleft()
        if self.eligible:
            self.eligible -= 1
        if i in self.starts:
            for row, high, witness in self.starts.pop(i):
                self._enter(row, high, witness)
        self.before = i
        return active

    def _witness(self, tp: int, time: float, lefts: list[Table], right: Table) -> None:
        """Enter what this time-point proves; then take note of whether the guards hold at it."""
        open_, interval = self.open, self.interval
        open_.append((tp, time))
        while self.eligible < len(open_) and not interval.below(time - open_[self.eligible][1]):
            self.eligible += 1
        if right and self.eligible:
            self._serve(tp, time, right)
        for guard, left in zip(self.guards, lefts, strict=True) if lefts else ():
            guard.update(tp, left)
            guard.forget(open_[0][0])

    def _serve(self, tp: int, time: float, right: Table) -> None:
        open_ = self.open
        first, high = open_[0][0], open_[self.eligible - 1][0]
        for row, w in right.items():
            witness = w if w[1] == tp else (time, tp, (w,))
            low = max(first, *(int(min(tp, guard.since(row))) for guard in self.guards)) if self.guards else first
            if low == first:  # it holds from the time-point that is closed next
                self._enter(row, high, witness)
            elif low <= high:
                self.starts[low].append((row, high, witness))

    def _enter(self, row: Row, high: int, witness: Witness) -> None:
        if self.last.get(row, -1) < high:
            self.active[row], self.last[row] = witness, high
            self.ends[high].append(row)
