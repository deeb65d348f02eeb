"""Documents of a case: added once, never changed, shown as people corrected them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from comity.case.catalogue import as_shown, fold_catalogue, key_of
from comity.case.clock import Clock, stamp
from comity.case.file import transaction
from comity.case.index import index_text
from comity.case.presented import Sighting
from comity.case.rows import CATALOGUE, Row, found_to_text, iso, rows, shown_document
from comity.words import CaseError, Document, Handling, InputError

BATCH_DOCUMENTS = 64
BATCH_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Added:
    """What became of documents that were added: ids of the new and of those that were there, and what was refused."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    refused: tuple[InputError, ...] = ()


def add(connection: sqlite3.Connection, documents: Iterable[Document], clock: Clock) -> Added:
    """Adds documents, a batch at a time: each batch is there as a whole or not at all."""
    new: list[int] = []
    known: list[int] = []
    refused: list[InputError] = []
    for batch in _batches(documents):
        faults = [fault(document) for document in batch]
        refused += (wrong for wrong in faults if wrong)
        with transaction(connection):
            recorded = stamp(clock())
            changed: set[int] = set()
            for document, wrong in zip(batch, faults, strict=True):
                if not wrong:
                    key, is_new = add_one(connection, document, recorded, changed)
                    (new if is_new else known).append(key)
            fold_catalogue(connection, sorted(changed))
    return Added(_ids(connection, new), _ids(connection, known), tuple(refused))


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def fault(document: Document) -> InputError | None:
    """Why a document cannot be kept, if it cannot."""
    d = document
    if not d.id:
        return InputError("a document without an id", file=d.name or None)
    fields = {name: getattr(d, name) for name in ("text", "source", "title", "url", "language", "supersedes")}
    for field, value in (fields | {"file name": d.name + d.id}).items():
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            return InputError(
                f"half of a character (U+{ord((value or '')[error.start]):04X}) at character {error.start}",
                file=(d.name or d.id).encode("utf-8", "replace").decode(),
                field=field,
                hint="rename the file" if field == "file name" else "save the file as UTF-8 and add it again",
            )
    return None


def add_one(connection: sqlite3.Connection, document: Document, recorded: str, changed: set[int]) -> tuple[int, bool]:
    """The key, and whether it is new. Adds to `changed` the keys whose row of the catalogue must be folded anew."""
    identity = document.identity
    found = rows(connection, "SELECT key FROM document WHERE identity = ?", identity)
    if found:
        key = int(found[0][0])
    else:
        cursor = connection.execute(
            "INSERT INTO document (identity, text_sha256, published, source, title, url, kind, recorded, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                identity,
                document.digest,
                iso(document.published),
                document.source,
                document.title,
                document.url,
                document.kind.value,
                recorded,
                document.text,
            ),
        )
        key = int(cursor.lastrowid or 0)
        index_text(connection, key, document.text)
    seen = Sighting.of(document)
    inserted = connection.execute(
        "INSERT OR IGNORE INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            seen.digest,
            seen.id,
            seen.name,
            seen.language,
            seen.handling.value,
            seen.supersedes,
            found_to_text(seen.found),
            recorded,
        ),
    )
    if inserted.rowcount:
        changed.update(k for (k,) in rows(connection, "SELECT document FROM sighting WHERE id = ?", seen.id))
    return key, not found


def _ids(connection: sqlite3.Connection, keys: Iterable[int]) -> tuple[str, ...]:
    return tuple(rows(connection, "SELECT id FROM catalogue WHERE document = ?", key)[0][0] for key in keys)


def select(
    *,
    as_of: date | None = None,
    since: date | None = None,
    handling: Handling = Handling.PROTECTED,
    source: str | None = None,
) -> tuple[str, Row]:
    """A condition on the catalogue ``c``, and its values."""
    conditions, values = ["1"], list[object]()
    if as_of is not None:
        conditions.append("c.published <= ?")
        values.append(as_of.isoformat())
    if since is not None:
        conditions.append("c.published >= ?")
        values.append(since.isoformat())
    if handling is not Handling.PROTECTED:
        admitted = [label.value for label in Handling if handling.admits(label)]
        conditions.append(f"c.handling IN ({', '.join('?' * len(admitted))})")
        values += admitted
    if source is not None:
        conditions.append("c.source = ?")
        values.append(source)
    return " AND ".join(conditions), tuple(values)


def documents(
    connection: sqlite3.Connection,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    handling: Handling = Handling.PROTECTED,
) -> tuple[Document, ...]:
    """Documents in canonical order: by date of publication (undated last), then by id."""
    if known_at is not None:
        return _documents_then(connection, known_at, as_of, handling)
    condition, values = select(as_of=as_of, handling=handling)
    found: list[Document] = []
    for dated in ("IS NOT NULL", "IS NULL"):
        cursor = connection.execute(
            f"SELECT {CATALOGUE} FROM catalogue c JOIN document d ON d.key = c.document"
            f" WHERE c.published {dated} AND {condition} ORDER BY c.published, c.id",
            values,
        )
        found += (_resolved(connection, shown_document(row)) for row in cursor)
    return tuple(found)


def _documents_then(
    connection: sqlite3.Connection, known_at: datetime, as_of: date | None, handling: Handling
) -> tuple[Document, ...]:
    found = []
    for (key,) in rows(connection, "SELECT key FROM document WHERE recorded <= ?", stamp(known_at)):
        document, text_sha256 = as_shown(connection, key, known_at)
        if as_of and not (document.published and document.published <= as_of):
            continue
        if handling.admits(document.handling):
            document = replace(document, text=text_of(connection, key))
            _check(document, text_sha256)
            found.append(_resolved(connection, document))
    return tuple(sorted(found, key=canonical))


def canonical(document: Document) -> tuple[bool, date, str]:
    """Sort key of the canonical order: by date of publication (undated last), then by id."""
    return document.published is None, document.published or date.min, document.id


def document(connection: sqlite3.Connection, key: int) -> Document:
    """One document as it is shown."""
    (row,) = rows(
        connection,
        f"SELECT {CATALOGUE} FROM catalogue c JOIN document d ON d.key = c.document WHERE c.document = ?",
        key,
    )
    return _resolved(connection, shown_document(row))


def text_of(connection: sqlite3.Connection, key: int) -> str:
    return str(rows(connection, "SELECT text FROM document WHERE key = ?", key)[0][0])


def _resolved(connection: sqlite3.Connection, document: Document) -> Document:
    """What it supersedes under the id that this goes by today."""
    if document.supersedes is None:
        return document
    key = key_of(connection, document.supersedes)
    if key is None:
        return document
    (current,) = rows(connection, "SELECT id FROM catalogue WHERE document = ?", key)
    return replace(document, supersedes=current[0])


def _check(document: Document, text_sha256: str) -> None:
    if document.digest != text_sha256:
        raise CaseError(f"the text of {document.id} is damaged in the case file; go back to a copy")


def current(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Those that no other of `documents` supersedes, in the order given.

    >>> old, new = Document("a", "x"), Document("b", "y", supersedes="a")
    >>> [d.id for d in current([old, new])], [d.id for d in current([old])]
    (['b'], ['a'])
    """
    given = tuple(documents)
    superseded = {d.supersedes for d in given if d.supersedes != d.id}
    return tuple(d for d in given if d.id not in superseded)
