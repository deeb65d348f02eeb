"""Floors and ceilings: numbers below or above which somebody will not go."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.ledger.evidence import Take
from comity.ledger.figures import Figure
from comity.ledger.verdicts import disapproves, shuts_out
from comity.words import Act

_BEFORE = 28
"""Characters before and after a number in which its bound is worded."""
_FLOOR = r"at least|(?:no|not|nothing|never) (?:less|fewer|lower|below|under)(?: than)?|minimum(?: \w+)? of|minimum"
_CEILING = (
    r"at (?:the )?most|(?:no|not|nothing|never) (?:more|higher|above|over|beyond)(?: than)?|maximum(?: \w+)? of|maximum"
    r"|up to|ceiling(?: of)?|not (?:to )?exceed(?:ing)?"
)
_MORE = re.compile(r"\b(?:above|over|more than|exceeding|beyond|higher than)\s+(?:the\s+)?$")
_LESS = re.compile(r"\b(?:below|under|less than|fewer than|short of|lower than)\s+(?:the\s+)?$")
_FLOOR_THEN = re.compile(rf"\b(?:{_FLOOR})\s+(?:the\s+|some\s+|about\s+)?$")
_CEILING_THEN = re.compile(rf"\b(?:{_CEILING})\s+(?:the\s+|some\s+|about\s+)?$")
_THEN_FLOOR = re.compile(r"^[^.;]{0,24}?\b(?:as a (?:floor|minimum)|or more|at (?:the (?:very )?)?least)\b")
_THEN_CEILING = re.compile(
    r"^[^.;]{0,24}?\b(?:as (?:a|the) (?:ceiling|limit|maximum|cap)|or (?:less|fewer)|at (?:the )?most)\b"
)
_AGAINST_ANY = re.compile(r"\b(?:against|no|not|never|nothing|anything|any)\b")
_WORDED = re.compile(
    r"\banything (?P<at>below|under|less than|short of|above|over|beyond|more than)\b|\bat (?:the )?most\b"
    r"|\b(?:is|was|as) (?:a|the|its|their|his|her) (?:ceiling|limit|maximum|cap|(?P<floor>floor|minimum))\b"
)


@dataclass(frozen=True)
class Bound:
    """A number that is a floor, or else a ceiling; no number if it is worded without figures ("half at most")."""

    floor: bool
    figure: Figure | None

    @property
    def at(self) -> float:
        """Where it lies. A reader may have taken "under 12" for a range from nought."""
        if self.figure is None:
            return 0.0
        return (self.figure.low if self.floor else self.figure.high) or self.figure.high

    def excludes(self, figure: Figure) -> bool:
        """True if a number in the same unit lies beyond the bound."""
        if self.figure is None or not self.figure.same_unit(figure):
            return False
        return figure.high < self.at if self.floor else (figure.low or figure.high) > self.at


def bounds(take: Take) -> tuple[Bound, ...]:
    """The floors and ceilings that a statement sets, by words around its numbers ("no more than", "as a floor"). A
    number that it refuses to go above is a ceiling, one that it refuses to go below a floor.

    >>> from datetime import date
    >>> from comity.ledger.evidence import takes_of
    >>> from comity.ledger.names import Names
    >>> from comity.words import Agenda, Document, Mode, Statement
    >>> def of(quote, act):
    ...     passage = Document("d", quote).passage(0, len(quote))
    ...     rows = takes_of([Statement("d#1", passage, Mode.INDIRECT, "X", act)], Names(Agenda("", (), (), ())), {}, {})
    ...     return [(bound.floor, bound.figure and bound.figure.high) for bound in bounds(rows[0])]
    >>> of("would veto anything above 4,500", Act.REJECT), of("the port needs at least 12", Act.ASSERT)
    ([(False, 4500.0)], [(True, 12.0)])
    >>> of("the town can pay for half of it at most", Act.ASSERT), of("asks for 12", Act.DEMAND)
    ([(False, None)], [])
    """
    quote = take.quote.casefold()
    turned_down = take.sign < 0 or disapproves(quote) or shuts_out(quote) or _AGAINST_ANY.search(quote) is not None
    found = []
    for figure in take.figures:
        before, after = quote[max(0, figure.at - _BEFORE) : figure.at], quote[figure.at :].lstrip("0123456789,.")
        if _FLOOR_THEN.search(before) or _THEN_FLOOR.search(after) or (turned_down and _LESS.search(before)):
            found.append(Bound(True, figure))
        elif _CEILING_THEN.search(before) or _THEN_CEILING.search(after) or (turned_down and _MORE.search(before)):
            found.append(Bound(False, figure))
    worded = None if take.figures else _WORDED.search(quote)
    if worded and take.act is not Act.DECLINE_TO_SAY:
        low = worded["at"] in ("below", "under", "less than", "short of") or worded["floor"] is not None
        found.append(Bound(low, None))
    return tuple(found)


def one_way(one: Take, other: Take) -> bool:
    """True if both set a floor, or both a ceiling: limits that point the same way can both be kept."""
    sides = [{bound.floor for bound in bounds(take)} for take in (one, other)]
    return len(sides[0]) == 1 and sides[0] == sides[1]
