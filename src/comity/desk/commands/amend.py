"""comity amend"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.desk import options
from comity.words import Handling, InputError

if TYPE_CHECKING:
    from comity.desk.previewing import Preview
    from comity.words import Agenda

_F = TypeVar("_F", bound=Callable[..., Any])
_KINDS = click.Choice(["party", "actor", "issue", "option"])


@click.group()
def command() -> None:
    """Edit the agenda of a case: rename, merge, split, add, remove; say that two names are one.

    Each edit becomes a new version of the agenda (or a decision, for names), says what it changes, and can be undone.
    With --preview nothing is written. An option is named ISSUE/OPTION.

    \b
    Examples:
      comity amend rename talks.comity party orsenne "Orsenne Republic" --preview
      comity amend merge talks.comity issue tolls fees
      comity amend split talks.comity issue flow "Flow in winter" --taking "winter*"
      comity amend same talks.comity "Minister Varga" "Ilse Varga"
      comity amend undo talks.comity
    """


def _shared(function: _F) -> _F:
    for option in (
        options.quiet,
        options.coder,
        click.option("--exact", is_flag=True, help="Read all documents again for the preview; takes as long as that."),
        click.option("--preview", "only_preview", is_flag=True, help="Say what would change, and write nothing."),
    ):
        function = option(function)
    return function


@command.command()
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("id_", metavar="ID")
@click.argument("name")
@_shared
def rename(case: str, kind: str, id_: str, name: str, **how: Any) -> None:
    """Another name; the old one becomes an alias of a party or an actor.

    \b
    Example:
      comity amend rename talks.comity actor varga "Ilse Varga-Holm"
    """
    from comity.desk import amending

    _amend(case, lambda agenda: amending.rename(agenda, kind, id_, name), **how)


@command.command("set")
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("id_", metavar="ID")
@click.argument("fields", metavar="FIELD=VALUE…", nargs=-1, required=True)
@_shared
def set_(case: str, kind: str, id_: str, fields: tuple[str, ...], **how: Any) -> None:
    """Fields of an entry; of aliases, keywords and roles the same field again for each item.

    \b
    Examples:
      comity amend set talks.comity actor varga party=orsenne authority=principal
      comity amend set talks.comity issue tolls "keywords=toll*" keywords=fee
    """
    from comity.desk import amending
    from comity.desk.reviewing import pair

    found: dict[str, Any] = {}
    for text in fields:
        field, value = pair(text)
        if field in amending.LISTS:
            found.setdefault(field, []).append(value)
        else:
            found[field] = value
    _amend(case, lambda agenda: amending.change(agenda, kind, id_, found), **how)


@command.command()
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("name")
@click.option("--under", default="", metavar="ID", help="The issue of an option; the party of an actor.")
@_shared
def add(case: str, kind: str, name: str, under: str, **how: Any) -> None:
    """A new entry, with an id made from its name.

    \b
    Example:
      comity amend add talks.comity option "A toll in winter" --under tolls
    """
    from comity.desk import amending

    _amend(case, lambda agenda: amending.add(agenda, kind, name, under=under), **how)


@command.command()
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("id_", metavar="ID")
@_shared
def remove(case: str, kind: str, id_: str, **how: Any) -> None:
    """Without one entry.

    \b
    Example:
      comity amend remove talks.comity actor ruddock --preview
    """
    from comity.desk import amending

    _amend(case, lambda agenda: amending.remove(agenda, kind, id_), **how)


@command.command()
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("keep", metavar="KEPT")
@click.argument("gone", metavar="GONE")
@_shared
def merge(case: str, kind: str, keep: str, gone: str, **how: Any) -> None:
    """Two entries as one; KEPT takes names, keywords and options of GONE.

    \b
    Example:
      comity amend merge talks.comity issue tolls fees
    """
    from comity.desk import amending

    same = (gone, keep) if kind == "issue" else None
    _amend(case, lambda agenda: amending.merge(agenda, kind, keep, gone), same_issue=same, **how)


@command.command()
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("id_", metavar="ID")
@click.argument("name")
@click.option(
    "--taking", multiple=True, required=True, metavar="WORD", help="Alias, keyword or option that goes along."
)
@_shared
def split(case: str, kind: str, id_: str, name: str, taking: tuple[str, ...], **how: Any) -> None:
    """One entry as two: a new one called NAME takes some aliases, keywords or options.

    \b
    Example:
      comity amend split talks.comity party tamland "Upper Tamland" --taking "the uplanders"
    """
    from comity.desk import amending

    _amend(case, lambda agenda: amending.split(agenda, kind, id_, name, taking), **how)


@command.command()
@options.case
@click.argument("kind", type=_KINDS)
@click.argument("id_", metavar="ID")
@click.argument("by", type=int)
@_shared
def move(case: str, kind: str, id_: str, by: int, **how: Any) -> None:
    """Further down by BY places; up with a negative number (after --).

    \b
    Example:
      comity amend move talks.comity issue tolls -- -1
    """
    from comity.desk import amending

    _amend(case, lambda agenda: amending.move(agenda, kind, id_, by), **how)


@command.command()
@options.case
@click.argument("name")
@click.argument("other")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with the decision.")
@_shared
def same(case: str, name: str, other: str, note: str, **how: Any) -> None:
    """Two names are one actor. `comity review CASE --undo ID` takes it back.

    \b
    Example:
      comity amend same talks.comity "Minister Varga" "Ilse Varga" --note "her title"
    """
    _names(case, name, other, True, note, **how)


@command.command()
@options.case
@click.argument("name")
@click.argument("other")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with the decision.")
@_shared
def different(case: str, name: str, other: str, note: str, **how: Any) -> None:
    """Two names are two actors, whatever was said before.

    \b
    Example:
      comity amend different talks.comity "Minister Varga" "Ilse Varga"
    """
    _names(case, name, other, False, note, **how)


@command.command()
@options.case
@options.coder
@options.quiet
def undo(case: str, coder: str | None, quiet: bool) -> None:
    """Go back to the agenda before the newest one. Done twice, it brings the newest one back.

    \b
    Example:
      comity amend undo talks.comity
    """
    from comity.case import Case

    with Case.open(case) as opened:
        versions = opened.agenda_versions()
        if len(versions) < 2:
            raise InputError("there is no earlier version of the agenda", file=case)
        opened.set_agenda(versions[-2].toml, options.coder_of(coder))
    options.say(f"{case}: the agenda is again version {versions[-2].version}, of {versions[-2].coder}", quiet)


def _amend(
    case: str,
    edit: Callable[[Agenda], Agenda],
    *,
    only_preview: bool,
    exact: bool,
    coder: str | None,
    quiet: bool,
    same_issue: tuple[str, str] | None = None,
) -> None:
    from comity.case import Case
    from comity.desk import flow, previewing
    from comity.ledger import agenda_toml

    who = "" if only_preview else options.coder_of(coder)
    with flow.opened(case) if only_preview else Case.open(case) as opened:
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        agenda = edit(material.agenda)
        again = (lambda new: flow.from_case(opened, new, shows=options.shows(quiet))) if exact else None
        if only_preview or exact or not quiet:
            before = flow.ledger_of(material)
            _tell(previewing.preview(material, before, agenda, same_issue=same_issue, reread=again))
        if not only_preview:
            changed = opened.set_agenda(agenda_toml(agenda), who)
            options.say(f"{case}: {'agenda set' if changed else 'this already was its agenda'}", quiet)


def _names(
    case: str, name: str, other: str, same_: bool, note: str, *, only_preview: bool, exact: bool, coder: str | None,
    quiet: bool,
) -> None:  # fmt: skip
    from comity.case import Case
    from comity.desk import amending, flow, previewing

    who = "" if only_preview else options.coder_of(coder)
    with flow.opened(case) if only_preview else Case.open(case) as opened:
        if only_preview or not quiet:
            material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
            _tell(previewing.preview_names(material, flow.ledger_of(material), name, other, same_, who))
        if not only_preview:
            done = amending.judge_names(opened, name, other, same_, coder=who, note=note)
            options.say(f"{done.id}: {done.kind.value} {done.target}, {done.value}", quiet)


def _tell(made: Preview) -> None:
    from comity.desk.parts.phrases import clip, counted
    from comity.desk.report.clean import isolated

    def shown(text: str) -> str:
        return isolated(clip(text, 200)) or "nothing"

    for line in made.lines:
        click.echo(isolated(line))
    for cell in made.cells:
        where = f"{cell.issue}, {cell.party}" if cell.party else f"{cell.issue}, state"
        click.echo(f"{isolated(where)}: {shown(cell.before)} -> {shown(cell.after)}")
    if made.tensions[0] != made.tensions[1]:
        click.echo(f"tensions: {made.tensions[0]} -> {made.tensions[1]}")
    for warning in made.warnings:
        click.echo(f"note: {isolated(warning)}", err=True)
    if made.nothing:
        click.echo("nothing changes")
    if not made.exact and made.lines:
        cells = counted(len(made.cells), "cell")
        click.echo(f"note: {cells} change with the readings that there are; --exact reads again", err=True)
