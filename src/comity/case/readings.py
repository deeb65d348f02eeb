"""Readings: a cache of what readers took from documents. Can be replaced or dropped at any time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator

from comity.case.catalogue import find_key, key_of
from comity.case.clock import Clock, stamp
from comity.case.documents import text_of
from comity.case.file import transaction
from comity.case.presented import basis
from comity.case.rows import iso, rows
from comity.words import CaseError, Document, InputError, Passage, Reading, dumps, reading_from_json

_ORDER = "ORDER BY c.published IS NULL, c.published, c.id"
_UP_TO_DATE = "r.document = c.document AND r.reader = ? AND r.agenda = ? AND r.basis = c.basis"


def put_readings(
    connection: sqlite3.Connection,
    readings: Iterable[tuple[Reading, str]],
    clock: Clock,
    documents: Iterable[Document] = (),
) -> int:
    """Keeps readings, each with the hash of the agenda it was made with, and replaces older ones of the same key.

    `documents` are those that were read, as they were read. Returns how many were kept: a reading of a document that is
    shown otherwise by now is passed over (without `documents`, only its date can tell). Raises InputError, and keeps
    none, if a reading is not one of this case's documents, or if one of its quotes does not stand where it says.
    """
    as_read = {document.id: basis(document, document.digest) for document in documents}
    packed = [(reading, agenda_hash, *_pack(reading)) for reading, agenda_hash in readings]
    kept = 0
    with transaction(connection):
        recorded = stamp(clock())
        for reading, agenda_hash, sha256, body in packed:
            key = key_of(connection, reading.document)
            if key is None:
                raise InputError(f"a reading of {reading.document!r}, which is no document of this case")
            _check(connection, key, reading)
            ((id_, published, shown),) = rows(
                connection, "SELECT id, published, basis FROM catalogue WHERE document = ?", key
            )
            if id_ != reading.document or published != iso(reading.published) or as_read.get(id_, shown) != shown:
                continue
            connection.execute(
                "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)",
                (key, reading.reader, agenda_hash, shown, recorded, sha256, body),
            )
            kept += 1
    return kept


def readings(
    connection: sqlite3.Connection, reader: str, agenda_hash: str, of: Iterable[str | Document] | None = None
) -> Iterator[tuple[str, Reading]]:
    """Readings by id of the document: all that are up to date, in canonical order; or those `of` these, in their order.

    Of a `Document`, only a reading of it as it is given counts (as known at an earlier time, say); of an id, one of the
    document as it is shown now.
    """
    if of is None:
        cursor = connection.execute(
            f"SELECT c.id, r.sha256, r.body FROM catalogue c JOIN reading r ON {_UP_TO_DATE} {_ORDER}",
            (reader, agenda_hash),
        )
        for id_, sha256, body in cursor:
            yield id_, _unpack(id_, sha256, body)
        return
    for wanted in of:
        id_ = wanted if isinstance(wanted, str) else wanted.id
        key = find_key(connection, id_)
        found = rows(
            connection,
            "SELECT c.id, c.basis, r.basis, r.sha256, r.body FROM reading r JOIN catalogue c ON c.document = r.document"
            " WHERE r.document = ? AND r.reader = ? AND r.agenda = ?",
            key,
            reader,
            agenda_hash,
        )
        for id_, shown, read, sha256, body in found:
            if read == (shown if isinstance(wanted, str) else basis(wanted, wanted.digest)):
                yield id_, _unpack(id_, sha256, body)


def unread(connection: sqlite3.Connection, reader: str, agenda_hash: str) -> tuple[str, ...]:
    """Ids of the documents that have no reading of this reader and agenda that is up to date, in canonical order."""
    found = rows(
        connection,
        f"SELECT c.id FROM catalogue c LEFT JOIN reading r ON {_UP_TO_DATE} WHERE r.document IS NULL {_ORDER}",
        reader,
        agenda_hash,
    )
    return tuple(id_ for (id_,) in found)


def readers(connection: sqlite3.Connection, agenda_hash: str) -> tuple[str, ...]:
    """Versions of readers that have readings with this agenda, by name; only the newest is made anew when needed."""
    found = rows(connection, "SELECT DISTINCT reader FROM reading WHERE agenda = ? ORDER BY reader", agenda_hash)
    return tuple(reader for (reader,) in found)


def drop_readings(connection: sqlite3.Connection, keep_reader: str | None = None) -> int:
    """Drops all readings, or all but those of one reader; returns how many."""
    with transaction(connection):
        if keep_reader is None:
            return connection.execute("DELETE FROM reading").rowcount
        return connection.execute("DELETE FROM reading WHERE reader <> ?", (keep_reader,)).rowcount


def _check(connection: sqlite3.Connection, key: int, reading: Reading) -> None:
    ((text_sha256,),) = rows(connection, "SELECT text_sha256 FROM document WHERE key = ?", key)
    if reading.text_sha256 != text_sha256:
        raise InputError(f"a reading of another text than that of {reading.document}", hint="read the document again")
    text = text_of(connection, key)
    for statement in reading.statements:
        check_quote(text, statement.passage)


def check_quote(text: str, passage: Passage) -> None:
    """Raises InputError unless the quote of `passage` stands at its place in `text`."""
    if not 0 <= passage.start < passage.end <= len(text) or text[passage.start : passage.end] != passage.quote:
        place = f"[{passage.start}, {passage.end})"
        raise InputError(f"the words {passage.quote[:40]!r} do not stand at {place} of {passage.document}")


def _pack(reading: Reading) -> tuple[str, bytes]:
    body = dumps(reading).encode()
    return hashlib.sha256(body).hexdigest(), zlib.compress(body, 6)


def unpacked(id_: str, sha256: str, body: bytes) -> str:
    """The JSON of a reading. Raises CaseError if it is not what was once kept."""
    try:
        raw = zlib.decompress(body)
    except zlib.error:
        raw = b""
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise CaseError(f"the reading of {id_} is damaged in the case file; drop the readings and read again")
    return raw.decode()


def _unpack(id_: str, sha256: str, body: bytes) -> Reading:
    return reading_from_json(json.loads(unpacked(id_, sha256, body)))
