"""Numbers that parties put forward, in time: so that a narrowing gap can be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from comity.ledger.evidence import Take, takes_of
from comity.ledger.names import Names
from comity.ledger.rules import rule
from comity.ledger.wording import content
from comity.words import Act, Document, Gap, GapPoint, Ledger, Quantity

_PUT_FORWARD = frozenset({Act.DEMAND, Act.OFFER, Act.ACCEPT, Act.CONDITION, Act.COMMIT, Act.REJECT})


def gaps(ledger: Ledger, documents: Mapping[str, Document] | None = None) -> tuple[Gap, ...]:
    """Numbers of at least two parties on one issue in one unit, and the distance between them over time.

    Parameters
    ----------
    ledger
        Whose statements are used, superseded ones too.
    documents
        Give the day of publication where no day of saying is known; without them such a number is undated.

    Returns
    -------
    tuple of Gap
        In the agenda's order of issues, then by unit and by what is counted.
    """
    takes = takes_of(ledger.statements, Names(ledger.agenda), documents or {}, {})
    rows: dict[tuple[str, str], list[tuple[Take, Quantity]]] = defaultdict(list)
    for take in takes:
        put_forward = take.supports and take.act in _PUT_FORWARD and take.sign > 0
        if put_forward and take.issue and take.statement.same_utterance_as is None:
            for quantity in take.statement.quantities:
                rows[take.issue, quantity.unit].append((take, quantity))
    found = []
    for issue in ledger.agenda.issues:
        for (where, unit), pairs in sorted(rows.items(), key=lambda item: item[0]):
            if where == issue.id:
                found += [gap for of, same in _by_thing(pairs) if (gap := gap_between(issue.id, unit, of, same))]
    return tuple(found)


def _by_thing(pairs: Iterable[tuple[Take, Quantity]]) -> list[tuple[str, list[tuple[Take, Quantity]]]]:
    """Pairs by what they count. One that does not say joins the others if these all count one thing."""
    by: dict[str, list[tuple[Take, Quantity]]] = defaultdict(list)
    for take, quantity in pairs:
        stems = content(quantity.of)
        by[stems[-1] if stems else ""].append((take, quantity))
    if len(by) == 2 and "" in by:
        joined = sorted((pair for rows in by.values() for pair in rows), key=lambda pair: _order(pair[0]))
        by = defaultdict(list, {"": joined})
    return [(next((q.of for _, q in rows if q.of), ""), rows) for _, rows in sorted(by.items())]


def _order(take: Take) -> tuple[date, str, int]:
    return (take.when, take.document, take.statement.passage.start)


@rule("gap.numbers", "counting")
def gap_between(issue: str, unit: str, of: str, pairs: list[tuple[Take, Quantity]]) -> Gap | None:
    """Two or more parties put forward numbers in one unit for one thing on one issue. The distance between two parties
    is that between the nearest ends of their newest ranges; the gap is the largest such distance, after each new
    number."""
    ordered = sorted(pairs, key=lambda pair: _order(pair[0]))
    newest: dict[str, tuple[float, float]] = {}
    points: list[GapPoint] = []
    widths: list[tuple[date | None, float]] = []
    for take, quantity in ordered:
        if take.holder is None:
            continue
        day = take.when if take.when.year > 1 else None
        points.append(GapPoint(take.holder, day, quantity.low, quantity.high, take.id))
        newest[take.holder] = (quantity.low, quantity.high)
        if len(newest) > 1:
            width = _width(newest.values())
            if not widths or widths[-1][1] != width:
                widths.append((day, width))
    if len(newest) < 2:
        return None
    return Gap(issue, unit, of, tuple(points), _width(newest.values()), tuple(widths), "gap.numbers")


def _width(ranges: Iterable[tuple[float, float]]) -> float:
    """Largest distance between two ranges: from the lowest upper end to the highest lower end, 0 if they all meet."""
    rows = list(ranges)
    return max(0.0, max(low for low, _ in rows) - min(high for _, high in rows))
