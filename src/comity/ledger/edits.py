"""What people decided, applied to what readers proposed: which statements count, in which words, looked at by whom."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from comity.ledger.names import Names
from comity.words import (
    Act,
    Agenda,
    Certainty,
    Decision,
    DecisionKind,
    Document,
    Handling,
    InputError,
    Mode,
    Polarity,
    Reading,
    Review,
    Statement,
    StatusClaim,
    statement_from_json,
    target_of,
)

_ENUMS: dict[str, type[Enum]] = {
    "mode": Mode,
    "act": Act,
    "certainty": Certainty,
    "polarity": Polarity,
    "status": StatusClaim,
}
_TEXTS = ("speaker", "holder", "issue", "option", "addressee", "medium")
_FLAGS = ("fact", "absolute")
TARGET = re.compile(r"(.*?):\d+-\d+:", re.S)
"""The target of a decision on a statement begins with the document."""
_LISTS = ("also_issues", "topics", "chain")


@dataclass(frozen=True)
class Edited:
    """Statements as decided, the marks of review, and the documents with corrected fields."""

    statements: tuple[Statement, ...]
    reviews: Mapping[str, Review]
    documents: Mapping[str, Document]
    names: Names
    tensions: Mapping[str, str]


def in_force(decisions: Iterable[Decision], known_at: date | datetime | None = None) -> tuple[Decision, ...]:
    """Decisions that stand, in order of recording: recorded by `known_at` and not retracted.

    A retraction that is itself retracted undoes nothing.
    """
    rows = sorted((d for d in decisions if _recorded_by(d.at, known_at)), key=lambda d: (_utc(d.at), d.id))
    undone: set[str] = set()
    for decision in reversed(rows):
        if decision.kind is DecisionKind.RETRACT and decision.id not in undone:
            undone.add(decision.target)
    return tuple(d for d in rows if d.id not in undone and d.kind is not DecisionKind.RETRACT)


def _utc(moment: datetime) -> datetime:
    """A moment without a zone is taken as UTC, so that all can be ordered."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _recorded_by(moment: datetime, known_at: date | datetime | None) -> bool:
    if known_at is None:
        return True
    if isinstance(known_at, datetime):
        return _utc(moment) <= _utc(known_at)
    return _utc(moment).date() <= known_at


def edit(
    readings: Iterable[Reading],
    agenda: Agenda,
    documents: Mapping[str, Document],
    decisions: Sequence[Decision],
) -> Edited:
    """Apply decisions in force to readings. Later decisions on one target win; nothing is changed in place.

    Raises
    ------
    InputError
        If a decision's field or value fits no statement, or two readings are of one document.
    """
    names = Names(agenda, same_names(decisions, agenda))
    kept, reviews = decided(readings, decisions, names)
    return Edited(tuple(kept), reviews, documents_corrected(documents, decisions), names, judged(decisions))


def decided(
    readings: Iterable[Reading], decisions: Sequence[Decision], names: Names
) -> tuple[list[Statement], dict[str, Review]]:
    """Statements of readings after the decisions on them, those written anew at the end; and their marks of review."""
    by_target: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_target.setdefault(decision.target, []).append(decision)
    kept: list[Statement] = []
    reviews: dict[str, Review] = {}
    written: set[str] = set()
    seen: set[str] = set()
    for reading in readings:
        if reading.document in seen:
            raise InputError("two readings of one document", file=reading.document, hint="give the newest only")
        seen.add(reading.document)
        for statement in reading.statements:
            target = target_of(statement.passage, statement.speaker)
            now, review = _decide(statement, by_target.get(target, ())) if by_target else (statement, None)
            if review is Review.WRITTEN:
                written.add(target)
            if now is not None:
                kept.append(now)
                if review:
                    reviews[now.id] = review
    kept += _written_anew(by_target, written, {s.id for s in kept}, reviews)
    return [_renamed(statement, names) for statement in kept] if names.same else kept, reviews


def _decide(statement: Statement, decisions: Sequence[Decision]) -> tuple[Statement | None, Review | None]:
    """The statement after the decisions on it (None: rejected) and its mark of review (None: nobody looked)."""
    now: Statement | None = statement
    review: Review | None = None
    for decision in decisions:
        if decision.kind is DecisionKind.REJECT:
            now, review = None, Review.REJECTED
        elif decision.kind is DecisionKind.ACCEPT:
            now = now or statement
            review = review if review in (Review.CORRECTED, Review.WRITTEN) else Review.ACCEPTED
        elif decision.kind is DecisionKind.CORRECT:
            now = corrected(now or statement, decision)
            review = review if review is Review.WRITTEN else Review.CORRECTED
        elif decision.kind is DecisionKind.CODE:
            now = replace(_coded(decision), id=statement.id)
            review = Review.WRITTEN
    return now, review


def corrected(statement: Statement, decision: Decision) -> Statement:
    """`statement` with one field as a person decided it. An empty value clears a field that can be empty."""
    name, value = decision.field, decision.value
    new: Any
    try:
        if name in _ENUMS:
            new = _ENUMS[name](value) if value else None
            if new is None and name in ("mode", "act", "certainty"):
                raise ValueError("this field cannot be empty")
        elif name in _TEXTS:
            if not value and name == "speaker":
                raise ValueError("this field cannot be empty")
            new = value or None
        elif name in _FLAGS:
            new = {"true": True, "false": False, "": False}[value]
        elif name in _LISTS:
            new = tuple(str(item) for item in json.loads(value or "[]"))
        elif name == "said":
            first, _, last = value.partition("/")
            earliest = date.fromisoformat(first) if first else None
            latest = date.fromisoformat(last) if last else (None if "/" in value else earliest)
            new = replace(statement.said, earliest=earliest, latest=latest)
        else:
            known = ", ".join([*_ENUMS, *_TEXTS, *_FLAGS, *_LISTS, "said"])
            raise InputError(f"no field {name!r} to correct", file=decision.id, hint=f"known are {known}")
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{value!r} does not fit: {error}", file=decision.id, field=name) from None
    return replace(statement, **{name: new})


def _coded(decision: Decision) -> Statement:
    where = TARGET.match(decision.target)
    document = decision.passage.document if decision.passage else where[1] if where else None
    try:
        return statement_from_json(json.loads(decision.value), document, file=decision.id)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error}", file=decision.id, field="value") from None


def _written_anew(
    by_target: Mapping[str, Sequence[Decision]], done: set[str], ids: set[str], reviews: dict[str, Review]
) -> list[Statement]:
    """Statements that a person wrote where no reader proposed one, with an id that no other has."""
    added = []
    for target in sorted(by_target):
        rows = by_target[target]
        first = next((i for i, d in enumerate(rows) if d.kind is DecisionKind.CODE), None)
        if first is None or target in done:
            continue
        base = _coded(rows[first])
        now, review = _decide(base, rows[first:])
        if now is None:
            continue
        fresh = now.id
        while fresh in ids:
            fresh = f"{fresh}+{rows[first].id}" if fresh == now.id else f"{fresh}'"
        ids.add(fresh)
        reviews[fresh] = review or Review.WRITTEN
        added.append(replace(now, id=fresh))
    return added


def same_names(decisions: Iterable[Decision], agenda: Agenda) -> dict[str, str]:
    """Each name that a person judged to be another's, to the name under which both are kept."""
    edges: dict[tuple[str, str], bool] = {}
    for decision in decisions:
        if decision.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT) and decision.target != decision.value:
            pair = (min(decision.target, decision.value), max(decision.target, decision.value))
            edges[pair] = decision.kind is DecisionKind.SAME
    listed = [*(p.name for p in agenda.parties), *(a.name for a in agenda.actors)]
    known = {name: rank for rank, name in enumerate(listed)}
    groups: dict[str, set[str]] = {}
    for (one, other), same in sorted(edges.items()):
        if same:
            union = groups.get(one, {one}) | groups.get(other, {other})
            groups.update(dict.fromkeys(union, union))
    chosen = {name: min(group, key=lambda n: (known.get(n, len(known)), n)) for name, group in groups.items()}
    return {name: head for name, head in chosen.items() if name != head}


def _renamed(statement: Statement, names: Names) -> Statement:
    holder = names.canonical(statement.holder) if statement.holder else None
    chain = tuple(names.canonical(name) for name in statement.chain)
    return replace(statement, speaker=names.canonical(statement.speaker), holder=holder, chain=chain)


def documents_corrected(documents: Mapping[str, Document], decisions: Iterable[Decision]) -> dict[str, Document]:
    """Documents with the fields that a person set."""
    now = dict(documents)
    for decision in decisions:
        if decision.kind is not DecisionKind.DOCUMENT or decision.target not in now:
            continue
        value: Any = decision.value or None
        try:
            if decision.field == "published":
                value = date.fromisoformat(value) if value else None
            elif decision.field == "handling":
                value = Handling(value)
            elif decision.field not in ("source", "title", "url", "supersedes"):
                raise InputError(f"no field {decision.field!r} of a document", file=decision.id)
        except ValueError:
            raise InputError(f"{value!r} does not fit", file=decision.id, field=decision.field) from None
        now[decision.target] = replace(now[decision.target], **{decision.field: value})
    return now


def judged(decisions: Iterable[Decision]) -> dict[str, str]:
    """Tension keys to what a person said of them: real, explained or double."""
    return {d.target: d.value for d in decisions if d.kind is DecisionKind.TENSION}
