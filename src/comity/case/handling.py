"""What a copy may hold: the part of a case that a label admits, and every trace of the rest taken out."""

from __future__ import annotations

import hashlib
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from comity.case.catalogue import key_of
from comity.case.decisions import decisions
from comity.case.refold import refold_all
from comity.case.rows import SIGHTING, rows, sighting
from comity.words import Handling

PRIVATE = {"party": ("interests", "batna")}
"""Keys of the agenda that only a person can fill in; and the tables of `GRADES`."""
GRADES = "source"


@dataclass(frozen=True)
class Hidden:
    """What a label does not admit: keys of documents, ids of decisions, and the agendas that say more than it may.

    `unnamed` are sightings that name a hidden document as superseded: their digest without that, document, digest.
    """

    documents: tuple[int, ...]
    decisions: tuple[str, ...]
    unnamed: tuple[tuple[str, int, str], ...]
    agendas: tuple[tuple[int, str], ...]
    """Number of the version, and its text as it may be shown."""


def hidden(connection: sqlite3.Connection, handling: Handling) -> Hidden:
    """What `handling` does not admit, with what would tell of it."""
    documents = {
        key
        for key, label in rows(connection, "SELECT document, handling FROM catalogue")
        if not handling.admits(Handling(label))
    }
    kept = {d.id for d in decisions(connection, handling=handling)} - naming(connection, documents)
    gone = [id_ for (id_,) in rows(connection, "SELECT id FROM decision ORDER BY key") if id_ not in kept]
    agendas = []
    if handling is Handling.PUBLIC:
        for version, toml in rows(connection, "SELECT version, toml FROM agenda ORDER BY version"):
            public = public_agenda(toml)
            if public != toml:
                agendas.append((version, public))
    return Hidden(tuple(sorted(documents)), tuple(gone), tuple(not_naming(connection, documents)), tuple(agendas))


def take_out(connection: sqlite3.Connection, what: Hidden) -> None:
    """Takes it out and folds anew; to be called in a transaction, with ``secure_delete`` on. A VACUUM should follow."""
    with without_triggers(connection):
        connection.execute("DELETE FROM catalogue")
        connection.executemany("DELETE FROM decision WHERE id = ?", [(id_,) for id_ in what.decisions])
        connection.executemany(
            "UPDATE OR REPLACE sighting SET supersedes = NULL, digest = ? WHERE document = ? AND digest = ?",
            what.unnamed,
        )
        for column in ("reading.document", "sighting.document", "document.key"):
            table, name = column.split(".")
            connection.executemany(f"DELETE FROM {table} WHERE {name} = ?", [(key,) for key in what.documents])
        for version, toml in what.agendas:
            reworded(connection, version, toml)
        refold_all(connection)


def reworded(connection: sqlite3.Connection, version: int, toml: str) -> None:
    """Gives a version of the agenda another text; readings made with it count for the new one, which reads the same."""
    sha256 = hashlib.sha256(toml.encode()).hexdigest()
    ((before,),) = rows(connection, "SELECT sha256 FROM agenda WHERE version = ?", version)
    connection.execute("UPDATE agenda SET toml = ?, sha256 = ? WHERE version = ?", (toml, sha256, version))
    connection.execute("UPDATE OR REPLACE reading SET agenda = ? WHERE agenda = ?", (sha256, before))


@contextmanager
def without_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """The triggers that refuse every change, put aside and back within one transaction."""
    triggers = rows(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(sql)


def public_agenda(toml: str) -> str:
    """The agenda without what only a person can say: interests, BATNA notes, grades of sources; and without comments.

    >>> print(public_agenda('[[party]]\\nid = "n"\\nname = "N"\\nbatna = "waits"  # says Ida\\n').strip())
    [[party]]
    id = "n"
    name = "N"
    """
    data: dict[str, Any] = tomllib.loads(toml)
    private = data.pop(GRADES, None) is not None
    for table, keys in PRIVATE.items():
        for row in data.get(table, ()):
            for key in keys:
                private |= row.pop(key, None) is not None
    if not private and "#" not in toml:
        return toml
    import tomlkit  # takes a while to load

    return tomlkit.dumps(data)


def naming(connection: sqlite3.Connection, documents: set[int]) -> set[str]:
    """Ids of the corrections that name one of these documents as superseded."""
    found = rows(connection, "SELECT id, value FROM decision WHERE kind = 'document' AND field = 'supersedes'")
    return {id_ for id_, value in found if key_of(connection, value) in documents}


def not_naming(connection: sqlite3.Connection, documents: set[int]) -> list[tuple[str, int, str]]:
    """For each sighting that names one of these documents as superseded: its digest without that, document, digest."""
    found = rows(connection, f"SELECT {SIGHTING}, digest FROM sighting WHERE supersedes IS NOT NULL")
    return [
        (replace(sighting(tuple(row)), supersedes=None).digest, row[0], digest)
        for *row, digest in found
        if key_of(connection, row[5]) in documents
    ]
