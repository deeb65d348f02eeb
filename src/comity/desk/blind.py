"""Coding by several people: what one coder sees without seeing the others, and settling where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from comity.case import Case
from comity.desk.flow import Material
from comity.reading import READER
from comity.study import ADJUDICATION, FIELDS, STATEMENT, Coded, Dispute, Unit, coded
from comity.words import (
    Decision,
    DecisionKind,
    Document,
    Handling,
    InputError,
    Passage,
    Statement,
    dumps,
    statement_to_json,
)


def as_seen_by(material: Material, coder: str) -> Material:
    """The material as one coder may see it: no other person's decisions on statements. Documents stay as corrected."""
    coding = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.CODE, DecisionKind.TENSION)
    seen = tuple(d for d in material.decisions if d.coder == coder or d.kind not in coding)
    return replace(material, decisions=seen, paragraphs=())


def all_coded(case: Case, material: Material) -> Coded:
    """What each coder gave each unit. Earlier versions of the reader whose readings are still there are coders, too."""
    older = [
        reading
        for reader in case.readers(case.agenda_hash)
        if reader != READER
        for reading in case.readings(reader, case.agenda_hash).values()
    ]
    return coded((*material.readings, *older), material.decisions)


def written(statement: Statement, coder: str, handling: Handling, note: str, target: str) -> Decision:
    """The decision that a statement stands as this coder has it, whatever its target said before."""
    return Decision(
        "",
        coder,
        datetime.now(UTC),
        DecisionKind.CODE,
        target,
        value=dumps(statement_to_json(statement)),
        note=note,
        handling=handling,
        passage=statement.passage,
    )


def settle(
    case: Case, material: Material, found: Coded, wanted: str, choice: str, coder: str, why: str = ""
) -> list[Decision]:
    """Settles a unit by decisions marked as adjudication: ``FIELD=VALUE``, or ``coder=NAME`` whose coding stands.

    ``statement=no`` rejects what was taken for a statement, ``statement=yes`` accepts it. Raises InputError, and
    decides nothing, if there is no such unit or coder.
    """
    unit = unit_named(found, wanted)
    field, equals, value = choice.partition("=")
    if not equals:
        raise InputError(f"{choice!r} is not FIELD=VALUE", hint="for instance act=demand, statement=no or coder=ada")
    note = f"{ADJUDICATION}: {why}" if why else ADJUDICATION
    label = next(d.handling for d in material.documents if d.id == unit.document)
    label |= max((d.handling for d in material.decisions if d.target in unit.targets), default=Handling.PUBLIC,
                 key=lambda h: h.rank)  # fmt: skip
    first, *others = unit.targets
    passage = next(d for d in material.documents if d.id == unit.document).passage(*unit.span)

    def made(kind: DecisionKind, target: str, name: str = "", new: str = "") -> Decision:
        return Decision("", coder, datetime.now(UTC), kind, target, name, new, note, label)

    if field == "coder":
        if value not in unit.codings:
            raise InputError(f"{value!r} gave this unit nothing", hint=f"one of {', '.join(unit.codings)}")
        chosen = unit.codings[value]
        if chosen is None:
            plan = [made(DecisionKind.REJECT, target) for target in unit.targets]
        else:
            plan = [written(chosen, coder, label, note, first)]
            plan += [made(DecisionKind.REJECT, target) for target in others]
    elif field == STATEMENT:
        if value not in ("yes", "no"):
            raise InputError(f"{value!r} is neither yes nor no", field=STATEMENT)
        kind = DecisionKind.ACCEPT if value == "yes" else DecisionKind.REJECT
        plan = [made(kind, first)]
        plan += [made(DecisionKind.REJECT, target) for target in others]
    elif field in FIELDS:
        plan = [replace(made(DecisionKind.CORRECT, first, field, value), passage=_own(passage, first))]
        plan += [made(DecisionKind.REJECT, target) for target in others]
    else:
        raise InputError(f"no field is called {field!r}", hint=f"one of {', '.join((STATEMENT, *FIELDS, 'coder'))}")
    _check(material, plan)
    return [case.decide(decision) for decision in plan]


def _own(passage: Passage, target: str) -> Passage | None:
    return passage if target.startswith(f"{passage.document}:{passage.start}-{passage.end}:") else None


def _check(material: Material, plan: Sequence[Decision]) -> None:
    """A value that does not fit is refused now, not when the next ledger is made."""
    from comity.desk.flow import ledger_of

    moment = datetime.max.replace(tzinfo=UTC)
    ledger_of(replace(material, decisions=(*material.decisions, *(replace(d, at=moment) for d in plan))))


def unit_named(found: Coded, wanted: str) -> Unit:
    """The unit with this statement id, or at this place (``DOCUMENT:START-END``). Raises InputError if none is."""
    for unit in found.units:
        names = {unit.id, place_of(unit), *(s.id for s in unit.codings.values() if s is not None)}
        if wanted in names:
            return unit
    raise InputError(f"no unit is called {wanted!r}", hint="`comity adjudicate CASE` lists those that differ")


def place_of(unit: Unit) -> str:
    return f"{unit.document}:{unit.span[0]}-{unit.span[1]}"


def dispute_row(dispute: Dispute, documents: Sequence[Document]) -> dict[str, Any]:
    """A row of the list of disputes."""
    text = next(d.text for d in documents if d.id == dispute.unit.document)
    return {
        "id": dispute.unit.id,
        "place": place_of(dispute.unit),
        "field": dispute.field,
        "values": [f"{coder}: {value}" for coder, value in dispute.values],
        "quote": text[slice(*dispute.unit.span)],
    }


def with_offsets(text: str) -> str:
    """A text with the offset of each line that says something before it."""
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            out.append(f"{at:7}  {line.rstrip()}")
        at += len(line)
    return "\n".join(out)


def queue(material: Material, coder: str, document: str | None, mine: bool) -> list[dict[str, Any]]:
    """What a coder has not coded (or, `mine`, has), in the order of the documents. `material` is `as_seen_by` them."""
    order = {d.id: number for number, d in enumerate(material.documents)}
    rows = []
    for unit in sorted(coded(material.readings, material.decisions).units, key=lambda u: (order[u.document], u.span)):
        if (coder in unit.codings) is not mine or (document and unit.document != document):
            continue
        own = unit.codings.get(coder)
        shown = own or next((s for s in unit.codings.values() if s is not None), None)
        if shown is not None:
            act = "(no statement)" if mine and own is None else shown.act.value
            quote = shown.passage.quote
            rows.append({"id": unit.id, "speaker": shown.speaker, "act": act, "issue": shown.issue, "quote": quote})
    return rows
