"""The semantics as textbooks write it: one recursive function over a finite trace. Slow, and easy to believe.

Basin, Klaedtke, Müller and Zălinescu (2015), section 2; aggregations after Basin, Klaedtke, Marinovic and Zălinescu
(2015). Variables range over the values that occur in the trace and in the formula. It shares no code with the engine
but the syntax of formulas and the arithmetic of terms.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import product
from typing import Any

from comity.accord.formula import (
    Aggregate,
    Apply,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Let,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Term,
    Value,
)
from comity.accord.log import TimePoint
from comity.accord.terms import COMPARISONS, compile_term

Valuation = dict[str, Value]
Trace = Sequence[TimePoint]


def domain(trace: Trace, formula: Formula) -> list[Value]:
    """Every value that occurs in the trace or as a constant, sorted."""
    found = {value for point in trace for rows in point.events.values() for row in rows for value in row}
    found |= set(_constants(formula))
    return sorted(found, key=lambda value: (isinstance(value, str), value))


def _constants(formula: Formula) -> list[Value]:
    terms: tuple[Term, ...] = ()
    if isinstance(formula, Atom):
        terms = formula.args
    elif isinstance(formula, Compare):
        terms = (formula.left, formula.right)
    own = [value for term in terms for value in _term_constants(term)]
    return own + [value for part in formula.parts for value in _constants(part)]


def _term_constants(term: Term) -> list[Value]:
    if isinstance(term, Const):
        return [term.value]
    return [v for arg in term.args for v in _term_constants(arg)] if isinstance(term, Apply) else []


def value_of(term: Term, valuation: Valuation) -> Any:
    names = list(valuation)
    return compile_term(term, names)([valuation[name] for name in names])


Memo = dict[tuple[int, int, tuple[Value, ...]], bool]


def satisfying(formula: Formula, trace: Trace, values: Sequence[Value]) -> list[set[tuple[Value, ...]]]:
    """For each time-point, the rows over `formula.free`, with entries among `values`, for which `formula` holds."""
    memo: Memo = {}
    return [
        {
            row
            for row in product(values, repeat=len(formula.free))
            if holds(formula, trace, i, dict(zip(formula.free, row, strict=True)), values, memo)
        }
        for i in range(len(trace))
    ]


def holds(
    formula: Formula,
    trace: Trace,
    i: int,
    valuation: Valuation,
    values: Sequence[Value],
    memo: Memo | None = None,
) -> bool:
    """Does `formula` hold at time-point `i` of the whole trace under `valuation`?

    `memo` keeps what was found for subformulas of one formula over one trace.
    """
    if memo is None:
        memo = {}
    key = (id(formula), i, tuple(valuation[name] for name in formula.free))
    if key not in memo:
        memo[key] = _holds(formula, trace, i, valuation, values, memo)
    return memo[key]


def _holds(formula: Formula, trace: Trace, i: int, valuation: Valuation, values: Sequence[Value], memo: Memo) -> bool:
    def at(part: Formula, j: int, more: Valuation | None = None) -> bool:
        return holds(part, trace, j, {**valuation, **(more or {})}, values, memo)

    match formula:
        case Atom(name, args):
            return tuple(value_of(arg, valuation) for arg in args) in trace[i].events.get(name, ())
        case Compare(op, left, right):
            return COMPARISONS[op](value_of(left, valuation), value_of(right, valuation))
        case Not(part):
            return not at(part, i)
        case Binary(op, left, right):
            a, b = at(left, i), at(right, i)
            return {"AND": a and b, "OR": a or b, "IMPLIES": not a or b, "EQUIV": a == b}[op]
        case Quantified(op, names, part):
            found = (at(part, i, dict(zip(names, row, strict=True))) for row in product(values, repeat=len(names)))
            return any(found) if op == "EXISTS" else all(found)
        case Prefix("PREVIOUS", interval, part):
            return i > 0 and trace[i].time - trace[i - 1].time in interval and at(part, i - 1)
        case Prefix("NEXT", interval, part):
            return i + 1 < len(trace) and trace[i + 1].time - trace[i].time in interval and at(part, i + 1)
        case Prefix("ONCE", interval, part):
            return any(trace[i].time - trace[j].time in interval and at(part, j) for j in range(i + 1))
        case Prefix("EVENTUALLY", interval, part):
            return any(trace[j].time - trace[i].time in interval and at(part, j) for j in range(i, len(trace)))
        case Prefix("PAST_ALWAYS", interval, part):
            return all(at(part, j) for j in range(i + 1) if trace[i].time - trace[j].time in interval)
        case Prefix("ALWAYS", interval, part):
            return all(at(part, j) for j in range(i, len(trace)) if trace[j].time - trace[i].time in interval)
        case Temporal("SINCE", interval, left, right):
            return any(
                trace[i].time - trace[j].time in interval
                and at(right, j)
                and all(at(left, k) for k in range(j + 1, i + 1))
                for j in range(i + 1)
            )
        case Temporal("UNTIL", interval, left, right):
            return any(
                trace[j].time - trace[i].time in interval and at(right, j) and all(at(left, k) for k in range(i, j))
                for j in range(i, len(trace))
            )
        case Aggregate():
            return _aggregate(formula, trace, i, valuation, values, memo)
        case Let(name, params, definition, body):
            return holds(body, _with(name, params, definition, trace, values, memo), i, valuation, values, {})
    raise AssertionError(f"no meaning for {formula}")


def _with(
    name: str, params: tuple[str, ...], definition: Formula, trace: Trace, values: Sequence[Value], memo: Memo
) -> Trace:
    """The trace with one more predicate: the rows for which the definition holds."""

    def defined(j: int) -> set[tuple[Value, ...]]:
        candidates = product(values, repeat=len(params))
        return {
            row for row in candidates if holds(definition, trace, j, dict(zip(params, row, strict=True)), values, memo)
        }

    return [TimePoint(point.index, point.time, {**point.events, name: defined(j)}) for j, point in enumerate(trace)]


def _aggregate(
    formula: Aggregate, trace: Trace, i: int, valuation: Valuation, values: Sequence[Value], memo: Memo
) -> bool:
    inner = [name for name in formula.part.free if name not in formula.groups]
    group = {name: valuation[name] for name in formula.groups}
    found = list[Any]()
    for row in product(values, repeat=len(inner)):
        binding = {**group, **dict(zip(inner, row, strict=True))}
        if holds(formula.part, trace, i, binding, values, memo):
            found.append(binding[formula.over])
    if not found and formula.groups:
        return False
    result = value_of(formula.result, valuation)
    return bool(result == _fold(formula.op, found))


def _fold(op: str, found: list[Any]) -> Any:
    if op == "CNT":
        return len(found)
    if op == "SUM":
        return sum(found)
    if not found:
        return {"AVG": 0.0, "MED": 0.0, "MIN": math.inf, "MAX": -math.inf}[op]
    if op == "AVG":
        return sum(found) / len(found)
    if op == "MED":
        return statistics.median(found)
    return min(found) if op == "MIN" else max(found)
