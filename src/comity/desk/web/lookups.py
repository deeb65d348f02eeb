"""What pages look up in a case file without taking the whole case into memory.

A case is large from `LARGE` documents on: its pages then rest on look-ups and on what was kept, never on all of its
statements at once. Values are kept in memory per revision and shared by all threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity import ledger
from comity.case import Case, Revision
from comity.case.paging import kinds_since, listed
from comity.desk import flow
from comity.desk.part import Part, document_of_statement, part_of_case
from comity.desk.register import Register
from comity.words import Agenda, DecisionKind, Document

LARGE = 1_000
"""Documents from which a case is not taken into memory as a whole."""

_COUNTER = slice(24, 28)
"""Where an SQLite file counts its changes (file format, 1.3.7): it is another number after every commit."""


class Lookups:
    """Look-ups in the case at `path`."""

    def __init__(self, path: Path, large: int = LARGE) -> None:
        self.path = path
        self._from = large
        self._lock = threading.Lock()
        self._revision: tuple[bytes, Revision] | None = None
        self._register: tuple[Revision, Register] | None = None
        self._agenda: tuple[int, Agenda | None, str] | None = None

    @contextmanager
    def case(self) -> Iterator[Case]:
        """The case, for this thread."""
        with flow.opened(self.path) as case:
            yield case

    def revision(self) -> Revision:
        """How far the case has got by now. While the file has not changed, nothing is asked of it."""
        counter = self.changes()
        known = self._revision
        if known is not None and known[0] == counter:
            return known[1]
        with self.case() as case:
            now = case.revision()
        self._revision = (counter, now)
        return now

    def changes(self) -> bytes:
        """Something else after every change of the file."""
        file = os.open(self.path, os.O_RDONLY)
        try:
            return os.pread(file, 100, 0)[_COUNTER]
        finally:
            os.close(file)

    @property
    def large(self) -> bool:
        """True if the case has so many documents that it is not taken into memory as a whole."""
        return len(self.register().rows) >= self._from

    def register(self) -> Register:
        """All documents of the case, without their texts."""
        now = self.revision()
        with self._lock:
            known = self._register
            if known is not None and known[0] == now:
                return known[1]
            with self.case() as case:
                if known is not None and _same_documents(case, known[0], now):
                    self._register = (now, known[1])
                else:
                    self._register = (now, Register(listed(case)))
            return self._register[1]

    def agenda(self) -> tuple[Agenda | None, str]:
        """The agenda that people set, or None; and the key under which readings with it are kept."""
        now = self.revision()
        with self._lock:
            known = self._agenda
            if known is None or known[0] != now.agenda:
                with self.case() as case:
                    toml = case.agenda()
                found = None if toml is None else ledger.parse_agenda(toml, file=f"{self.path} (agenda)")
                known = self._agenda = (now.agenda, found, flow.agenda_hash(toml or ""))
            return known[1], known[2]

    def document(self, id_: str) -> Document | None:
        """The document with this id, with its text; or None."""
        if self.register().find(id_) is None:
            return None
        with self.case() as case:
            return case.document(id_)

    def part(self, id_: str, agenda: Agenda, agenda_hash: str) -> Part | None:
        """One document with all that bears on it; or None."""
        register = self.register()
        if register.find(id_) is None:
            return None
        with self.case() as case:
            return part_of_case(case, case.document(id_), agenda, agenda_hash, register)

    def document_of(self, statement: str) -> str | None:
        """The id of the document of a statement; or None."""
        return document_of_statement(statement, self.register())


def _same_documents(case: Case, then: Revision, now: Revision) -> bool:
    """True if since then nothing came in, went or was corrected that the register shows."""
    if (then.documents, then.expunged) != (now.documents, now.expunged):
        return False
    return all(kind != DecisionKind.DOCUMENT.value for kind, _, _ in kinds_since(case, then.decisions))
