"""What people say of tensions: real, explained, or a double of another. What is explained or a double is not shown."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from comity import ledger as rules
from comity.case import Case
from comity.desk import flow
from comity.desk.flow import Material
from comity.words import Decision, DecisionKind, Handling, InputError, Ledger, Statement, Tension, TensionKind

VERDICTS = ("real", "explained", "double")
"""What can be said of a tension; the first keeps it among the tensions, the others take it out."""


MOST_OF_SIDE = 8
"""Statements of one side that a row names; the rest is counted."""
_WORDS = 400


@dataclass(frozen=True)
class Row:
    """A tension as a list shows it: `parties` are those whose statements are in it, `sides` the first statements of
    each side by id, of `counts`; `quotes` the first words of each; `documents` all that they stand in."""

    key: str
    kind: TensionKind
    issue: str
    rule: str
    text: str
    parties: tuple[str, ...]
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[int, int]
    quotes: tuple[str, str]
    documents: tuple[str, ...]


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
    _known(verdict)
    tension = next((t for t in made.tensions if rules.tension_key(made, t) == key), None)
    if tension is None:
        raise InputError(f"no tension has the key {key!r}", field="key", hint="`comity tensions CASE` lists them")
    labels = {d.id: d.handling for d in material.documents}
    handling = Handling.PUBLIC
    for statement in sides(made, tension)[0] + sides(made, tension)[1]:
        handling = handling | labels.get(statement.document, Handling.PUBLIC)
    return record(case, key, verdict, handling, coder=coder, note=note)


def record(case: Case, key: str, verdict: str, handling: Handling, *, coder: str, note: str = "") -> Decision:
    """Records what a person says of the tension with this key, which is there. Raises InputError if it says nothing."""
    _known(verdict)
    wanted = Decision(
        "", coder, datetime.now(UTC), DecisionKind.TENSION, key, value=verdict, note=note, handling=handling
    )
    return case.decide(wanted)


def _known(verdict: str) -> None:
    if verdict not in VERDICTS:
        raise InputError(f"{verdict!r} says nothing of a tension", field="verdict", hint=f"use {', '.join(VERDICTS)}")


def rows(made: Ledger) -> Iterator[Row]:
    """The tensions of a ledger as rows, in its order."""
    by_id = {s.id: s for s in made.statements}
    party_of = functools.cache(made.agenda.party_of)
    for tension in made.tensions:
        both = [tuple(by_id[i] for i in ids if i in by_id) for ids in (tension.statements, tension.against)]
        all_ = (*both[0], *both[1])
        parties = (party_of(s.holder) or party_of(s.speaker) for s in all_)
        yield Row(
            key=rules.tension_key(Ledger(made.agenda, None, all_), tension),
            kind=tension.kind,
            issue=tension.issue or "",
            rule=tension.rule,
            text=tension.text,
            parties=tuple(dict.fromkeys(p for p in parties if p)),
            sides=(_ids(both[0]), _ids(both[1])),
            counts=(len(both[0]), len(both[1])),
            quotes=(_quote(both[0]), _quote(both[1])),
            documents=tuple(dict.fromkeys(s.document for s in all_)),
        )


def _ids(side: tuple[Statement, ...]) -> tuple[str, ...]:
    return tuple(s.id for s in side[:MOST_OF_SIDE])


def _quote(side: tuple[Statement, ...]) -> str:
    return side[0].passage.quote[:_WORDS] if side else ""


def sides(made: Ledger, tension: Tension) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements of both sides of a tension."""
    wanted = {*tension.statements, *tension.against}
    by_id = {s.id: s for s in made.statements if s.id in wanted}
    return (
        tuple(by_id[i] for i in tension.statements if i in by_id),
        tuple(by_id[i] for i in tension.against if i in by_id),
    )
