"""Projections: whatever others fold from the state of a case and want to find again. Droppable."""

from __future__ import annotations

import hashlib
import sqlite3

from comity.case.file import transaction
from comity.case.rows import rows


def state_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over all documents, readings, decisions and the agenda: as long as it is the same, so is any fold.

    It does not depend on the order in which documents came in, nor on any clock.
    """
    digest = hashlib.sha256()
    for sql in (
        "SELECT d.identity, s.digest FROM document d JOIN sighting s ON s.document = d.key ORDER BY 1, 2",
        "SELECT d.identity, r.reader, r.agenda, r.basis, r.sha256 FROM document d JOIN reading r ON r.document = d.key"
        " ORDER BY 1, 2, 3",
        "SELECT id FROM decision ORDER BY key",
        "SELECT sha256 FROM agenda ORDER BY version DESC LIMIT 1",
    ):
        for row in connection.execute(sql):
            digest.update("\x1f".join(row).encode() + b"\x1e")
        digest.update(b"\x1d")
    return digest.hexdigest()


def projection(connection: sqlite3.Connection, name: str, key: str, source: str) -> bytes | None:
    """What was put under `name` and `key`, if it was folded from `source`; else None."""
    found = rows(connection, "SELECT body FROM projection WHERE name = ? AND key = ? AND source = ?", name, key, source)
    return bytes(found[0][0]) if found else None


def put_projection(connection: sqlite3.Connection, name: str, key: str, source: str, body: bytes) -> None:
    """Keeps what was folded from `source`, in place of what was there."""
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO projection VALUES (?, ?, ?, ?)", (name, key, source, body))


def drop_projections(connection: sqlite3.Connection, name: str | None = None) -> int:
    """Drops what others folded: all, or what stands under one name. Returns how many."""
    with transaction(connection):
        if name is None:
            return connection.execute("DELETE FROM projection").rowcount
        return connection.execute("DELETE FROM projection WHERE name = ?", (name,)).rowcount
