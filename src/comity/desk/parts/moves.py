"""What would have to move, on stated positions alone: unanswered offers, demands that exclude each other, gates.

Nothing is proposed here that no party said. What a reporter forecasts is left out; what rests on a
reporter's account of a stance is used and marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from comity.desk.parts.matrix import cites
from comity.desk.parts.phrases import bare, clip, listing, number, units
from comity.desk.parts.values import MOST_QUOTES, Column, Distance, Line, Point, Row, Words, quotes_of
from comity.words import (
    Act,
    Firmness,
    Ledger,
    Mode,
    Position,
    Provenance,
    Role,
    State,
    Statement,
    Tension,
    TensionKind,
    fold,
)

_GATED = {Act.OFFER, Act.ACCEPT, Act.CONDITION, Act.COMMIT, Act.DEMAND}
"""Acts whose condition is a gate; what is merely said to follow from something is none."""


def moves(
    ledger: Ledger,
    rows: Sequence[Row],
    columns: Sequence[Column],
    distances: Sequence[Distance],
    labels: Mapping[str, str],
) -> tuple[Line, ...]:
    """Offers that wait for an answer first (the smallest step), then what excludes what, gaps, and conditions."""
    names = {c.id: c.name for c in columns}
    issues = {r.issue: r.name for r in rows}
    return tuple(
        dict.fromkeys(
            [
                *_answers(ledger, columns, issues, labels),
                *_exclusions(ledger, names, issues, labels),
                *_distances(distances, names, issues),
                *_gates(ledger, names, issues, labels),
            ]
        )
    )


def _answers(
    ledger: Ledger, columns: Sequence[Column], issues: Mapping[str, str], labels: Mapping[str, str]
) -> list[Line]:
    """One line for each offer that the ledger finds unanswered: who would have to answer what."""
    names = {c.id: c.name for c in columns}
    at_table = [c.id for c in columns if Role.PARTY in c.roles]
    statements = {s.id: s for s in ledger.statements}
    said = []
    for status in ledger.statuses:
        if status.state is not State.OFFERED:
            continue
        for offer in (statements[id_] for id_ in status.statements if id_ in statements):
            position = next((p for p in ledger.positions if p.issue == status.issue and offer.id in p.statements), None)
            if position is None or offer.own_guess:
                continue
            asked = _asked(ledger, offer) - {position.party}
            owing = [names[p] for p in at_table if p != position.party and (p in asked or not asked)]
            if owing:
                whose = _possessive(names.get(position.party, position.party))
                told = " (a reporter’s account)" if offer.mode is Mode.REPORTED_STANCE else ""
                words = (
                    _name(issues, status.issue),
                    Words(f": an answer by {listing(owing, 'or')} to {whose} offer "),
                    Words(clip(bare(offer.passage.quote)), quoted=True),
                    Words(told),
                )
                said.append(Line(words, cites((offer.id,), labels)))
    return said


def _asked(ledger: Ledger, offer: Statement) -> set[str]:
    """Whom an offer asks: the party it is addressed to, else those that its condition names."""
    addressee = ledger.agenda.party_of(offer.addressee)
    if addressee:
        return {addressee}
    condition = fold(_condition(offer))
    return {
        party.id
        for party in ledger.agenda.parties
        if any(re.search(rf"\b{re.escape(fold(name))}\b", condition) for name in (party.name, *party.aliases) if name)
    }


def _exclusions(
    ledger: Ledger, names: Mapping[str, str], issues: Mapping[str, str], labels: Mapping[str, str]
) -> list[Line]:
    """One line for each pair of positions that a tension says exclude each other: either would have to move."""
    statements = {s.id: s for s in ledger.statements}
    said = []
    for tension in ledger.tensions:
        if tension.kind is not TensionKind.POSITION:
            continue
        pair = _stated_pair(ledger, tension, statements)
        if pair is None:
            continue
        one, other = pair
        said.append(
            Line(
                (
                    _name(issues, one.issue),
                    Words(": one of these would have to give, or both. "),
                    *_stand(one, names),
                    Words("; "),
                    *_stand(other, names),
                ),
                cites((*one.statements[:2], *other.statements[:2]), labels),
            )
        )
    return said


def _stated_pair(
    ledger: Ledger, tension: Tension, statements: Mapping[str, Statement]
) -> tuple[Position, Position] | None:
    """The positions of two parties on the tension's two sides, if both are positions and not forecasts."""

    def position(side: Sequence[str]) -> Position | None:
        for p in ledger.positions:
            if any(s in p.statements and not statements[s].own_guess for s in side if s in statements):
                return p
        return None

    one, other = position(tension.statements), position(tension.against)
    return (one, other) if one and other and one.party != other.party else None


def _stand(p: Position, names: Mapping[str, str]) -> tuple[Words, ...]:
    return (
        Words(f"{names.get(p.party, p.party)}: "),
        *_quotes(p.summary),
        Words(_on_whose_word(p)),
    )


def _quotes(summary: str) -> list[Words]:
    """A summary's first quotations, each in its own quotation marks."""
    words: list[Words] = []
    for one in quotes_of(summary)[:MOST_QUOTES]:
        words += [Words("; ")] if words else []
        words.append(Words(one, quoted=True))
    return words


def _on_whose_word(p: Position) -> str:
    return " (a reporter’s account)" if p.provenance is Provenance.REPORTER else ""


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _distances(distances: Sequence[Distance], names: Mapping[str, str], issues: Mapping[str, str]) -> list[Line]:
    """One line for each gap between numbers, with what it was before if it has changed."""
    return [
        Line(
            (
                _name(issues, d.issue),
                Words(f": {listing(f'{names.get(p.party, p.party)} {_range(p, d)}' for p in _newest(d))}{_apart(d)}"),
            ),
            tuple(dict.fromkeys(p.cite for p in _newest(d))),
        )
        for d in distances
    ]


def _newest(d: Distance) -> list[Point]:
    return list({p.party: p for p in d.points}.values())


def _range(p: Point, d: Distance) -> str:
    what = f"{d.unit} of {d.of}" if d.of else d.unit
    return units(p.high, what) if p.low == p.high else f"{number(p.low)} to {units(p.high, what)}"


def _apart(d: Distance) -> str:
    if d.width == 0:
        return ": the numbers meet"
    before = [width for width in dict.fromkeys(d.widths) if width != d.width]
    was = f"; before: {listing([number(width) for width in before], 'then')}" if before else ""
    return f": {units(d.width, d.unit)} apart{was}"


def _gates(
    ledger: Ledger, names: Mapping[str, str], issues: Mapping[str, str], labels: Mapping[str, str]
) -> list[Line]:
    """One line for each conditional position whose condition stands in the text."""
    statements = {s.id: s for s in ledger.statements}
    texts = {}
    said = []
    for p in ledger.positions:
        if p.firmness is not Firmness.CONDITIONAL:
            continue
        for sid in (*p.statements, *p.qualified_by):
            statement = statements.get(sid)
            condition = _condition(statement) if statement and not statement.own_guess else ""
            if not statement or statement.act not in _GATED:
                continue
            if condition and (p.party, p.issue, condition) not in texts:
                texts[p.party, p.issue, condition] = sid
                said.append(
                    Line(
                        (
                            _name(issues, p.issue),
                            Words(f": {names.get(p.party, p.party)} makes it depend on this: "),
                            Words(clip(bare(condition)), quoted=True),
                            Words(_on_whose_word(p)),
                        ),
                        cites((sid,), labels),
                    )
                )
    return said


def _condition(statement: Statement) -> str:
    """The words of the condition as far as they stand within the statement's own passage."""
    p = statement.passage
    inside = [(a, b) for a, b in statement.condition if p.start <= a < b <= p.end]
    return " … ".join(p.quote[a - p.start : b - p.start] for a, b in inside)


def _name(issues: Mapping[str, str], issue: str) -> Words:
    return Words(issues.get(issue, issue), name=True)
