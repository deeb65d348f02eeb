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
        _, delay = delays(right, guards)
        self.delay = delay + (interval.high or 0)
        self.waiting = Waiting(right, guards)
        self.open: deque[tuple[int, float]] = deque()
        self.eligible = 0  # how many of `open` are old enough for a witness now
        self.starts: defaultdict[int, list[tuple[Row, int, Witness]]] = defaultdict(list)
        self.ends: defaultdict[int, list[Row]] = defaultdict(list)
        self.active: Table = {}
        self.last: dict[Row, int] = {}

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        # The clock closes time-points even while the operands are still undecided for later ones.
        for then, at, lefts, right in self.waiting.step(tp, time, events):
            yield from self._close(at)
            self._witness(then, at, right)
            for guard, left in zip(self.guards, lefts, strict=True):
                guard.update(then, left)
                guard.forget(self.open[0][0])
        if self.waiting.times:
            yield from self._close(self.waiting.times[0][1])

    def _close(self, now: float) -> Iterator[Table]:
        open_, active, last = self.open, self.active, self.last
        while open_ and self.interval.above(now - open_[0][1]):
            i, _ = open_.popleft()
            self.eligible = max(0, self.eligible - 1)
            for row, high, witness in self.starts.pop(i, ()):
                if last.get(row, -1) < high:
                    active[row], last[row] = witness, high
                    self.ends[high].append(row)
            yield active
            for row in self.ends.pop(i, ()):
                if last.get(row) == i:
                    del active[row], last[row]

    def _witness(self, tp: int, time: float, right: Table) -> None:
        open_, interval = self.open, self.interval
        open_.append((tp, time))
        while self.eligible < len(open_) and not interval.below(time - open_[self.eligible][1]):
            self.eligible += 1
        if not right or not self.eligible:
            return
        first, high = open_[0][0], open_[self.eligible - 1][0]
        for row, w in right.items():
            low = max([first, *(int(min(tp, guard.since(row))) for guard in self.guards)])
            if low <= high:
                self.starts[low].append((row, high, w if w[1] == tp else (time, tp, (w,))))
