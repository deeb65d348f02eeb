"""The meaning of formulas, day by day as a textbook has it, over reports that leave days, counts and names open.

`value` is True or False only if every way in which the reports can be meant makes it so. Values of variables that make
a formula true come with True if they certainly do and with False if they only may (Kleene 1952).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from comity.check.formula import Formula

Env = dict[str, Any]
Told = Mapping[tuple[str, int], Sequence[tuple[Sequence[Any], bool]]]  # by kind and day: values, whether certain
COMPARED: dict[str, Callable[[Any, Any], bool]] = {"=": operator.eq, "<": operator.lt, "<=": operator.le}
FIGURES: dict[str, Callable[[list[Any]], Any]] = {"CNT": len, "SUM": sum, "MAX": partial(max, default=-math.inf)}
"""Those that clauses use. They grow with every row (counts are whole numbers from 1 on)."""


@dataclass(frozen=True, eq=False)
class Unknown:
    """A value that is not told, between bounds; `many`: any number of values, as reports to come may hold."""

    low: float = -math.inf
    high: float = math.inf
    many: bool = False


def bounds(value: Any) -> tuple[float, float]:
    if isinstance(value, Unknown):
        return value.low, value.high
    return (-math.inf, math.inf) if isinstance(value, str) else (value, value)


def compare(op: str, a: Any, b: Any) -> bool | None:
    """Whether a comparison of two values holds; None if it may."""
    if not isinstance(a, Unknown) and not isinstance(b, Unknown):
        return COMPARED[op](a, b)
    (least_a, most_a), (least_b, most_b) = bounds(a), bounds(b)
    if op == "=":
        apart = most_a < least_b or most_b < least_a
        return False if apart else (a is b and not a.many) or None
    if COMPARED[op](most_a, least_b):
        return True
    return None if COMPARED[op](least_a, most_b) else False


def unite(env: Env, terms: Sequence[Formula], values: Sequence[Any]) -> tuple[Env, bool] | None:
    """`env` with each term made equal to its value, and whether that certainly is so; None if it cannot be."""
    env, sure = dict(env), True
    for (kind, name), value in zip(terms, values, strict=True):
        held = env.get(name) if kind == "var" else name
        equal = held is None or compare("=", held, value)
        if equal is False:
            return None
        sure = sure and equal is True
        if kind == "var" and (held is None or not isinstance(value, Unknown)):
            env[name] = value
    return env, sure


def value(f: Formula, day: int, env: Env, told: Told) -> bool | None:
    """Whether `f` holds on a day for values of its variables; None if that is not known."""
    found: bool | None = False
    for _, sure in rows(f, day, env, told):
        if sure:
            return True
        found = None
    return found


def rows(f: Formula, day: int, env: Env, told: Told) -> Iterator[tuple[Env, bool]]:
    """`env` with values for the other variables of `f` for which it holds, certainly or perhaps."""
    match f:
        case ("atom", kind, *terms):
            for values, happened in told.get((kind, day), ()):
                if fit := unite(env, terms, values):
                    yield fit[0], fit[1] and happened
        case ("compare", ("var", _) as variable, "=", (kind, name)) if kind == "const" or name in env:
            if fit := unite(env, [variable], [env[name] if kind == "var" else name]):
                yield fit
        case ("compare", left, op, right):
            a, b = (env[name] if kind == "var" else name for kind, name in (left, right))
            if (true := compare(op, a, b)) is not False:
                yield env, true is True
        case ("not", part):
            if (true := value(part, day, env, told)) is not True:
                yield env, true is False
        case ("and", first, *rest):
            for one, sure in rows(first, day, env, told):
                for both, also in rows(("and", *rest), day, one, told) if rest else [(one, True)]:
                    yield both, sure and also
        case ("or", *parts):
            for part in parts:
                yield from rows(part, day, env, told)
        case ("exists", names, part):
            free = {name: held for name, held in env.items() if name not in names}
            for row, sure in distinct(rows(part, day, free, told), names):
                yield env | row, sure
        case ("past" | "future" as way, low, high, throughout, part):
            start, end = (max(day - high, 0), day - low) if way == "past" else (day + low, day + high)
            for then in range(start, end + 1):
                between = range(then + 1, day + 1) if way == "past" else range(day, then)
                for row, sure in rows(part, then, env, told):
                    held = [value(throughout, k, row, told) for k in between] if throughout else []
                    if False not in held:
                        yield row, sure and None not in held
        case ("fold", result, op, over, groups, part):
            every = distinct(rows(part, day, {name: env[name] for name in groups if name in env}, told))
            names = [("var", name) for name in groups]
            for key in dict.fromkeys(tuple(row[name] for name in groups) for row, _ in every) if groups else [()]:
                group = dict(zip(groups, key, strict=True))
                fits = [(row, sure, unite(group, names, [row[name] for name in groups])) for row, sure in every]
                inside = [(row, sure and fit[1]) for row, sure, fit in fits if fit]
                if fit := unite(env, [result, *names], [folded(op, over, inside), *key]):
                    yield fit[0], fit[1] and (not groups or any(sure for _, sure in inside))


def distinct(found: Iterator[tuple[Env, bool]], without: Sequence[str] = ()) -> list[tuple[Env, bool]]:
    """Each row once, some variables left out; certain if one of its kind is."""
    once: dict[frozenset[tuple[str, Any]], tuple[Env, bool]] = {}
    for row, sure in found:
        rest = {name: held for name, held in row.items() if name not in without}
        key = frozenset(rest.items())
        once[key] = rest, sure or (key in once and once[key][1])
    return list(once.values())


def folded(op: str, over: str, found: Sequence[tuple[Env, bool]]) -> Any:
    """The figure of `over` in rows that are certainly or only perhaps there, or bounds of it."""
    figure, sure = FIGURES[op], [row for row, certain in found if certain]
    unknown = [held for row, _ in found for held in row.values() if isinstance(held, Unknown)]
    if len(sure) == len(found) and not unknown:
        return figure([row[over] for row in sure])
    # Rows that differ where all are told are different; others may be one and the same.
    told = [name for name in found[0][0] if not any(isinstance(row[name], Unknown) for row in sure)]
    least = {tuple(row[name] for name in told): bounds(row[over])[0] for row in sure}
    most = figure([bounds(row[over])[1] for row, _ in found])
    return Unknown(figure([*least.values()]), math.inf if any(held.many for held in unknown) else most)
