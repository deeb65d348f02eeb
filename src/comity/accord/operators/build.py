"""From a formula in normal form that passed `monitorable.check` to its operators."""

from __future__ import annotations

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
    Var,
)
from comity.accord.monitorable import conjuncts
from comity.accord.operators.aggregate import aggregated
from comity.accord.operators.base import UNIT, Operator, Table, projector
from comity.accord.operators.guards import Absent, Guard, Held
from comity.accord.operators.let import Definition
from comity.accord.operators.matching import matcher, new_columns
from comity.accord.operators.relations import (
    Antijoin,
    Constant,
    Happened,
    Join,
    Mapped,
    Union,
    extended,
    filtered,
    negated,
    projected,
)
from comity.accord.operators.shift import Next, Previous
from comity.accord.operators.since import Since
from comity.accord.operators.until import Until
from comity.accord.terms import compile_comparison, compile_term
from comity.accord.types import Types, defined, variable_types


def build(formula: Formula, types: Types) -> Operator:
    """The operator of a formula; `types` are those of its predicates."""
    match formula:
        case Atom():
            return Happened(formula)
        case Compare():
            return _constant(formula)
        case Matches():
            return _matching(Constant((), (UNIT,)), formula, absent=False)
        case Not(part):
            return negated(build(part, types))
        case Binary("AND", left, right):
            return _conjunction(build(left, types), right, types)
        case Binary("OR", left, right):
            return Union(build(left, types), build(right, types))
        case Quantified(_, names, part):
            child = build(part, types)
            return projected(child, tuple(v for v in child.columns if v not in names))
        case Prefix("PREVIOUS", interval, part):
            return Previous(build(part, types), interval)
        case Prefix("NEXT", interval, part):
            return Next(build(part, types), interval)
        case Prefix(op, interval, part):
            return _window(op, build(part, types), (), interval)
        case Temporal(op, interval, left, right):
            second = build(right, types)
            return _window(op, second, _guards(left, second, types), interval)
        case Aggregate(_, _, over, _, part):
            return aggregated(build(part, types), formula, variable_types(part, types).get(over, "int"))
        case Let(name, params, definition, body):
            inner = {**types, name: defined(params, definition, types)}
            return Definition(name, build(definition, types), params, build(body, inner))
    raise AssertionError(f"no operator for {formula}")


def _window(op: str, right: Operator, guards: tuple[Guard, ...], interval: Interval) -> Operator:
    return (Since if op in ("ONCE", "SINCE") else Until)(right, guards, interval)


def _guards(left: Formula, right: Operator, types: Types) -> tuple[Guard, ...]:
    guards = list[Guard]()
    for part in conjuncts(left):
        operator = build(part.part if isinstance(part, Not) else part, types)
        kind = Absent if isinstance(part, Not) else Held
        guards.append(kind(operator, projector(right.columns, operator.columns)))
    return tuple(guards)


def _constant(formula: Compare) -> Operator:
    if not formula.free:
        return Constant((), (UNIT,) if compile_comparison(formula, ())(()) else ())
    variable, term = formula.left, formula.right
    if not isinstance(variable, Var):
        variable, term = formula.right, formula.left
    assert isinstance(variable, Var)
    return Constant((variable.name,), ((compile_term(term, ())(()),),))


def _conjunction(left: Operator, right: Formula, types: Types) -> Operator:
    bound = set(left.columns)
    inner = right.part if isinstance(right, Not) else right
    if isinstance(inner, Matches):
        return _matching(left, inner, absent=isinstance(right, Not))
    if isinstance(inner, Compare) and set(inner.free) <= bound:
        test = compile_comparison(inner, left.columns)
        return filtered(left, (lambda row: not test(row)) if isinstance(right, Not) else test)
    if isinstance(right, Compare):
        return _assigned(left, right)
    if isinstance(right, Not):
        return Antijoin(left, build(right.part, types))
    return Join(left, build(right, types))


def _assigned(left: Operator, comparison: Compare) -> Operator:
    """``left AND x = t`` for a new variable x."""
    variable, term = comparison.left, comparison.right
    if not isinstance(variable, Var) or variable.name in left.columns:
        variable, term = comparison.right, comparison.left
    assert isinstance(variable, Var)
    return extended(left, variable.name, compile_term(term, left.columns))


def _matching(child: Operator, matches: Matches, *, absent: bool) -> Operator:
    bound = matcher(matches, child.columns)
    if absent:
        return filtered(child, lambda row: not any(True for _ in bound(row)))

    def function(table: Table) -> Table:
        return {result: w for row, w in table.items() for result in bound(row)}

    return Mapped(child, (*child.columns, *new_columns(matches, child.columns)), function)
