"""What each coder gave each statement: people by their decisions, reader versions by their readings.

A person who accepts, corrects or rejects a proposal codes that one unit. A person who writes statements in a document
and decides on no proposal there codes the whole document unaided: what such a coder left out was seen and found to be
no statement. Statements that two coders marked in one document are one unit if they share more than half of their
union.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from comity.ledger.edits import corrected, in_force
from comity.study.agreement import Alpha, Scale, Value, alpha
from comity.study.spans import SpanAgreement, share, span_agreement
from comity.words import (
    Certainty,
    Coder,
    Decision,
    DecisionKind,
    InputError,
    Reading,
    Span,
    Statement,
    statement_from_json,
    target_of,
)

ADJUDICATION = "adjudication"
"""How the note of a decision begins that settles where coders differed. It is no coder's own coding."""

STATEMENT = "statement"
"""The field that says whether there is a statement at all: "yes" or "no"."""

FIELDS = ("speaker", "holder", "act", "issue", "option", "mode", "certainty", "polarity", "status", "fact", "absolute")
"""Fields of a statement that are compared as names; `certainty` also by rank, `said` (its last day) by distance."""

SURENESS = tuple(c.value for c in Certainty if c is not Certainty.OPINION)
"""The order of `certainty` where it is compared by rank: surest first. An opinion is on no such scale."""

_ABSENT = "(none)"
_JUDGING = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT)


@dataclass(frozen=True)
class Unit:
    """A stretch of a document, and what each coder gave it: a statement, None for "no statement"; absent: not coded.

    `targets` are the keys that decisions on this unit go by, the machine's first; `id` is that of its first statement.
    """

    document: str
    span: Span
    codings: Mapping[str, Statement | None]
    targets: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Coded:
    """Coders (people by name, then readers) and the units that any of them coded, in order of document and place."""

    coders: tuple[Coder, ...]
    units: tuple[Unit, ...]


def is_adjudication(decision: Decision) -> bool:
    """True if a decision settles where coders differed."""
    return decision.note == ADJUDICATION or decision.note.startswith(f"{ADJUDICATION}:")


def coded(readings: Iterable[Reading], decisions: Iterable[Decision]) -> Coded:
    """What each coder gave each unit. Adjudications and what was retracted are nobody's coding.

    `readings` may be of several reader versions: each is a coder. Raises InputError if a decision fits no statement.
    """
    given = tuple(readings)
    own = [d for d in in_force(decisions) if not is_adjudication(d)]
    judged = {
        (d.coder, document) for d in own if d.kind in _JUDGING and (document := _document(d)) is not None
    }  # who looked at proposals where
    units: dict[str, list[_Open]] = {}
    by_target: dict[str, _Open] = {}
    for reading in given:
        for statement in reading.statements:
            target = target_of(statement.passage, statement.speaker)
            by_target.setdefault(target, _placed(units, statement, reading.reader, target))
    proposals = {target: unit.first for target, unit in by_target.items()}
    for decision in own:  # a statement that one person wrote is a proposal to the next
        if decision.kind is DecisionKind.CODE and decision.target not in proposals:
            proposals[decision.target] = _written(decision, None)
    people = sorted({d.coder for d in own if d.kind in (*_JUDGING, DecisionKind.CODE)})
    unaided: set[tuple[str, str]] = set()
    for coder in people:
        mine: dict[str, list[Decision]] = {}
        for decision in own:
            if decision.coder == coder and decision.kind in (*_JUDGING, DecisionKind.CODE):
                mine.setdefault(decision.target, []).append(decision)
        for target, rows in sorted(mine.items()):
            made = _replayed(proposals.get(target), rows)
            if target in by_target:
                by_target[target].codings[coder] = made
            elif target in proposals:
                unit = _placed(units, made or proposals[target], coder, target)
                unit.codings[coder] = made
                if (coder, unit.document) not in judged:
                    unaided.add((coder, unit.document))
    machines = sorted({reading.reader for reading in given})
    whole = unaided | {(reading.reader, reading.document) for reading in given}
    rows_ = []
    for document in sorted(units):
        for open_ in sorted(units[document], key=lambda u: (u.first.passage.span, u.first.speaker, u.first.id)):
            for coder in (*people, *machines):
                if coder not in open_.codings and (coder, document) in whole:
                    open_.codings[coder] = None
            codings = dict(sorted(open_.codings.items()))
            first = open_.first
            rows_.append(Unit(document, first.passage.span, codings, tuple(open_.targets), first.id))
    coders = (*(Coder(name) for name in people), *(Coder(name, "reader") for name in machines))
    return Coded(coders, tuple(rows_))


@dataclass
class _Open:
    """A unit while it is filled."""

    first: Statement
    codings: dict[str, Statement | None]
    targets: dict[str, None]

    @property
    def document(self) -> str:
        return self.first.document


def _placed(units: dict[str, list[_Open]], statement: Statement, coder: str, target: str) -> _Open:
    """The unit that a coder's statement belongs to: the closest that this coder has not filled, or a new one."""
    there = units.setdefault(statement.document, [])
    close = [
        (-share(unit.first.passage.span, statement.passage.span), number)
        for number, unit in enumerate(there)
        if coder not in unit.codings and share(unit.first.passage.span, statement.passage.span) > 0.5
    ]
    if close:
        unit = there[min(close)[1]]
    else:
        unit = _Open(statement, {}, {})
        there.append(unit)
    unit.codings[coder] = statement
    unit.targets[target] = None
    return unit


def _document(decision: Decision) -> str | None:
    if decision.passage is not None:
        return decision.passage.document
    head, colon, _ = decision.target.partition(":")
    return head if colon else None


def _replayed(proposal: Statement | None, decisions: Sequence[Decision]) -> Statement | None:
    """What one coder's decisions on one target make of it."""
    now = proposal
    for decision in decisions:
        if decision.kind is DecisionKind.REJECT:
            now = None
        elif decision.kind is DecisionKind.ACCEPT:
            now = now or proposal
        elif decision.kind is DecisionKind.CORRECT and (now or proposal) is not None:
            base = now or proposal
            assert base is not None
            now = corrected(base, decision)
        elif decision.kind is DecisionKind.CODE:
            now = _written(decision, proposal)
    return now


def _written(decision: Decision, proposal: Statement | None) -> Statement:
    try:
        made = statement_from_json(json.loads(decision.value), _document(decision), file=decision.id)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error}", file=decision.id, field="value") from None
    return replace(made, id=proposal.id) if proposal else made


def value_of(statement: Statement | None, field: str) -> Value:
    """What a coding says in one field, as a name; None if the coder saw no statement there.

    Raises InputError if there is no such field.
    """
    if field == STATEMENT:
        return "yes" if statement is not None else "no"
    if statement is None:
        return None
    if field == "said":
        day = statement.said.latest or statement.said.earliest
        return day.toordinal() if day else None
    if field not in FIELDS:
        known = ", ".join((STATEMENT, *FIELDS, "said"))
        raise InputError(f"no field is called {field!r}", hint=f"there are {known}")
    value = getattr(statement, field)
    if value is None:
        return _ABSENT
    return value.value if isinstance(value, Enum) else str(value).lower() if isinstance(value, bool) else value


@dataclass(frozen=True)
class FieldAgreement:
    """α of one field over the coders, and the share of units with two or more codings on which all are equal."""

    field: str
    alpha: Alpha
    equal: float | None


@dataclass(frozen=True)
class PairAgreement:
    """How far two coders marked the same stretches, in the documents that both coded."""

    one: str
    other: str
    documents: int
    spans: SpanAgreement


@dataclass(frozen=True)
class Agreement:
    """Agreement of coders, field by field, and of every two on spans."""

    coders: tuple[Coder, ...]
    units: int
    fields: tuple[FieldAgreement, ...]
    pairs: tuple[PairAgreement, ...]


def agreement(
    given: Coded,
    *,
    coders: Sequence[str] | None = None,
    fields: Sequence[str] | None = None,
    replicates: int = 1000,
    seed: int = 1,
) -> Agreement:
    """Krippendorff's α of each field and span F1 of each two coders; all coders and fields unless named.

    Raises InputError for a coder or field that is not there.
    """
    known = {coder.id for coder in given.coders}
    for name in coders or ():
        if name not in known:
            raise InputError(f"no coder is called {name!r}", hint=f"there are {', '.join(sorted(known)) or 'none'}")
    chosen = tuple(c for c in given.coders if coders is None or c.id in coders)
    names = [coder.id for coder in chosen]
    units = [u for u in given.units if sum(name in u.codings for name in names) > 1]
    wanted = tuple(fields) if fields else (STATEMENT, *FIELDS, "said")
    rows: list[FieldAgreement] = []
    for field in wanted:
        scale = Scale.INTERVAL if field == "said" else Scale.NOMINAL
        rows.append(_field(field, units, names, scale, replicates, seed))
        if field == "certainty":
            rows.append(_field(field, units, names, Scale.ORDINAL, replicates, seed))
    pairs = [_pair(given, one, other) for i, one in enumerate(names) for other in names[i + 1 :]]
    return Agreement(chosen, len(units), tuple(rows), tuple(p for p in pairs if p.documents))


def _field(
    field: str, units: Sequence[Unit], names: Sequence[str], scale: Scale, replicates: int, seed: int
) -> FieldAgreement:
    def one(unit: Unit, name: str) -> Value:
        value = value_of(unit.codings[name], field) if name in unit.codings else None
        return None if scale is Scale.ORDINAL and value not in SURENESS else value

    data = [[one(unit, name) for unit in units] for name in names]
    order = SURENESS if scale is Scale.ORDINAL else None
    found = alpha(data, scale, order=order, replicates=replicates, seed=seed)
    paired = [column for column in (_given(c) for c in zip(*data, strict=True)) if len(column) > 1]
    equal = sum(len(set(column)) == 1 for column in paired) / len(paired) if paired else None
    return FieldAgreement(field, found, equal)


def _given(column: Sequence[Value]) -> list[Value]:
    return [value for value in column if value is not None]


def _pair(given: Coded, one: str, other: str) -> PairAgreement:
    both = {u.document for u in given.units if one in u.codings} & {
        u.document for u in given.units if other in u.codings
    }

    def spans(name: str) -> list[tuple[str, Span]]:
        found = ((u.document, u.codings[name]) for u in given.units if u.document in both and name in u.codings)
        return [(document, statement.passage.span) for document, statement in found if statement is not None]

    return PairAgreement(one, other, len(both), span_agreement(spans(one), spans(other)))


@dataclass(frozen=True)
class Dispute:
    """A unit and a field on which coders differ: what each gave, by coder."""

    unit: Unit
    field: str
    values: tuple[tuple[str, Value], ...]


def disputes(
    given: Coded, *, coders: Sequence[str] | None = None, fields: Sequence[str] | None = None
) -> tuple[Dispute, ...]:
    """Where coders differ, in order of the units: what an adjudicator has to settle.

    >>> disputes(Coded((), ()))
    ()
    """
    found = []
    for unit in given.units:
        named = {name: c for name, c in unit.codings.items() if coders is None or name in coders}
        for field in fields or (STATEMENT, *FIELDS):
            values = tuple((name, v) for name, c in named.items() if (v := value_of(c, field)) is not None)
            if len({v for _, v in values}) > 1:
                found.append(Dispute(unit, field, values))
                if field == STATEMENT:
                    break  # what it says comes after whether it is one
    return tuple(found)
