"""Numbers that parties put forward, in time: so that a narrowing gap can be seen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from comity.ledger.evidence import Take, takes_of
from comity.ledger.figures import Figure
from comity.ledger.names import Names
from comity.ledger.rulebook import rule
from comity.ledger.wording import content
from comity.words import Act, Document, Gap, GapPoint, Ledger

Pair = tuple[Take, Figure]
_PUT_FORWARD = frozenset({Act.DEMAND, Act.OFFER, Act.ACCEPT, Act.CONDITION, Act.COMMIT})
_REASON = re.compile(r"\b(?:because|given that|on the grounds? that|arguing that)\b")


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
    names = Names(ledger.agenda)
    takes = takes_of(ledger.statements, names, documents or {}, {})
    rows: dict[str, list[Pair]] = defaultdict(list)
    for take in takes:
        put_forward = take.supports and take.act in _PUT_FORWARD and take.sign > 0
        if put_forward and take.issue and take.statement.same_utterance_as is None:
            rows[take.issue] += [(take, figure) for figure in _its_own(take, names)]
    return tuple(
        gap
        for issue in ledger.agenda.issues
        for unit, of, same in _by_thing(rows[issue.id])
        if (gap := gap_between(issue.id, unit, of, same))
    )


def _its_own(take: Take, names: Names) -> tuple[Figure, ...]:
    """The numbers that a statement's holder puts forward: none that stands in a reason, and of several in one unit none
    that is told of another party ("the one wants 16 months and the other 14")."""
    quote = take.statement.passage.quote
    reason = _REASON.search(quote.casefold())
    put = tuple(f for f in take.figures if reason is None or f.at < reason.start())
    if len(put) < 2:
        return put
    named = sorted((start, party) for party, places in names.parties_in(quote).items() for start, _, _ in places)
    before = {f.at: next((party for start, party in reversed(named) if start < f.at), take.holder) for f in put}
    mine = [f for f in put if before[f.at] == take.holder]
    return tuple(f for f in put if f in mine or not any(f.same_unit(own) for own in mine))


def _by_thing(pairs: list[Pair]) -> Iterator[tuple[str, str, list[Pair]]]:
    """Pairs by unit and what they count. One that leaves either out joins the one group that it can belong to."""
    by: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for take, figure in pairs:
        stems = content(figure.of)
        by[figure.unit, stems[-1] if stems else ""].append((take, figure))
    for key in [k for k in sorted(by) if not k[0] or not k[1]]:
        homes = [k for k in by if k != key and k[0] and (not key[0] or k[0] == key[0]) and _fits(by[key], by[k])]
        if len(homes) == 1:
            by[homes[0]] += by.pop(key)
    for (unit, _), rows in sorted(by.items()):
        yield unit, next((figure.of for _, figure in rows if figure.of), ""), rows


def _fits(loose: list[Pair], home: list[Pair]) -> bool:
    """True if every loose number can count in the unit of the others."""
    return all(any(a.same_unit(b) for _, b in home) for _, a in loose)


def _order(take: Take) -> tuple[date, str, int]:
    return (take.when, take.document, take.statement.passage.start)


@rule("gap.numbers", "counting")
def gap_between(issue: str, unit: str, of: str, pairs: list[Pair]) -> Gap | None:
    """Two or more parties put forward numbers in one unit for one thing on one issue. The distance between two parties
    is that between the nearest ends of their newest ranges; the gap is the largest such distance, after each new
    number. Numbers in a reason, or told of the other side in the same breath, are not the holder's."""
    ordered = sorted(pairs, key=lambda pair: _order(pair[0]))
    newest: dict[str, tuple[float, float]] = {}
    points: list[GapPoint] = []
    widths: list[tuple[date | None, float]] = []
    for take, figure in ordered:
        if take.holder is None:
            continue
        day = take.when if take.when.year > 1 else None
        points.append(GapPoint(take.holder, day, figure.low, figure.high, take.id))
        newest[take.holder] = (figure.low, figure.high)
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
