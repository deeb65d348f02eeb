"""The codings of a case, and codings brought into one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from comity.case import Case
from comity.desk.flow import Material
from comity.desk.interchange.codings import Coding
from comity.study import coded
from comity.words import (
    Decision,
    DecisionKind,
    Handling,
    Ledger,
    Review,
    dumps,
    statement_to_json,
    target_of,
)


def codings_of(material: Material, made: Ledger) -> tuple[Coding, ...]:
    """What each coder gave each statement: readers with the mark of review, people with what they decided.

    A statement that a coder rejected is no coding of that coder; the machine's proposal is told with its mark.
    """
    labels = {d.id: d.handling for d in material.documents}
    own: dict[tuple[str, str], Handling] = {}
    for d in material.decisions:
        own[d.coder, d.target] = own.get((d.coder, d.target), Handling.PUBLIC) | d.handling
    found = coded(material.readings, material.decisions)
    kinds = {coder.id: coder for coder in found.coders}
    reviews = dict(made.reviews)
    rejected = {
        d.target for d in material.decisions if d.kind is DecisionKind.REJECT and d.target not in _standing(made)
    }
    codings = []
    for unit in found.units:
        for name, statement in unit.codings.items():
            if statement is None:
                continue
            coder = kinds[name]
            if coder.kind == "reader":
                gone = target_of(statement.passage, statement.speaker) in rejected
                review = Review.REJECTED if gone else reviews.get(statement.id, Review.UNREVIEWED)
            else:
                review = Review.WRITTEN
            label = labels.get(statement.document, Handling.PUBLIC)
            label |= own.get((name, target_of(statement.passage, statement.speaker)), Handling.PUBLIC)
            codings.append(Coding(statement, coder, review, label))
    return tuple(codings)


def _standing(made: Ledger) -> set[str]:
    return {target_of(s.passage, s.speaker) for s in made.statements}


@dataclass(frozen=True)
class BroughtIn:
    """How many codings were added as decisions, were there already, and were a machine's (and so not brought in)."""

    added: int
    known: int
    machine: int


def bring_in(case: Case, codings: Iterable[Coding]) -> BroughtIn:
    """Adds people's codings to a case as decisions of the coders they name; what is there already is not added again.

    A machine's codings stay out: what a reader proposes comes from reading, and would else pass for a person's.
    """
    standing = {(d.coder, d.kind, d.target, d.value) for d in case.decisions()}
    added = known = machine = 0
    for coding in codings:
        if coding.coder.kind == "reader":
            machine += 1
            continue
        s = coding.statement
        target = target_of(s.passage, s.speaker)
        value = dumps(statement_to_json(s))
        coder = coding.coder.id or "unnamed"
        if (coder, DecisionKind.CODE, target, value) in standing:
            known += 1
            continue
        label = case.document(s.document).handling | coding.handling
        case.decide(
            Decision(
                "",
                coder,
                datetime.now(UTC),
                DecisionKind.CODE,
                target,
                value=value,
                note=coding.note,
                handling=label,
                passage=s.passage,
            )
        )
        added += 1
    return BroughtIn(added, known, machine)
