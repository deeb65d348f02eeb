"""Simultaneous stability: an improvement may be undone by improvements that others make at the same time."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.conflict.matrices import Graph
from comity.bargaining.conflict.states import Mover, Space
from comity.words import InputError

MOST_STATES = 2048
_MOST_TOGETHER = 200_000


def simultaneous(space: Space, movers: list[Mover], graph: Graph, i: int) -> NDArray[np.bool_]:
    """The feasible states at which every improvement of mover `i` may end where it is no better off, because some
    others move to improvements of theirs from the same state at the same time.

    The joint result takes each mover's issues from its own move; it counts only where it is feasible. With two parties
    this is Fraser and Hipel's stability by simultaneous sanction (1984); with more, any group of opponents may move.
    """
    stable = np.ones(len(graph.states), dtype=bool)
    ranks = np.full(space.count, -1, dtype=np.int64)
    ranks[graph.states] = graph.ranks[i]
    improving = [graph.improving(j) for j in range(len(movers))]
    for at, state in enumerate(graph.states):
        own = graph.states[improving[i][at]] - state
        if not len(own):
            continue
        # shifts of the state's number by what others do; issues are disjoint, so shifts add up
        others = [np.concatenate([[0], graph.states[improving[j][at]] - state]) for j in range(len(movers)) if j != i]
        count = int(np.prod([float(len(shifts)) for shifts in others]))
        if count * len(own) > _MOST_TOGETHER:
            raise InputError(f"{count} simultaneous moves from one state", hint="leave out simultaneous stability")
        joint = np.array([sum(shifts) for shifts in product(*others)][1:], dtype=np.int64)
        if not len(joint):
            stable[at] = False
            continue
        reached = state + own[:, None] + joint[None, :]
        feared = space.feasible[reached] & (ranks[reached] <= ranks[state])
        stable[at] = bool(feared.any(axis=1).all())
    return stable
