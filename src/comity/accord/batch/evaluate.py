"""From a formula in normal form to the runs that satisfy it, and how many time-points of a log it decides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from comity.accord.batch import aggregate, temporal
from comity.accord.batch.arithmetic import compared, computed
from comity.accord.batch.runs import Algebra, Column, Runs, rows
from comity.accord.batch.temporal import Guard, Times
from comity.accord.formula import (
    Aggregate,
    Atom,
    Binary,
    Compare,
    Formula,
    Interval,
    Let,
    Matches,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Term,
    Var,
)
from comity.accord.monitorable import conjuncts
from comity.accord.operators.base import Row
from comity.accord.operators.matching import matcher, new_columns
from comity.accord.terms import COMPARISONS, compile_term
from comity.accord.types import Types, defined, variable_types
from comity.words import InputError


class Evaluation:
    """One formula over one log."""

    def __init__(self, algebra: Algebra, times: Times, events: Mapping[str, Runs]) -> None:
        """`events` by predicate; the columns of each are named by place ("0", "1", …)."""
        self.algebra, self.times, self.events = algebra, times, events

    def runs(self, formula: Formula, types: Types) -> Runs:
        """Bindings of the free variables of `formula`, and when they satisfy it."""
        algebra = self.algebra
        match formula:
            case Atom():
                return self._atom(formula)
            case Compare():
                return self._constant(formula)
            case Matches():
                return self._matching(algebra.everywhere(), formula, absent=False)
            case Not(part):
                return algebra.without(algebra.everywhere(), self.runs(part, types))
            case Binary("AND", left, right):
                return self._conjunction(self.runs(left, types), right, types)
            case Binary("OR", left, right):
                return algebra.canonical(algebra.union(self.runs(left, types), self.runs(right, types)))
            case Quantified(_, names, part):
                found = self.runs(part, types)
                kept = {name: column for name, column in found.columns.items() if name not in names}
                return algebra.canonical(Runs(kept, found.start, found.end))
            case Prefix("PREVIOUS", interval, part):
                return temporal.previous(algebra, self.times, interval, self.runs(part, types))
            case Prefix("NEXT", interval, part):
                return temporal.following(algebra, self.times, interval, self.runs(part, types))
            case Prefix(op, interval, part):
                return self._window(op, interval, [], self.runs(part, types))
            case Temporal(op, interval, left, right):
                guards = [
                    Guard(self.runs(part.part if isinstance(part, Not) else part, types), isinstance(part, Not))
                    for part in conjuncts(left)
                ]
                return self._window(op, interval, guards, self.runs(right, types))
            case Aggregate(_, _, over, _, part):
                kind = variable_types(part, types).get(over, "int")
                return aggregate.aggregated(algebra, self.runs(part, types), formula, kind)
            case Let(name, params, definition, body):
                found = self.runs(definition, types)
                named = Runs({str(k): found.columns[p] for k, p in enumerate(params)}, found.start, found.end)
                inner = Evaluation(algebra, self.times, {**self.events, name: named})
                return inner.runs(body, {**types, name: defined(params, definition, types)})
        raise AssertionError(f"no meaning for {formula}")

    def _window(self, op: str, interval: Interval, guards: list[Guard], right: Runs) -> Runs:
        window = temporal.since if op in ("ONCE", "SINCE") else temporal.until
        return window(self.algebra, self.times, interval, guards, right)

    def _atom(self, atom: Atom) -> Runs:
        found = self.events.get(atom.name)
        if found is None:
            return self.algebra.nowhere(atom.free)
        fits = np.ones(len(found), bool)
        columns = dict[str, Column]()
        for k, arg in enumerate(atom.args):
            column = found.columns[str(k)]
            if not isinstance(arg, Var):
                fits &= self._equal(column, self._everywhere(compile_term(arg, ())(()), len(found)))
            elif arg.name in columns:
                fits &= self._equal(columns[arg.name], column)
            else:
                columns[arg.name] = column
        runs = Runs(columns, found.start, found.end)
        return runs if fits.all() else runs.take(np.flatnonzero(fits))

    def _everywhere(self, value: Any, length: int) -> Column:
        one = self.algebra.values.column([value])
        return Column(np.repeat(one.data, length), one.coded)

    def _equal(self, one: Column, other: Column) -> Any:
        one, other = self.algebra.values.alike(one, other)
        return one.data == other.data

    def _constant(self, formula: Compare) -> Runs:
        everywhere = self.algebra.everywhere()
        if not formula.free:
            test = COMPARISONS[formula.op](compile_term(formula.left, ())(()), compile_term(formula.right, ())(()))
            return everywhere if test else self.algebra.nowhere(())
        return self._assigned(everywhere, formula)

    def _conjunction(self, left: Runs, right: Formula, types: Types) -> Runs:
        inner, absent = (right.part, True) if isinstance(right, Not) else (right, False)
        if isinstance(inner, Matches):
            return self._matching(left, inner, absent=absent)
        if isinstance(inner, Compare) and set(inner.free) <= left.columns.keys():
            return self._filtered(left, inner, absent=absent)
        if isinstance(right, Compare):
            return self._assigned(left, right)
        found = self.runs(inner, types)
        return self.algebra.without(left, found) if absent else self.algebra.join(left, found)

    def _filtered(self, runs: Runs, comparison: Compare, *, absent: bool) -> Runs:
        fits = compared(comparison, runs, self.algebra.values)
        if fits is None:
            test, names = COMPARISONS[comparison.op], tuple(runs.columns)
            left, right = compile_term(comparison.left, names), compile_term(comparison.right, names)
            fits = np.array(self._each(runs, lambda row: test(left(row), right(row))), bool)
        return runs.take(np.flatnonzero(~fits if absent else fits))

    def _assigned(self, runs: Runs, comparison: Compare) -> Runs:
        """``… AND x = t`` for a new variable x."""
        variable, term = comparison.left, comparison.right
        if not isinstance(variable, Var) or variable.name in runs.columns:
            variable, term = comparison.right, comparison.left
        assert isinstance(variable, Var)
        return Runs({**runs.columns, variable.name: self._term(runs, term)}, runs.start, runs.end)

    def _term(self, runs: Runs, term: Term) -> Column:
        found = computed(term, runs)
        if found is None:
            found = self.algebra.values.column(self._each(runs, compile_term(term, tuple(runs.columns))))
        return found

    def _matching(self, runs: Runs, matches: Matches, *, absent: bool) -> Runs:
        bound = matcher(matches, tuple(runs.columns))
        found = self._each(runs, lambda row: next(bound(row), None))
        if absent:
            return runs.take(np.flatnonzero([row is None for row in found]))
        kept = runs.take(np.flatnonzero([row is not None for row in found]))
        columns = dict(kept.columns)
        for k, name in enumerate(new_columns(matches, tuple(runs.columns)), len(columns)):
            columns[name] = self.algebra.values.column([row[k] for row in found if row is not None])
        return Runs(columns, kept.start, kept.end)

    def _each(self, runs: Runs, function: Callable[[Row], Any]) -> list[Any]:
        """A function of each binding, worked out one by one."""
        done = list[Any]()
        try:
            for row in rows(runs, tuple(runs.columns), self.algebra.values):
                done.append(function(row))
        except ZeroDivisionError:
            at = int(runs.start[len(done)])
            raise InputError(f"division by zero at time-point {at} (@{self.times[at]:g})") from None
        return done


def decided(formula: Formula, times: list[float], count: int) -> int:
    """Of the first `count` time-points, how many the monitor has decided when it has seen these and no more."""
    match formula:
        case Prefix("PREVIOUS", _, part):
            return min(count, decided(part, times, count) + 1)
        case Prefix("NEXT", _, part):
            return max(0, decided(part, times, count) - 1)
        case Prefix("EVENTUALLY", interval, _) | Temporal("UNTIL", interval, _, _):
            known = min(decided(part, times, count) for part in formula.parts)
            if not count:
                return 0
            now = times[min(known, count - 1)]
            return bisect_left(range(known), True, key=lambda i: not interval.above(now - times[i]))
        case Let(_, _, definition, body):
            return decided(body, times, decided(definition, times, count))
    return min([count, *(decided(part, times, count) for part in formula.parts)])
