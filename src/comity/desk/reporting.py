"""What reports beside the brief share: where they come from, in which format they go out, and their receipts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from comity.case import Case
from comity.desk import exports, flow, options
from comity.desk.parts.values import Brief
from comity.desk.report.dossier import Dossier
from comity.desk.writing import write_whole
from comity.words import Handling, InputError, Ledger, Statement


@dataclass(frozen=True)
class Source:
    """What a person names: a case, or files with an agenda."""

    paths: tuple[str, ...]
    agenda: str | None
    known_at: date | None
    handling: Handling


@dataclass(frozen=True)
class Given:
    """The material of a source, and its case if it is one."""

    material: flow.Material
    case: Case | None


@contextmanager
def opened(source: Source, shows: flow.Shows) -> Iterator[Given]:
    """The material of a source; a case stays open meanwhile. Raises InputError if there is nothing to report on."""
    agenda = options.agenda_of(source.agenda)
    cases = [path for path in source.paths if flow.is_case(path)]
    if cases and len(source.paths) > 1:
        raise InputError("a case cannot be mixed with other inputs", file=cases[0], hint="add them to it first")
    if not cases:
        if source.known_at:
            raise InputError("only a case knows when something was recorded", field="--known-at", hint="leave it out")
        material = flow.from_paths(source.paths, agenda, handling=source.handling, shows=shows)
        yield _usable(Given(material, None))
        return
    with flow.opened(cases[0]) as case:
        moment = options.moment_of(source.known_at)
        material = flow.from_case(case, agenda, handling=source.handling, known_at=moment, shows=shows)
        yield _usable(Given(material, case))


def _usable(given: Given) -> Given:
    if not given.material.documents:
        for failure in given.material.failures:
            raise failure.error
        raise InputError("no document that could be used", hint="try --handling")
    return given


def brief_and_ledger(given: Given, as_of: date | None, since: date | None, handling: Handling) -> tuple[Brief, Ledger]:
    """The brief of what `handling` admits, and the ledger of the same day. Raises InputError for impossible dates."""
    brief = flow.brief_of(given.material, as_of=as_of, since=since, handling=handling)
    if not brief.sources:
        raise InputError(f"no document was published by {as_of}", hint="give a later --as-of")
    return brief, ledger_at(given, as_of, handling)


def ledger_at(given: Given, day: date | None, handling: Handling) -> Ledger:
    """The ledger of what `handling` admits, as of a day."""
    return flow.ledger_of(given.material.admitted(handling), day)


def chosen_format(format_: str | None, output: str | None, known: Sequence[str]) -> str:
    """The format asked for, or the one that the output's name tells; on the screen, text."""
    by_suffix = {".docx": "docx", ".pdf": "pdf", ".md": "md", ".json": "json", ".txt": "term"}
    if format_ is None and output and output != "-":
        found = by_suffix.get(Path(output).suffix.lower())
        if found is None:
            hint = f"end it in one of {', '.join(by_suffix)}, or give --format"
            raise InputError("its name tells no format", file=output, hint=hint)
        return found
    chosen = format_ or "term"
    if chosen in ("docx", "pdf") and (not output or output == "-"):
        raise InputError(f"{chosen} cannot be shown on the screen", hint=f"give -o report.{chosen}")
    return chosen


def identified(brief: Brief, holds: object) -> tuple[Brief, str]:
    """The brief with the id of a report made of it among what it says of how it was made, and the id."""
    id_ = exports.content_id([brief, holds])
    return replace(brief, made_by=(*brief.made_by, ("Export", id_[: exports.SHOWN]))), id_


def identified_dossier(found: Dossier) -> tuple[Dossier, str]:
    """The dossier with its id, and the id."""
    brief, id_ = identified(found.brief, found.statements)
    return replace(found, brief=brief), id_


def deliver(
    given: Given,
    content: str | bytes,
    output: str | None,
    id_: str,
    what: str,
    handling: Handling,
    as_of: date | None,
    made: Ledger,
    statements: Sequence[Statement] | None,
    quiet: bool,
) -> None:
    """Writes a report, or shows it. What is written from a case leaves a receipt there."""
    if not output or output == "-":
        click.echo(content, nl=False)
        return
    write_whole(output, content)
    if given.case is not None:
        documents = given.material.admitted(handling).documents
        exports.keep(
            given.case,
            content,
            id=id_,
            what=what,
            output=output,
            handling=handling,
            as_of=as_of,
            holds=exports.held(made, documents, statements),
        )
    options.say(f"{output}: written; export {id_[: exports.SHOWN]}", quiet)
