"""What all operators share: tables, witnesses, and how they are asked.

A *table* maps each binding that satisfies a subformula at a time-point to its *witness*: ``(time, index, parts)``, the
time-point at which this proof was found and the witnesses it is made of (none for an event). ONCE passes on the newest
witness of its operand; a conjunction joins those of both sides; a negation rests on absence and adds nothing; an
aggregation names the newest of its group.

An operator is *prompt* if it decides each time-point when it comes; then `table` gives the table at once. The others
give, by `step`, the tables that became decided, in order. A table may be a live view of the operator's state: it holds
until the operator is asked again, and whoever keeps it copies it (`keep`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Protocol

Row = tuple[Any, ...]
Witness = tuple[float, int, tuple[Any, ...]]
Table = dict[Row, Witness]
Events = Mapping[str, Collection[Row]]

EMPTY: Table = {}
UNIT: Row = ()


def leaves(witness: Witness) -> tuple[int, ...]:
    """Indices of the time-points whose events a witness rests on, sorted, each once.

    >>> leaves((9, 4, ((2, 1, ()), (9, 4, ()))))
    (1, 4)
    """
    found, todo = set[int](), [witness]
    while todo:
        _, index, parts = todo.pop()
        if parts:
            todo.extend(parts)
        else:
            found.add(index)
    return tuple(sorted(found))


def identity(row: Row) -> Row:
    return row


def projector(columns: tuple[str, ...], wanted: tuple[str, ...]) -> Callable[[Row], Row]:
    """A function from rows over `columns` to rows over `wanted`; `identity` itself where they are the same."""
    places = [columns.index(name) for name in wanted]
    if places == list(range(len(columns))):
        return identity
    if not places:
        return lambda row: UNIT
    if len(places) == 1:
        (place,) = places
        return lambda row: (row[place],)
    return itemgetter(*places)


def keep(table: Table) -> Table:
    """A copy that stays as it is."""
    return dict(table) if table else EMPTY


def merged(pairs: Iterable[tuple[Row, Witness]]) -> Table:
    """A table of these pairs; of two witnesses for one binding the later one, so that no order of rows matters."""
    table: Table = {}
    for row, witness in pairs:
        other = table.get(row)
        if other is None or other < witness:
            table[row] = witness
    return table


class Listener(Protocol):
    """Told of every change of a window's table."""

    def added(self, row: Row, witness: Witness, *, new: bool) -> None: ...

    def removed(self, row: Row) -> None: ...


class Lookup(Protocol):
    """A table of which only the rows that are asked for are worked out."""

    def advance(self, tp: int, time: float, events: Events) -> None: ...

    def find(self, key: Row) -> Table: ...


class Operator:
    """Base of operators. `delay` is how far, in seconds, a verdict may lag behind its time-point."""

    columns: tuple[str, ...]
    prompt = True
    delay: float = 0

    def table(self, tp: int, time: float, events: Events) -> Table:
        """The table of this time-point. Only prompt operators can tell."""
        raise NotImplementedError

    def step(self, tp: int, time: float, events: Events) -> Iterator[Table]:
        """The tables that became decided with this time-point."""
        yield self.table(tp, time, events)

    def lookup(self, key: tuple[str, ...]) -> Lookup | None:
        """How to find rows by the columns `key`, if the operator can without its whole table; then no other way."""
        return None

    def index(self, key: tuple[str, ...]) -> Index | None:
        """The live table by the columns `key`, if the operator keeps one."""
        return None


class Index:
    """Rows of a window's table by a key. Kept current by the window."""

    def __init__(self, key: Callable[[Row], Row]) -> None:
        self.key = key
        self.rows: dict[Row, Table] = {}

    def added(self, row: Row, witness: Witness, *, new: bool) -> None:
        key = self.key(row)
        found = self.rows.get(key)
        if found is None:
            self.rows[key] = {row: witness}
        else:
            found[row] = witness

    def removed(self, row: Row) -> None:
        key = self.key(row)
        found = self.rows[key]
        del found[row]
        if not found:
            del self.rows[key]
