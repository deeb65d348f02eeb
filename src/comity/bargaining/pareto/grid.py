"""Layers as grids: for every pair of two parties' values the best value of the third.

Settling an issue is then a maximum over shifted copies of a grid, which needs no dominance test until the end. For two
and three parties whose values span a modest range of integers. (Max-plus dynamic programming on a dense state space.)
"""

from __future__ import annotations

from math import isqrt, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.pareto.layers import Rows
from comity.bargaining.pareto.plan import Plan, Values

MOST_CELLS = 6_000_000
"""Cells of one grid beyond which points are kept instead."""
MOST_BYTES = 160 * 2**20
"""Bytes of grids kept for the way back; beyond, some layers are kept and the others computed again."""

Grid = NDArray[np.signedinteger[Any]]


def axes(plan: Plan) -> tuple[int, ...]:
    """Parties in the order (value, second axis, first axis): the widest range is the value stored."""
    tops = [max(stage.tops[c][p] for stage in plan.stages for c in range(len(stage.tops))) for p in range(_count(plan))]
    return tuple(sorted(range(len(tops)), key=lambda p: (-tops[p], p)))


def _count(plan: Plan) -> int:
    return len(plan.base)


def suits(plan: Plan) -> bool:
    """True if the grids are small enough to be the better way."""
    if not 2 <= _count(plan) <= 3:
        return False
    value, *others = axes(plan)
    cells = [prod(top[p] + 1 for p in others) for stage in plan.stages for top in stage.tops]
    return max(cells) <= MOST_CELLS and max(top[value] for stage in plan.stages for top in stage.tops) < 2**31 - 2


class GridLayers:
    """See the module; `Layers` for the methods."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.order = axes(plan)
        value = self.order[0]
        top = max(t[value] for stage in plan.stages for t in stage.tops)
        self._type = np.int16 if top < 2**15 - 1 else np.int32
        self._empty = -top - 1  # stays below zero whatever is added on the way
        self._kept: dict[int, list[Grid]] = {-1: [np.zeros((1, 1), dtype=self._type)]}
        self._every = self._spacing()
        grids = self._kept[-1]
        for k in range(len(plan.stages)):
            grids = self._next(k, grids)
            if k % self._every == self._every - 1 or k == len(plan.stages) - 1:
                self._kept[k] = grids
        self._passing: dict[int, list[Grid]] = {}

    def _shape(self, top: Values) -> tuple[int, int]:
        sides = [top[p] + 1 for p in self.order[1:]]
        return (sides[1], sides[0]) if len(sides) == 2 else (1, sides[0])

    def _spacing(self) -> int:
        cells = sum(a * b for stage in self.plan.stages for a, b in map(self._shape, stage.tops))
        size = cells * np.dtype(self._type).itemsize
        return 1 if size <= MOST_BYTES else max(2, isqrt(len(self.plan.stages)))

    def _next(self, k: int, grids: list[Grid]) -> list[Grid]:
        stage = self.plan.stages[k]
        made: list[Grid] = [np.full(self._shape(top), self._empty, dtype=self._type) for top in stage.tops]
        largest = max((grid.size for grid in grids), default=0)
        spare = np.empty(largest, dtype=self._type)
        for t in stage.transitions:
            source, target = grids[t.source], made[t.target]
            dx, dy = self._offset(t.gain)
            window = target[dx : dx + source.shape[0], dy : dy + source.shape[1]]
            shifted = spare[: source.size].reshape(source.shape)
            np.add(source, self._type(t.gain[self.order[0]]), out=shifted)
            np.maximum(window, shifted, out=window)
        return made

    def _offset(self, gain: Values) -> tuple[int, int]:
        return (gain[self.order[2]] if len(self.order) == 3 else 0), gain[self.order[1]]

    def _layer(self, k: int) -> list[Grid]:
        if k in self._kept:
            return self._kept[k]
        if k not in self._passing:
            start = max(kept for kept in self._kept if kept < k)
            grids, self._passing = self._kept[start], {}
            for j in range(start + 1, k + 1):
                grids = self._next(j, grids)
                self._passing[j] = grids
        return self._passing[k]

    def last(self) -> Rows:
        if not self.plan.feasible:
            return np.zeros((0, len(self.order)), dtype=np.int64)
        grid = self._layer(len(self.plan.stages) - 1)[0]
        # The best at or beyond each cell on both axes; a cell stays if it beats what lies one further.
        best = np.maximum.accumulate(grid[::-1], axis=0)[::-1]
        best = np.maximum.accumulate(best[:, ::-1], axis=1)[:, ::-1]
        stays = grid >= 0
        stays[:-1] &= grid[:-1] > best[1:]
        stays[:, :-1] &= grid[:, :-1] > best[:, 1:]
        x, y = np.nonzero(stays)
        rows = np.zeros((len(x), len(self.order)), dtype=np.int64)
        rows[:, self.order[0]] = grid[x, y]
        rows[:, self.order[1]] = y
        if len(self.order) == 3:
            rows[:, self.order[2]] = x
        return np.ascontiguousarray(rows[np.lexsort(tuple(rows.T[::-1]))])

    def holds(self, stage: int, context: int, rows: Rows) -> NDArray[np.bool_]:
        grid = self._layer(stage)[context]
        x = rows[:, self.order[2]] if len(self.order) == 3 else np.zeros(len(rows), dtype=np.int64)
        y, value = rows[:, self.order[1]], rows[:, self.order[0]]
        inside = (x >= 0) & (y >= 0) & (value >= 0) & (x < grid.shape[0]) & (y < grid.shape[1])
        found = np.zeros(len(rows), dtype=bool)
        at = np.flatnonzero(inside)
        found[at] = grid[x[at], y[at]] == value[at]
        return found

    def has(self, stage: int, context: int, value: Values) -> bool:
        grid = self._layer(stage)[context]
        x, y = self._offset(value)
        inside = 0 <= x < grid.shape[0] and 0 <= y < grid.shape[1]
        return inside and int(grid[x, y]) == value[self.order[0]]

    def minus(self, rows: Rows, gain: Values) -> Rows:
        return rows - np.array(gain, dtype=np.int64)

    def decode(self, rows: Rows) -> list[Values]:
        return [tuple(row) for row in rows.tolist()]

    def encode(self, values: list[Values]) -> Rows:
        return np.array(values, dtype=np.int64).reshape(len(values), len(self.order))
