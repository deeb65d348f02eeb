"""Expunging: something removed for good, to protect a source. That something was removed stays on record, not what.

This is the only way out for what is otherwise never deleted. It goes from the text, the readings, the index and the
history, and its place in the file is overwritten. It cannot reach copies, exports and backups.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from comity.case.catalogue import find_key, key_of
from comity.case.clock import Clock, stamp
from comity.case.file import transaction
from comity.case.handling import not_naming, without_triggers
from comity.case.refold import refold_all
from comity.case.rows import rows
from comity.words import InputError


@dataclass(frozen=True)
class Found:
    """Where words stand: ids of documents and decisions, numbers of versions of the agenda, names of exported files."""

    documents: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    agendas: tuple[int, ...] = ()
    exports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expunged:
    """How much was removed."""

    documents: int
    decisions: int
    agendas: int


def naming(connection: sqlite3.Connection, words: str) -> Found:
    """Everything whose text or fields hold these words, whatever the case of their letters. Raises InputError if empty.

    A decision on a document that holds them is found for that reason, too: it goes with its document.
    """
    wanted = words.casefold().strip()
    if not wanted:
        raise InputError("no words to look for")

    def holds(*fields: object) -> bool:
        return any(wanted in str(field).casefold() for field in fields if field is not None)

    keys = {
        key
        for key, *fields in connection.execute("SELECT key, text, source, title, url FROM document")
        if holds(*fields)
    }
    for key, *fields in connection.execute("SELECT document, id, name FROM sighting"):
        if holds(*fields):
            keys.add(key)
    ids = [
        row[0] for key in sorted(keys) for row in rows(connection, "SELECT id FROM catalogue WHERE document = ?", key)
    ]
    found = [
        id_
        for id_, document, *fields in connection.execute(
            "SELECT id, document, coder, target, field, value, note, document_id, quote FROM decision ORDER BY key"
        )
        if holds(*fields) or document in keys
    ]
    agendas = [
        v for v, toml, coder in connection.execute("SELECT version, toml, coder FROM agenda") if holds(toml, coder)
    ]
    exports = [name for (name,) in connection.execute("SELECT DISTINCT name FROM receipt ORDER BY 1") if holds(name)]
    return Found(tuple(sorted(ids)), tuple(found), tuple(agendas), tuple(exports))


def expunge(
    connection: sqlite3.Connection,
    what: Found,
    coder: str,
    clock: Clock,
) -> Expunged:
    """Removes documents with all decisions on them, single decisions, and versions of the agenda, for good.

    With a decision goes every retraction of it; with a retraction what it undid, so that nothing comes back to life by
    it. Raises InputError, and removes nothing, if something is not there, or a version of the agenda is the one in use.
    """
    if not coder:
        raise InputError("nobody is named who expunges", field="coder", hint="say who")
    ((secure,),) = rows(connection, "PRAGMA secure_delete")
    connection.execute("PRAGMA secure_delete = ON")
    try:
        with transaction(connection, "EXCLUSIVE"):
            documents = {find_key(connection, id_) for id_ in what.documents}
            decisions = _with_chains(connection, _decisions(connection, what, documents))
            agendas = _agendas(connection, what.agendas)
            _delete(connection, documents, decisions, agendas, coder, stamp(clock()))
            connection.executemany("UPDATE receipt SET name = '' WHERE name = ?", [(name,) for name in what.exports])
        connection.execute("VACUUM")
    finally:
        connection.execute(f"PRAGMA secure_delete = {secure}")
    return Expunged(len(documents), len(decisions), len(agendas))


def _decisions(connection: sqlite3.Connection, what: Found, documents: Collection[int]) -> set[int]:
    """Keys of the decisions asked for, of those on these documents and of those that name one."""
    keys = set()
    for id_ in what.decisions:
        found = rows(connection, "SELECT key FROM decision WHERE id = ?", id_)
        if not found:
            raise InputError(f"no decision {id_!r} in this case", field="decision")
        keys.add(int(found[0][0]))
    for key, document, kind, field, value in rows(connection, "SELECT key, document, kind, field, value FROM decision"):
        names_one = kind == "document" and field == "supersedes" and value and key_of(connection, value) in documents
        if document in documents or names_one:
            keys.add(int(key))
    return keys


def _with_chains(connection: sqlite3.Connection, keys: set[int]) -> set[int]:
    """`keys` with all that retracts them, and all that they retract."""
    known = {id_: (int(key), kind, target) for key, id_, kind, target in rows(
        connection, "SELECT key, id, kind, target FROM decision"
    )}  # fmt: skip
    links: dict[int, set[int]] = {}
    for key, kind, target in known.values():
        if kind == "retract" and target in known:
            other = known[target][0]
            links.setdefault(key, set()).add(other)
            links.setdefault(other, set()).add(key)
    whole, waiting = set(keys), list(keys)
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in whole:
                whole.add(other)
                waiting.append(other)
    return whole


def _agendas(connection: sqlite3.Connection, versions: Collection[int]) -> set[int]:
    known = [version for (version,) in rows(connection, "SELECT version FROM agenda ORDER BY version")]
    for version in versions:
        if version not in known:
            raise InputError(f"there is no version {version} of the agenda", field="agenda")
        if version == known[-1]:
            raise InputError(
                f"version {version} of the agenda is the one in use", field="agenda", hint="set another one first"
            )
    return set(versions)


def _delete(
    connection: sqlite3.Connection,
    documents: Collection[int],
    decisions: Collection[int],
    agendas: Collection[int],
    coder: str,
    recorded: str,
) -> None:
    for kind, keys in (("document", documents), ("decision", decisions), ("agenda", agendas)):
        connection.executemany(
            "INSERT INTO expunged (kind, key, coder, recorded) VALUES (?, ?, ?, ?)",
            [(kind, key, coder, recorded) for key in sorted(keys)],
        )
    unnamed = not_naming(connection, set(documents))
    hashes = [rows(connection, "SELECT sha256 FROM agenda WHERE version = ?", v)[0][0] for v in sorted(agendas)]
    with without_triggers(connection):
        connection.execute("DELETE FROM catalogue")
        connection.executemany("DELETE FROM decision WHERE key = ?", [(key,) for key in sorted(decisions)])
        connection.executemany(
            "UPDATE OR REPLACE sighting SET supersedes = NULL, digest = ? WHERE document = ? AND digest = ?", unnamed
        )
        for column in ("reading.document", "sighting.document", "document.key"):
            table, name = column.split(".")
            connection.executemany(f"DELETE FROM {table} WHERE {name} = ?", [(key,) for key in sorted(documents)])
        connection.executemany("DELETE FROM agenda WHERE version = ?", [(v,) for v in sorted(agendas)])
        in_use = {sha256 for (sha256,) in rows(connection, "SELECT sha256 FROM agenda")}
        # what an agenda called people and issues stands in the readings made with it
        connection.executemany("DELETE FROM reading WHERE agenda = ?", [(h,) for h in hashes if h not in in_use])
        refold_all(connection)
