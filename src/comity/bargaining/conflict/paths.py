"""Status-quo analysis: which path of moves leads from where things stand to a state."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from comity.bargaining.conflict.states import Mover, Space

MOST_VISITED = 20_000


@dataclass(frozen=True)
class Path:
    """Movers (by index) and the states they lead to, in order. `complete` is False if the search was cut short."""

    steps: tuple[tuple[int, int], ...]
    found: bool
    complete: bool


def shortest_paths(
    space: Space, movers: list[Mover], start: int, goals: list[int], *, improving: bool
) -> dict[int, Path]:
    """A shortest legal sequence from `start` to each of `goals`: nobody moves twice in a row.

    With `improving`, every move is an improvement for whoever makes it.

    Ties go to the mover that comes first in the model, then to the lower state number.
    """
    came: dict[tuple[int, int], tuple[int, int]] = {}
    first: dict[int, tuple[int, int]] = {}
    queue = deque([(start, -1)])
    seen = {(start, -1)}
    wanted = set(goals) - {start}
    complete = True
    while queue and wanted - first.keys():
        if len(seen) > MOST_VISITED:
            complete = False
            break
        state, last = queue.popleft()
        for j, mover in enumerate(movers):
            if j == last:
                continue
            for after in steps_from(space, mover, state, improving=improving):
                key = (after, j)
                if key in seen:
                    continue
                seen.add(key)
                came[key] = (state, last)
                first.setdefault(after, key)
                queue.append(key)
    return {goal: _back(goal, start, first, came, complete) for goal in goals}


def steps_from(space: Space, mover: Mover, state: int, *, improving: bool) -> list[int]:
    """The states that a mover can lead to by one move, in rising order."""
    rest = state
    choice = 0
    reached = np.zeros(1, dtype=np.int64)
    for issue in mover.issues:
        picked = state // space.strides[issue] % space.sizes[issue]
        rest -= picked * space.strides[issue]
        choice = choice * space.sizes[issue] + picked
        reached = (reached[:, None] + np.arange(space.sizes[issue]) * space.strides[issue]).reshape(-1)
    reached = reached + rest
    allowed = space.feasible[reached]
    allowed[choice] = False
    if mover.moves is not None:
        allowed &= mover.moves[choice]
    if improving:
        allowed &= mover.ranks[reached] > mover.ranks[state]
    return sorted(reached[allowed].tolist())


def _back(
    goal: int,
    start: int,
    first: dict[int, tuple[int, int]],
    came: dict[tuple[int, int], tuple[int, int]],
    complete: bool,
) -> Path:
    if goal == start:
        return Path((), True, True)
    if goal not in first:
        return Path((), False, complete)
    steps = []
    key = first[goal]
    while key[1] >= 0:
        steps.append((key[1], key[0]))
        key = came[key]
    return Path(tuple(reversed(steps)), True, True)


def reached(space: Space, movers: list[Mover], start: int) -> tuple[list[tuple[int, int, tuple[int, ...]]], bool]:
    """Every state that improvements lead to from `start`, nobody moving twice in a row.

    For each, in the order in which they are reached: the state, the fewest moves, and the movers (by index) that can
    make the last of them. The flag is False if the search was cut short.

    (Status quo analysis: Li, Kilgour, Hipel 2005.)
    """
    found: dict[int, tuple[int, set[int]]] = {start: (0, set())}
    frontier, seen, steps = [(start, -1)], {(start, -1)}, 0
    while frontier:
        steps += 1
        ahead = []
        for state, last in frontier:
            for j, mover in enumerate(movers):
                if j == last:
                    continue
                for after in steps_from(space, mover, state, improving=True):
                    fewest, by = found.setdefault(after, (steps, set()))
                    if fewest == steps:
                        by.add(j)
                    if (after, j) not in seen:
                        seen.add((after, j))
                        ahead.append((after, j))
        if len(seen) > MOST_VISITED:
            break
        frontier = ahead
    listed = [(state, fewest, tuple(sorted(by))) for state, (fewest, by) in found.items()]
    return sorted(listed, key=lambda row: (row[1], row[0])), len(seen) <= MOST_VISITED
