"""The catalogue: documents as they are shown, folded from what came in and what people corrected."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from comity.case.clock import stamp
from comity.case.effective import effective
from comity.case.presented import Sighting, basis, presented
from comity.case.rows import (
    DECISION,
    DOCUMENT,
    SIGHTING,
    Row,
    decision,
    found_to_text,
    iso,
    rows,
    sighting,
    stored_document,
)
from comity.words import Decision, DecisionKind, Document, InputError

CATALOGUE_FIELDS = (
    "id",
    "published",
    "source",
    "title",
    "url",
    "language",
    "handling",
    "supersedes",
    "name",
    "found",
    "basis",
)
_FOREVER = "9999"  # later than any time of recording


def fold_catalogue(connection: sqlite3.Connection, keys: Iterable[int] | None = None) -> None:
    """Folds the rows of these documents anew, or of all."""
    if keys is None:
        connection.execute("DELETE FROM catalogue")
        keys = [key for (key,) in rows(connection, "SELECT key FROM document ORDER BY key")]
    for key in keys:
        document, text_sha256 = as_shown(connection, key)
        connection.execute("DELETE FROM catalogue WHERE document = ?", (key,))
        row = (key, *catalogue_row(document, text_sha256))
        connection.execute(
            f"INSERT INTO catalogue (document, {', '.join(CATALOGUE_FIELDS)}) VALUES ({', '.join('?' * len(row))})", row
        )


def catalogue_row(document: Document, text_sha256: str) -> Row:
    """The values of `CATALOGUE_FIELDS`."""
    d = document
    return (
        d.id,
        iso(d.published),
        d.source,
        d.title,
        d.url,
        d.language,
        d.handling.value,
        d.supersedes,
        d.name,
        found_to_text(d.found),
        basis(d, text_sha256),
    )


def as_shown(connection: sqlite3.Connection, key: int, known_at: datetime | None = None) -> tuple[Document, str]:
    """A document as it is shown, without its text, and the hash of the text. `known_at`: as it was shown then.

    The id is always today's: an id is a name, not a finding.
    """
    then = stamp(known_at) if known_at else _FOREVER
    (stored,) = rows(connection, f"SELECT {DOCUMENT} FROM document WHERE key = ?", key)
    identity, text_sha256 = stored[1], stored[2]
    seen: list[Sighting] = []
    ids: list[str] = []
    for *row, recorded in rows(connection, f"SELECT {SIGHTING}, recorded FROM sighting WHERE document = ?", key):
        found = sighting(tuple(row))
        ids.append(found.id)
        if recorded <= then:
            seen.append(found)
    shared = {
        id_
        for id_ in ids
        if rows(connection, "SELECT 1 FROM sighting WHERE id = ? AND document <> ? LIMIT 1", id_, key)
    }
    document = presented(stored_document(stored), identity, seen, shared, corrections(connection, key, then))
    if known_at:
        (current,) = rows(connection, "SELECT id FROM catalogue WHERE document = ?", key)
        document = document.renamed(current[0])
    return document, text_sha256


def corrections(connection: sqlite3.Connection, key: int, then: str = _FOREVER) -> list[Decision]:
    """The standing corrections of a document, in the order recorded."""
    found = rows(
        connection,
        f"SELECT {DECISION} FROM decision d WHERE document = ? AND recorded <= ? AND kind IN (?, ?) ORDER BY key",
        key,
        then,
        DecisionKind.DOCUMENT.value,
        DecisionKind.RETRACT.value,
    )
    return [d for d in effective(decision(row) for row in found) if d.kind is DecisionKind.DOCUMENT]


def key_of(connection: sqlite3.Connection, id_: str) -> int | None:
    """The key of the document that goes by this id, or came in under it; None if none or several do."""
    found = rows(connection, "SELECT document FROM catalogue WHERE id = ?", id_)
    if not found:
        found = rows(connection, "SELECT DISTINCT document FROM sighting WHERE id = ? LIMIT 2", id_)
    return int(found[0][0]) if len(found) == 1 else None


def find_key(connection: sqlite3.Connection, id_: str) -> int:
    """The key of the document with this id or the only one whose id begins so. Raises InputError otherwise."""
    key = key_of(connection, id_)
    if key is not None:
        return key
    found = rows(
        connection,
        "SELECT document, id FROM catalogue WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY id LIMIT 4",
        id_,
        len(id_),
        id_,
    )
    if not found or not id_:
        raise InputError(f"no document {id_!r} in this case")
    if len(found) > 1:
        several = ", ".join(row[1] for row in found[:3]) + (", …" if len(found) > 3 else "")
        raise InputError(f"several documents begin with {id_!r}: {several}", hint="give more of the id")
    return int(found[0][0])
