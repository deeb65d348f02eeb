"""The matrix of issues and parties, and how it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.desk.parts.values import Cell, Column, Entry, Gap, Row, Shift
from comity.words import Change, Issue, Ledger, Outlook, Party, Position, Review, Role, State, Status

Labels = Mapping[str, str]


def cites(statements: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """The labels of statements, each once, in the order given."""
    return tuple(dict.fromkeys(labels[s] for s in statements if s in labels))


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
    listed = list(ledger.agenda.issues)
    unlisted = {s.issue for s in ledger.statuses} | {p.issue for p in ledger.positions}
    listed += [Issue(id=name, name=name) for name in sorted(unlisted - {issue.id for issue in listed})]
    made = []
    for issue in listed:
        status = statuses.get(issue.id) or Status(issue.id, State.SILENT, "", (), "no statement")
        cells = tuple(_cell(ledger, party.id, issue.id, labels) for party in parties)
        made.append(
            Row(
                issue=issue.id,
                name=issue.name,
                description=issue.description,
                kind=issue.kind,
                state=status.state,
                mark=status.mark,
                why=status.why,
                cites=cites(status.statements, labels),
                rule=status.rule,
                review=status.review,
                cells=cells,
            )
        )
    return tuple(made)


def _cell(ledger: Ledger, party: str, issue: str, labels: Labels) -> Cell:
    positions = [p for p in ledger.positions if p.party == party and p.issue == issue]
    outlooks = [o for o in ledger.outlooks if o.party == party and o.issue == issue]
    entries = [_position(p, labels) for p in positions] + [_outlook(o, labels) for o in outlooks]
    return Cell(party, issue, tuple(entries))


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
    """Changes between two dates, without the mere reaffirmations last said in the same words."""
    return tuple(
        Shift(
            party=c.party,
            issue=c.issue,
            kind=c.kind,
            before=c.before.summary if c.before else "",
            after=c.after.summary if c.after else "",
            on=c.on,
            cites=cites(c.statements, labels),
            rule=c.rule,
        )
        for c in changes
    )


def gaps(ledger: Ledger, labels: Labels, before: Mapping[tuple[str, str], float] | None = None) -> tuple[Gap, ...]:
    """Where two parties put numbers in one unit on one issue: the distance, and what it was `before`
    (by issue and unit)."""
    found = []
    for issue in dict.fromkeys(p.issue for p in ledger.positions):
        numbers: dict[str, list[tuple[float, str, tuple[str, ...]]]] = {}
        for position in ledger.positions:
            if position.issue == issue:
                for q in position.quantities:
                    numbers.setdefault(_measure(q.unit, q.of), []).append((q.low, position.party, position.statements))
                    numbers[_measure(q.unit, q.of)].append((q.high, position.party, position.statements))
        for unit, said in sorted(numbers.items()):
            low, high = min(said), max(said)
            if low[0] < high[0] and low[1] != high[1] and _one_number_each(said):
                found.append(
                    Gap(
                        issue=issue,
                        unit=unit,
                        low_party=low[1],
                        low=low[0],
                        high_party=high[1],
                        high=high[0],
                        cites=cites((*low[2], *high[2]), labels),
                        before=(before or {}).get((issue, unit)),
                    )
                )
    return tuple(found)


def _measure(unit: str, of: str) -> str:
    return f"{unit} of {of}" if of else unit


def _one_number_each(said: Sequence[tuple[float, str, tuple[str, ...]]]) -> bool:
    """A party that names two numbers in one unit may mean two things by them: then no gap is drawn."""
    by_party: dict[str, set[float]] = {}
    for value, party, _ in said:
        by_party.setdefault(party, set()).add(value)
    return len(by_party) > 1 and all(len(values) == 1 for values in by_party.values())
