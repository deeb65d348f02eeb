"""All minimal sets of constraints that cannot hold together, and all minimal sets to give up so that the rest can.

MARCO (Liffiton, Previti, Malik, Marques-Silva 2016): a map of the subsets not yet known to be possible or impossible
is walked from its largest members; each either grows to a maximal possible set, whose complement is a minimal set to
give up, or shrinks to a minimal impossible one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from comity.bargaining.blocks.satisfy import satisfy
from comity.bargaining.meets import Meet
from comity.bargaining.pareto.layers import Deadline, OutOfTime

Possible = Callable[[frozenset[int]], bool]


@dataclass(frozen=True)
class Minimal:
    """Minimal impossible sets, minimal sets to give up, and whether these are all of them."""

    impossible: tuple[frozenset[int], ...]
    give_up: tuple[frozenset[int], ...]
    complete: bool


def minimal_sets(count: int, possible: Possible, *, most: int = 2000, deadline: Deadline | None = None) -> Minimal:
    """Minimal impossible subsets of ``range(count)`` and minimal complements of possible ones.

    Parameters
    ----------
    possible
        Whether a subset can hold; a subset of a possible set has to be possible, the empty set too. May raise
        `OutOfTime`: what was found before then comes back.
    most, deadline
        Where to stop; `Minimal.complete` is then False.
    """
    impossible: list[frozenset[int]] = []
    give_up: list[frozenset[int]] = []
    try:
        complete = _walk(count, possible, impossible, give_up, most, deadline)
    except OutOfTime:
        complete = False
    if give_up == [frozenset()]:
        return Minimal((), (frozenset(),), True)
    return Minimal(_sorted(impossible), _sorted(give_up), complete)


def _walk(
    count: int,
    possible: Possible,
    impossible: list[frozenset[int]],
    give_up: list[frozenset[int]],
    most: int,
    deadline: Deadline | None,
) -> bool:
    """Fill the two lists; True if they hold all."""
    everything = frozenset(range(count))
    known: list[Meet] = []
    while True:
        if len(impossible) + len(give_up) >= most or (deadline is not None and deadline.passed()):
            return False
        seed = satisfy((2,) * count, known, last_first=True)
        if seed is None:
            return True
        chosen = frozenset(i for i, inside in enumerate(seed) if inside)
        if possible(chosen):
            for i in sorted(everything - chosen):
                if possible(chosen | {i}):
                    chosen |= {i}
            rest = everything - chosen
            give_up.append(rest)
            known.append(Meet(tuple((i, 0b01) for i in sorted(rest))))
            if not rest:
                return True
        else:
            for i in sorted(chosen, reverse=True):
                if not possible(chosen - {i}):
                    chosen -= {i}
            impossible.append(chosen)
            known.append(Meet(tuple((i, 0b10) for i in sorted(chosen))))


def _sorted(sets: list[frozenset[int]]) -> tuple[frozenset[int], ...]:
    return tuple(sorted(sets, key=lambda s: (len(s), sorted(s))))


def components(sizes: tuple[int, ...], groups: list[tuple[Meet, ...]], always: tuple[Meet, ...]) -> list[list[int]]:
    """Groups of meets (by index) that hang together through shared issues, `always` binding them."""
    root = list(range(len(sizes)))

    def find(issue: int) -> int:
        while root[issue] != issue:
            root[issue] = root[root[issue]]
            issue = root[issue]
        return issue

    for meet in (*always, *(m for group in groups for m in group)):
        first = meet.literals[0][0]
        for issue, _ in meet.literals:
            root[find(issue)] = find(first)
    for group in groups:  # the meets of one constraint stand and fall together
        for meet in group:
            root[find(meet.literals[0][0])] = find(group[0].literals[0][0])
    found: dict[int, list[int]] = {}
    for g, group in enumerate(groups):
        found.setdefault(find(group[0].literals[0][0]), []).append(g)
    return sorted(found.values())
