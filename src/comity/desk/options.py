"""Options that several commands share, and what they share in telling a person what happened."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.desk.progress import Tick, bar
from comity.desk.report.clean import isolated
from comity.words import Handling, InputError

if TYPE_CHECKING:  # these take seconds to import; `--help` should not
    from comity.record import Failure, Given
    from comity.words import Agenda, Document

_F = TypeVar("_F", bound=Callable[..., Any])
_MOST_NOTES = 20


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD.

    >>> Day().convert("2031-03-04", None, None)
    datetime.date(2031, 3, 4)
    """

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"not a date: {value!r}; use YYYY-MM-DD", param, ctx)


class Column(click.ParamType[tuple[str, str]]):
    """``field=column`` of a CSV or JSON file."""

    name = "field=column"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        field, equals, column = str(value).partition("=")
        if not equals or not field or not column:
            self.fail(f"{value!r} is not field=column (for instance text=body)", param, ctx)
        return field, column


def _handling(_: click.Context, __: click.Parameter, value: str | None) -> Handling | None:
    return Handling(value) if value else None


paths = click.argument("paths", nargs=-1, required=True, type=click.Path())
case = click.argument("case", type=click.Path())
quiet = click.option("-q", "--quiet", is_flag=True, help="No progress, no remarks; only what failed.")
agenda = click.option(
    "--agenda", "agenda_file", type=click.Path(), metavar="FILE", help="Parties, actors and issues (TOML)."
)
reader = click.option(
    "--reader",
    type=click.Choice(["rules", "model"]),
    default="rules",
    show_default=True,
    help="Rules alone, or rules with the trained model: finds more, is less precise and slower (docs/reading.md).",
)
known_at = click.option(
    "--known-at", type=Day(), metavar="DATE", help="Of a case, use what had been recorded by the end of this day (UTC)."
)
coder = click.option("--coder", metavar="NAME", help="Who decides; by default COMITY_CODER or the user's name.")
handling = click.option(
    "--handling",
    type=click.Choice([h.value for h in Handling]),
    default=Handling.PUBLIC.value,
    show_default=True,
    callback=_handling,
    help="The most protected material that may go in.",
)
output = click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, not to the screen.")


def listing(default: str = "table") -> Callable[[_F], _F]:
    """``--format`` of commands that print a list."""
    formats = click.Choice(["table", "json", "jsonl", "csv"])
    return click.option("--format", "format_", type=formats, default=default, show_default=True)


def given(command: _F) -> _F:
    """Options for what a person knows of the documents being read."""
    options = (
        click.option("--published", type=Day(), metavar="DATE", help="Date of publication of all files given."),
        click.option("--source", metavar="OUTLET", help="Outlet of all files given."),
        click.option("--column", "columns", type=Column(), multiple=True, help="Where a CSV or JSON field stands."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def given_of(published: date | None, source: str | None, **more: Any) -> Given:
    """What a person gave, for `record.load`."""
    from comity.record import Given

    return Given(published=published, source=source, **more)


def agenda_of(path: str | None) -> Agenda | None:
    """The agenda of a file, or None without one."""
    from comity.ledger import load_agenda

    return load_agenda(path) if path else None


def shows(is_quiet: bool) -> Callable[[str], AbstractContextManager[Tick | None]]:
    """Progress bars, or none."""
    return lambda what: bar(what, is_quiet)


def moment_of(day: date | None) -> datetime | None:
    """The last moment of a day, UTC."""
    return datetime.combine(day, time.max, UTC) if day else None


def coder_of(name: str | None) -> str:
    """Who decides. Raises InputError if nobody can be named."""
    found = name or os.environ.get("COMITY_CODER") or _user()
    if not found.strip():
        raise InputError("nobody is named who decides", hint="give --coder NAME")
    return found.strip()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def say(message: str, is_quiet: bool = False) -> None:
    """A remark on stderr."""
    if not is_quiet:
        click.echo(isolated(message), err=True)


def tell_failures(failures: Iterable[Failure]) -> int:
    """Says what could not be used, one line each; the exit code that follows from it."""
    count = 0
    for failure in failures:
        click.echo(f"comity: not read: {isolated(str(failure))}", err=True)
        count += 1
    return 3 if count else 0


def tell_doubts(documents: Iterable[Document], is_quiet: bool) -> None:
    """Says what a person should look at (no date, a date that lies ahead), a few lines at most."""
    from comity.record import doubts

    if is_quiet:
        return
    alike: dict[str, list[str]] = {}
    for document in documents:
        for line in doubts(document, today=date.today()):
            alike.setdefault(re.sub(r"\d+", "#", line.removeprefix(document.id)), []).append(line)
    for lines in list(alike.values())[:_MOST_NOTES]:
        more = f" (and {len(lines) - 1} more documents)" if len(lines) > 1 else ""
        say(f"note: {lines[0]}{more}")
    if len(alike) > _MOST_NOTES:
        say(f"note: … and {len(alike) - _MOST_NOTES} more kinds of doubt")


def keep_proposal(toml: str, beside: str | None, is_quiet: bool) -> None:
    """Writes a proposed agenda beside the output for the person to edit; never over one that is there."""
    from comity.desk.writing import write_whole

    if not beside or beside == "-":
        say(
            "note: parties and issues were proposed from the documents; `comity agenda propose` writes them out",
            is_quiet,
        )
        return
    path = Path(beside).with_suffix(".agenda.toml")
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != toml:
        say(f"note: parties and issues were proposed anew; {path} was left as it is: use it with --agenda", is_quiet)
        return
    write_whole(path, toml)
    say(f"note: parties and issues were proposed from the documents: edit {path} and give it with --agenda", is_quiet)
