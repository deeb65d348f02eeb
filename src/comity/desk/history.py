"""The history of a case: every decision by whom, whether it stands, and what undid it; versions of the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.case import Case, effective
from comity.case.paging import decisions_by_id, decisions_in_brief
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


@dataclass(frozen=True)
class Some:
    """Some of the edits that fit, newest first: `total` fit in all. `coders` are those of any edit, by name."""

    edits: tuple[Edit, ...]
    total: int
    coders: tuple[str, ...]


def some(case: Case, *, coder: str = "", kind: str = "", target: str = "", offset: int = 0, limit: int) -> Some:
    """The edits of one coder, one kind or on what begins with a target: `limit` of them from `offset` on. Only these
    are read in full."""
    told = decisions_in_brief(case)
    by_id = {d.id: d for d in told}
    undone: dict[str, str] = {}
    for d in reversed(told):
        if d.kind is DecisionKind.RETRACT and d.id not in undone:
            undone[d.target] = d.id
    fitting: list[tuple[int, str, str]] = []
    for number, d in enumerate(told, 1):
        of = d
        while of.kind is DecisionKind.RETRACT and of.target in by_id:
            of = by_id[of.target]
        if coder in ("", d.coder) and kind in ("", of.kind.value) and of.target.startswith(target):
            fitting.append((number, d.id, of.id))
    fitting.reverse()
    shown = fitting[offset : offset + limit]
    full = decisions_by_id(case, [i for _, one, of in shown for i in (one, of, undone.get(one, one))])
    edits = tuple(
        Edit(number, full[one], one not in undone, full[undone[one]] if one in undone else None, full[of])
        if of != one
        else Edit(number, full[one], one not in undone, full[undone[one]] if one in undone else None)
        for number, one, of in shown
    )
    return Some(edits, len(fitting), tuple(sorted({d.coder for d in told})))


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


def whole_id(case: Case, begin: str) -> str:
    """The id of the only decision that begins so; else what was given, for the case to refuse."""
    found = [d.id for d in case.decisions() if d.id.startswith(begin)]
    return found[0] if len(found) == 1 else begin


def is_on(edit: Edit, target: str) -> bool:
    """True if an edit, or what it undoes, is on something whose name begins so."""
    return (edit.of or edit.decision).target.startswith(target)


def rows(found: Sequence[Edit]) -> list[dict[str, object]]:
    """Edits as plain rows, with the time of recording."""
    return [
        {
            "number": e.number,
            "id": e.decision.id,
            "at": e.decision.at.isoformat(timespec="seconds"),
            "coder": e.decision.coder,
            "kind": e.decision.kind.value,
            "field": e.decision.field,
            "value": e.decision.value,
            "note": e.decision.note,
            "on": (e.of or e.decision).target,
            "now": "stands" if e.undone_by is None else f"undone by {e.undone_by.coder}",
        }
        for e in found
    ]
