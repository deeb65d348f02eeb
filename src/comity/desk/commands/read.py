"""comity read"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@options.agenda
@options.given
@click.option("--format", "format_", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True)
@options.reader
@options.output
@options.quiet
def command(
    files: tuple[str, ...],
    agenda_file: str | None,
    published: date | None,
    source: str | None,
    columns: tuple[tuple[str, str], ...],
    format_: str,
    reader: str,
    output: str | None,
    quiet: bool,
) -> int:
    """What documents say: statements, events, times. Needs no case.

    With --format jsonl, one JSON object a document in the order of their ids, and then a last line with the tensions
    between statements. Offsets count Unicode code points of the text; text[start:end] is the quote.

    \b
    Examples:
      comity read monday.txt tuesday.txt --agenda talks.toml > readings.jsonl
      comity read wire.txt --published 2031-03-04 --format table
      comity read wire.txt --reader model --format table
    """
    from comity.desk import flow, readings
    from comity.desk.writing import write_whole

    agenda = options.agenda_of(agenda_file)
    given = options.given_of(published, source)
    material = flow.from_paths(
        files, agenda, given=given, columns=dict(columns), shows=options.shows(quiet), reader=reader
    )
    options.tell_doubts(material.documents, quiet)
    code = options.tell_failures(material.failures)
    if material.proposed:
        options.say("note: parties and issues were proposed from the documents; give your own with --agenda", quiet)
    made = flow.ledger_of(material)
    show = readings.lines if format_ == "jsonl" else readings.tables
    content = show(material.readings, made)
    if output and output != "-":
        write_whole(output, content)
    else:
        click.echo(content, nl=False)
    return code if material.readings else 2
