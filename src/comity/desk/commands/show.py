"""comity show"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.case
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.listing()
@options.quiet
def command(case: str, id_: str | None, as_of: date | None, format_: str, quiet: bool) -> None:
    """A case, a document or a statement, to look at.

    A case in figures with its documents; a document with its statements; a statement with its chain, in its place.

    ID is that of a document or of a statement, or the beginning of a document's.

    \b
    Examples:
      comity show talks.comity
      comity show talks.comity meridian-1a2b3c4d
      comity show talks.comity meridian-1a2b3c4d#3
      comity show talks.comity --format csv > documents.csv
    """
    from comity.desk import flow, showing
    from comity.desk.listing import render, table
    from comity.words import Document, dumps, to_json

    with flow.opened(case) as opened:
        material = flow.from_case(opened, handling=Handling.PROTECTED, shows=options.shows(quiet))
        made = flow.ledger_of(material, as_of)
        figures = showing.summary(opened, material, made)
    reviews = dict(made.reviews)
    if id_ is None:
        rows = showing.documents(material, made)
        columns = ["id", "published", "source", "statements", "handling"]
        if format_ == "table":
            head = "".join(f"{name:11} {value}\n" for name, value in figures.items())
            click.echo(f"{head}\n{table(rows, columns)}" if rows else head, nl=False)
        elif format_ == "json":
            click.echo(dumps({**figures, "documents": rows}, indent=2))
        else:
            click.echo(render(rows, [*columns, "title", "url"], format_), nl=False)
        return
    found = showing.find(material, made, id_)
    if isinstance(found, Document):
        rows = [showing.statement_row(s, reviews) for s in made.statements if s.document == found.id]
        if format_ == "table":
            click.echo(showing.document_text(found, made), nl=False)
        elif format_ == "json":
            click.echo(dumps({"document": to_json(found), "statements": rows}, indent=2))
        else:
            click.echo(render(rows, list(rows[0]) if rows else ["id"], format_), nl=False)
        return
    document = next(d for d in material.documents if d.id == found.document)
    if format_ == "table":
        click.echo(showing.statement_text(found, document, made, material), nl=False)
    elif format_ == "csv":
        row = showing.statement_row(found, reviews)
        click.echo(render([row], list(row), "csv"), nl=False)
    else:
        click.echo(dumps(found, indent=2 if format_ == "json" else None))
