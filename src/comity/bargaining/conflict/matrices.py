"""Stability by matrices over the feasible states: any moves, single decision makers and coalitions.

The definitions of Fang, Hipel and Kilgour (1993) and, for coalitions, of Kilgour, Hipel, Fang and Peng (2001) and
Inohara and Hipel (2008), in the matrix form of Xu, Hipel and Kilgour (2009): sets of states are rows of Boolean
matrices. Costs grow with the cube of the number of states.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.conflict.states import Mover, Space

MOST_STATES = 2048
Matrix = NDArray[np.bool_]
Truth = NDArray[np.bool_]


def _then(a: Matrix, b: Matrix) -> Matrix:
    """Where some state lies on the way: the Boolean product."""
    return np.asarray((a.astype(np.float32) @ b.astype(np.float32)) > 0)


class Graph:
    """Moves and rankings over the feasible states, in rising order of their numbers.

    Attributes
    ----------
    states
        Numbers of the feasible states.
    moves, ranks
        One matrix and one ranking a mover.
    """

    def __init__(self, space: Space, movers: list[Mover]) -> None:
        self.states = np.flatnonzero(space.feasible)
        self.moves = [self._arcs(space, mover) for mover in movers]
        self.ranks = [mover.ranks[self.states] for mover in movers]

    def _arcs(self, space: Space, mover: Mover) -> Matrix:
        choice, rest = np.zeros(len(self.states), dtype=np.int64), self.states.copy()
        for issue in mover.issues:
            picked = self.states // space.strides[issue] % space.sizes[issue]
            choice = choice * space.sizes[issue] + picked
            rest -= picked * space.strides[issue]
        arcs = (rest[:, None] == rest[None, :]) & (choice[:, None] != choice[None, :])
        if mover.moves is not None:
            arcs &= mover.moves[choice[:, None], choice[None, :]]
        return np.asarray(arcs)

    def improving(self, i: int) -> Matrix:
        """Moves of one mover that it prefers."""
        return self.moves[i] & (self.ranks[i][None, :] > self.ranks[i][:, None])

    def reach(self, group: tuple[int, ...], *, improving: bool) -> Matrix:
        """What the group reaches by legal sequences: moves of its members, nobody twice in a row.

        With `improving`, every move is an improvement for whoever makes it.
        """
        arcs = [self.improving(j) if improving else self.moves[j] for j in group]
        last = [arc.copy() for arc in arcs]
        if len(group) > 1:
            while True:
                grew = False
                for j, arc in enumerate(arcs):
                    others = np.zeros_like(arc)
                    for k, reached in enumerate(last):
                        if k != j:
                            others |= reached
                    wider = last[j] | _then(others, arc)
                    grew = grew or not np.array_equal(wider, last[j])
                    last[j] = wider
                if not grew:
                    break
        found = np.zeros((len(self.states), len(self.states)), dtype=bool)
        for reached in last:
            found |= reached
        return found

    def better(self, group: tuple[int, ...]) -> Matrix:
        """Pairs of states of which every member of the group prefers the second."""
        found = np.ones((len(self.states), len(self.states)), dtype=bool)
        for i in group:
            found &= self.ranks[i][None, :] > self.ranks[i][:, None]
        return found


def stable(graph: Graph, group: tuple[int, ...], concept: str) -> Truth:
    """The feasible states that are stable for a group (one mover, or a coalition), by "nash", "gmr", "smr" or "seq".

    A coalition improves where it can lead to a state that all its members prefer; a sanction is a state that some
    member does not prefer to where it started.
    """
    improvements = graph.reach(group, improving=False) & graph.better(group)
    if concept == "nash":
        return np.asarray(~improvements.any(axis=1))
    opponents = tuple(j for j in range(len(graph.moves)) if j not in group)
    feared = ~graph.better(group)  # from s: states that do not better s for all members
    if concept == "smr":
        # a sanction holds only if the group cannot get away from it to a state that betters s for all members
        escapes = _then(graph.better(group), graph.reach(group, improving=False).T)
        feared &= ~escapes
    if not opponents:
        sanctioned = np.zeros_like(feared)
    else:
        answers = graph.reach(opponents, improving=concept == "seq")
        sanctioned = _then(feared, answers.T)  # s, t: some answer to t is feared at s
    return np.asarray(~(improvements & ~sanctioned).any(axis=1))
