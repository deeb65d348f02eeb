"""Operators without memory: events, constants, filters, joins, unions, negation."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from comity.accord.formula import Atom, Var
from comity.accord.operators.base import (
    EMPTY,
    UNIT,
    Events,
    Index,
    Operator,
    Row,
    Table,
    identity,
    keep,
    merged,
    projector,
)
from comity.accord.terms import compile_term


class Happened(Operator):
    """The rows of one predicate. Rows of a let-definition bring their witnesses along."""

    def __init__(self, atom: Atom) -> None:
        self.name, self.columns = atom.name, atom.free
        self.constants = [(i, compile_term(a, ())(())) for i, a in enumerate(atom.args) if not isinstance(a, Var)]
        first: dict[str, int] = {}
        self.repeated = list[tuple[int, int]]()
        for i, arg in enumerate(atom.args):
            if isinstance(arg, Var):
                if arg.name in first:
                    self.repeated.append((i, first[arg.name]))
                else:
                    first[arg.name] = i
        self.plain = not self.constants and not self.repeated
        self.take = projector(tuple(map(str, range(len(atom.args)))), tuple(map(str, first.values())))

    def table(self, tp: int, time: float, events: Events) -> Table:
        rows = events.get(self.name)
        if not rows:
            return EMPTY
        if isinstance(rows, dict):
            if self.plain:
                return rows
            return {self.take(row): witness for row, witness in rows.items() if self._fits(row)}
        if self.plain:
            return dict.fromkeys(rows, (time, tp, ()))
        return dict.fromkeys((self.take(row) for row in rows if self._fits(row)), (time, tp, ()))

    def _fits(self, row: Row) -> bool:
        return all(row[i] == v for i, v in self.constants) and all(row[i] == row[j] for i, j in self.repeated)


class Constant(Operator):
    """The same rows at every time-point."""

    def __init__(self, columns: tuple[str, ...], rows: tuple[Row, ...]) -> None:
        self.columns, self.rows = columns, rows

    def table(self, tp: int, time: float, events: Events) -> Table:
        return dict.fromkeys(self.rows, (time, tp, ()))


class Mapped(Operator):
    """A function of each table of one operator."""

    def __init__(self, child: Operator, columns: tuple[str, ...], function: Callable[[Table], Table]) -> None:
        self.child, self.columns, self.function = child, columns, function
        self.prompt, self.delay = child.prompt, child.delay

    def table(self, tp: int, time: float, events: Events) -> Table:
        found = self.child.table(tp, time, events)
        return self.function(found) if found else EMPTY

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        for found in self.child.step(tp, time, events):
            yield self.function(found) if found else EMPTY


def filtered(child: Operator, test: Callable[[Row], bool]) -> Operator:
    """The rows that pass a test."""
    return Mapped(child, child.columns, lambda table: {row: w for row, w in table.items() if test(row)})


def extended(child: Operator, name: str, value: Callable[[Row], object]) -> Operator:
    """One more column, a function of the others."""
    return Mapped(child, (*child.columns, name), lambda table: {(*row, value(row)): w for row, w in table.items()})


def projected(child: Operator, columns: tuple[str, ...]) -> Operator:
    """Fewer columns."""
    drop = projector(child.columns, columns)
    return Mapped(child, columns, lambda table: merged((drop(row), w) for row, w in table.items()))


class Clocked(Operator):
    """A function of each table of one operator and the time-point it belongs to."""

    def __init__(
        self, child: Operator, columns: tuple[str, ...], function: Callable[[Table, int, float], Table]
    ) -> None:
        self.child, self.columns, self.function = child, columns, function
        self.prompt, self.delay = child.prompt, child.delay
        self.times: deque[tuple[int, float]] = deque()

    def table(self, tp: int, time: float, events: Events) -> Table:
        return self.function(self.child.table(tp, time, events), tp, time)

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        self.times.append((tp, time))
        for found in self.child.step(tp, time, events):
            yield self.function(found, *self.times.popleft())


def negated(child: Operator) -> Operator:
    """NOT of a closed formula."""
    return Clocked(child, (), lambda table, tp, time: EMPTY if table else {UNIT: (time, tp, ())})


class Paired(Operator):
    """A function of the tables that two operators give for the same time-point."""

    def __init__(self, left: Operator, right: Operator, columns: tuple[str, ...]) -> None:
        self.left, self.right, self.columns = left, right, columns
        self.prompt = left.prompt and right.prompt
        self.delay = max(left.delay, right.delay)
        self.times: deque[tuple[int, float]] = deque()
        self.lefts: deque[Table] = deque()
        self.rights: deque[Table] = deque()

    def combine(self, left: Table, right: Table, tp: int, time: float) -> Table:
        raise NotImplementedError

    def table(self, tp: int, time: float, events: Events) -> Table:
        return self.combine(self.left.table(tp, time, events), self.right.table(tp, time, events), tp, time)

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        # The side that lags is asked last: its tables meet their partners at once and need not be copied.
        times = self.times
        times.append((tp, time))
        if self.left.prompt:
            self.lefts.append(keep(self.left.table(tp, time, events)))
            for table in self.right.step(tp, time, events):
                yield self.combine(self.lefts.popleft(), table, *times.popleft())
        elif self.right.prompt:
            self.rights.append(keep(self.right.table(tp, time, events)))
            for table in self.left.step(tp, time, events):
                yield self.combine(table, self.rights.popleft(), *times.popleft())
        elif self.left.delay <= self.right.delay:
            yield from self._lefts(tp, time, events)
            yield from self._rights(tp, time, events)
        else:
            yield from self._rights(tp, time, events)
            yield from self._lefts(tp, time, events)

    def _lefts(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        for table in self.left.step(tp, time, events):
            if self.rights:
                yield self.combine(table, self.rights.popleft(), *self.times.popleft())
            else:
                self.lefts.append(keep(table))

    def _rights(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        for table in self.right.step(tp, time, events):
            if self.lefts:
                yield self.combine(self.lefts.popleft(), table, *self.times.popleft())
            else:
                self.rights.append(keep(table))


class Union(Paired):
    """OR."""

    def __init__(self, left: Operator, right: Operator) -> None:
        super().__init__(left, right, left.columns)
        self.order = projector(right.columns, left.columns)

    def combine(self, left: Table, right: Table, tp: int, time: float) -> Table:
        if not right:
            return left
        order = self.order
        if not left and order is identity:
            return right
        return merged([*left.items(), *((order(row), w) for row, w in right.items())])


class Antijoin(Paired):
    """AND NOT: the rows of the left without a partner on the right."""

    def __init__(self, left: Operator, right: Operator) -> None:
        super().__init__(left, right, left.columns)
        self.key = projector(left.columns, right.columns)

    def combine(self, left: Table, right: Table, tp: int, time: float) -> Table:
        if not right or not left:
            return left
        key = self.key
        return {row: w for row, w in left.items() if key(row) not in right}


class Join(Paired):
    """AND: natural join. Where one side is a window that keeps an index, only partners are touched."""

    def __init__(self, left: Operator, right: Operator) -> None:
        self.shared = tuple(v for v in left.columns if v in right.columns)
        added = tuple(v for v in right.columns if v not in left.columns)
        super().__init__(left, right, (*left.columns, *added))
        self.left_key, self.right_key = projector(left.columns, self.shared), projector(right.columns, self.shared)
        self.whole_right = projector(left.columns, right.columns) if not added else None
        self.whole_left = len(self.shared) == len(left.columns)
        self.left_order = projector(right.columns, left.columns) if self.whole_left else identity
        self.rest = projector(right.columns, added)
        self.left_index: Index | None = None
        self.right_index: Index | None = None
        self.sought = right.lookup(self.shared) if self.prompt and not self.whole_right else None
        if self.prompt and self.shared and not self.sought:
            self.left_index = None if self.whole_left else left.index(self.shared)
            self.right_index = None if self.whole_right else right.index(self.shared)

    def table(self, tp: int, time: float, events: Events) -> Table:
        if self.sought is None:
            return self.combine(self.left.table(tp, time, events), self.right.table(tp, time, events), tp, time)
        left = self.left.table(tp, time, events)
        self.sought.advance(tp, time, events)
        find, key, rest = self.sought.find, self.left_key, self.rest
        return {row + rest(other): (time, tp, (w, v)) for row, w in left.items() for other, v in find(key(row)).items()}

    def combine(self, left: Table, right: Table, tp: int, time: float) -> Table:
        if not left or not right:
            return EMPTY
        if len(left) <= len(right):
            return self._from_left(left, right, tp, time)
        return self._from_right(left, right, tp, time)

    def _from_left(self, left: Table, right: Table, tp: int, time: float) -> Table:
        if (whole := self.whole_right) is not None:
            return {row: (time, tp, (w, right[k])) for row, w in left.items() if (k := whole(row)) in right}
        rows = self.right_index.rows if self.right_index else grouped(right, self.right_key)
        key, rest = self.left_key, self.rest
        return {
            row + rest(other): (time, tp, (w, v))
            for row, w in left.items()
            for other, v in rows.get(key(row), EMPTY).items()
        }

    def _from_right(self, left: Table, right: Table, tp: int, time: float) -> Table:
        rest = self.rest
        if self.whole_left:
            order = self.left_order
            return {
                row + rest(other): (time, tp, (left[row], v))
                for other, v in right.items()
                if (row := order(other)) in left
            }
        rows = self.left_index.rows if self.left_index else grouped(left, self.left_key)
        key = self.right_key
        return {
            row + rest(other): (time, tp, (w, v))
            for other, v in right.items()
            for row, w in rows.get(key(other), EMPTY).items()
        }


def grouped(table: Table, key: Callable[[Row], Row]) -> dict[Row, Table]:
    """The rows of a table by a key."""
    found: dict[Row, Table] = {}
    for row, witness in table.items():
        found.setdefault(key(row), {})[row] = witness
    return found
