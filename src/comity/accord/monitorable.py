"""Which formulas can be monitored with finite tables, and the normal form that the engine runs.

The conditions are MonPoly's (Basin, Klaedtke, Müller and Zălinescu 2015, section 4): what is refused, is refused with
the subformula and the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.accord.formula import (
    Aggregate,
    Apply,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Let,
    Matches,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Term,
    Var,
    term_variables,
)
from comity.accord.syntax import Signature
from comity.accord.terms import FUNCTIONS
from comity.accord.types import clash
from comity.words import InputError


class NotMonitorable(InputError):
    """Raised for a formula that has no finite tables or would need an unbounded future."""

    def __init__(self, part: Formula, reason: str) -> None:
        super().__init__(f"not monitorable, because of the subformula {part}: {reason}")
        self.part, self.reason = part, reason


def normal_form(formula: Formula) -> Formula:
    """`formula` with IMPLIES, EQUIV, FORALL, ALWAYS and PAST_ALWAYS expressed by the rest; double negations dropped."""
    match formula:
        case Not(part):
            inner = normal_form(part)
            return inner.part if isinstance(inner, Not) else Not(inner)
        case Binary("IMPLIES", left, right):
            return Binary("OR", normal_form(Not(left)), normal_form(right))
        case Binary("EQUIV", left, right):
            return normal_form(Binary("AND", Binary("IMPLIES", left, right), Binary("IMPLIES", right, left)))
        case Binary(op, left, right):
            return Binary(op, normal_form(left), normal_form(right))
        case Quantified("FORALL", names, part):
            return normal_form(Not(Quantified("EXISTS", names, Not(part))))
        case Prefix("ALWAYS", interval, part):
            return normal_form(Not(Prefix("EVENTUALLY", interval, Not(part))))
        case Prefix("PAST_ALWAYS", interval, part):
            return normal_form(Not(Prefix("ONCE", interval, Not(part))))
        case Quantified() | Prefix() | Aggregate():
            return replace(formula, part=normal_form(formula.part))
        case Temporal():
            return replace(formula, left=normal_form(formula.left), right=normal_form(formula.right))
        case Let():
            return replace(formula, definition=normal_form(formula.definition), body=normal_form(formula.body))
    return formula


def check(formula: Formula, signature: Signature) -> None:
    """Raise NotMonitorable (or InputError) if the normal form `formula` cannot be monitored."""
    _check_functions(formula)
    _check(formula, {name: len(types) for name, types in signature.predicates.items()})
    if found := clash(formula, dict(signature.predicates)):
        raise NotMonitorable(*found)


def _check_functions(formula: Formula) -> None:
    def used(term: Term) -> Iterator[str]:
        if isinstance(term, Apply):
            yield term.function
            for arg in term.args:
                yield from used(arg)

    terms: tuple[Term, ...] = ()
    if isinstance(formula, Atom):
        terms = formula.args
    elif isinstance(formula, Compare):
        terms = (formula.left, formula.right)
    elif isinstance(formula, Matches):
        terms = (formula.term,)
    for function in (name for term in terms for name in used(term)):
        if function not in FUNCTIONS:
            raise NotMonitorable(formula, f"{function} is not computed here")
    for part in formula.parts:
        _check_functions(part)


def conjuncts(left: Formula) -> list[Formula]:
    """The left operand of SINCE or UNTIL as conditions that must all hold in between, each perhaps negated.

    Each is judged for the bindings of the right operand, so none has to bind variables of its own.
    """
    if not isinstance(left, Binary) or left.op != "AND":
        return [left]
    last = left.right.part if isinstance(left.right, Not) else left.right
    if isinstance(last, Compare | Matches):  # needs what stands to its left
        return [left]
    return conjuncts(left.left) + conjuncts(left.right)


def check_shape(formula: Formula, arity: dict[str, int]) -> None:
    """Raise NotMonitorable for a formula without finite tables; `arity` says how many values each predicate takes."""
    _check(formula, arity)


def _check(formula: Formula, arity: dict[str, int]) -> None:
    match formula:
        case Atom(name, args):
            if name not in arity:
                raise InputError(f"unknown predicate {name!r}", hint="declare it in the signature")
            if arity[name] != len(args):
                raise InputError(f"{name} takes {arity[name]} values, found {len(args)} in {formula}")
            if any(not isinstance(arg, Var | Const) and term_variables(arg) for arg in args):
                raise NotMonitorable(formula, "arguments of predicates are variables or constants")
        case Compare():
            _check_comparison(formula)
        case Matches():
            if term_variables(formula.term):
                raise NotMonitorable(formula, "MATCHES stands only beside a formula that binds its term")
        case Not(part):
            _check(part, arity)
            if part.free:
                raise NotMonitorable(formula, "NOT stands alone only before a formula without free variables")
        case Binary("AND", left, right):
            _check_and(formula, left, right, arity)
        case Binary("OR", left, right):
            _check(left, arity)
            _check(right, arity)
            if set(left.free) != set(right.free):
                raise NotMonitorable(formula, "both sides of OR must have the same free variables")
        case Quantified(_, _, part):
            _check(part, arity)
        case Prefix(op, interval, part):
            _check_interval(formula, op, interval.bounded, interval.empty)
            _check(part, arity)
        case Temporal(op, interval, left, right):
            _check_interval(formula, op, interval.bounded, interval.empty)
            _check(right, arity)
            for part in conjuncts(left):
                _check(part.part if isinstance(part, Not) else part, arity)
            if not set(left.free) <= set(right.free):
                raise NotMonitorable(formula, f"variables left of {op} must be free on its right")
        case Aggregate(result, op, over, groups, part):
            _check(part, arity)
            missing = [v for v in (over, *groups) if v not in part.free]
            if missing:
                raise NotMonitorable(formula, f"{missing[0]} is not free in the aggregated formula")
            if any(v in groups for v in term_variables(result)):
                raise NotMonitorable(formula, "the result of an aggregation cannot be one of its groups")
        case Let(name, params, definition, body):
            _check(definition, arity)
            if set(definition.free) != set(params):
                raise NotMonitorable(formula, f"the parameters of {name} must be the free variables of its definition")
            _check(body, {**arity, name: len(params)})


def _check_comparison(formula: Compare) -> None:
    if formula.op != "=":
        raise NotMonitorable(formula, f"a comparison with {formula.op} stands only beside a formula that binds it")
    one_variable = (isinstance(formula.left, Var) and not term_variables(formula.right)) or (
        isinstance(formula.right, Var) and not term_variables(formula.left)
    )
    if formula.free and not one_variable:
        raise NotMonitorable(formula, "an equation stands alone only between a variable and a constant")


def _check_interval(formula: Formula, op: str, bounded: bool, empty: bool) -> None:
    if empty:
        raise NotMonitorable(formula, "the interval is empty")
    if op in ("EVENTUALLY", "UNTIL") and not bounded:
        raise NotMonitorable(formula, f"{op} needs an upper bound: an unbounded future is never decided")


def is_assignment(comparison: Compare, bound: set[str]) -> bool:
    """True for ``x = t`` (either way round) where `t` is bound and `x` is not."""
    if comparison.op != "=":
        return False
    for variable, term in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        if isinstance(variable, Var) and variable.name not in bound and set(term_variables(term)) <= bound:
            return True
    return False


def _check_and(formula: Formula, left: Formula, right: Formula, arity: dict[str, int]) -> None:
    _check(left, arity)
    bound = set(left.free)
    if isinstance(right, Compare) and (set(right.free) <= bound or is_assignment(right, bound)):
        return
    if isinstance(right, Matches):
        if not set(term_variables(right.term)) <= bound:
            raise NotMonitorable(formula, "the term that MATCHES reads must be bound on the left of AND")
        if any(g is not None and not isinstance(g, Var) and not set(term_variables(g)) <= bound for g in right.groups):
            raise NotMonitorable(formula, "a group is a variable or a bound term")
        return
    if isinstance(right, Not):
        if isinstance(right.part, Compare | Matches):
            if not set(right.free) <= bound:
                raise NotMonitorable(formula, "variables of a negated comparison must be bound on the left of AND")
            return
        _check(right.part, arity)
        if not set(right.free) <= bound:
            raise NotMonitorable(formula, "variables of the negated part must be free on the left of AND")
        return
    if isinstance(right, Compare) and right.free:
        raise NotMonitorable(formula, "variables of a comparison must be bound on the left of AND")
    _check(right, arity)
