"""`Case`: the door of this room. Each verb is in a module of its own; here they share a file, a clock and an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from comity.case import (
    agendas,
    catalogue,
    check,
    copies,
    decisions,
    documents,
    dump,
    expunge,
    file,
    handling_sealed,
    projections,
    readings,
    receipts,
    refold,
    revision,
    search,
)
from comity.case.agendas import AgendaVersion
from comity.case.clock import Clock, utc_now
from comity.case.copies import Mailed
from comity.case.documents import Added
from comity.case.errors import one_line
from comity.case.expunge import Expunged, Found
from comity.case.handling_sealed import Sealed
from comity.case.receipts import Receipt
from comity.case.revision import Revision
from comity.case.search import Results
from comity.words import CaseError, Decision, DecisionKind, Document, Handling, Reading


class Case:
    """An open case file. Use it in a ``with`` block; make one with `Case.create`, open one with `Case.open`.

    Every verb either does all that it says or nothing, and is safe while other processes use the same file: a writer
    waits up to `wait` seconds for another. Whatever goes wrong with the file is a `CaseError` of one line. A case
    belongs to the thread that opened it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "talks.comity") as case:
    ...     added = case.add([Document("first-1f2e3d4c", "Talks on the buffer zone resumed.")])
    ...     hit = case.search('"buffer zone"').hits[0]
    >>> added.new, hit.matches[0]
    (('first-1f2e3d4c',), Passage(document='first-1f2e3d4c', start=13, end=24, quote='buffer zone'))
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Clock, write: bool) -> None:
        self.path = path
        self.writable = write
        self._connection = connection
        self._clock = clock

    @classmethod
    def create(
        cls,
        path: str | Path,
        agenda_toml: str | None = None,
        *,
        coder: str = "unnamed",
        wait: float = file.WAIT,
        clock: Clock = utc_now,
    ) -> Case:
        """A new case file. Raises CaseError if something is there already, InputError if the agenda is no TOML."""
        path = Path(path)
        if agenda_toml is not None:
            agendas.checked(agenda_toml, coder)
        case = cls(path, file.create(path, wait), clock, True)
        if agenda_toml is not None:
            try:
                case.set_agenda(agenda_toml, coder)
            except BaseException:
                case.close()
                raise
        return case

    @classmethod
    def open(cls, path: str | Path, *, write: bool = True, wait: float = file.WAIT, clock: Clock = utc_now) -> Case:
        """An existing case file; an older one is brought up to date. Raises CaseError if it cannot be used.

        With ``write=False`` nothing can be changed, and a file on a read-only disk will do.
        """
        path = Path(path)
        return cls(path, file.open_(path, write, wait), clock, write)

    @classmethod
    def load_dump(cls, path: str | Path, lines: Iterable[str], *, clock: Clock = utc_now) -> Case:
        """A new case file that holds what a dump says. Raises InputError with the line that does not fit."""
        path = Path(path)
        with copies.placed(path) as part, one_line(path):
            connection = file.create(part)
            try:
                dump.load(connection, lines, clock)
            finally:
                connection.close()
        return cls.open(path, clock=clock)

    def fill(self, lines: Iterable[str]) -> None:
        """Puts all that a dump says into this case, which must still be empty; all of it or nothing. Raises InputError
        with the line that does not fit, CaseError if the case holds something."""
        with self._writing():
            if not self.empty:
                raise CaseError(f"{self.path}: holds something already; make a new case of the dump")
            dump.load(self._connection, lines, self._clock)

    @property
    def empty(self) -> bool:
        """True if nothing was ever put into the case: no document, no agenda, no decision."""
        return self.revision() == Revision()

    def close(self) -> None:
        """Closes the file. Nothing is ever left unsaved."""
        self._connection.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # documents

    def add(self, given: Iterable[Document]) -> Added:
        """Adds documents; those already there (by `Document.identity`) are told as known.

        They go in a batch at a time, as they come: after an interrupt, adding the same again finishes the job. A text
        that no file can hold (half of a character) is refused and told, and the rest goes in.
        """
        with self._writing():
            return documents.add(self._connection, given, self._clock)

    def documents(
        self,
        as_of: date | None = None,
        known_at: datetime | None = None,
        handling: Handling = Handling.PROTECTED,
    ) -> tuple[Document, ...]:
        """Documents as shown, in canonical order: by date of publication (undated last), then by id.

        With `as_of`, only those published on or before that date (an undated one cannot be said to be). With
        `known_at`, what had been recorded by then. `handling` is the strictest label admitted; all by default.
        """
        with self._reading():
            return documents.documents(self._connection, as_of=as_of, known_at=known_at, handling=handling)

    def document(self, id_: str) -> Document:
        """The document with this id, or the only one whose id begins so. Raises InputError if there is none such."""
        with self._reading():
            return documents.document(self._connection, catalogue.find_key(self._connection, id_))

    def count(self) -> int:
        """How many documents there are."""
        with self._reading():
            return int(self._connection.execute("SELECT count(*) FROM catalogue").fetchone()[0])

    # readings

    def put_readings(self, made: Iterable[tuple[Reading, str]], documents: Iterable[Document] = ()) -> int:
        """Keeps readings, each with the hash of the agenda it was made with; returns how many.

        `documents` are those that were read, as they were read: a reading of one that is shown otherwise by now is
        passed over, and stays to be made (without `documents`, only a corrected date is noticed). Raises
        InputError, and keeps none, if a reading is of no document here, or a quote does not stand where it says.
        """
        with self._writing():
            return readings.put_readings(self._connection, made, self._clock, documents)

    def readings(self, reader: str, agenda_hash: str, of: Iterable[str | Document] | None = None) -> dict[str, Reading]:
        """Readings by id of document: all that are up to date, in canonical order, or those `of` these, in their order.

        Of a `Document`, only a reading of it as given counts (as it was known at an earlier time, say).
        """
        with self._reading():
            return dict(readings.readings(self._connection, reader, agenda_hash, of))

    def readers(self, agenda_hash: str) -> tuple[str, ...]:
        """Versions of readers that have readings with this agenda, by name."""
        with self._reading():
            return readings.readers(self._connection, agenda_hash)

    def unread(self, reader: str, agenda_hash: str) -> tuple[str, ...]:
        """Ids of the documents that have no reading of this reader and agenda, or one that is out of date."""
        with self._reading():
            return readings.unread(self._connection, reader, agenda_hash)

    def drop_readings(self, keep_reader: str | None = None) -> int:
        """Drops all readings, or all but those of one reader; returns how many."""
        with self._writing():
            return readings.drop_readings(self._connection, keep_reader)

    # agenda

    def agenda(self, known_at: datetime | None = None) -> str | None:
        """The agenda as TOML: the latest version, or the latest recorded by `known_at`; None without one."""
        with self._reading():
            return agendas.agenda(self._connection, known_at)

    def agenda_versions(self) -> tuple[AgendaVersion, ...]:
        """All versions of the agenda, oldest first."""
        with self._reading():
            return agendas.agenda_versions(self._connection)

    @property
    def agenda_hash(self) -> str:
        """SHA-256 of the latest agenda, in hex; empty without one."""
        with self._reading():
            return agendas.agenda_hash(self._connection)

    def set_agenda(self, toml: str, coder: str) -> bool:
        """Makes `toml` the agenda; False if it already was. Raises InputError if it is not TOML."""
        with self._writing():
            return agendas.set_agenda(self._connection, toml, coder, self._clock)

    # decisions

    def decide(self, decision: Decision) -> Decision:
        """Appends a decision and returns it with its id (the one given is not used).

        Raises InputError if it cannot stand: its document is not here, its quote does not stand where it says, its
        field or value does not fit, or it retracts nothing.
        """
        with self._writing():
            return decisions.decide(self._connection, decision, self._clock)

    def undo(self, decision_id: str, coder: str, note: str = "") -> Decision:
        """Retracts a decision; undoing that brings it back."""
        return self.decide(Decision("", coder, self._clock(), DecisionKind.RETRACT, decision_id, note=note))

    def decisions(
        self, known_at: datetime | None = None, handling: Handling = Handling.PROTECTED
    ) -> tuple[Decision, ...]:
        """All decisions in the order recorded, retractions among them; `effective` says which of them stand."""
        with self._reading():
            return decisions.decisions(self._connection, known_at, handling)

    def revision(self) -> Revision:
        """How far the case has got: quick to ask for, and the same as long as nothing was recorded in it."""
        with self._reading():
            return revision.revision(self._connection)

    def decided_since(self, number: int, target: str | None = None) -> tuple[str, ...]:
        """Ids of the decisions (on one target) recorded after that numbered `number` (see `revision`), oldest first."""
        with self._reading():
            return revision.decided_since(self._connection, number, target)

    # projections

    def digest(self) -> str:
        """SHA-256 over all that the case holds, in hex: while it is the same, so is whatever is folded from it."""
        with self._reading():
            return projections.state_digest(self._connection)

    def projection(self, name: str, key: str, source: str) -> bytes | None:
        """What was put under `name` and `key`, if it was folded from `source` (a digest); else None."""
        with self._reading():
            return projections.projection(self._connection, name, key, source)

    def put_projection(self, name: str, key: str, source: str, body: bytes) -> None:
        """Keeps what was folded from `source` (a digest), in place of what was there."""
        with self._writing():
            projections.put_projection(self._connection, name, key, source, body)

    def drop_projections(self, name: str | None = None) -> int:
        """Drops what others folded: all, or what stands under one name; returns how many."""
        with self._writing():
            return projections.drop_projections(self._connection, name)

    def refold(self) -> None:
        """Drops all projections; folds the catalogue and the full-text index anew."""
        with self._writing(), file.transaction(self._connection):
            refold.refold_all(self._connection)

    refold_search = refold

    # search, copies

    def search(
        self,
        query: str,
        *,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
        handling: Handling = Handling.PROTECTED,
        limit: int = 20,
        offset: int = 0,
    ) -> Results:
        """Documents with these words, best first (of very many: newest first), with every exact passage.

        `comity.case.query` has the language. `since` and `until` bound the date of publication, both included. Raises
        InputError if the query makes no sense.
        """
        with self._reading():
            return search.search(
                self._connection,
                query,
                source=source,
                since=since,
                until=until,
                handling=handling,
                limit=limit,
                offset=offset,
            )

    def mail(self, destination: str | Path, *, handling: Handling = Handling.PUBLIC, force: bool = False) -> Mailed:
        """A consistent copy in one file, of what `handling` admits: public documents and decisions unless asked.

        Times of recording and the agenda go with it; interests, BATNA notes and grades of sources only if `handling` is
        not PUBLIC. Never replaces a file unless `force`; raises CaseError.
        """
        with self._reading():
            return copies.mail(self._connection, self.path, Path(destination), handling, force)

    # handling

    @property
    def sealed(self) -> Path | None:
        """The encrypted file beside the case that holds what is not public, if there is one."""
        path = handling_sealed.sealed_path(self.path)
        return path if path.exists() else None

    def seal(self, passphrase: str) -> Sealed:
        """Moves all that is not public into an encrypted file beside the case. Raises CaseError if that is there."""
        with self._writing():
            return handling_sealed.seal(self._connection, self.path, passphrase)

    def unseal(self, passphrase: str) -> Sealed:
        """Brings back what was sealed. Raises CaseError for a wrong passphrase, or if there is nothing sealed."""
        with self._writing():
            return handling_sealed.unseal(self._connection, self.path, passphrase)

    def naming(self, words: str) -> Found:
        """Documents, decisions, versions of the agenda and exports that hold these words."""
        with self._reading():
            return expunge.naming(self._connection, words)

    def expunge(self, what: Found, coder: str) -> Expunged:
        """Removes for good what `what` names, with all decisions on its documents; that something went stays on record.

        Raises InputError, and removes nothing, if something is not there; CaseError while part of the case is sealed.
        """
        if self.sealed:
            raise CaseError(f"{self.sealed}: may hold it, too; unseal the case first")
        with self._writing():
            return expunge.expunge(self._connection, what, coder, self._clock)

    def keep_receipt(
        self,
        *,
        id: str,
        sha256: str,
        what: str,
        name: str,
        handling: Handling,
        as_of: date | None,
        held: Mapping[str, str],
    ) -> bool:
        """Writes down that something was exported; False if just that was already."""
        with self._writing():
            return receipts.keep_receipt(
                self._connection,
                self._clock,
                id=id,
                sha256=sha256,
                what=what,
                name=name,
                handling=handling,
                as_of=as_of,
                held=held,
            )

    def receipts(self) -> tuple[Receipt, ...]:
        """What was exported, oldest first. No part of what the case holds: dumps and public copies leave it out."""
        with self._reading():
            return receipts.receipts(self._connection)

    def dump(self, projections: bool = False) -> Iterator[str]:
        """The whole case as lines of JSON, without any clock time: equal for cases that hold the same."""
        with self._reading():
            yield from dump.dump(self._connection, projections)

    def check(self) -> tuple[str, ...]:
        """Goes through the whole file; what is wrong, one line each."""
        with self._reading():
            return check.check(self._connection)

    @contextmanager
    def _reading(self) -> Generator[None]:
        with one_line(self.path):
            yield

    @contextmanager
    def _writing(self) -> Generator[None]:
        if not self.writable:
            raise CaseError(f"{self.path}: was opened for reading only")
        with one_line(self.path):
            yield
