"""comity add"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import DocumentKind, Handling, InputError

_KINDS = [kind.value for kind in DocumentKind]


@click.command()
@options.case
@options.paths
@options.given
@click.option("--kind", type=click.Choice(_KINDS), help="What the files are, if they are not reports.")
@click.option("--label", type=click.Choice([h.value for h in Handling]), help="Handling of the files given.")
@click.option("--no-read", is_flag=True, help="Import only; the next command that needs readings makes them.")
@options.quiet
def command(
    case: str,
    paths: tuple[str, ...],
    published: date | None,
    source: str | None,
    columns: tuple[tuple[str, str], ...],
    kind: str | None,
    label: str | None,
    no_read: bool,
    quiet: bool,
) -> int:
    """Add documents to a case and read them.

    Adding the same again changes nothing. After an interrupt, run the same command: it goes on where it stopped.
    Notes and private texts are internal unless --label says otherwise.

    \b
    Examples:
      comity add talks.comity reports/ wires.zip
      comity add talks.comity note.txt --kind note --label protected
      comity add talks.comity feed.csv --column text=body --column published=day
    """
    from comity.case import Case
    from comity.desk.adding import add

    meant = DocumentKind(kind) if kind else None
    handling = Handling(label) if label else None
    if handling is None and meant in (DocumentKind.NOTE, DocumentKind.PRIVATE):
        handling = Handling.INTERNAL
    given = options.given_of(published, source, kind=meant, handling=handling)
    with Case.open(case) as opened:
        result = add(opened, paths, given=given, columns=dict(columns), shows=options.shows(quiet), read=not no_read)
        new = [opened.document(id_) for id_ in result.new]
        total = opened.count()
    options.tell_doubts(new, quiet)
    code = options.tell_failures(result.failures)
    if not result.new and not result.known:
        raise InputError("nothing could be added", file=case, hint="see the lines above")
    options.say(
        f"{case}: {len(result.new)} new, {len(result.known)} known, {len(result.failures)} not usable; "
        f"{result.read} read; {total} documents",
        quiet,
    )
    return code
