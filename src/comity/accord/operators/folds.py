"""CNT, SUM, AVG, MIN, MAX and MED as multisets that values enter and leave. Sums are exact in any order.

A sum of floats is kept as a whole number of the smallest positive float, so that what entered and left again leaves no
trace, and rounded once when it is read.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Callable
from typing import Any

from comity.words import InputError

_SCALE = 1074  # 2 ** -1074 is the smallest positive float


class Fold:
    """A multiset and a figure of it. `value` is asked only while it is not empty."""

    count = 0

    def add(self, value: Any) -> None:
        raise NotImplementedError

    def remove(self, value: Any) -> None:
        raise NotImplementedError

    def value(self) -> Any:
        raise NotImplementedError


class Count(Fold):
    def add(self, value: Any) -> None:
        self.count += 1

    def remove(self, value: Any) -> None:
        self.count -= 1

    def value(self) -> int:
        return self.count


class Sum(Fold):
    """
    >>> fold = Sum()
    >>> for each in (0.1, 0.2, 0.3, 1e300, -1e300):
    ...     fold.add(each)
    >>> fold.value()
    0.6
    """

    def __init__(self) -> None:
        self.whole, self.scaled, self.floats = 0, 0, 0

    def add(self, value: Any) -> None:
        self.count += 1
        if isinstance(value, int):
            self.whole += value
        else:
            self.floats += 1
            self.scaled += _scaled(value)

    def remove(self, value: Any) -> None:
        self.count -= 1
        if isinstance(value, int):
            self.whole -= value
        else:
            self.floats -= 1
            self.scaled -= _scaled(value)

    def ratio(self, parts: int) -> float:
        try:
            return ((self.whole << _SCALE) + self.scaled) / (parts << _SCALE)
        except OverflowError:
            return math.inf if self.scaled > 0 else -math.inf

    def value(self) -> int | float:
        return self.ratio(1) if self.floats else self.whole


class Average(Sum):
    def value(self) -> float:
        return self.ratio(self.count) if self.floats else self.whole / self.count


def _scaled(value: float) -> int:
    if not math.isfinite(value):
        raise InputError(f"{value} cannot be summed", hint="leave infinite values out of the log")
    numerator, denominator = value.as_integer_ratio()
    return (numerator << _SCALE) // denominator


class Sorted(Fold):
    """Keeps values in order, for figures of rank."""

    def __init__(self, figure: Callable[[list[Any]], Any]) -> None:
        self.values: list[Any] = []
        self.figure = figure

    def add(self, value: Any) -> None:
        self.count += 1
        insort(self.values, value)

    def remove(self, value: Any) -> None:
        self.count -= 1
        del self.values[bisect_left(self.values, value)]

    def value(self) -> Any:
        return self.figure(self.values)


def median(values: list[Any]) -> float:
    """The middle of sorted values; of two middles, halfway.

    >>> median([1, 2, 10]), median([1, 2, 4, 10])
    (2.0, 3.0)
    """
    middle = len(values) // 2
    return float(values[middle]) if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


FOLDS: dict[str, Callable[[], Fold]] = {
    "CNT": Count,
    "SUM": Sum,
    "AVG": Average,
    "MED": lambda: Sorted(median),
    "MIN": lambda: Sorted(lambda values: values[0]),
    "MAX": lambda: Sorted(lambda values: values[-1]),
}

_EMPTY: dict[str, dict[str, Any]] = {
    "int": {"CNT": 0, "SUM": 0, "AVG": 0.0, "MED": 0.0, "MIN": 0, "MAX": 0},
    "float": {"CNT": 0, "SUM": 0.0, "AVG": 0.0, "MED": 0.0, "MIN": math.inf, "MAX": -math.inf},
    "string": {"CNT": 0, "MIN": "", "MAX": ""},
}


def of_nothing(op: str, kind: str) -> Any:
    """What an aggregation without groups says of no rows, as MonPoly has it."""
    return _EMPTY[kind].get(op)
