"""The matrix of issues and parties, and how it changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from comity.desk.parts.phrases import units
from comity.desk.parts.values import (
    MOST_QUOTES,
    Cell,
    Column,
    Distance,
    Entry,
    Point,
    Row,
    Shift,
    quotes_of,
)
from comity.words import Change, ChangeKind, Gap, Issue, Ledger, Outlook, Party, Position, Review, Role, State, Status

Labels = Mapping[str, str]
_APART = re.compile(r"([\d.e+-]+) (\S.*) apart")


def mark_of(mark: str) -> str:
    """The mark of a state as it is read.

    >>> mark_of("13000 tonne apart"), mark_of("2 month apart"), mark_of("one side only")
    ('13,000 tonnes apart', '2 months apart', 'one side only')
    """
    found = _APART.fullmatch(mark)
    return f"{units(float(found[1]), found[2])} apart" if found else mark


def cites(statements: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """The labels of statements, each once, in the order given."""
    found = map(labels.get, statements)
    return tuple(dict.fromkeys(label for label in found if label is not None))


def columns(ledger: Ledger) -> tuple[Column, ...]:
    """The parties in the agenda's order; one that is no party to the talks only where it is reported on an issue."""
    speaking = {p.party for p in ledger.positions} | {o.party for o in ledger.outlooks}
    listed = [p for p in ledger.agenda.parties if Role.PARTY in p.roles or p.id in speaking]
    known = {p.id for p in listed}
    extra = [Party(id=name, name=name) for name in sorted(speaking - known)]
    return tuple(Column(p.id, p.name, p.roles) for p in (*listed, *extra))


def rows(ledger: Ledger, labels: Labels) -> tuple[Row, ...]:
    """The issues in the agenda's order, each with one cell a column."""
    statuses = {status.issue: status for status in ledger.statuses}
    parties = columns(ledger)
    entries: dict[tuple[str, str], list[Entry]] = {}
    for p in ledger.positions:
        entries.setdefault((p.party, p.issue), []).append(_position(p, labels))
    for o in ledger.outlooks:
        entries.setdefault((o.party, o.issue), []).append(_outlook(o, labels))
    listed = list(ledger.agenda.issues)
    unlisted = {s.issue for s in ledger.statuses} | {p.issue for p in ledger.positions}
    listed += [Issue(id=name, name=name) for name in sorted(unlisted - {issue.id for issue in listed})]
    made = []
    for issue in listed:
        status = statuses.get(issue.id) or Status(issue.id, State.SILENT, "", (), "no statement")
        cells = tuple(Cell(p.id, issue.id, tuple(entries.get((p.id, issue.id), ()))) for p in parties)
        made.append(
            Row(
                issue=issue.id,
                name=issue.name,
                description=issue.description,
                kind=issue.kind,
                state=status.state,
                mark=mark_of(status.mark),
                why=status.why,
                cites=cites(status.statements, labels),
                rule=status.rule,
                review=status.review,
                cells=cells,
            )
        )
    return tuple(made)


def _position(p: Position, labels: Labels) -> Entry:
    return Entry(
        summary=p.summary,
        cites=cites(p.statements, labels),
        rule=p.rule,
        act=p.act,
        firmness=p.firmness,
        provenance=p.provenance,
        since=p.since,
        qualified_by=cites([s for s in p.qualified_by if s not in p.statements], labels),
        origins=p.origins,
        review=p.review,
        marks=p.marks,
    )


def _outlook(o: Outlook, labels: Labels) -> Entry:
    return Entry(summary=o.summary, cites=cites(o.statements, labels), rule=o.rule, review=Review.UNREVIEWED)


def shifts(changes: Sequence[Change], labels: Labels) -> tuple[Shift, ...]:
    """Changes between two dates: what led before, and what is told now and was not told before."""
    made = []
    for c in changes:
        before = quotes_of(c.before.summary) if c.before else ()
        after = quotes_of(c.after.summary) if c.after else ()
        now = tuple(q for q in after if q not in before)[:MOST_QUOTES] or after[:1]
        was = before[:1] if c.kind is not ChangeKind.REAFFIRMED and before[:1] != now[:1] else ()
        made.append(Shift(c.party, c.issue, c.kind, was, now, c.on, cites(c.statements, labels), c.rule))
    return tuple(made)


def distances(gaps: Sequence[Gap], labels: Labels) -> tuple[Distance, ...]:
    """Gaps between numbers, with a label for each number; numbers without a passage in the brief are left out."""
    made = []
    for gap in gaps:
        points = tuple(
            Point(p.party, p.on, p.low, p.high, labels[p.statement]) for p in gap.points if p.statement in labels
        )
        if len({p.party for p in points}) > 1:
            widths = tuple(width for _, width in gap.widths)
            made.append(Distance(gap.issue, gap.unit, gap.of, points, gap.width, widths, gap.narrowing, gap.rule))
    return tuple(made)
