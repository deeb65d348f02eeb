"""Rows of the case file to values and back. The only place that knows both."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from comity.case.presented import Sighting, sha256
from comity.words import CaseError, Decision, DecisionKind, Document, DocumentKind, Found, Handling, Passage

Row = tuple[Any, ...]

DOCUMENT = "key, identity, text_sha256, published, source, title, url, kind"
SIGHTING = "document, id, name, language, handling, supersedes, found"
CATALOGUE = (
    "c.id, c.published, c.source, c.title, c.url, c.language, c.handling, c.supersedes, c.name, c.found, d.kind, "
    "d.text_sha256, d.text"
)
DECISION = (
    "d.id, d.nth, d.coder, d.at, d.kind, d.target, d.field, d.value, d.note, d.handling, d.document_id, "
    'd.start, d."end", d.quote'
)


_Value = TypeVar("_Value")


def _or_damaged(what: str) -> Callable[[Callable[[Row], _Value]], Callable[[Row], _Value]]:
    """A row that does not make sense was not written by us: a CaseError, not a traceback."""

    def guard(make: Callable[[Row], _Value]) -> Callable[[Row], _Value]:
        @functools.wraps(make)
        def guarded(row: Row) -> _Value:
            try:
                return make(row)
            except (ValueError, TypeError) as error:
                raise CaseError(f"a {what} is damaged in the case file ({error}); go back to a copy") from None

        return guarded

    return guard


def found_to_text(found: Iterable[Found]) -> str:
    return json.dumps([[f.field, f.place] for f in found], ensure_ascii=False, separators=(",", ":"))


def found_from_text(text: str) -> tuple[Found, ...]:
    return tuple(Found(field, place) for field, place in json.loads(text))


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@_or_damaged("document")
def stored_document(row: Row) -> Document:
    """A row of `DOCUMENT`, without its text."""
    _, _, _, published, source, title, url, kind = row
    return Document("", "", day(published), source, title, url, kind=DocumentKind(kind))


@_or_damaged("document")
def sighting(row: Row) -> Sighting:
    """A row of `SIGHTING`."""
    _, id_, name, language, handling, supersedes, found = row
    return Sighting(id_, name, language, Handling(handling), supersedes, found_from_text(found))


@_or_damaged("document")
def shown_document(row: Row) -> Document:
    """A row of `CATALOGUE`. Raises CaseError if the text is not what once came in."""
    id_, published, source, title, url, language, handling, supersedes, name, found, kind, text_sha256, text = row
    document = Document(
        id=id_,
        text=text,
        published=day(published),
        source=source,
        title=title,
        url=url,
        language=language,
        kind=DocumentKind(kind),
        handling=Handling(handling),
        supersedes=supersedes,
        name=name,
        found=found_from_text(found),
    )
    if document.digest != text_sha256:
        raise CaseError(f"the text of {id_} is damaged in the case file; go back to a copy")
    return document


def decision_id(decision: Decision, nth: int) -> str:
    """Hash of what was decided, whoever else decided what in between; `nth` counts repetitions from 1."""
    d, p = decision, decision.passage
    place = [p.document, p.start, p.end, p.quote] if p else None
    content = [d.coder, d.kind.value, d.target, d.field, d.value, d.note, d.handling.value, place, nth]
    return sha256(content)[:16]


@_or_damaged("decision")
def decision(row: Row) -> Decision:
    """A row of `DECISION`, as it was decided. Raises CaseError if it is not what was once recorded."""
    id_, nth, coder, at, kind, target, field, value, note, handling, document_id, start, end, quote = row
    found = Decision(
        id=id_,
        coder=coder,
        at=datetime.fromisoformat(at),
        kind=DecisionKind(kind),
        target=target,
        field=field,
        value=value,
        note=note,
        handling=Handling(handling),
        passage=Passage(document_id, start, end, quote) if quote is not None else None,
    )
    if decision_id(found, nth) != id_:
        raise CaseError(f"decision {id_} is damaged in the case file; go back to a copy")
    return found


def rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[Row]:
    return connection.execute(sql, values).fetchall()
