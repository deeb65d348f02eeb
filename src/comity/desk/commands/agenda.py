"""comity agenda"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling, InputError


@click.group()
def command() -> None:
    """Parties, actors and issues: propose, check, show, set.

    \b
    Examples:
      comity agenda propose reports/ -o talks.toml
      comity agenda check talks.toml
      comity agenda set talks.comity talks.toml
    """


@command.command()
@options.paths
@options.given
@options.output
@options.quiet
def propose(
    paths: tuple[str, ...],
    published: date | None,
    source: str | None,
    columns: tuple[tuple[str, str], ...],
    output: str | None,
    quiet: bool,
) -> int:
    """An agenda that fits the documents (or one case), as TOML for you to edit.

    \b
    Examples:
      comity agenda propose reports/ -o talks.toml
      comity agenda propose talks.comity > talks.toml
    """
    from comity.desk import flow
    from comity.desk.writing import write_whole

    cases = [path for path in paths if flow.is_case(path)]
    if cases and len(paths) > 1:
        raise InputError("a case cannot be mixed with other inputs", file=cases[0], hint="add them to it first")
    if cases:
        with flow.opened(cases[0]) as opened:
            documents = opened.documents(handling=Handling.PROTECTED)
            readings, failures = flow.read_case(opened, documents, None, "", shows=options.shows(quiet))
    else:
        given = options.given_of(published, source)
        gathered = flow.gather(paths, given=given, columns=dict(columns), shows=options.shows(quiet))
        documents = gathered.documents
        readings, failed = flow.read_documents(documents, None, shows=options.shows(quiet))
        failures = (*gathered.failures, *failed)
    code = options.tell_failures(failures)
    if not documents:
        raise InputError("no document that could be used", hint="see the lines above")
    _, toml = flow.proposal(readings, documents)
    if output and output != "-":
        write_whole(output, toml)
        options.say(f"{output}: edit it, then give it with --agenda", quiet)
    else:
        click.echo(toml, nl=False)
    return code


@command.command()
@click.argument("file", type=click.Path())
@options.quiet
def check(file: str, quiet: bool) -> None:
    """Whether an agenda can be used; every mistake is told with its line.

    \b
    Example:
      comity agenda check talks.toml
    """
    from comity.ledger import load_agenda

    agenda = load_agenda(file)
    options.say(
        f"{file}: {len(agenda.parties)} parties, {len(agenda.actors)} actors, {len(agenda.issues)} issues", quiet
    )


@command.command()
@options.case
def show(case: str) -> None:
    """The agenda of a case, as TOML.

    \b
    Example:
      comity agenda show talks.comity > talks.toml
    """
    from comity.case import Case

    with Case.open(case, write=False) as opened:
        toml = opened.agenda()
    if toml is None:
        raise InputError("has no agenda yet", file=case, hint=f"`comity agenda propose {case}` makes one")
    click.echo(toml, nl=False)


@command.command(name="set")
@options.case
@click.argument("file", type=click.Path())
@options.coder
@options.quiet
def set_(case: str, file: str, coder: str | None, quiet: bool) -> None:
    """Make a file the agenda of a case; older versions are kept in its history.

    \b
    Example:
      comity agenda set talks.comity talks.toml
    """
    from comity.case import Case
    from comity.ledger import agenda_toml, load_agenda

    toml = agenda_toml(load_agenda(file))
    with Case.open(case) as opened:
        changed = opened.set_agenda(toml, options.coder_of(coder))
    options.say(f"{case}: {'agenda set' if changed else 'this already was its agenda'}", quiet)
