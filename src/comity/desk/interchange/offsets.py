"""Offsets at the edges: Unicode code points inside; UTF-16 code units (Java, JavaScript) and UTF-8 bytes outside."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum
from itertools import accumulate

from comity.words import InputError, Span


class Unit(StrEnum):
    """What offsets count."""

    CODE_POINTS = "code points"
    UTF_16 = "utf-16"
    BYTES = "bytes"


class Offsets:
    """Offsets of one text, both ways. Built once, each question takes a binary search at most.

    >>> text = "Kyïv 🕊 now"
    >>> at = Offsets(text, Unit.UTF_16)
    >>> at.outside((7, 10)), at.inside((8, 11))
    ((8, 11), (7, 10))
    >>> Offsets(text, Unit.BYTES).outside((5, 6))
    (6, 10)
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self.unit = unit
        self.length = len(text)
        self._starts: list[int] | None = None  # None: one unit a code point
        if unit is Unit.UTF_16 and any(c > "\uffff" for c in text):
            self._starts = list(accumulate((2 if c > "\uffff" else 1 for c in text), initial=0))
        elif unit is Unit.BYTES and not text.isascii():
            self._starts = list(accumulate((_width(c) for c in text), initial=0))

    def outside(self, span: Span) -> Span:
        """A span in code points, in this unit. Raises InputError if it lies outside the text."""
        start, end = span
        if not 0 <= start <= end <= self.length:
            raise InputError(f"[{start}, {end}) lies outside a text of {self.length} characters")
        return (start, end) if self._starts is None else (self._starts[start], self._starts[end])

    def inside(self, span: Span) -> Span:
        """A span in this unit, in code points. Raises InputError if it lies outside the text or splits a character."""
        start, end = span
        whole = self.length if self._starts is None else self._starts[-1]
        if not 0 <= start <= end <= whole:
            raise InputError(f"[{start}, {end}) lies outside a text of {whole} ({self.unit.value})")
        return (self._point(start), self._point(end))

    def _point(self, offset: int) -> int:
        if self._starts is None:
            return offset
        point = bisect_left(self._starts, offset)
        if self._starts[point] != offset:
            raise InputError(f"offset {offset} ({self.unit.value}) splits a character", hint="check what offsets count")
        return point


def _width(character: str) -> int:
    point = ord(character)
    return 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4
