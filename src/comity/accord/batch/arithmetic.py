"""Comparisons and whole-number arithmetic over columns, where 64 bits surely hold it; else None."""

from __future__ import annotations

import numpy as np

from comity.accord.batch.runs import Column, Ints, Mask, Runs, Values
from comity.accord.formula import Apply, Compare, Const, Term, Var

_SAFE = 1 << 31


def computed(term: Term, runs: Runs) -> Column | None:
    """The column of a term: of a variable as it is, of `+`, `-` and `*` over small whole numbers."""
    if isinstance(term, Var):
        return runs.columns[term.name]
    whole = _whole(term, runs)
    return None if whole is None else Column(whole)


def _whole(term: Term, runs: Runs) -> Ints | None:
    if isinstance(term, Const):
        if type(term.value) is not int or abs(term.value) >= _SAFE:
            return None
        return np.full(len(runs), term.value, np.int64)
    if isinstance(term, Var):
        column = runs.columns[term.name]
        return None if column.coded else column.data
    if isinstance(term, Apply) and term.function in ("+", "-", "*", "neg"):
        parts = [_whole(arg, runs) for arg in term.args]
        found = [part for part in parts if part is not None and (not len(part) or int(np.abs(part).max()) < _SAFE)]
        if len(found) < len(parts):
            return None
        if term.function == "neg":
            return -found[0]
        one, other = found
        return one + other if term.function == "+" else one - other if term.function == "-" else one * other
    return None


def compared(comparison: Compare, runs: Runs, values: Values) -> Mask | None:
    """Which bindings pass a comparison of whole numbers, or an equation of variables and constants."""
    left, right = _whole(comparison.left, runs), _whole(comparison.right, runs)
    if left is not None and right is not None and comparison.op in ("=", "<", "<="):
        tests = {"=": np.equal, "<": np.less, "<=": np.less_equal}
        passed: Mask = tests[comparison.op](left, right)
        return passed
    if comparison.op != "=":
        return None
    sides = list[Column]()
    for term in (comparison.left, comparison.right):
        if isinstance(term, Var):
            sides.append(runs.columns[term.name])
        elif isinstance(term, Const):
            one = values.column([term.value])
            sides.append(Column(np.repeat(one.data, len(runs)), one.coded))
        else:
            return None
    one, other = values.alike(*sides)
    same: Mask = one.data == other.data
    return same
