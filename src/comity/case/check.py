"""A case file gone through from end to end."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from comity.case.errors import said
from comity.case.readings import unpacked
from comity.case.rows import DECISION, decision, rows
from comity.words import CaseError


def check(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the file, one line each: its pages, its references, its texts, readings and decisions."""
    wrong: list[str] = []
    for part in (_pages, _references, _texts, _readings, _decisions):
        try:
            wrong += part(connection)
        except sqlite3.DatabaseError as error:
            wrong.append(said(error))
    return tuple(dict.fromkeys(wrong))


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    yield from (str(line) for (line,) in rows(connection, "PRAGMA integrity_check") if line != "ok")


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, _, parent, _ in rows(connection, "PRAGMA foreign_key_check"):
        yield f"a row of {table} refers to a {parent} that is not there"
    for (key,) in rows(connection, "SELECT key FROM document EXCEPT SELECT document FROM catalogue"):
        yield f"document number {key} is missing in the catalogue; refold the projections"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for key, text_sha256, text in connection.execute("SELECT key, text_sha256, CAST(text AS BLOB) FROM document"):
        if hashlib.sha256(text).hexdigest() != text_sha256:
            yield f"the text of document number {key} is damaged"


def _readings(connection: sqlite3.Connection) -> Iterator[str]:
    for key, sha256, body in connection.execute("SELECT document, sha256, body FROM reading"):
        try:
            unpacked(f"document number {key}", sha256, body)
        except CaseError as error:
            yield str(error)


def _decisions(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute(f"SELECT {DECISION} FROM decision d"):
        try:
            decision(row)
        except CaseError as error:
            yield str(error)
