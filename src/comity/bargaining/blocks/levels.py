"""The smallest sets of positions to give up with utility floors, level by level, where every position is on one issue.

Level c asks for packages that cross at most c positions and keep every floor. Issues are settled one by one; a partial
package is dropped as soon as some non-negative combination of the floors and the level cannot be reached any more by
the best options of the issues left. Any multipliers are valid, those of the linear relaxation and some around them cut
sharply (Lagrangian bounds for the multiple-choice knapsack; Kellerer, Pferschy, Pisinger 2004, chapter 11). Multipliers
are whole numbers, so nothing is rounded. A level that dies out is proved empty. A level too wide to be walked in full
is walked in part: what it finds counts, since the levels below were proved empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from random import Random

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.pareto.layers import Deadline

WIDTHS = ((6_000, 11), (40_000, 3), (150_000, 0))
"""Partial packages kept a stage, try by try, each with the most stages at which some may have been dropped for the next
try to be worth it. A level that needs more is walked in part."""
_UNIT = 2**16
_PERTURBED = 16

Ints = NDArray[np.int64]
Found = list[tuple[frozenset[int], tuple[int, ...]]]


@dataclass(frozen=True)
class Task:
    """Floors and positions issue by issue: `worths` by issue and option, one column a floor; `crossed` are the
    positions an option crosses; `lows` the floors."""

    worths: tuple[tuple[tuple[int, ...], ...], ...]
    crossed: tuple[tuple[frozenset[int], ...], ...]
    lows: tuple[int, ...]


@dataclass(frozen=True)
class Levels:
    """Sets with a package each; no set with fewer than `least` members opens a deal.

    `closed` is the largest level up to which every set is found (-1: none). `complete`: there are no others at all.
    """

    sets: Found
    least: int
    closed: int
    complete: bool


Exchange = Callable[[frozenset[int], tuple[int, ...], list[frozenset[int]], int], Found]
"""More sets of the same number: (set, its package, known smaller sets, how many wanted)."""


def by_levels(task: Task, count: int, exchange: Exchange, deadline: Deadline) -> Levels | None:
    """At least `count` of the smallest sets, or fewer where a level is too wide; None if the numbers are too large."""
    walk = _Walk.of(task)
    if walk is None:
        return None
    ceiling = sum(max(len(crossed) for crossed in row) for row in task.crossed)
    level = min(max(0, ceil(walk.bound - 1e-6) - 1), ceiling)
    while level > 0 and not walk.empty(level, deadline):
        level -= 1
    found: Found = []
    least = level
    while level <= ceiling:
        state, fresh = _level(task, walk, level, [gives for gives, _ in found], count - len(found), exchange, deadline)
        if not found and not fresh and state == "all":
            least = level + 1
        found += fresh
        if found and not found[0][0]:
            return Levels(found[:1], 0, ceiling, True)
        if state == "part":
            return Levels(found, least, level - 1, False)
        if len(found) >= count:
            return Levels(found, least, level, False)
        level += 1
    return Levels(found, least, ceiling, True)


def _level(
    task: Task,
    walk: _Walk,
    level: int,
    known: list[frozenset[int]],
    want: int,
    exchange: Exchange,
    deadline: Deadline,
) -> tuple[str, Found]:
    """Sets of exactly `level` positions: "all" of them or "part"."""
    fresh: Found = []
    for wide, few_cuts in WIDTHS:
        cuts, packages = walk.level(level, wide, deadline)
        fresh = _fresh(task, packages, level, known)
        if not cuts or frozenset() in {gives for gives, _ in fresh}:
            return "all", fresh
        for gives, package in list(fresh):
            if len(fresh) >= want:
                break
            there = {other for other, _ in fresh}
            fresh += [pair for pair in exchange(gives, package, known, want) if pair[0] not in there]
        if len(fresh) >= want or cuts > few_cuts or deadline.passed():
            break
    return "part", fresh


def _fresh(task: Task, packages: NDArray[np.int16], level: int, known: list[frozenset[int]]) -> Found:
    """Sets of exactly `level` positions that hold no known set, each with the first package that crosses it."""
    fresh: dict[frozenset[int], tuple[int, ...]] = {}
    for row in packages.tolist():
        crossed: frozenset[int] = frozenset().union(*(task.crossed[i][o] for i, o in enumerate(row)))
        if len(crossed) == level and crossed not in fresh and not any(earlier <= crossed for earlier in known):
            fresh[crossed] = tuple(row)
    return sorted(fresh.items(), key=lambda pair: sorted(pair[0]))


@dataclass(frozen=True)
class _Walk:
    columns: Ints  # issues × options × (floors, then minus the positions crossed); short issues repeat an option
    sizes: tuple[int, ...]
    lows: Ints
    multipliers: Ints  # one row a combination, over floors and level
    order: tuple[int, ...]
    bound: float

    @staticmethod
    def of(task: Task) -> _Walk | None:
        sizes = tuple(len(row) for row in task.worths)
        widest = max(sizes)
        rows = []
        for worths, crossed in zip(task.worths, task.crossed, strict=True):
            row = [(*worth, -len(out)) for worth, out in zip(worths, crossed, strict=True)]
            rows.append(row + [row[-1]] * (widest - len(row)))
        top = sum(max(abs(x) for option in row for x in option) for row in rows)
        if max(top, *(abs(low) for low in task.lows)) >= 2**38:
            return None
        columns = np.array(rows, dtype=np.int64)
        lows = np.array(task.lows, dtype=np.int64)
        bound, shadow = _relaxed(columns, lows)
        random = Random(0)
        combos = [[_UNIT * x for x in shadow] + [_UNIT]]
        for _ in range(_PERTURBED):
            combos.append([_UNIT * x * random.uniform(0.5, 1.5) for x in shadow] + [_UNIT * random.choice([1, 1, 0.5])])
        multipliers = np.array([[int(min(max(x, 0), 2**22)) for x in combo] for combo in combos], dtype=np.int64)
        scored = columns @ multipliers[0]
        spread = scored.max(axis=1) - scored.min(axis=1)
        order = tuple(int(i) for i in np.lexsort((np.arange(len(sizes)), -spread)))
        return _Walk(columns, sizes, lows, multipliers, order, bound)

    def empty(self, level: int, deadline: Deadline) -> bool:
        """True if it is proved that no package crosses as few positions as that."""
        cuts, packages = self.level(level, WIDTHS[0][0], deadline)
        return not cuts and not len(packages)

    def level(self, level: int, wide: int, deadline: Deadline) -> tuple[int, NDArray[np.int16]]:
        """Packages that cross at most `level` positions: all of them, unless some were dropped at a stage or more."""
        target = np.concatenate([self.lows, [-level]])
        need = self.multipliers @ target
        scored = self.columns @ self.multipliers.T
        ahead = np.concatenate([np.cumsum(scored.max(axis=1)[list(self.order)][::-1], axis=0)[::-1], 0 * need[None]])
        tops = np.cumsum(self.columns.max(axis=1)[list(self.order)][::-1], axis=0)[::-1]
        tops = np.concatenate([tops, 0 * target[None]])
        values = np.zeros((1, len(target)), dtype=np.int64)
        scores = np.zeros((1, len(need)), dtype=np.int64)
        picks = np.zeros((1, len(self.sizes)), dtype=np.int16)
        cuts = 0
        for k, issue in enumerate(self.order):
            size = self.sizes[issue]
            new = (scores[:, None] + scored[issue, :size]).reshape(-1, len(need))
            slack = (new + (ahead[k + 1] - need)).min(axis=1)
            reach = (values[:, None] + self.columns[issue, :size]).reshape(-1, len(target))
            keep = np.flatnonzero((slack >= 0) & (reach + tops[k + 1] >= target).all(axis=1))
            if not len(keep):
                return cuts, picks[:0]
            if len(keep) > wide:
                cuts += 1
                keep = _some(keep, slack[keep], wide)
            values, scores = reach[keep], new[keep]
            picks = picks[keep // size]
            picks[:, issue] = keep % size
            if deadline.passed():
                return cuts + 1, picks[:0]
        return cuts, picks


def _some(keep: Ints, slack: Ints, wide: int) -> Ints:
    """Half of those with most slack, and every so many of the rest, in their order."""
    best = np.argsort(-slack, kind="stable")
    half, rest = best[: wide // 2], np.sort(best[wide // 2 :])
    spread = rest[np.linspace(0, len(rest) - 1, wide - len(half)).astype(np.int64)]
    chosen: Ints = keep[np.sort(np.concatenate([half, spread]))]
    return chosen


def _relaxed(columns: Ints, lows: Ints) -> tuple[float, list[float]]:
    """Least number of positions crossed if options could be mixed, and the shadow price of every floor."""
    from scipy.optimize import linprog

    issues, options, width = columns.shape
    flat = columns.reshape(issues * options, width)
    one_each = np.kron(np.eye(issues), np.ones(options))
    solved = linprog(
        -flat[:, -1].astype(float), -flat[:, :-1].T.astype(float), -lows.astype(float), one_each, np.ones(issues)
    )
    if solved.status != 0:
        return 0.0, [1.0] * (width - 1)
    return float(solved.fun), [float(-x) for x in solved.ineqlin.marginals]
