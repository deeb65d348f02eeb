"""What `comity.open`, `comity.read` and `comity.brief` give: the desk for a Python program or a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from comity import notebook, study
from comity.case import Case, Hit
from comity.desk import flow
from comity.desk.adding import AddResult, add
from comity.desk.blind import all_coded
from comity.desk.parts.values import Brief, Paragraph
from comity.desk.report import written
from comity.desk.report.difference import Difference, difference
from comity.ledger import load_agenda
from comity.record import Given
from comity.words import Agenda, Document, Handling, InputError, Ledger, Reading

Day = date | str | None
Paths = str | Path | Sequence[str | Path]


def _day(value: Day) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"not a date: {value!r}", hint="use YYYY-MM-DD") from None


def _agenda(value: Agenda | str | Path | None) -> Agenda | None:
    return load_agenda(value) if isinstance(value, str | Path) else value


def _paths(value: Paths) -> list[str | Path]:
    return [value] if isinstance(value, str | Path) else list(value)


_Kind = TypeVar("_Kind", bound=StrEnum)


def _one_of(kind: type[_Kind], value: str) -> _Kind:
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"{value!r} is not known", hint=f"use one of {', '.join(kind)}") from None


class Workspace:
    """An open case with the ledger and the briefs that stand on it. Use it in a ``with`` block."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self.case.close()

    def add(self, paths: Paths, given: Given | None = None) -> AddResult:
        """Adds documents and reads them; what failed is in the result."""
        return add(self.case, _paths(paths), given=given)

    def documents(self) -> tuple[Document, ...]:
        """All documents, by date of publication."""
        return self.case.documents()

    def readings(self, handling: Handling = Handling.PROTECTED) -> tuple[Reading, ...]:
        """The readings of all documents, made where they are missing."""
        return flow.from_case(self.case, handling=handling).readings

    def ledger(
        self, as_of: Day = None, *, known_at: datetime | None = None, handling: Handling = Handling.PROTECTED
    ) -> Ledger:
        """Who stands where as of a date (a `date` or YYYY-MM-DD; None: all documents)."""
        material = flow.from_case(self.case, handling=handling, known_at=known_at)
        return notebook.shown(flow.ledger_of(material.admitted(handling), _day(as_of)))

    def search(self, query: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Documents with these words, best first, with every exact passage. Raises InputError for a senseless query."""
        return self.case.search(query, limit=limit).hits

    def voices(self, as_of: Day = None, *, handling: Handling = Handling.PROTECTED) -> tuple[study.Voice, ...]:
        """Each party's share of voice; then those who speak for none, then the articles' own."""
        material = flow.from_case(self.case, handling=handling).admitted(handling)
        return study.voices(flow.ledger_of(material, _day(as_of)), {d.id: d for d in material.documents})

    def uses(
        self,
        as_of: Day = None,
        *,
        actors: str = "party",
        concepts: str = "option",
        handling: Handling = Handling.PROTECTED,
    ) -> tuple[study.Use, ...]:
        """Who used which concept, for or against: for `comity.study.one_mode`, `two_mode` and `windows`.

        `actors` is "party", "holder" or "speaker"; `concepts` "option", "issue" or "topic".
        """
        material = flow.from_case(self.case, handling=handling).admitted(handling)
        made = flow.ledger_of(material, _day(as_of))
        by = _one_of(study.ActorBy, actors), _one_of(study.ConceptBy, concepts)
        return study.uses_of(made, *by, {d.id: d for d in material.documents}).uses

    def agreement(
        self, coders: Sequence[str] | None = None, fields: Sequence[str] | None = None, *, replicates: int = 1000
    ) -> study.Agreement:
        """How far coders agree, field by field: people with each other and with the machine."""
        material = flow.from_case(self.case)
        return study.agreement(all_coded(self.case, material), coders=coders, fields=fields, replicates=replicates)

    def difference(self, since: Day, as_of: Day = None, *, handling: Handling = Handling.PROTECTED) -> Difference:
        """What differs between two dates: positions, states of issues, disagreements, documents."""
        material = flow.from_case(self.case, handling=handling).admitted(handling)
        return difference(flow.ledger_of(material, _day(since)), flow.ledger_of(material, _day(as_of)))

    def brief(self, as_of: Day = None, since: Day = None, *, handling: Handling = Handling.PUBLIC) -> BriefPage:
        """The brief of what `handling` admits: public material only, unless asked."""
        material = flow.from_case(self.case, handling=handling)
        made = flow.brief_of(material, as_of=_day(as_of), since=_day(since), handling=handling)
        shown = material.admitted(handling)
        return BriefPage(made, shown.documents, flow.ledger_of(shown, _day(as_of)))


class BriefPage:
    """A brief with the documents it cites: to look into (`brief`), to write (`write`), to show in a notebook."""

    def __init__(self, brief: Brief, documents: Sequence[Document], ledger: Ledger | None = None) -> None:
        self.brief = brief
        self.documents = tuple(documents)
        self.ledger = ledger

    def render(self, format_: str = "term") -> str | bytes:
        """The brief as ``term``, ``html``, ``md``, ``json``, ``docx`` or ``pdf`` (the last two are bytes)."""
        return written(self.brief, self.documents, format_)

    def write(self, path: str | Path, format_: str | None = None) -> None:
        """Writes the brief to a file, whole or not at all; the format is that of its suffix."""
        from comity.desk.formats import format_of
        from comity.desk.writing import write_whole

        write_whole(path, self.render(format_ or format_of(path)))

    def __str__(self) -> str:
        return str(self.render("term"))

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line.text)}</li>" for line in self.brief.bottom_line)
        title = f"<h3>{escape(self.brief.title)}</h3><ul>{lines}</ul>"
        return f"{title}{notebook.ledger_html(self.ledger)}" if self.ledger else title

    def _repr_markdown_(self) -> str:
        return str(self.render("md"))


def open_case(path: str | Path, *, write: bool = True) -> Workspace:
    """A case file that exists. Raises CaseError if it cannot be used."""
    return Workspace(Case.open(path, write=write))


def read_files(
    paths: Paths, agenda: Agenda | str | Path | None = None, *, given: Given | None = None
) -> tuple[Reading, ...]:
    """Readings of files, folders and archives, by id of document. Raises InputError for the first that fails."""
    material = flow.from_paths(_paths(paths), _agenda(agenda), given=given)
    for failure in material.failures:
        raise failure.error
    return material.readings


def brief_files(
    paths: Paths,
    agenda: Agenda | str | Path | None = None,
    *,
    as_of: Day = None,
    since: Day = None,
    given: Given | None = None,
    paragraphs: Iterable[Paragraph] = (),
) -> BriefPage:
    """The brief of files, folders and archives; what cannot be read is among its weak points.

    Raises InputError if nothing can be read.
    """
    material = flow.from_paths(_paths(paths), _agenda(agenda), given=given)
    if not material.documents:
        raise material.failures[0].error if material.failures else InputError("there is nothing to read")
    made = flow.brief_of(material, as_of=_day(as_of), since=_day(since), paragraphs=paragraphs)
    return BriefPage(made, material.documents, flow.ledger_of(material.admitted(Handling.PUBLIC), _day(as_of)))
