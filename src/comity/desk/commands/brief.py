"""comity brief"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.desk.formats import FORMATS, format_of
from comity.words import Handling, InputError


@click.command()
@options.paths
@options.agenda
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.known_at
@click.option("--since", type=options.Day(), metavar="DATE", help="Tell what changed since this day.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default from the name of the output.")
@options.output
@click.option("--ics", type=click.Path(), metavar="FILE", help="Also write the dates ahead as iCalendar.")
@click.option("--notes", type=click.Path(), metavar="FILE.md", help="Your own paragraphs, under the sections' names.")
@options.given
@options.handling
@options.reader
@options.quiet
def command(
    paths: tuple[str, ...],
    agenda_file: str | None,
    as_of: date | None,
    known_at: date | None,
    since: date | None,
    format_: str | None,
    output: str | None,
    ics: str | None,
    notes: str | None,
    published: date | None,
    source: str | None,
    columns: tuple[tuple[str, str], ...],
    handling: Handling,
    reader: str,
    quiet: bool,
) -> int:
    """A cited brief of who stands where, from reports or from a case.

    PATHS are files (text, Markdown, HTML, PDF, DOCX, RSS, JSON lines, CSV, e-mail), folders or zip archives of them,
    or one case file. Without --agenda, parties and issues are proposed from the documents and written out beside the
    output, for you to edit.

    \b
    Examples:
      comity brief reports/ -o brief.html
      comity brief reports/ --agenda talks.toml --since 2031-03-05 -o brief.html
      comity brief monday.txt tuesday.txt --published 2031-03-04
      comity brief talks.comity --as-of 2031-03-06 --format md
      comity brief talks.comity -o brief.docx --ics dates.ics
    """
    from comity.desk import exports, flow
    from comity.desk.paragraphs import load_paragraphs
    from comity.desk.report import written
    from comity.desk.report.ics import render as render_ics
    from comity.desk.writing import write_whole

    chosen = _format(format_, output)
    agenda = options.agenda_of(agenda_file)
    paragraphs = load_paragraphs(notes) if notes else ()
    shows = options.shows(quiet)
    cases = [path for path in paths if flow.is_case(path)]
    if cases and len(paths) > 1:
        raise InputError("a case cannot be mixed with other inputs", file=cases[0], hint="add them to it first")
    if cases and reader != "rules":
        raise InputError("a case is read with the rules", field="--reader", hint="give the reports themselves instead")
    if cases:
        with flow.opened(cases[0]) as case:
            moment = options.moment_of(known_at)
            material = flow.from_case(case, agenda, handling=handling, known_at=moment, shows=shows)
    elif known_at:
        raise InputError("only a case knows when something was recorded", field="--known-at", hint="leave it out")
    else:
        given = options.given_of(published, source)
        material = flow.from_paths(
            paths, agenda, given=given, columns=dict(columns), handling=handling, shows=shows, reader=reader
        )
        options.tell_doubts(material.documents, quiet)
    code = options.tell_failures(material.failures)
    if not material.documents:
        raise InputError("no document that could be used", hint="see the lines above, or --handling")
    brief = flow.brief_of(material, as_of=as_of, since=since, handling=handling, paragraphs=paragraphs)
    if not brief.sources:
        raise InputError(f"no document was published by {as_of}", hint="give a later --as-of")
    from_case = bool(cases and output and output != "-")
    id_ = ""
    if from_case:
        brief, id_ = exports.with_id(brief)
    content = written(brief, material.documents, chosen)
    if ics:
        write_whole(ics, render_ics(brief))
    if output and output != "-":
        write_whole(output, content)
        if from_case:
            shown = material.admitted(handling)
            with flow.opened(cases[0]) as case:
                holds = exports.held(flow.ledger_of(shown, as_of), shown.documents)
                what = f"brief {chosen}"
                exports.keep(
                    case, content, id=id_, what=what, output=output, handling=handling, as_of=as_of, holds=holds
                )
        export = f"; export {id_[: exports.SHOWN]}" if id_ else ""
        options.say(f"{output}: {len(brief.rows)} issues, {brief.counts.statements} statements{export}", quiet)
    else:
        click.echo(content, nl=False)
    if material.proposed:
        options.keep_proposal(material.proposed, output, quiet)
    return code


def _format(format_: str | None, output: str | None) -> str:
    """The format asked for, or the one that the output's name tells."""
    if format_ is None and output and output != "-":
        return format_of(output)
    chosen = format_ or "term"
    if chosen in ("docx", "pdf") and not output:
        raise InputError(f"{chosen} cannot be shown on the screen", hint=f"give -o brief.{chosen}")
    return chosen
