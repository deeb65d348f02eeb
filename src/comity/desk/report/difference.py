"""What is different between two dates: positions, states of issues, disagreements, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity import ledger
from comity.desk.parts import phrases
from comity.desk.parts.matrix import mark_of
from comity.desk.parts.values import Brief, Line, Words, line, quotes_of
from comity.desk.report.dossier import numbered
from comity.desk.report.outline import FIRMNESS, PROVENANCE, Block, Heading, Items, Matrix, MatrixRow, Para
from comity.words import Change, Ledger, Position, Status, Tension, dumps, to_json


@dataclass(frozen=True)
class StateChange:
    """An issue whose state is another than before."""

    issue: str
    before: Status | None
    after: Status | None


@dataclass(frozen=True)
class Difference:
    """What differs between two ledgers of one case. `documents` are those published in between."""

    since: date | None
    as_of: date | None
    changes: tuple[Change, ...]
    states: tuple[StateChange, ...]
    arisen: tuple[Tension, ...]
    gone: tuple[Tension, ...]
    documents: tuple[str, ...]
    statements: int


def difference(before: Ledger, after: Ledger) -> Difference:
    """What differs between two ledgers, in the order of the later agenda. Pure: nothing but the ledgers counts."""
    was, now = {s.issue: s for s in before.statuses}, {s.issue: s for s in after.statuses}
    states = tuple(
        StateChange(issue.id, was.get(issue.id), now.get(issue.id))
        for issue in after.agenda.issues
        if _shown(was.get(issue.id)) != _shown(now.get(issue.id))
    )
    old = {ledger.tension_key(before, t): t for t in before.tensions}
    new = {ledger.tension_key(after, t): t for t in after.tensions}
    known, told = {s.document for s in before.statements}, {s.id for s in before.statements}
    return Difference(
        before.as_of,
        after.as_of,
        ledger.changes(before, after),
        states,
        tuple(t for key, t in new.items() if key not in old),
        tuple(t for key, t in old.items() if key not in new),
        tuple(dict.fromkeys(s.document for s in after.statements if s.document not in known)),
        sum(s.id not in told for s in after.statements),
    )


def _shown(status: Status | None) -> tuple[str, str]:
    return (status.state.value, status.mark) if status else ("silent", "")


def blocks(found: Difference, brief: Brief) -> tuple[Block, ...]:
    """The blocks of a difference, with its citations numbered in the order they come. `brief` is of the later date."""
    labels = {c.statement: c.label for c in brief.citations if c.statement}
    since = phrases.long_date(found.since) if found.since else "the beginning"
    as_of = phrases.long_date(brief.as_of) if brief.as_of else "today"
    documents, statements = len(found.documents), found.statements
    new = f"{phrases.counted(documents, 'new document')}, {phrases.counted(statements, 'new statement')}."
    out: list[Block] = [
        Heading(f"{brief.title}: what changed", 1),
        Para(line(f"From {since} to {as_of}"), "note"),
        Para(line(new)),
        Heading("Positions"),
    ]
    if found.changes:
        head = ("Issue", "Party", f"By {_short(found.since)}", f"By {_short(brief.as_of)}", "Change")
        out.append(Matrix(head, tuple(_change(c, brief, labels) for c in found.changes)))
    else:
        out.append(Para(line("No position is reported to have changed.")))
    if found.states:
        out += [Heading("States of issues"), Items(tuple(_state(s, brief, labels) for s in found.states))]
    for title, tensions in (("New disagreements", found.arisen), ("Disagreements no longer found", found.gone)):
        lines = tuple(_tension(t, brief, labels) for t in tensions)
        if lines:
            out += [Heading(title), Items(lines)]
    sources = [s for s in brief.sources if s.document in found.documents]
    if sources:
        shown = tuple(
            Line(
                (Words(s.letter, name=True),
                 Words(f" {s.title or s.document}. {s.outlet or 'outlet not found'}, {_short(s.published)}."))
            )
            for s in sources
        )  # fmt: skip
        out += [Heading("New documents"), Items(shown)]
    out.append(Para(line(" · ".join(f"{name} {value}" for name, value in brief.made_by)), "note"))
    return numbered(out, brief)


def _short(day: date | None) -> str:
    return phrases.short_date(day) if day else "date not found"


def _change(change: Change, brief: Brief, labels: Mapping[str, str]) -> MatrixRow:
    kind = phrases.sentence_case(phrases.CHANGES[change.kind])
    on = f", {phrases.short_date(change.on)}" if change.on else ""
    return MatrixRow(
        brief.name_of(change.issue),
        (Line((Words(kind, name=True), Words(on)), _cites(change.statements, labels)),),
        (
            (line(brief.name_of(change.party)),),
            _position(change.before, labels),
            _position(change.after, labels),
        ),
    )


def _position(position: Position | None, labels: Mapping[str, str]) -> tuple[Line, ...]:
    if position is None:
        return ()
    words = [Words(f"{FIRMNESS[position.firmness]}{PROVENANCE[position.provenance]} ")]
    for number, quote in enumerate(quotes_of(position.summary)[:2]):
        words += [Words("; ")] if number else []
        words.append(Words(quote, quoted=True))
    return (Line(tuple(words), _cites(position.statements[:3], labels)),)


def _state(change: StateChange, brief: Brief, labels: Mapping[str, str]) -> Line:
    shown = [
        f"{phrases.STATES[s.state]}{f' ({mark_of(s.mark)})' if s.mark else ''}" if s else "silent"
        for s in (change.before, change.after)
    ]
    cites = _cites(change.after.statements[:4], labels) if change.after else ()
    return Line((Words(f"{brief.name_of(change.issue)}: ", name=True), Words(f"was {shown[0]}, now {shown[1]}")), cites)


def _tension(tension: Tension, brief: Brief, labels: Mapping[str, str]) -> Line:
    about = f" – {brief.name_of(tension.issue)}" if tension.issue else ""
    sides = (*tension.statements[:2], *tension.against[:2])
    text = f": {tension.text}" if tension.text else ""
    return Line((Words(f"{phrases.TENSIONS[tension.kind]}{about}", name=True), Words(text)), _cites(sides, labels))


def _cites(statements: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels[s] for s in statements if s in labels))


def as_json(found: Difference) -> str:
    """The difference as JSON, field by field."""
    return dumps({"comity_difference": 1, **to_json(found)}, indent=1) + "\n"
