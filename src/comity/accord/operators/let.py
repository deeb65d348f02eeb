"""LET: the decided tables of a definition, fed to the body as one more predicate."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from comity.accord.operators.base import EMPTY, Events, Operator, Table, keep, projector


class Definition(Operator):
    def __init__(self, name: str, definition: Operator, params: tuple[str, ...], body: Operator) -> None:
        self.name, self.definition, self.body = name, definition, body
        self.columns, self.prompt = body.columns, definition.prompt and body.prompt
        self.delay = definition.delay + body.delay
        self.order = projector(definition.columns, params)
        self.waiting: deque[tuple[int, float, Events]] = deque()

    def _with(self, events: Events, table: Table) -> Events:
        return {**events, self.name: {self.order(row): w for row, w in table.items()} if table else EMPTY}

    def table(self, tp: int, time: float, events: Events) -> Table:
        return self.body.table(tp, time, self._with(events, self.definition.table(tp, time, events)))

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        self.waiting.append((tp, time, events))
        for table in self.definition.step(tp, time, events):
            then, at, known = self.waiting.popleft()
            yield from map(keep, self.body.step(then, at, self._with(known, table)))
