"""Values that are not fully known, and how they compare: a count between bounds, a party that no report names."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from comity.accord.formula import Apply, Compare, Const, Matches, Term, Value, Var
from comity.accord.terms import COMPARISONS, compile_term
from comity.words import InputError


@dataclass(frozen=True)
class Some:
    """One value of which only bounds are known (of text: nothing, `number` False). Equal `tag`, equal value."""

    tag: Hashable
    low: float = field(default=-math.inf, compare=False)
    high: float = field(default=math.inf, compare=False)
    number: bool = True


class _Anything(Some):
    """Stands for any value and any number of rows: what a day holds for which the reports are not in."""


ANY: Final = _Anything("any")
ANY_COUNT: Final = _Anything("any count", 1)
"""What days may hold for which the reports are not in: any value, and in the place of a count any number from 1."""
Held = Value | Some
Row = tuple[Held, ...]


def meet(a: Held, b: Held) -> tuple[Held, bool] | None:
    """The value that both may be, and whether they are certainly equal; None if they cannot be equal.

    >>> meet(3, Some("x", 1, 4)), meet("a", "b")
    ((3, False), None)
    """
    if not isinstance(a, Some) and not isinstance(b, Some):
        return (a, True) if a == b and isinstance(a, str) == isinstance(b, str) else None
    if a == b and not isinstance(a, _Anything):
        return a, True
    low, high = max(bounds(a)[0], bounds(b)[0]), min(bounds(a)[1], bounds(b)[1])
    if low > high:
        return None
    if isinstance(a, _Anything) or isinstance(b, _Anything):
        return (b if isinstance(a, _Anything) else a), False
    if is_number(a) != is_number(b):
        return None
    return (b if isinstance(a, Some) else a), False


def is_number(value: Held) -> bool:
    return value.number if isinstance(value, Some) else not isinstance(value, str)


def bounds(value: Held) -> tuple[float, float]:
    """Lowest and highest number that it may be; of text and of numbers not known, no bounds."""
    if isinstance(value, Some):
        return value.low, value.high
    return (-math.inf, math.inf) if isinstance(value, str) else (value, value)


def concrete(row: Sequence[Held]) -> bool:
    return not any(isinstance(value, Some) for value in row)


def evaluate_term(term: Term, columns: Sequence[str], row: Row) -> Held:
    """The value of a term in a row; arithmetic on a number between bounds is a number between bounds."""
    if isinstance(term, Const):
        return term.value
    if isinstance(term, Var):
        return row[columns.index(term.name)]
    args = [evaluate_term(arg, columns, row) for arg in term.args]
    if concrete(args):
        constants = tuple(Const(arg) for arg in args if not isinstance(arg, Some))
        value: Value = compile_term(Apply(term.function, constants), ())(())
        return value
    if any(isinstance(arg, _Anything) for arg in args):
        return ANY
    tag = (term.function, *(arg.tag if isinstance(arg, Some) else ("=", arg) for arg in args))
    if term.function in ("+", "-", "neg") and all(is_number(arg) for arg in args):
        low, high = bounds(args[0])
        if term.function == "neg":
            return Some(tag, -high, -low)
        other = bounds(args[1])
        if term.function == "+":
            return Some(tag, low + other[0], high + other[1])
        return Some(tag, low - other[1], high - other[0])
    return Some(tag, number=term.function not in ("i2s", "f2s"))


def compared(formula: Compare, columns: Sequence[str], row: Row) -> bool | None:
    """Whether a comparison holds in a row; None if that is not known."""
    left, right = evaluate_term(formula.left, columns, row), evaluate_term(formula.right, columns, row)
    if not isinstance(left, Some) and not isinstance(right, Some):
        return COMPARISONS[formula.op](left, right)
    if formula.op == "=":
        met = meet(left, right)
        return False if met is None else True if met[1] else None
    if formula.op in ("<", "<="):
        if left == right:
            return None if isinstance(left, _Anything) else formula.op == "<="
        (a, b), (c, d) = bounds(left), bounds(right)
        test: Callable[[float, float], bool] = COMPARISONS[formula.op]
        return True if test(b, c) else False if not test(a, d) else None
    return None


def matched(formula: Matches, columns: Sequence[str], row: Row) -> bool | None:
    """Whether a regular expression occurs in a term; None if that is not known."""
    if formula.groups:
        raise InputError(f"groups are not read in {formula}", hint="write MATCHES without groups in a clause")
    value = evaluate_term(formula.term, columns, row)
    return None if isinstance(value, Some) else bool(re.search(formula.pattern, str(value)))


def folded(op: str, certain: Sequence[tuple[Row, Held]], possible: Sequence[tuple[Row, Held]], tag: Any) -> Held | None:
    """The aggregate of the values of rows that certainly and that possibly are there; None if no row can be.

    `certain` and `possible` give each row with the value aggregated over. Rows that hold a value between bounds may
    coincide with others, and would then count once: the lower bound allows for that.
    """
    rows = [*certain, *possible]
    many = any(isinstance(value, _Anything) for row, _ in rows for value in row)
    if not possible and all(concrete(row) for row, _ in certain):
        return exact(op, [value for _, value in certain])
    lows, highs = [bounds(v)[0] for _, v in rows], [bounds(v)[1] for _, v in rows]
    if op == "CNT":
        high = math.inf if many else len(rows)
        return _number(tag, len(_apart(certain)), high)
    if op == "SUM":
        groups = _apart(certain)
        low = sum(_least(group) for group in groups) + sum(min(0.0, bounds(v)[0]) for _, v in possible)
        high = sum(max(0.0, bounds(v)[1]) if len(g) > 1 else bounds(v)[1] for g in groups for v in g)
        high += sum(max(0.0, bounds(v)[1]) for _, v in possible)
        less = many and any(bounds(v)[0] < 0 for _, v in possible)
        return _number(tag, -math.inf if less else low, math.inf if many else high)
    if not certain:  # it may be that no row is there: the aggregate of nothing is 0 or infinite
        empty = {"MIN": math.inf, "MAX": -math.inf}.get(op, 0.0)
        lows.append(empty)
        highs.append(empty)
    sure = [bounds(v) for _, v in certain]
    low, high = min(lows), max(highs)
    if op == "MIN" and sure:
        high = min(b for _, b in sure)
    if op == "MAX" and sure:
        low = max(a for a, _ in sure)
    return _number(tag, low, high)


def exact(op: str, values: Sequence[Any]) -> Value:
    """The aggregate of known values, as MonPoly has it."""
    if op in ("CNT", "SUM"):
        return len(values) if op == "CNT" else sum(values)
    if not values:
        return {"AVG": 0.0, "MED": 0.0, "MIN": math.inf, "MAX": -math.inf}[op]
    if op == "AVG":
        return float(sum(values) / len(values))
    if op == "MED":
        return float(statistics.median(values))
    found: Value = min(values) if op == "MIN" else max(values)
    return found


def _number(tag: Any, low: float, high: float) -> Held:
    if low == high and math.isfinite(low):
        return int(low) if low == int(low) else low
    return Some(tag, low, high)


def _apart(rows: Sequence[tuple[Row, Held]]) -> list[list[Held]]:
    """The values of rows in groups such that rows of two groups are certainly different."""
    known = [i for i in range(len(rows[0][0]) if rows else 0) if all(not isinstance(row[i], Some) for row, _ in rows)]
    if known:
        buckets: dict[Row, list[tuple[Row, Held]]] = {}
        for row, value in rows:
            rest = tuple(held for i, held in enumerate(row) if i not in known)
            buckets.setdefault(tuple(row[i] for i in known), []).append((rest, value))
        return [group for bucket in buckets.values() for group in _apart(bucket)]
    groups: list[tuple[list[Row], list[Held]]] = []
    for row, value in rows:
        near = [group for group in groups if any(_may_be_one(row, other) for other in group[0])]
        joined: tuple[list[Row], list[Held]] = ([row], [value])
        for group in near:
            joined[0].extend(group[0])
            joined[1].extend(group[1])
            groups.remove(group)
        groups.append(joined)
    return [values for _, values in groups]


def _may_be_one(a: Row, b: Row) -> bool:
    return all(meet(x, y) is not None for x, y in zip(a, b, strict=True))


def _least(values: list[Held]) -> float:
    """Least sum of rows that may coincide: at least one of them is there."""
    if len(values) == 1:
        return bounds(values[0])[0]
    return min(sum(min(0.0, bounds(v)[0]) for v in values), max(bounds(v)[0] for v in values))
