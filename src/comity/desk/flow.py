"""How the rooms are put together: documents → readings → agenda → ledger → brief, from paths or from a case file.

Everything here is a function of its arguments: the same documents, agenda and decisions give the same result in any
order of import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from comity import __version__, ledger
from comity.case import Case, effective
from comity.desk.brief import make_brief
from comity.desk.paragraphs import paragraphs_of
from comity.desk.parts.values import Brief, Paragraph
from comity.desk.pool import Tick, read_all
from comity.reading import DEFAULT, READER
from comity.words import Agenda, CaseError, Decision, Document, DuplicateGroup, Handling, InputError, Ledger, Reading

if TYPE_CHECKING:  # what loads and what reads take a second to import: not before they are needed
    from comity.record import Failure, Given

CASE_SUFFIX = ".comity"
BATCH = 16
"""Readings put into a case at once: what an interrupt can cost."""


class Shows(Protocol):
    """How the desk shows that long work goes on: a context that gives a function to call with (done, all)."""

    def __call__(self, what: str, /) -> AbstractContextManager[Tick | None]: ...


def unseen(what: str) -> AbstractContextManager[Tick | None]:
    """Shows nothing."""
    return nullcontext(None)


@dataclass(frozen=True)
class Gathered:
    """Documents with unique ids, and what could not be read."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Material:
    """All that a ledger is built from. `decisions` are those that stand; `proposed` is the agenda as text where the
    machine proposed it."""

    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    agenda: Agenda
    decisions: tuple[Decision, ...] = ()
    failures: tuple[Failure, ...] = ()
    proposed: str = ""
    paragraphs: tuple[Paragraph, ...] = field(default=())

    def admitted(self, handling: Handling) -> Material:
        """The part of it that `handling` admits: nothing of the rest goes into what is derived.

        What only a person put into the agenda (interests, BATNA notes, source grades) is not public.
        """
        documents = tuple(d for d in self.documents if handling.admits(d.handling))
        kept = {d.id for d in documents}
        return replace(
            self,
            documents=documents,
            agenda=_public(self.agenda) if handling is Handling.PUBLIC else self.agenda,
            readings=tuple(r for r in self.readings if r.document in kept),
            decisions=tuple(d for d in self.decisions if handling.admits(d.handling) and _is_on(d, kept, self)),
            paragraphs=tuple(p for p in self.paragraphs if handling.admits(p.handling)),
        )


def _public(agenda: Agenda) -> Agenda:
    return replace(agenda, parties=tuple(replace(p, interests="", batna="") for p in agenda.parties), grades=())


def _is_on(decision: Decision, kept: set[str], material: Material) -> bool:
    """False if a decision is on a document that is not kept."""
    if decision.passage is not None:
        return decision.passage.document in kept
    gone = {d.id for d in material.documents} - kept
    return decision.target not in gone and not any(decision.target.startswith(f"{id_}:") for id_ in gone)


def gather(
    paths: Sequence[str | Path],
    *,
    given: Given | None = None,
    columns: Mapping[str, str] | None = None,
    shows: Shows = unseen,
    for_case: bool = False,
) -> Gathered:
    """The documents of files, folders and archives. Raises InputError if there is none at all."""
    from comity.record import Failure, Given, load, number

    with shows("Importing") as progress:
        found = list(load(paths, given=given or Given(), columns=columns, progress=progress))
    failures = tuple(each for each in found if isinstance(each, Failure))
    documents = number((each for each in found if isinstance(each, Document)), for_case=for_case)
    if not documents and len(failures) == 1:
        raise failures[0].error
    return Gathered(documents, failures)


def from_paths(
    paths: Sequence[str | Path],
    agenda: Agenda | None = None,
    *,
    given: Given | None = None,
    columns: Mapping[str, str] | None = None,
    handling: Handling = Handling.PROTECTED,
    shows: Shows = unseen,
    workers: int | None = None,
    reader: str = DEFAULT,
) -> Material:
    """Everything from files: read with `agenda`, or with one proposed from the files themselves."""
    gathered = gather(paths, given=given, columns=columns, shows=shows)
    documents = tuple(d for d in gathered.documents if handling.admits(d.handling))
    if not documents:
        return Material((), (), agenda or Agenda(), failures=gathered.failures)
    proposed = ""
    if agenda is None:
        first, _ = read_documents(documents, None, shows, workers, reader)
        agenda, proposed = proposal(first, documents)
    readings, failed = read_documents(documents, agenda, shows, workers, reader)
    return Material(documents, readings, agenda, failures=(*gathered.failures, *failed), proposed=proposed)


def read_documents(
    documents: Sequence[Document],
    agenda: Agenda | None,
    shows: Shows = unseen,
    workers: int | None = None,
    reader: str = DEFAULT,
) -> tuple[tuple[Reading, ...], tuple[Failure, ...]]:
    """Readings in the order of the documents, and what could not be read."""
    from comity.reading import read
    from comity.record import Failure

    with shows("Reading") as progress:
        made = list(
            read_all(documents, agenda, progress=progress, workers=workers, reader=partial(read, reader=reader))
        )
    readings = tuple(each for each in made if isinstance(each, Reading))
    return readings, tuple(each for each in made if isinstance(each, Failure))


def proposal(readings: Sequence[Reading], documents: Sequence[Document]) -> tuple[Agenda, str]:
    """An agenda that fits readings made without one, and its TOML. Each issue is one that some words name first."""
    from comity.reading.issues import named_first

    agenda = ledger.propose_agenda(readings, {d.id: d for d in documents})
    named = named_first(agenda, (s for reading in readings for s in reading.statements))
    agenda = replace(agenda, issues=tuple(i for i in agenda.issues if i.kind != "substance" or i.id in named))
    return agenda, ledger.agenda_toml(agenda)


def is_case(path: str | Path) -> bool:
    """True if a path is to be taken as a case file: by its suffix, or by what the file begins with."""
    path = Path(path)
    if path.suffix.lower() == CASE_SUFFIX:
        return True
    try:
        with path.open("rb") as file:
            return file.read(16).startswith(b"SQLite format 3\x00")
    except OSError:
        return False


@contextmanager
def opened(path: str | Path) -> Iterator[Case]:
    """A case to work with: for writing (readings are kept), or for reading only where the disk allows no more."""
    try:
        case = Case.open(path)
    except CaseError:
        case = Case.open(path, write=False)
    with case:
        yield case


def from_case(
    case: Case,
    agenda: Agenda | None = None,
    *,
    handling: Handling = Handling.PROTECTED,
    known_at: datetime | None = None,
    shows: Shows = unseen,
    workers: int | None = None,
) -> Material:
    """Everything from a case. Readings that are kept there are used; missing ones are made, and kept if it can be
    written. `agenda` is used in place of the case's own, without changing it."""
    documents = case.documents(known_at=known_at, handling=handling)
    stored = case.agenda(known_at)
    failures: list[Failure] = []
    proposed = ""
    if agenda is not None:
        toml = ledger.agenda_toml(agenda)
    elif stored is not None:
        toml, agenda = stored, ledger.parse_agenda(stored, file=f"{case.path} (agenda)")
    else:
        first, failed = read_case(case, documents, None, "", shows=shows, workers=workers)
        agenda, toml = proposal(first, documents)
        proposed = toml
    readings, failed = read_case(case, documents, agenda, agenda_hash(toml), shows=shows, workers=workers)
    failures += failed
    decisions = effective(case.decisions(known_at, handling))
    return Material(
        documents,
        readings,
        agenda,
        decisions=decisions,
        failures=tuple(failures),
        proposed=proposed,
        paragraphs=paragraphs_of(decisions),
    )


def agenda_hash(toml: str) -> str:
    """The key under which a case keeps readings that were made with an agenda: SHA-256 of its text, in hex."""
    return hashlib.sha256(toml.encode("utf-8", "surrogatepass")).hexdigest() if toml else ""


def read_case(
    case: Case,
    documents: Sequence[Document],
    agenda: Agenda | None,
    key: str,
    *,
    shows: Shows = unseen,
    workers: int | None = None,
) -> tuple[tuple[Reading, ...], tuple[Failure, ...]]:
    """Readings of a case's documents in their order: those kept under `key`, and new ones for the rest.

    New ones are put into the case a few at a time, so that an interrupt costs little and the next run goes on.
    """
    from comity.record import Failure

    known = case.readings(READER, key, of=documents)
    missing = [d for d in documents if d.id not in known]
    failures: list[Failure] = []
    if missing:
        batch: list[tuple[Reading, str]] = []
        with shows("Reading") as progress:
            for each in read_all(missing, agenda, progress=progress, workers=workers):
                if isinstance(each, Failure):
                    failures.append(each)
                    continue
                known[each.document] = each
                batch.append((each, key))
                if len(batch) >= BATCH and case.writable:
                    case.put_readings(batch, documents=documents)
                    batch = []
        if batch and case.writable:
            case.put_readings(batch, documents=documents)
    return tuple(known[d.id] for d in documents if d.id in known), tuple(failures)


def ledger_of(material: Material, as_of: date | None = None, groups: Sequence[DuplicateGroup] | None = None) -> Ledger:
    """Who stands where as of a date, from all that `material` holds. `groups` are its near-duplicates, if known."""
    from comity.record import duplicates

    return ledger.build(
        material.readings,
        material.agenda,
        documents={d.id: d for d in material.documents},
        duplicates=duplicates(material.documents) if groups is None else groups,
        decisions=material.decisions,
        as_of=as_of,
    )


def brief_of(
    material: Material,
    *,
    as_of: date | None = None,
    since: date | None = None,
    handling: Handling = Handling.PUBLIC,
    paragraphs: Iterable[Paragraph] = (),
    known: Callable[[date | None], Ledger] | None = None,
) -> Brief:
    """The brief of what `handling` admits. Raises InputError if `since` is not before `as_of`.

    `known` gives ledgers of the whole material that are at hand; it is asked only where `handling` admits all of it.
    """
    if as_of and since and since >= as_of:
        raise InputError(f"--since {since} is not before --as-of {as_of}", hint="give an earlier day to compare with")
    shown = material.admitted(handling)
    if known is not None and (shown.documents, shown.decisions) == (material.documents, material.decisions):
        now = replace(known(as_of), agenda=shown.agenda)
        before = replace(known(since), agenda=shown.agenda) if since else None
    else:
        from comity.record import duplicates

        groups = duplicates(shown.documents)
        now = ledger_of(shown, as_of, groups)
        before = ledger_of(shown, since, groups) if since else None
    return make_brief(
        now,
        shown.documents,
        readings=shown.readings,
        since=since,
        changes=ledger.changes(before, now) if before else (),
        gaps=ledger.gaps(now, {d.id: d for d in shown.documents}),
        paragraphs=(*shown.paragraphs, *(p for p in paragraphs if handling.admits(p.handling))),
        handling=handling,
        made_by=(
            ("Comity", __version__),
            ("Reader", _reader(shown)),
            ("Rules", now.version),
            ("Handling", handling.value),
        ),
        notes=_notes(shown, as_of),
    )


def _reader(material: Material) -> str:
    """Which reader made the readings."""
    return ", ".join(sorted({reading.reader for reading in material.readings})) or READER


def _notes(material: Material, as_of: date | None) -> list[str]:
    """What could not be used, for the brief's weak points."""
    notes = []
    if material.failures:
        names = ", ".join(sorted({f.name.rpartition("/")[2] for f in material.failures})[:5])
        more = ", …" if len(material.failures) > 5 else ""
        notes.append(f"{len(material.failures)} could not be read and are not in this brief: {names}{more}.")
    if as_of:
        later = [d for d in material.documents if d.published and d.published > as_of]
        undated = [d for d in material.documents if d.published is None]
        if later:
            notes.append(f"{len(later)} of the documents given were published after this date and are left out.")
        if undated:
            notes.append(f"{len(undated)} of the documents given have no date of publication and are left out.")
    return notes
