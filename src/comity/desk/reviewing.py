"""Review: which proposals a person should look at first, and what the person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from comity import ledger
from comity.case import Case
from comity.desk.flow import Material
from comity.words import (
    Decision,
    DecisionKind,
    Document,
    Handling,
    InputError,
    Ledger,
    Reading,
    Review,
    Statement,
    target_of,
)


@dataclass(frozen=True)
class Item:
    """A statement that waits for review: on how many positions, states and tensions it bears, and the reader's
    confidence in it, 0 to 1."""

    statement: Statement
    bears_on: int
    confidence: float


def queue(made: Ledger) -> tuple[Item, ...]:
    """Statements that no person has looked at: what the ledger rests on first, and of these the most doubtful."""
    reviewed = {id_ for id_, review in made.reviews if review is not Review.UNREVIEWED}
    weight = weights(made)
    waiting = [Item(s, weight.get(s.id, 0), s.confidence) for s in made.statements if s.id not in reviewed]
    return tuple(sorted(waiting, key=lambda item: (-item.bears_on, item.confidence, item.statement.id)))


def weights(made: Ledger) -> dict[str, int]:
    """On how many positions, states and tensions each statement bears that bears on any."""
    weight: dict[str, int] = {}
    for ids in (
        *(p.statements for p in made.positions),
        *(s.statements for s in made.statuses),
        *((*t.statements, *t.against) for t in made.tensions),
    ):
        for id_ in ids:
            weight[id_] = weight.get(id_, 0) + 1
    return weight


def _proposed(material: Material, made: Ledger, id_: str) -> tuple[Statement, Reading | None]:
    """The statement as its reader proposed it (decisions are keyed by that), and the reading it stands in."""
    for reading in material.readings:
        for statement in reading.statements:
            if statement.id == id_:
                return statement, reading
    for statement in made.statements:  # one that a person wrote
        if statement.id == id_:
            return statement, None
    raise InputError(f"no statement is called {id_!r}", hint="`comity review CASE` lists them")


def decide(
    case: Case,
    material: Material,
    made: Ledger,
    id_: str,
    kind: DecisionKind,
    *,
    coder: str,
    field: str = "",
    value: str = "",
    note: str = "",
    handling: Handling | None = None,
) -> Decision:
    """Records one decision on a statement. Raises InputError, and records nothing, if it cannot stand.

    It is as protected as its document unless `handling` is stricter.
    """
    statement, reading = _proposed(material, made, id_)
    label = _document(material, statement).handling | (handling or Handling.PUBLIC)
    wanted = _wanted(statement, kind, coder, label, note, field, value)
    if kind is DecisionKind.CORRECT:
        _check(material, statement, reading, [wanted])
    return case.decide(wanted)


def correct(
    case: Case,
    material: Material,
    made: Ledger,
    id_: str,
    changes: Mapping[str, str],
    *,
    coder: str,
    note: str = "",
    handling: Handling | None = None,
) -> tuple[Decision, ...]:
    """Records corrections of several fields of one statement, in the order given. Raises InputError, and records
    nothing, if one of them cannot stand."""
    if not changes:
        raise InputError("nothing is corrected", hint="change a field, or accept the statement")
    statement, reading = _proposed(material, made, id_)
    label = _document(material, statement).handling | (handling or Handling.PUBLIC)
    wanted = [
        _wanted(statement, DecisionKind.CORRECT, coder, label, note, field, value) for field, value in changes.items()
    ]
    _check(material, statement, reading, wanted)
    return tuple(case.decide(each) for each in wanted)


def target(material: Material, made: Ledger, id_: str) -> str:
    """The key under which a statement is decided on. Raises InputError if there is none with this id."""
    statement, _ = _proposed(material, made, id_)
    return target_of(statement.passage, statement.speaker)


def _document(material: Material, statement: Statement) -> Document:
    return next(d for d in material.documents if d.id == statement.document)


def _wanted(
    s: Statement, kind: DecisionKind, coder: str, label: Handling, note: str, field: str, value: str
) -> Decision:
    return Decision(
        "",
        coder,
        datetime.now(UTC),
        kind,
        target_of(s.passage, s.speaker),
        field=field,
        value=value,
        note=note,
        handling=label,
        passage=s.passage,
    )


def _check(material: Material, statement: Statement, reading: Reading | None, wanted: Sequence[Decision]) -> None:
    """Refuses now what would not fit when the next brief is made."""
    for each in wanted:
        _check_names(material, each.field, each.value)
    before = [] if reading else [d for d in material.decisions if d.target == wanted[0].target]  # a person's own coding
    documents = {statement.document: _document(material, statement)}
    ledger.build([reading] if reading else [], material.agenda, documents=documents, decisions=[*before, *wanted])


def _check_names(material: Material, field: str, value: str) -> None:
    issues = [issue.id for issue in material.agenda.issues]
    if field == "issue" and value and value not in issues:
        raise InputError(f"no issue is called {value!r}", field="issue", hint=f"there are {', '.join(issues)}")


def rows(decisions: tuple[Decision, ...]) -> list[dict[str, object]]:
    """Decisions as plain rows, without the time of recording."""
    return [
        {
            "id": d.id,
            "coder": d.coder,
            "kind": d.kind.value,
            "target": d.target,
            "field": d.field,
            "value": d.value,
            "note": d.note,
            "handling": d.handling.value,
            "quote": d.passage.quote if d.passage else None,
        }
        for d in decisions
    ]


def plan(
    accept: Sequence[str], reject: Sequence[str], correct: Sequence[tuple[str, str]]
) -> list[tuple[str, DecisionKind, str, str]]:
    """What was asked of statements, as (id, kind, field, value). Raises InputError for a correction that is none.

    >>> plan(["d#1"], [], [("d#2", "act=offer")])[1][2:]
    ('act', 'offer')
    """
    asked = [(id_, DecisionKind.ACCEPT, "", "") for id_ in accept]
    asked += [(id_, DecisionKind.REJECT, "", "") for id_ in reject]
    return asked + [(id_, DecisionKind.CORRECT, *pair(change)) for id_, change in correct]


def pair(text: str) -> tuple[str, str]:
    """``field=value`` as two. Raises InputError for anything else.

    >>> pair("speaker=Ilse Varga")
    ('speaker', 'Ilse Varga')
    """
    field, equals, value = text.partition("=")
    if not equals or not field.strip():
        raise InputError(f"{text!r} is not field=value", hint="for instance act=demand")
    return field.strip(), value.strip()
