"""Tensions between numbers that no longer stand: what parties began with, and what a correction takes back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from comity.ledger.cells import Cell
from comity.ledger.evidence import Take
from comity.ledger.figures import renumbered
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, tension
from comity.words import Act, Quantity, Tension, TensionKind

_MOVES = (Act.OFFER, Act.ACCEPT, Act.COMMIT, Act.CONDITION)
_DENIES = re.compile(r"\b(?:not|rather than|instead of)\s+(?:the\s+)?$")


@rule("tension.numbers_at_first", "tension")
def apart_at_first(found: Findings) -> Iterator[Tension]:
    """The numbers that two parties first put forward on an issue did not meet, and at least one of them has moved
    since: where the gap began, beside where it stands now (see tension.numbers_apart)."""
    by_issue: dict[str, list[Cell]] = defaultdict(list)
    for (_, issue), cell in found.table.items():
        by_issue[issue].append(cell)
    for issue, cells in by_issue.items():
        sides = [side for cell in cells if (side := _firsts_and_last(cell))]
        for number, (one, one_now) in enumerate(sides):
            for other, other_now in sides[number + 1 :]:
                moved = renumbered(one[0].figures, one_now.figures) or renumbered(other[0].figures, other_now.figures)
                if moved and renumbered(one[0].figures, other[0].figures):
                    result = tension(
                        found.evidence, TensionKind.POSITION, one, other, "tension.numbers_at_first", issue
                    )
                    if result:
                        yield result


def _firsts_and_last(cell: Cell) -> tuple[list[Take], Take] | None:
    """Statements with the number that a party began with, and the newest that puts one forward."""
    rows = sorted(
        (t for t in (*cell.stances, *cell.past) if t.figures and t.sign > 0), key=lambda t: (t.when, t.document, t.id)
    )
    if not rows:
        return None
    return [t for t in rows if not renumbered(t.figures, rows[0].figures)], rows[-1]


@rule("tension.number_corrected", "tension")
def corrected(found: Findings) -> Iterator[Tension]:
    """A statement says "this number, not that one", and other reports of the days around gave that one. A party that
    settles for one number instead of another moves; it corrects nobody."""
    for issue, takes in found.evidence.by_issue.items():
        for take in takes:
            denied, told = _denied(take)
            if not denied or not told or (take.supports and take.act in _MOVES):
                continue
            near = [t for t in takes if t.document != take.document and abs(t.when - take.when) <= CURRENT]
            wrong = [t for t in near if _gives(t, denied)]
            right = [t for t in near if _gives(t, told) and not _gives(t, denied)]
            if result := tension(
                found.evidence, TensionKind.SOURCE, wrong, [take, *right[:2]], "tension.number_corrected", issue
            ):
                yield result


def _denied(take: Take) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities that a quote denies, and those of the same unit that it gives instead."""
    if not take.statement.quantities:
        return [], []
    start, quote = take.statement.passage.start, take.quote.casefold()
    denied = [q for q in take.statement.quantities if _DENIES.search(quote[: max(0, q.span[0] - start)])]
    units = {q.unit for q in denied}
    return denied, [q for q in take.statement.quantities if q not in denied and q.unit in units]


def _gives(take: Take, quantities: list[Quantity]) -> bool:
    own = [q for q in take.statement.quantities if q not in _denied(take)[0]]
    return any(a.unit == b.unit and a.low == b.low and a.high == b.high for a in own for b in quantities)
