"""comity export"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling

_WHAT = ("documents", "statements", "positions", "tensions", "events", "decisions", "readings", "ledger", "agenda")


@click.command()
@options.case
@click.argument("what", type=click.Choice(_WHAT))
@options.listing("jsonl")
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.known_at
@options.handling
@options.output
@options.quiet
def command(
    case: str,
    what: str,
    format_: str,
    as_of: date | None,
    known_at: date | None,
    handling: Handling,
    output: str | None,
    quiet: bool,
) -> None:
    """What a case holds, to pass on.

    Public material only, unless --handling asks for more.

    Written to a file, it leaves a receipt in the case: `comity recall` tells what was corrected since.

    documents as jsonl or csv, and decisions and readings as jsonl, keep every field. The same case gives the same
    bytes: no clock time, no random id.

    \b
    Examples:
      comity export talks.comity documents -o documents.jsonl
      comity export talks.comity statements --format csv -o statements.csv
      comity export talks.comity ledger --format json --as-of 2031-03-06
    """
    from comity.desk import exports, flow
    from comity.desk.exporting import export
    from comity.desk.writing import write_whole

    with flow.opened(case) as opened:
        moment = options.moment_of(known_at)
        material = flow.from_case(opened, handling=handling, known_at=moment, shows=options.shows(quiet))
        material = material.admitted(handling)
        made = flow.ledger_of(material, as_of)
        content = export(what, material, made, format_)
        if output and output != "-":
            write_whole(output, content)
            id_ = exports.content_id(content)
            holds = exports.held(made, material.documents)
            kind = f"{what} {format_}"
            shown = exports.keep(
                opened, content, id=id_, what=kind, output=output, handling=handling, as_of=as_of, holds=holds
            )
    if output and output != "-":
        options.say(f"{output}: written; export {shown}", quiet)
    else:
        click.echo(content, nl=False)
