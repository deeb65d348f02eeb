"""Aggregations: over any table anew, over a window as rows enter and leave it."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from comity.accord.formula import Aggregate, Var
from comity.accord.operators.base import (
    EMPTY,
    UNIT,
    Events,
    Index,
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
    """An aggregation over ONCE: a figure changes only where a row enters or leaves.

    Columns are the result and the groups. `rows` is the live table, `current` the row of each group.
    """

    def __init__(self, child: Since, formula: Aggregate, kind: str) -> None:
        self.child = child
        self.columns = ("", *formula.groups) if not isinstance(formula.result, Var) else (
            formula.result.name, *formula.groups
        )  # fmt: skip
        self.groups = formula.groups
        self.group = projector(child.columns, formula.groups)
        self.value = itemgetter(child.columns.index(formula.over))
        self.fold = FOLDS[formula.op]
        self.empty = None if formula.groups else (of_nothing(formula.op, kind),)
        self.folds: dict[Row, Fold] = {}
        self.newest: dict[Row, Witness] = {}
        self.current: dict[Row, Row] = {}
        self.rows: Table = {}
        self.by_group = Index(projector(self.columns, formula.groups))
        self.indexed = False
        self.changed: dict[Row, None] = {}
        child.listeners.append(self)

    def index(self, key: tuple[str, ...]) -> Index | None:
        if key != self.groups:
            return None
        self.indexed = True
        return self.by_group

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
        self.changed[key] = None

    def removed(self, row: Row) -> None:
        key = self.group(row)
        self.folds[key].remove(self.value(row))
        self.changed[key] = None

    def table(self, tp: int, time: float, events: Events) -> Table:
        self.child.table(tp, time, events)
        for key in self.changed:
            self._update(key)
        self.changed.clear()
        if self.empty is not None and not self.rows:
            return {self.empty: (time, tp, ())}
        return self.rows

    def _update(self, key: Row) -> None:
        before, fold = self.current.pop(key, None), self.folds[key]
        if before is not None:
            del self.rows[before]
            if self.indexed:
                self.by_group.removed(before)
        if not fold.count:
            del self.folds[key], self.newest[key]
            return
        newest = self.newest[key]
        row = (fold.value(), *key)
        witness: Witness = (newest[0], newest[1], (newest,))
        self.current[key], self.rows[row] = row, witness
        if self.indexed:
            self.by_group.added(row, witness, new=True)
