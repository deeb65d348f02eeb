"""Formulas as text that reads back as the same formula: brackets wherever an operator could reach too far."""

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
)


def written(formula: Formula) -> str:
    """The text of a formula.

    >>> from comity.accord.syntax import parse_formula
    >>> text = "(ONCE[0,7] P(x)) AND NOT (Q(x))"
    >>> written(parse_formula(text)), parse_formula(written(parse_formula(text))) == parse_formula(text)
    ('(ONCE[0,7] P(x)) AND (NOT Q(x))', True)
    """
    match formula:
        case Not(part):
            return f"NOT {_inner(part)}"
        case Binary(op, left, right):
            same = op in ("AND", "OR") and isinstance(left, Binary) and left.op == op  # these read from the left
            return f"{written(left) if same else _inner(left)} {op} {_inner(right)}"
        case Quantified(op, names, part):
            return f"{op} {', '.join(names)}. {_inner(part)}"
        case Prefix(op, interval, part):
            return f"{op}{_interval(interval)} {_inner(part)}"
        case Temporal(op, interval, left, right):
            return f"{_inner(left)} {op}{_interval(interval)} {_inner(right)}"
        case Aggregate(result, op, over, groups, part):
            grouped = f"; {', '.join(groups)}" if groups else ""
            return f"{result} <- {op} {over}{grouped} {_inner(part)}"
        case Let(name, params, definition, body):
            return f"LET {name}({', '.join(params)}) = {_inner(definition)} IN {written(body)}"
    return str(formula)


def _inner(part: Formula) -> str:
    return written(part) if isinstance(part, Atom | Compare | Matches) else f"({written(part)})"


def _interval(interval: Interval) -> str:
    return "" if interval == Interval() else str(interval)
