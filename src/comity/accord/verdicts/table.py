"""When something may hold and when it must, on every day at once: sets of days as bits of whole numbers.

A `Fact` is the truth of one formula for one binding over the days of a trace, day 0 the lowest bit. `wide` lists spans
of days on one of which it certainly holds, though on no single one for certain: an event that happened "on 3 or 4 May".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from comity.accord.formula import Interval
from comity.accord.verdicts.values import Row, concrete, meet

Days = int
Spans = frozenset[tuple[int, int]]
NONE: Spans = frozenset()


class Fact(NamedTuple):
    """`must` is within `may`; every span of `wide` is at least two days long."""

    may: Days
    must: Days
    wide: Spans = NONE


def span(start: int, end: int) -> Days:
    """The days from `start` to `end` inclusive; none if `end` comes before.

    >>> bin(span(1, 3))
    '0b1110'
    """
    return ((1 << (end + 1)) - 1) & ~((1 << start) - 1) if end >= start else 0


def smear(days: Days, n: int) -> Days:
    """Each day and the `n` days after it."""
    reached = 0
    while reached < n:
        step = min(reached + 1, n - reached)
        days |= days << step
        reached += step
    return days


def day_bounds(interval: Interval, length: int) -> tuple[int, int]:
    """Least and greatest whole distance in an interval; an unbounded one reaches over the whole trace."""
    low = int(interval.low) + (interval.open_low or interval.low != int(interval.low))
    if interval.high is None:
        return low, length
    high = int(interval.high) - (interval.open_high and interval.high == int(interval.high))
    return low, min(high, length)


def past(fact: Fact, interval: Interval, length: int) -> Fact:
    """``ONCE``."""
    low, high = day_bounds(interval, length)
    if high < low:
        return Fact(0, 0)
    full = span(0, length - 1)
    must, wide = smear(fact.must << low, high - low) & full, set[tuple[int, int]]()
    for start, end in fact.wide:
        if end + low <= min(start + high, length - 1):
            must |= span(end + low, min(start + high, length - 1))
        elif end + low < length:
            wide.add((start + low, end + low))
    return Fact(smear(fact.may << low, high - low) & full, must, frozenset(wide))


def future(fact: Fact, interval: Interval, length: int) -> Fact:
    """``EVENTUALLY``."""
    low, high = day_bounds(interval, length)
    if high < low:
        return Fact(0, 0)
    must, wide = _ahead(fact.must, low, high), set[tuple[int, int]]()
    for start, end in fact.wide:
        if max(end - high, 0) <= start - low:
            must |= span(max(end - high, 0), start - low)
        elif start - low >= 0:
            wide.add((start - low, end - low))
    return Fact(_ahead(fact.may, low, high), must, frozenset(wide))


def _ahead(days: Days, low: int, high: int) -> Days:
    return smear(days, high - low) >> high


def moved(fact: Fact, by: int, interval: Interval, length: int) -> Fact:
    """``PREVIOUS`` (`by` 1) or ``NEXT`` (`by` -1): every day is one day from the one before."""
    low, high = day_bounds(interval, length)
    if not low <= 1 <= high:
        return Fact(0, 0)
    full = span(0, length - 1)
    wide = frozenset((s + by, e + by) for s, e in fact.wide if s + by >= 0 and e + by < length)
    if by > 0:
        return Fact(fact.may << 1 & full, fact.must << 1 & full, wide)
    return Fact(fact.may >> 1, fact.must >> 1, wide)


def linked(left: Fact, right: Fact, interval: Interval, length: int, *, back: bool) -> Fact:
    """``left SINCE right`` (`back`) or ``left UNTIL right``, both for one binding."""
    low, high = day_bounds(interval, length)
    if high < low or not right.may:
        return Fact(0, 0)
    may, must = (_linked(x, y, low, high, length, back) for x, y in ((left.may, right.may), (left.must, right.must)))
    for start, end in right.wide:
        if back:  # wherever in the span it happened, the left side held from the day after
            days = (i for i in range(end + low, min(start + high, length - 1) + 1) if _all(left.must, start + 1, i))
        else:
            days = (i for i in range(max(end - high, 0), start - low + 1) if _all(left.must, i, end - 1))
        for i in days:
            must |= 1 << i
    return Fact(may, must)


def _linked(left: Days, right: Days, low: int, high: int, length: int, back: bool) -> Days:
    if not right:
        return 0
    result, broken = 0, 0 if back else length - 1
    for i in range(length) if back else range(length - 1, -1, -1):
        if not left >> i & 1:
            broken = i
        if back:
            window = span(max(broken, i - high), i - low)
        else:
            window = span(i + low, min(broken, i + high))
        if right & window:
            result |= 1 << i
    return result


def _all(days: Days, start: int, end: int) -> bool:
    window = span(max(start, 0), end)
    return days & window == window


def both(a: Fact, b: Fact) -> Fact:
    wide = {(s, e) for s, e in a.wide if _all(b.must, s, e)} | {(s, e) for s, e in b.wide if _all(a.must, s, e)}
    return Fact(a.may & b.may, a.must & b.must, frozenset(wide))


def either(a: Fact, b: Fact) -> Fact:
    return Fact(a.may | b.may, a.must | b.must, a.wide | b.wide)


def opposite(fact: Fact, length: int) -> Fact:
    full = span(0, length - 1)
    return Fact(full & ~fact.must, full & ~fact.may)


def without(a: Fact, may: Days, must: Days) -> Fact:
    """`a` on the days on which something else, that may hold on `may` and must on `must`, does not hold."""
    wide = frozenset((s, e) for s, e in a.wide if not may & span(s, e))
    return Fact(a.may & ~must, a.must & ~may, wide)


@dataclass
class Table:
    """Facts by binding over `columns`. A row may hold values between bounds; absent rows never hold."""

    columns: tuple[str, ...]
    rows: dict[Row, Fact]

    @classmethod
    def of(cls, columns: tuple[str, ...], rows: Iterable[tuple[Row, Fact]]) -> Table:
        found: dict[Row, Fact] = {}
        for row, fact in rows:
            if fact.may:
                found[row] = either(found[row], fact) if row in found else fact
        return cls(columns, found)

    def split(self, shared: tuple[str, ...]) -> tuple[dict[Row, list[tuple[Row, Fact]]], list[tuple[Row, Fact]]]:
        """Rows by their values in the shared columns, and the rows for which those are not all known."""
        places = [self.columns.index(name) for name in shared]
        known: dict[Row, list[tuple[Row, Fact]]] = {}
        vague: list[tuple[Row, Fact]] = []
        for row, fact in self.rows.items():
            key = tuple(row[i] for i in places)
            if concrete(key):
                known.setdefault(key, []).append((row, fact))
            else:
                vague.append((row, fact))
        return known, vague


def met(a: Row, b: Row) -> tuple[Row, bool] | None:
    """Both rows in one, and whether they are certainly equal; None if they differ."""
    values, certain = [], True
    for x, y in zip(a, b, strict=True):
        found = meet(x, y)
        if found is None:
            return None
        values.append(found[0])
        certain = certain and found[1]
    return tuple(values), certain
