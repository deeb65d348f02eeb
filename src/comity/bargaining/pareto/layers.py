"""What the two ways of settling issue by issue have in common, and the way back from values to packages."""

from __future__ import annotations

import time
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.pareto.plan import Plan, Values

Rows = NDArray[np.int64]


class Layers(Protocol):
    """The undominated partial values after each stage, by context."""

    plan: Plan

    def last(self) -> Rows:
        """Coded values of the frontier, one row a point, in a fixed order."""

    def holds(self, stage: int, context: int, rows: Rows) -> NDArray[np.bool_]:
        """Which of these coded values are partial values after `stage` in `context`. Stage -1 is the start."""

    def has(self, stage: int, context: int, value: Values) -> bool:
        """As `holds`, for one value."""

    def minus(self, rows: Rows, gain: Values) -> Rows:
        """Coded values less `gain`."""

    def decode(self, rows: Rows) -> list[Values]:
        """Coded values as integers, counted from `Plan.base`."""

    def encode(self, values: list[Values]) -> Rows:
        """The reverse of `decode`."""


class OutOfTime(Exception):
    """Raised when a question could not be answered before its deadline."""


class Deadline:
    """Seconds of processor time that a computation may take; None: as long as it needs."""

    def __init__(self, seconds: float | None) -> None:
        self.end = None if seconds is None else time.process_time() + seconds

    def left(self) -> float:
        return float("inf") if self.end is None else self.end - time.process_time()

    def passed(self) -> bool:
        return self.left() <= 0


def trace(layers: Layers, rows: Rows) -> NDArray[np.int32]:
    """One package for each coded value, as option indices in issue order; shape (n, issues).

    Among packages of equal value the one that takes the first option in the stage settled last (and so on back).
    """
    plan = layers.plan
    if len(rows) <= _FEW:
        one_by_one = [_trace_one(layers, value) for value in layers.decode(rows)]
        return np.array(one_by_one, dtype=np.int32).reshape(len(rows), len(plan.stages))
    packages = np.zeros((len(rows), len(plan.stages)), dtype=np.int32)
    contexts = np.zeros(len(rows), dtype=np.int64)
    rows = rows.copy()
    for k in range(len(plan.stages) - 1, -1, -1):
        stage, found = plan.stages[k], np.zeros(len(rows), dtype=bool)
        next_rows, next_contexts = rows.copy(), contexts.copy()
        for t in stage.transitions:
            left = np.flatnonzero(~found & (contexts == t.target))
            if not len(left):
                continue
            before = layers.minus(rows[left], t.gain)
            there = layers.holds(k - 1, t.source, before)
            hit = left[there]
            packages[hit, stage.issue] = t.option
            next_rows[hit], next_contexts[hit], found[hit] = before[there], t.source, True
        if not found.all():
            raise AssertionError(_LOST)
        rows, contexts = next_rows, next_contexts
    return packages


def _trace_one(layers: Layers, value: Values) -> list[int]:
    """As `trace`, for one value: the same package."""
    plan, context = layers.plan, 0
    package = [0] * len(plan.stages)
    for k in range(len(plan.stages) - 1, -1, -1):
        for t in plan.stages[k].transitions:
            if t.target == context:
                before = tuple(a - b for a, b in zip(value, t.gain, strict=True))
                if min(before) >= 0 and layers.has(k - 1, t.source, before):
                    package[plan.stages[k].issue] = t.option
                    value, context = before, t.source
                    break
        else:
            raise AssertionError(_LOST)
    return package


_FEW = 8
_LOST = "a value on the frontier has no package: please report this model"


_At = tuple[int, int, Values]
"""Which value is asked about, the context and the partial value reached on the way back."""


def packages_at(layers: Layers, values: list[Values], limit: int) -> list[tuple[int, list[tuple[int, ...]]]]:
    """For each of these values (counted from `Plan.base`) how many packages have exactly it, and the first `limit`.

    The values have to lie on the frontier; all are followed in one way back. Packages come as option indices, in
    lexicographic order of stages: the first is that of `trace`.
    """
    plan = layers.plan
    ways: dict[_At, int] = {(which, 0, value): 1 for which, value in enumerate(values)}
    steps: list[dict[_At, list[tuple[int, _At]]]] = []
    for k in range(len(plan.stages) - 1, -1, -1):
        back = _one_back(layers, k, list(ways))
        earlier: dict[_At, int] = {}
        for at, moves in back.items():
            for _, before in moves:
                earlier[before] = earlier.get(before, 0) + ways[at]
        steps.append(back)
        ways = earlier
    counts = [0] * len(values)
    for (which, _, _), count in ways.items():
        counts[which] += count
    order = [stage.issue for stage in reversed(plan.stages)]
    return [
        (count, _listed(steps, order, (which, 0, value), limit))
        for which, (count, value) in enumerate(zip(counts, values, strict=True))
    ]


def _one_back(layers: Layers, k: int, states: list[_At]) -> dict[_At, list[tuple[int, _At]]]:
    """For each state after stage k the options that lead there, with the states before."""
    into: dict[int, list[tuple[int, int, Values]]] = {}
    for t in layers.plan.stages[k].transitions:
        into.setdefault(t.target, []).append((t.option, t.source, t.gain))
    asked: dict[int, list[tuple[_At, int, Values]]] = {}
    for state in states:
        for option, source, gain in into.get(state[1], ()):
            before = tuple(a - b for a, b in zip(state[2], gain, strict=True))
            if min(before) >= 0:
                asked.setdefault(source, []).append((state, option, before))
    back: dict[_At, list[tuple[int, _At]]] = {}
    for source, wanted in sorted(asked.items()):
        there = layers.holds(k - 1, source, layers.encode([before for _, _, before in wanted]))
        for (state, option, before), holds in zip(wanted, there.tolist(), strict=True):
            if holds:
                back.setdefault(state, []).append((option, (state[0], source, before)))
    return back


def _listed(
    steps: list[dict[_At, list[tuple[int, _At]]]], order: list[int], start: _At, limit: int
) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []

    def follow(depth: int, state: _At, settled: tuple[tuple[int, int], ...]) -> None:
        if len(found) >= limit:
            return
        if depth == len(steps):
            found.append(tuple(option for _, option in sorted(settled)))
            return
        for option, before in steps[depth].get(state, ()):
            follow(depth + 1, before, (*settled, (order[depth], option)))

    follow(0, start, ())
    return found
