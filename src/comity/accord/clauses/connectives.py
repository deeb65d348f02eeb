"""Formulas put together: what the clauses' meanings are written with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from comity.accord.formula import (
    TRUE,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Interval,
    Not,
    Prefix,
    Quantified,
    Var,
)

BEGINS = Atom("begins", ())
"""True on the first day in force."""


def conj(left: Formula, right: Formula) -> Formula:
    """Both; what `left` already says is not said twice."""
    if left == TRUE:
        return right
    if isinstance(right, Binary) and right.op == "AND":
        return conj(conj(left, right.left), right.right)
    return left if right == TRUE or right in conjuncts(left) else Binary("AND", left, right)


def both(parts_: Iterable[Formula]) -> Formula:
    """All of them; true if there are none."""
    found: Formula = TRUE
    for part in parts_:
        found = conj(found, part)
    return found


def neg(part: Formula) -> Formula:
    return part.part if isinstance(part, Not) else Not(part)


def conjuncts(formula: Formula) -> list[Formula]:
    """The parts of a conjunction that was built from the left."""
    found = list[Formula]()
    while isinstance(formula, Binary) and formula.op == "AND":
        found.append(formula.right)
        formula = formula.left
    return [formula, *reversed(found)]


def disj(parts_: Sequence[Formula]) -> Formula:
    return reduce(lambda a, b: Binary("OR", a, b), parts_)


def exists(names: Iterable[str], part: Formula) -> Formula:
    bound = tuple(n for n in dict.fromkeys(names) if n in part.free)
    return Quantified("EXISTS", bound, part) if bound else part


def among(name: str, ids: Sequence[str]) -> Formula:
    """``name`` is one of `ids`."""
    return disj([Compare("=", Var(name), Const(i)) for i in ids])


def once(part: Formula, low: int = 0, high: int | None = None) -> Formula:
    return Prefix("ONCE", Interval(low, high), part)


def eventually(part: Formula, low: int, high: int) -> Formula:
    return part if (low, high) == (0, 0) else Prefix("EVENTUALLY", Interval(low, high), part)
