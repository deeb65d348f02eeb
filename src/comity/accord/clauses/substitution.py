"""Parameters of a definition replaced by what stands in their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from comity.accord.clauses.tree import (
    AndExpr,
    Arg,
    Counted,
    Expr,
    Happens,
    NoneSince,
    NotExpr,
    OrExpr,
    Same,
)


def substitute(expr: Expr, values: Mapping[str, Arg]) -> Expr:
    """`expr` with its parameters replaced."""

    def arg(a: Arg) -> Arg:
        return values.get(a.value, a) if a.kind == "name" else a

    def one(happens: Happens) -> Happens:
        return replace(happens, args=tuple(map(arg, happens.args)))

    go: Callable[[Expr], Expr] = lambda e: substitute(e, values)  # noqa: E731
    match expr:
        case Happens():
            return one(expr)
        case NoneSince(avoided, start):
            return NoneSince(one(avoided), one(start))
        case Counted():
            return replace(expr, happening=one(expr.happening))
        case Same(name, value, negated):
            return Same(values[name].value if name in values else name, arg(value), negated)
        case NotExpr(part):
            return NotExpr(go(part))
        case AndExpr(parts_):
            return AndExpr(tuple(map(go, parts_)))
        case OrExpr(parts_):
            return OrExpr(tuple(map(go, parts_)))
    return expr
