"""Aggregations: over any table anew, over a window as rows enter and leave it."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from comity.accord.formula import Aggregate, Var
from comity.accord.operators.base import (
    EMPTY,
    UNIT,
    Events,
    Lookup,
    Operator,
    Row,
    Table,
    Witness,
    projector,
)
from comity.accord.operators.folds import FOLDS, Fold, of_nothing
from comity.accord.operators.relations import Clocked
from comity.accord.operators.since import Since
from comity.accord.terms import compile_term


def aggregated(child: Operator, formula: Aggregate, kind: str) -> Operator:
    """The operator of `formula` over `child`; `kind` is the type of the aggregated variable."""
    result = formula.result
    columns = (*((result.name,) if isinstance(result, Var) else ()), *formula.groups)
    if isinstance(child, Since) and child.prompt and not child.guards:
        window = Window(child, formula, kind)
        if isinstance(result, Var):
            return window
        wanted = compile_term(result, ())(())
        return Clocked(
            window,
            columns,
            lambda table, tp, time: {row[1:]: w for row, w in table.items() if row[0] == wanted},
        )
    return Clocked(child, columns, _anew(child, formula, kind))


def _anew(child: Operator, formula: Aggregate, kind: str) -> Callable[[Table, int, float], Table]:
    value, group = itemgetter(child.columns.index(formula.over)), projector(child.columns, formula.groups)
    fold, empty = FOLDS[formula.op], of_nothing(formula.op, kind)
    result = formula.result
    named = isinstance(result, Var)
    wanted = None if named else compile_term(result, ())(())

    def function(table: Table, tp: int, time: float) -> Table:
        if not table:
            if formula.groups or not (named or empty == wanted):
                return EMPTY
            return {(empty,) if named else UNIT: (time, tp, ())}
        folds: dict[Row, Fold] = {}
        newest: dict[Row, Witness] = {}
        for row, witness in table.items():
            key = group(row)
            if key not in folds:
                folds[key], newest[key] = fold(), witness
            elif newest[key] < witness:
                newest[key] = witness
            folds[key].add(value(row))
        found = ((key, each.value()) for key, each in folds.items())
        if named:
            return {(figure, *key): (time, tp, (newest[key],)) for key, figure in found}
        return {key: (time, tp, (newest[key],)) for key, figure in found if figure == wanted}

    return function


class Window(Operator):
    """An aggregation over ONCE: its folds change only where a row enters or leaves the window.

    Columns are the result ("" for one compared with a constant) and the groups. A join by the groups asks `find` for
    those it wants, and no table is made; otherwise it is kept current.
    """

    def __init__(self, child: Since, formula: Aggregate, kind: str) -> None:
        self.child = child
        name = formula.result.name if isinstance(formula.result, Var) else ""
        self.columns, self.groups = (name, *formula.groups), formula.groups
        self.group = projector(child.columns, formula.groups)
        self.value = itemgetter(child.columns.index(formula.over))
        self.fold = FOLDS[formula.op]
        self.empty = None if formula.groups else (of_nothing(formula.op, kind),)
        self.folds: dict[Row, Fold] = {}
        self.newest: dict[Row, Witness] = {}
        self.current: dict[Row, Row] = {}
        self.rows: Table = {}
        self.changed: dict[Row, None] = {}
        self.sought = False
        child.listeners.append(self)

    def added(self, row: Row, witness: Witness, *, new: bool) -> None:
        key = self.group(row)
        if new:
            fold = self.folds.get(key)
            if fold is None:
                fold = self.folds[key] = self.fold()
            fold.add(self.value(row))
        newest = self.newest.get(key)
        if newest is None or newest < witness:
            self.newest[key] = witness
        if not self.sought:
            self.changed[key] = None

    def removed(self, row: Row) -> None:
        key = self.group(row)
        fold = self.folds[key]
        fold.remove(self.value(row))
        if not fold.count:
            del self.folds[key], self.newest[key]
        if not self.sought:
            self.changed[key] = None

    def advance(self, tp: int, time: float, events: Events) -> None:
        """Take note of a time-point. Then `find` speaks of it."""
        self.child.table(tp, time, events)

    def find(self, key: Row) -> Table:
        """The row of one group, if there is one."""
        fold = self.folds.get(key)
        if fold is None:
            return EMPTY
        newest = self.newest[key]
        return {(fold.value(), *key): (newest[0], newest[1], (newest,))}

    def lookup(self, key: tuple[str, ...]) -> Lookup | None:
        self.sought = bool(key) and key == self.groups
        return self if self.sought else None

    def table(self, tp: int, time: float, events: Events) -> Table:
        self.advance(tp, time, events)
        if self.empty is not None and not self.folds:
            self.rows.clear()
            self.current.clear()
            self.changed.clear()
            return {self.empty: (time, tp, ())}
        for key in self.changed:
            before = self.current.pop(key, None)
            if before is not None:
                del self.rows[before]
            for row, witness in self.find(key).items():
                self.current[key], self.rows[row] = row, witness
        self.changed.clear()
        return self.rows
