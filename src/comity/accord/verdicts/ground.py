"""A clause's formulas for one binding, and how many days before and after a day they look."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from comity.accord.formula import (
    Aggregate,
    Apply,
    Atom,
    Binary,
    Compare,
    Const,
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
from comity.accord.monitorable import normal_form
from comity.accord.syntax import parse_formula
from comity.words import InputError, Logic


@lru_cache(maxsize=4096)
def parsed(text: str) -> Formula:
    """The formula of a clause. Raises InputError for a unit: time in clauses counts days."""
    formula = parse_formula(text)
    _check_days(formula)
    return normal_form(formula)


def _check_days(formula: Formula) -> None:
    if isinstance(formula, Prefix | Temporal) and (formula.interval.high or 0) >= 86400:
        raise InputError(f"an interval of {formula.interval} days", hint="clauses count days: write [0,7] for a week")
    for part in formula.parts:
        _check_days(part)


def grounded(logic: Logic, binding: Mapping[str, str]) -> tuple[Formula, Formula]:
    """`applies` and ``applies AND NOT holds`` for one binding, closed and in normal form."""
    applies, holds = (bound(parsed(text), binding) for text in (logic.applies, logic.holds))
    for formula in (applies, holds):
        if formula.free:
            raise InputError(f"{', '.join(formula.free)} is free in {formula}", hint="bind it or make it a parameter")
    return applies, normal_form(Binary("AND", applies, Not(holds)))


def bound(formula: Formula, binding: Mapping[str, str]) -> Formula:
    """`formula` with values in place of free variables."""
    names = [name for name in formula.free if name in binding]
    if not names:
        return formula
    match formula:
        case Atom(name, args):
            return Atom(name, tuple(_term(arg, binding) for arg in args))
        case Compare(op, left, right):
            return Compare(op, _term(left, binding), _term(right, binding))
        case Matches():
            groups = tuple(None if g is None else _term(g, binding) for g in formula.groups)
            return replace(formula, term=_term(formula.term, binding), groups=groups)
        case Quantified(op, own, part):
            return Quantified(op, own, bound(part, {n: v for n, v in binding.items() if n not in own}))
        case Aggregate():  # a group that nothing falls in has no result, not 0: so the variable stays and is fixed
            part, whole = formula.part, formula
            for name in names:
                if name in formula.groups:
                    part = Binary("AND", part, Compare("=", Var(name), Const(binding[name])))
            whole = replace(formula, part=part)
            fixed: Formula = whole
            for name in names:
                fixed = Binary("AND", fixed, Compare("=", Var(name), Const(binding[name])))
            return Quantified("EXISTS", tuple(names), fixed)
        case Let():
            return replace(formula, body=bound(formula.body, binding))
        case Not(part):
            return Not(bound(part, binding))
        case Prefix():
            return replace(formula, part=bound(formula.part, binding))
        case Binary() | Temporal():
            return replace(formula, left=bound(formula.left, binding), right=bound(formula.right, binding))
    raise AssertionError(f"no meaning for {formula}")


def _term(term: Term, binding: Mapping[str, str]) -> Term:
    if isinstance(term, Var):
        return Const(binding[term.name]) if term.name in binding else term
    if isinstance(term, Apply):
        return Apply(term.function, tuple(_term(arg, binding) for arg in term.args))
    return term


@lru_cache(maxsize=4096)
def reach(formula: Formula) -> tuple[float, float]:
    """How many days a formula looks back and ahead; back may be infinite."""
    inner = [reach(part) for part in formula.parts]
    back, ahead = max((b for b, _ in inner), default=0.0), max((a for _, a in inner), default=0.0)
    match formula:
        case Prefix("PREVIOUS", _, _):
            return back + 1, ahead
        case Prefix("NEXT", _, _):
            return back, ahead + 1
        case Prefix(op, interval, _):
            high = _days(interval)
            return (back + high, ahead) if op in ("ONCE", "PAST_ALWAYS") else (back, ahead + high)
        case Temporal(op, interval, _, _):
            high = _days(interval)
            return (back + high, ahead) if op == "SINCE" else (back, ahead + high)
    return back, ahead


def _days(interval: Interval) -> float:
    """The greatest whole number of days in an interval."""
    if interval.high is None:
        return math.inf
    return math.ceil(interval.high) - 1 if interval.open_high else math.floor(interval.high)


def kinds_of(formula: Formula) -> frozenset[str]:
    """Names of the predicates that a formula reads, without those it defines."""
    if isinstance(formula, Atom):
        return frozenset({formula.name})
    if isinstance(formula, Let):
        return kinds_of(formula.definition) | (kinds_of(formula.body) - {formula.name})
    return frozenset(name for part in formula.parts for name in kinds_of(part))
