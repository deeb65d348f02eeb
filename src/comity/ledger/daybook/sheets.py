"""The takes of one document: what a reader took from it, as people decided."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from comity.ledger.edits import TARGET, decided, documents_corrected
from comity.ledger.evidence import Take, takes_of
from comity.ledger.names import Names
from comity.words import (
    Decision,
    DecisionKind,
    Document,
    Reading,
    Review,
    Statement,
    statement_from_json,
)

_STATEMENTS = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.CODE)


def document_of(decision: Decision) -> str | None:
    """Id of the document on whose statements, or on which, a decision is."""
    if decision.kind is DecisionKind.DOCUMENT:
        return decision.target
    if decision.kind not in _STATEMENTS:
        return None
    if decision.passage is not None:
        return decision.passage.document
    found = TARGET.match(decision.target)
    return found[1] if found else None


def by_document(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Decisions by the document that they are on; others left out.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2031, 3, 2, tzinfo=UTC)
    >>> list(by_document([Decision("1", "ada", at, DecisionKind.REJECT, "a:b:3-9:The envoy: Lund")]))
    ['a:b']
    """
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        if (name := document_of(decision)) is not None:
            found.setdefault(name, []).append(decision)
    return found


def corrected(document: Document, decisions: Sequence[Decision]) -> Document:
    """A document with the fields that people set."""
    return documents_corrected({document.id: document}, decisions)[document.id]


def sheet(
    raw: Mapping[str, Any] | None, document: Document | None, decisions: Sequence[Decision], names: Names
) -> tuple[tuple[Take, ...], dict[str, Review]]:
    """All takes of a document in the ledger's order, and marks of review. `raw` is its reading in JSON form."""
    reading = _reading(raw, raw["statements"]) if raw is not None else None
    statements, reviews = decided([reading] if reading else [], decisions, names)
    return _takes(statements, reading, document, names), reviews


def some(raw: Mapping[str, Any], document: Document | None, wanted: Container[str], names: Names) -> tuple[Take, ...]:
    """The wanted takes of a document on which nobody decided anything."""
    reading = _reading(raw, [row for row in raw["statements"] if row["id"] in wanted])
    statements, _ = decided([reading], (), names)
    return _takes(statements, reading, document, names)


def _reading(raw: Mapping[str, Any], rows: Iterable[Any]) -> Reading:
    """A reading with some of its statements, and nothing else of it."""
    name, published = raw["document"], raw["published"]
    day = date.fromisoformat(published) if published else None
    return Reading(name, day, "", "", tuple(statement_from_json(row, name) for row in rows))


def _takes(
    statements: Iterable[Statement], reading: Reading | None, document: Document | None, names: Names
) -> tuple[Take, ...]:
    documents = {document.id: document} if document is not None else {}
    dates = {reading.document: reading.published} if reading is not None else {}
    return takes_of(statements, names, documents, dates)
