"""What must hold in between: the left operand of SINCE and UNTIL, as conditions on a binding of the right one."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from comity.accord.operators.base import Events, Operator, Row, Table, keep


class Guard:
    """One conjunct of the left operand; `key` takes a binding of the right operand to a row of this one."""

    def __init__(self, operator: Operator, key: Callable[[Row], Row]) -> None:
        self.operator, self.key = operator, key
        self.waiting: deque[Table] = deque()

    def update(self, tp: int, table: Table) -> None:
        """Take note of the operand's table at `tp`."""
        raise NotImplementedError

    def since(self, row: Row) -> float:
        """First time-point from which the guard has held for `row` up to the last update; infinite if it does not."""
        raise NotImplementedError

    def forget(self, before: int) -> None:
        """Nothing earlier than time-point `before` will be asked for."""

    def receive(self, tp: int, time: float, events: Events) -> None:
        self.waiting.extend(map(keep, self.operator.step(tp, time, events)))


class Absent(Guard):
    """NOT …: broken by a matching row."""

    def __init__(self, operator: Operator, key: Callable[[Row], Row]) -> None:
        super().__init__(operator, key)
        self.broken: dict[Row, int] = {}
        self.limit = 64

    def update(self, tp: int, table: Table) -> None:
        for key in table:
            self.broken[key] = tp

    def since(self, row: Row) -> float:
        return self.broken.get(self.key(row), -1) + 1

    def forget(self, before: int) -> None:
        if len(self.broken) > self.limit:
            self.broken = {key: at for key, at in self.broken.items() if at >= before}
            self.limit = 64 + 2 * len(self.broken)


class Held(Guard):
    """Broken by the lack of a matching row."""

    def __init__(self, operator: Operator, key: Callable[[Row], Row]) -> None:
        super().__init__(operator, key)
        self.run: dict[Row, int] = {}

    def update(self, tp: int, table: Table) -> None:
        run = self.run
        self.run = {row: run.get(row, tp) for row in table}

    def since(self, row: Row) -> float:
        return self.run.get(self.key(row), math.inf)


def delays(right: Operator, guards: Iterable[Guard]) -> tuple[bool, float]:
    """(prompt, delay) of a SINCE or UNTIL, before its own interval."""
    operators = [right, *(guard.operator for guard in guards)]
    return all(each.prompt for each in operators), max(each.delay for each in operators)


class Waiting:
    """Brings the tables of both operands together by time-point."""

    def __init__(self, right: Operator, guards: tuple[Guard, ...]) -> None:
        self.right, self.guards = right, guards
        self.times: deque[tuple[int, float]] = deque()
        self.rights: deque[Table] = deque()

    def step(self, tp: int, time: float, events: Events) -> Iterator[tuple[int, float, list[Table], Table]]:
        self.times.append((tp, time))
        for guard in self.guards:
            guard.receive(tp, time, events)
        self.rights.extend(map(keep, self.right.step(tp, time, events)))
        while self.rights and all(guard.waiting for guard in self.guards):
            then, at = self.times.popleft()
            yield then, at, [guard.waiting.popleft() for guard in self.guards], self.rights.popleft()
