"""Documents into a case: imported, then read, a few at a time, so that an interrupt costs little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from comity import ledger
from comity.case import Case
from comity.desk.flow import Shows, agenda_hash, read_case, unseen
from comity.reading import READER
from comity.words import Document

if TYPE_CHECKING:
    from comity.record import Failure, Given

CHUNK = 256
"""Documents that are held in memory at once while importing."""


@dataclass(frozen=True)
class AddResult:
    """What became of it: ids of new and known documents, how many were read, and what failed and why."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    read: int
    failures: tuple[Failure, ...]


def add(
    case: Case,
    paths: Sequence[str | Path],
    *,
    given: Given | None = None,
    columns: Mapping[str, str] | None = None,
    shows: Shows = unseen,
    read: bool = True,
    workers: int | None = None,
) -> AddResult:
    """Imports what is at `paths`, then reads all documents of the case that have no reading with its agenda yet.

    Interrupted, it leaves whole documents and whole readings; done again, it goes on.
    """
    from comity.record import Failure, Given, load, number

    failures: list[Failure] = []
    new: dict[str, None] = {}
    known: dict[str, None] = {}
    with shows("Importing") as progress:
        found = load(paths, given=given or Given(), columns=columns, progress=progress)
        for chunk in _chunks(found):
            failures += (each for each in chunk if isinstance(each, Failure))
            documents = number((each for each in chunk if isinstance(each, Document)), for_case=True)
            result = case.add(documents)
            new.update(dict.fromkeys(result.new))
            known.update(dict.fromkeys(result.known))
            failures += (Failure(error.file or "", error) for error in result.refused)
    made = 0
    if read:
        before = _unread(case)
        failures += read_unread(case, shows=shows, workers=workers)
        made = before - _unread(case)
    return AddResult(tuple(new), tuple(k for k in known if k not in new), made, tuple(failures))


def _chunks(found: Iterator[Document | Failure]) -> Iterator[list[Document | Failure]]:
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def _unread(case: Case) -> int:
    return len(case.unread(READER, agenda_hash(case.agenda() or "")))


def read_unread(case: Case, *, shows: Shows = unseen, workers: int | None = None) -> tuple[Failure, ...]:
    """Reads every document that has no reading with the case's agenda, and keeps the readings."""
    toml = case.agenda() or ""
    agenda = ledger.parse_agenda(toml, file=f"{case.path} (agenda)") if toml else None
    documents = [case.document(id_) for id_ in case.unread(READER, agenda_hash(toml))]
    _, failures = read_case(case, documents, agenda, agenda_hash(toml), shows=shows, workers=workers)
    return failures
