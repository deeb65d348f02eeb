"""The meaning of formulas, day by day as a textbook has it, over reports that leave days, counts and names open.

`Truth.value` is True or False only if every way in which the reports can be meant makes it so. Values of variables
that make a formula true come with True if they certainly do and with False if they only may.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from comity.check.formula import Formula

Env = dict[str, Any]
Kinds = Mapping[str, Sequence[str]]


class Some(NamedTuple):
    """One value between bounds, or (`number` None) any number of any values: what unreported days may hold."""

    tag: Any
    low: float = -math.inf
    high: float = math.inf
    number: bool | None = False


class Told(NamedTuple):
    """An incident: its values, first and last day (as indices), and whether it certainly happened within the trace."""

    values: Sequence[Any]
    first: int
    last: int
    sure: bool


ANY, ANY_COUNT = Some("any", number=None), Some("any count", 1, number=None)


def vague(v: Any) -> bool:
    return isinstance(v, Some) and v.number is None


def bounds(v: Any) -> tuple[float, float]:
    return (v.low, v.high) if isinstance(v, Some) else (-math.inf, math.inf) if isinstance(v, str) else (v, v)


def meet(a: Any, b: Any) -> tuple[Any, bool] | None:
    """What two values can both be, and whether they certainly are equal."""
    if (a == b and not vague(a)) or not (isinstance(a, Some) or isinstance(b, Some)):
        return (a, True) if a == b else None
    if max(bounds(a)[0], bounds(b)[0]) > min(bounds(a)[1], bounds(b)[1]):
        return None
    if vague(a) or vague(b):
        return (b if vague(a) else a), False
    text = [v.number is False if isinstance(v, Some) else isinstance(v, str) for v in (a, b)]
    if text[0] != text[1]:
        return None
    return (b if isinstance(a, Some) else a), False


def unite(env: Env, names: Sequence[Formula], values: Sequence[Any]) -> tuple[Env, bool] | None:
    """`env` with variables (or constants) `names` made equal to `values`."""
    env, sure = dict(env), True
    for (kind, name), value in zip(names, values, strict=True):
        met = meet(env.get(name, value) if kind == "var" else name, value)
        if met is None:
            return None
        sure = sure and (met[1] or (kind == "var" and name not in env))
        env |= {name: met[0]} if kind == "var" else {}
    return env, sure


class Truth:
    """One world: what was told of each kind, the days still open for it, and how many days there are."""

    def __init__(self, told: dict[str, list[Told]], kinds: Kinds, open_: dict[str, set[int]], n: int, begins: bool):
        self.told, self.open, self.n, self.begins = told, open_, n, begins
        self.unknown = {kind: [ANY_COUNT if a == "count" else ANY for a in kinds[kind]] for kind in kinds}
        self.on: dict[tuple[str, int], list[Told]] = {}
        for kind, several in told.items():
            for t in several:
                for i in range(max(t.first, 0), min(t.last, n - 1) + 1):
                    self.on.setdefault((kind, i), []).append(t)

    def value(self, f: Formula, i: int, env: Env) -> bool | None:
        """Whether `f` holds on day `i` for values of its variables; None if that is not known."""
        maybe = False
        for _, sure in self.rows(f, i, env):
            if sure:
                return True
            maybe = True
        return None if maybe else False

    def rows(self, f: Formula, i: int, env: Env) -> Iterator[tuple[Env, bool]]:
        match f:
            case ("atom", "begins", []):
                yield from [(env, True)] if i == 0 and self.begins else []
            case ("atom", kind, args):
                for told in self.on.get((kind, i), ()):
                    if fit := unite(env, args, told.values):
                        yield fit[0], fit[1] and told.sure and told.first == told.last
                if i in self.open.get(kind, ()) and (fit := unite(env, args, self.unknown[kind])):
                    yield fit[0], False
            case ("cmp", _, ("var", name), ("const", value)) | ("cmp", _, ("const", value), ("var", name)) if (
                name not in env
            ):
                yield env | {name: value}, True
            case ("cmp", op, *terms):
                if (true := self.test(op, *(env[t[1]] if t[0] == "var" else t[1] for t in terms))) is not False:
                    yield env, true is True
            case ("not", part):
                if not (true := self.value(part, i, env)):
                    yield env, true is False
            case ("and", left, right):
                for one, sure in self.rows(left, i, env):
                    yield from ((both, sure and also) for both, also in self.rows(right, i, one))
            case ("or", left, right):
                yield from [*self.rows(left, i, env), *self.rows(right, i, env)]
            case ("exists", names, part):
                yield from hidden(names, env, self.rows(part, i, {n: v for n, v in env.items() if n not in names}))
            case ("agg", *_):
                yield from self.counted(f, i, env)
            case (op, low, high, *left, part):
                back = op in ("prev", "once", "since")
                if op in ("prev", "next"):
                    low, high = (1, 1) if low <= 1 <= high else (1, 0)
                start, end = (max(i - high, 0), i - low) if back else (i + low, min(i + high, self.n - 1))
                found = [(j, j, *row) for j in range(int(start), int(end) + 1) for row in self.rows(part, j, env)]
                found += [(s, e, row, True) for s, e, row in self.wide(part, env) if start <= s and e <= end]
                for first, last, row, sure in found:
                    days = range(first + 1, i + 1) if back else range(i, last)
                    between = [self.value(left[0], k, row) for k in days] if left else []
                    if False not in between:
                        yield row, sure and all(between)

    def test(self, op: str, a: Any, b: Any) -> bool | None:
        if op == "=":
            met = meet(a, b)
            return met is not None and (met[1] or None)
        if a == b:
            return None if vague(a) else op == "<="
        (p, q), (r, s) = bounds(a), bounds(b)
        sure, maybe = (q < r, p < s) if op == "<" else (q <= r, p <= s)
        return True if sure else None if maybe else False

    def wide(self, f: Formula, env: Env) -> Iterator[tuple[int, int, Env]]:
        """Values for which `f` certainly holds on some day of a span, though on no single one for certain."""
        match f:
            case ("atom", kind, args):
                spans = [t for t in self.told.get(kind, ()) if t.sure and t.first < t.last]
                fits = [(t, unite(env, args, t.values)) for t in spans]
                yield from ((t.first, t.last, fit[0]) for t, fit in fits if fit and fit[1])
            case ("exists", names, part):
                inner = self.wide(part, {n: v for n, v in env.items() if n not in names})
                yield from ((s, e, row) for s, e, found in inner for row, _ in hidden(names, env, [(found, True)]))
            case ("and", left, right):
                for s, e, one in self.wide(left, env):
                    days = [[row for row, sure in self.rows(right, k, one) if sure] for k in range(s, e + 1)]
                    yield from ((s, e, row) for row in days[0] if all(row in day for day in days))

    def counted(self, f: Formula, i: int, env: Env) -> Iterator[tuple[Env, bool]]:
        _, result, op, over, groups, part = f
        rows = list(hidden([], {}, self.rows(part, i, {g: env[g] for g in groups if g in env})))
        keys = [[row[g] for g in groups] for row, _ in rows]
        vague = [any(isinstance(v, Some) for v in key) for key in keys]
        names = [result, *(("var", g) for g in groups)]
        for n, key in enumerate(keys if groups else [[]]):
            if groups and (vague[n] or key in keys[:n]):
                continue
            fits = [all(meet(a, b) for a, b in zip(other, key, strict=True)) for other in keys]
            near = [(*row, not v) for row, fit, v in zip(rows, fits, vague, strict=True) if fit]
            value = fold(op, [(row, row[over], sure and plain) for row, sure, plain in near], (str(f), str(key), i))
            if fit := unite(env, names, [value, *key]):
                yield fit[0], fit[1] and (not groups or any(sure and plain for _, sure, plain in near))
        for key, v in zip(keys, vague, strict=True):
            if v and (fit := unite(env, names, [ANY, *key])):
                yield fit[0], False


def hidden(names: Sequence[str], env: Env, rows: Any) -> Iterator[tuple[Env, bool]]:
    """Rows, each once, without `names`, for which those of `env` stand again."""
    found: dict[tuple[tuple[str, Any], ...], bool] = {}
    for row, sure in rows:
        key = tuple(sorted(((n, v) for n, v in row.items() if n not in names), key=lambda item: item[0]))
        found[key] = found.get(key, False) or sure
    yield from (({n: env[n] for n in names if n in env} | dict(key), sure) for key, sure in found.items())


def fold(op: str, rows: list[tuple[Env, Any, bool]], tag: Any) -> Any:
    """The aggregate of values of rows that are certainly (third part True) or possibly there."""
    values, certain = [v for _, v, _ in rows], [(r, v) for r, v, sure in rows if sure]
    if len(certain) == len(rows) and not any(isinstance(x, Some) for r, _ in certain for x in r.values()):
        if not values:
            return {"AVG": 0.0, "MED": 0.0, "MIN": math.inf, "MAX": -math.inf}.get(op, 0)
        how: dict[str, Any] = {"CNT": len, "SUM": sum, "MIN": min, "MAX": max, "MED": statistics.median}
        return sum(values) / len(values) if op == "AVG" else how[op](values)
    apart = list[tuple[Env, Any]]()  # rows that are certainly different from each other
    for row, value in sorted(certain, key=lambda rv: -bounds(rv[1])[0]):
        if not any(all(meet(row[n], other[n]) for n in row) for other, _ in apart):
            apart.append((row, value))
    lows, highs = [bounds(v)[0] for v in values], [bounds(v)[1] for v in values]
    low, high, many = -math.inf, math.inf, any(vague(x) for r, _, _ in rows for x in r.values())
    if op == "CNT":
        low, high = len(apart), math.inf if many else len(rows)
    elif op == "SUM" and min(lows) >= 0:
        low, high = sum(bounds(v)[0] for _, v in apart), math.inf if many else sum(highs)
    elif op in ("MIN", "MAX") and certain:
        low = max(bounds(v)[0] for _, v in certain) if op == "MAX" else min(lows)
        high = min(bounds(v)[1] for _, v in certain) if op == "MIN" else max(highs)
    return int(low) if low == high else Some(tag, low, high, True)
