"""What is folded from a case for quick answers, beside what it is folded from: see `comity.ledger.Daybook`.

Unlike a `Case`, a `Kept` can be used by many threads: each has a connection of its own to read with, and what is put
goes in by a short transaction.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from comity.case import agendas, decisions, documents, file, revision
from comity.case.catalogue import find_key
from comity.case.effective import effective
from comity.case.errors import one_line
from comity.case.file import transaction
from comity.case.readings import unpacked
from comity.case.rows import day, rows
from comity.words import Decision, DecisionKind, Document, Handling

_UP_TO_DATE = "r.document = c.document AND r.reader = ? AND r.agenda = ? AND r.basis = c.basis"


class Kept:
    """A case as a source, with projections under `name` as the place for what is folded from it.

    Only readings of this `reader`, made with the case's own agenda, count. Raises CaseError if the file cannot be used.

    >>> import tempfile
    >>> from comity.case import Case
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "talks.comity"
    ...     Case.create(path).close()
    ...     kept = Kept(path, "reader 1")
    ...     kept.put({"a": b"folded"})
    ...     print(kept.get("a"), kept.get("b"))
    ...     kept.close()
    b'folded' None
    """

    def __init__(self, path: str | Path, reader: str, name: str = "daybook") -> None:
        self.path, self.reader, self.name = Path(path), reader, name
        self._here = threading.local()

    def close(self) -> None:
        """Closes the connection of this thread."""
        connection = getattr(self._here, "connection", None)
        if connection is not None:
            connection.close()
            del self._here.connection

    def documents(self) -> Iterable[Document]:
        """All documents as shown, without their texts."""
        with self._reading() as connection:
            found = rows(connection, "SELECT id, published, source, handling, supersedes FROM catalogue")
        return [
            Document(id_, "", day(published), source, handling=Handling(handling), supersedes=supersedes)
            for id_, published, source, handling, supersedes in found
        ]

    def document(self, id_: str) -> Document:
        """One document as shown, with its text."""
        with self._reading() as connection:
            return documents.document(connection, find_key(connection, id_))

    def read(self) -> Iterable[tuple[str, date | None, str]]:
        """Ids of the documents with a reading that is up to date, with their dates and a mark of the reading."""
        with self._reading() as connection:
            found = rows(
                connection,
                f"SELECT c.id, c.published, r.sha256 FROM catalogue c JOIN reading r ON {_UP_TO_DATE}",
                self.reader,
                agendas.agenda_hash(connection),
            )
        return [(id_, day(published), sha256[:16]) for id_, published, sha256 in found]

    def reading(self, id_: str) -> dict[str, Any] | None:
        """The reading of one document in the shared form of readings; None if there is none that is up to date."""
        with self._reading() as connection:
            found = rows(
                connection,
                f"SELECT r.sha256, r.body FROM catalogue c JOIN reading r ON {_UP_TO_DATE} WHERE c.id = ?",
                self.reader,
                agendas.agenda_hash(connection),
                id_,
            )
        return dict(json.loads(unpacked(id_, *found[0]))) if found else None

    def decisions(self, until: int | None = None) -> Iterable[Decision]:
        """Decisions that stand, in the order recorded; with `until`, that stood when this was the newest's number."""
        with self._reading() as connection:
            found = decisions.decisions(connection)
            later = set(revision.decided_since(connection, until)) if until is not None else set()
        return effective(d for d in found if d.id not in later)

    def decided_since(self, number: int) -> Iterable[Decision]:
        """What was decided after the decision numbered `number`: for a retraction, what it goes back to."""
        with self._reading() as connection:
            new = revision.decided_since(connection, number)
            by_id = {d.id: d for d in decisions.decisions(connection)} if new else {}
        found = []
        for id_ in new:
            decision = by_id.get(id_)
            while decision is not None and decision.kind is DecisionKind.RETRACT:
                decision = by_id.get(decision.target)
            if decision is not None:
                found.append(decision)
        return found

    def state(self) -> tuple[int, str, str]:
        """The number of the newest decision; what changes with agenda, reader and expunging; what changes with
        documents and readings."""
        with self._reading() as connection:
            now = revision.revision(connection)
            agenda = agendas.agenda_hash(connection)
        return now.decisions, f"{self.reader} {agenda} {now.expunged}", f"{now.documents} {now.readings}"

    def get(self, key: str) -> bytes | None:
        """What was put under a key."""
        with self._reading() as connection:
            found = rows(connection, "SELECT body FROM projection WHERE name = ? AND key = ?", self.name, key)
        return bytes(found[0][0]) if found else None

    def put(self, kept: Mapping[str, bytes | None]) -> None:
        """Keeps all of these, or nothing; None drops."""
        with self._writing() as connection:
            for key, body in kept.items():
                if body is None:
                    connection.execute("DELETE FROM projection WHERE name = ? AND key = ?", (self.name, key))
                else:
                    connection.execute(
                        "INSERT OR REPLACE INTO projection VALUES (?, ?, ?, ?)", (self.name, key, "", body)
                    )

    def clear(self) -> None:
        """Drops all that was kept."""
        with self._writing() as connection:
            connection.execute("DELETE FROM projection WHERE name = ?", (self.name,))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with one_line(self.path):
            connection = getattr(self._here, "connection", None)
            if connection is None:
                connection = self._here.connection = file.open_(self.path, write=False)
                connection.execute("PRAGMA cache_size = -256")  # kibibytes: there may be many threads
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with one_line(self.path):
            connection = file.open_(self.path)
            try:
                with transaction(connection):
                    yield connection
            finally:
                connection.close()
