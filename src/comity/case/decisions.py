"""Decisions: appended, never changed. See `effective` for which of them count."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

from comity.case.catalogue import as_shown, fold_catalogue, key_of
from comity.case.clock import Clock, stamp
from comity.case.documents import text_of
from comity.case.effective import admitted
from comity.case.file import transaction
from comity.case.presented import corrected
from comity.case.readings import check_quote
from comity.case.rows import DECISION, decision, decision_id, rows
from comity.words import Decision, DecisionKind, Handling, InputError

_CODING = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.CODE)
_CODED = re.compile(r"(?P<document>.+?):(?P<start>\d+)-(?P<end>\d+):", re.DOTALL)


def decide(connection: sqlite3.Connection, wanted: Decision, clock: Clock) -> Decision:
    """Appends a decision and returns it as recorded, with its id. Raises InputError if it cannot stand."""
    if not wanted.coder:
        raise InputError("a decision without a coder", field="coder", hint="say who decides")
    at = stamp(wanted.at)
    for name in ("coder", "target", "field", "value", "note"):
        if _half_a_character(getattr(wanted, name)):
            raise InputError("half of a character", field=name, hint="type it again")
    with transaction(connection):
        key, document_id = _document(connection, wanted)
        _check(connection, wanted, key)
        nth = 1
        while rows(connection, "SELECT 1 FROM decision WHERE id = ?", decision_id(wanted, nth)):
            nth += 1
        made = replace(wanted, id=decision_id(wanted, nth), at=datetime.fromisoformat(at).astimezone(UTC))
        insert(connection, made, nth, key, document_id, stamp(clock()))
        if key is not None and made.kind in (DecisionKind.DOCUMENT, DecisionKind.RETRACT):
            fold_catalogue(connection, [key])
    return made


def insert(
    connection: sqlite3.Connection, made: Decision, nth: int, key: int | None, document_id: str | None, recorded: str
) -> None:
    """Writes a decision down. `key` is that of the document that it is on, `document_id` the id it names this by."""
    start, end, quote = (made.passage.start, made.passage.end, made.passage.quote) if made.passage else (None,) * 3
    connection.execute(
        "INSERT INTO decision (id, nth, coder, at, kind, target, field, value, note, handling, document, document_id,"
        ' start, "end", quote, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        (
            made.id,
            nth,
            made.coder,
            stamp(made.at),
            made.kind.value,
            made.target,
            made.field,
            made.value,
            made.note,
            made.handling.value,
            key,
            document_id,
            start,
            end,
            quote,
            recorded,
        ),
    )


def decisions(
    connection: sqlite3.Connection, known_at: datetime | None = None, handling: Handling = Handling.PROTECTED
) -> tuple[Decision, ...]:
    """All decisions in the order recorded, retractions and what they undo among them.

    Left out are those recorded after `known_at`, and those that `handling` does not admit, by their own label or by
    that of the document they are on (see `comity.case.effective.admitted`). Documents go by today's ids.
    """
    then = stamp(known_at) if known_at else "9999"
    found = connection.execute(
        f"SELECT {DECISION}, c.id, c.handling FROM decision d LEFT JOIN catalogue c ON c.document = d.document"
        " WHERE d.recorded <= ? ORDER BY d.key",
        (then,),
    )
    known: list[Decision] = []
    hidden: set[str] = set()
    for *row, id_now, document_label in found:
        made = decision(tuple(row))
        known.append(_with_current_id(made, row[10], id_now))
        if not handling.admits(made.handling | Handling(document_label or Handling.PUBLIC)):
            hidden.add(made.id)
    return admitted(known, lambda d: d.id in hidden) if hidden else tuple(known)


def _half_a_character(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _document(connection: sqlite3.Connection, wanted: Decision) -> tuple[int | None, str | None]:
    """The key of the document that a decision is on, and the id that it names it by."""
    if wanted.kind is DecisionKind.RETRACT:
        found = rows(connection, "SELECT document, document_id FROM decision WHERE id = ?", wanted.target)
        if not found:
            raise InputError(f"no decision {wanted.target!r} in this case", field="target")
        return found[0][0], found[0][1]
    coded = _CODED.match(wanted.target)
    id_ = None
    if wanted.passage:
        id_ = wanted.passage.document
    elif wanted.kind is DecisionKind.DOCUMENT:
        id_ = wanted.target
    elif coded:
        id_ = coded["document"]
    key = key_of(connection, id_) if id_ else None
    if key is None and (wanted.passage or wanted.kind is DecisionKind.DOCUMENT or wanted.kind in _CODING):
        raise InputError(f"no document {id_ or wanted.target!r} in this case", field="target")
    return key, id_ if key is not None else None


def _check(connection: sqlite3.Connection, wanted: Decision, key: int | None) -> None:
    if key is None:
        return
    if wanted.passage:
        check_quote(text_of(connection, key), wanted.passage)
    elif wanted.kind in _CODING:
        coded = _CODED.match(wanted.target)
        if coded and not int(coded["start"]) < int(coded["end"]) <= len(text_of(connection, key)):
            raise InputError(f"{wanted.target!r} lies outside the text", field="target")
    if wanted.kind is DecisionKind.DOCUMENT:
        document, _ = as_shown(connection, key)
        corrected(document, wanted.field, wanted.value)
        if wanted.field == "supersedes" and wanted.value and key_of(connection, wanted.value) in (None, key):
            raise InputError(f"{wanted.value!r} is no other document of this case", field="value")


def _with_current_id(found: Decision, then: str | None, now: str | None) -> Decision:
    """A decision on a document that has since got another id, with that id."""
    if then is None or now is None or then == now:
        return found
    target = found.target
    if target == then:
        target = now
    elif target.startswith(f"{then}:"):
        target = now + target.removeprefix(then)
    value = found.value
    if found.kind is DecisionKind.CODE and value:
        statement = json.loads(value)
        if isinstance(statement, dict) and str(statement.get("id", "")).startswith(f"{then}#"):
            value = json.dumps(statement | {"id": now + statement["id"].removeprefix(then)}, ensure_ascii=False)
    passage = replace(found.passage, document=now) if found.passage else None
    return replace(found, target=target, value=value, passage=passage)
