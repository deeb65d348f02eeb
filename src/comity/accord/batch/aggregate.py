"""Aggregations on runs: a figure changes only where a run of its group begins or ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from comity.accord.batch.runs import Algebra, Column, Ints, Runs, encoded
from comity.accord.formula import Aggregate, Var
from comity.accord.operators.folds import FOLDS, of_nothing
from comity.accord.terms import compile_term

_EXACT = 1 << 53


def aggregated(algebra: Algebra, runs: Runs, formula: Aggregate, kind: str) -> Runs:
    """The table of an aggregation over `runs`; `kind` is the type of the aggregated variable."""
    empty = None if formula.groups else of_nothing(formula.op, kind)
    runs = algebra.canonical(runs)
    if not len(runs):
        if formula.groups or not algebra.length:
            return algebra.nowhere(formula.free)
        everywhere = algebra.everywhere()
        return _result(algebra, formula, {}, algebra.values.column([empty]), everywhere.start, everywhere.end)
    groups = [runs.columns[name] for name in formula.groups]
    codes = encoded([column.data for column in groups], len(runs), algebra.room)
    sample = np.zeros(int(codes.max()) + 1, np.int64)
    sample[codes] = np.arange(len(codes))
    # Every begin and end as a change of one group at one time-point.
    which = np.concatenate([np.arange(len(runs)), np.arange(len(runs))])
    enters = np.concatenate([np.ones(len(runs), np.int64), -np.ones(len(runs), np.int64)])
    code = codes[which]
    place = code * algebra.stride + np.concatenate([runs.start, runs.end + 1])
    if not formula.groups:
        which, enters = np.append(which, 0), np.append(enters, 0)
        place = np.append(place, 0)
    order = np.argsort(place, kind="stable")
    which, enters, place = which[order], enters[order], place[order]
    last = np.flatnonzero(np.append(place[1:] != place[:-1], True))
    count = np.cumsum(enters)[last]
    over = runs.columns[formula.over]
    column = _summed(algebra, formula.op, over, which, enters, last, count, empty)
    if column is None:
        column = _folded(algebra, formula.op, over, which, enters, last, empty)
    code, start = place[last] // algebra.stride, place[last] % algebra.stride
    following = np.append(start[1:], 0)
    end = np.where(np.append(code[1:] == code[:-1], False), following, algebra.length) - 1
    held = np.flatnonzero((start <= end) & ((count > 0) | (empty is not None)))
    member = sample[code[held]]
    columns = {name: runs.columns[name][member] for name in formula.groups}
    return _result(algebra, formula, columns, column[held], start[held], end[held])


def _summed(
    algebra: Algebra, op: str, over: Column, which: Ints, enters: Ints, last: Ints, count: Ints, empty: Any
) -> Column | None:
    """CNT, and SUM and AVG of whole numbers small enough to be exact; None for all else."""
    if op == "CNT":
        return Column(count)
    if op not in ("SUM", "AVG") or over.coded or float(np.abs(over.data[which]).sum(dtype=np.float64)) >= _EXACT:
        return None
    total = np.cumsum(over.data[which] * enters)[last]
    if op == "SUM":
        return Column(total)
    means = np.divide(total, count, out=np.full(len(total), empty or 0.0), where=count > 0)
    found, places = np.unique(means, return_inverse=True)
    known = np.array([algebra.values.place(mean) for mean in found.tolist()], np.int64)
    return Column(known[places], True)


def _folded(algebra: Algebra, op: str, over: Column, which: Ints, enters: Ints, last: Ints, empty: Any) -> Column:
    """Any figure, value by value."""
    values, figures = algebra.values.decoded(over[which]), list[Any]()
    ends, fold = set(last.tolist()), FOLDS[op]()
    for k, (value, change) in enumerate(zip(values, enters.tolist(), strict=True)):
        if change > 0:
            fold.add(value)
        elif change < 0:
            fold.remove(value)
        if k in ends:
            figures.append(fold.value() if fold.count else empty)
    return algebra.values.column(figures)


def _result(
    algebra: Algebra, formula: Aggregate, columns: dict[str, Column], figures: Column, start: Ints, end: Ints
) -> Runs:
    if isinstance(formula.result, Var):
        return Runs({formula.result.name: figures, **columns}, start, end)
    wanted = compile_term(formula.result, ())(())
    found = np.array([figure == wanted for figure in algebra.values.decoded(figures)], bool)
    return Runs(columns, start, end).take(np.flatnonzero(found))
