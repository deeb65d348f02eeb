"""What a monitor remembers is bounded by its windows, whatever the length of the log."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from comity.accord import Monitor, TimePoint, parse_formula, parse_signature, unbounded

SIGNATURE = parse_signature("P(int) Q(int) R(int,int)")


def size(thing: Any, seen: set[int]) -> int:
    """How many entries the containers within reach hold."""
    if id(thing) in seen or isinstance(thing, str | int | float | type):
        return 0
    seen.add(id(thing))
    if isinstance(thing, dict):
        return len(thing) + sum(size(part, seen) for pair in thing.items() for part in pair)
    if isinstance(thing, deque | list | tuple | set | frozenset):
        return len(thing) + sum(size(part, seen) for part in thing)
    return size(vars(thing), seen) if type(thing).__module__.startswith("comity.") else 0


@pytest.mark.parametrize(
    "text",
    [
        "P(x) AND ONCE[0,50] Q(x)",
        "(NOT Q(x)) SINCE[0,50] P(x)",
        "(NOT Q(x)) SINCE[10,50] P(x)",
        "(NOT Q(y)) SINCE[10,50] R(x,y)",
        "R(x,y) SINCE[5,50] R(x,y)",
        "(NOT Q(x)) UNTIL[5,50] P(x)",
        "P(x) AND NOT EVENTUALLY[0,50] Q(x)",
        "P(x) AND NOT (NEXT PREVIOUS[0,5] Q(x))",
        "P(y) AND (n <- CNT x; y ONCE[0,50] R(x,y)) AND 2 < n",
        "P(y) AND (n <- MED x (ONCE[0,50] R(x,y))) AND 2 < n",
        "P(x) AND (ONCE[0,50] R(x,y)) AND (ONCE[0,20] Q(y))",
        "LET D(x) = EVENTUALLY[0,9] P(x) IN ONCE[0,30] D(x)",
    ],
)
def test_memory_stays_within_the_window(text: str) -> None:
    monitor = Monitor(parse_formula(text), SIGNATURE)
    assert not unbounded(parse_formula(text))
    sizes = list[int]()
    for k in range(2_000):  # every binding is new
        monitor.step(TimePoint(k, k, {"P": {(k,)}, "Q": {(k - 7,)}, "R": {(k, k - 3), (k, k)}}))
        if k % 100 == 99 and k > 300:
            sizes.append(size(vars(monitor), set()))
    half = len(sizes) // 2
    assert max(sizes[half:]) <= 1.05 * max(sizes[:half]) + 20, sizes


def test_what_a_window_does_not_bound_is_told_and_grows() -> None:
    formula = parse_formula("P(x) AND NOT ONCE Q(x)")
    assert len(unbounded(formula)) == 1
    monitor = Monitor(formula, SIGNATURE)
    sizes = list[int]()
    for k in range(400):
        monitor.step(TimePoint(k, k, {"P": {(k,)}, "Q": {(k + 1,)}}))
        sizes.append(size(vars(monitor), set()))
    assert sizes[-1] > 3 * sizes[100]
