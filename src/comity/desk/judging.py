"""What people say of tensions: real, explained, or a double of another. What is explained or a double is not shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from comity import ledger as rules
from comity.case import Case
from comity.desk import flow
from comity.desk.flow import Material
from comity.words import Decision, DecisionKind, Handling, InputError, Ledger, Statement, Tension

VERDICTS = ("real", "explained", "double")
"""What can be said of a tension; the first keeps it among the tensions, the others take it out."""


@dataclass(frozen=True)
class Judged:
    """A tension with its key and the newest decision on it, if any."""

    key: str
    tension: Tension
    decision: Decision | None

    @property
    def verdict(self) -> str:
        return self.decision.value if self.decision else ""


def tensions(material: Material, made: Ledger) -> tuple[Judged, ...]:
    """The tensions of a ledger in its order, those that nobody has judged first."""
    by_target = {d.target: d for d in material.decisions if d.kind is DecisionKind.TENSION}
    found = []
    for tension in made.tensions:
        key = rules.tension_key(made, tension)
        found.append(Judged(key, tension, by_target.get(key)))
    return tuple(sorted(found, key=lambda j: bool(j.decision)))


def unjudged(material: Material, as_of: date | None = None) -> Ledger:
    """The ledger as if nobody had judged a tension, so that those taken out can be looked at again."""
    kept = tuple(d for d in material.decisions if d.kind is not DecisionKind.TENSION)
    return flow.ledger_of(replace(material, decisions=kept), as_of)


def judge(
    case: Case,
    material: Material,
    made: Ledger,
    key: str,
    verdict: str,
    *,
    coder: str,
    note: str = "",
) -> Decision:
    """Records what a person says of a tension, as protected as the documents that it is made of.

    `made` is a ledger that holds the tension. Raises InputError, and records nothing, if there is none such or the
    verdict is none.
    """
    if verdict not in VERDICTS:
        raise InputError(f"{verdict!r} says nothing of a tension", field="verdict", hint=f"use {', '.join(VERDICTS)}")
    tension = next((t for t in made.tensions if rules.tension_key(made, t) == key), None)
    if tension is None:
        raise InputError(f"no tension has the key {key!r}", field="key", hint="`comity tensions CASE` lists them")
    labels = {d.id: d.handling for d in material.documents}
    handling = Handling.PUBLIC
    for statement in sides(made, tension)[0] + sides(made, tension)[1]:
        handling = handling | labels.get(statement.document, Handling.PUBLIC)
    wanted = Decision(
        "", coder, datetime.now(UTC), DecisionKind.TENSION, key, value=verdict, note=note, handling=handling
    )
    return case.decide(wanted)


def sides(made: Ledger, tension: Tension) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements of both sides of a tension."""
    wanted = {*tension.statements, *tension.against}
    by_id = {s.id: s for s in made.statements if s.id in wanted}
    return (
        tuple(by_id[i] for i in tension.statements if i in by_id),
        tuple(by_id[i] for i in tension.against if i in by_id),
    )
