"""Numbers as statements put them: with a unit where the reader found one, bare where the text leaves it out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.ledger.wording import STOP
from comity.words import Statement, fold

_FROM_FOUR = """
four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
"""
_VALUES = {word: float(value) for value, word in enumerate(_FROM_FOUR.split(), 4)}
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_VALUES |= {word: 10.0 * value for value, word in enumerate(_TENS.split(), 3)}
_NUMBER = re.compile(rf"(?<![\w.,/-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(_VALUES)})(?![\w/%-]|[.,]\d)")
_TIMES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_DISMISSED = re.compile(r"(?:\binstead of|\brather than|\bnot|\bfrom|\bnor)\s+(?:the\s+|its\s+)?$")
_NEXT = re.compile(r"\s*([^\W\d_]+)")
_NO_NOUN = STOP | {"instead", "rather", "now", "today", "already", "though", "although"}
_OF_A_DATE = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|article|point|chapter)\s*$"
)
_ALIKE = 3.0
"""A bare number stands for the same quantity as another if neither is more than this many times the other."""


@dataclass(frozen=True)
class Figure:
    """``low <= value <= high`` of `unit`; an empty unit is one that the text leaves out. `at`: where in the passage."""

    low: float
    high: float
    unit: str
    of: str = ""
    at: int = field(default=0, compare=False)

    def same_unit(self, other: Figure) -> bool:
        """True if both count in one unit, as far as the text tells."""
        if self.unit and other.unit:
            return self.unit == other.unit and not (self.of and other.of and self.of != other.of)
        small, large = sorted((max(self.high, 1e-9), max(other.high, 1e-9)))
        return large <= _ALIKE * small

    def apart(self, other: Figure) -> float:
        """Distance between the nearest ends; 0 if they meet."""
        return max(0.0, max(self.low, other.low) - min(self.high, other.high))


def figures(statement: Statement) -> tuple[Figure, ...]:
    """The numbers that a statement puts forward, in order of the text.

    Numbers that it dismisses ("instead of 18", "not 66,000", "from 60,000 to 55,000": the first) are left out. A bare
    number counts if no noun follows it and it is no year and no day of a date.

    >>> from comity.words import Act, Document, Mode
    >>> quote = "It would settle for 14 instead of 12, and has put 42,000 on the table"
    >>> passage = Document("d", quote).passage(0, len(quote))
    >>> [f.high for f in figures(Statement("d#1", passage, Mode.INDIRECT, "X", Act.OFFER))]
    [14.0, 42000.0]
    >>> passage = Document("d", "would pay 40 million").passage(0, 20)
    >>> [f.high for f in figures(Statement("d#1", passage, Mode.INDIRECT, "X", Act.OFFER))]
    [40000000.0]
    """
    start, quote = statement.passage.start, statement.passage.quote
    found: list[tuple[int, Figure]] = []
    taken: list[tuple[int, int]] = []
    for q in statement.quantities:
        at = q.span[0] - start
        taken.append((at, q.span[1] - start))
        if not _DISMISSED.search(quote[max(0, at - 24) : max(0, at)].casefold()):
            found.append((at, Figure(q.low, q.high, q.unit, q.of, at)))
    if any(map(str.isdigit, quote)) or not _VALUES.keys().isdisjoint(fold(quote).split()):
        found += [(at, figure) for at, figure in _bare(quote) if not any(a <= at < b for a, b in taken)]
    return tuple(figure for _, figure in sorted(found, key=lambda row: row[0]))


def _bare(quote: str) -> Iterable[tuple[int, Figure]]:
    lowered = quote.casefold()
    for match in _NUMBER.finditer(lowered):
        value = _VALUES.get(match[0])
        value = value if value is not None else float(match[0].replace(",", ""))
        before, after = lowered[max(0, match.start() - 24) : match.start()], _NEXT.match(lowered, match.end())
        if after and after[1] in _TIMES:
            value, after = value * _TIMES[after[1]], _NEXT.match(lowered, after.end())
        year = "," not in match[0] and 1900 <= value <= 2100
        counted = after is not None and after[1] not in _NO_NOUN
        if not (year or counted or _DISMISSED.search(before) or _OF_A_DATE.search(before)):
            yield match.start(), Figure(value, value, "", at=match.start())


def renumbered(one: Iterable[Figure], other: Iterable[Figure]) -> bool:
    """True if both put a number in one unit and none of these numbers meet."""
    pairs = [(a, b) for a in one for b in other if a.same_unit(b)]
    return bool(pairs) and all(a.apart(b) > 0 for a, b in pairs)
