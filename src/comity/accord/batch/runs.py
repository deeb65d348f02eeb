"""Tables of runs and their algebra: canonical form, overlap, complement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.accord.operators.base import Row

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
_ROOM = 1 << 62


@dataclass(frozen=True)
class Column:
    """Values of a column: whole numbers as they are, or (`coded`) places in the `Values` of the log."""

    data: Ints
    coded: bool = False

    def __getitem__(self, places: Any) -> Column:
        return Column(self.data[places], self.coded)


@dataclass
class Values:
    """Every value that is not a whole number of 64 bits, once: strings, floats, large numbers."""

    known: list[Any] = field(default_factory=list)
    places: dict[Any, int] = field(default_factory=dict)

    def place(self, value: Any) -> int:
        found = self.places.get(value)
        if found is None:
            found = self.places[value] = len(self.known)
            self.known.append(value)
        return found

    def column(self, values: Sequence[Any]) -> Column:
        """A column of any values."""
        if all(type(v) is int and -_ROOM < v < _ROOM for v in values):
            return Column(np.array(values, np.int64))
        return Column(np.fromiter(map(self.place, values), np.int64, len(values)), True)

    def decoded(self, column: Column) -> list[Any]:
        found: list[Any] = column.data.tolist()
        return [self.known[place] for place in found] if column.coded else found

    def alike(self, one: Column, other: Column) -> tuple[Column, Column]:
        """Both in the same form, so that equal values are equal numbers."""
        if one.coded == other.coded:
            return one, other
        if one.coded:
            return one, Column(np.fromiter(map(self.place, other.data.tolist()), np.int64, len(other.data)), True)
        second, first = self.alike(other, one)
        return first, second


@dataclass(frozen=True)
class Runs:
    """Bindings over `columns` with the first and last time-point of each stretch for which they hold.

    `canonical`: sorted by binding, the stretches of a binding apart from each other.
    """

    columns: dict[str, Column]
    start: Ints
    end: Ints
    canonical: bool = False

    def __len__(self) -> int:
        return len(self.start)

    def take(self, places: Any) -> Runs:
        columns = {name: column[places] for name, column in self.columns.items()}
        return Runs(columns, self.start[places], self.end[places])

    @property
    def points(self) -> bool:
        """True if every stretch is one time-point."""
        return bool((self.start == self.end).all())


def rows(runs: Runs, names: Sequence[str], values: Values) -> list[Row]:
    """The bindings as rows over `names`."""
    if not names:
        return [()] * len(runs)
    return list(zip(*(values.decoded(runs.columns[name]) for name in names), strict=True))


def encoded(columns: Sequence[Ints], length: int, room: int) -> Ints:
    """One whole number from 0 for each row, equal where all columns are equal and below `room`."""
    codes, size = np.zeros(length, np.int64), 1
    if not length:
        return codes
    for data in columns:
        low, high = int(data.min()), int(data.max())
        if size * (high - low + 1) >= room:
            found, codes = np.unique(codes, return_inverse=True)
            size = len(found)
            if size * (high - low + 1) >= room:
                found, data = np.unique(data, return_inverse=True)
                low, high = 0, len(found) - 1
        span = high - low + 1
        codes = (data - low) if size == 1 else codes * span + (data - low)
        size *= span
    return codes.astype(np.int64, copy=False)


class Algebra:
    """Operations on runs over a log of `length` time-points."""

    def __init__(self, length: int, values: Values) -> None:
        self.length, self.values = length, values
        self.stride = length + 2
        self.room = _ROOM // self.stride

    def everywhere(self) -> Runs:
        """The empty binding at all time-points."""
        if not self.length:
            return self.nowhere(())
        return Runs({}, np.zeros(1, np.int64), np.full(1, self.length - 1, np.int64), True)

    def nowhere(self, names: Sequence[str]) -> Runs:
        none = np.zeros(0, np.int64)
        return Runs({name: Column(none) for name in names}, none, none, True)

    def codes(self, runs: Runs) -> Ints:
        return encoded([column.data for column in runs.columns.values()], len(runs), self.room)

    def shared_codes(self, left: Runs, right: Runs, names: Sequence[str]) -> tuple[Ints, Ints]:
        """Codes of the columns `names`, equal across both tables where the values are equal."""
        both = list[Ints]()
        for name in names:
            one, other = self.values.alike(left.columns[name], right.columns[name])
            both.append(np.concatenate([one.data, other.data]))
        codes = encoded(both, len(left) + len(right), self.room)
        return codes[: len(left)], codes[len(left) :]

    def canonical(self, runs: Runs) -> Runs:
        """The same table, sorted, with stretches that touch made one."""
        if runs.canonical or not len(runs):
            return runs
        codes = self.codes(runs)
        kept, start, end = self.merged(codes, runs.start, runs.end)
        columns = {name: column[kept] for name, column in runs.columns.items()}
        return Runs(columns, start, end, True)

    def merged(self, codes: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
        """Stretches by code, sorted and made one where they touch: (a place of each, start, end)."""
        base = codes * self.stride
        first = base + start
        order = np.argsort(first)
        first = first[order]
        last = np.maximum.accumulate((base + end)[order])
        fresh = np.flatnonzero(np.append(True, first[1:] > last[:-1] + 1)) if len(order) else order
        ends = np.append(fresh[1:] - 1, len(order) - 1) if len(order) else order
        kept = order[fresh]
        return kept, start[kept], last[ends] - base[kept]

    def overlaps(
        self, left: tuple[Ints, Ints, Ints], right: tuple[Ints, Ints, Ints], *, left_points: bool
    ) -> tuple[Ints, Ints]:
        """Places of all pairs with the same code whose stretches overlap; each side is (codes, start, end).

        Of two stretches that overlap, one begins within the other: within the right one, or after the left's begin.
        """
        (lk, ls, le), (rk, rs, re) = left, right
        stride = self.stride
        order = np.argsort(lk * stride + ls)
        begins = (lk * stride + ls)[order]
        ri, k = expanded(
            np.searchsorted(begins, rk * stride + rs, "left"), np.searchsorted(begins, rk * stride + re, "right")
        )
        li = order[k]
        if left_points:
            return li, ri
        order = np.argsort(rk * stride + rs)
        begins = (rk * stride + rs)[order]
        lj, k = expanded(
            np.searchsorted(begins, lk * stride + ls, "right"), np.searchsorted(begins, lk * stride + le, "right")
        )
        return np.concatenate([li, lj]), np.concatenate([ri, order[k]])

    def join(self, left: Runs, right: Runs) -> Runs:
        """Natural join: bindings that agree, over the time-points at which both hold."""
        shared = [name for name in left.columns if name in right.columns]
        added = [name for name in right.columns if name not in left.columns]
        lk, rk = self.shared_codes(left, right, shared)
        left_points = left.points
        if not added and left_points:
            return left.take(np.flatnonzero(self.covered(lk, left.start, rk, right)))
        if not added:
            right = self.canonical(right)
            lk, rk = self.shared_codes(left, right, shared)
        li, ri = self.overlaps((lk, left.start, left.end), (rk, right.start, right.end), left_points=left_points)
        columns = {name: column[li] for name, column in left.columns.items()}
        columns |= {name: right.columns[name][ri] for name in added}
        start = np.maximum(left.start[li], right.start[ri])
        end = np.minimum(left.end[li], right.end[ri])
        return Runs(columns, start, end)

    def covered(self, codes: Ints, at: Ints, right_codes: Ints, right: Runs) -> Mask:
        """Which (code, time-point) lie in a stretch of `right`, whose codes are the same."""
        if not len(right):
            return np.zeros(len(at), bool)
        base = right_codes * self.stride
        first = base + right.start
        order = np.argsort(first)
        # The furthest end so far belongs to this code or an earlier one; one of an earlier code lies before `at`.
        last = np.maximum.accumulate((base + right.end)[order])
        place = codes * self.stride + at
        before = np.searchsorted(first[order], place, "right") - 1
        return (before >= 0) & (last[before] >= place)

    def without(self, left: Runs, right: Runs) -> Runs:
        """`left` less the stretches of `right`, whose columns are among those of `left`."""
        if not len(left) or not len(right):
            return left
        lk, rk = self.shared_codes(left, right, list(right.columns))
        if left.points:
            return left.take(np.flatnonzero(~self.covered(lk, left.start, rk, right)))
        gk, gs, ge = self.gaps(rk, right.start, right.end, np.unique(lk))
        li, gi = self.overlaps((lk, left.start, left.end), (gk, gs, ge), left_points=False)
        found = left.take(li)
        return Runs(found.columns, np.maximum(found.start, gs[gi]), np.minimum(found.end, ge[gi]))

    def gaps(self, codes: Ints, start: Ints, end: Ints, wanted: Ints) -> tuple[Ints, Ints, Ints]:
        """For each code wanted, the stretches at which no run of that code holds."""
        border = np.ones(len(wanted), np.int64)
        codes = np.concatenate([codes, wanted, wanted])
        start = np.concatenate([start, -border, self.length * border])
        end = np.concatenate([end, -border, self.length * border])
        base = codes * self.stride + 1
        order = np.argsort(base + start)
        first, codes, start = (base + start)[order], codes[order], start[order]
        last = np.maximum.accumulate((base + end)[order])
        between = np.flatnonzero((codes[1:] == codes[:-1]) & (first[1:] > last[:-1] + 1))
        code = codes[between]
        return code, last[between] - (code * self.stride + 1) + 1, start[between + 1] - 1

    def union(self, left: Runs, right: Runs) -> Runs:
        """Bindings of either."""
        columns = dict[str, Column]()
        for name in left.columns:
            one, other = self.values.alike(left.columns[name], right.columns[name])
            columns[name] = Column(np.concatenate([one.data, other.data]), one.coded)
        return Runs(columns, np.concatenate([left.start, right.start]), np.concatenate([left.end, right.end]))

    def exploded(self, runs: Runs) -> Runs:
        """The same table with one run for each time-point."""
        which, at = expanded(runs.start, runs.end + 1)
        columns = {name: column[which] for name, column in runs.columns.items()}
        return Runs(columns, at, at)


def expanded(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """For each place k, all numbers from `low[k]` to below `high[k]`: (k repeated, the numbers)."""
    counts = np.maximum(high - low, 0)
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts - low, counts)
