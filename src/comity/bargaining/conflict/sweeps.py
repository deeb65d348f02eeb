"""Stability in near-linear time, for single decision makers whose moves are transitive.

With transitive moves, a legal sequence of several opponents is any path along their moves (a party that moves twice in
a row could have moved once). What an opponent's group can bring about is then a least value carried along moves until
nothing changes, and each carrying is a running minimum over a party's own choices sorted by its ranking: the cost is
that of sorting, times the few rounds until nothing changes.
"""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.conflict.states import Mover, Space

Values = NDArray[np.int32]
Truth = NDArray[np.bool_]
_FAR = np.int32(2**31 - 1)


class Carrier:
    """Carries values along the moves of one party."""

    def __init__(self, space: Space, mover: Mover, ranks: Values) -> None:
        own = mover.issues
        others = [i for i in range(len(space.sizes)) if i not in own]
        codes = np.arange(space.count).reshape(space.sizes).transpose([*own, *others])
        width = prod(space.sizes[i] for i in own)
        self._states = np.ascontiguousarray(codes).reshape(width, -1)  # own choices × the others' choices
        self._moves = mover.moves
        ranks = ranks[self._states]
        if mover.moves is None:
            order = np.argsort(ranks, axis=0, kind="stable")
            self._states = np.take_along_axis(self._states, order, axis=0)
            ranks = np.take_along_axis(ranks, order, axis=0)
            self._next = _first_above(ranks)
        self._ranks = ranks
        self._feasible = space.feasible[self._states]

    def least(self, values: Values, *, improving: bool) -> Values:
        """For every state the least of `values` over the party's moves from it (improvements only, if asked)."""
        found = np.empty_like(values)
        rows = np.where(self._feasible, values[self._states], _FAR)
        if self._moves is not None:
            found[self._states] = self._listed(rows, improving)
        elif improving:
            running = np.minimum.accumulate(rows[::-1], axis=0)[::-1]
            running = np.concatenate([running, np.full((1, rows.shape[1]), _FAR, dtype=np.int32)])
            found[self._states] = np.take_along_axis(running, self._next, axis=0)
        else:
            # the state itself counts as well: whoever asks takes the least with it anyway
            found[self._states] = rows.min(axis=0)
        return found

    def most(self, values: Values, *, improving: bool) -> Values:
        return -self.least(-values, improving=improving)

    def _listed(self, rows: Values, improving: bool) -> Values:
        """As `least`, move by move: for irreversible moves."""
        assert self._moves is not None
        found = np.full_like(rows, _FAR)
        for before in range(len(rows)):
            for after in np.flatnonzero(self._moves[before]):
                reached = rows[after]
                if improving:
                    reached = np.where(self._ranks[after] > self._ranks[before], reached, _FAR)
                np.minimum(found[before], reached, out=found[before])
        return found


def _narrow(ranks: NDArray[np.int64]) -> Values:
    """The same ranking in 32 bits; only order counts."""
    if int(ranks.max()) < 2**31 - 1:
        return ranks.astype(np.int32)
    return np.unique(ranks, return_inverse=True)[1].astype(np.int32) - np.int32(ranks.min() < 0)


def _first_above(ranks: Values) -> NDArray[np.int64]:
    """For sorted columns, the first row with a larger value (the number of rows if there is none)."""
    height = len(ranks)
    rows = np.full(ranks.shape, height, dtype=np.int64)
    rises = np.where(ranks[1:] > ranks[:-1], np.arange(1, height)[:, None], height)
    rows[:-1] = np.minimum.accumulate(rises[::-1], axis=0)[::-1]
    return rows


def carried(start: Values, carriers: list[Carrier], *, improving: bool) -> Values:
    """The least of `start` over all states that these parties can lead to, the state itself included."""
    values = start.copy()
    if not carriers:
        return values
    quiet = 0
    while True:
        for carrier in carriers:
            lower = np.minimum(values, carrier.least(values, improving=improving))
            quiet = quiet + 1 if np.array_equal(lower, values) else 0
            values = lower
            if quiet >= len(carriers):
                return values


def stabilities(space: Space, movers: list[Mover], concepts: tuple[str, ...]) -> dict[str, list[Truth]]:
    """For every concept ("nash", "gmr", "smr", "seq") and mover, the states that are stable (feasible ones only).

    A state is stable for a party if every improvement it could move to may end, by some moves of the others, where the
    party is no better off: by any moves of theirs (GMR), by moves after which it cannot move back above (SMR), by moves
    that are improvements for whoever makes them (SEQ). Nash: it has no improvement.
    """
    narrow = [_narrow(mover.ranks) for mover in movers]
    carriers = [Carrier(space, mover, ranks) for mover, ranks in zip(movers, narrow, strict=True)]
    found: dict[str, list[Truth]] = {concept: [] for concept in concepts}
    for i, ranks in enumerate(narrow):
        own = carriers[i]
        opponents = [carrier for j, carrier in enumerate(carriers) if j != i]
        improves = own.most(ranks, improving=True) > ranks
        for concept in concepts:
            if concept == "nash":
                stable = ~improves
            else:
                start = np.maximum(ranks, own.most(ranks, improving=False)) if concept == "smr" else ranks
                feared = carried(start, opponents, improving=concept == "seq")
                stable = own.most(feared, improving=True) <= ranks
            found[concept].append(stable & space.feasible)
    return found
