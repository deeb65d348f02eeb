"""A case file gone through from end to end."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from comity.case.catalogue import CATALOGUE_FIELDS, as_shown, catalogue_row
from comity.case.errors import said
from comity.case.readings import unpacked
from comity.case.rows import DECISION, DOCUMENT, SIGHTING, decision, rows, sighting, stored_document
from comity.words import CaseError


def check(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the file, one line each: its pages, its references, its texts, readings and decisions."""
    wrong: list[str] = []
    for part in (_pages, _references, _texts, _agenda, _catalogue, _readings, _decisions):
        try:
            wrong += part(connection)
        except sqlite3.DatabaseError as error:
            wrong.append(said(error))
        except CaseError as error:
            wrong.append(str(error))
    return tuple(dict.fromkeys(" ".join(line.split()) for line in wrong))


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    yield from (str(line) for (line,) in rows(connection, "PRAGMA integrity_check") if line != "ok")


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, _, parent, _ in rows(connection, "PRAGMA foreign_key_check"):
        yield f"a row of {table} refers to a {parent} that is not there"
    for (key,) in rows(connection, "SELECT key FROM document EXCEPT SELECT document FROM catalogue"):
        yield f"document number {key} is missing in the catalogue; refold the projections"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for *row, text in connection.execute(f"SELECT {DOCUMENT}, CAST(text AS BLOB) FROM document"):
        key, identity, text_sha256 = row[:3]
        if hashlib.sha256(text).hexdigest() != text_sha256:
            yield f"the text of document number {key} is damaged"
        elif replace(stored_document(tuple(row)), text=text.decode()).identity != identity:
            yield f"the source, date, title or address of document number {key} is damaged"

    for *row, digest in connection.execute(f"SELECT {SIGHTING}, digest FROM sighting"):
        if sighting(tuple(row)).digest != digest:
            yield f"the name, label or language of document number {row[0]} is damaged"


def _agenda(connection: sqlite3.Connection) -> Iterator[str]:
    for version, sha256, toml in connection.execute("SELECT version, sha256, CAST(toml AS BLOB) FROM agenda"):
        if hashlib.sha256(toml).hexdigest() != sha256:
            yield f"version {version} of the agenda is damaged"


def _catalogue(connection: sqlite3.Connection) -> Iterator[str]:
    for key, *row in rows(connection, f"SELECT document, {', '.join(CATALOGUE_FIELDS)} FROM catalogue"):
        document, text_sha256 = as_shown(connection, key)
        if catalogue_row(document, text_sha256) != tuple(row):
            yield f"document number {key} is shown wrongly; refold the projections"


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
