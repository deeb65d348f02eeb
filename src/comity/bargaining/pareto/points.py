"""Layers as lists of points, pruned by dominance after every issue: any number of parties, any size of number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.pareto.dominance import nondominated
from comity.bargaining.pareto.layers import Deadline, Rows
from comity.bargaining.pareto.plan import Plan, Values

DIGIT = 60
"""Bits of one digit where values need several: a value is then digits, most significant first."""
MOST_POINTS = 6_000_000


class TooMany(Exception):
    """Raised when an exact frontier outgrows the points or the time allowed."""


class PointLayers:
    """See the module; `Layers` for the methods.

    Parameters
    ----------
    thin
        Keep one point a box with these sides (in scaled units, one a party, at least 1), so that no partial value is
        missed by a full side; None: exact.
    adapt
        Where a layer holds more points than this, widen the boxes until it does not. `lost` then says how far.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        thin: tuple[float, ...] | None = None,
        adapt: int | None = None,
        most: int = MOST_POINTS,
        deadline: Deadline | None = None,
    ) -> None:
        self.plan = plan
        self.parties = len(plan.base)
        highest = max((max(top) for stage in plan.stages for top in stage.tops), default=0)
        self.digits = max(1, -(-highest.bit_length() // DIGIT)) if highest >= 2**62 else 1
        self.lost = np.zeros(self.parties)
        start = np.zeros((1, self.parties * self.digits), dtype=np.int64)
        self._layers: list[list[Rows]] = []
        self._hashes: dict[tuple[int, int], tuple[NDArray[np.uint64], NDArray[np.int64]]] = {}
        before = [start]
        self._share = 2.0**-14  # of each party's range: sides of the boxes that the last layer needed
        self._widest = np.array(
            [max(float(top[p]) for stage in plan.stages for top in stage.tops) for p in range(self.parties)]
        )
        for k in range(len(plan.stages)):
            before = self._next(k, before, most, deadline)
            if thin is not None:
                before = self._boxed(before, np.array(thin))
            elif adapt is not None:
                before = self._adapted(before, adapt)
            self._layers.append(before)
        self._start = [start]

    def _next(self, k: int, before: list[Rows], most: int, deadline: Deadline | None) -> list[Rows]:
        stage = self.plan.stages[k]
        arriving: list[list[Rows]] = [[] for _ in stage.tops]
        for t in stage.transitions:
            arriving[t.target].append(self._plus(before[t.source], t.gain))
        made = []
        total = 0
        for context, top in enumerate(stage.tops):
            if deadline is not None and deadline.passed():
                raise TooMany("out of time")
            made.append(self._pruned(np.concatenate(arriving[context]), top))
            arriving[context] = []
            total += len(made[-1])
            if total > most:
                raise TooMany(f"more than {most} points after {k + 1} issues")
        return made

    def _pruned(self, rows: Rows, top: Values) -> Rows:
        """Rows without repetitions and dominated ones, in rising lexicographic order."""
        sides = [side + 1 for side in top]
        if self.digits == 1 and np.prod([float(side) for side in sides]) < 2.0**62:
            return _pruned_by_key(rows, sides)
        ranks = self._ranks(rows)
        order = np.lexsort(tuple(ranks.T[::-1]))
        ranks, rows = ranks[order], rows[order]
        fresh = np.ones(len(rows), dtype=bool)
        fresh[1:] = (ranks[1:] != ranks[:-1]).any(axis=1)
        ranks, rows = ranks[fresh], rows[fresh]
        return rows[nondominated(ranks)]

    def _ranks(self, rows: Rows) -> Rows:
        if self.digits == 1:
            return rows
        columns = []
        for party in range(self.parties):
            digits = rows[:, party * self.digits : (party + 1) * self.digits]
            order = np.lexsort(tuple(digits.T[::-1]))
            new = np.zeros(len(rows), dtype=np.int64)
            new[1:] = (digits[order][1:] != digits[order][:-1]).any(axis=1)
            rank = np.empty(len(rows), dtype=np.int64)
            rank[order] = np.cumsum(new)
            columns.append(rank)
        return np.stack(columns, axis=1)

    def _thinned(self, rows: Rows, sides: NDArray[np.float64]) -> Rows:
        if len(rows) < 2:
            return rows
        values = self._floats(rows)
        boxes = np.floor(values / sides).astype(np.int64)
        fullest = np.lexsort((*values.T[::-1], values.sum(axis=1), *boxes.T[::-1]))
        boxes, rows = boxes[fullest], rows[fullest]
        last = np.ones(len(rows), dtype=bool)
        last[:-1] = (boxes[1:] != boxes[:-1]).any(axis=1)
        boxes, rows = boxes[last], rows[last]
        rows = rows[nondominated(boxes)]
        return rows[np.lexsort(tuple(rows.T[::-1]))]

    def _boxed(self, layers: list[Rows], sides: NDArray[np.float64]) -> list[Rows]:
        """One point a box, and what that may lose: of integers, one less than a side."""
        if self.digits == 1:
            sides = np.maximum(np.floor(sides), 1.0)
            self.lost += sides - 1
        else:  # far wider than the rounding of values to doubles
            sides = np.maximum(sides, self._widest * 2.0**-40 + 1)
            self.lost += sides
        return [self._thinned(rows, sides) for rows in layers]

    def _adapted(self, layers: list[Rows], most: int) -> list[Rows]:
        while sum(map(len, layers)) > most and self._share <= 1:
            layers = self._boxed(layers, self._widest * self._share)
            if sum(map(len, layers)) > most:
                self._share *= 2
        return layers

    def _floats(self, rows: Rows) -> NDArray[np.float64]:
        split = rows.reshape(len(rows), self.parties, self.digits).astype(np.float64)
        values: NDArray[np.float64] = split @ (2.0 ** (DIGIT * np.arange(self.digits - 1, -1, -1)))
        return values

    def _plus(self, rows: Rows, gain: Values, sign: int = 1) -> Rows:
        moved = rows + sign * self.encode([gain])
        if self.digits > 1:
            split = moved.reshape(len(moved), self.parties, self.digits)
            for digit in range(self.digits - 1, 0, -1):
                carry = split[:, :, digit] >> DIGIT
                split[:, :, digit] -= carry << DIGIT
                split[:, :, digit - 1] += carry
        return moved

    def minus(self, rows: Rows, gain: Values) -> Rows:
        return self._plus(rows, gain, -1)

    def encode(self, values: list[Values]) -> Rows:
        mask = (1 << DIGIT) - 1
        digits = [
            [value >> DIGIT * d & mask if d < self.digits - 1 else value >> DIGIT * d for d in range(self.digits)][::-1]
            if self.digits > 1
            else [value]
            for row in values
            for value in row
        ]
        return np.array(digits, dtype=np.int64).reshape(len(values), self.parties * self.digits)

    def decode(self, rows: Rows) -> list[Values]:
        split = rows.reshape(len(rows), self.parties, self.digits).tolist()
        return [
            tuple(sum(digit << DIGIT * (self.digits - 1 - i) for i, digit in enumerate(value)) for value in row)
            for row in split
        ]

    def last(self) -> Rows:
        if not self.plan.feasible:
            return np.zeros((0, self.parties * self.digits), dtype=np.int64)
        rows = self._layers[-1][0]
        return rows[nondominated(self._ranks(rows))]

    def holds(self, stage: int, context: int, rows: Rows) -> NDArray[np.bool_]:
        layer = self._start[0] if stage < 0 else self._layers[stage][context]
        if stage < 0:
            return np.asarray((rows == layer[0]).all(axis=1))
        keys = self._sorted_keys(stage, context)
        asked = _hash(rows)
        low = np.searchsorted(keys[0], asked, side="left")
        found = np.zeros(len(rows), dtype=bool)
        open_rows = np.arange(len(rows))
        while len(open_rows):
            at = low[open_rows]
            same = at < len(layer)
            open_rows, at = open_rows[same], at[same]
            same = keys[0][at] == asked[open_rows]
            open_rows, at = open_rows[same], at[same]
            hit = (layer[keys[1][at]] == rows[open_rows]).all(axis=1)
            found[open_rows[hit]] = True
            open_rows = open_rows[~hit]
            low[open_rows] += 1
        return found

    def has(self, stage: int, context: int, value: Values) -> bool:
        return bool(self.holds(stage, context, self.encode([value]))[0])

    def _sorted_keys(self, stage: int, context: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        if (stage, context) not in self._hashes:
            keys = _hash(self._layers[stage][context])
            order = np.argsort(keys, kind="stable")
            self._hashes[stage, context] = (keys[order], order)
        return self._hashes[stage, context]


def _pruned_by_key(rows: Rows, sides: list[int]) -> Rows:
    """As `PointLayers._pruned`, where a row fits into one integer: one sort, and the best of each prefix is left."""
    key = rows[:, 0].copy()
    for party in range(1, len(sides)):
        key *= sides[party]
        key += rows[:, party]
    key.sort()
    prefix = key // sides[-1]
    last = np.ones(len(key), dtype=bool)
    np.not_equal(prefix[1:], prefix[:-1], out=last[:-1])
    key = key[last]
    rows = np.empty((len(key), len(sides)), dtype=np.int64)
    for party in range(len(sides) - 1, 0, -1):
        key, rows[:, party] = np.divmod(key, sides[party])
    rows[:, 0] = key
    return rows[nondominated(rows)]


def _hash(rows: Rows) -> NDArray[np.uint64]:
    """A 64-bit number a row; equal rows have equal ones, and whoever looks a row up compares it in full."""
    total = np.zeros(len(rows), dtype=np.uint64)
    for column in range(rows.shape[1]):
        total = (total ^ rows[:, column].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        total ^= total >> np.uint64(29)
    return total
