"""What leaves a case carries an id and leaves a receipt, so that it can be called back when part of it was wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from comity.case import Case, Receipt, secret
from comity.desk.flow import Material
from comity.desk.parts.values import Brief
from comity.words import (
    CaseError,
    Decision,
    DecisionKind,
    Document,
    Handling,
    Ledger,
    Position,
    Statement,
    dumps,
    statement_to_json,
)

SHOWN = 16
"""Digits of an id that are shown: enough to tell exports apart."""


def content_id(value: object) -> str:
    """SHA-256 of what an export holds, as JSON: in hex."""
    return hashlib.sha256(dumps(value).encode("utf-8", "surrogatepass")).hexdigest()


def with_id(brief: Brief) -> tuple[Brief, str]:
    """The brief with its id among what it says of how it was made, and the id."""
    id_ = content_id(brief)
    return replace(brief, made_by=(*brief.made_by, ("Export", id_[:SHOWN]))), id_


def held(made: Ledger, documents: Iterable[Document], statements: Iterable[Statement] | None = None) -> dict[str, str]:
    """What a receipt keeps of an export: a digest for each passage and each cell, under hashed keys.

    A passage's digest is over all that is told to be said there, and who published it when; a cell's value names the
    passages it rests on. With `statements`, only these and the cells that rest on them.
    """
    shown = {d.id: d for d in documents}
    chosen = tuple(made.statements if statements is None else statements)
    found = {secret(place): digest for place, digest in _passages(chosen, shown).items()}
    ids = {s.id: s for s in chosen}
    for position in made.positions:
        rests_on = [ids[i] for i in position.statements if i in ids]
        if rests_on:
            passages = " ".join(sorted({secret(_place(s)) for s in rests_on}))
            found[secret(_cell(position.party, position.issue))] = f"{_cell_digest(position)} {passages}"
    return found


def _place(statement: Statement) -> str:
    return f"{statement.document}:{statement.passage.start}-{statement.passage.end}"


def _cell(party: str, issue: str) -> str:
    return f"cell|{party}|{issue}"


def _passages(statements: Iterable[Statement], documents: Mapping[str, Document]) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for statement in statements:
        plain = statement_to_json(statement)
        for name in ("id", "same_utterance_as", "confidence"):  # numbers of a reading, nothing that a person corrects
            del plain[name]
        document = documents.get(statement.document)
        about = [str(document.published), document.source, document.url] if document else []
        said.setdefault(_place(statement), []).append(json.dumps([plain, about], ensure_ascii=True, sort_keys=True))
    return {place: _short("\n".join(sorted(rows))) for place, rows in said.items()}


def _cell_digest(position: Position) -> str:
    plain = [position.act, position.firmness, position.provenance, position.summary, list(position.options)]
    return _short(json.dumps(plain, ensure_ascii=True))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def keep(
    case: Case,
    content: str | bytes,
    *,
    id: str,
    what: str,
    output: str | None,
    handling: Handling,
    as_of: date | None,
    holds: Mapping[str, str],
) -> str:
    """Leaves a receipt in the case, if it can be written, and returns the id as it is shown."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    name = Path(output).name if output and output != "-" else ""
    if case.writable:
        case.keep_receipt(
            id=id,
            sha256=hashlib.sha256(data).hexdigest(),
            what=what,
            name=name,
            handling=handling,
            as_of=as_of,
            held=holds,
        )
    return id[:SHOWN]


@dataclass(frozen=True)
class Recalled:
    """An export that holds something since corrected.

    `cells` are the cells that rest on it, party and issue; `passages` the places, with why; `gone` counts passages that
    are no longer in the case at all (removed for good, or read otherwise by now).
    """

    receipt: Receipt
    cells: tuple[tuple[str, str], ...]
    passages: tuple[tuple[str, str], ...]
    gone: int


def recalled(receipts: Iterable[Receipt], material: Material, made: Ledger) -> tuple[Recalled, ...]:
    """Exports that hold a passage which is read or described otherwise now, oldest first.

    `material` and `made` are of all that the case holds, whatever its label and date. A document that came in later
    changes no export; a decision does, and so does another version of the reader.
    """
    now = _passages(made.statements, {d.id: d for d in material.documents})
    by_secret = {secret(place): place for place in now}
    for reading in material.readings:  # what was rejected can still be named
        for statement in reading.statements:
            by_secret.setdefault(secret(_place(statement)), _place(statement))
    cells = {
        secret(_cell(party.id, issue.id)): (party.id, issue.id)
        for party in material.agenda.parties
        for issue in material.agenda.issues
    }
    found = []
    for receipt in receipts:
        changed = {
            key
            for key, digest in receipt.held.items()
            if " " not in digest and now.get(by_secret.get(key, "")) != digest
        }
        if not changed:
            continue
        rest = [key for key, value in receipt.held.items() if " " in value and changed & set(value.split()[1:])]
        places = sorted(by_secret[key] for key in changed if key in by_secret)
        why = tuple((place, _why(place, receipt.recorded, material.decisions)) for place in places)
        found.append(
            Recalled(
                receipt,
                tuple(sorted(cells[key] for key in rest if key in cells)),
                why,
                sum(key not in by_secret for key in changed),
            )
        )
    return tuple(found)


def _why(place: str, since: datetime, decisions: Iterable[Decision]) -> str:
    document = place.rpartition(":")[0]
    said = []
    for decision in decisions:
        if decision.at <= since:
            continue
        if decision.target.startswith(f"{place}:") and decision.kind in (
            DecisionKind.CORRECT,
            DecisionKind.REJECT,
            DecisionKind.CODE,
        ):
            what = f"{decision.field}={decision.value}" if decision.kind is DecisionKind.CORRECT else ""
            said.append(f"{decision.kind.value} {what} by {decision.coder}".replace("  ", " "))
        elif decision.kind is DecisionKind.DOCUMENT and decision.target == document:
            said.append(f"{decision.field} of the document is {decision.value or 'none'}, by {decision.coder}")
    return "; ".join(said) or "read otherwise now, or a decision was undone"


def holding(receipts: Iterable[Receipt], material: Material, documents: Iterable[str]) -> tuple[Receipt, ...]:
    """Exports that hold a passage of one of these documents, as far as their readings tell."""
    wanted = set(documents)
    places = {
        secret(_place(statement))
        for reading in material.readings
        if reading.document in wanted
        for statement in reading.statements
    }
    return tuple(r for r in receipts if places & set(r.held))


def find(receipts: Iterable[Receipt], wanted: str) -> tuple[Receipt, ...]:
    """The receipts of an export, given by the beginning of its id or as a file. Raises CaseError if there is none."""
    given = tuple(receipts)
    path = Path(wanted)
    if path.is_file():
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        found = tuple(r for r in given if r.sha256 == sha256)
    else:
        found = tuple(r for r in given if r.id.startswith(wanted.lower()))
    if not found:
        raise CaseError(f"{wanted}: no export of this case; `comity recall CASE --all` lists them")
    return found
