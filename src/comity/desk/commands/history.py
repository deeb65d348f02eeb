"""comity history"""

from __future__ import annotations

import click

from comity.desk import options


@click.command()
@options.case
@click.option("--undo", multiple=True, metavar="ID", help="Take an edit back; several times: all of them or none.")
@click.option("--agenda", "version", type=click.IntRange(1), metavar="N", help="Go back to version N of the agenda.")
@click.option("--on", "target", default="", metavar="TEXT", help="Only edits on what begins so: a document, a name.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with what is undone.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many to list.")
@options.coder
@options.listing()
@options.quiet
def command(
    case: str,
    undo: tuple[str, ...],
    version: int | None,
    target: str,
    note: str,
    limit: int,
    coder: str | None,
    format_: str,
    quiet: bool,
) -> None:
    """Every edit by whom, newest first; undo any of them.

    Nothing is changed or lost: undoing appends a retraction, and undoing that brings the edit back. An ID may be given
    by its beginning.

    \b
    Examples:
      comity history talks.comity
      comity history talks.comity --on meridian --format csv
      comity history talks.comity --undo 4f1c02 --undo 77ab10 --note "second thoughts"
      comity history talks.comity --agenda 1
    """
    from comity.case import Case
    from comity.desk import flow, history
    from comity.desk.listing import render
    from comity.words import InputError

    if undo or version:
        with Case.open(case) as opened:
            who = options.coder_of(coder)
            for done in history.undo_all(opened, [history.whole_id(opened, id_) for id_ in undo], who, note):
                options.say(f"{done.id}: undone {done.target}", quiet)
            if version:
                found = next((v for v in opened.agenda_versions() if v.version == version), None)
                if found is None:
                    raise InputError(f"the agenda has no version {version}", file=case, field="--agenda")
                opened.set_agenda(found.toml, who)
                options.say(f"{case}: the agenda is that of version {version} again", quiet)
        return
    with flow.opened(case) as opened:
        rows = history.rows([e for e in history.edits(opened.decisions()) if history.is_on(e, target)][:limit])
    columns = ["number", "id", "coder", "kind", "field", "value", "on", "now"]
    click.echo(render(rows, columns, format_) if rows or format_ != "table" else "no edits\n", nl=False)
