"""In which order to settle the issues, and what has to be remembered on the way.

Elimination over the issue graph: issues are settled one by one. What must be remembered between two of them is only
which meets (bans, joint worths) that have begun are still possible, so a context is that set, as a bit mask. Issues
that no meet ties together leave a single context; a chain of pairwise dependencies leaves as many as one issue has
options. (Bertelè and Brioschi 1972 for elimination in dynamic programming; the contexts here are the classes of
their partial packages that have the same future.)
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from operator import add, sub
from typing import NamedTuple

from comity.bargaining.pareto.problem import Problem

MOST_CONTEXTS = 20_000


Values = tuple[int, ...]
"""One integer a party."""


class Transition(NamedTuple):
    """Settling the stage's issue with `option` leads from context `source` to `target`.

    `gain` is added to the partial value of every party. Partial values count from the least one that leads into
    their context, so gains are zero or more.
    """

    source: int
    option: int
    target: int
    gain: Values


@dataclass(frozen=True)
class Stage:
    """One issue, its transitions, and the largest partial value of each party in each context that comes out."""

    issue: int
    transitions: tuple[Transition, ...]
    tops: tuple[Values, ...]


@dataclass(frozen=True)
class Plan:
    """Stages in order. The value of a package is `base` plus its gains.

    The last stage leaves one context; where nothing is allowed, some stage leaves none and `feasible` is False.
    """

    stages: tuple[Stage, ...]
    base: Values
    feasible: bool


class TooWide(Exception):
    """Raised when more contexts than `MOST_CONTEXTS` would have to be kept."""


def order_issues(problem: Problem) -> list[int]:
    """Issues in an order that keeps few meets open at a time.

    Greedy from several starts: next is the issue that leaves the fewest open, then the one with most open neighbours,
    then the one with the smaller spread of worths (small partial frontiers first), then the model's order. The cheapest
    order found wins, by the number of partial packages that the open issues can form.
    """
    count = len(problem.sizes)
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for happening in (*problem.banned, *(m for m, _ in problem.joint)):
        scope = [issue for issue, _ in happening.literals]
        for issue in scope:
            neighbours[issue].update(other for other in scope if other != issue)
    spread = [
        sum(max(column) - min(column) for column in zip(*problem.worths[issue], strict=True)) for issue in range(count)
    ]
    tied = sorted((issue for issue in range(count) if neighbours[issue]), key=lambda i: (len(neighbours[i]), i))
    starts: list[int | None] = list(tied[:_MOST_STARTS]) or [None]
    orders = [_greedy(start, neighbours, spread, problem.sizes) for start in starts]
    return min(orders, key=lambda pair: pair[0])[1]


_MOST_STARTS = 40


def _greedy(
    start: int | None, neighbours: list[set[int]], spread: list[int], sizes: tuple[int, ...]
) -> tuple[int, list[int]]:
    order: list[int] = []
    left = set(range(len(sizes)))
    open_issues: set[int] = set()
    total = 0
    while left:
        near = {issue for held in open_issues for issue in neighbours[held] if issue in left} or left
        cost = {}
        for issue in near:
            after = left - {issue}
            still_open = sum(1 for held in open_issues | {issue} if neighbours[held] & after)
            cost[issue] = (still_open, -len(neighbours[issue] & open_issues), spread[issue], issue)
        chosen = start if not order and start is not None else min(near, key=cost.__getitem__)
        order.append(chosen)
        left.discard(chosen)
        total += prod(sizes[held] for held in open_issues | {chosen})
        open_issues = {held for held in open_issues | {chosen} if neighbours[held] & left}
    return total, order


def make_plan(problem: Problem) -> Plan:
    """The order of issues with every transition between contexts.

    Raises
    ------
    TooWide
        The dependencies tie too many issues together.
    """
    if not problem.banned and not problem.joint:
        return _apart(problem)
    order = order_issues(problem)
    place = {issue: k for k, issue in enumerate(order)}
    meets = [*((m, None) for m in problem.banned), *problem.joint]
    begins = [min(place[issue] for issue, _ in m.literals) for m, _ in meets]
    ends = [max(place[issue] for issue, _ in m.literals) for m, _ in meets]
    raw: list[_Raw] = []
    contexts = {0: 0}
    zero = (0,) * len(problem.parties)
    for k, issue in enumerate(order):
        fresh = sum(1 << f for f, begin in enumerate(begins) if begin == k)
        ending = [f for f, end in enumerate(ends) if end == k]
        remembered = sum(1 << f for f in range(len(meets)) if begins[f] <= k < ends[f])
        dies = [0] * problem.sizes[issue]
        for f, (happening, _) in enumerate(meets):
            mask = dict(happening.literals).get(issue)
            if mask is not None:
                for option in range(problem.sizes[issue]):
                    if not mask >> option & 1:
                        dies[option] |= 1 << f
        found: dict[int, int] = {}
        transitions = []
        for context, source in contexts.items():
            for option in range(problem.sizes[issue]):
                alive = (context | fresh) & ~dies[option]
                gain = problem.worths[issue][option]
                banned = False
                for f in ending:
                    if alive >> f & 1:
                        worth = meets[f][1]
                        if worth is None:
                            banned = True
                            break
                        gain = tuple(a + b for a, b in zip(gain, worth, strict=True))
                if not banned:
                    target = found.setdefault(alive & remembered, len(found))
                    transitions.append(Transition(source, option, target, gain))
        if len(found) > MOST_CONTEXTS:
            raise TooWide(f"{len(found)} contexts after {k + 1} issues")
        raw.append((issue, transitions, len(found)))
        contexts = found
        if not contexts:
            break
    return _normalised(raw, zero)


def _apart(problem: Problem) -> Plan:
    """The plan where no meet ties issues together: one context, issues with the smaller spread of worths first."""
    lows = [tuple(map(min, *rows)) if len(rows) > 1 else rows[0] for rows in problem.worths]
    highs = [tuple(map(max, *rows)) if len(rows) > 1 else rows[0] for rows in problem.worths]
    spread = [sum(high) - sum(low) for low, high in zip(lows, highs, strict=True)]
    stages = []
    top = base = (0,) * len(problem.parties)
    for issue in sorted(range(len(problem.sizes)), key=lambda i: (spread[i], i)):
        low = lows[issue]
        moves = [Transition(0, o, 0, tuple(map(sub, worth, low))) for o, worth in enumerate(problem.worths[issue])]
        top, base = tuple(map(add, top, map(sub, highs[issue], low))), tuple(map(add, base, low))
        stages.append(Stage(issue, tuple(moves), (top,)))
    return Plan(tuple(stages), base, True)


_Raw = tuple[int, list[Transition], int]


def _plus(a: Values, b: Values) -> Values:
    return tuple(map(add, a, b))


def _minus(a: Values, b: Values) -> Values:
    return tuple(map(sub, a, b))


def _normalised(raw: list[_Raw], zero: Values) -> Plan:
    """Partial values counted from the least one of their context, so that gains are zero or more."""
    stages = []
    lows, highs = {0: zero}, {0: zero}
    for issue, transitions, contexts in raw:
        low: dict[int, Values] = {}
        high: dict[int, Values] = {}
        for t in transitions:
            down, up = _plus(lows[t.source], t.gain), _plus(highs[t.source], t.gain)
            low[t.target] = tuple(map(min, low.get(t.target, down), down))
            high[t.target] = tuple(map(max, high.get(t.target, up), up))
        moved = tuple(
            Transition(t.source, t.option, t.target, _minus(_plus(lows[t.source], t.gain), low[t.target]))
            for t in transitions
        )
        lows, highs = low, high
        stages.append(Stage(issue, moved, tuple(_minus(high[c], low[c]) for c in range(contexts))))
    return Plan(tuple(stages), lows.get(0, zero), bool(lows))
