"""The history of a case: every decision by whom, whether it stands, and what undid it; versions of the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.case import Case, effective
from comity.words import Decision, DecisionKind, InputError


@dataclass(frozen=True)
class Edit:
    """A decision with its number in the order recorded, from 1. `stands`: it counts now. `undone_by` is the
    retraction that undoes it, if one does; of a retraction, `of` is the decision that it is about in the end."""

    number: int
    decision: Decision
    stands: bool
    undone_by: Decision | None = None
    of: Decision | None = None


def edits(decisions: Sequence[Decision]) -> tuple[Edit, ...]:
    """All decisions as edits, newest first. `decisions` come in the order recorded, retractions among them."""
    by_id = {d.id: d for d in decisions}
    undone: dict[str, Decision] = {}
    for decision in reversed(decisions):
        if decision.kind is DecisionKind.RETRACT and decision.id not in undone:
            undone[decision.target] = decision
    found = []
    for number, decision in enumerate(decisions, 1):
        of = decision
        while of.kind is DecisionKind.RETRACT and of.target in by_id:
            of = by_id[of.target]
        found.append(
            Edit(
                number, decision, decision.id not in undone, undone.get(decision.id), of if of is not decision else None
            )
        )
    return tuple(reversed(found))


def undo_all(case: Case, ids: Sequence[str], coder: str, note: str = "") -> tuple[Decision, ...]:
    """Retracts those of the decisions that stand, newest first; returns the retractions.

    A retraction can be undone as any decision, which brings back what it undid. Raises InputError, and undoes nothing,
    if one of the ids is that of no decision.
    """
    decisions = case.decisions()
    known = {d.id for d in decisions}
    for id_ in ids:
        if id_ not in known:
            raise InputError(f"no decision {id_!r} in this case", hint="`comity review CASE --history` lists them")
    counts = {d.id for d in effective(decisions)} | {
        e.decision.id for e in edits(decisions) if e.decision.kind is DecisionKind.RETRACT and e.stands
    }
    wanted = [d.id for d in reversed(decisions) if d.id in set(ids) and d.id in counts]
    return tuple(case.undo(id_, coder, note) for id_ in wanted)
