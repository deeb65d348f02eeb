"""Temporal operators on runs. UNTIL, EVENTUALLY and NEXT are the past ones on the log read backwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.accord.batch.runs import Algebra, Column, Ints, Runs
from comity.accord.formula import Interval

Times = NDArray[np.int64] | NDArray[np.float64]
_FAR = 1 << 61  # no two times of a log are so far apart


@dataclass(frozen=True)
class Guard:
    """One conjunct of the left operand: must `runs` hold in between, or (`absent`) must they not?"""

    runs: Runs
    absent: bool


def reach(times: Times, interval: Interval) -> tuple[Ints, Ints]:
    """For each time-point j, the first and the last i from j on at a distance within the interval.

    Where there is none, the first lies behind the last.
    """
    if times.dtype.kind == "i":
        low = min(_FAR, math.floor(interval.low) + 1 if interval.open_low else math.ceil(interval.low))
        first = np.searchsorted(times, times + low, "left") if low > 0 else np.arange(len(times))
        if interval.high is None:
            return first, np.full(len(times), len(times) - 1, np.int64)
        high = min(_FAR, math.ceil(interval.high) - 1 if interval.open_high else math.floor(interval.high))
        return first, np.searchsorted(times, times + high, "right") - 1
    # Sums of floats round otherwise than their differences, by which the interval is defined: two pointers.
    known: list[float] = times.tolist()
    firsts, lasts = list[int](), list[int]()
    i = k = 0
    for j, then in enumerate(known):
        i, k = max(i, j), max(k, j)
        while i < len(known) and interval.below(known[i] - then):
            i += 1
        while k < len(known) and not interval.above(known[k] - then):
            k += 1
        firsts.append(i)
        lasts.append(k - 1)
    return np.array(firsts, np.int64), np.array(lasts, np.int64)


def since(algebra: Algebra, times: Times, interval: Interval, guards: Sequence[Guard], right: Runs) -> Runs:
    """SINCE; without guards, ONCE."""
    if not len(right):
        return right
    delayed = bool(interval.low or interval.open_low)
    first, last = reach(times, interval)
    if delayed:
        right = algebra.exploded(algebra.canonical(right))
    # Of the witnesses in a run, the last one reaches furthest in time and needs the guards for the shortest.
    end = last[right.end]
    for guard in guards:
        end = np.minimum(end, _broken(algebra, guard, right) - 1)
    if not delayed:
        return algebra.canonical(Runs(right.columns, right.start, np.maximum(end, right.end)))
    start = first[right.start]
    found = np.flatnonzero(start <= end)
    columns = {name: column[found] for name, column in right.columns.items()}
    return algebra.canonical(Runs(columns, start[found], end[found]))


def _broken(algebra: Algebra, guard: Guard, right: Runs) -> Ints:
    """For each run, the first time-point after its end at which the guard fails."""
    after, left = right.end + 1, guard.runs
    if not len(left):
        return np.full(len(after), algebra.length, np.int64) if guard.absent else after
    keys, codes = algebra.shared_codes(right, left, list(left.columns))
    kept, start, end = algebra.merged(codes, left.start, left.end)
    codes = codes[kept]
    stride, place = algebra.stride, keys * algebra.stride + after
    if guard.absent:
        run = np.searchsorted(codes * stride + end, place, "left")
        there = run < len(codes)
        run = np.minimum(run, len(codes) - 1)
        there &= codes[run] == keys
        return np.where(there, np.maximum(start[run], after), algebra.length)
    run = np.searchsorted(codes * stride + start, place, "right") - 1
    there = (run >= 0) & (codes[run] == keys) & (end[run] >= after)
    return np.where(there, end[run] + 1, after)


def until(algebra: Algebra, times: Times, interval: Interval, guards: Sequence[Guard], right: Runs) -> Runs:
    """UNTIL; without guards, EVENTUALLY."""
    turned = [Guard(backwards(algebra, guard.runs), guard.absent) for guard in guards]
    return backwards(algebra, since(algebra, -times[::-1], interval, turned, backwards(algebra, right)))


def previous(algebra: Algebra, times: Times, interval: Interval, runs: Runs) -> Runs:
    """PREVIOUS."""
    gaps = times[1:] - times[:-1]
    fits = gaps > interval.low if interval.open_low else gaps >= interval.low
    if interval.high is not None:
        fits &= gaps < interval.high if interval.open_high else gaps <= interval.high
    inside = np.flatnonzero(runs.start + 1 < algebra.length)
    shifted = runs.take(inside)
    end = np.minimum(shifted.end + 1, algebra.length - 1)
    moved = Runs(shifted.columns, shifted.start + 1, end)
    if fits.all():
        return moved
    places = np.flatnonzero(fits) + 1
    return algebra.join(moved, algebra.canonical(Runs({}, places, places)))


def following(algebra: Algebra, times: Times, interval: Interval, runs: Runs) -> Runs:
    """NEXT."""
    return backwards(algebra, previous(algebra, -times[::-1], interval, backwards(algebra, runs)))


def backwards(algebra: Algebra, runs: Runs) -> Runs:
    """The same table over the log read from its end."""
    last = algebra.length - 1
    columns: dict[str, Column] = runs.columns
    return Runs(columns, last - runs.end, last - runs.start)
