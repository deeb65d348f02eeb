"""comity adjudicate"""

from __future__ import annotations

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.option("--settle", multiple=True, metavar="ID FIELD=VALUE", nargs=2, help="Decide where coders differ.")
@click.option("--coders", metavar="A,B", help="Where these coders differ; by default any, readers included.")
@click.option("--note", default="", metavar="TEXT", help="Why; kept with each decision.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
@options.coder
@options.listing()
@options.quiet
def command(
    case: str,
    settle: tuple[tuple[str, str], ...],
    coders: str | None,
    note: str,
    limit: int,
    coder: str | None,
    format_: str,
    quiet: bool,
) -> None:
    """Where coders differ, and deciding between them.

    An adjudication is a decision like any other: it is in the history, can be undone, and the ledger follows it. It is
    nobody's own coding, and `comity agree` leaves it out. ID coder=NAME lets that coder's coding stand, ID statement=no
    says that there is no statement, ID act=reject settles one field.

    \b
    Examples:
      comity adjudicate talks.comity
      comity adjudicate talks.comity --coders ada,bo --format json
      comity adjudicate talks.comity --settle meridian-1a2b3c4d#4 act=reject --coder cy --note "he refuses"
      comity adjudicate talks.comity --settle meridian-1a2b3c4d#7 coder=bo --coder cy
    """
    from comity.case import Case
    from comity.desk import blind, flow
    from comity.desk.listing import render
    from comity.study import coded, disputes

    with Case.open(case) if settle else flow.opened(case) as opened:
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        found = coded(material.readings, material.decisions)
        if settle:
            who = options.coder_of(coder)
            for id_, choice in settle:
                for done in blind.settle(opened, material, found, id_, choice, who, note):
                    options.say(f"{done.id}: {done.kind.value} {done.target}", quiet)
            return
    names = [name.strip() for name in coders.split(",")] if coders else None
    rows = [blind.dispute_row(d, material.documents) for d in disputes(found, coders=names)][:limit]
    nothing = "coders do not differ\n"
    columns = ["id", "field", "values", "quote"]
    click.echo(render(rows, columns, format_) if rows or format_ != "table" else nothing, nl=False)
